"""Holding visits against authorizations: one patient's after every change, all coming ones every night.

The rows say how each visit stands; the calendar, the day list and the work list read them. A patient's visits are
held together, under a lock, because they share the visits that are left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chartdesk.kit import clock, fetching, live, worklist
from chartdesk.kit.transactions import advisory_lock, forget, joined, transaction
from chartdesk.pms.authorizations import rules
from chartdesk.pms.authorizations.models import Authorization, Requirement, VisitAuthorization
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.pms.scheduling.models import AppointmentIndex
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

WORK = "authorization"
#: Days before today for which visits are held again: a number may come after the visit.
BACK = 120
#: Days for which coming visits are looked at every night, where the practice does not say otherwise.
AHEAD = 30
#: Statuses of visits that take place, or took place.
STANDS = ("booked", "confirmed", "arrived", "roomed", "departed")
_TOOK_PLACE = ("arrived", "roomed", "departed")


@dataclass
class _Patient:
    """What is known of one patient's visits."""

    visits: list[AppointmentIndex] = field(default_factory=list)
    rows: dict[str, VisitAuthorization] = field(default_factory=dict)
    policies: list[CoverageView] = field(default_factory=list)

    def payer_on(self, day: date) -> CoverageView | None:
        """The policy that is billed first on a day, of a payer that the practice knows."""
        running = [one for one in self.policies if one.covers(day) and one.payer_id]
        return min(running, key=lambda one: one.rank, default=None)


def requirements(subject: Subject) -> list[rules.Rule]:
    """The practice's rules about who needs one."""
    found = fetching.fetch(Requirement, "practice = %s ORDER BY id", [subject.practice])
    return [
        rules.Rule(
            one.pk, one.kind, one.payer_id, tuple(one.visit_types), tuple(one.codes), one.effective, one.ends, one.note
        )
        for one in found
    ]


def permit(one: Authorization) -> rules.Permit:
    """An authorization as the rules see it."""
    return rules.Permit(
        one.pk, one.kind, one.payer_id, one.state, one.number, one.visits, one.effective, one.expires, tuple(one.codes)
    )


def refresh(subject: Subject, patient_id: str) -> list[rules.Standing]:
    """Hold the visits of a patient against the authorizations; returns how each visit stands."""
    with joined(subject):
        advisory_lock("authorizations", subject.practice, patient_id)
        demands = requirements(subject)
        rows = VisitAuthorization.objects.filter(practice=subject.practice, patient=patient_id)
        known = _Patient(rows={one.appointment: one for one in rows})
        if not known.rows and not demands:
            return []
        today = clock.today(practice_of(subject).zone)
        known.visits = _visits(subject, patient_id)
        if not known.rows and not any(_may_need(demands, one) for one in known.visits):
            return []
        known.policies = coverages.coverages(subject, patient_id)
        permits = list(Authorization.objects.filter(practice=subject.practice, patient=patient_id))
        zone = ZoneInfo(practice_of(subject).zone)
        visits = [_visit(one, known, zone) for one in known.visits]
        found = rules.allocate(visits, [permit(one) for one in permits], demands)
        _keep(subject, patient_id, known, found)
        _work(subject, patient_id, found, today)
        forget(("authorizations", patient_id))  # what claims read in this transaction: see ``queries.hold``
        audit.record(subject, "E", "authorization", patient=patient_id, detail="visits held against authorizations")
    return found


def concerned(subject: Subject, patients: Collection[str]) -> list[str]:
    """Those of ``patients`` whose visits could need an authorization or are held against one, in their order."""
    with joined(subject):
        if requirements(subject):
            return sorted(patients)
        rows = VisitAuthorization.objects.filter(practice=subject.practice, patient__in=list(patients))
        return sorted(set(rows.values_list("patient", flat=True)))


def watch(subject: Subject) -> int:
    """Hold all coming visits against the authorizations; returns how many lack one. Run every night."""
    ahead = int(practice_of(subject).settings.get("authorization_days", AHEAD))
    with transaction(subject):
        today = clock.today(practice_of(subject).zone)
        demands = requirements(subject)
        coming = AppointmentIndex.objects.filter(
            practice=subject.practice,
            starts__gte=clock.now() - timedelta(days=1),
            starts__lt=clock.now() + timedelta(days=ahead),
            status__in=STANDS,
        )
        known = VisitAuthorization.objects.filter(practice=subject.practice, day__gte=today)
        planned = set(known.values_list("patient", flat=True))
        patients = sorted({one.patient for one in coming if _may_need(demands, one)} | planned)
        past = VisitAuthorization.objects.filter(practice=subject.practice, day__lt=today).exclude(problem="")
        worklist.close_items(subject, WORK, past.values_list("appointment", flat=True), by=subject.actor)
    lacking = 0
    for one in patients:  # each in a transaction of its own: one patient's lock is not held for all
        with transaction(subject):
            lacking += sum(bool(standing.problem) for standing in refresh(subject, one))
    return lacking


def _visits(subject: Subject, patient_id: str) -> list[AppointmentIndex]:
    since = clock.now() - timedelta(days=BACK)
    used = VisitAuthorization.objects.filter(
        practice=subject.practice, patient=patient_id, authorization__isnull=False
    ).values("appointment")
    rows = AppointmentIndex.objects.filter(practice=subject.practice, patient=patient_id, status__in=STANDS)
    return list((rows.filter(starts__gte=since) | rows.filter(appointment__in=used)).order_by("starts", "appointment"))


def _may_need(demands: Iterable[rules.Rule], row: AppointmentIndex) -> bool:
    """Whether any payer could want one for such a visit: looked at before anything is read about the patient."""
    return any(row.visit_type in one.visit_types or not (one.visit_types or one.codes) for one in demands)


def _visit(row: AppointmentIndex, known: _Patient, zone: ZoneInfo) -> rules.Visit:
    day = row.starts.astimezone(zone).date()
    held, policy = known.rows.get(row.appointment), known.payer_on(day)
    return rules.Visit(
        appointment=row.appointment,
        day=day,
        payer_id=policy.payer_id if policy else "",
        visit_type=row.visit_type,
        codes=tuple(held.codes) if held else (),
        took_place=row.status in _TOOK_PLACE,
        held=held.authorization_id if held else None,
        chosen=bool(held and held.chosen),
    )


def _keep(subject: Subject, patient_id: str, known: _Patient, found: Sequence[rules.Standing]) -> None:
    """Write what differs; rows of visits that need nothing, or do not take place, go or lose their authorization."""
    stands = {one.visit.appointment for one in found}
    for row in known.rows.values():
        if row.appointment in stands:
            continue
        if row.codes:
            _write(subject, row, authorization_id=None, chosen=False, used=False, kind="", problem="", detail="")
        else:
            row.delete()
    for one in found:
        held = known.rows.get(one.visit.appointment)
        if one.rule is None and one.permit is None and not (held and held.codes):
            if held is not None:
                held.delete()
            continue
        policy = known.payer_on(one.visit.day)
        row = held or VisitAuthorization(
            practice=subject.practice, appointment=one.visit.appointment, patient=patient_id, day=one.visit.day
        )
        _write(
            subject, row, day=one.visit.day, coverage=policy.coverage_id if policy else "",
            payer_id=one.visit.payer_id, kind=one.rule.kind if one.rule else "",
            requirement=one.rule.id if one.rule else None, authorization_id=one.permit,
            used=one.permit is not None and one.visit.took_place, problem=one.problem, detail=one.detail,
        )  # fmt: skip


def _write(subject: Subject, row: VisitAuthorization, **values: Any) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed or row.pk is None:
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
        live.announce(subject, "day", row.day.isoformat())


def _work(subject: Subject, patient_id: str, found: Sequence[rules.Standing], today: date) -> None:
    """One item for each coming visit that lacks one; gone when it does not any more, or the day has passed."""
    lacking = [one for one in found if one.problem and one.visit.day >= today]
    keys = {one.visit.appointment for one in lacking}
    open_keys = worklist.items(subject, kinds=[WORK], about=f"Patient/{patient_id}").values_list("key", flat=True)
    stale = set(open_keys) - keys
    if stale:
        worklist.close_items(subject, WORK, stale, by=subject.actor)
    if not lacking:
        return
    worklist.raise_items(
        subject,
        [
            worklist.Task(
                kind=WORK, key=one.visit.appointment, role=Role.FRONT_DESK.value,
                title=f"Visit on {one.visit.day:%b %-d, %Y}: "
                + rules.flag(one.problem, one.rule.kind if one.rule else "authorization"),
                detail=" ".join(filter(None, [one.detail, one.rule.note if one.rule else ""])),
                cure=rules.CURES[one.problem], about=f"Patient/{patient_id}", link=("authorizations", patient_id),
                due=one.visit.day,
            )
            for one in lacking
        ],
    )  # fmt: skip
