"""The rules that every write of an Appointment passes, whoever writes it, and what follows it.

``check`` runs before the write: may the visit go this step, may it be at this time, is the time free? It
takes or gives back the time and returns the resource with its steps. ``follow`` runs after: the index row,
a notice to open pages, and the event. Both are registered with the record, so a command, a FHIR client and
a message from another system end in the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import content, directory, openings, rules, seating
from chartdesk.pms.scheduling.availability import Span, working
from chartdesk.pms.scheduling.conflicts import BookingConflict, OutsideHours, Overlap
from chartdesk.pms.scheduling.content import OUTSIDE_HOURS, OVERBOOK, SAME_TIME, Step, Visit
from chartdesk.pms.scheduling.directory import Cast
from chartdesk.pms.scheduling.models import LONGEST, Site
from chartdesk.pms.scheduling.objections import Wanted, closed, objection
from chartdesk.pms.scheduling.projections import follow
from chartdesk.pms.scheduling.rules import Refusal
from chartdesk.pms.scheduling.timetable import timetable
from chartdesk.record import rules as record_rules
from chartdesk.record.access import Role, Subject, modes
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

#: Who may permit a lane beyond the provider's own, or a time outside of working hours.
MAY_PERMIT = (Role.FRONT_DESK, Role.CLINICIAN, Role.MANAGER)
#: Who is told whose visit stands in the way.
MAY_KNOW = (Role.FRONT_DESK, Role.NURSE, Role.CLINICIAN, Role.BILLER, Role.MANAGER)


def register() -> None:
    """Let the record run these rules on every write of an Appointment."""
    record_rules.before_write("Appointment", check)
    record_rules.before_delete("Appointment", check_delete)
    record_rules.after_write("Appointment", follow)


@dataclass(frozen=True)
class _Write:
    """One write under examination."""

    subject: Subject
    id: str
    old: Visit | None
    new: Visit
    cast: Cast
    zone: str

    @property
    def span(self) -> Span:
        assert self.new.starts and self.new.ends
        return Span(self.new.starts, self.new.ends)

    @property
    def moved(self) -> bool:
        """Whether the visit was not where it is now: another time, provider, place or type."""
        return not self._held or self.old is None or _where(self.old) != _where(self.new)

    @property
    def retimed(self) -> bool:
        """Whether more than the room is new, so that hours and permissions count again."""
        old, new, site = self.old, self.new, self.cast.site
        if not self._held or old is None:
            return True
        same_site = site is None or site.location in old.locations
        return _where(old)[:-1] != _where(new)[:-1] or not same_site

    @property
    def returns(self) -> bool:
        """Whether a cancellation or a no-show is taken back, at the same time and place."""
        old = self.old
        return old is not None and bool(old.step) and not self._held and _where(old) == _where(self.new)

    @property
    def _held(self) -> bool:
        return self.old is not None and self.old.step in rules.HOLDING


def _where(visit: Visit) -> tuple[object, ...]:
    return visit.starts, visit.ends, visit.practitioner, visit.visit_type, sorted(visit.locations)


def check(subject: Subject, stored: Stored | None, resource: r4.Resource) -> r4.Resource | None:
    """The rule before a write; see the module. Raises BookingConflict, Conflict, Invalid and Forbidden."""
    assert isinstance(resource, r4.Appointment) and resource.id
    old = _before(stored)
    new = content.visit(resource)
    step = rules.step_meant(new.status, new.step, old.step if old else "")
    if not step or (step == "cancelled" and new.starts is None):
        return _not_a_visit(subject, resource, old)
    _must_be_whole(new, old)
    assert new.starts and new.ends
    resource = content.with_times(resource, new.starts, new.ends)
    zone, mode = directory.keeping(subject)
    cast = directory.cast(subject, new)
    if cast.site is None and cast.provider:
        cast = replace(cast, site=_site_by_hours(subject, cast.provider.pk, Span(new.starts, new.ends), zone))
    resource = content.with_locations(resource, cast.places) if cast.places else resource
    write = _Write(subject, resource.id or "", old, content.visit(resource), cast, zone)
    if mode == modes.EHR:
        return _as_told(write, resource, step)
    steps = _steps(write, step)
    if step in rules.HOLDING:
        _hold(write, step)
    else:
        seating.release(subject, write.id)
    if steps[-1].name not in ("cancelled", "noshow"):
        resource = content.with_cancel_reason(resource, "")
    return content.with_steps(resource, steps)


def _as_told(write: _Write, resource: r4.Appointment, step: str) -> r4.Appointment:
    """The visit where somebody else keeps the schedule: what they say has been decided there and holds no time here."""
    seating.release(write.subject, write.id)
    told, old = write.new.steps, write.old.steps if write.old else ()
    if told and told[-1].name == step and told != old:
        steps: Sequence[Step] = told
    else:
        names = [one.name for one in old]
        steps = old[: names.index(step) + 1] if step in names else (*old, Step(step, clock.now()))
    if step not in ("cancelled", "noshow"):
        resource = content.with_cancel_reason(resource, "")
    return content.with_steps(resource, steps)


def _site_by_hours(subject: Subject, provider: int, span: Span, zone: str) -> Site | None:
    """Where the provider works at that time, for a visit that does not say where it is."""
    day = content.local_date(span.starts, zone)
    table = timetable(subject, [provider], day, day, zone)
    stretches = working(table.week(provider), day, zone, holiday=day in table.holidays)
    found = next((item.site for item in stretches if item.span.holds(span)), None)
    return directory.site(subject, found) if found is not None else None


def check_delete(subject: Subject, stored: Stored) -> None:
    """A visit that took place is not deleted: charges and notes hang on it. Raises Conflict."""
    old = _before(stored)
    if old and old.step in ("arrived", "roomed", "departed"):
        raise Conflict(
            f"A visit that is {rules.STATES[old.step]} cannot be deleted.",
            cure="Correct it, or mark it entered-in-error.",
        )


def _before(stored: Stored | None) -> Visit | None:
    if stored is None or stored.deleted:
        return None
    assert isinstance(stored.resource, r4.Appointment)
    return content.visit(stored.resource)


def _not_a_visit(subject: Subject, resource: r4.Appointment, old: Visit | None) -> r4.Appointment | None:
    """A proposal, a place on a waiting list, or a mistake: it holds no time and has gone no step."""
    seating.release(subject, resource.id or "")
    return content.with_steps(resource, ()) if old and old.steps else None


def _must_be_whole(new: Visit, old: Visit | None) -> None:
    if not new.patient:
        raise Invalid("The visit has no patient.", where="Appointment.participant", cure="Name a Patient as actor.")
    if new.starts is None or new.ends is None or not new.starts < new.ends <= new.starts + LONGEST:
        raise Invalid(
            "A visit needs a start and a later end, at most 24 hours apart.",
            where="Appointment.start",
            cure="Give both.",
        )
    if old and old.patient and old.patient != new.patient:
        raise Conflict(
            "A visit stays with its patient.",
            where="Appointment.participant",
            cure="Cancel it and book one for the other patient.",
        )


def _steps(write: _Write, step: str) -> Sequence[Step]:
    """The steps of the visit after this write. Raises Conflict where the step is not possible."""
    old, now = write.old, clock.now()
    if old is None or not old.steps:
        return _first_steps(write, step)
    if step == old.step:
        return _stay(write, old)
    if len(old.steps) > 1 and old.steps[-2].name == step:
        return old.steps[:-1]
    _insist(rules.step_refusal(step, old.step))
    assert write.new.starts
    _insist(rules.too_early(rules.ACTION_TO[step], write.new.starts, now, write.zone))
    if _where(old)[:3] != _where(write.new)[:3]:
        _insist(rules.refusal("move", old.step))
    return (*old.steps, Step(step, now))


def _first_steps(write: _Write, step: str) -> Sequence[Step]:
    """A new visit. What Chartdesk itself brings in keeps its times; else each step is taken now."""
    if write.new.steps and write.new.step == step and write.subject.has(Role.SYSTEM):
        return write.new.steps
    moment = clock.now()
    return [Step(name, moment) for name in rules.WAY[step]]


def _stay(write: _Write, old: Visit) -> Sequence[Step]:
    """No step, but perhaps another time or place; a confirmation does not outlive another time."""
    if _where(old) == _where(write.new):
        return old.steps
    same_time = _where(old)[:3] == _where(write.new)[:3]
    _insist(rules.refusal("change_room" if same_time else "move", old.step))
    if old.step == "confirmed" and old.starts != write.new.starts:
        return old.steps[:-1]
    return old.steps


def _insist(refusal: Refusal | None) -> None:
    if refusal:
        raise _refused(refusal)


def _refused(refusal: Refusal) -> Conflict:
    return Conflict(refusal.message, cure=refusal.cure, where="Appointment.status")


def _hold(write: _Write, step: str) -> None:
    """Let the visit have its time, where it does not have it yet. Raises what stands against it."""
    if not write.moved:
        return
    over = step == "departed" and not (write.old and write.old.step)
    if write.cast.provider is not None:
        if not over and not write.returns:
            _insist_on_hours(write)
        _seat(write, over)
    elif not over:
        raise Invalid(
            "The visit has no provider of this practice.",
            where="Appointment.participant",
            cure="Name the Practitioner of a provider as actor.",
        )


def _insist_on_hours(write: _Write) -> None:
    provider, span = write.cast.provider, write.span
    assert provider is not None
    message = _objection(write)
    if message is None:
        return
    if OUTSIDE_HOURS not in write.new.allowances:
        offers = openings.alternatives(write.subject, _search(write), span, provider.pk)
        raise OutsideHours(message, offers, write.zone)
    if not write.subject.has(*MAY_PERMIT):
        raise Forbidden(f"{message} You may not book outside of working hours.", cure="Ask the front desk.")


def _objection(write: _Write) -> str | None:
    provider, room, site, kind = write.cast.provider, write.cast.room, write.cast.site, write.cast.visit_type
    assert provider is not None
    if not provider.active and write.retimed:
        return f"{provider.name} takes no visits any more."
    if write.retimed and write.span.starts < clock.now() - timedelta(days=1):
        return f"{rules.when(write.span.starts, write.span.ends, write.zone)} is in the past."
    day = content.local_date(write.span.starts, write.zone)
    table = timetable(write.subject, [provider.pk, *([room.pk] if room else [])], day, day, write.zone)
    wanted = Wanted(
        provider.name,
        site.pk if site else None,
        site.name if site else "",
        kind.code if kind else "",
        kind.name if kind else "this visit",
        write.span,
    )
    if write.retimed:
        message = objection(wanted, table.week(provider.pk), table.holidays.get(day), write.zone)
    else:
        message = None
    return message or (closed(room.name, write.span, table.week(room.pk), write.zone) if room else None)


def _seat(write: _Write, over: bool) -> None:
    """Take the time. Raises BookingConflict with everything in the way and the nearest free times.

    A visit that is ``over`` when it is first heard of takes any lane: it happened, whatever else did.
    """
    provider, room, span = write.cast.provider, write.cast.room, write.span
    assert provider is not None
    extra = seating.PATIENT_LANES if over else _extra_lanes(write)
    lanes = {provider.pk: provider.lanes + extra} | ({room.pk: room.lanes + extra * over} if room else {})
    same_time = over or SAME_TIME in write.new.allowances
    fresh = write.old is None
    seat = seating.Seat(write.id, write.new.patient, span.starts, span.ends, lanes, same_time, fresh)
    in_the_way = seating.take(write.subject, seat)
    if in_the_way:
        offers = openings.alternatives(write.subject, _search(write), span, provider.pk)
        raise BookingConflict(_overlaps(write, in_the_way), offers, write.zone)


def _extra_lanes(write: _Write) -> int:
    """Lanes beyond the provider's own, where overbooking is permitted and the visit type allows it."""
    kind = write.cast.visit_type
    if OVERBOOK not in write.new.allowances:
        return 0
    if write.subject.has(*MAY_PERMIT) or write.returns or not write.retimed:
        return kind.overbook_limit if kind else 0
    if write.old and OVERBOOK in write.old.allowances:
        return 0  # what was permitted for one time is not permitted for another
    raise Forbidden("You may not overbook.", cure="Choose a free time, or ask the front desk.")


def _overlaps(write: _Write, in_the_way: Sequence[seating.InTheWay]) -> list[Overlap]:
    may_know = write.subject.has(*MAY_KNOW)
    labels = registration.names(write.subject, [row.patient for row in in_the_way]) if may_know else {}
    provider, room = write.cast.provider, write.cast.room
    found = []
    for row in in_the_way:
        label = labels[row.patient].name if row.patient in labels else ""
        if row.kind == "patient":
            found.append(Overlap("The patient", row.starts, row.ends, "patient", row.appointment, label))
        elif room and row.resource == room.pk:
            found.append(Overlap(room.name, row.starts, row.ends, "room", row.appointment, label))
        elif provider:
            found.append(Overlap(provider.name, row.starts, row.ends, "provider", row.appointment, label))
    order = ("provider", "room", "patient")
    return sorted(found, key=lambda item: (order.index(item.kind), item.starts))


def _search(write: _Write) -> openings.Search:
    span, cast = write.span, write.cast
    return openings.Search(
        visit_type=cast.visit_type.code if cast.visit_type else "",
        minutes=int((span.ends - span.starts).total_seconds() // 60),
        providers=openings.providers(write.subject),
        site=cast.site.pk if cast.site else None,
        patient=write.new.patient,
        room=cast.room.pk if cast.room else None,
        but=write.id,
    )
