"""What a professional claim must say beyond its single segments (005010X222A1), judged as loop 2300 ends."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.claims import Service, common_rules
from chartdesk.standards.x12.segments import Loop, Segment

#: The places of service in use (CMS).
PLACES = frozenset(
    f"{n:02d}"
    for span in (range(1, 28), range(31, 35), range(41, 43), range(49, 59), (60, 61, 62, 65, 66, 71, 72, 81, 99))
    for n in span
)
_SERVICE = Service("SV1", 2)


def claim_rules(claim: Loop, judge: Judge) -> None:
    """All rules of one claim."""
    lines = claim.inner("2400")
    count = common_rules(claim, lines, _SERVICE, judge)
    _accident(claim, judge)
    _places(claim, lines, judge)
    for line in lines:
        _pointers(count, line, judge)


def _accident(claim: Loop, judge: Judge) -> None:
    clm = claim.segments[0]
    if not clm[11]:
        return
    causes = clm.parts(11)[:2]
    if {"AA", "OA"} & set(causes) and claim.first("DTP", "439") is None:
        judge.fault(
            clm,
            "accident-date",
            f"Claim {clm[1]} says accident and not when.",
            "Send DTP*439.",
            element=11,
            code="2",
            loop="2300",
        )
    if "AA" in causes and not clm.part(11, 4) and not clm.part(11, 5):
        judge.fault(
            clm,
            "accident-state",
            f"Claim {clm[1]}: the state of the car accident is missing.",
            "Send CLM11-4.",
            element=11,
            component=4,
            code="2",
            loop="2300",
        )


def _places(claim: Loop, lines: list[Loop], judge: Judge) -> None:
    """Places of service are those CMS has given out; new ones come, so an unknown one is only a warning."""
    clm = claim.segments[0]
    _place(clm, clm.part(5, 1), 1, judge)
    for line in lines:
        service = line.first("SV1")
        if service is not None and service[5]:
            _place(service, service[5], 0, judge)


def _place(one: Segment, code: str, component: int, judge: Judge) -> None:
    if code and code not in PLACES:
        judge.fault(
            one,
            "place-of-service",
            f"{code!r} is no place of service.",
            "Send a CMS place of service code.",
            element=5,
            component=component,
            code="7",
            level="warning" if len(code) == 2 and code.isdecimal() else "error",
            value=code,
        )


def _pointers(count: int, line: Loop, judge: Judge) -> None:
    service = line.first("SV1")
    if service is None or len(service.elements) < 8:
        return
    for component, pointer in enumerate(service.parts(7), 1):
        if len(pointer) <= 2 and pointer.isdecimal() and int(pointer) > count:
            judge.fault(
                service,
                "pointer",
                f"The line points to diagnosis {pointer}; the claim has {count}.",
                "Point to a diagnosis of the claim.",
                element=7,
                component=component,
                code="7",
                loop="2400",
                value=pointer,
            )
