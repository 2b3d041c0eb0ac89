"""Writing what the claim payments of a transaction change: one statement of each kind for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.kit import database, fetching, outbox, worklist
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.transactions import advisory_locks
from chartdesk.pms.claims import building, timeline
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.remittance import denials, projections
from chartdesk.pms.remittance.models import Denial, PaymentLine
from chartdesk.pms.remittance.work import HELD, Batch, Work
from chartdesk.record import audit

_MATCHED = """
    UPDATE remittance_paymentline AS line SET charge_line = given.charge_line, held = given.held
      FROM unnest(%s::int8[], %s::int8[], %s::bool[]) AS given (id, charge_line, held)
     WHERE line.practice = %s AND line.id = given.id
"""
_FINISHED = """
    UPDATE remittance_claimpayment AS payment
       SET state = g.state, reason = g.reason, posted_at = %s, claim = g.claim, patient = g.patient,
           posting = g.posting, tries = g.tries, reverses_id = g.reverses
      FROM unnest(%s::int8[], %b::text[], %b::text[], %s::int8[], %b::text[], %s::int8[], %s::int2[], %s::int8[])
           AS g (id, state, reason, claim, patient, posting, tries, reverses)
     WHERE payment.practice = %s AND payment.id = g.id
"""
_EARLIER = "practice = %s AND charge_line = ANY(%s::int8[]) AND state = ANY(%s::text[]) ORDER BY id FOR UPDATE"


def write(batch: Batch) -> None:
    """Write what was gathered, and forget it. Call it in the transaction in which it was decided."""
    _post(batch)
    _match(batch, batch.matched)
    _finish(batch, batch.finished)
    _settle(batch)
    Denial.objects.bulk_create(batch.denials)
    if batch.no_longer_held:
        worklist.close_items(batch.subject, HELD, batch.no_longer_held, by=batch.subject.actor)
    worklist.raise_items(batch.subject, batch.tasks)
    _tell(batch)
    _announce(batch)
    for gathered in (batch.postings, batch.matched, batch.finished, batch.redecided, batch.denials, batch.tasks,
                     batch.told, batch.events, batch.no_longer_held):  # fmt: skip
        gathered.clear()


def _post(batch: Batch) -> None:
    made = ledger.post_many(batch.subject, [draft for _, draft in batch.postings], on=batch.today)
    for (work, _), number in zip(batch.postings, made, strict=True):
        work.payment.posting = number


def _match(batch: Batch, lines: list[PaymentLine]) -> None:
    if lines:
        held = numbers("t" if one.held else "f" for one in lines)
        values = [numbers(one.pk for one in lines), numbers(one.charge_line for one in lines), held]
        database.execute(_MATCHED, [*values, batch.subject.practice])


def _finish(batch: Batch, works: list[Work]) -> None:
    if not works:
        return
    rows = [work.payment for work in works]
    values = [
        rows[0].posted_at,
        numbers(one.pk for one in rows),
        Texts([one.state for one in rows]),
        Texts([one.reason for one in rows]),
        numbers(one.claim for one in rows),
        Texts([one.patient for one in rows]),
        numbers(one.posting for one in rows),
        numbers(one.tries for one in rows),
        numbers(one.reverses_id for one in rows),
    ]
    database.execute(_FINISHED, [*values, batch.subject.practice])
    projections.posted(batch.subject, works)
    by_state: dict[str, list[audit.Touched]] = {}
    for one in rows:
        touched = audit.Touched("U", "claim payment", str(one.pk), 0, one.patient)
        by_state.setdefault(one.state, []).append(touched)
    for state, touched_rows in by_state.items():
        audit.record_many(batch.subject, touched_rows, detail=state)


def _settle(batch: Batch) -> None:
    """Resolve the earlier denials of lines that were decided anew."""
    of_line = {line: place for place, (_, lines, _) in enumerate(batch.redecided) for line in lines}
    if not of_line:
        return
    found: dict[int, list[Denial]] = {}
    values = [batch.subject.practice, list(of_line), list(denials.PENDING)]
    for denial in fetching.fetch(Denial, _EARLIER, values):
        found.setdefault(of_line[denial.charge_line], []).append(denial)
    for place, earlier in found.items():
        work, _, refused = batch.redecided[place]
        denials.settle_paid(work, earlier, {one.charge_line for one in refused})


def _tell(batch: Batch) -> None:
    """The sentences on the time lines; claims of one new status together."""
    groups: dict[str, list[tuple[Claim, str]]] = {}
    for claim, status, text, number in batch.told:
        claim.payer_claim_number = number or claim.payer_claim_number
        kept = "" if claim.status == "closed" else status
        groups.setdefault(kept, []).append((claim, text))
    for status, entries in groups.items():
        timeline.note_many(batch.subject, entries, "835", status=status, changed=True)
    if batch.told:
        told = [str(claim.pk) for claim, *_ in batch.told]
        worklist.close_items(batch.subject, building.REJECTED_WORK, told, by=batch.subject.actor)


def _announce(batch: Batch) -> None:
    """Emit the events, all streams locked in one order first."""
    if not batch.events:
        return
    advisory_locks("outbox", batch.subject.practice, of=[stream for _, stream, _ in batch.events])
    for kind in _kinds(kind for kind, _, _ in batch.events):
        told = [(stream, payload) for one, stream, payload in batch.events if one == kind]
        outbox.emit_many(batch.subject, kind, told, actor=batch.subject.actor)


def _kinds(kinds: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(kinds))
