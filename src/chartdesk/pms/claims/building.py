"""Building claims from approved charges, scrubbing them, and keeping what scrubbing found on the work list."""

from __future__ import annotations

from typing import NoReturn

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.kit.wording import counted
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.claims import (
    control_numbers,
    events,
    expecting,
    facts,
    gathering,
    holding,
    priors,
    projections,
    rules,
    scrubbing,
    splitting,
    standing,
    timeline,
)
from chartdesk.pms.claims.content import ClaimContent, Prior, renumbered, restored, tell, told
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, UNSENT, Claim, ClaimLine
from chartdesk.pms.claims.rules import Finding
from chartdesk.pms.claims.splitting import Part
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

#: Who builds, sends and corrects claims.
BILLING = (Role.BILLER, Role.MANAGER)
#: The payer has the claim.
UNDER_WAY = (*OPEN, *ADJUDICATED)
#: The charges that may be billed.
BILLABLE = ("approved", "billed")
#: The work items of scrubbing, and of rejections.
SCRUB_WORK, REJECTED_WORK = "claim_scrub", "claim_rejected"
READY_WORDS = "Scrubbed, nothing stands in the way."


def build(subject: Subject, superbill_id: int, *, rank: int = 1, prior: tuple[Prior, ...] = ()) -> int:
    """Build the claims of a superbill and return the first one's number; see ``build_all``."""
    made = build_all(subject, superbill_id, rank=rank, prior=prior)
    if not made:
        raise Conflict("By the splitting rules the patient owes every line.", cure="No claim is needed.")
    return made[0]


def build_all(subject: Subject, superbill_id: int, *, rank: int = 1, prior: tuple[Prior, ...] = ()) -> list[int]:
    """Build the claims of a superbill to the payer of ``rank``: one, or more where it does not fit one.

    A claim that was not sent yet is built anew from the rows; one that the payer rejected is closed and
    followed by a new one. Both keep their ``prior`` where none is given. A share of the charges whose claim is under
    way or decided is left to that claim. Raises Conflict where that is so of every share, NotFound without a coverage.
    """
    subject.require(*BILLING)
    with transaction(subject):
        bill = _billable(subject, superbill_id)
        parts = gathering.parts_of(subject, bill)
        before = standing.of_charges(subject, superbill_id, rank)
        shares = standing.shares(subject, bill, parts, before, rank)
        holders = {shares[claim.pk]: claim for claim in before if claim.pk in shares}
        taken = {share for share, claim in holders.items() if claim.status in UNDER_WAY}
        surplus = [one for one in before if one.pk not in shares and one.status in (*UNSENT, "rejected")]
        if taken and len(taken) == len(parts) and not surplus:
            _refuse(holders[min(taken)])
        made = [
            _build(subject, bill, part, rank, place, prior, holders.get(share))
            for share, (part, place) in enumerate(zip(parts, _places(before, holders, len(parts)), strict=True))
            if share not in taken
        ]
        for claim in surplus:
            withdraw(subject, claim, "The charges fit into fewer claims now.")
        return made


def build_part(subject: Subject, superbill_id: int, *, rank: int, place: int, prior: tuple[Prior, ...] = ()) -> int:
    """Build one of the claims of a superbill, the ``place``-th, and leave the others alone; see ``build_all``.

    Raises Conflict, too, where the charges do not fill that many claims any more.
    """
    subject.require(*BILLING)
    with transaction(subject):
        bill = _billable(subject, superbill_id)
        parts = gathering.parts_of(subject, bill)
        share = standing.share_at(subject, bill, parts, place)
        if share is None:
            raise Conflict(
                f"The charges fill {counted(len(parts), 'claim')} now, without this one.",
                cure="Close this claim.",
            )
        return _build(subject, bill, parts[share], rank, place, prior, _held(subject, superbill_id, rank, place))


def _billable(subject: Subject, superbill_id: int) -> SuperbillView:
    advisory_lock("claims", subject.practice, superbill_id)
    bill = gathering.superbill(subject, superbill_id)
    if bill.status not in BILLABLE:
        raise Conflict(f"The charges are {bill.status}.", cure="Approve them in charge review first.")
    return bill


def _held(subject: Subject, superbill_id: int, rank: int, place: int) -> Claim | None:
    """The claim at a place that is built anew or followed. Raises Conflict where the payer has it."""
    before = standing.of_charges(subject, superbill_id, rank)
    claim = next((one for one in reversed(before) if one.part == place), None)
    if claim is not None and claim.status in UNDER_WAY:
        _refuse(claim)
    return claim


def _refuse(claim: Claim) -> NoReturn:
    if claim.frequency == "8":
        raise Conflict(
            f"Claim {claim.number}, which takes these charges back, is {claim.status.replace('_', ' ')}.",
            cure="Wait until the payer has taken them back, then approve the charges anew.",
        )
    raise Conflict(
        f"Claim {claim.number} for these charges is {claim.status.replace('_', ' ')}.",
        cure="Replace or void that claim instead.",
    )


def _places(before: list[Claim], holders: dict[int, Claim], count: int) -> list[int]:
    """The place of each share: that of its claim, else its own number, or the next that no claim has."""
    used = {one.part for one in before}
    places = []
    for share in range(count):
        place = holders[share].part if share in holders else share + 1
        while share not in holders and place in used:
            place += 1
        used.add(place)
        places.append(place)
    return places


def _build(
    subject: Subject, bill: SuperbillView, part: Part, rank: int, place: int, prior: tuple[Prior, ...],
    held: Claim | None,
) -> int:  # fmt: skip
    """A claim in place of the one ``held`` for its charges: it keeps what that one corrects, and its prior payers."""
    kept_on = held if held is not None and held.status in UNSENT else None
    if held is not None and kept_on is None:
        timeline.note(subject, held, "closed", "Closed: a corrected claim follows.", status="closed")
        worklist.close_items(subject, REJECTED_WORK, [str(held.pk)], by=subject.actor)
    number = kept_on.number if kept_on else new_number(subject)
    before = restored(held.content) if held else None
    if held is not None and before is not None and held.frequency == "8":
        # A void says what was sent, whatever the rows say now.
        policy_id = held.coverage
        made = renumbered(before, number, line_controls(subject, number, len(before.lines)))
    else:
        policy = gathering.policy_for(subject, splitting.portion(bill, part), rank)
        policy_id = policy.coverage_id
        made = gathering.content(
            subject, bill, policy, part, number=number, controls=line_controls(subject, number, len(part.lines)),
            rank=rank, prior=prior or priors.standing(subject, held, before),
            frequency=held.frequency if held else "1",
            payer_claim_number=held.payer_claim_number if held and held.frequency != "1" else "",
        )  # fmt: skip
    replaces = held.replaces if held else None
    return save(subject, kept_on, made, bill, place=place, policy_id=policy_id, replaces=replaces)


def new_number(subject: Subject) -> str:
    """A new patient control number."""
    return control_numbers.new_number()


def line_controls(subject: Subject, number: str, count: int) -> list[str]:
    """New line control numbers (REF*6R): never used twice, at most 30 characters."""
    return control_numbers.line_numbers(number, count) if count else []


def save(
    subject: Subject, claim: Claim | None, made: ClaimContent, bill: SuperbillView, *, place: int, policy_id: str,
    replaces: Claim | None = None,
) -> int:  # fmt: skip
    """Keep the snapshot and its lines; writes the time line and announces a new claim."""
    fresh = claim is None
    claim = claim or Claim(practice=subject.practice, number=made.number, superbill=bill.id, part=place)
    claim.patient, claim.coverage, claim.payer_id = bill.patient_id, policy_id, made.payer.payer_id
    claim.rank, claim.frequency, claim.payer_claim_number = made.rank, made.frequency, made.payer_claim_number
    claim.replaces = replaces or claim.replaces
    claim.total, claim.service_date, claim.signed_at = made.total, made.service_date, bill.signed_at
    claim.built_at, claim.status = clock.now(), "built"
    tell(claim, made)
    claim.save()
    holding.holding(claim)
    if not fresh:
        ClaimLine.objects.filter(practice=subject.practice, claim=claim).delete()
    [amounts] = expecting.expected(subject, [made])
    ClaimLine.objects.bulk_create(
        ClaimLine(
            practice=subject.practice, claim=claim, charge_line=line.charge_line, position=position,
            control_number=line.control, code=line.code, modifiers=list(line.modifiers), units=line.units,
            amount=line.amount, pointers=list(line.pointers), expected=agreed,
        )
        for position, (line, agreed) in enumerate(zip(made.lines, amounts, strict=True), start=1)
    )  # fmt: skip
    projections.project(subject, claim)
    audit.record(subject, "C" if fresh else "U", "claim", patient=claim.patient, resource_id=str(claim.pk))
    timeline.note(subject, claim, "built", built_words(made))
    if fresh:
        events.announce(subject, events.BUILT, claim)
    return int(claim.pk)


def scrub(subject: Subject, claim_id: int) -> list[Finding]:
    """Run every rule over an unsent claim: ``ready`` without errors, else ``held`` with a work item for each.

    Findings that are gone close their work items. Raises Conflict for a claim that was sent.
    """
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        if claim.status not in UNSENT:
            raise Conflict(f"Claim {claim.number} was sent.", cure="Replace it instead.")
        [found] = scrubbing.scrub_many(subject, facts.beside(subject, [told(claim)]))
        note_findings(subject, claim, found)
        return found


def note_findings(subject: Subject, claim: Claim, found: list[Finding]) -> None:
    """Keep what was found about a locked, unsent claim: ready or held, work items raised and closed."""
    before = {key_of(claim, rules.finding_of(one)) for one in claim.findings}
    claim.findings = [rules.plain(one) for one in found]
    faults = rules.errors(found)
    worklist.raise_items(subject, [task_of(claim, fault) for fault in faults])
    worklist.close_items(subject, SCRUB_WORK, before - {key_of(claim, fault) for fault in faults}, by=subject.actor)
    if faults:
        timeline.note(subject, claim, "held", held_words(faults), status="held", changed=True)
        events.announce(subject, events.HELD, claim)
    else:
        timeline.note(subject, claim, "ready", READY_WORDS, status="ready", changed=True)


def held_words(faults: list[Finding]) -> str:
    """What the time line says of a claim that is held."""
    return f"Held: {'; '.join(fault.message for fault in faults[:3])}"


def built_words(made: ClaimContent) -> str:
    """What the time line says of a claim that was built."""
    count = len(made.lines)
    return f"Built for {made.payer.name or made.payer.payer_id}: {count} line{'' if count == 1 else 's'}."


def withdraw(subject: Subject, claim: Claim, reason: str) -> None:
    """Close a locked claim that the payer does not have, and what stands on the work list about it."""
    timeline.note(subject, claim, "closed", f"Closed: {reason}", status="closed")
    worklist.close_items(subject, REJECTED_WORK, [str(claim.pk)], by=subject.actor)
    keys = {key_of(claim, rules.finding_of(one)) for one in claim.findings}
    worklist.close_items(subject, SCRUB_WORK, keys, by=subject.actor)


def key_of(claim: Claim, fault: Finding) -> str:
    """Under which key the work list keeps a finding: it stays the same when the claim is built anew."""
    return f"{claim.superbill}.{claim.part}.{claim.rank}:{fault.rule}:{fault.line}"


def task_of(claim: Claim, fault: Finding) -> worklist.Task:
    """The work item for what holds a claim."""
    place = (
        ("claim", str(claim.pk))
        if fault.where[0] in ("claim", "practice", "payer", "provider", "splits")
        else fault.where
    )
    line = f", line {fault.line}" if fault.line else ""
    return worklist.Task(
        kind=SCRUB_WORK,
        key=key_of(claim, fault),
        role="biller",
        title=f"Claim {claim.number}{line}: {fault.message}",
        detail=f"Rule {fault.rule}",
        cure=fault.cure,
        about=f"Patient/{claim.patient}",
        link=place,
        amount=claim.total,
    )
