"""Eligibility questions by the file (270), carried to the clearinghouse and back like claims.

Every night the policies of the coming visits are asked about: a payer that answers files gets one file, the others
are asked one by one in real time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from chartdesk.kit import clock
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.claims import acknowledgements, events, partner, unread
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.coverage import batches, eligibility
from chartdesk.pms.coverage.batches import Due
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

KIND = "270"
#: Days ahead whose visits are asked about, where the practice does not say otherwise.
AHEAD = 2
_COMING = ("booked", "confirmed")


@dataclass
class Asked:
    """How many policies were asked about: in files, and one by one."""

    in_files: int = 0
    files: int = 0
    one_by_one: int = 0


def connect() -> None:
    """Take the answers that come in files. Safe to call twice."""
    acknowledgements.register("271", receive)
    acknowledgements.when_refused(KIND, refused)


def ask_coming(subject: Subject, days: int | None = None) -> Asked:
    """Ask about the visits of the coming days that have no answer yet; ``days`` None as the practice has set it.

    Again is harmless: what was asked about is not asked again.
    """
    ahead = int(practice_of(subject).settings.get("eligibility_days", AHEAD)) if days is None else days
    zone = ZoneInfo(practice_of(subject).zone)
    today = clock.today(practice_of(subject).zone)
    visits = [
        (one.appointment_id, one.patient_id, one.starts.astimezone(zone).date())
        for number in range(1, ahead + 1)
        for one in scheduling.day(subject, today + timedelta(days=number), statuses=_COMING)
    ]
    waiting: dict[str, list[Due]] = {}
    for one in batches.due(subject, visits):
        waiting.setdefault(one.policy.payer_id, []).append(one)
    asked = Asked()
    for payer_id, due in sorted(waiting.items()):
        if batches.by_file(subject, payer_id):
            number = _file(subject, due)
            asked.in_files += number
            asked.files += bool(number)
            continue
        for one in due:
            eligibility.check(subject, one.policy.coverage_id, service_date=one.day, appointment_id=one.appointment)
            asked.one_by_one += 1
    return asked


def _file(subject: Subject, due: Sequence[Due]) -> int:
    """One payer's file, kept and announced; returns the number of questions in it."""
    with transaction(subject):
        advisory_lock("eligibility file", subject.practice)
        fresh = batches.due(subject, [(one.appointment, one.policy.patient_id, one.day) for one in due])
        wanted = {(one.policy.coverage_id, one.appointment) for one in due}
        fresh = [one for one in fresh if (one.policy.coverage_id, one.appointment) in wanted]
        if not fresh:
            return 0
        practice = practice_of(subject)
        control, group = next_number(subject, "x12 interchange"), next_number(subject, "x12 group")
        file = Interchange.objects.create(
            practice=subject.practice, direction="out", kind=KIND,
            name=f"{practice.slug}-{control:09d}-{KIND}.x12", control_number=control, group_number=group,
            content=b"", digest=f"{subject.practice}/{control}", status="built", at=clock.now(),
        )  # fmt: skip
        text, count = batches.ask(subject, partner.envelope(practice, control, group), file.pk, fresh)
        if not count:
            file.delete()
            return 0
        file.content, file.digest = text, hashlib.sha256(text).hexdigest()
        file.detail = f"{count} eligibility questions to {fresh[0].policy.payer_name}"
        file.save()
        events.announce_file(subject, file.pk)
    return count


def receive(subject: Subject, file: Interchange) -> None:
    """Read a file of answers, in the transaction that reads it."""
    for name in batches.receive(subject, bytes(file.content)):
        unread.raise_unmatched(subject, file.pk, f"A 271 answers question {name}, which was not asked.", name)


def refused(subject: Subject, file: Interchange) -> None:
    """The clearinghouse refused a file of questions: they count as not asked, and somebody looks at it."""
    batches.refused(subject, file.pk)
    unread.raise_file(subject, file.pk, f"{file.name} was refused: {file.detail}", "Look at the answer beside it.")
