"""What a services review must say beyond its single segments (005010X217), judged as the event ends."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Loop, Segment

#: HCR01 that name what was authorized, and so need its number or a service that has one.
_CERTIFYING = frozenset({"A1", "A2", "A6"})


def patient_rules(level: Loop, judge: Judge) -> None:
    """Somebody's event is asked about: the subscriber's, or the dependent's."""
    if not level.inner("2000D", "2000E"):
        judge.fault(
            level.segments[0],
            "nothing-asked",
            "The request holds no event (HL with level EV).",
            "Send loop 2000E under the patient's level.",
            element=1,
            code="I12",
            loop="2000C",
        )


def request_rules(event: Loop, judge: Judge) -> None:
    """A request names what it is about: an earlier decision, or a service, diagnosis and somebody to treat."""
    um = event.first("UM")
    if um is None:
        return
    if um[2] in ("3", "4", "S") and event.first("REF", "BB") is None and event.first("REF", "NT") is None:
        judge.fault(
            um,
            "review-earlier",
            f"UM02 {um[2]} speaks of an earlier authorization and does not say which.",
            "Send its number in REF*BB, or the payer's administrative number in REF*NT.",
            element=2,
            code="2",
            loop="2000E",
        )
    if um[2] in ("I", "R") and event.first("HI") is None and um[1] != "IN":
        judge.fault(
            um,
            "review-diagnosis",
            "The request names no diagnosis.",
            "Send HI with the diagnosis that the service is for.",
            element=2,
            code="2",
            loop="2000E",
            level="warning",
        )
    if not um[3] and not any(service.first("UM") for service in event.inner("2000F")) and not _services(event):
        judge.fault(
            um,
            "review-service",
            "The request names neither a type of service (UM03) nor a service.",
            "Send UM03, or loop 2000F with the procedure.",
            element=3,
            code="2",
            loop="2000E",
        )


def answer_rules(event: Loop, judge: Judge) -> None:
    """An answer decides, refuses, or both at the services; what is authorized has a number."""
    services = event.inner("2000F")
    decisions = [event.first("HCR"), *(service.first("HCR") for service in services)]
    refused = any(one.first("AAA") for one in (event, *services))
    found = [one for one in decisions if one is not None]
    if not found and not refused:
        judge.fault(
            event.segments[0],
            "review-decision",
            "The answer holds neither a decision nor a refusal.",
            "Send HCR, or AAA with the reason.",
            code="I6",
            loop="2000E",
        )
    numbered = any(one[2] for one in found)
    for one in found:
        if one[1] in _CERTIFYING and not one[2] and not numbered:
            judge.fault(
                one,
                "review-number",
                "The service is authorized and has no number.",
                "Send it in HCR02: claims carry it.",
                element=2,
                code="2",
                loop="2000E",
            )


def _services(event: Loop) -> list[Segment]:
    found = (service.first(tag) for service in event.inner("2000F") for tag in ("SV1", "SV2", "SV3"))
    return [one for one in found if one is not None]
