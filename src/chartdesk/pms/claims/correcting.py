"""After the first try: send a rejected claim again, replace or void a decided one, note what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import advisory_lock, joined, transaction
from chartdesk.pms.claims import building, gathering, holding, priors, splitting, standing, timeline
from chartdesk.pms.claims.building import BILLING
from chartdesk.pms.claims.content import ClaimContent, restored
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, STATUSES, UNSENT, Claim, ClaimLine
from chartdesk.pms.claims.rules import Finding
from chartdesk.record.access import Subject

#: The work item about charges that were changed after their claim was sent.
OUTDATED_WORK = "claim_outdated"
#: The work item about charges whose claim the payer has taken back, by their superbill.
VOIDED_WORK = "claim_voided"
_REPLACE = (
    "Send a replacement from the claim's page, once the payer has taken the claim in. Where it says that nothing of it "
    "is left, void it."
)


def resubmit(subject: Subject, claim_id: int) -> int:
    """Build a rejected claim anew from the rows and scrub it; returns the new claim. Raises Conflict.

    A rejected replacement or void is followed by a replacement or void.
    """
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status != "rejected":
            raise Conflict(
                f"Claim {claim.number} is {claim.status.replace('_', ' ')}.",
                cure="Only a rejected claim is sent again; a decided one is replaced.",
            )
        made = building.build_part(subject, claim.superbill, rank=claim.rank, place=claim.part)
        building.scrub(subject, made)
        return made


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
        if claim.frequency == "8":
            raise Conflict(
                f"Claim {claim.number} takes charges back.",
                cure="Once the payer has done it, reopen the charges: when they are approved, a new claim is built.",
            )
        if claim.status not in (*ADJUDICATED, "acknowledged"):
            raise Conflict(
                f"Claim {claim.number} is {claim.status.replace('_', ' ')}.",
                cure="Only a claim the payer has is corrected.",
            )
        if not claim.payer_claim_number:
            raise Conflict(
                f"The payer's number of claim {claim.number} is not known.",
                cure="It comes with the 277CA or the 835.",
            )
        advisory_lock("claims", subject.practice, claim.superbill)
        made = _corrected(subject, claim, frequency)
        bill = gathering.superbill(subject, claim.superbill)
        new = building.save(subject, None, made, bill, place=claim.part, policy_id=claim.coverage, replaces=claim)
        word = "A void" if frequency == "8" else "A replacement"
        timeline.note(subject, claim, "corrected", f"{word} was built: claim {made.number}.", status="closed")
        worklist.close_items(subject, OUTDATED_WORK, [str(claim.pk)], by=subject.actor)
        building.scrub(subject, new)
        return new


def _corrected(subject: Subject, claim: Claim, frequency: str) -> ClaimContent:
    """What the correction says: a void what was sent, a replacement the rows as they stand."""
    number, before = building.new_number(subject), restored(claim.content)
    if frequency == "8":
        controls = building.line_controls(subject, number, len(before.lines))
        void = building.renumbered(before, number, controls)
        return msgspec.structs.replace(void, frequency="8", payer_claim_number=claim.payer_claim_number)
    bill = gathering.superbill(subject, claim.superbill)
    if bill.status not in building.BILLABLE:
        raise Conflict(f"The charges are {bill.status}.", cure="Approve them in charge review first.")
    parts = gathering.parts_of(subject, bill)
    if not parts:
        raise Conflict("By the splitting rules the patient owes every line.", cure="Void the claim instead.")
    share = standing.share_at(subject, bill, parts, claim.part)
    if share is None:
        raise Conflict(
            f"Nothing of claim {claim.number} is left: the charges, as they are now, belong on other claims.",
            cure="Void it.",
        )
    part = parts[share]
    policy = gathering.policy_for(subject, splitting.portion(bill, part), claim.rank)
    if policy.payer_id != claim.payer_id:
        raise Conflict(
            f"The charges are billed to {policy.payer_name} now, which knows nothing of claim {claim.number}.",
            cure="Void it.",
        )
    if bool(part.bill_type) != (before.institutional is not None):
        raise Conflict(f"The charges go on another form now than claim {claim.number}.", cure="Void it.")
    return gathering.content(
        subject, bill, policy, part, number=number, controls=building.line_controls(subject, number, len(part.lines)),
        rank=claim.rank, frequency="7", payer_claim_number=claim.payer_claim_number,
        prior=priors.standing(subject, claim, before),
    )  # fmt: skip


def note_outcome(subject: Subject, claim_id: int, status: str, text: str, *, payer_claim_number: str = "") -> None:
    """Note what the payer decided. Called by remittance; ``status`` is paid, partly_paid, denied or an open one,
    or empty to leave it as it is."""
    assert status in ("", *STATUSES)
    with joined(subject):
        claim = timeline.locked(subject, claim_id)
        renamed = bool(payer_claim_number) and payer_claim_number != claim.payer_claim_number
        claim.payer_claim_number = payer_claim_number or claim.payer_claim_number
        kept = "" if claim.status == "closed" else status or claim.status
        timeline.note(subject, claim, "835", text, status=kept, changed=renamed)
        worklist.close_items(subject, building.REJECTED_WORK, [str(claim.pk)], by=subject.actor)


def ends(claim: Claim) -> bool:
    """Whether a claim that the payer took in may be ended by hand: a void, which not every payer answers further."""
    return claim.frequency == "8" and claim.status == "acknowledged"


def close(subject: Subject, claim_id: int, reason: str) -> None:
    """Close a claim that nobody will pursue further. Raises Conflict while the payer still has it."""
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status in OPEN and not ends(claim):
            raise Conflict(f"Claim {claim.number} is with the payer.", cure="Wait for the answer, or void it then.")
        building.withdraw(subject, claim, reason)


def withdraw_unsent(subject: Subject, superbill_id: int, reason: str) -> None:
    """Close the claims of charges that were taken back before they were sent."""
    with transaction(subject):
        rows = Claim.objects.select_for_update().filter(
            practice=subject.practice, superbill=superbill_id, status__in=(*UNSENT, "rejected")
        )
        for claim in map(holding.holding, rows.order_by("pk")):
            building.withdraw(subject, claim, reason)


def note_outdated(subject: Subject, superbill_id: int) -> None:
    """Raise a work item for each claim under way that does not bill the charges as they now stand."""
    with transaction(subject):
        bill = gathering.superbill(subject, superbill_id)
        lines = {line.id for line in bill.lines}
        for claim in _under_way(subject, superbill_id):
            billed = ClaimLine.objects.filter(practice=subject.practice, claim=claim).values_list("charge_line")
            if bill.status == "void":
                _tell_outdated(
                    subject, claim, f"The charges of claim {claim.number} were taken back after it was sent",
                    "The payer still has them.", cure="Void it from the claim's page, once the payer has taken it in.",
                )  # fmt: skip
            elif not {one for (one,) in billed} <= lines:
                _tell_outdated(
                    subject, claim, f"The charges of claim {claim.number} were changed after it was sent",
                    "The payer still has the charges as they were.",
                )  # fmt: skip


def note_restated(subject: Subject, superbill_id: int) -> None:
    """Raise a work item for each claim under way that says otherwise why the patient came."""
    with transaction(subject):
        said = gathering.superbill(subject, superbill_id).circumstances
        for claim in _under_way(subject, superbill_id):
            before = restored(claim.content).circumstances if claim.content else said
            if said.referring is None:  # it may have come from the referral
                before = msgspec.structs.replace(before, referring=None)
            if said != before:
                _tell_outdated(
                    subject, claim, f"Claim {claim.number} was sent with other circumstances of the visit",
                    "Accident, dates or a clinician who is named were changed after it was sent.",
                )  # fmt: skip


def note_unfounded(subject: Subject, claim: Claim, words: str) -> None:
    """What the payer of ``claim`` had decided was taken back: claims to later payers quote it. Those that are not sent
    are closed with ``words``; of the others somebody is told. Joins the transaction."""
    later = Claim.objects.select_for_update().filter(
        practice=subject.practice, superbill=claim.superbill, part=claim.part, rank__gt=claim.rank
    )
    for one in map(holding.holding, later.exclude(status="closed").exclude(frequency="8").order_by("pk")):
        if one.status in (*UNSENT, "rejected"):
            building.withdraw(subject, one, words)
        else:
            _tell_outdated(
                subject, one, f"Claim {one.number} says what was decided about claim {claim.number}, and no longer is",
                words, cure="When the payer before has decided anew, send a replacement from the claim's page: it says "
                "what then stands. Void the claim where nothing is left to ask for.",
            )  # fmt: skip


def note_recoded(subject: Subject, superbill_id: int) -> None:
    """Raise a work item for each claim under way that was sent with other modifiers, diagnoses or place."""
    with transaction(subject):
        bill = gathering.superbill(subject, superbill_id)
        now = {line.id: (tuple(line.modifiers), _meant(line.pointers, bill.diagnoses)) for line in bill.lines}
        for claim in _under_way(subject, superbill_id):
            content = restored(claim.content)
            sent = {line.charge_line: (line.modifiers, _meant(line.pointers, content.diagnoses))
                    for line in content.lines}  # fmt: skip
            differs = any(now[line] != said for line, said in sent.items() if line in now)
            if differs or content.place_of_service != bill.place_of_service:
                _tell_outdated(
                    subject, claim, f"Claim {claim.number} was sent with other codes",
                    "Modifiers, diagnoses or the place of service were corrected after it was sent.",
                )  # fmt: skip


def _meant(pointers: Iterable[int], diagnoses: Sequence[str]) -> tuple[str, ...]:
    return tuple(diagnoses[one - 1] for one in pointers if 0 < one <= len(diagnoses))


def _under_way(subject: Subject, superbill_id: int) -> list[Claim]:
    """Claims that a payer has; one that takes the charges back says what they were."""
    rows = Claim.objects.filter(
        practice=subject.practice, superbill=superbill_id, rank=1, status__in=(*OPEN, *ADJUDICATED)
    )
    return list(rows.exclude(frequency="8").order_by("pk"))


def _tell_outdated(subject: Subject, claim: Claim, title: str, detail: str, *, cure: str = _REPLACE) -> None:
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=OUTDATED_WORK, key=str(claim.pk), role="biller", title=title, detail=detail,
            cure=cure, about=f"Patient/{claim.patient}", link=("claim", str(claim.pk)), amount=claim.total,
        ),
    )  # fmt: skip


def refresh(subject: Subject, patient_id: str) -> list[int]:
    """Build and scrub again the unsent claims of a patient, after something about them was mended.

    One that cannot be built now does not hold up the others: without a coverage it is held, and with charges
    in review it waits for their approval.
    """
    with transaction(subject):
        waiting = Claim.objects.filter(practice=subject.practice, patient=patient_id, status__in=UNSENT)
        claims = list(waiting.order_by("pk"))
        for claim in claims:
            try:
                with transaction(subject):
                    made = building.build_part(subject, claim.superbill, rank=claim.rank, place=claim.part)
                    building.scrub(subject, made)
            except Conflict:
                continue
            except NotFound as fault:
                where = ("patient", patient_id)
                missing = Finding("coverage_missing", "error", fault.message, fault.cure, where)
                building.note_findings(subject, timeline.locked(subject, claim.pk), [missing])
        return [claim.pk for claim in claims]
