"""Sending: ready claims become one file with numbers that are never used twice, and the file goes out.

The file, its numbers and the claims' status are one transaction. Handing it to the clearinghouse comes after
the commit and may be repeated: a file has one name and one content, so sending it again changes nothing. A
process that is killed between the two leaves a file marked ``built``, which the next round sends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.money import dollars, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.kit.wording import counted
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges.models import Superbill
from chartdesk.pms.claims import (
    attachments,
    building,
    composing,
    connections,
    events,
    holding,
    institutional,
    partner,
    projections,
    timeline,
    unread,
)
from chartdesk.pms.claims.content import ClaimContent, restored, told
from chartdesk.pms.claims.models import Claim, Interchange
from chartdesk.pms.claims.paper import printing
from chartdesk.pms.claims.rules import Finding
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import claim_837i
from chartdesk.standards.x12 import claim_837p as x12
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Contact

#: Kinds of files that carry claims.
PROFESSIONAL, INSTITUTIONAL = "837P", "837I"
#: Claims in one transaction set; the guide recommends at most 5,000.
SET_SIZE = 500


def submit(subject: Subject, claim_ids: Iterable[int]) -> int | None:
    """Put those of the claims that are ready into one file; returns its number, None when none was ready.

    Institutional claims go into a file of their own behind it. Those to payers that take paper only go into a file of
    forms to print instead. A claim whose charges are in review again goes back to where it was built. One that cannot
    be written is held with the reason; neither keeps the others.
    """
    subject.require(*building.BILLING)
    with transaction(subject):
        # Two workers that submit at once: the second one finds the claims submitted.
        advisory_lock("submission", subject.practice)
        ready = [one for one in holding.locked_many(subject, claim_ids) if one.status == "ready"]
        claims = _billable(subject, ready)
        paper = [one for one in claims if printing.on_paper(subject, one.payer_id)]
        made, files = _on_paper(subject, paper) if paper else None, False
        electronic = [one for one in claims if one not in paper] if paper else claims
        for kind in (PROFESSIONAL, INSTITUTIONAL):
            alike = [one for one in electronic if kind_of(told(one)) == kind]
            interchange, sent = _interchange(subject, practice_of(subject), alike, kind)
            if interchange is None:
                continue
            _submitted(subject, sent, interchange)
            attachments.send_with(subject, sent)
            events.announce_file(subject, interchange.pk)
            made = made if files else int(interchange.pk)
            files = True
        return made


def kind_of(content: ClaimContent) -> str:
    """Which file a claim goes into: 837P or 837I."""
    return PROFESSIONAL if content.institutional is None else INSTITUTIONAL


def _on_paper(subject: Subject, claims: Sequence[Claim]) -> int | None:
    """A file of forms to print and mail; a claim that the form cannot say is held."""
    fine = []
    for claim in claims:
        try:
            printing.forms(told(claim), claim.service_date)
            fine.append(claim)
        except Invalid as fault:
            refused = Finding("unwritable", "error", fault.message, fault.cure, ("claim", claim.number))
            building.note_findings(subject, claim, [refused])
    if not fine:
        return None
    file = printing.put_to_print(subject, fine, [told(one) for one in fine])
    _submitted(subject, fine, file)
    return int(file.pk)


def _submitted(subject: Subject, claims: Sequence[Claim], interchange: Interchange) -> None:
    _mark(subject, claims, interchange)
    charges.mark_billed(subject, {one.superbill for one in claims})
    rows = [audit.Touched("E", "claim submission", str(one.pk), 0, one.patient) for one in claims]
    audit.record_many(subject, rows)


def send_ready(subject: Subject) -> int | None:
    """Submit every claim that is ready; returns the file's number, or None."""
    with transaction(subject):
        ready = Claim.objects.filter(practice=subject.practice, status="ready").values_list("pk", flat=True)
        return submit(subject, list(ready))


def _billable(subject: Subject, claims: list[Claim]) -> list[Claim]:
    """Those whose charges stand; the others are built anew when their charges are approved again."""
    bills = Superbill.objects.filter(practice=subject.practice, pk__in={one.superbill for one in claims})
    standing = set(bills.filter(status__in=building.BILLABLE).values_list("pk", flat=True))
    for claim in claims:
        if claim.superbill not in standing:
            timeline.note(subject, claim, "waits", "Waits: its charges are in review again.", status="built")
    return [claim for claim in claims if claim.superbill in standing]


def _writable(subject: Subject, practice: Practice, claims: Sequence[Claim]) -> list[Claim]:
    """Those that an 837P or 837I can say; the others are held."""
    if not claims:
        return []
    try:
        written(practice, [told(one) for one in claims], 1, 1)
        return list(claims)
    except Invalid as fault:
        if len(claims) > 1:
            return [good for one in claims for good in _writable(subject, practice, [one])]
        claim = claims[0]
        refused = Finding("unwritable", "error", fault.message, fault.cure, ("claim", claim.number))
        building.note_findings(subject, claim, [refused])
        return []


def send_pending(subject: Subject) -> int:
    """Hand every built file to the clearinghouse; returns how many. Raises Unavailable where it cannot."""
    with transaction(subject):
        built = Interchange.objects.filter(practice=subject.practice, direction="out", status="built")
        waiting = list(built.order_by("pk").values_list("pk", flat=True))
    if not waiting:
        return 0
    mailbox = connections.mailbox(subject.practice)
    return sum(_hand_over(subject, mailbox, one) for one in waiting)


def _hand_over(subject: Subject, mailbox: connections.Clearinghouse, number: int) -> bool:
    """Send one file; false where another worker has it in hand, or it could not be sent.

    Its row is locked meanwhile: two senders of one file could put it there twice, the second time after the
    clearinghouse has taken the first.
    """
    with transaction(subject):
        locked = Interchange.objects.select_for_update(skip_locked=True)
        file = locked.filter(practice=subject.practice, pk=number, status="built").first()
        if file is None:
            return False
        try:
            mailbox.send(file.name, bytes(file.content))
        except Conflict as fault:
            # Under this name lies something else: nothing was overwritten, and a person must look.
            file.status, file.detail = "error", str(fault)
            file.save(update_fields=["status", "detail"])
            unread.raise_file(subject, file.pk, f"{file.name} could not be sent: {fault.message}", fault.cure)
            return False
        file.status, file.sent_at = "sent", clock.now()
        file.save(update_fields=["status", "sent_at"])
        within = Claim.objects.filter(practice=subject.practice, interchange=file.pk).defer("content").order_by("pk")
        words = f"Handed to the clearinghouse in {file.name}."
        timeline.note_many(subject, [(claim, words) for claim in within], "sent", interchange=file)
        return True


def _interchange(
    subject: Subject, practice: Practice, claims: Sequence[Claim], kind: str
) -> tuple[Interchange | None, Sequence[Claim]]:
    """The file of those claims, all of one kind, that can be said; the others are held. None where there are none."""
    if not claims:
        return None, []
    control, group = next_number(subject, "x12 interchange"), next_number(subject, "x12 group")
    try:
        text = written(practice, [told(one) for one in claims], control, group)
    except Invalid:
        claims = _writable(subject, practice, claims)
        if not claims:
            return None, []
        text = written(practice, [told(one) for one in claims], control, group)
    made = Interchange.objects.create(
        practice=subject.practice,
        direction="out",
        kind=kind,
        name=f"{practice.slug}-{control:09d}-{kind}.x12",
        control_number=control,
        group_number=group,
        content=text,
        digest=hashlib.sha256(text).hexdigest(),
        status="built",
        at=clock.now(),
        detail=f"{counted(len(claims), 'claim')}, {dollars(total(one.total for one in claims))}",
    )
    return made, claims


def written(practice: Practice, contents: Sequence[ClaimContent], control: int, group: int) -> bytes:
    """The claims, all of one kind, as one 837P or 837I under those numbers. Raises Invalid where one cannot be said."""
    envelope = partner.envelope(practice, control, group)
    lots = [contents[start : start + SET_SIZE] for start in range(0, len(contents), SET_SIZE)]
    heads = [_head(practice, envelope, f"{control:09d}", place) for place in range(1, len(lots) + 1)]
    if kind_of(contents[0]) == INSTITUTIONAL:
        stays = [
            claim_837i.InstitutionalSet(claims=[institutional.claim(one) for one in lot], **head)
            for lot, head in zip(lots, heads, strict=True)
        ]
        return claim_837i.write(claim_837i.Interchange837I(envelope=envelope, sets=stays))
    sets = [
        x12.ClaimSet(claims=[composing.claim(one) for one in lot], **head)
        for lot, head in zip(lots, heads, strict=True)
    ]
    return x12.write(x12.Interchange837P(envelope=envelope, sets=sets))


def _head(practice: Practice, envelope: Envelope, reference: str, place: int) -> dict[str, Any]:
    """What a set says before its claims; ``place`` counts the sets of a file from 1."""
    name = str(practice.settings.get("edi_receiver_name") or partner.RECEIVER_NAME)
    contact = Contact(name=practice.name, phone=practice.phone)
    return {
        "submitter": x12.Submitter(name=practice.name, id=envelope.sender, contacts=[contact]),
        "receiver": x12.Receiver(name=name, id=envelope.receiver),
        "reference": f"{reference}-{place:04d}",
        "control": f"{place:04d}",
    }


def _mark(subject: Subject, claims: Sequence[Claim], interchange: Interchange) -> None:
    """Note on each claim that it is in the file."""
    entries = []
    for place, claim in enumerate(claims):
        claim.interchange, claim.set_control = interchange, f"{place // SET_SIZE + 1:04d}"
        claim.submitted_at = claim.submitted_at or clock.now()
        words = f"Submitted in {interchange.name}."
        if claim.signed_at is not None:
            minutes = int((claim.submitted_at - claim.signed_at).total_seconds() // 60)
            words += f" {_span(minutes)} after the signature."
        entries.append((claim, words))
    projections.project_many(subject, claims)
    timeline.note_many(subject, entries, "submitted", status="submitted", interchange=interchange)
    events.announce_many(subject, events.SUBMITTED, claims)


def _span(minutes: int) -> str:
    if minutes < 1:
        return "Less than a minute"
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def written_claim(subject: Subject, claim_id: int) -> bytes:
    """One claim as an 837P or 837I of its own, with numbers of 1, for a look at it. Nothing is sent or kept."""
    with transaction(subject):
        claim = Claim.objects.filter(practice=subject.practice, pk=claim_id).first()
        if claim is None:
            raise Invalid(f"There is no claim {claim_id}.")
        audit.record(subject, "R", "claim file", patient=claim.patient, resource_id=str(claim.pk))
        return written(practice_of(subject), [restored(claim.content)], 1, 1)
