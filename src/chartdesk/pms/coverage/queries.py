"""Reading payers, policies and eligibility checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from chartdesk.kit import clock, fetching
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.transactions import forget, once, reading, remembered
from chartdesk.pms.coverage import benefits, parties, resources, rules
from chartdesk.pms.coverage.cards import CoverageView
from chartdesk.pms.coverage.models import ANSWERS, EligibilityCheck, Payer
from chartdesk.pms.registration.people import Person
from chartdesk.pms.registration.resources import person_of
from chartdesk.record import audit, search, store
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.reading import of_patients, several
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

_LATEST = """practice = %s AND patient = %s AND (%s = '' OR coverage = %s) AND (%s = '' OR appointment = %s)
     ORDER BY id DESC LIMIT 1"""


@dataclass(frozen=True)
class Standing:
    """How a policy stands: the last attempt, and the last one that the payer answered.

    ``latest`` may be a failure; ``answered`` is then what was known before. Either may be None.
    """

    latest: EligibilityCheck | None
    answered: EligibilityCheck | None


def payers(subject: Subject, *, active: bool = True) -> list[Payer]:
    """The practice's payers by name; ``active=False`` for all of them."""
    with reading(subject):
        rows = Payer.objects.filter(practice=subject.practice)
        return list((rows.filter(active=True) if active else rows).order_by("name", "pk"))


def payer(subject: Subject, payer_id: str) -> Payer:
    """The payer with that electronic number. Raises NotFound."""
    with reading(subject):
        rows = Payer.objects.filter(practice=subject.practice, payer_id=payer_id)
        found: Payer | None = rows.first()
    if found is None:
        raise NotFound(f"There is no payer {payer_id} in this practice.", cure="Add the payer first.")
    return found


def coverages(subject: Subject, patient_id: str, on: date | None = None) -> list[CoverageView]:
    """The policies of a patient, as they stand ``on`` a day (today when None): running ones first, by rank.

    Policies that have ended are there too, ``expired`` and with a ``notice``.
    """
    with reading(subject):
        day = on or clock.today(practice_of(subject).zone)
        found = [
            _view(subject, stored, day)
            for stored in search.all(subject, "Coverage", [("patient", f"Patient/{patient_id}")])
            if _counts(stored)
        ]
    return sorted(found, key=_by_rank)


def coverages_of(subject: Subject, patient_ids: Iterable[str]) -> dict[str, list[CoverageView]]:
    """The policies of several patients as they stand today, in two statements; those without any are left out.

    Of a policy that the patient holds the subscriber is not read: that is what the patient's own record says.
    """
    found: dict[str, list[CoverageView]] = {}
    with reading(subject):
        day = clock.today(practice_of(subject).zone)
        stored = [one for one in of_patients(subject, "Coverage", patient_ids, why="coverage") if _counts(one)]
        related = {id for kind, id in map(_subscriber_of, stored) if kind == "RelatedPerson"}
        for id, person in several(subject, "RelatedPerson", related, why="subscriber").items():
            _hold(_related(id), person)
        for one in stored:
            own = _subscriber_of(one)[0] != "RelatedPerson"
            found.setdefault(one.patient, []).append(_view(subject, one, day, Person() if own else None))
    return {patient: sorted(views, key=_by_rank) for patient, views in found.items()}


def _by_rank(one: CoverageView) -> tuple[bool, int, date, str]:
    return one.expired, one.rank, one.effective or date.min, one.coverage_id


def coverage(subject: Subject, coverage_id: str, on: date | None = None) -> CoverageView:
    """One policy as it stands ``on`` a day (today when None). Raises NotFound, Gone."""
    with reading(subject):
        stored = store.get(subject, "Coverage", coverage_id)
        return _view(subject, stored, on or clock.today(practice_of(subject).zone))


def patient(subject: Subject, patient_id: str) -> Person:
    """The patient as a policy and a claim know them, read once in a transaction. Raises NotFound, Gone."""
    with reading(subject):
        return once(_person(patient_id), lambda: person_of(store.read(subject, r4.Patient, patient_id, why="coverage")))


def hold_patients(subject: Subject, patient_ids: Iterable[str]) -> None:
    """Read patients by one statement: the rest of the transaction finds them read. Who is not there is left out."""
    wanted = [id for id in patient_ids if remembered(_person(id)) is None]
    for id, stored in several(subject, "Patient", wanted, why="coverage").items():
        _hold(_person(id), stored)


def policies(subject: Subject, wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], CoverageView]:
    """Policies as they stand on a day, by (coverage, day), in a few statements; those that are gone are left out."""
    asked = set(wanted)
    with reading(subject):
        stored = several(subject, "Coverage", (id for id, _ in asked), why="coverage")
        _hold_subscribers(subject, stored.values())
        return {(id, day): _view(subject, stored[id], day) for id, day in asked if id in stored}


def _hold_subscribers(subject: Subject, stored: Iterable[Stored]) -> None:
    """Read who holds these policies by two statements."""
    subscribers = [_subscriber_of(one) for one in stored]
    hold_patients(subject, {id for kind, id in subscribers if kind != "RelatedPerson"})
    related = {id for kind, id in subscribers if kind == "RelatedPerson"}
    for id, person in several(subject, "RelatedPerson", related, why="subscriber").items():
        _hold(_related(id), person)


def patient_written(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """The rest of the transaction reads the patient anew."""
    for one in (old, new):
        if one is not None:
            forget(_person(one.id))


def _person(patient_id: str) -> tuple[str, str]:
    return "person", patient_id


def _related(id: str) -> tuple[str, str]:
    return "related person", id


def _hold(key: tuple[str, str], stored: Stored) -> None:
    resource = stored.resource
    assert isinstance(resource, r4.Patient | r4.RelatedPerson)
    person = person_of(resource)
    once(key, lambda: person)


def latest_check(
    subject: Subject, patient_id: str, *, appointment_id: str = "", coverage_id: str = ""
) -> EligibilityCheck | None:
    """The last check of a patient, whatever came of it; of one visit or one policy where named."""
    return standing(subject, patient_id, appointment_id=appointment_id, coverage_id=coverage_id).latest


def standing(subject: Subject, patient_id: str, *, appointment_id: str = "", coverage_id: str = "") -> Standing:
    """The last check and the last answered one. A failure never hides what the payer said before it."""
    with reading(subject):
        rows = EligibilityCheck.objects.filter(practice=subject.practice, patient=patient_id).order_by("-id")
        if coverage_id:
            rows = rows.filter(coverage=coverage_id)
        given = [subject.practice, patient_id, coverage_id, coverage_id, appointment_id, appointment_id]
        latest = fetching.first(EligibilityCheck, _LATEST, given)
        answered: EligibilityCheck | None = latest
        if latest is None or not latest.is_answer:
            never = latest is None and not appointment_id
            answered = None if never else _last_answer(rows, latest, coverage_id)
        if latest is not None:
            audit.record(subject, "R", "eligibility check", patient=patient_id, resource_id=str(latest.pk))
    return Standing(latest, answered)


def standings(subject: Subject, policies: Iterable[CoverageView]) -> dict[str, Standing]:
    """How several policies stand, by coverage; of patients whom nobody asked about, one statement says so."""
    asked = list(policies)
    with reading(subject):
        patients = {one.patient_id for one in asked}
        rows = EligibilityCheck.objects.filter(practice=subject.practice, patient__in=patients)
        known = set(rows.values_list("patient", flat=True).distinct())
        return {
            one.coverage_id: standing(subject, one.patient_id, coverage_id=one.coverage_id)
            if one.patient_id in known
            else Standing(None, None)
            for one in asked
        }


def checks(subject: Subject, patient_id: str, *, limit: int = 20) -> list[EligibilityCheck]:
    """The checks of a patient, newest first."""
    with reading(subject):
        rows = EligibilityCheck.objects.filter(practice=subject.practice, patient=patient_id)
        found = list(rows.order_by("-id")[:limit])
        audit.record(subject, "R", "eligibility check", patient=patient_id)
    return found


def estimate(
    subject: Subject,
    check: EligibilityCheck,
    lines: Iterable[tuple[str, Decimal]],
    *,
    before: Iterable[rules.Before] = (),
) -> rules.Estimate:
    """What the patient will owe for ``lines`` of (procedure code, allowed dollars), by that check.

    ``before`` are the claims that the payer has and has not decided.

    The copay on the card stands in for one that the payer did not state. Where the policy is not active, or
    the payer did not answer, what the patient owes is unknown, and the reason says why. Where the practice is not in
    the payer's network (its setting ``out_of_network``), what the payer said of out of network counts.
    """
    priced = list(lines)
    if check.status != "active":
        allowed = sum((amount for _, amount in priced), Decimal("0.00"))
        why = check.reason or "the payer did not say whether the policy is active"
        return rules.Estimate(None, [], [why], allowed=allowed)
    card = coverage(subject, check.coverage, check.service_date)
    stated = benefits.loaded(check.benefits)
    with reading(subject):
        known = parties.known(subject, check.payer_id)
    outside = known is not None and bool((known.settings or {}).get("out_of_network"))
    stated = rules.out_of_network(stated) if outside else stated
    return rules.estimate(stated, priced, printed_copay=card.printed_copay, before=before)


def _last_answer(
    rows: QuerySet[EligibilityCheck], latest: EligibilityCheck | None, coverage_id: str
) -> EligibilityCheck | None:
    """The answer before a failed attempt, for the same policy."""
    policy = coverage_id or (latest.coverage if latest is not None else "")
    return rows.filter(coverage=policy, status__in=ANSWERS).first() if policy else None


def _counts(stored: Stored) -> bool:
    resource = stored.resource
    return isinstance(resource, r4.Coverage) and resource.status not in (
        "entered-in-error",
        "cancelled",
        "draft",
    )


def _view(subject: Subject, stored: Stored, day: date, subscriber: Person | None = None) -> CoverageView:
    resource = stored.resource
    assert isinstance(resource, r4.Coverage)
    organization, display = resources.payer_reference(resource)
    payer = parties.of_organization(subject, organization)
    effective, ends = resources.period(resource)
    rank = resource.order if isinstance(resource.order, int) else None
    return CoverageView(
        coverage_id=stored.id,
        patient_id=stored.patient,
        rank=rank or 1,
        payer_id=payer.payer_id if payer else "",
        payer_name=payer.name if payer else display or "unknown payer",
        filing_indicator=payer.filing_indicator if payer else "",
        member_id=resources.member_id(resource),
        group_number=resources.class_value(resource, "group"),
        plan_name=resources.class_value(resource, "plan", name=True),
        employer=resources.employer(resource),
        medicare_second=resources.medicare_second(resource),
        relationship=resources.relationship(resource),
        subscriber=subscriber or _subscriber(subject, stored.patient, resource),
        effective=effective,
        ends=ends,
        printed_copay=resources.printed_copay(resource),
        expired=ends is not None and ends < day,
        version=stored.version,
        notice=rules.notice(
            effective, ends, day, payer_known=payer is not None, payer_active=payer is None or payer.active
        ),
    )


def _subscriber(subject: Subject, patient_id: str, resource: r4.Coverage) -> Person:
    """Who holds the policy: the patient, or the RelatedPerson that the Coverage names."""
    kind, _, id = resources.subscriber_reference(resource).rpartition("/")
    try:
        if kind == "RelatedPerson":
            held: Person | None = remembered(_related(id))
            return held or person_of(store.read(subject, r4.RelatedPerson, id, why="subscriber"))
        return patient(subject, id or patient_id)
    except (NotFound, Gone):
        return Person()


def _subscriber_of(stored: Stored) -> tuple[str, str]:
    """The type and id of who holds a policy."""
    assert isinstance(stored.resource, r4.Coverage)
    kind, _, id = resources.subscriber_reference(stored.resource).rpartition("/")
    return kind, id or stored.patient
