"""A claim payment on its way into the books: what is known about it, and the steps that every outcome shares.

Nothing is written at once. What many claim payments of one transaction change is gathered in their ``Batch``, and
``writing`` writes it by one statement of each kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.money import dollars
from chartdesk.kit.worklist import Task
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.pms.ledger.commands import Draft
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.models import ClaimPayment, Denial, PaymentLine, Remittance
from chartdesk.pms.remittance.rules import Decided, Refused
from chartdesk.record.access import Role, Subject

HELD = "payment_held"
PAID_AGAIN = "paid_again"
#: Reference → holder → dollars owed.
Owed = Mapping[str, Mapping[str, Decimal]]


@dataclass
class Batch:
    """The claim payments of one transaction: the accounting date, and what they change until it is written.

    ``bills`` are the claims to the next payer, built once the rest is written.
    """

    subject: Subject
    today: date
    postings: list[tuple[Work, Draft]] = field(default_factory=list)
    finished: list[Work] = field(default_factory=list)
    matched: list[PaymentLine] = field(default_factory=list)
    told: list[tuple[Claim, str, str, str]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    no_longer_held: list[str] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)
    redecided: list[tuple[Work, list[int], list[Refused]]] = field(default_factory=list)
    events: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    bills: list[tuple[Work, CoverageView, list[Decided]]] = field(default_factory=list)


@dataclass
class Work:
    """A claim payment on its way into the books, and what is known about it.

    ``lines`` are the payer's, ``ours`` those of our claim, ``owed`` what stands open for them, ``policies`` those of
    the patient that may pay next, ``agreed`` what the contract allows for each line of ours.
    """

    subject: Subject
    payment: ClaimPayment
    remittance: Remittance
    batch: Batch
    claim: Claim | None = None
    lines: list[PaymentLine] = field(default_factory=list)
    ours: list[ClaimLine] = field(default_factory=list)
    owed: Owed = field(default_factory=dict)
    policies: list[CoverageView] = field(default_factory=list)
    agreed: dict[int, Decimal] = field(default_factory=dict)
    appeal_days: int = 0

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


def close_held(batch: Batch, payment: ClaimPayment) -> None:
    """The payment is no longer held: its work item is done."""
    batch.no_longer_held.append(str(payment.pk))


def finish(work: Work, state: str, reason: str) -> None:
    """Note what became of the payment."""
    payment = work.payment
    payment.state, payment.reason, payment.posted_at = state, reason, clock.now()
    if work.claim is not None:
        payment.claim, payment.patient = work.claim.pk, work.claim.patient
    work.batch.finished.append(work)


def to_ledger(work: Work, lines: list[Line]) -> None:
    """Post ``lines``, unless no money moves."""
    work.payment.tries += 1
    work.payment.posting = None
    if any(line.amount for line in lines):
        memo = f"{work.remittance.payer_name}, payment {work.remittance.trace}"
        work.batch.postings.append((work, Draft("remittance", work.source, lines, memo)))


def tell(work: Work, status: str, text: str) -> None:
    """Put a sentence on the claim's time line, with its new status; empty leaves the status as it is."""
    if work.claim is None:
        return
    # A later payer that answers under the first claim's number does not rename it.
    own = work.claim.rank > 1 or work.payment.status_code not in rules.LATER
    number = work.payment.payer_claim_number if own else ""
    work.batch.told.append((work.claim, status, text, number))


def raise_paid_again(work: Work, claim: Claim, credit: Decimal) -> None:
    """Tell the biller that a payer paid what was settled: the money stands as its credit."""
    payer = work.remittance.payer_name
    work.batch.tasks.append(
        Task(
            kind=PAID_AGAIN,
            key=str(work.payment.pk),
            role=Role.BILLER,
            title=f"{payer} paid {dollars(credit)} for claim {claim.number} that it did not owe any more",
            detail=(
                f"The claim was decided before, and nobody took that back. Payment {work.remittance.trace} pays "
                f"{dollars(work.payment.paid)}. The patient's share and the write-offs stay as they were."
            ),
            cure=f"Ask {payer}. It stands under Credit balances: refund it, or wait until the payer takes it back.",
            about=f"Patient/{claim.patient}",
            link=("claim", str(claim.pk)),
            amount=credit,
        )
    )


def raise_held(work: Work, reason: str, amount: Decimal) -> None:
    """Tell the biller about money that is held."""
    payment = work.payment
    work.batch.tasks.append(
        Task(
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
        )
    )
