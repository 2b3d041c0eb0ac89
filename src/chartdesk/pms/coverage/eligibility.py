"""Asking a payer whether a patient is covered: question stored, asked, answer stored, answer read.

The question is committed before it leaves and the answer is asked for outside of any transaction, so a slow
payer holds no lock and a killed process leaves the question behind. Whatever comes of it is recorded with a
reason; what the payer said before stays visible.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from chartdesk.kit import clock, live, outbox, worklist
from chartdesk.kit.errors import Invalid, Unavailable
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import joined, transaction
from chartdesk.pms.coverage import answers, benefits, connections, events, inquiry, outcome, queries
from chartdesk.pms.coverage.cards import CoverageView
from chartdesk.pms.coverage.models import FOUND_WORK, EligibilityCheck, Payer
from chartdesk.pms.registration.resources import person_of
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12 import eligibility_271 as x271

ROLES = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.NURSE, Role.CLINICIAN)
#: A question without an answer for longer than this was left behind by a process that ended.
PATIENCE = timedelta(minutes=2)
#: A file of questions is answered by the next business day (CAQH CORE); more is a weekend.
BATCH_PATIENCE = timedelta(days=3)
WORK = "eligibility"


def check(
    subject: Subject,
    coverage_id: str,
    *,
    service_date: date,
    appointment_id: str = "",
    service_types: tuple[str, ...] = ("30", "98"),
) -> EligibilityCheck:
    """Ask the payer of a policy about ``service_date`` and record what comes of it; returns the check.

    Never raises because of the payer: no connection, no answer in time, nonsense and refusals end as a check
    with status ``failed`` or ``refused`` and a reason. Raises NotFound and Gone for an unknown coverage, and
    RuntimeError inside an open transaction, which the network call would hold up.
    """
    if connection.in_atomic_block:
        raise RuntimeError("an eligibility check must not run inside a transaction")
    subject.require(*ROLES)
    with transaction(subject):
        made, question = _question(subject, coverage_id, service_date, appointment_id, service_types)
    if question is None:
        return made
    try:
        answer = connections.current().ask(question, payer_id=made.payer_id)
    except Unavailable as fault:
        return close(subject, made, answers.Reading("failed", fault.message, fault.cure))
    made.response = answer.decode("latin-1").replace("\x00", "\N{SYMBOL FOR NULL}")
    made.answered = clock.now()
    return close(subject, made, *_read(made, answer))


def settle_unanswered(subject: Subject) -> int:
    """Close questions that nobody waits for any more, with a reason; returns how many there were."""
    with transaction(subject):
        now = clock.now()
        late = Q(batch__isnull=True, asked__lt=now - PATIENCE) | Q(batch__isnull=False, asked__lt=now - BATCH_PATIENCE)
        rows = EligibilityCheck.objects.select_for_update(skip_locked=True)
        waiting = list(rows.filter(late, practice=subject.practice, status="asked"))
        for made in waiting:
            why = "the program ended meanwhile" if made.batch is None else "the payer did not answer the file"
            lost = answers.Reading("failed", f"The answer did not arrive: {why}.", "Check again.")
            close(subject, made, lost)
    return len(waiting)


def _question(
    subject: Subject,
    coverage_id: str,
    service_date: date,
    appointment_id: str,
    service_types: tuple[str, ...],
) -> tuple[EligibilityCheck, bytes | None]:
    """The stored question and its 270; None for the 270 where there is no point in asking."""
    policy = queries.coverage(subject, coverage_id, service_date)
    made = EligibilityCheck(
        practice=subject.practice,
        patient=policy.patient_id,
        coverage=coverage_id,
        appointment=appointment_id,
        payer_id=policy.payer_id,
        service_date=service_date,
        service_types=list(service_types),
        asked=clock.now(),
        actor=subject.actor,
        plan_name=policy.plan_name,
    )
    found = not_to_ask(policy, service_date)
    if found is None:
        try:
            made.request = _written(subject, policy, made)
        except Invalid as fault:
            found = answers.Reading("failed", f"The question could not be written: {fault.message}", fault.cure)
    made.save()
    outcome.project(subject, made)
    audit.record(subject, "C", "eligibility check", patient=made.patient, resource_id=str(made.pk))
    if found is not None:
        return close(subject, made, found), None
    return made, made.request.encode("latin-1")


def not_to_ask(policy: CoverageView, service_date: date) -> answers.Reading | None:
    """What is clear without the payer."""
    if not policy.payer_id:
        return answers.Reading(
            "failed",
            f"{policy.payer_name.capitalize()} is not a payer that this practice can ask.",
            "Add the payer to the practice's list, or correct the card.",
        )
    if policy.ends is not None and policy.ends < service_date:
        return answers.Reading(
            "inactive",
            f"By the card this policy ended on {policy.ends:%b %-d, %Y}, before the visit on "
            f"{service_date:%b %-d, %Y}. The payer was not asked.",
            "Ask the patient for the present card.",
        )
    return None


def _written(subject: Subject, policy: CoverageView, made: EligibilityCheck) -> str:
    """The 270 as text; sets the check's trace."""
    return inquiry.written(asking(subject, policy, made)).decode("latin-1")


def asking(subject: Subject, policy: CoverageView, made: EligibilityCheck) -> inquiry.Asking:
    """Everything that the question of a check says; sets its trace."""
    practice = practice_of(subject)
    payer = Payer.objects.get(practice=subject.practice, payer_id=policy.payer_id)
    patient = person_of(store.read(subject, r4.Patient, policy.patient_id, why="eligibility"))
    whole = inquiry.Asking(
        practice_name=practice.name,
        npi=practice.npi,
        tax_id=practice.tax_id,
        payer_name=payer.name,
        payer_id=payer.payer_id,
        member_id=policy.member_id,
        subscriber=policy.subscriber,
        patient=patient,
        relationship=policy.relationship,
        service_date=made.service_date,
        service_types=tuple(made.service_types),
        control=next_number(subject, "x12.270"),
        created=clock.now().astimezone(ZoneInfo(practice.zone)),
        sender=(practice.npi or practice.slug)[:15],
        receiver=str(payer.settings.get("eligibility_receiver") or payer.payer_id)[:15],
        usage=str(practice.settings.get("x12_usage", "P")),
    )
    made.trace = whole.trace
    return whole


def _read(made: EligibilityCheck, answer: bytes) -> tuple[answers.Reading, list[benefits.Benefit]]:
    """The answer understood; an answer that is none ends the check as failed."""
    try:
        responses = x271.read(answer)
    except Invalid as fault:
        return outcome.not_a_271(answer, fault), []
    ours = [one for one in responses if any(trace.number == made.trace for trace in one.traces)]
    if not ours and not any(one.traces for one in responses):
        ours = responses  # refused before the patient: no trace comes back
    if not ours:
        return answers.Reading("failed", "The payer answered another question than ours.", "Check again."), []
    stated = benefits.of_response(ours[0], made.response)
    return answers.reading(ours[0], stated, made.service_date), stated


def close(
    subject: Subject,
    made: EligibilityCheck,
    found: answers.Reading,
    stated: list[benefits.Benefit] | None = None,
) -> EligibilityCheck:
    """Write down what came of a question, and tell whoever must act."""
    for name, value in asdict(found).items():
        if name != "plan_name" or value:
            setattr(made, name, value)
    made.benefits = benefits.stored(stated or [])
    made.elsewhere = offered(subject, made, benefits.insurers(stated or []))
    made.messages = found.messages or ([found.reason] if found.reason else [])
    with transaction(subject):
        made.save()
        audit.record(
            subject,
            "U",
            "eligibility check",
            patient=made.patient,
            resource_id=str(made.pk),
            detail=made.status,
        )
        outcome.project(subject, made)
        _work_item(subject, made)
        _found_item(subject, made)
        outbox.emit(
            subject,
            events.ANSWERED,
            f"Patient/{made.patient}",
            {
                "patient_id": made.patient,
                "coverage_id": made.coverage,
                "appointment_id": made.appointment,
                "status": made.status,
            },
            actor=subject.actor,
        )
        live.announce(subject, "eligibility", made.appointment or made.patient)
    return made


def _work_item(subject: Subject, made: EligibilityCheck) -> None:
    """One item a policy and visit for the front desk, until a later check finds the policy active."""
    key = f"{made.coverage}/{made.appointment or made.service_date}"
    if made.status == "active" or _replaced(subject, made):
        worklist.close_items(subject, WORK, [key], by=subject.actor)
        return
    titles = {
        "inactive": "Insurance is not active",
        "refused": "The payer refused the eligibility question",
        "failed": "Eligibility could not be checked",
    }
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=WORK,
            key=key,
            role=Role.FRONT_DESK.value,
            title=titles.get(made.status, "The payer did not say whether the insurance is active"),
            detail=made.reason,
            cure=made.cure,
            about=f"Patient/{made.patient}",
            link=("patient", made.patient),
            due=made.service_date,
        ),
    )


def elsewhere_key(patient: str, name: str) -> str:
    """The key of the work item about another insurer of a patient."""
    return f"{patient}/{name.casefold()}"


def offered(subject: Subject, made: EligibilityCheck, named: list[dict[str, str]]) -> list[dict[str, str]]:
    """The insurers that are to be offered: not those that the patient's cards name, nor those settled before."""
    if not named:
        return []
    with joined(subject):
        held = queries.coverages(subject, made.patient, made.service_date)
        cards = {one.payer_id for one in held} | {one.payer_name.casefold() for one in held}
        before = EligibilityCheck.objects.filter(practice=subject.practice, patient=made.patient).exclude(elsewhere=[])
        settled = {one["name"].casefold() for row in before for one in row.elsewhere if one.get("state")}
    return [one for one in named if not {one["payer_id"], one["name"].casefold()} & (cards | settled)]


def _found_item(subject: Subject, made: EligibilityCheck) -> None:
    for one in made.elsewhere:
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=FOUND_WORK, key=elsewhere_key(made.patient, one["name"]), role=Role.FRONT_DESK.value,
                title=f"Another insurance was found: {one['name']}",
                detail="A payer named it in its answer about the patient's coverage.",
                cure="Ask the patient for the card and take it up, or say why not.",
                about=f"Patient/{made.patient}", link=(FOUND_WORK, str(made.pk)), due=made.service_date,
            ),
        )  # fmt: skip


def _replaced(subject: Subject, made: EligibilityCheck) -> bool:
    """Whether the policy had ended and another one of its rank runs on the day: nothing to do then."""
    held = queries.coverages(subject, made.patient, made.service_date)
    policy = next((one for one in held if one.coverage_id == made.coverage), None)
    if policy is None or not policy.expired:
        return False
    others = (one for one in held if one.coverage_id != made.coverage and one.rank == policy.rank)
    return any(one.covers(made.service_date) for one in others)
