"""What follows a written Coverage, whoever writes it."""

from __future__ import annotations

from chartdesk.kit import live, outbox
from chartdesk.pms.coverage import events, outcome, queries
from chartdesk.record import rules
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored


def register() -> None:
    """Follow the writes of Coverages, and keep the eligibility answers ours. Called once, at the start."""
    rules.after_write("Coverage", announce)
    rules.after_write("Patient", queries.patient_written)
    outcome.register()


def announce(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Say that a patient's insurance changed."""
    written = new or old
    patient_id = (new.patient if new else "") or (old.patient if old else "")
    if written is None or not patient_id:
        return
    outbox.emit(
        subject,
        events.CHANGED,
        f"Patient/{patient_id}",
        {"patient_id": patient_id, "coverage_id": written.id},
        actor=subject.actor,
    )
    live.announce(subject, "coverage", patient_id)
