"""Charge review of operations: global periods, both sides, several procedures, assistants.

What a code's policies are comes from Medicare's fee schedule (PPRRVU), where the practice has imported it; a code
that it does not name is not judged. Global days: 000 and 010 minor, 090 major; ZZZ goes with another code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chartdesk.pms.charges.bill import Bill, Line, Past, Policy, ReviewRule
from chartdesk.pms.charges.level_rules import is_visit

_DAYS = {"010": 10, "090": 90}
_OPERATION = frozenset({"000", "010", "090"})
#: After an operation: staged or planned, back to the operating room, unrelated.
_LATER = frozenset({"58", "78", "79"})
#: Only the care after the operation, or before it, was this practice's.
_PARTIAL = frozenset({"54", "56"})
ASSISTANT = frozenset({"80", "81", "82", "AS"})
AFTERCARE = "99024"


def _global_period(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        held = _within(bill, line)
        if held is None or line.code == AFTERCARE:
            continue
        past, last = held
        period = f"{past.code} of {past.day:%b %-d, %Y}, until {last:%b %-d, %Y}"
        if is_visit(line.code):
            if "24" not in line.modifiers:
                yield (
                    line.position,
                    f"{line.code} lies in the global period of {period}.",
                )
        elif _policy(bill, line).global_days in _OPERATION and not (_LATER | ASSISTANT) & set(line.modifiers):
            yield line.position, f"{line.code} lies in the global period of {period}."


def _same_day(bill: Bill) -> Iterator[tuple[int, str]]:
    """A visit beside an operation of the same clinician on the same day, or on the day before a major one."""
    done = [
        (one.practitioner or bill.practitioner, _policy(bill, one).global_days, one.code)
        for one in bill.lines
        if not _assists(one)
    ]
    done += [(one.practitioner, _of(bill, one.code).global_days, one.code) for one in bill.past if _today(bill, one)]
    for line in bill.lines:
        if not is_visit(line.code):
            continue
        by = line.practitioner or bill.practitioner
        beside = [(days, code) for who, days, code in done if who == by and code != line.code]
        major = next((code for days, code in beside if days == "090"), "")
        minor = next((code for days, code in beside if days in ("000", "010")), "")
        if major and not {"57", "25"} & set(line.modifiers):
            yield line.position, f"{line.code} stands beside {major}, a major operation, without 57."
        elif minor and not major and "25" not in line.modifiers:
            yield line.position, f"{line.code} stands beside {minor}, a minor procedure, without 25."


def _bilateral(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        held, told = set(line.modifiers), _policy(bill, line).bilateral
        if "50" in held and held & {"RT", "LT"}:
            yield line.position, f"{line.code} says both sides (50) and one side."
        elif {"RT", "LT"} <= held and told == "1":
            yield line.position, f"{line.code} names both sides on one line: that is 50."
        elif "50" in held and told in ("0", "2", "9"):
            why = "already means both sides" if told == "2" else "is not done on two sides"
            yield line.position, f"{line.code} {why}; 50 does not go with it."
        elif "50" in held and told == "1" and line.units != 1:
            yield line.position, f"{line.code} with 50 counts as one unit, not {line.units.normalize():f}."


def _two_sides(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if _policy(bill, line).bilateral != "1" or "LT" not in line.modifiers:
            continue
        if any(one is not line and one.code == line.code and "RT" in one.modifiers for one in bill.lines):
            yield line.position, f"{line.code} stands on two lines for the two sides."


def _multiple(bill: Bill) -> Iterator[tuple[int, str]]:
    for ranked in _ranked(bill):
        for line in ranked[1:]:
            if "51" not in line.modifiers:
                yield line.position, f"{line.code} is a further procedure beside {ranked[0].code}, without 51."


def _multiple_wrong(bill: Bill) -> Iterator[tuple[int, str]]:
    first = {ranked[0].position for ranked in _ranked(bill)}
    alone = len(bill.lines) == 1
    for line in bill.lines:
        if "51" not in line.modifiers:
            continue
        told = _policy(bill, line)
        if told.global_days == "ZZZ" or told.multiple == "0":
            yield line.position, f"{line.code} is never reduced; 51 does not go with it."
        elif line.position in first or alone:
            yield line.position, f"{line.code} is the main procedure; 51 belongs to the others."


def _assistant(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if not _assists(line):
            continue
        told = _policy(bill, line).assistant
        if told in ("1", "9"):
            why = "is not paid for an assistant" if told == "1" else "knows no assistant"
            yield line.position, f"{line.code} {why}."
        by = line.practitioner or bill.practitioner
        if any(
            one.code == line.code and not _assists(one) and (one.practitioner or bill.practitioner) == by
            for one in bill.lines
        ):
            yield line.position, f"{line.code} is charged by its surgeon and as assistant by the same person."


def _assistant_documented(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        if _assists(line) and _policy(bill, line).assistant == "0":
            yield line.position, f"An assistant for {line.code} is paid only with the reason for it."


def _within(bill: Bill, line: Line) -> tuple[Past, date] | None:
    """The operation in whose global period a line lies, and the period's last day.

    It counts for the clinician who did it, and for the others of the same specialty.
    """
    by = line.practitioner or bill.practitioner
    for past in bill.past:
        days = _DAYS.get(_of(bill, past.code).global_days)
        own = past.practitioner == by or (by == bill.practitioner and past.practitioner in bill.alike)
        if days is None or not own or set(past.modifiers) & (_PARTIAL | ASSISTANT):
            continue
        last = past.day + timedelta(days=days)
        if past.day < bill.service_date <= last:
            return past, last
    return None


def _ranked(bill: Bill) -> Iterator[list[Line]]:
    """The procedures that reduce one another, by clinician, the dearest first; only where there are several."""
    by: dict[str, list[Line]] = {}
    for line in bill.lines:
        if _policy(bill, line).multiple in ("2", "3") and not _assists(line):
            by.setdefault(line.practitioner or bill.practitioner, []).append(line)
    for lines in by.values():
        if len(lines) > 1:
            yield sorted(lines, key=lambda line: (-(line.amount or 0), line.position))


def _today(bill: Bill, past: Past) -> bool:
    major = _of(bill, past.code).global_days == "090"
    return past.day == bill.service_date or (major and past.day == bill.service_date + timedelta(days=1))


def _assists(line: Line) -> bool:
    return bool(ASSISTANT & set(line.modifiers))


def _policy(bill: Bill, line: Line) -> Policy:
    return _of(bill, line.code)


def _of(bill: Bill, code: str) -> Policy:
    return bill.policies.get(code, Policy())


RULES: tuple[ReviewRule, ...] = (
    ReviewRule("global_period", "error", "An operation's price holds its aftercare of 10 or 90 days.",
               "Charge 99024 for aftercare; 24 says that a visit is unrelated, 58, 78 or 79 why a procedure counts.",
               _global_period),
    ReviewRule("visit_beside_procedure", "error", "A procedure's price holds the visit that goes with it.",
               "Take the visit off, or add 25 (separate visit) or 57 (decision for a major operation) if the note "
               "shows it.", _same_day),
    ReviewRule("bilateral", "error", "Both sides are charged once, with 50, where the code allows it.",
               "Correct the modifiers or the units.", _bilateral),
    ReviewRule("two_sides", "notice", "Medicare wants one line with 50; other payers two with RT and LT.",
               "Use what the payer's contract says.", _two_sides),
    ReviewRule("multiple", "notice", "Further procedures of one session are paid at a part of their price.",
               "Add 51 where the payer wants it; Medicare does not.", _multiple),
    ReviewRule("multiple_wrong", "error", "51 halves what it stands on.", "Take 51 away.", _multiple_wrong),
    ReviewRule("assistant", "error", "Not every operation is paid for an assistant, and nobody assists themselves.",
               "Take the line away, or correct the modifier or the clinician.", _assistant),
    ReviewRule("assistant_reason", "notice", "Some operations need an assistant only at times.",
               "Have the reason in the note ready; payers ask for it.", _assistant_documented),
)  # fmt: skip
