"""Asking payers where claims stand (276, 005010X212): by hand, and by themselves once a claim is old enough.

The questions, their file and its numbers are one transaction; the file goes the way of every file to the
clearinghouse. A payer's setting ``status_after_days`` says when to ask first (0 never), ``status_again_days`` how
long to wait between two questions; a payer that takes paper only is never asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from chartdesk.kit import clock, database, worklist
from chartdesk.kit.errors import Conflict
from chartdesk.kit.numbers import next_number, reserve
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.kit.wording import counted
from chartdesk.pms.claims import events, partner, timeline, unread
from chartdesk.pms.claims.content import ClaimContent, Human, restored
from chartdesk.pms.claims.models import OPEN, Claim, Interchange
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.follow_up import rules
from chartdesk.pms.follow_up.cases import BILLING
from chartdesk.pms.follow_up.models import Inquiry
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import status_276 as x12
from chartdesk.standards.x12.parties import Party

KIND = "276"
#: Questions in one file.
FILE_SIZE = 2000
#: The work item about what a payer said.
STATUS_WORK = "claim_status"
_GENDER = {"female": "F", "male": "M"}

_OLD_ENOUGH = """
    SELECT c.id FROM claims_claim c
     WHERE c.practice = %s AND c.payer_id = %s AND c.status = ANY(%s::text[]) AND c.submitted_at <= %s::timestamptz
       AND c.content <> '{}'::jsonb
       AND NOT EXISTS (SELECT 1 FROM follow_up_inquiry i
                        WHERE i.practice = c.practice AND i.claim = c.id
                          AND (i.state = 'asked' OR i.asked > %s::timestamptz))
     ORDER BY c.submitted_at, c.id
     LIMIT %s
"""
_GIVE_UP = """
    UPDATE follow_up_inquiry SET state = 'unanswered'
     WHERE practice = %s AND state = 'asked' AND asked <= %s::timestamptz
"""
#: Status work whose claim waits no longer: the payer has decided it, or it was closed.
_SETTLED = """
    SELECT w.key FROM kit_workitem w
      JOIN claims_claim c ON c.practice = w.practice AND c.id = w.key::int8
     WHERE w.practice = %s AND w.kind = %s AND w.state = 'open' AND NOT c.status = ANY(%s::text[])
"""


def ask(subject: Subject, claims: Iterable[int]) -> int | None:
    """Ask about those of the claims that the payer has not decided; returns the number of the file, None for none.

    A claim with a question that is not answered yet is left out.
    """
    subject.require(*BILLING)
    with transaction(subject):
        advisory_lock("status inquiry", subject.practice)
        waiting = Inquiry.objects.filter(practice=subject.practice, state="asked").values("claim")
        rows = Claim.objects.filter(practice=subject.practice, pk__in=set(claims), status__in=OPEN)
        found = list(rows.exclude(pk__in=waiting).exclude(content={}).order_by("payer_id", "pk")[:FILE_SIZE])
        return _send(subject, found) if found else None


def ask_one(subject: Subject, claim_id: int) -> int:
    """Ask about one claim now; returns the number of the file. Raises Conflict where there is nothing to ask."""
    made = ask(subject, [claim_id])
    if made is None:
        raise Conflict(
            "The payer cannot be asked about this claim now.",
            cure="It is asked about claims that it has and has not decided, one question at a time.",
        )
    return made


def ask_due(subject: Subject) -> int:
    """Ask every payer about the claims that are old enough; returns how many. Run every night.

    Questions of some days ago without an answer are given up first, so that they are asked again in their time.
    """
    subject.require(*BILLING)
    with transaction(subject):
        limit = clock.now() - timedelta(days=rules.ANSWER_WITHIN)
        database.execute(_GIVE_UP, [subject.practice, limit])
        settled = [key for (key,) in database.rows(_SETTLED, [subject.practice, STATUS_WORK, list(OPEN)])]
        if settled:
            worklist.close_items(subject, STATUS_WORK, settled, by=subject.actor)
        payers = list(Payer.objects.filter(practice=subject.practice).order_by("payer_id"))
    asked = 0
    for payer in payers:
        # Each payer's file is a transaction of its own: what was asked stays asked if a later one fails.
        while found := _old_enough(subject, payer):
            if ask(subject, found) is None:
                break
            asked += len(found)
    return asked


def refused(subject: Subject, file: Interchange) -> None:
    """The clearinghouse refused a file of questions: they count as not asked, and somebody looks at it."""
    rows = Inquiry.objects.filter(practice=subject.practice, interchange=file.pk, state="asked")
    number = rows.update(state="refused")
    words = f"{file.name} with {counted(number, 'status question')} was refused"
    unread.raise_file(subject, file.pk, words, "Look at the answer beside it.")


def settings_of(practice: Practice, settings: dict[str, Any]) -> tuple[int, int]:
    """Days after which a payer is asked first, and between two questions; 0 for never."""
    if settings.get("paper"):
        return 0, 0
    usual = int(practice.settings.get("status_after_days", rules.ASK_AFTER))
    after = int(settings.get("status_after_days", usual))
    return after, int(settings.get("status_again_days", rules.ASK_AGAIN))


def _old_enough(subject: Subject, payer: Payer) -> list[int]:
    after, again = settings_of(practice_of(subject), payer.settings or {})
    if after <= 0:
        return []
    now = clock.now()
    limits = [now - timedelta(days=after), now - timedelta(days=max(again, 1)), FILE_SIZE]
    with transaction(subject):
        values = [subject.practice, payer.payer_id, list(OPEN), *limits]
        return [one for (one,) in database.rows(_OLD_ENOUGH, values)]


def _send(subject: Subject, claims: Sequence[Claim]) -> int:
    practice = practice_of(subject)
    control, group = next_number(subject, "x12 interchange"), next_number(subject, "x12 group")
    numbers = reserve(subject, "status inquiry", len(claims))
    traces = [f"{practice.pk}S{number:07d}" for number in numbers]
    questions = [
        _question(practice, restored(claim.content), claim, trace) for claim, trace in zip(claims, traces, strict=True)
    ]
    text = x12.write(
        partner.envelope(practice, control, group), [x12.StatusRequest(questions=questions, reference=f"S{control}")]
    )
    file = Interchange.objects.create(
        practice=subject.practice, direction="out", kind=KIND, name=f"{practice.slug}-{control:09d}-{KIND}.x12",
        control_number=control, group_number=group, content=text, digest=hashlib.sha256(text).hexdigest(),
        status="built", at=clock.now(), detail=counted(len(claims), "status question"),
    )  # fmt: skip
    Inquiry.objects.bulk_create(
        Inquiry(
            practice=subject.practice, claim=claim.pk, patient=claim.patient, payer_id=claim.payer_id, trace=trace,
            interchange=file.pk, asked=clock.now(), asked_by=subject.actor,
        )
        for claim, trace in zip(claims, traces, strict=True)
    )  # fmt: skip
    for claim in claims:
        timeline.note(subject, claim, "276", "The payer was asked where it stands (276).", interchange=file)
    audit.record_many(subject, [audit.Touched("E", "claim status", str(one.pk), 0, one.patient) for one in claims])
    events.announce_file(subject, file.pk)
    return int(file.pk)


def _question(practice: Practice, content: ClaimContent, claim: Claim, trace: str) -> x12.Question:
    insured, own = content.insured, content.insured.relationship == "self"
    patient = content.patient if not own else insured.person
    facility = content.institutional
    return x12.Question(
        trace=trace,
        pcn=claim.number,
        payer_claim_number=claim.payer_claim_number,
        amount=content.total,
        bill_type=f"{facility.bill_type}{content.frequency}" if facility else "",
        service_from=facility.first if facility else content.service_date,
        service_to=facility.last if facility else None,
        payer=Party(last=content.payer.name or claim.payer_id, id_qualifier="PI", id=claim.payer_id),
        receiver=Party(last=practice.name, id_qualifier="46", id=partner.sender(practice)),
        provider=Party(last=content.billing.name, id_qualifier="XX", id=content.billing.npi),
        subscriber=_person(insured.person, insured.member_id),
        dependent=None if own else _person(content.patient, ""),
        birth=patient.birth_date,
        gender=_GENDER.get(patient.sex, ""),
    )


def _person(person: Human, member_id: str) -> Party:
    number = member_id.strip().replace("-", "")
    return Party(
        last=person.family, first=person.given, middle=person.middle, person=True,
        id_qualifier="MI" if number else "", id=number,
    )  # fmt: skip
