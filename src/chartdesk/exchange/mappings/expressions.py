"""Conditions of the tables as Python expressions, for the functions that ``generating`` writes.

Into an expression go numbers and the texts that a condition names, these as literals of Python, and nothing else.
"""

from __future__ import annotations

import re
from typing import Any

from chartdesk.exchange.mappings.conditions import Test
from chartdesk.exchange.mappings.leaves import first_of, part_of
from chartdesk.standards.hl7v2 import NULL

_CLAUSE = re.compile(
    r"(?P<place>[A-Z][A-Z0-9]{1,2}[-.]\d+(?:\.\d+)?) (?:IS )?(?P<negated>NOT )?"
    r"(?:(?P<valued>VALUED)|(?:(?:EQUALS|=) )?(?P<text>\"[^\"]*\")|IN (?P<list>\([^()]*\)))"
)
_COUNT = re.compile(
    r"(?P<place>[A-Z][A-Z0-9]{2}-\d+) (?:LST\.)?COUNT ?"
    r"(?P<sign><=|>|=|EQUALS|GREATER THAN) ?(?P<number>\d+)",
    re.IGNORECASE,
)
_SIGNS = {"<=": "<=", ">": ">", "GREATER THAN": ">", "=": "==", "EQUALS": "=="}
_BRACKET = re.compile(r"\((?P<inner>[^()]*)\) AND (?P<rest>.*)")
#: What expressions name besides the texts ``t``, the run and its marks.
NAMES = {"NO": ("", NULL), "first_of": first_of, "part_of": part_of}


def test(when: str, own: str) -> Test | None:
    """A condition on a segment's own fields as a function of the run; None for one that has to be asked."""
    said = expression(when, 0, own)
    if said is None:
        return None
    names: dict[str, Any] = dict(NAMES)
    head = ["def said(run):", "    t = run.fields", "    C, S = run.marks", f"    return {said}"]
    exec(compile("\n".join(head), f"<{own} condition>", "exec"), names)  # noqa: S102 as above
    made: Test = names["said"]
    return made


def discriminator(text: str, own: str) -> tuple[str, tuple[str, ...]] | None:
    """The field that a condition of a segment's row asks about first, and which texts it may have; None for others."""
    if " OR " in text:
        return None
    found = _CLAUSE.fullmatch(re.split(r" AND (?:IF )?", text)[0].strip())
    if found is None or found["negated"] or found["valued"]:
        return None
    place = _place(found["place"], 0, own, valued=False)
    return (place, tuple(re.findall(r"\"([^\"]*)\"", found["text"] or found["list"]))) if place else None


def expression(text: str, level: int, own: str) -> str | None:
    """A condition of plain clauses as an expression; None for one that has to be asked."""
    text = text.replace("LESS THAN OR EQUALS", "<=")
    if bracket := _BRACKET.fullmatch(text):
        inner, rest = (expression(bracket[part], level, own) for part in ("inner", "rest"))
        return f"({inner}) and {rest}" if inner and rest and " or " not in rest else None
    joined = " or " if " OR " in text and " AND " not in text else " and "
    made = []
    for clause in re.split(r" OR " if joined == " or " else r" AND (?:IF )?", text):
        if counted := _COUNT.fullmatch(clause.strip()):
            place = _place(counted["place"], level, own, valued=True)
            if place is None:
                return None
            field, sign = place[2:-1], _SIGNS[counted["sign"].upper()]
            made.append(
                f"(len(r[{field}]) if {field} in (r := run.repetitions) else {place} != '') {sign} {counted['number']}"
            )
            continue
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            return None
        place = _place(found["place"], level, own, valued=bool(found["valued"]))
        if place is None:
            return None
        negated = bool(found["negated"])
        if found["valued"]:
            made.append(f"{place} {'in' if negated else 'not in'} NO")
        else:
            texts = re.findall(r"\"([^\"]*)\"", found["text"] or found["list"])
            made.append(f"{place} {'not in' if negated else 'in'} {tuple(texts)!r}")
    return joined.join(made)


def _place(text: str, level: int, own: str, valued: bool) -> str | None:
    name, _, rest = text.replace("-", ".").partition(".")
    field, _, component = rest.partition(".")
    if "-" not in text:
        # A component of the value at hand.
        if level == 0 or component:
            return None
        return f"t[{field}]" if valued else f"(t[{field}] if S not in t[{field}] else first_of(t[{field}], S))"
    if level or name != own:
        return None
    return f"part_of(t[{field}], {component}, C, S)" if component else f"t[{field}]"
