"""Exports as a client sees them: asking for one, how it stands, its files, giving it up, and their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from procrastinate.contrib.django import app

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Forbidden, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import audit, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.models import ApiClient, Practice
from chartdesk.record.access.subject import Role, Subject, system
from chartdesk.record.bulk import plans, shelf
from chartdesk.record.bulk.models import ExportFile, ExportJob
from chartdesk.record.bulk.plans import Wish

#: Exports that one client may have under way.
MOST = 3
#: The name under which the worker knows the job, and the lock that lets one run at a time.
TASK, LOCK = "bulk.export", "bulk-export"
UNDER_WAY = ("waiting", "running")


class Busy(ChartdeskError):
    """The client has as many exports under way as it may."""


@dataclass(frozen=True)
class Output:
    """A file of an export, as the manifest lists it."""

    name: str
    kind: str
    type: str
    count: int


@dataclass(frozen=True)
class Standing:
    """How an export stands. ``through`` and ``files`` are there when it is ``done``."""

    id: str
    state: str
    request: str
    expires: datetime
    done: int
    expected: int
    error: str
    through: datetime | None
    files: Sequence[Output]


def ask(subject: Subject, wish: Wish, request: str) -> str:
    """Have the worker export; returns the job's id. ``request`` is the address that was asked.

    Raises Busy, and Invalid, Forbidden and NotFound as ``plans.plan`` does.
    """
    with transaction(subject):
        made = plans.plan(subject, wish)
        rows = ExportJob.objects.filter(practice=subject.practice, actor=subject.actor, state__in=UNDER_WAY)
        if rows.count() >= MOST:
            raise Busy(f"{MOST} exports of yours are under way.", cure="Wait for one to end, or delete one.")
        plan = asdict(made)
        patients = plan.pop("patients")
        job = ExportJob.objects.create(
            practice=subject.practice,
            id=new_id(),
            state="waiting",
            actor=subject.actor,
            subject=_kept(subject),
            request=request,
            plan=plan,
            patients=patients,
            asked=clock.now(),
            expires=clock.now() + timedelta(hours=settings.EXPORT_HOURS),
        )
        audit.record(subject, "E", "bulk export", resource_id=job.pk, detail=f"asked for: {' '.join(made.types)}"[:500])
        app.configure_task(TASK, lock=LOCK, queueing_lock=f"{TASK} {job.pk}").defer(practice=job.practice, job=job.pk)
    return str(job.pk)


def standing(subject: Subject, id: str) -> Standing:
    """How the client's own export stands. Raises NotFound for another's, and for one that is no more."""
    with reading(subject):
        job = _own(subject, id)
        files = ExportFile.objects.filter(practice=subject.practice, job=job).order_by("section", "name")
        outputs = [Output(one.name, one.kind, one.type, one.count) for one in files] if job.state == "done" else []
        return Standing(
            job.pk, job.state, job.request, job.expires, job.done, job.expected, job.error, job.through, outputs
        )


def cancel(subject: Subject, id: str) -> None:
    """End the export and take its files away. Raises NotFound."""
    with transaction(subject):
        job = _own(subject, id)
        audit.record(subject, "D", "bulk export", resource_id=job.pk)
        job.delete()
    shelf.remove(subject.practice, id)


def file_of(subject: Subject, id: str, name: str) -> Path:
    """Where a file of a finished export lies; its fetching is noted.

    The token must reach what the job's did. Raises NotFound, Forbidden.
    """
    with transaction(subject):
        job = _own(subject, id)
        found = ExportFile.objects.filter(practice=subject.practice, job=job, name=name).first()
        path = shelf.path_of(subject.practice, job.pk, name)
        if job.state != "done" or found is None or not path.exists():
            raise NotFound("There is no such file.", cure="Ask how the export stands.")
        types = [found.type] if found.kind == "output" else list(job.plan["types"])
        for type in types:
            now = reach.of(subject, type, scopes.READ)
            if now is not None and now != reach.of(subject_of(job), type, scopes.READ):
                raise Forbidden("The token allows less than the export held.", cure="Use one with the same scopes.")
        audit.record(subject, "R", "bulk export", resource_id=job.pk, detail=f"file {name}, {found.count} resources")
    return path


def prune() -> int:
    """Take away what has expired; returns how many exports. Run by the worker."""
    count = 0
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with transaction(system(practice, "clean-up")):
            rows = ExportJob.objects.filter(practice=practice, expires__lt=clock.now())
            gone = list(rows.values_list("pk", flat=True))
            rows.delete()
        for id in gone:
            shelf.remove(practice, id)
        count += len(gone)
    return count


def under_way() -> list[tuple[int, str]]:
    """(practice, id) of the exports that are not done: the worker looks whether somebody is at work on them."""
    found = []
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with reading(system(practice, "export")):
            rows = ExportJob.objects.filter(practice=practice, state__in=UNDER_WAY).order_by("asked")
            found += [(practice, id) for id in rows.values_list("pk", flat=True)]
    return found


def subject_of(job: ExportJob) -> Subject:
    """Who asked for the export: it is carried out as that subject, with the scopes it had."""
    given: dict[str, Any] = dict(job.subject)
    roles = frozenset(Role(role) for role in given.pop("roles"))
    return Subject(practice=job.practice, roles=roles, scopes=frozenset(given.pop("scopes")), **given)


def check_active(subject: Subject) -> None:
    """Raise Forbidden where the program that asked has been shut out since."""
    kind, _, name = subject.actor.partition(":")
    if kind == "client" and not ApiClient.objects.filter(client_id=name.partition("/")[0], active=True).exists():
        raise Forbidden("The program that asked for the export is no longer allowed in.")


def _kept(subject: Subject) -> dict[str, Any]:
    names = ("actor", "name", "purpose", "origin", "request", "practitioner", "patient")
    return {
        **{name: getattr(subject, name) for name in names},
        "roles": sorted(subject.roles),
        "scopes": sorted(subject.scopes),
    }


def _own(subject: Subject, id: str) -> ExportJob:
    job = ExportJob.objects.filter(practice=subject.practice, pk=id, actor=subject.actor).first()
    if job is None or job.expires < clock.now():
        raise NotFound("There is no such export.", cure="It may have expired or been deleted. Ask for a new one.")
    return job
