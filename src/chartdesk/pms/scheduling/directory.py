"""From the references of an Appointment to the practice's own providers, rooms, sites and visit types."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.pms.scheduling.content import Actor, Visit
from chartdesk.pms.scheduling.models import Resource, Site, VisitType
from chartdesk.record.access.subject import Subject


@dataclass(frozen=True)
class Cast:
    """Who and what takes part. ``visit_type`` is None where the Appointment names none of ours."""

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
    wanted = Q(kind="room", location__in=visit.locations)
    if visit.practitioner:
        wanted |= Q(kind="provider", practitioner=visit.practitioner)
    found = list(Resource.objects.select_related("site").filter(wanted, practice=subject.practice))
    provider = next((row for row in found if row.kind == "provider"), None)
    room = next((row for row in found if row.kind == "room"), None)
    site = (
        _site(subject, visit, room) or (room.site if room else None) or (provider.site if provider else None)
    )
    if room and site and room.site_id != site.pk:
        raise Invalid(
            f"{room.name} is not at {site.name}.",
            where="Appointment.participant",
            cure="Choose a room there.",
        )
    return Cast(provider, room, site, _visit_type(subject, visit.visit_type))


def _site(subject: Subject, visit: Visit, room: Resource | None) -> Site | None:
    named = [location for location in visit.locations if room is None or location != room.location]
    if not named:
        return None
    site = Site.objects.filter(practice=subject.practice, location__in=named).first()
    if site is None:
        raise Invalid(
            f"Location/{named[0]} is neither a site nor a room of this practice.",
            where="Appointment.participant",
            cure="Name one that is, or leave it out.",
        )
    return site


def _visit_type(subject: Subject, code: str) -> VisitType | None:
    return visit_type(subject, code) if code else None


def visit_type(subject: Subject, code: str) -> VisitType:
    """The visit type with that code. Raises Invalid."""
    found = VisitType.objects.filter(practice=subject.practice, code=code).first()
    if found is None:
        raise Invalid(
            f"There is no visit type {code!r}.",
            where="Appointment.serviceType",
            cure="Choose one of the list.",
        )
    return found


def resource(subject: Subject, pk: int, kind: str) -> Resource:
    """The provider or room with that number, its site with it. Raises NotFound."""
    found = (
        Resource.objects.select_related("site").filter(practice=subject.practice, kind=kind, pk=pk).first()
    )
    if found is None:
        raise NotFound(f"There is no {kind} {pk}.", cure="Choose one of the list.", where=kind)
    return found


def any_resource(subject: Subject, pk: int) -> Resource:
    """The provider or room with that number. Raises NotFound."""
    found = Resource.objects.filter(practice=subject.practice, pk=pk).first()
    if found is None:
        raise NotFound(
            f"There is no provider or room {pk}.", cure="Choose one of the list.", where="resource"
        )
    return found


def site(subject: Subject, pk: int) -> Site:
    """The site with that number. Raises NotFound."""
    found = Site.objects.filter(practice=subject.practice, pk=pk).first()
    if found is None:
        raise NotFound(f"There is no site {pk}.", cure="Choose one of the list.", where="site")
    return found
