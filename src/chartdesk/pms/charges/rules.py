"""Charge review: what must be right before charges are posted. Pure functions over plain data.

Each rule has an id, a severity, the reason it exists and the cure. An ``error`` stops a superbill until a
person has mended it; a ``notice`` is shown and stops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chartdesk.pms.charges import level_rules, surgery_rules
from chartdesk.pms.charges.bill import SEVERITIES, Bill, Finding, Line, Past, Policy, ReviewRule

__all__ = ["RULES", "SEVERITIES", "Bill", "Finding", "Line", "Past", "Policy", "ReviewRule", "errors", "review"]

#: Modifiers that say: the same procedure again, and on purpose.
DISTINCT = frozenset({"59", "76", "77", "91", "XE", "XP", "XS", "XU", "RT", "LT", "50"})
_PROCEDURE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")


def _nothing(bill: Bill) -> Iterator[tuple[int, str]]:
    if not bill.lines:
        yield 0, "There is no procedure to charge."


def _code(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if not _PROCEDURE.fullmatch(line.code):
            yield line.position, f"{line.code or 'An empty code'} is not a CPT or HCPCS code."


def _price(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if line.amount is None:
            yield line.position, f"{line.code} has no price in the fee schedule of {bill.service_date:%b %-d, %Y}."


def _amount(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if line.amount is not None and line.amount < 0:
            yield line.position, f"{line.code} is charged at a negative amount."


def _diagnoses(bill: Bill) -> Iterator[tuple[int, str]]:
    if bill.lines and not bill.diagnoses:
        yield 0, "The visit has no diagnosis."


def _pointers(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if bill.diagnoses and not line.pointers:
            yield line.position, f"{line.code} points to no diagnosis."
        for pointer in line.pointers:
            if not 1 <= pointer <= len(bill.diagnoses):
                yield (
                    line.position,
                    f"{line.code} points to diagnosis {pointer} of {len(bill.diagnoses)}.",
                )


def _many_pointers(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if len(line.pointers) > 4:
            yield line.position, f"{line.code} points to {len(line.pointers)} diagnoses."


def _modifiers(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        for modifier in line.modifiers:
            if not _MODIFIER.fullmatch(modifier):
                yield line.position, f"{modifier or 'An empty text'} is not a modifier."
        if len(line.modifiers) > 4:
            yield line.position, f"{line.code} has {len(line.modifiers)} modifiers."


def _units(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if line.units <= 0:
            yield line.position, f"{line.code} has {line.units} units."


def _twice(bill: Bill) -> Iterator[tuple[int, str]]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for line in bill.lines:
        key = (line.code, tuple(line.modifiers))
        if key in seen and not DISTINCT & set(line.modifiers):
            yield line.position, f"{line.code} stands twice on this superbill."
        seen.add(key)


def _elsewhere(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if line.code in bill.elsewhere and not DISTINCT & set(line.modifiers):
            yield (
                line.position,
                f"{line.code} is on another superbill of this patient on {bill.service_date:%b %-d, %Y}.",
            )


def _expired(bill: Bill) -> Iterator[tuple[int, str]]:
    if bill.coverage == "expired":
        yield 0, f"No coverage of the patient was in force on {bill.service_date:%b %-d, %Y}."


def _self_pay(bill: Bill) -> Iterator[tuple[int, str]]:
    if bill.coverage in ("none", "self_pay"):
        yield 0, "The patient pays: there is no insurance to bill."


def _future(bill: Bill) -> Iterator[tuple[int, str]]:
    if bill.service_date > bill.today:
        yield 0, f"The date of service {bill.service_date:%b %-d, %Y} is in the future."


def _place(bill: Bill) -> Iterator[tuple[int, str]]:
    if not re.fullmatch(r"\d{2}", bill.place_of_service):
        yield 0, f"{bill.place_of_service or 'An empty text'} is not a place of service code."


RULES: tuple[ReviewRule, ...] = (
    ReviewRule("nothing_charged", "error", "A visit without procedures earns nothing.",
               "Add a procedure, or void the superbill.", _nothing),
    ReviewRule("procedure_code", "error", "Payers know five-character codes only.",
               "Correct the code.", _code),
    ReviewRule("unpriced", "error", "A line without a price cannot be posted.",
               "Add the code to the fee schedule, or give this line an amount.", _price),
    ReviewRule("negative_amount", "error", "A charge is never negative.", "Correct the amount.", _amount),
    ReviewRule("no_diagnosis", "error", "Payers pay for a reason.", "Add the diagnosis.", _diagnoses),
    ReviewRule("pointer", "error", "Each line names the diagnoses it was done for.",
               "Point the line to diagnoses of this visit.", _pointers),
    ReviewRule("too_many_pointers", "error", "A claim line holds four pointers.",
               "Keep the four that matter most.", _many_pointers),
    ReviewRule("modifier", "error", "A modifier is two letters or digits, four at most.",
               "Correct the modifier.", _modifiers),
    ReviewRule("units", "error", "A line needs at least part of a unit.", "Correct the units.", _units),
    ReviewRule("charged_twice", "error", "Twice the same line is denied as a duplicate.",
               "Raise the units, or add a modifier such as 59 or 76.", _twice),
    ReviewRule("charged_elsewhere", "error", "The same procedure on one day is denied as a duplicate.",
               "Remove one, or add a modifier such as 76.", _elsewhere),
    ReviewRule("coverage_expired", "error", "An insurance that had ended pays nothing.",
               "Ask for the present card and correct the coverage, or approve it as self-pay.", _expired),
    ReviewRule("self_pay", "notice", "Without coverage the patient owes the charges.",
               "Add a coverage if there is one.", _self_pay),
    ReviewRule("future_service", "error", "What has not happened cannot be charged.",
               "Correct the date of service.", _future),
    ReviewRule("place_of_service", "error", "Payers price by the place.",
               "Set the site's place of service code.", _place),
    *surgery_rules.RULES,
    *level_rules.RULES,
)  # fmt: skip


#: Rules without which charges cannot be posted or billed at all: no practice weighs them otherwise.
FIXED = frozenset(
    {"nothing_charged", "procedure_code", "unpriced", "negative_amount", "pointer", "too_many_pointers", "modifier"}
    | {"units", "place_of_service"}
)


def review(bill: Bill, severities: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything that is wrong or worth knowing about ``bill``, in the order of the rules.

    ``severities`` are the practice's own by rule: error, notice, or off. Those of FIXED rules do not count.
    """
    own = {rule: severity for rule, severity in (severities or {}).items() if rule not in FIXED}
    return [
        Finding(rule.id, own.get(rule.id, rule.severity), message, rule.cure, line)
        for rule in RULES
        if own.get(rule.id, rule.severity) != "off"
        for line, message in rule.check(bill)
    ]


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that stop a superbill."""
    return [finding for finding in findings if finding.severity == "error"]
