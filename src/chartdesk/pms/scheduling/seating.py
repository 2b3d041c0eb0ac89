"""Taking and giving back time: the booking rows, whose exclusion constraints decide.

A booking is inserted, never looked for first. ``ON CONFLICT DO NOTHING`` lets the constraint answer without
an error; what it refused is tried in the next lane that is permitted. Before that, the days of every
provider, room and patient concerned are locked, the old ones too and always in the same order, so that two
who move visits past each other wait instead of blocking each other. The locks only keep the peace: without
them the constraints would still let no two visits overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import psycopg

from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling.models import LONGEST
from chartdesk.pms.scheduling.timetable import array
from chartdesk.record import database
from chartdesk.record.access.subject import Subject

#: Lanes for visits of one patient at one time that somebody confirmed.
PATIENT_LANES = 9
_TRIES = 4

_LOCK = """
    SELECT pg_advisory_xact_lock(key)
      FROM (SELECT DISTINCT hashtextextended(named, 0) AS key
              FROM unnest(%(keys)b::text[]) AS named
             ORDER BY 1) AS keys
"""
_HELD = """
    SELECT resource_id::text, starts, ends
      FROM scheduling_booking WHERE practice = %(practice)s AND appointment = %(id)b
     UNION ALL
    SELECT patient, starts, ends
      FROM scheduling_patientbooking WHERE practice = %(practice)s AND appointment = %(id)b
"""
_RELEASE = """
    WITH places AS (DELETE FROM scheduling_booking WHERE practice = %(practice)s AND appointment = %(id)b)
    DELETE FROM scheduling_patientbooking WHERE practice = %(practice)s AND appointment = %(id)b
"""
_TAKE = """
    INSERT INTO scheduling_booking (practice, resource_id, lane, starts, ends, appointment)
    SELECT %(practice)s, r, %(lane)s, %(starts)s, %(ends)s, %(id)b
      FROM unnest(%(resources)s::int4[]) AS r
     ORDER BY r
        ON CONFLICT DO NOTHING
    RETURNING resource_id
"""
_TAKE_PATIENT = """
    INSERT INTO scheduling_patientbooking (practice, patient, lane, starts, ends, appointment)
    VALUES (%(practice)s, %(patient)b, %(lane)s, %(starts)s, %(ends)s, %(id)b)
        ON CONFLICT DO NOTHING
    RETURNING lane
"""
_IN_THE_WAY = """
    SELECT b.resource_id, b.starts, b.ends, b.appointment, coalesce(i.patient, '')
      FROM scheduling_booking b
      LEFT JOIN scheduling_appointmentindex i ON i.practice = b.practice AND i.appointment = b.appointment
     WHERE b.practice = %(practice)s AND b.resource_id = ANY(%(resources)s::int4[])
       AND b.appointment <> %(id)b AND b.starts < %(ends)s AND b.starts > %(earliest)s AND b.ends > %(starts)s
     ORDER BY b.starts, b.resource_id
"""
_PATIENT_ELSEWHERE = """
    SELECT NULL::int4, starts, ends, appointment, patient
      FROM scheduling_patientbooking
     WHERE practice = %(practice)s AND patient = %(patient)b AND appointment <> %(id)b
       AND starts < %(ends)s AND starts > %(earliest)s AND ends > %(starts)s
     ORDER BY starts
"""


@dataclass(frozen=True)
class Seat:
    """What a visit needs: its time, and the resources (id → lanes it may use) that it takes for it.

    ``same_time`` says that the patient's other visit at the time is known and meant, ``fresh`` that the
    appointment is new and holds nothing yet.
    """

    appointment: str
    patient: str
    starts: datetime
    ends: datetime
    resources: dict[int, int]
    same_time: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class InTheWay:
    """A booking that overlaps. ``resource`` is None where it is the patient's own other visit."""

    resource: int | None
    starts: datetime
    ends: datetime
    appointment: str
    patient: str
    kind: Literal["resource", "patient"]


class _RefusedError(Exception):
    def __init__(self, in_the_way: list[InTheWay]) -> None:
        self.in_the_way = in_the_way


def take(subject: Subject, seat: Seat) -> list[InTheWay]:
    """Give the visit its time, and give back what it held before. Returns every booking in the way.

    Where anything is in the way nothing has changed, and no lock is held. Raises Conflict where others
    blocked this four times by booking in another order.
    """
    for _ in range(_TRIES):
        try:
            with transaction(subject):
                _take(subject, seat)
            return []
        except _RefusedError as refused:
            # Nothing to name means that it was given back a moment ago.
            if refused.in_the_way:
                return refused.in_the_way
        except psycopg.errors.DeadlockDetected:
            continue
    raise Conflict("Others are booking the same times at this moment.", cure="Try again.")


def release(subject: Subject, appointment: str) -> None:
    """Give back all the time that the appointment holds; nothing where it holds none."""
    database.execute(_RELEASE, {"practice": subject.practice, "id": appointment})


def _take(subject: Subject, seat: Seat) -> None:
    values = {
        "practice": subject.practice,
        "id": seat.appointment,
        "patient": seat.patient,
        "starts": seat.starts,
        "ends": seat.ends,
        "earliest": seat.starts - LONGEST,
    }
    _lock(subject, seat, () if seat.fresh else database.rows(_HELD, values))
    if not seat.fresh:
        release(subject, seat.appointment)
    refused = _take_lanes(seat, values)
    in_the_way: list[InTheWay] = []
    if refused:
        found = database.rows(_IN_THE_WAY, {**values, "resources": array(refused)})
        in_the_way += [
            InTheWay(resource, starts, ends, appointment, patient, "resource")
            for resource, starts, ends, appointment, patient in found
        ]
    in_the_way += _take_patient(seat, values)
    if refused or in_the_way:
        raise _RefusedError(in_the_way)


def _take_lanes(seat: Seat, values: dict[str, object]) -> set[int]:
    """Take the first free lane of each resource; returns the resources that have none."""
    waiting = set(seat.resources)
    lane = 0
    while wanted := [resource for resource in waiting if lane < seat.resources[resource]]:
        taken = database.rows(_TAKE, {**values, "lane": lane, "resources": array(wanted)})
        waiting -= {row[0] for row in taken}
        lane += 1
    return waiting


def _take_patient(seat: Seat, values: dict[str, object]) -> list[InTheWay]:
    """Take the patient's time; returns the patient's other visits at the time unless they are meant."""
    for lane in range(PATIENT_LANES if seat.same_time else 1):
        if database.row(_TAKE_PATIENT, {**values, "lane": lane}):
            if seat.same_time:
                return []
            break
    # Also after a free lane: a visit that was once confirmed beside another may be alone in a higher one.
    return [
        InTheWay(resource, starts, ends, appointment, patient, "patient")
        for resource, starts, ends, appointment, patient in database.rows(_PATIENT_ELSEWHERE, values)
    ]


def _lock(subject: Subject, seat: Seat, held: Iterable[tuple[str, datetime, datetime]]) -> None:
    wanted = [(str(resource), seat.starts, seat.ends) for resource in seat.resources]
    keys = [
        f"booking/{subject.practice}/{who}/{day}"
        for who, starts, ends in [*held, *wanted, (seat.patient, seat.starts, seat.ends)]
        for day in _days(starts, ends)
    ]
    database.execute(_LOCK, {"keys": keys})


def _days(starts: datetime, ends: datetime) -> set[str]:
    """The UTC dates that the span touches: one or two."""
    return {f"{starts:%Y%m%d}", f"{ends - timedelta(microseconds=1):%Y%m%d}"}
