"""What posting a remittance would enter, before it is posted: done in a transaction that is taken back.

So a preview is exact, reversals and payments to the next payer included; nothing of it stays, not even a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger import chart
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.queries import JournalRow
from chartdesk.pms.remittance import posting, provider_adjustments
from chartdesk.pms.remittance.models import ClaimPayment, Denial, ProviderAdjustment, Remittance
from chartdesk.pms.remittance.receiving import BILLING
from chartdesk.record import audit
from chartdesk.record.access import Subject

#: Claim payments that a preview shows; the page says when there are more.
SHOWN = 100


class _TakenBackError(Exception):
    """Raised at the end of a preview, so that its transaction leaves nothing."""


@dataclass
class Previewed:
    """What would become of one claim payment: ``state`` posted or held, why it is held, entries, and denials."""

    claim_number: str
    claim_id: int | None
    patient_name: str
    paid: Decimal
    state: str
    reason: str
    entries: list[JournalRow] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)


@dataclass
class Preview:
    """What posting would enter. ``accounts`` is (name, dollars) of all of it; ``more`` payments are not shown."""

    claims: list[Previewed] = field(default_factory=list)
    adjustments: list[tuple[ProviderAdjustment, list[JournalRow]]] = field(default_factory=list)
    accounts: list[tuple[str, Decimal]] = field(default_factory=list)
    more: int = 0


def preview(subject: Subject, remittance_id: int, *, shown: int = SHOWN) -> Preview:
    """What posting what waits of a remittance would enter. Raises NotFound, and Conflict where nothing waits."""
    subject.require(*BILLING)
    made = Preview()
    try:
        with transaction(subject):
            rows = Remittance.objects.filter(practice=subject.practice, pk=remittance_id)
            remittance = rows.first()
            if remittance is None:
                raise NotFound(f"There is no remittance {remittance_id}.")
            if remittance.status not in ("received", "review", "partly_posted"):
                raise Conflict("Nothing of this remittance waits to be posted.", cure="Look at its entries instead.")
            _look(subject, remittance, made, shown)
            raise _TakenBackError
    except _TakenBackError:
        pass
    audit.record(subject, "R", "remittance", resource_id=str(remittance_id), detail="preview")
    return made


def _look(subject: Subject, remittance: Remittance, made: Preview, shown: int) -> None:
    """Post, and read what was entered. The caller takes it back."""
    waiting = remittance.claim_payments.filter(state="waiting").count()
    done = posting.post_next(subject, remittance, 0, shown)
    entries = _entries(subject, [one.posting for one in done])
    denied: dict[int, list[Denial]] = {}
    for denial in Denial.objects.filter(practice=subject.practice, claim_payment__in=done).order_by("pk"):
        denied.setdefault(denial.claim_payment_id, []).append(denial)
    made.claims = [_previewed(one, entries.get(one.posting or 0, []), denied.get(one.pk, [])) for one in done]
    made.more = waiting - len(done)
    if not made.more:
        for one in remittance.provider_adjustments.filter(posted=False).order_by("position"):
            provider_adjustments.post(subject, one.pk)
            one.refresh_from_db()
            made.adjustments.append((one, _entries(subject, [one.posting]).get(one.posting or 0, [])))
    made.accounts = _accounts(made)


def _entries(subject: Subject, postings: list[int | None]) -> dict[int, list[JournalRow]]:
    found: dict[int, list[JournalRow]] = {}
    for row in books.entries_of(subject, [one for one in postings if one is not None]):
        found.setdefault(row.posting_id, []).append(row)
    return found


def _previewed(one: ClaimPayment, entries: list[JournalRow], denials: list[Denial]) -> Previewed:
    return Previewed(one.claim_number, one.claim, one.patient_name, one.paid, one.state, one.reason, entries, denials)


def _accounts(made: Preview) -> list[tuple[str, Decimal]]:
    sums: dict[str, Decimal] = {}
    for rows in [*(one.entries for one in made.claims), *(rows for _, rows in made.adjustments)]:
        for row in rows:
            sums[row.account] = sums.get(row.account, ZERO) + row.amount
    return [(chart.account(code).name, amount) for code, amount in sorted(sums.items()) if amount]
