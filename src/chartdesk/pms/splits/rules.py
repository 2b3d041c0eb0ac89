"""What a splitting rule says, which lines it means, and what becomes of them. Pure: no database.

Every condition that is empty holds for everything. Rules are read from the top: the first that names a payer for
a line decides who owes it; all those about claims hold together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.pms.splits.bill_types import BILL_TYPES
from chartdesk.pms.splits.bill_types import words as facility

#: Modifiers of a procedure's parts: the reading and report, and the equipment with its staff.
PROFESSIONAL, TECHNICAL = "26", "TC"
#: The most lines that a claim can hold (005010X222A1, loop 2400).
MOST_LINES = 50
#: What a rule can do, in words.
ACTIONS = {
    "components": "Bill the professional and the technical component apart",
    "payer": "Bill to another payer of the patient",
    "patient": "Bill to the patient",
    "apart": "On a claim of its own",
    "providers": "A claim for each rendering provider",
    "dates": "A claim for each date of service",
    "at_most": "At most so many lines on a claim",
    "institutional": "On an institutional claim (UB-04, 837I)",
}
LONGEST_NAME = 80
_CODES = re.compile(r"[0-9A-Z]{1,5}\*?|[0-9A-Z]{5}-[0-9A-Z]{5}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
#: A revenue code as it is sent: four digits.
REVENUE = re.compile(r"\d{4}")


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rule. ``codes`` are codes, ranges (``70010-76499``) and beginnings (``J1*``).

    ``payers`` are the payers the visit is billed to first; ``target`` is the payer of the action ``payer``;
    ``professional`` and ``technical`` are who renders the components (empty: who rendered the line); ``share`` is the
    professional component's part of a price, in percent, where the fee schedule has no price of its own;
    ``first`` and ``last`` bound the dates of service. ``bill_type`` (two digits) and ``revenue``, the usual revenue
    code, are of institutional claims; ``sites`` are the numbers of the practice's sites.
    """

    id: str
    name: str
    action: str
    codes: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    practitioners: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    target: str = ""
    professional: str = ""
    technical: str = ""
    share: int = 0
    most: int = MOST_LINES
    on: bool = True
    sites: tuple[str, ...] = ()
    bill_type: str = ""
    revenue: str = ""


#: What holds where a practice has no version of its own.
BUILT_IN = (
    Rule("providers", "Each rendering provider bills on a claim of their own", "providers"),
    Rule("dates", "Each date of service has a claim of its own", "dates"),
    Rule("lines", "A claim holds 50 lines", "at_most"),
)


@dataclass(frozen=True)
class Line:
    """What a rule can ask about a line; ``payer`` is whom the visit is billed to first, empty for the patient."""

    code: str
    modifiers: tuple[str, ...]
    practitioner: str
    day: date
    payer: str
    place: str
    site: str = ""


def means(rule: Rule, line: Line) -> bool:
    """Whether a rule that is on means this line."""
    return (
        rule.on
        and has_code(rule.codes, line.code)
        and (not rule.modifiers or any(one in line.modifiers for one in rule.modifiers))
        and (not rule.payers or line.payer in rule.payers)
        and (not rule.places or line.place in rule.places)
        and (not rule.practitioners or line.practitioner in rule.practitioners)
        and (not rule.sites or line.site in rule.sites)
        and (rule.first is None or line.day >= rule.first)
        and (rule.last is None or line.day <= rule.last)
    )


def components(rules: Iterable[Rule], line: Line) -> Rule | None:
    """The rule by which a line is billed as two; None where there is none, or where it is a component already."""
    if PROFESSIONAL in line.modifiers or TECHNICAL in line.modifiers:
        return None
    return next((rule for rule in rules if rule.action == "components" and means(rule, line)), None)


def payer(rules: Iterable[Rule], line: Line, held: Iterable[str]) -> str | None:
    """Who owes the line instead of the visit's first payer: a payer's number, empty for the patient, None for nobody.

    ``held`` are the payers of the patient's policies in force; a rule for another payer means nobody.
    """
    known = set(held)
    for rule in rules:
        if rule.action == "patient" and means(rule, line):
            return ""
        if rule.action == "payer" and rule.target in known and means(rule, line):
            return rule.target
    return None


def institutional(rules: Iterable[Rule], line: Line) -> Rule | None:
    """The rule by which a line goes on an institutional claim; None where it goes on a professional one."""
    return next((rule for rule in rules if rule.action == "institutional" and means(rule, line)), None)


def together(rules: Sequence[Rule], line: Line) -> tuple[str, ...]:
    """Lines with the same answer may stand on one claim, as far as the rules go.

    An institutional claim is the facility's: clinicians do not part it.
    """
    facility = institutional(rules, line)
    key: list[str] = [f"facility {facility.bill_type}"] if facility is not None else []
    for rule in rules:
        if not means(rule, line):
            continue
        if rule.action == "providers" and facility is None:
            key.append(f"provider {line.practitioner}")
        elif rule.action == "dates":
            key.append(f"date {line.day.isoformat()}")
        elif rule.action == "apart":
            key.append(f"apart {rule.id}")
        elif rule.action == "components" and TECHNICAL in line.modifiers:
            key.append("technical")
    return tuple(sorted(set(key)))


def most(rules: Iterable[Rule], lines: Iterable[Line]) -> int:
    """How many lines a claim may hold: the least that a rule about one of them says, 50 at most."""
    told = [rule for rule in rules if rule.action == "at_most" and rule.on]
    wanted = [rule.most for rule in told if any(means(rule, line) for line in lines)] if told else []
    return min([MOST_LINES, *wanted])


def checked(rule: Rule) -> Rule:
    """The rule as it is kept. Raises Invalid with one issue for each field that is wrong."""
    faults = [Invalid(message, cure=cure, where=where) for wrong, where, message, cure in _faults(rule) if wrong]
    if faults:
        raise Invalid(faults[0].message, cure=faults[0].cure, where=faults[0].where, issues=faults)
    return rule


def _faults(rule: Rule) -> Iterable[tuple[bool, str, str, str]]:
    narrowed = bool(rule.codes or rule.modifiers or rule.places or rule.practitioners)
    yield not rule.name.strip(), "name", "A rule needs a name.", "Say in a few words what it does."
    long = f"A name has at most {LONGEST_NAME} characters."
    yield len(rule.name) > LONGEST_NAME, "name", long, "Shorten it; what the rule does is said below it."
    yield rule.action not in ACTIONS, "action", f"{rule.action!r} is nothing a rule can do.", "Choose one of the list."
    for code in rule.codes:
        cure = "Write codes like 93000, ranges like 70010-76499, beginnings like J1*."
        yield not is_codes(code), "codes", f"{code!r} is no code, range or beginning of codes.", cure
    for one in rule.modifiers:
        yield not _MODIFIER.fullmatch(one), "modifiers", f"{one!r} is not a modifier.", "Two letters or digits each."
    for one in rule.places:
        yield (
            not re.fullmatch(r"\d{2}", one),
            "places",
            f"{one!r} is not a place of service.",
            "Two digits, such as 11.",
        )
    late = rule.first is not None and rule.last is not None and rule.first > rule.last
    yield late, "last", "The last day lies before the first.", "Correct one of them."
    yield rule.action == "payer" and not rule.target, "target", "Say which payer is billed.", "Choose one."
    wants = rule.action in ("payer", "patient", "components", "apart") and not narrowed
    yield (
        wants,
        "codes",
        "Without a condition this rule means every line.",
        "Name codes, modifiers, places or providers.",
    )
    yield not 0 <= rule.share <= 99, "share", f"{rule.share} % is no share.", "From 1 to 99, or empty."
    if rule.action == "institutional":
        cure = "Choose one of the list."
        yield rule.bill_type not in BILL_TYPES, "bill_type", f"{rule.bill_type!r} is no type of bill.", cure
        bad = bool(rule.revenue) and not REVENUE.fullmatch(rule.revenue)
        yield bad, "revenue", f"{rule.revenue!r} is no revenue code.", "Four digits, such as 0521."
    wrong = not 1 <= rule.most <= MOST_LINES
    yield wrong, "most", f"A claim holds 1 to {MOST_LINES} lines, not {rule.most}.", "Correct the number."


def is_codes(text: str) -> bool:
    """Whether it is a code, a range or a beginning of codes."""
    low, _, high = text.partition("-")
    return bool(_CODES.fullmatch(text)) and (not high or low <= high)


def has_code(wanted: Sequence[str], code: str) -> bool:
    """Whether a code is one of ``wanted``: codes, ranges and beginnings; of none, every code is."""
    if not wanted:
        return True
    for one in wanted:
        low, _, high = one.partition("-")
        if (low <= code <= high) if high else code.startswith(one[:-1]) if one.endswith("*") else code == one:
            return True
    return False


def restored(plain: Any) -> tuple[Rule, ...]:
    """The rules from their JSON data."""
    return typed.convert(plain, tuple[Rule, ...])


def words(
    rule: Rule,
    payer_name: Callable[[str], str] = str,
    provider_name: Callable[[str], str] = str,
    site_name: Callable[[str], str] = str,
) -> str:
    """The rule in a sentence."""
    conditions = [
        ("codes", ", ".join(rule.codes)),
        ("with modifier", " or ".join(rule.modifiers)),
        ("for visits of", " or ".join(map(payer_name, rule.payers))),
        ("at place", ", ".join(rule.places)),
        ("by", ", ".join(map(provider_name, rule.practitioners))),
        ("at the site", " or ".join(map(site_name, rule.sites))),
        ("from", f"{rule.first:%b %-d, %Y}" if rule.first else ""),
        ("until", f"{rule.last:%b %-d, %Y}" if rule.last else ""),
    ]
    said = " ".join(f"{name} {value}" for name, value in conditions if value)
    done = {
        "components": _components_in_words(rule, provider_name),
        "payer": f"to {payer_name(rule.target)}, where the patient has a policy of theirs in force",
        "at_most": f"at most {rule.most} lines on a claim",
        "institutional": f"on an institutional claim, type of bill {rule.bill_type} ({facility(rule.bill_type)})"
        + (f", revenue code {rule.revenue} unless the table says another" if rule.revenue else ""),
    }
    return (
        f"{said[:1].upper()}{said[1:]}: {done.get(rule.action, ACTIONS.get(rule.action, '').lower())}."
        if said
        else (f"All lines: {done.get(rule.action, ACTIONS.get(rule.action, '').lower())}.")
    )


def _components_in_words(rule: Rule, provider_name: Callable[[str], str]) -> str:
    by = [f"{name} by {provider_name(who)}" for name, who in (("26", rule.professional), ("TC", rule.technical)) if who]
    share = f"; {rule.share} % of a price that is not split is professional" if rule.share else ""
    return f"as two lines, 26 and TC, on two claims{' (' + ', '.join(by) + ')' if by else ''}{share}"
