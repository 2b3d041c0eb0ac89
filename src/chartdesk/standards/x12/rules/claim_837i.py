"""What an institutional claim must say beyond its single segments (005010X223A2), judged as loop 2300 ends."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.claims import ICD10_KINDS, Service, common_rules
from chartdesk.standards.x12.segments import Loop, Segment

_SERVICE = Service("SV2", 3)
#: Types of bill of an inpatient stay (CLM05-1): they say when and how the patient came in.
_INPATIENT = frozenset({"11", "12", "18", "21", "22", "28", "41", "65", "66", "86"})
#: Codes of HI in the order they are checked: kind of list to what must not stand twice.
_LISTS = {"BG": "condition", "BH": "occurrence", "BE": "value"}


def claim_rules(claim: Loop, judge: Judge) -> None:
    """All rules of one claim."""
    lines = claim.inner("2400")
    common_rules(claim, lines, _SERVICE, judge)
    _admission(claim, judge)
    _lists(claim, judge)
    _procedures_within(claim, judge)


def _admission(claim: Loop, judge: Judge) -> None:
    """A stay has its day of admission, its type and an admitting diagnosis; a bill that ends one its hour."""
    clm, cl1 = claim.segments[0], claim.first("CL1")
    if clm.part(5, 1) not in _INPATIENT:
        return
    missing = (
        ("DTP", "435", "the day of admission (DTP*435)"),
        ("HI", "", "the admitting diagnosis (HI*ABJ)"),
    )
    admitting = any(hi.part(1, 1) in ("ABJ", "BJ") for hi in claim.every("HI"))
    found = {"DTP": claim.first("DTP", "435") is not None, "HI": admitting}
    for tag, _, what in missing:
        if not found[tag]:
            judge.fault(
                clm,
                "admission",
                f"Claim {clm[1]} is for a stay and lacks {what}.",
                "Send it.",
                element=5,
                component=1,
                code="2",
                loop="2300",
            )
    if cl1 is not None and not cl1[1]:
        judge.fault(
            cl1,
            "admission",
            f"Claim {clm[1]} is for a stay and does not say what kind of admission it was.",
            "Send CL101.",
            element=1,
            code="2",
            loop="2300",
        )


def _lists(claim: Loop, judge: Judge) -> None:
    """No condition, occurrence or value code twice, and every diagnosis of any kind has the right form."""
    seen: set[tuple[str, ...]] = set()
    for hi in claim.every("HI"):
        for place in range(1, len(hi.elements)):
            parts = hi.parts(place)
            if len(parts) < 2 or parts[0] in ICD10_KINDS or parts[0] not in _LISTS:
                continue
            key = (parts[0], parts[1], *parts[3:4])
            if key in seen:
                what = f"{_LISTS[parts[0]]} code {parts[1]}"
                message = f"The {what} is sent twice."
                judge.fault(hi, "code-twice", message, "Send it once.", level="warning", element=place, loop="2300")
            seen.add(key)


def _procedures_within(claim: Loop, judge: Judge) -> None:
    """Procedures and lines lie in the time that the statement covers; three days before it are allowed for stays."""
    covered = claim.first("DTP", "434")
    start, _, end = covered[3].partition("-") if covered is not None else ("", "", "")
    if len(start) != 8 or len(end) != 8:
        return
    for line in claim.inner("2400"):
        served = line.first("DTP", "472")
        if served is not None and served[2] == "D8" and served[3] > end:
            _outside(served, covered, judge)


def _outside(served: Segment, covered: Segment | None, judge: Judge) -> None:
    span = covered[3] if covered is not None else ""
    judge.fault(
        served,
        "outside-statement",
        f"The service of {served[3]} lies after the statement's days {span}.",
        "Bill it on the statement it belongs to.",
        element=3,
        code="I12",
        loop="2400",
        level="warning",
    )
