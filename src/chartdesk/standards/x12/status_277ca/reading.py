"""Reading a 277CA: bytes in, typed reports out."""

from __future__ import annotations

from chartdesk.standards.x12.guides import STATUS_277CA
from chartdesk.standards.x12.parties import Reference
from chartdesk.standards.x12.party_segments import reference_of, take_party
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.status_277ca.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    StatusReport,
    Tally,
)
from chartdesk.standards.x12.status_segments import take_statuses
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import (
    amount_at,
    dated_of,
    decimal_at,
    dollars_at,
    modifiers_at,
    moment_at,
    span_at,
)


def read(source: Source) -> list[StatusReport]:
    """Every claim acknowledgement of the file. Raises Invalid where it cannot be read, or holds none."""
    return [_report(one) for one in of_guide(source, STATUS_277CA)]


def _report(transaction: Transaction) -> StatusReport:
    root = tree(STATUS_277CA, transaction.body)
    begin = root.first("BHT") or Segment(["BHT"])
    top = root.one("2000A") or Loop("2000A")
    below = top.one("2000B") or Loop("2000B")
    source, times = Taking(top.one("2100A")), Taking(top.one("2200A"))
    receiver, trace = Taking(below.one("2100B")), Taking(below.one("2200B"))
    source_role = source.segments[0][1] if source.segments else "PR"
    received, processed = times.one("DTP", "050"), times.one("DTP", "009")
    return StatusReport(
        source_role=source_role,
        source=take_party(source),
        source_trace=times.one("TRN")[2],
        received_on=span_at(received, 2, 3)[0] if received.tag else None,
        processed_on=span_at(processed, 2, 3)[0] if processed.tag else None,
        receiver=take_party(receiver),
        receiver_trace=trace.one("TRN")[2],
        receiver_statuses=take_statuses(trace),
        tally=_tally(trace, "90", "AA"),
        providers=[_provider(one) for one in below.inner("2000C")],
        reference=begin[3],
        control=transaction.control,
        created=moment_at(begin, 4, 5),
        envelope=transaction.envelope,
        extras=times.rest(trace),
    )


def _tally(taking: Taking, accepted: str, rejected: str) -> Tally:
    return Tally(
        accepted_count=decimal_at(taking.one("QTY", accepted), 2),
        rejected_count=decimal_at(taking.one("QTY", rejected), 2),
        accepted_amount=amount_at(taking.one("AMT", "YU"), 2),
        rejected_amount=amount_at(taking.one("AMT", "YY"), 2),
    )


def _provider(loop: Loop) -> ProviderStatus:
    name, own = Taking(loop.one("2100C")), Taking(loop.one("2200C"))
    return ProviderStatus(
        provider=take_party(name),
        trace=own.one("TRN")[2],
        statuses=take_statuses(own),
        references=[reference_of(one) for one in own.every("REF")],
        tally=_tally(own, "QA", "QC"),
        claims=[_claim(claim, patient) for patient in loop.inner("2000D") for claim in patient.inner("2200D")],
        extras=own.rest(name),
    )


def _claim(loop: Loop, patient: Loop) -> ClaimStatus:
    taking = Taking(loop)
    served = taking.one("DTP", "472")
    start, end = span_at(served, 2, 3) if served.tag else (None, None)
    return ClaimStatus(
        pcn=taking.one("TRN")[2],
        patient=take_party(Taking(patient.one("2100D"))),
        statuses=take_statuses(taking),
        payer_claim_number=taking.one("REF", "1K")[2],
        clearinghouse_number=taking.one("REF", "D9")[2],
        bill_type=taking.one("REF", "BLT")[2],
        service_from=start,
        service_to=end,
        references=_references(taking),
        lines=[_line(one) for one in taking.each("2220D")],
        extras=taking.rest(),
    )


def _references(taking: Taking) -> list[Reference]:
    return [reference_of(one) for one in taking.every("REF")]


def _line(loop: Loop) -> LineStatus:
    taking = Taking(loop)
    svc = taking.one("SVC")
    return LineStatus(
        code_qualifier=svc.part(1, 1),
        code=svc.part(1, 2),
        modifiers=modifiers_at(svc, 1),
        charge=dollars_at(svc, 2),
        revenue_code=svc[4],
        units=decimal_at(svc, 7),
        statuses=take_statuses(taking),
        control=taking.one("REF", "FJ")[2],
        dates=[dated_of(one) for one in taking.every("DTP")],
        extras=taking.rest(),
    )
