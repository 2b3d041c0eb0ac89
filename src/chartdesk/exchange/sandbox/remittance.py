"""835 (005010X221A1): one payment of one payer to one payee, and the claims that explain it.

What is written balances: each line, each claim, and the payment: BPR02 = Σ CLP04 − Σ PLB. A payment that
does not is a defect of this program and raises ``UnbalancedError`` before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

import msgspec

from chartdesk.exchange.sandbox.adjudication import Decision, LineDecision
from chartdesk.exchange.sandbox.bundling import CODE, SPLIT_BARE, shown
from chartdesk.exchange.sandbox.claims import Claim, Provider
from chartdesk.exchange.sandbox.rulebook import Payer
from chartdesk.exchange.sandbox.wire import Element, Envelope, interchange_text, segment_text
from chartdesk.kit.money import ZERO, total

VERSION_835 = "005010X221A1"
#: Levels of office visits that have one below them.
_LEVELS = frozenset({"99203", "99204", "99205", "99212", "99213", "99214", "99215"})


class UnbalancedError(Exception):
    """A remittance whose figures do not add up."""


class Remitted(msgspec.Struct, frozen=True):
    """A claim in the remittance. ``scenario`` may leave out line numbers or modifiers."""

    claim: Claim
    claim_number: str
    decision: Decision
    received: date
    scenario: str = ""
    interest: Decimal = ZERO


class ProviderAdjustment(msgspec.Struct, frozen=True):
    """A PLB pair: reason, reference, amount (positive lowers the payment)."""

    reason: str
    reference: str
    amount: Decimal


class Payment(msgspec.Struct, frozen=True):
    """What one 835 says."""

    payer: Payer
    payee: Provider
    trace: str
    paid_on: date
    claims: tuple[Remitted, ...]
    adjustments: tuple[ProviderAdjustment, ...] = ()
    check: bool = False

    @property
    def amount(self) -> Decimal:
        """BPR02: what moves to the payee's account."""
        return total(one.decision.paid for one in self.claims) - total(one.amount for one in self.adjustments)


def remittance(envelope: Envelope, payment: Payment) -> str:
    """The 835 interchange. Raises UnbalancedError."""
    _check(payment)
    return interchange_text(envelope, "HP", VERSION_835, [[*_head(payment), *_detail(payment), *_plb(payment)]])


def _check(payment: Payment) -> None:
    if payment.amount < 0:
        raise UnbalancedError(f"payment {payment.trace} would be {payment.amount}")
    for one in payment.claims:
        for line in one.decision.lines:
            cut = total(adjustment.amount for adjustment in line.adjustments)
            if line.line.charge - cut != line.paid:
                raise UnbalancedError(f"claim {one.claim_number} line {line.line.number}")


def _head(payment: Payment) -> Iterator[str]:
    payer, payee, amount = payment.payer, payment.payee, payment.amount
    origin = "1" + payer.tax_id
    if amount and payment.check:
        yield segment_text("BPR", "I", amount, "C", "CHK", *[""] * 11, payment.paid_on)
    elif amount:
        routing, account = payer.bank
        yield segment_text(
            "BPR", "I", amount, "C", "ACH", "CCP", "01", routing, "DA", account, origin, "",
            "01", "999999992", "DA", "PRACTICE", payment.paid_on,
        )  # fmt: skip
    else:
        yield segment_text("BPR", "H", amount, "C", "NON", *[""] * 11, payment.paid_on)
    yield segment_text("TRN", "1", payment.trace, origin)
    yield segment_text("DTM", "405", payment.paid_on)
    street, city, state, postcode = payer.address
    yield segment_text("N1", "PR", payer.name)
    yield segment_text("N3", street)
    yield segment_text("N4", city, state, postcode)
    yield segment_text("REF", "2U", payer.id)
    yield segment_text("PER", "BL", "PROVIDER SERVICES", "TE", payer.phone)
    name = " ".join(part for part in (payee.first, payee.last) if part)
    yield segment_text("N1", "PE", name, "XX", payee.npi)
    if payee.street and payee.city:
        yield segment_text("N3", payee.street)
        yield segment_text("N4", payee.city, payee.state, payee.zip)
    if payee.tax_id:
        yield segment_text("REF", "TJ", payee.tax_id)


def _detail(payment: Payment) -> Iterator[str]:
    if payment.claims:
        yield segment_text("LX", 1)
    for one in payment.claims:
        yield from _claim(payment.payer, one)


def _claim(payer: Payer, one: Remitted) -> Iterator[str]:
    claim, decision = one.claim, one.decision
    charge = total(line.line.charge for line in decision.lines)
    share = decision.patient_share
    yield segment_text(
        "CLP", claim.patient_control, decision.status, charge, decision.paid, share if share else "",
        payer.remittance_filing, one.claim_number, claim.place, claim.frequency,
    )  # fmt: skip
    person, insured = claim.patient, claim.insured
    yield segment_text("NM1", "QC", "1", person.last, person.first, person.middle, "", "", "MI", claim.member_id)
    if claim.dependent:
        yield segment_text("NM1", "IL", "1", insured.last, insured.first, insured.middle, "", "", "MI", claim.member_id)
    doctor = claim.rendering
    if doctor and doctor.npi != claim.billing.npi and not claim.institutional:
        yield segment_text("NM1", "82", doctor.kind, doctor.last, doctor.first, "", "", "", "XX", doctor.npi)
    if decision.status == "19":
        yield segment_text("NM1", "TT", "2", "STATE MEDICAID SANDBOX", "", "", "", "", "PI", "MCD77")
    yield segment_text("DTM", "232", claim.first_day)
    yield segment_text("DTM", "233", claim.last_day)
    yield segment_text("DTM", "050", one.received)
    if decision.allowed > 0:
        yield segment_text("AMT", "AU", decision.allowed)
    if one.interest:
        yield segment_text("AMT", "I", one.interest)
    first = decision.lines[0].line.code if decision.lines else ""
    for line in shown(decision.lines, one.scenario):
        yield from _line(line, one.scenario, first)


def _line(decided: LineDecision, scenario: str, first: str) -> Iterator[str]:
    line = decided.line
    sent = (line.qualifier, line.code, *line.modifiers)
    paid_as: tuple[str, ...] = sent
    original: tuple[str, ...] = ()
    if scenario == "DROPMOD" and line.modifiers:
        paid_as, original = sent[:2], sent
    elif scenario == "NEWMOD":
        paid_as, original = (*sent[:2], "52"), sent
    elif scenario == "NEWCODE" and line.code in _LEVELS:
        paid_as, original = (line.qualifier, str(int(line.code) - 1), *line.modifiers), sent
    elif line.code == CODE:
        original = (line.qualifier, first)
    yield segment_text("SVC", paid_as, line.charge, decided.paid, line.revenue, line.units, original)
    if line.first_day == line.last_day:
        yield segment_text("DTM", "472", line.first_day)
    else:
        yield segment_text("DTM", "150", line.first_day)
        yield segment_text("DTM", "151", line.last_day)
    for group, cuts in groupby(decided.adjustments, key=lambda cut: cut.group):
        triplets = [part for cut in cuts for part in (cut.code, cut.amount, "")]
        yield segment_text("CAS", group, *triplets)
    if line.control and scenario not in ("NOLINE", SPLIT_BARE):
        yield segment_text("REF", "6R", line.control)
    if decided.allowed > 0:
        yield segment_text("AMT", "B6", decided.allowed)
    if decided.remark:
        yield segment_text("LQ", "HE", decided.remark)


def _plb(payment: Payment) -> Iterator[str]:
    year_end = date(payment.paid_on.year, 12, 31)
    for at in range(0, len(payment.adjustments), 6):
        pairs: list[Element] = []
        for one in payment.adjustments[at : at + 6]:
            pairs += [(one.reason, one.reference), one.amount]
        yield segment_text("PLB", payment.payee.npi, year_end, *pairs)
