"""Reading an 835: bytes in, typed remittances out."""

from __future__ import annotations

from collections.abc import Iterator

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.envelope import whole
from chartdesk.standards.x12.guides import REMITTANCE_835
from chartdesk.standards.x12.parties import Amount, Dated, Party, Quantity
from chartdesk.standards.x12.party_segments import (
    contact_of,
    party_of,
    reference_of,
    take_address,
    take_adjustments,
    take_references,
)
from chartdesk.standards.x12.placing import loops
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.remittance_835.model import (
    BankAccount,
    ClaimPayment,
    GroupHeader,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, day_at, decimal_at, dollars_at, modifiers_at, unreadable


def read(source: Source) -> list[Remittance]:
    """Every remittance of the file, in order. Raises Invalid where it cannot be read, or holds none."""
    return list(remittances(source))


def remittances(source: Source) -> Iterator[Remittance]:
    """Remittance by remittance, for files with many."""
    for transaction in of_guide(source, REMITTANCE_835):
        yield _remittance(transaction)


def _remittance(transaction: Transaction) -> Remittance:
    claims: list[ClaimPayment] = []
    root = Loop("ST")
    for root in loops(REMITTANCE_835, transaction.body, REMITTANCE_835.cut):
        if root.id == "2100":
            group = root.parent.segments[0] if root.parent and root.parent.id == "2000" else Segment(["LX"])
            claims.append(read_claim(root, whole(group[1])))
    made = _header(root, transaction)
    made.claims = claims
    return made


def _header(root: Loop, transaction: Transaction) -> Remittance:
    taking = Taking(root)
    bpr, trn = taking.one("BPR"), taking.one("TRN")
    if not bpr.tag or not trn.tag:
        raise Invalid(
            f"Set {transaction.control} has no {'TRN' if bpr.tag else 'BPR'}.",
            where=f"segment {transaction.st.number}",
            cure="Without it no payment can be told: ask the payer for the file again.",
        )
    payer, payee = taking.inner("1000A"), taking.inner("1000B")
    return Remittance(
        payer=_party(payer),
        payee=_party(payee),
        handling=bpr[1],
        total=dollars_at(bpr, 2),
        credit=bpr[3],
        method=bpr[4],
        payment_format=bpr[5],
        payer_account=_account(bpr, 6),
        originator=bpr[10],
        originator_supplement=bpr[11],
        payee_account=_account(bpr, 12),
        paid_on=day_at(bpr, 16),
        trace=trn[2],
        payer_trace_id=trn[3],
        trace_supplement=trn[4],
        receiver_id=taking.one("REF", "EV")[2],
        version_id=taking.one("REF", "F2")[2],
        produced_on=day_at(taking.one("DTM", "405"), 2),
        groups=[_group(one) for one in taking.each("2000")],
        provider_adjustments=[part for one in taking.each("PLB") for part in _plb(one.segments[0])],
        control=transaction.control,
        version=transaction.version,
        envelope=transaction.envelope,
        extras=taking.rest(payer, payee),
    )


def _account(bpr: Segment, place: int) -> BankAccount | None:
    if not bpr[place + 1] and not bpr[place + 3]:
        return None
    return BankAccount(
        bank_qualifier=bpr[place],
        bank=bpr[place + 1],
        account_qualifier=bpr[place + 2],
        account=bpr[place + 3],
    )


def _party(taking: Taking) -> Party:
    name = taking.one("N1")
    return Party(
        last=name[2],
        id_qualifier=name[3],
        id=name[4],
        address=take_address(taking),
        references=take_references(taking),
        contacts=[contact_of(one) for one in taking.every("PER")],
    )


def _group(loop: Loop) -> GroupHeader:
    return GroupHeader(number=whole(loop.segments[0][1]), summaries=loop.segments[1:])


def _plb(plb: Segment) -> list[ProviderAdjustment]:
    return [
        ProviderAdjustment(
            provider=plb[1],
            fiscal_year_end=day_at(plb, 2),
            reason=plb.part(place, 1),
            reference=plb.part(place, 2),
            amount=dollars_at(plb, place + 1),
        )
        for place in range(3, 15, 2)
        if plb[place] or plb[place + 1]
    ]


def read_claim(loop: Loop, group: int = 0) -> ClaimPayment:
    """A 2100 loop as a claim payment. Raises Invalid where an amount or date cannot be read."""
    taking = Taking(loop)
    clp = taking.one("CLP")
    return ClaimPayment(
        pcn=clp[1],
        status=clp[2],
        charge=dollars_at(clp, 3),
        paid=dollars_at(clp, 4),
        patient_responsibility=amount_at(clp, 5),
        filing_indicator=clp[6],
        payer_claim_number=clp[7],
        place_of_service=clp[8],
        frequency=clp[9],
        drg=clp[11],
        drg_weight=clp[12],
        discharge_fraction=clp[13],
        adjustments=take_adjustments(taking),
        people=[(one[1], party_of(one)) for one in taking.every("NM1")],
        inpatient=list(taking.one("MIA").elements[1:]),
        outpatient=list(taking.one("MOA").elements[1:]),
        references=[reference_of(one) for one in taking.every("REF")],
        dates=[_dated(one) for one in taking.every("DTM")],
        contacts=[contact_of(one) for one in taking.every("PER")],
        amounts=_amounts(taking),
        quantities=_quantities(taking),
        lines=[_line(one) for one in taking.each("2110")],
        group=group,
        extras=taking.rest(),
    )


def _dated(dtm: Segment) -> Dated:
    start = day_at(dtm, 2)
    if start is None:
        raise unreadable(dtm, 2, "date")
    return Dated(qualifier=dtm[1], start=start)


def _amounts(taking: Taking) -> list[Amount]:
    return [Amount(qualifier=one[1], amount=dollars_at(one, 2)) for one in taking.every("AMT")]


def _quantities(taking: Taking) -> list[Quantity]:
    found = ((one[1], decimal_at(one, 2)) for one in taking.every("QTY"))
    return [Quantity(qualifier=kind, quantity=count) for kind, count in found if count is not None]


def _line(loop: Loop) -> ServicePayment:
    taking = Taking(loop)
    svc = taking.one("SVC")
    first, last, only = (day_at(taking.one("DTM", kind), 2) for kind in ("150", "151", "472"))
    return ServicePayment(
        code_qualifier=svc.part(1, 1),
        code=svc.part(1, 2),
        modifiers=modifiers_at(svc, 1),
        description=svc.part(1, 7),
        charge=dollars_at(svc, 2),
        paid=dollars_at(svc, 3),
        revenue_code=svc[4],
        units=decimal_at(svc, 5),
        submitted_qualifier=svc.part(6, 1),
        submitted_code=svc.part(6, 2),
        submitted_modifiers=modifiers_at(svc, 6),
        submitted_description=svc.part(6, 7),
        submitted_units=decimal_at(svc, 7),
        day=only or first,
        end=last,
        is_period=only is None,
        adjustments=take_adjustments(taking),
        line_control=taking.one("REF", "6R")[2],
        references=[reference_of(one) for one in taking.every("REF")],
        amounts=_amounts(taking),
        quantities=_quantities(taking),
        remarks=[one[2] for one in taking.every("LQ", "HE")],
        extras=taking.rest(),
    )
