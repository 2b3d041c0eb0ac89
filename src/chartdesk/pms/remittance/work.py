"""A claim payment on its way into the books: what is known about it, and the steps that every outcome shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.kit import clock, database, worklist
from chartdesk.kit.money import dollars
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import projections, rules
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine, Remittance
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

HELD = "payment_held"
#: What posting writes down about a claim payment.
_FINISH = """
    UPDATE remittance_claimpayment
       SET state = %s, reason = %s, posted_at = %s, claim = %s::int8, patient = %s, posting = %s::int8, tries = %s,
           reverses_id = %s::int8
     WHERE practice = %s AND id = %s
"""


@dataclass
class Batch:
    """What the claim payments of one posting share: the accounting date, and which payers have a contract."""

    today: date
    contracts: dict[str, bool] = field(default_factory=dict)


@dataclass
class Work:
    """A claim payment on its way into the books, and what is known about it."""

    subject: Subject
    payment: ClaimPayment
    remittance: Remittance
    batch: Batch
    claim: Claim | None = None
    lines: list[PaymentLine] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The accounting date."""
        return self.batch.today

    @property
    def bank(self) -> str:
        """The ledger account that the payment came to."""
        return rules.bank_account(self.remittance.method)

    @property
    def reference(self) -> str:
        """What unapplied money of this payment is filed under."""
        return f"claim_payment:{self.payment.pk}"

    @property
    def source(self) -> str:
        """The cause of the posting; a payment that is assigned later posts anew."""
        return f"{self.payment.pk}/{self.payment.tries}"


def hold(work: Work, reason: str) -> None:
    """Keep the payment's money unapplied, with a work item that has the figures."""
    payment = work.payment
    who = payment.patient
    to_ledger(
        work,
        [
            Line(work.bank, payment.paid, who, memo=f"Paid by {work.remittance.payer_name}"),
            Line("unapplied", -payment.paid, who, work.reference, memo=reason),
        ],
    )
    finish(work, "held", reason)
    raise_held(work, reason, payment.paid)


def finish(work: Work, state: str, reason: str) -> None:
    """Write down what became of the payment."""
    payment = work.payment
    payment.state, payment.reason, payment.posted_at = state, reason, clock.now()
    if work.claim is not None:
        payment.claim, payment.patient = work.claim.pk, work.claim.patient
    given = [payment.state, payment.reason, payment.posted_at, payment.claim, payment.patient, payment.posting]
    database.execute(_FINISH, [*given, payment.tries, payment.reverses_id, payment.practice, payment.pk])
    projections.project(work.subject, payment)
    audit.record(work.subject, "U", "claim payment", patient=payment.patient, resource_id=str(payment.pk), detail=state)


def to_ledger(work: Work, lines: list[Line]) -> None:
    """Post ``lines``, unless no money moves."""
    work.payment.tries += 1
    if not any(line.amount for line in lines):
        work.payment.posting = None
        return
    work.payment.posting = ledger.post(
        work.subject,
        "remittance",
        work.source,
        lines,
        on=work.today,
        memo=f"{work.remittance.payer_name}, payment {work.remittance.trace}",
    )


def tell(work: Work, status: str, text: str) -> None:
    """Put a sentence on the claim's time line, with its new status; empty leaves the status as it is."""
    if work.claim is None:
        return
    # A later payer that answers under the first claim's number does not rename it.
    own = work.claim.rank > 1 or work.payment.status_code not in rules.LATER
    number = work.payment.payer_claim_number if own else ""
    claims.note_outcome(work.subject, work.claim.pk, status, text, payer_claim_number=number)


def raise_held(work: Work, reason: str, amount: Decimal) -> None:
    """Tell the biller about money that is held."""
    payment = work.payment
    worklist.raise_item(
        work.subject,
        worklist.Task(
            kind=HELD,
            key=str(payment.pk),
            role=Role.BILLER,
            title=f"{dollars(amount)} of {work.remittance.payer_name} could not be posted to a claim",
            detail=(
                f"{reason} Claim {payment.claim_number}, charged {dollars(payment.charged)}, paid "
                f"{dollars(payment.paid)}, payment {work.remittance.trace}. The money stands as unapplied."
            ),
            cure="Find the claim it belongs to, and assign the payment to it.",
            about=f"Patient/{payment.patient}" if payment.patient else "",
            link=("remittance", str(work.remittance.pk)),
            amount=amount,
        ),
    )
