"""TA1 and 999 (005010X231A1): what became of a file's form."""

from __future__ import annotations

from chartdesk.exchange.sandbox.inspection import Fault, GroupVerdict, SetVerdict
from chartdesk.exchange.sandbox.wire import Address, Envelope, Segment, interchange_text, isa, segment_text

VERSION_999 = "005010X231A1"


def interchange_reply(envelope: Envelope, header: Segment | None, note: str) -> str:
    """A TA1 for one interchange. ``header`` is its ISA; None where there was none to read."""
    control = (header[13] if header else "") or "000000000"
    day = (header[9] if header else "") or f"{envelope.moment:%y%m%d}"
    hour = (header[10] if header else "") or f"{envelope.moment:%H%M}"
    verdict = "A" if note == "000" else "R"
    body = segment_text("TA1", control, day, hour, verdict, note)
    return "\n".join([isa(envelope), body, f"IEA*0*{envelope.control:09d}~"]) + "\n"


def nobody() -> Address:
    """The partner of an answer to a file that does not say who sent it."""
    return Address("ZZ", "UNKNOWN", "UNKNOWN")


def group_reply(envelope: Envelope, verdicts: list[GroupVerdict]) -> str:
    """A 999 interchange with one transaction set per functional group."""
    return interchange_text(envelope, "FA", VERSION_999, [_body(verdict) for verdict in verdicts])


def _body(verdict: GroupVerdict) -> list[str]:
    body = [segment_text("AK1", verdict.functional, verdict.control, verdict.version)]
    for one in verdict.sets:
        body += _set(one)
    declared = verdict.declared if verdict.declared.isdigit() else len(verdict.sets)
    accepted, received = verdict.accepted, len(verdict.sets)
    if verdict.codes or (accepted == 0 and received):
        outcome = "R"
    else:
        outcome = "A" if accepted == received else "P"
    body.append(segment_text("AK9", outcome, declared, received, accepted, *verdict.codes[:5]))
    return body


def _set(one: SetVerdict) -> list[str]:
    body = [segment_text("AK2", one.kind, one.control, one.version)]
    for fault in one.faults:
        body += _fault(fault)
    body.append(segment_text("IK5", "A" if one.accepted else "R", *one.codes[:5]))
    return body


def _fault(fault: Fault) -> list[str]:
    diagram_loop = fault.loop[:4]  # IK303 has four characters: 2010AA is 2010 in the standard's diagram
    body = [segment_text("IK3", fault.segment, fault.place, diagram_loop, fault.code)]
    if fault.claim:
        body.append(segment_text("CTX", ("CLM01", fault.claim)))
    if fault.element:
        position = (fault.element, fault.component) if fault.component else (fault.element,)
        value = fault.value[:99]
        body.append(segment_text("IK4", position, fault.reference, fault.element_code, value))
    return body
