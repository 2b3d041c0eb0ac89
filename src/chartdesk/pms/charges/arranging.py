"""The biller's word on how one visit is split: which claim each line goes on, in place of the practice's rules."""

from __future__ import annotations

from collections.abc import Mapping

from chartdesk.kit import live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import assessment, events, holding
from chartdesk.pms.charges.models import Superbill
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

#: The most claims that can be told apart by hand.
MOST = 20


def arrange(
    subject: Subject, superbill_id: int, claims: Mapping[int, int | None], reason: str, *, version: int | None = None
) -> None:
    """Put lines on claims by hand: line position → 1, 2, 3 …, None where the rules decide. A line not named stays.

    Lines with one number share a claim as far as a claim holds them: who owes them and who rendered them still part
    them. Claims that were built and not sent are built anew. Raises Invalid without a reason or for a number that is
    none, NotFound for a line, Conflict once a claim was sent, Stale for an older ``version``.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    for position, number in claims.items():
        if number is not None and not 1 <= number <= MOST:
            raise Invalid(f"Claims are numbered from 1 to {MOST}.", where=f"claim-{position}")
    with transaction(subject):
        bill = _open(subject, superbill_id, version)
        lines = {line.position: line for line in assessment.current_lines(bill)}
        unknown = next((position for position in claims if position not in lines), None)
        if unknown is not None:
            raise NotFound(f"The superbill has no line {unknown}.", cure="Reload the page.")
        changed = [lines[position] for position, number in claims.items() if lines[position].claim != number]
        if not changed:
            return
        for line in changed:
            line.claim = claims[line.position]
            line.save(update_fields=["claim"])
        by_hand = any(line.claim is not None for line in lines.values())
        if by_hand and not reason.strip():
            raise Invalid("Say why the rules are not followed.", where="reason")
        bill.split_reason, bill.split_by = (reason.strip(), subject.name) if by_hand else ("", "")
        bill.version += 1
        bill.save(update_fields=["split_reason", "split_by", "version"])
        said = f"split by hand: {bill.split_reason}" if by_hand else "split by the rules again"
        audit.record(subject, "U", "superbill", patient=bill.patient, resource_id=str(bill.pk), detail=said)
        if bill.status == "approved":
            events.announce(subject, events.APPROVED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))


def follow_rules(subject: Subject, superbill_id: int, *, version: int | None = None) -> None:
    """Let the rules split the visit again. Raises as ``arrange``."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = _open(subject, superbill_id, version)
        everything = {line.position: None for line in assessment.current_lines(bill)}
        arrange(subject, superbill_id, everything, "")


def _open(subject: Subject, superbill_id: int, version: int | None) -> Superbill:
    """The superbill, locked, whose claims can still be made otherwise."""
    bill = holding.locked(subject, superbill_id, version=version)
    if bill.status not in ("review", "approved"):
        cure = "Reopen the charges first." if bill.status == "billed" else ""
        raise Conflict(f"The superbill is {bill.status}.", cure=cure)
    return bill
