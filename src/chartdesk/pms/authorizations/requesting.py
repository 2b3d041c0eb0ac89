"""Asking a payer for an authorization: request stored, sent, answer stored, answer read.

As with eligibility the request is committed before it leaves and the answer is waited for outside of any transaction.
Whatever comes of it is recorded with a reason. A pended one is asked again every night; an answer that comes later
by itself, in a file, is read the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.kit import clock, live, outbox
from chartdesk.kit.errors import ChartdeskError, Conflict, Invalid, NotFound, Unavailable
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import forget, transaction
from chartdesk.pms.authorizations import answers, asking, connections, events, standing
from chartdesk.pms.authorizations.checking import checked_codes, checked_diagnoses, checked_kind, checked_visits
from chartdesk.pms.authorizations.models import Authorization
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration.validation import Faults
from chartdesk.pms.scheduling.models import AppointmentIndex, Resource
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import acknowledgement_999, ta1
from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12.parties import Party

ROLES = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.NURSE, Role.CLINICIAN)
#: A request without an answer for longer than this was left behind by a process that ended.
PATIENCE = timedelta(minutes=2)
OFFICE = "11"


@dataclass(frozen=True)
class Wanted:
    """What is asked for. ``first_day`` is the day of the first visit; ``visits`` None where it is no number."""

    first_day: date
    kind: str = "authorization"
    service_type: str = ""
    codes: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    visits: int | None = None
    practitioner: str = ""
    note: str = ""


def request(subject: Subject, coverage_id: str, wanted: Wanted) -> Authorization:
    """Ask the payer of a policy and record what comes of it; returns the authorization as it stands then.

    Never raises because of the payer. Raises Invalid with every wrong field, NotFound and Gone for an unknown
    coverage, and RuntimeError inside an open transaction, which the network call would hold up.
    """
    subject.require(*ROLES)
    _outside()
    with transaction(subject):
        policy = coverages.coverage(subject, coverage_id, wanted.first_day)
        made = Authorization(
            practice=subject.practice, patient=policy.patient_id, coverage=coverage_id, payer_id=policy.payer_id,
            kind=wanted.kind, service_type=wanted.service_type.strip().upper(), codes=_codes(wanted),
            diagnoses=checked_diagnoses(wanted.diagnoses), visits_asked=wanted.visits, first_day=wanted.first_day,
            practitioner=wanted.practitioner, asked=clock.now(), actor=subject.actor, note=wanted.note.strip(),
        )  # fmt: skip
        question = _prepare(subject, made, asking.FIRST)
        audit.record(subject, "C", "authorization", patient=made.patient, resource_id=str(made.pk))
    return _send(subject, made, question)


def ask_again(subject: Subject, authorization_id: int) -> Authorization:
    """Ask about one that is pended, or anew where it could not be asked. Raises Conflict for others."""
    return _about(subject, authorization_id, ("pended", "call", "refused", "failed"), None)


def extend(subject: Subject, authorization_id: int, visits: int | None = None) -> Authorization:
    """Ask for more time, or more visits, under the same number. Raises Conflict where it is not granted."""
    return _about(subject, authorization_id, ("approved", "modified"), asking.EXTEND, visits)


def cancel(subject: Subject, authorization_id: int) -> Authorization:
    """Tell the payer that it is not needed any more. Raises Conflict where there is nothing to cancel."""
    return _about(subject, authorization_id, ("approved", "modified", "pended"), asking.CANCEL)


def ask_pended(subject: Subject) -> int:
    """Ask again about every one that the payer has not decided; returns how many were. Run every night."""
    settle_unanswered(subject)
    with transaction(subject):
        rows = Authorization.objects.filter(practice=subject.practice, state="pended", source="278")
        waiting = list(rows.order_by("pk").values_list("pk", flat=True))
    for number in waiting:
        ask_again(subject, number)
    return len(waiting)


def settle_unanswered(subject: Subject) -> int:
    """Close requests whose process was killed before the answer came, with a reason; returns how many there were."""
    lost = "The answer did not arrive: the program ended meanwhile."
    with transaction(subject):
        rows = Authorization.objects.select_for_update(skip_locked=True).filter(
            practice=subject.practice, state="asked", source="278", asked__lt=clock.now() - PATIENCE
        )
        left = list(rows)
        for made in left:
            _close(subject, made, answers.Reading("failed", reason=lost, cure="Ask again."))
    return len(left)


def receive(subject: Subject, content: bytes) -> list[str]:
    """Take the answers of a file that came by itself; returns the traces of those that answer no request of ours.

    Call it inside the transaction that reads the file. Raises Invalid where it cannot be read.
    """
    strange = []
    for response in x278.read_responses(content):
        traces = [*response.traces, *(response.review.traces if response.review else [])]
        numbers = [one.number for one in traces] or [response.reference]
        rows = Authorization.objects.select_for_update().filter(practice=subject.practice, trace__in=numbers)
        made = rows.order_by("-pk").first()
        if made is None:
            strange.append(numbers[0] or "an unknown request")
            continue
        made.response, made.answered = _text(content), clock.now()
        _close(subject, made, answers.reading(response))
    return strange


def _about(
    subject: Subject, authorization_id: int, states: tuple[str, ...], purpose: str | None, visits: int | None = None
) -> Authorization:
    subject.require(*ROLES)
    _outside()
    with transaction(subject):
        made = locked(subject, authorization_id)
        if made.state not in states or made.source != "278":
            raise Conflict(
                f"The authorization is {made.words}: that cannot be asked about it.",
                cure="Reload the page; what was given by phone is changed by hand.",
            )
        if purpose is None:
            purpose = asking.VERIFY if made.state == "pended" else asking.FIRST
        if visits is not None:
            made.visits_asked = checked_visits(visits)
        question = _prepare(subject, made, purpose)
        audit.record(subject, "U", "authorization", patient=made.patient, resource_id=str(made.pk), detail="asked")
    return _send(subject, made, question, purpose)


def locked(subject: Subject, authorization_id: int) -> Authorization:
    """The authorization, locked until the transaction ends. Raises NotFound."""
    rows = Authorization.objects.select_for_update().filter(practice=subject.practice, pk=authorization_id)
    found: Authorization | None = rows.first()
    if found is None:
        raise NotFound(f"There is no authorization {authorization_id}.", cure="Reload the page.")
    return found


def _outside() -> None:
    if connection.in_atomic_block:
        raise RuntimeError("a payer must not be asked inside a transaction")


def _codes(wanted: Wanted) -> list[str]:
    faults = Faults()
    codes = checked_codes(wanted.codes, faults)
    checked_kind(wanted.kind, faults)
    if not codes and not wanted.service_type.strip():
        faults.add("service_type", "Nothing says what is asked for.", "Choose a kind of service, or name the codes.")
    if not wanted.diagnoses:
        faults.add("diagnoses", "The diagnosis is missing.", "Payers decide nothing without one.")
    if wanted.visits is not None and not 1 <= wanted.visits <= 999:
        faults.add("visits", f"{wanted.visits} is no number of visits.", "Write 1 to 999, or leave it empty.")
    faults.raise_any("The request")
    return codes


def _prepare(subject: Subject, made: Authorization, purpose: str) -> bytes | None:
    """The 278 of a request, stored with it; None where there is no point in asking."""
    try:
        question: bytes | None = asking.written(_asking(subject, made, purpose))
        made.request = _text(question or b"")
        if purpose == asking.FIRST:
            made.state = "asked"
    except (Invalid, NotFound) as fault:
        question = None
        made.reason, made.cure = f"The request could not be written: {fault.message}", fault.cure
        if purpose == asking.FIRST:
            made.state = "failed"
    made.asked = clock.now()
    made.version += 1 if made.pk else 0
    made.save()
    if question is None:
        tell(subject, made)
    return question


def _asking(subject: Subject, made: Authorization, purpose: str) -> asking.Asking:
    practice = practice_of(subject)
    policy = coverages.coverage(subject, made.coverage, made.first_day)
    payer = coverages.payer(subject, made.payer_id)
    control = next_number(subject, "x12.278")
    whole = asking.Asking(
        kind=made.kind, purpose=purpose, practice_name=practice.name, npi=practice.npi, tax_id=practice.tax_id,
        taxonomy=practice.taxonomy, payer_name=payer.name, payer_id=payer.payer_id, member_id=policy.member_id,
        subscriber=policy.subscriber, patient=coverages.patient(subject, made.patient),
        relationship=policy.relationship, first_day=made.first_day, service_type=made.service_type,
        place=_place(subject, made, practice.zone),
        control=control, created=clock.now().astimezone(ZoneInfo(practice.zone)),
        sender=(practice.npi or practice.slug)[:15],
        receiver=str(payer.settings.get("eligibility_receiver") or payer.payer_id)[:15],
        usage=str(practice.settings.get("x12_usage", "P")), codes=tuple(made.codes), diagnoses=tuple(made.diagnoses),
        visits=made.visits_asked, earlier=made.number, note=made.note, provider=_provider(subject, made.practitioner),
    )  # fmt: skip
    made.trace = whole.trace
    return whole


def _place(subject: Subject, made: Authorization, zone: str) -> str:
    """Where the first visit is to be, by its site; an office where nothing is booked on that day."""
    begins = datetime.combine(made.first_day, time(), ZoneInfo(zone))
    visits = AppointmentIndex.objects.filter(
        practice=subject.practice, patient=made.patient, starts__gte=begins, starts__lt=begins + timedelta(days=1),
        status__in=standing.STANDS, site__isnull=False,
    )  # fmt: skip
    first = visits.select_related("site").order_by("starts").first()
    return (first.site.place_of_service if first is not None and first.site is not None else "") or OFFICE


def _provider(subject: Subject, practitioner: str) -> Party | None:
    """Who is to treat, where the practice's list has a name and NPI."""
    if not practitioner:
        return None
    rows = Resource.objects.filter(practice=subject.practice, kind="provider", practitioner=practitioner)
    found = rows.exclude(npi="").first()
    if found is None:
        return None
    given, _, family = found.name.split(",")[0].removeprefix("Dr. ").strip().rpartition(" ")
    return Party(last=family, first=given, person=True, id_qualifier="XX", id=found.npi, taxonomy=found.taxonomy)


def _send(subject: Subject, made: Authorization, question: bytes | None, purpose: str = asking.FIRST) -> Authorization:
    if question is None:
        return made
    try:
        answer = connections.current().ask(question, payer_id=made.payer_id)
    except Unavailable as fault:
        return _unanswered(subject, made, fault, purpose)
    with transaction(subject):
        fresh = locked(subject, made.pk)
        fresh.response, fresh.answered = _text(answer), clock.now()
        _close(subject, fresh, _read(fresh, answer))
    return fresh


def _unanswered(subject: Subject, made: Authorization, fault: ChartdeskError, purpose: str) -> Authorization:
    """No answer: a first request failed, what was granted or pended stays as it is, with the reason beside it."""
    with transaction(subject):
        fresh = locked(subject, made.pk)
        fresh.reason, fresh.cure = fault.message, "Ask again in a few minutes, or call the payer."
        fresh.state = "failed" if purpose == asking.FIRST else fresh.state
        fresh.save()
        tell(subject, fresh)
    return fresh


def _read(made: Authorization, answer: bytes) -> answers.Reading:
    """The answer understood; an answer that is none is said in words."""
    try:
        responses = x278.read_responses(answer)
    except Invalid as fault:
        return _no_278(answer, fault)
    for one in responses:
        traces = [*one.traces, *(one.review.traces if one.review else [])]
        if one.reference == made.trace or any(trace.number == made.trace for trace in traces):
            return answers.reading(one)
    return answers.Reading("failed", reason="The payer answered another request than ours.", cure="Ask again.")


def _no_278(answer: bytes, fault: Invalid) -> answers.Reading:
    for name, read in (("TA1", ta1.read), ("999", acknowledgement_999.read)):
        try:
            if read(answer):
                return answers.Reading(
                    "failed",
                    reason=f"The payer's system did not accept the form of the request (it sent a {name}).",
                    cure="Call the payer, and have a biller look at the request.",
                )
        except Invalid:
            continue  # not one of these; the next kind may fit
    return answers.Reading(
        "failed", reason=f"The answer cannot be read: {fault.message}", cure="Ask again, or call the payer."
    )


def _close(subject: Subject, made: Authorization, found: answers.Reading) -> None:
    """Write down what came of a request. What was granted stays granted unless the payer says otherwise."""
    kept = made.granted and found.state in ("failed", "refused", "pended", "denied", "call")
    made.reason, made.cure = found.reason, found.cure
    made.messages = found.messages or ([found.reason] if found.reason else [])
    if not kept:
        made.state = found.state
        made.number = found.number or made.number
        if found.state in ("approved", "modified"):
            made.visits = found.visits if found.visits is not None else made.visits_asked
            made.effective = found.effective or made.effective
            made.expires = found.expires or made.expires
    made.version += 1
    made.save()
    tell(subject, made)


def tell(subject: Subject, made: Authorization) -> None:
    """Hold the patient's visits anew, and tell whoever waits for it."""
    audit.record(subject, "U", "authorization", patient=made.patient, resource_id=str(made.pk), detail=made.state)
    standing.refresh(subject, made.patient)
    forget(("authorizations", made.patient))
    payload = {"patient_id": made.patient, "authorization_id": made.pk}
    outbox.emit(subject, events.CHANGED, f"Patient/{made.patient}", payload, actor=subject.actor)
    live.announce(subject, "authorizations", made.patient)


def _text(content: bytes) -> str:
    return content.decode("latin-1").replace("\x00", "\N{SYMBOL FOR NULL}")
