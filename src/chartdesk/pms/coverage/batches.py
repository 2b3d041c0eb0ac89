"""Eligibility by the file: many questions to one payer in one 270, their answers in 271s that come by themselves.

The room that talks to the clearinghouse carries the files; here the questions are made and the answers read. A policy
that has an answer for a visit and its day, or a question on its way, is not asked about again. What could not be asked,
or what the payer could not answer then, is; and so is an answer that has become old.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import reading
from chartdesk.pms.coverage import answers, benefits, eligibility, inquiry, outcome, queries, words
from chartdesk.pms.coverage.cards import CoverageView
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import eligibility_270 as x270
from chartdesk.standards.x12 import eligibility_271 as x271
from chartdesk.standards.x12.envelope import Envelope

TYPES = ("30", "98")
#: For how long an answer counts: a policy may end, and what remains of a deductible changes.
LASTS = timedelta(days=30)
#: What a payer's refusal says to do where its system could not answer then.
LATER = words.follow_up("R")


@dataclass(frozen=True)
class Due:
    """A policy to be asked about for a visit."""

    policy: CoverageView
    appointment: str
    day: date


def by_file(subject: Subject, payer_id: str) -> bool:
    """Whether a payer is asked by the file: its setting ``eligibility_batch``, else the practice's."""
    with reading(subject):
        found = eligibility.Payer.objects.filter(practice=subject.practice, payer_id=payer_id).first()
        usual = practice_of(subject).switched("eligibility_batch", False)
        return bool((found.settings or {}).get("eligibility_batch", usual)) if found is not None else False


def ask(subject: Subject, envelope: Envelope, batch: int, due: Sequence[Due]) -> tuple[bytes, int]:
    """The 270 of the questions, and how many stand in it; each is stored as asked in file ``batch``.

    Call it inside the transaction that keeps the file. A question that cannot be written, or that needs no payer,
    ends at once with its reason and stands not in the file.
    """
    asked: list[x270.Inquiry] = []
    for one in due:
        made = EligibilityCheck(
            practice=subject.practice, patient=one.policy.patient_id, coverage=one.policy.coverage_id,
            appointment=one.appointment, payer_id=one.policy.payer_id, service_date=one.day,
            service_types=list(TYPES), asked=clock.now(), actor=subject.actor, plan_name=one.policy.plan_name,
            batch=batch,
        )  # fmt: skip
        found, question = eligibility.not_to_ask(one.policy, one.day), None
        if found is None:
            try:
                question = inquiry.question(eligibility.asking(subject, one.policy, made))
                question.control = f"{len(asked) + 1:04d}"
                made.request = x270.write(envelope, [question]).decode("latin-1")
            except Invalid as fault:
                question = None
                found = answers.Reading("failed", f"The question could not be written: {fault.message}", fault.cure)
        made.save()
        outcome.project(subject, made)
        audit.record(subject, "C", "eligibility check", patient=made.patient, resource_id=str(made.pk))
        if found is not None:
            eligibility.close(subject, made, found)
        elif question is not None:
            asked.append(question)
    return (x270.write(envelope, asked) if asked else b""), len(asked)


def receive(subject: Subject, content: bytes) -> list[str]:
    """Take the answers of a 271 file; returns what names the answers that are to no question of ours.

    Call it inside the transaction that reads the file. An answer that came before changes nothing. Raises Invalid
    where the file cannot be read.
    """
    strange = []
    for response in x271.read(content):
        numbers = [one.number for one in response.traces] or [response.reference]
        rows = EligibilityCheck.objects.select_for_update().filter(
            practice=subject.practice, trace__in=[one for one in numbers if one], batch__isnull=False
        )
        made = rows.order_by("-pk").first()
        if made is None:
            strange.append(next((one for one in numbers if one), "an unknown question"))
        elif made.status == "asked" or made.response == "":
            _take(subject, made, response)
    return strange


def refused(subject: Subject, batch: int) -> None:
    """The clearinghouse refused a file: its questions were not asked."""
    rows = EligibilityCheck.objects.select_for_update().filter(practice=subject.practice, batch=batch, status="asked")
    for made in rows:
        lost = answers.Reading("failed", "The clearinghouse refused the file with this question.", "Check again.")
        eligibility.close(subject, made, lost)


def _take(subject: Subject, made: EligibilityCheck, response: x271.Response) -> None:
    envelope = response.envelope
    assert envelope is not None  # it was read from a file
    response.control = "0001"
    made.response = x271.write(envelope, [response], uppercase=False).decode("latin-1")
    made.answered = clock.now()
    stated = benefits.of_response(response, made.response)
    eligibility.close(subject, made, answers.reading(response, stated, made.service_date), stated)


def due(subject: Subject, visits: Sequence[tuple[str, str, date]]) -> list[Due]:
    """The policies to be asked about for visits of (appointment, patient, day): in force and not asked about yet."""
    since = clock.now() - LASTS
    found = []
    for appointment, patient, day in visits:
        with reading(subject):
            checks = EligibilityCheck.objects.filter(practice=subject.practice, appointment=appointment)
            asked = checks.filter(service_date=day, asked__gte=since).exclude(status="failed")
            known = set(asked.exclude(status="refused", cure=LATER).values_list("coverage", flat=True))
            held = queries.coverages(subject, patient, on=day)
        found += [Due(one, appointment, day) for one in held if not one.expired and one.coverage_id not in known]
    return found
