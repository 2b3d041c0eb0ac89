"""After the first try: send a rejected claim again, replace or void a decided one, note what came of it."""

from __future__ import annotations

import msgspec

from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.claims import building, gathering, timeline
from chartdesk.pms.claims.content import restored
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, STATUSES, UNSENT, Claim
from chartdesk.record.access import Subject
from chartdesk.record.access.subject import Role

BILLING = (Role.BILLER, Role.MANAGER)


def resubmit(subject: Subject, claim_id: int) -> int:
    """Build a rejected claim anew from the rows and scrub it; returns the new claim. Raises Conflict."""
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status != "rejected":
            raise Conflict(
                f"Claim {claim.number} is {claim.status.replace('_', ' ')}.",
                cure="Only a rejected claim is sent again; a decided one is replaced.",
            )
        made = building.build_all(subject, claim.superbill, rank=claim.rank)
        for one in made:
            building.scrub(subject, one)
        return made[min(claim.part, len(made)) - 1]


def replace(subject: Subject, claim_id: int) -> int:
    """A replacement (frequency 7) of a decided claim, from the rows as they stand; returns the new claim.

    Raises Conflict for a claim that was not decided, or whose number at the payer is not known.
    """
    return _correct(subject, claim_id, "7")


def void(subject: Subject, claim_id: int) -> int:
    """A void (frequency 8) of a decided claim: it says what was sent. Returns the new claim."""
    return _correct(subject, claim_id, "8")


def _correct(subject: Subject, claim_id: int, frequency: str) -> int:
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status not in (*ADJUDICATED, "acknowledged"):
            raise Conflict(f"Claim {claim.number} is {claim.status}.", cure="Only a claim the payer has is corrected.")
        if not claim.payer_claim_number:
            raise Conflict(
                f"The payer's number of claim {claim.number} is not known.",
                cure="It comes with the 277CA or the 835.",
            )
        advisory_lock("claims", subject.practice, claim.superbill)
        bill = gathering.superbill(subject, claim.superbill)
        number = f"C{next_number(subject, 'claim', first=10_001):07d}"
        before = restored(claim.content)
        if frequency == "8":
            controls = building.line_controls(subject, number, len(before.lines))
            lines = tuple(
                msgspec.structs.replace(line, control=control)
                for line, control in zip(before.lines, controls, strict=True)
            )
            made = msgspec.structs.replace(
                before, number=number, lines=lines, frequency="8", payer_claim_number=claim.payer_claim_number
            )
        else:
            parts = gathering.parts_of(bill)
            part = parts[min(claim.part, len(parts)) - 1]
            made = gathering.content(
                subject, bill, gathering.policy_for(subject, bill, claim.rank), part, number=number,
                controls=building.line_controls(subject, number, len(part.lines)), rank=claim.rank, frequency="7",
                payer_claim_number=claim.payer_claim_number, prior=before.prior,
            )  # fmt: skip
        new = building.save(subject, None, made, bill, place=claim.part, policy_id=claim.coverage, replaces=claim)
        word = "A void" if frequency == "8" else "A replacement"
        timeline.note(subject, claim, "corrected", f"{word} was built: claim {number}.", status="closed")
        building.scrub(subject, new)
        return new


def note_outcome(subject: Subject, claim_id: int, status: str, text: str, *, payer_claim_number: str = "") -> None:
    """Note what the payer decided. Called by remittance; ``status`` is paid, partly_paid, denied or an open one."""
    assert status in STATUSES
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if payer_claim_number and payer_claim_number != claim.payer_claim_number:
            claim.payer_claim_number = payer_claim_number
            claim.save(update_fields=["payer_claim_number"])
        timeline.note(subject, claim, "835", text, status="" if claim.status == "closed" else status)


def close(subject: Subject, claim_id: int, reason: str) -> None:
    """Close a claim that nobody will pursue further. Raises Conflict while the payer still has it."""
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status in OPEN:
            raise Conflict(f"Claim {claim.number} is with the payer.", cure="Wait for the answer, or void it then.")
        timeline.note(subject, claim, "closed", f"Closed: {reason}", status="closed")
        worklist.close_items(subject, building.REJECTED_WORK, [str(claim.pk)], by=subject.actor)
        keys = [f"{claim.superbill}.{claim.part}.{claim.rank}:{one['rule']}:{one['line']}" for one in claim.findings]
        worklist.close_items(subject, building.SCRUB_WORK, keys, by=subject.actor)


def refresh(subject: Subject, patient_id: str) -> list[int]:
    """Build and scrub again the unsent claims of a patient, after something about them was mended."""
    with transaction(subject):
        waiting = Claim.objects.filter(practice=subject.practice, patient=patient_id, status__in=UNSENT)
        claims = list(waiting.order_by("pk"))
        for claim in claims:
            prior = restored(claim.content).prior
            for one in building.build_all(subject, claim.superbill, rank=claim.rank, prior=prior):
                building.scrub(subject, one)
        return [claim.pk for claim in claims]
