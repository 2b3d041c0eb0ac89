"""What claim payments are decided with, read for many of them by one statement of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from chartdesk.kit import database, fetching
from chartdesk.kit.money import money
from chartdesk.pms.charges import contracts
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.coverage import parties
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.remittance import debts, rules
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine, Remittance
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record.access import Subject

_LINES = "practice = %s AND claim_id = ANY(%s::int8[]) ORDER BY claim_id, position"
_PAID = "practice = %s AND claim_payment_id = ANY(%s::int8[]) ORDER BY claim_payment_id, position"
_NUMBERED = "practice = %s AND number = ANY(%s::text[]) ORDER BY id FOR UPDATE"
_NAMED = "practice = %s AND payer_claim_number = ANY(%s::text[]) ORDER BY id FOR UPDATE"
#: Patients of whom the record has more than one policy: only they may have a next payer.
_INSURED_TWICE = """
    SELECT patient FROM record_resource
     WHERE practice = %s AND type = 'Coverage' AND patient = ANY(%b::text[]) AND NOT deleted
     GROUP BY patient HAVING count(*) > 1
"""


def works(batch: Batch, remittance: Remittance, payments: Sequence[ClaimPayment]) -> list[Work]:
    """The payments with their lines and claims, the claims locked; what each is about is in ``surround``."""
    subject = batch.subject
    lines: dict[int, list[PaymentLine]] = defaultdict(list)
    for line in fetching.fetch(PaymentLine, _PAID, [subject.practice, [one.pk for one in payments]]):
        lines[line.claim_payment_id].append(line)
    claims = _claims(subject, payments)
    for one in payments:
        one.remittance = remittance
    return [Work(subject, one, remittance, batch, claims.get(one.pk), lines[one.pk]) for one in payments]


def _claims(subject: Subject, payments: Sequence[ClaimPayment]) -> dict[int, Claim]:
    """Claim payment → our claim: by the number we gave it, else by the payer's number of it and the charge."""
    wanted = sorted({one.claim_number for one in payments})
    rows = map(holding.holding, fetching.fetch(Claim, _NUMBERED, [subject.practice, wanted]))
    numbered = {claim.number: claim for claim in rows}
    found = {one.pk: numbered[one.claim_number] for one in payments if one.claim_number in numbered}
    others = [
        one for one in payments if one.pk not in found and one.payer_claim_number and one.status_code != rules.REVERSAL
    ]
    if others:
        names = sorted({one.payer_claim_number for one in others})
        named = fetching.fetch(Claim, _NAMED, [subject.practice, names])
        latest = {(claim.payer_claim_number, money(claim.total)): claim for claim in map(holding.holding, named)}
        for one in others:
            claim = latest.get((one.payer_claim_number, money(one.charged)))
            if claim is not None:
                found[one.pk] = claim
    return found


def surround(works: Sequence[Work]) -> None:
    """Read what payments of different claims are decided with. Their claims are known and locked."""
    known = [(work, work.claim) for work in works if work.claim is not None]
    if not known:
        return
    subject = works[0].subject
    ours: dict[int, list[ClaimLine]] = defaultdict(list)
    numbers = sorted({claim.pk for _, claim in known})
    for line in fetching.fetch(ClaimLine, _LINES, [subject.practice, numbers]):
        ours[line.claim_id].append(line)
    for work, claim in known:
        work.ours = ours[claim.pk]
        work.appeal_days = _appeal_days(subject, claim.payer_id)
    _owed(subject, known)
    _policies(subject, known)
    _agreed(subject, known)


def _appeal_days(subject: Subject, payer_id: str) -> int:
    payer = parties.known(subject, payer_id)
    return int((payer.settings if payer else {}).get("appeal_days", 0))


def _owed(subject: Subject, known: Iterable[tuple[Work, Claim]]) -> None:
    later = [(work, claim) for work, claim in known if debts.needs_open(work.payment, claim)]
    references = [f"charge:{line.charge_line}" for work, _ in later for line in work.ours]
    if references:
        owed = books.open_references(subject, references=references)
        for work, _ in later:
            work.owed = owed


def _policies(subject: Subject, known: Iterable[tuple[Work, Claim]]) -> None:
    patients = sorted({claim.patient for _, claim in known})
    rows = database.rows(_INSURED_TWICE, [subject.practice, patients])
    twice = {patient for (patient,) in rows}
    for work, claim in known:
        if claim.patient in twice:
            work.policies = coverages.coverages(subject, claim.patient, on=claim.service_date)


def _agreed(subject: Subject, known: Iterable[tuple[Work, Claim]]) -> None:
    """What the contracts allow for the lines of first payers: as it was when the claim was built, else as it is now."""
    first = [(work, claim) for work, claim in known if claim.rank == 1]
    silent = [(work, claim, line) for work, claim in first for line in work.ours if line.expected is None]
    asked = [
        contracts.Asked(
            claim.payer_id, line.code, claim.service_date, tuple(line.modifiers), line.units, line.amount,
            claim.content.get("place_of_service", "11"), claim.pk,
            (claim.content.get("rendering") or {}).get("taxonomy", ""),
        )
        for _, claim, line in silent
    ]  # fmt: skip
    for work, _ in first:
        work.agreed = {line.charge_line: line.expected for line in work.ours if line.expected is not None}
    for (work, _, line), found in zip(silent, contracts.expected(subject, asked), strict=True):
        if found.amount is not None:
            work.agreed[line.charge_line] = found.amount
