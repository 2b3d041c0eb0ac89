"""What the statuses of a 277 of any kind must say (005010X212, X214, 006020X313): known categories, known codes."""

from __future__ import annotations

import re
from decimal import Decimal

from chartdesk.standards.x12.codes import claim_status
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.figures import ZERO, figure
from chartdesk.standards.x12.segments import Loop, Segment

_CODE = re.compile("[0-9]{1,3}")
#: Where a status is a code of LOINC or HCPCS, as in requests for information (STC01-4).
_OTHER_LISTS = frozenset({"LOI", "HC"})
_PLACES = (1, 10, 11)
#: STC03, and what tells how many claims and dollars it was about.
_TALLIES = {"WQ": ("90", "YU"), "U": ("AA", "YY")}
_TAKEN, _REFUSED = frozenset({"A1", "A2"}), frozenset({"A3", "A6", "A7", "A8"})


def status_rules(loop: Loop, judge: Judge) -> None:
    """The statuses of a loop: category and code are of the published lists."""
    for stc in loop.segments:
        if stc.elements[0] == "STC":
            for place in _PLACES:
                if stc[place]:
                    _status(stc, place, loop, judge)


def taken_rules(loop: Loop, judge: Judge) -> None:
    """The same for a 277CA, whose STC03 says once more whether it was taken in."""
    status_rules(loop, judge)
    for stc in loop.every("STC"):
        category = stc.part(1, 1)
        if (stc[3] == "WQ" and category in _REFUSED) or (stc[3] == "U" and category in _TAKEN):
            said = "taken in" if stc[3] == "WQ" else "rejected"
            judge.fault(
                stc,
                "status-action",
                f"STC03 {stc[3]} says {said}, and {category} says the contrary.",
                "WQ beside A1 and A2, U beside A3, A6, A7 and A8.",
                element=3,
                code="7",
                loop=loop.id,
                level="warning",
            )


def claim_rules(claim: Loop, judge: Judge) -> None:
    """One claim of a 277CA: its statuses; counted, as it is let go once judged."""
    taken_rules(claim, judge)
    first = claim.first("STC")
    if first is not None and first[3] in _TALLIES:
        tally = judge.notes.setdefault("tally", {})
        count, amount = tally.get(first[3], (0, ZERO))
        charge = figure(first, 4)
        tally[first[3]] = (count + 1, None if amount is None or charge is None else amount + charge)


def file_rules(receiver: Loop, judge: Judge) -> None:
    """The receiver's tallies: as many claims and dollars as were taken in and rejected, where claims are told of."""
    told = receiver.one("2200B")
    tally = judge.notes.get("tally")
    if told is None or not tally:
        return
    for action, (quantity, dollars) in _TALLIES.items():
        count, amount = tally.get(action, (0, ZERO))
        for tag, qualifier, expected in (("QTY", quantity, Decimal(count)), ("AMT", dollars, amount)):
            said = told.first(tag, qualifier)
            if said is not None and expected is not None and figure(said, 2) not in (None, expected):
                judge.fault(
                    said,
                    "tally",
                    f"{tag}*{qualifier} is {said[2]}; the claims make {expected}.",
                    "Count the claims and add up their charges (STC04) once more.",
                    element=2,
                    code="I12",
                    loop="2200B",
                    level="warning",
                )


def _status(stc: Segment, place: int, loop: Loop, judge: Judge) -> None:
    category, code = stc.part(place, 1), stc.part(place, 2)
    if category and category not in claim_status.KNOWN_CATEGORIES:
        message, cure = f"{category!r} is no category of claim status.", "Send one of A0 to A8, P, F, R, E or D0."
        _unknown(stc, place, 1, message, cure, loop, judge, category)
    if code and not _CODE.fullmatch(code) and stc.part(place, 4) not in _OTHER_LISTS and not code.count("-"):
        message, cure = f"{code!r} is no code of claim status.", "Send a code of the claim status list, a number."
        _unknown(stc, place, 2, message, cure, loop, judge, code)


def _unknown(
    stc: Segment, place: int, component: int, message: str, cure: str, loop: Loop, judge: Judge, value: str
) -> None:
    judge.fault(
        stc,
        "status-code",
        message,
        cure,
        element=place,
        component=component,
        code="7",
        loop=loop.id,
        value=value,
    )
