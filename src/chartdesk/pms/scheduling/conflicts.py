"""A booking that cannot be: what stands in its way, in words, and where it would fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chartdesk.kit.errors import Conflict
from chartdesk.pms.scheduling.rules import clock_time, when
from chartdesk.standards.fhir import Issue

#: How many alternatives a refusal offers.
OFFERED = 5


@dataclass(frozen=True)
class Opening:
    """A time that is free. ``room_id`` is set where a room was asked for."""

    provider_id: int
    provider_name: str
    site_id: int
    starts: datetime
    ends: datetime
    room_id: int | None = None
    site_name: str = ""
    room_name: str = ""


@dataclass(frozen=True)
class Overlap:
    """One booking in the way. ``what`` is the provider's or the room's name, or "The patient".

    ``patient`` names whose booking it is, where the subject may know; else it is empty.
    """

    what: str
    starts: datetime
    ends: datetime
    kind: Literal["provider", "room", "patient"]
    appointment_id: str = ""
    patient: str = ""

    def sentence(self, zone: str) -> str:
        verb = "has another visit" if self.kind == "patient" else "is taken"
        return f"{self.what} {verb} {when(self.starts, self.ends, zone)}."


class BookingConflict(Conflict):
    """The time is taken. ``conflicts`` are all bookings in the way, ``alternatives`` the nearest free times.

    ``only_patient`` says that nothing but the patient's own other visit is in the way: booking again with
    ``same_time=True`` then goes through.
    """

    def __init__(self, conflicts: Sequence[Overlap], alternatives: Sequence[Opening], zone: str) -> None:
        self.conflicts = tuple(conflicts)
        self.alternatives = tuple(alternatives)
        self._zone = zone
        self.only_patient = all(item.kind == "patient" for item in conflicts)
        sentences = [item.sentence(zone) for item in self.conflicts]
        cure = _offers(self.alternatives, zone)
        if self.only_patient:
            cure = f"Confirm that both visits are meant, or choose another time. {cure}"
        super().__init__(
            " ".join(sentences),
            cure=cure,
            where="Appointment.start",
            issues=[Issue("error", "conflict", "Appointment.start", sentence) for sentence in sentences],
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return BookingConflict, (self.conflicts, self.alternatives, self._zone)


class OutsideHours(Conflict):
    """The time may be free, but it is outside of working hours. ``alternatives`` are the nearest free times.

    Booking again with ``outside_hours=True`` goes through for those who may permit it.
    """

    def __init__(self, reason: str, alternatives: Sequence[Opening], zone: str) -> None:
        self._zone = zone
        self.reason = reason
        self.alternatives = tuple(alternatives)
        super().__init__(
            reason,
            cure=_offers(self.alternatives, zone),
            where="Appointment.start",
            issues=[Issue("error", "business-rule", "Appointment.start", reason)],
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return OutsideHours, (self.reason, self.alternatives, self._zone)


def _offers(alternatives: Sequence[Opening], zone: str) -> str:
    offers = "; ".join(_offer(item, zone) for item in alternatives)
    return f"Nearest free times: {offers}." if offers else "Look for another day or another provider."


def _offer(item: Opening, zone: str) -> str:
    room = f" ({item.room_name})" if item.room_name else ""
    day = when(item.starts, item.ends, zone).partition(",")[0]
    return f"{day} {clock_time(item.starts, zone)} with {item.provider_name}{room}"
