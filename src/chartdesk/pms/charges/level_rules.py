"""Charge review of visits: the level against what is documented, new or known patients, prolonged time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chartdesk.pms.charges import levels
from chartdesk.pms.charges.bill import Bill, Line, ReviewRule

_NEW = frozenset({"99202", "99203", "99204", "99205", "99341", "99342", "99344", "99345"}) | {
    str(code) for code in range(99381, 99388)
}
_KNOWN = frozenset({"99211", "99212", "99213", "99214", "99215"}) | {str(code) for code in range(99391, 99398)}
#: Years after which somebody counts as new again.
NEW_AGAIN = 3


def is_visit(code: str) -> bool:
    """Whether a code is a visit: evaluation and management, or an eye examination."""
    return "99202" <= code <= "99499" or code in ("99211", "92002", "92004", "92012", "92014")


def _above(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        found = levels.supported(line.code, bill.service_date, bill.documented, bill.minutes)
        if found is None or not bill.documented.final:
            continue
        if found.by_decision < line.code and found.by_time < line.code:
            time = f", {bill.minutes} minutes {found.by_time or 'no level'}" if bill.minutes is not None else ""
            yield line.position, f"{line.code} is more than is documented: decision making {found.by_decision}{time}."


def _time(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        found = levels.supported(line.code, bill.service_date, bill.documented, bill.minutes)
        if found is None or bill.documented.final or bill.minutes is None or not found.by_time:
            continue
        if found.by_time < line.code and found.by_decision < line.code:
            yield line.position, f"By its {bill.minutes} minutes the visit is {found.by_time}, not {line.code}."


def _below(bill: Bill) -> Iterator[tuple[int, str]]:
    for line in bill.lines:
        found = levels.supported(line.code, bill.service_date, bill.documented, bill.minutes)
        if found is not None and found.best > line.code:
            by = "decision making" if found.by_decision == found.best else f"{bill.minutes} minutes"
            yield line.position, f"The {by} would support {found.best}; {line.code} is charged."


def _new(bill: Bill) -> Iterator[tuple[int, str]]:
    seen = _seen_before(bill)
    for line in bill.lines:
        if line.code in _NEW and seen:
            yield line.position, f"{line.code} is for new patients; this one was seen here on {seen:%b %-d, %Y}."


def _established(bill: Bill) -> Iterator[tuple[int, str]]:
    if any(_is_face_to_face(one.code) for one in bill.past):
        return
    for line in bill.lines:
        if line.code in _KNOWN and line.code != "99211":
            yield line.position, f"{line.code} is for known patients; no earlier visit is charged here."


def _prolonged(bill: Bill) -> Iterator[tuple[int, str]]:
    visits = [line.code for line in bill.lines if is_visit(line.code)]
    for line in bill.lines:
        if line.code not in levels.PROLONGED:
            continue
        found = [levels.prolonged_units(line.code, visit, bill.minutes or 0) for visit in visits]
        units = [one for one in found if one is not None]
        if not units:
            yield line.position, f"{line.code} goes with the highest level of a visit only."
        elif bill.minutes is None:
            yield line.position, f"{line.code} needs the minutes of the visit."
        elif line.units > max(units):
            yield line.position, f"{bill.minutes} minutes hold {max(units)} units of {line.code}, not {_plain(line)}."


def _plain(line: Line) -> str:
    return f"{line.units.normalize():f}"


def _seen_before(bill: Bill) -> date | None:
    """The last day within three years on which somebody of the same specialty saw the patient; None: there is none."""
    first = bill.service_date.replace(year=bill.service_date.year - NEW_AGAIN, day=min(bill.service_date.day, 28))
    days = [
        one.day
        for one in bill.past
        if first < one.day < bill.service_date and _is_face_to_face(one.code) and one.practitioner in bill.alike
    ]
    return max(days, default=None)


def _is_face_to_face(code: str) -> bool:
    return is_visit(code) or "10004" <= code <= "69990"


RULES: tuple[ReviewRule, ...] = (
    ReviewRule("level_above", "error", "A level above what the note shows is taken back in an audit.",
               "Charge the level that is documented, or correct what the note shows.", _above),
    ReviewRule("level_time", "notice", "A level is chosen by decision making or by time.",
               "Look up the decision making in the note and enter it, or charge the level of the time.", _time),
    ReviewRule("level_below", "notice", "Work that is documented may be charged.",
               "Ask the clinician whether the higher level was meant.", _below),
    ReviewRule("new_patient", "error", "New is who was not seen by the same specialty here for three years.",
               "Charge the level for known patients.", _new),
    ReviewRule("known_patient", "off", "Who was not seen here for three years is new.",
               "Charge the level for new patients, unless an earlier visit is not charged here.", _established),
    ReviewRule("prolonged", "error", "Prolonged time begins after the highest level's, by quarters of an hour.",
               "Correct the units or the minutes.", _prolonged),
)  # fmt: skip
