"""Building an 835: remittances in, the interchange's bytes out. For the sandbox, for tests, for resending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import REMITTANCE_835
from chartdesk.standards.x12.parties import Amount, Party, Quantity
from chartdesk.standards.x12.party_segments import (
    address_segments,
    adjustment_segments,
    contact_segment,
    nm1,
    reference_segment,
)
from chartdesk.standards.x12.remittance_835.model import (
    BankAccount,
    ClaimPayment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from chartdesk.standards.x12.segments import Loop, Segment, Value, segment
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, number, procedure
from chartdesk.standards.x12.writer import SetContent, compose


def write(
    envelope: Envelope, remittances: Sequence[Remittance], *, uppercase: bool = True, check: bool = True
) -> bytes:
    """One interchange with those remittances. Raises Invalid where one does not balance (unless ``check`` is
    off, for tests of what happens then) or says what cannot be sent."""
    contents = [SetContent(one.control, _root(one), one.version) for one in remittances]
    return compose(envelope, REMITTANCE_835, contents, uppercase=uppercase, check=check)


def _root(one: Remittance) -> Loop:
    payment = segment(
        "BPR",
        one.handling,
        number(one.total),
        one.credit,
        one.method,
        one.payment_format,
        *_account(one.payer_account),
        one.originator,
        one.originator_supplement,
        *_account(one.payee_account),
        d8(one.paid_on),
    )
    parts: list[Segment | Loop | None] = [
        payment,
        segment("TRN", "1", one.trace, one.payer_trace_id, one.trace_supplement),
        segment("REF", "EV", one.receiver_id) if one.receiver_id else None,
        segment("REF", "F2", one.version_id) if one.version_id else None,
        segment("DTM", "405", d8(one.produced_on)) if one.produced_on else None,
        node("1000A", _party("PR", one.payer)),
        node("1000B", _party("PE", one.payee)),
        *_groups(one),
        *_plbs(one.provider_adjustments),
    ]
    return node("ST", parts, one.extras)


def _account(account: BankAccount | None) -> tuple[str, str, str, str]:
    if account is None:
        return "", "", "", ""
    return account.bank_qualifier, account.bank, account.account_qualifier, account.account


def _party(role: str, party: Party) -> list[Segment]:
    return [
        segment("N1", role, party.last, party.id_qualifier if party.id else "", party.id),
        *address_segments(party.address),
        *(reference_segment(one) for one in party.references),
        *(contact_segment(one) for one in party.contacts),
    ]


def _groups(one: Remittance) -> list[Loop]:
    """The 2000 loops: as read, or one loop for all claims where none was named."""
    headers = {header.number: header.summaries for header in one.groups}
    made: dict[int, Loop] = {n: node("2000", [segment("LX", str(n)), *summaries]) for n, summaries in headers.items()}
    for claim in one.claims:
        n = claim.group or 1
        if n not in made:
            made[n] = node("2000", [segment("LX", str(n))])
        made[n].loops.append(claim_loop(claim))
    return list(made.values())


def _plbs(adjustments: Iterable[ProviderAdjustment]) -> list[Loop]:
    """PLB segments: neighbors of one provider and fiscal year share a segment, six to each."""
    groups: list[list[ProviderAdjustment]] = []
    for one in adjustments:
        last = groups[-1][0] if groups else None
        same = last and (last.provider, last.fiscal_year_end) == (one.provider, one.fiscal_year_end)
        if same and len(groups[-1]) < 6:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [node("PLB", [_plb(group)]) for group in groups]


def _plb(group: list[ProviderAdjustment]) -> Segment:
    pairs: list[Value] = []
    for one in group:
        pairs += [(one.reason, one.reference), number(one.amount)]
    return segment("PLB", group[0].provider, d8(group[0].fiscal_year_end), *pairs)


def claim_loop(claim: ClaimPayment) -> Loop:
    """Loop 2100 of a claim payment."""
    parts: list[Segment | Loop | None] = [
        segment(
            "CLP",
            claim.pcn,
            claim.status,
            number(claim.charge),
            number(claim.paid),
            number(claim.patient_responsibility),
            claim.filing_indicator,
            claim.payer_claim_number,
            claim.place_of_service,
            claim.frequency,
            "",
            claim.drg,
            claim.drg_weight,
            claim.discharge_fraction,
        ),
        *adjustment_segments(claim.adjustments),
        *(nm1(role, party) for role, party in claim.people),
        segment("MIA", *claim.inpatient) if claim.inpatient else None,
        segment("MOA", *claim.outpatient) if claim.outpatient else None,
        *(reference_segment(one) for one in claim.references),
        *(segment("DTM", one.qualifier, d8(one.start)) for one in claim.dates),
        *(contact_segment(one) for one in claim.contacts),
        *_counted(claim.amounts, claim.quantities),
        *(_line_loop(line) for line in claim.lines),
    ]
    return node("2100", parts, claim.extras)


def _counted(amounts: Iterable[Amount], quantities: Iterable[Quantity]) -> list[Segment]:
    return [
        *(segment("AMT", one.qualifier, number(one.amount)) for one in amounts),
        *(segment("QTY", one.qualifier, number(one.quantity)) for one in quantities),
    ]


def _line_loop(line: ServicePayment) -> Loop:
    submitted = procedure(
        line.submitted_qualifier or line.code_qualifier,
        line.submitted_code,
        line.submitted_modifiers,
        line.submitted_description,
    )
    parts: list[Segment | Loop | None] = [
        segment(
            "SVC",
            procedure(line.code_qualifier, line.code, line.modifiers, line.description),
            number(line.charge),
            number(line.paid),
            line.revenue_code,
            number(line.units),
            submitted,
            number(line.submitted_units),
        ),
        *_served(line),
        *adjustment_segments(line.adjustments),
        segment("REF", "6R", line.line_control) if line.line_control else None,
        *(reference_segment(one) for one in line.references),
        *_counted(line.amounts, line.quantities),
        *(segment("LQ", "HE", code) for code in line.remarks),
    ]
    return node("2110", parts, line.extras)


def _served(line: ServicePayment) -> list[Segment]:
    if line.day is None:
        return []
    if line.end is None:
        return [segment("DTM", "150" if line.is_period else "472", d8(line.day))]
    return [segment("DTM", "150", d8(line.day)), segment("DTM", "151", d8(line.end))]
