"""Whatever is booked, moved and undone in whatever order: no lane overlaps, and the index is the record."""

from __future__ import annotations

import contextlib
import itertools
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling import commands, content, rules
from chartdesk.pms.scheduling.availability import Span, Taken, has_free_lane
from chartdesk.pms.scheduling.commands import BookingConflict
from chartdesk.pms.scheduling.models import AppointmentIndex, Booking, PatientBooking, Resource, Site
from chartdesk.record import store
from chartdesk.standards.fhir import r4

_weeks = itertools.count(1)

STARTS = st.integers(0, 14).map(lambda number: timedelta(minutes=10 * number))
BOOK = st.tuples(
    st.just("book"),
    st.integers(0, 3),
    st.integers(0, 1),
    STARTS,
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
MOVE = st.tuples(st.just("move"), st.integers(0, 9), STARTS, st.integers(0, 2))
OTHER = st.tuples(st.sampled_from(["cancel", "undo", "confirm", "check_in", "no_show"]), st.integers(0, 9))
SEQUENCES = st.lists(st.one_of(BOOK, BOOK, MOVE, OTHER), min_size=3, max_size=18)


class Day:
    """One day of the clinic, on which a sequence is played."""

    def __init__(self, clinic):
        self.clinic = clinic
        self.opens = clinic.at(9) + timedelta(weeks=next(_weeks))
        self.visits = []

    def play(self, action):
        name, *given = action
        if name != "book" and not self.visits:
            return
        evening = self.opens + timedelta(hours=6)
        with clock.at(evening if name in ("check_in", "no_show") else self.opens - timedelta(days=1)):
            getattr(self, f"_{name}", self._step)(*(given if name in ("book", "move") else (name, *given)))

    def _book(self, patient, provider, after, room, quick, permit):
        request = self.clinic.request(
            self.opens + after,
            patient,
            provider_id=(self.clinic.reed, self.clinic.park)[provider].resource_id,
            room_id=(None, self.clinic.room_1, self.clinic.room_2)[room],
            visit_type="quick" if quick else "office",
            overbook=permit,
            same_time=permit,
        )
        free = self._is_free(request)
        try:
            self.visits.append(commands.book(self.clinic.subject, request).appointment_id)
            assert free
        except BookingConflict:
            assert not free

    def _is_free(self, request):
        """What ought to be the answer, reckoned from the rows as they lie there."""
        minutes = 15 if request.visit_type == "quick" else 30
        span = Span(request.starts, request.starts + timedelta(minutes=minutes))
        extra = 1 if request.overbook and request.visit_type == "quick" else 0
        with transaction(self.clinic.subject):
            resources = Resource.objects.filter(pk__in=[request.provider_id, request.room_id or 0])
            for resource in resources:
                rows = Booking.objects.filter(resource=resource)
                taken = [Taken(row.lane, Span(row.starts, row.ends)) for row in rows]
                lanes = resource.lanes + (extra if resource.kind == "provider" else 0)
                if not has_free_lane(span, taken, lanes):
                    return False
            rows = PatientBooking.objects.filter(patient=request.patient_id)
            busy = any(span.overlaps(Span(row.starts, row.ends)) for row in rows)
            return request.same_time or not busy

    def _move(self, which, after, room):
        # What is refused is refused; what must hold is checked after the sequence.
        with contextlib.suppress(Conflict):
            commands.move(
                self.clinic.subject,
                self.visits[which % len(self.visits)],
                self.opens + after,
                room_id=(None, self.clinic.room_1, self.clinic.room_2)[room],
            )

    def _step(self, name, which):
        id = self.visits[which % len(self.visits)]
        given = ("does not come",) if name == "cancel" else ()
        with contextlib.suppress(Conflict):
            getattr(commands, name)(self.clinic.subject, id, *given)

    def check(self):
        with transaction(self.clinic.subject):
            index = {row.appointment: row for row in AppointmentIndex.objects.filter(appointment__in=self.visits)}
            bookings = list(Booking.objects.filter(appointment__in=self.visits).select_related("resource"))
            patients = list(PatientBooking.objects.filter(appointment__in=self.visits))
            places = dict(Site.objects.values_list("pk", "location"))
            for id in self.visits:
                self._check_visit(id, index[id], bookings, patients, places)
        _check_lanes([(row.resource_id, row.lane, row.starts, row.ends) for row in bookings])
        _check_lanes([(row.patient, row.lane, row.starts, row.ends) for row in patients])
        for row in bookings:
            assert row.lane < row.resource.lanes + (1 if row.resource.kind == "provider" else 0)

    def _check_visit(self, id, row, bookings, patients, places):
        stored = store.get(self.clinic.subject, "Appointment", id)
        resource = stored.resource
        assert isinstance(resource, r4.Appointment)
        visit = content.visit(resource)
        assert (row.starts, row.ends, row.status, row.version) == (
            visit.starts,
            visit.ends,
            visit.step,
            stored.version,
        )
        assert (row.patient, row.visit_type, row.reason, row.cancel_reason) == (
            visit.patient,
            visit.visit_type,
            visit.reason,
            visit.cancel_reason,
        )
        assert row.provider.practitioner == visit.practitioner
        expected = [places[row.site_id], *([row.room.location] if row.room else [])]
        assert list(visit.locations) == expected
        assert resource.status == rules.FHIR_STATUS[row.status]
        times = {step.name: step.at for step in visit.steps}
        assert (row.booked, row.confirmed, row.arrived, row.cancelled, row.no_show) == tuple(
            times.get(name) for name in ("booked", "confirmed", "arrived", "cancelled", "noshow")
        )
        mine = sorted((b.resource_id, b.starts, b.ends) for b in bookings if b.appointment == id)
        held = [row.provider_id, *([row.room_id] if row.room else [])] if row.status in rules.HOLDING else []
        assert mine == sorted((resource_id, row.starts, row.ends) for resource_id in held)
        assert len([p for p in patients if p.appointment == id]) == (1 if held else 0)


def _check_lanes(rows):
    for one, other in itertools.combinations(rows, 2):
        same_lane = one[:2] == other[:2]
        assert not (same_lane and one[2] < other[3] and other[2] < one[3]), (one, other)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(sequence=SEQUENCES)
def test_no_sequence_overlaps_a_lane_or_parts_index_and_record(clinic, sequence):
    day = Day(clinic)
    for action in sequence:
        day.play(action)
    day.check()
