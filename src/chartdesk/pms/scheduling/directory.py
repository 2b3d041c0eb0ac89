"""The practice's own providers, rooms, sites and visit types: by number, or by what an Appointment refers to.

A booking asks for all four in one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.pms.scheduling.content import Actor, Visit
from chartdesk.pms.scheduling.models import Resource, Site, VisitType
from chartdesk.record import database
from chartdesk.record.access.subject import Subject

_RESOURCE = ("id", "name", "lanes", "active", "practitioner", "location", "site_id", "kind")
_SITE = ("id", "name", "location", "place_of_service", "active")
_VISIT_TYPE = ("id", "code", "name", "minutes", "overbook_limit", "active")


def _columns(alias: str, names: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)


_CAST = f"""
    SELECT {_columns("p", _RESOURCE)}, {_columns("r", _RESOURCE)},
           {_columns("s", _SITE)}, {_columns("v", _VISIT_TYPE)}
      FROM (VALUES (1)) AS one
      LEFT JOIN scheduling_resource p ON p.practice = %(practice)s AND p.kind = 'provider'
            AND (p.id = %(provider)s::int4 OR p.practitioner = %(practitioner)b::text)
      LEFT JOIN scheduling_resource r ON r.practice = %(practice)s AND r.kind = 'room'
            AND (r.id = %(room)s::int4 OR r.location = ANY(%(locations)b::text[]))
      LEFT JOIN scheduling_site s ON s.practice = %(practice)s
            AND s.id = coalesce(
                %(site)s::int4,
                (SELECT n.id FROM scheduling_site n
                  WHERE n.practice = %(practice)s AND n.location = ANY(%(locations)b::text[])
                  LIMIT 1),
                r.site_id, p.site_id)
      LEFT JOIN scheduling_visittype v ON v.practice = %(practice)s AND v.code = %(visit_type)b
     LIMIT 1
"""
_KEEPING = "SELECT zone, coalesce(settings ->> 'mode', '') FROM access_practice WHERE id = %s"


@dataclass(frozen=True)
class Cast:
    """Who and what takes part. None is what was not named, or is not the practice's."""

    provider: Resource | None
    room: Resource | None
    site: Site | None
    visit_type: VisitType | None

    @property
    def places(self) -> list[Actor]:
        """The Locations of the Appointment: the site, then the room."""
        found = [Actor(self.site.location, self.site.name)] if self.site else []
        return [*found, Actor(self.room.location, self.room.name)] if self.room else found


def cast(subject: Subject, visit: Visit) -> Cast:
    """The rows behind ``visit``. The site is the one it names, else its room's, else the provider's own.

    Raises Invalid where a place or visit type is not the practice's, or the room stands at another site.
    """
    # No row has "-" as its code or reference; an empty text could match one that has none.
    found = _read(
        subject,
        practitioner=visit.practitioner or "-",
        locations=list(visit.locations),
        visit_type=visit.visit_type or "-",
    )
    room, site = found.room, found.site
    known = {place.location for place in (room, site) if place}
    stray = next((location for location in visit.locations if location not in known), None)
    if room and site and room.site_id != site.pk:
        raise Invalid(
            f"{room.name} is not at {site.name}.",
            where="Appointment.participant",
            cure="Choose a room there.",
        )
    if stray is not None:
        raise Invalid(
            f"Location/{stray} is neither a site nor a room of this practice, or one too many.",
            where="Appointment.participant",
            cure="Name one site and one room, or leave it out.",
        )
    if visit.visit_type and found.visit_type is None:
        raise _no_visit_type(visit.visit_type)
    return found


def chosen(subject: Subject, *, provider: int, site: int, room: int | None, visit_type: str) -> Cast:
    """The rows with these numbers and this code. Raises NotFound, Invalid for an unknown visit type."""
    found = _read(subject, provider=provider, site=site, room=room, visit_type=visit_type or "-")
    for row, pk, kind in (
        (found.provider, provider, "provider"),
        (found.site, site, "site"),
        (found.room, room, "room"),
    ):
        if pk is not None and row is None:
            raise _not_there(kind, pk)
    if found.visit_type is None:
        raise _no_visit_type(visit_type)
    return found


def zone(subject: Subject) -> str:
    """The practice's time zone, an IANA name."""
    return keeping(subject)[0]


def keeping(subject: Subject) -> tuple[str, str]:
    """The practice's time zone, and its mode: where it is ``ehr`` the schedule is kept elsewhere."""
    found = database.row(_KEEPING, [subject.practice])
    if found is None:
        raise NotFound(f"There is no practice {subject.practice}.")
    return str(found[0]), str(found[1])


def visit_type(subject: Subject, code: str) -> VisitType:
    """The visit type with that code. Raises Invalid."""
    found = VisitType.objects.filter(practice=subject.practice, code=code).first()
    if found is None:
        raise _no_visit_type(code)
    return found


def resource(subject: Subject, pk: int, kind: str | None = None) -> Resource:
    """The provider or room with that number, its site with it. Raises NotFound."""
    rows = Resource.objects.select_related("site").filter(practice=subject.practice, pk=pk)
    found = (rows.filter(kind=kind) if kind else rows).first()
    if found is None:
        raise _not_there(kind or "provider or room", pk)
    return found


def site(subject: Subject, pk: int) -> Site:
    """The site with that number. Raises NotFound."""
    found = Site.objects.filter(practice=subject.practice, pk=pk).first()
    if found is None:
        raise _not_there("site", pk)
    return found


def _read(subject: Subject, **wanted: Any) -> Cast:
    nothing: dict[str, Any] = {"provider": None, "practitioner": "-", "room": None, "locations": [], "site": None}
    row = database.row(_CAST, {**nothing, **wanted, "practice": subject.practice})
    assert row is not None
    cells = list(row)

    def take(model: Any, names: tuple[str, ...]) -> Any:
        values = dict(zip(names, cells, strict=False))
        del cells[: len(names)]
        return model(practice=subject.practice, **values) if values["id"] is not None else None

    return Cast(
        provider=take(Resource, _RESOURCE),
        room=take(Resource, _RESOURCE),
        site=take(Site, _SITE),
        visit_type=take(VisitType, _VISIT_TYPE),
    )


def _not_there(kind: str, pk: int) -> NotFound:
    return NotFound(f"There is no {kind} {pk}.", cure="Choose one of the list.", where=kind)


def _no_visit_type(code: str) -> Invalid:
    return Invalid(f"There is no visit type {code!r}.", where="Appointment.serviceType", cure="Choose one of the list.")
