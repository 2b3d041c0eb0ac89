"""What the story's clinicians do: they find the visit on their day list, write, sign and add."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.journeys.three_modes import story

from chartdesk.ehr.charting import commands as charting
from chartdesk.ehr.charting import queries as charts
from chartdesk.ehr.charting.content import WITHDRAWN
from chartdesk.ehr.charting.models import DayVisit
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import circumstances, stating
from chartdesk.pms.scheduling.models import Resource
from chartdesk.record.access.subject import Role, Subject


class EhrHalf:
    """The half that writes notes. It knows a visit by when it begins and who sees the patient."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def write(self, visit: str, starts: str, clinician: str, note: dict[str, Any]) -> None:
        """A draft, saved twice as drafts are."""
        who, encounter = self._visit(starts, clinician)
        found = charts.note(who, encounter)
        content = charting.NoteContent(
            sections={part.key: note["text"] for part in found.sections},
            diagnoses=[charting.Diagnosis(code) for code in note["diagnoses"]],
            procedures=[
                charting.Procedure(one["code"], one["modifiers"], Decimal(one["units"]), one["pointers"])
                for one in note["procedures"]
            ],
            minutes=note["minutes"],
            decision=note["decision"],
        )
        begun = replace(content, procedures=[])
        version = charting.save_note(who, found.note_id, begun, version=found.version)
        if note["came"]:
            with transaction(self.subject):
                row = DayVisit.objects.get(practice=self.subject.practice, encounter=encounter)
            stating.state_visit(who, row.appointment, circumstances.restored(note["came"]))
        charting.save_note(who, found.note_id, content, version=version)

    def sign(self, visit: str, starts: str, clinician: str) -> None:
        """The signature."""
        who, encounter = self._visit(starts, clinician)
        found = charts.note(who, encounter)
        charting.sign(who, found.note_id, version=found.version)

    def addend(self, visit: str, starts: str, clinician: str, text: str) -> None:
        """Something more about a signed visit."""
        who, encounter = self._visit(starts, clinician)
        charting.addend(who, charts.note(who, encounter).note_id, text)

    def day_list(self) -> list[list[Any]]:
        """Every visit that takes place, as the clinicians see it, by time. What a payer answered is not told across."""
        with transaction(self.subject):
            rows = DayVisit.objects.filter(practice=self.subject.practice).exclude(status__in=WITHDRAWN)
            return [
                [row.starts.isoformat(), row.patient_name, str(row.birth_date), row.sex, row.visit_type_name,
                 row.status, row.reason]
                for row in rows.order_by("starts", "practitioner")
            ]  # fmt: skip

    def _visit(self, starts: str, clinician: str) -> tuple[Subject, str]:
        """The clinician as a subject, and the visit's encounter. Raises NotFound while nobody told of the visit."""
        about = story.CLINICIANS[clinician]
        with transaction(self.subject):
            person = Resource.objects.get(practice=self.subject.practice, npi=about["npi"])
            rows = DayVisit.objects.filter(
                practice=self.subject.practice, practitioner=person.practitioner, starts=datetime.fromisoformat(starts)
            ).exclude(status__in=WITHDRAWN)
            row = rows.first()
        if row is None:
            raise NotFound(f"No visit of {about['family']} at {starts} is on the day list.")
        who = replace(
            self.subject,
            actor=f"system:{about['family']}",
            name=f"{about['given']} {about['family']}",
            roles=frozenset({Role.CLINICIAN, Role.SYSTEM}),
            practitioner=person.practitioner,
        )
        return who, row.encounter
