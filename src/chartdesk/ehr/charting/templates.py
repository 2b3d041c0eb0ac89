"""Note templates: what each kind of visit asks for, section by section.

Every template is a SOAP note: subjective, objective, assessment, plan. Templates differ in the titles and in
the questions that stand beside a section while it is empty. A practice may keep its own under the same code.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from chartdesk.ehr.charting.models import Template
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Role, Subject

#: The keys of the sections, in their order.
KEYS = ("subjective", "objective", "assessment", "plan")


@dataclass(frozen=True)
class Section:
    """One section: its key, its heading, and what to think of while writing it."""

    key: str
    title: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteTemplate:
    """A template with its four sections."""

    code: str
    name: str
    sections: tuple[Section, ...]

    def title(self, key: str) -> str:
        """The heading of a section."""
        return next((section.title for section in self.sections if section.key == key), key.capitalize())


def _soap(code: str, name: str, *sections: tuple[str, str]) -> NoteTemplate:
    """A template from (title, questions divided by bars), in the order of ``KEYS``."""
    return NoteTemplate(
        code,
        name,
        tuple(
            Section(key, title, tuple(questions.split("|")))
            for key, (title, questions) in zip(KEYS, sections, strict=True)
        ),
    )


BUILT_IN = {
    template.code: template
    for template in (
        _soap(
            "office",
            "Office visit",
            (
                "Subjective",
                "What brings the patient in, since when|How it developed, what helps|Symptoms asked about",
            ),
            ("Objective", "General appearance|Examination of the parts concerned|Results at hand"),
            (
                "Assessment",
                "What it is, in the order of importance|What else was considered|How problems stand",
            ),
            (
                "Plan",
                "Tests and referrals|Medicines started, changed, stopped|Advice given|When to come back",
            ),
        ),
        _soap(
            "new_patient",
            "New patient",
            (
                "Subjective",
                "What brings the patient in|Past illnesses, operations|Family's illnesses|Work, home, habits",
            ),
            ("Objective", "General appearance|Examination by system|Outside records reviewed"),
            ("Assessment", "Problems found, in the order of importance|Risks|What else was considered"),
            ("Plan", "For each problem|Records to ask for|Screening and vaccines due|When to come back"),
        ),
        _soap(
            "wellness",
            "Annual wellness visit",
            (
                "History and risks",
                "Concerns today|Changes since last year|Mood, falls, memory, hearing|Habits|Other clinicians",
            ),
            ("Objective", "Weight and blood pressure|Examination as age and risk ask for|Results at hand"),
            ("Assessment", "State of health|Risks found|Screening and vaccines: done and due"),
            (
                "Plan of prevention",
                "Screening ordered|Vaccines given or due|Advice agreed on|Next wellness visit",
            ),
        ),
        _soap(
            "follow_up",
            "Follow-up",
            ("Since last time", "How the problem went|Medicines taken as agreed|Side effects|New symptoms"),
            ("Objective", "Examination of the parts concerned|Results since the last visit"),
            ("Assessment", "Better, the same or worse|Goal reached or not"),
            ("Plan", "What goes on, changes, stops|Tests|When to come back"),
        ),
        _soap(
            "procedure",
            "Procedure",
            ("Before", "Why it is done|Risks and choices explained, consent given|Allergies, blood thinners"),
            (
                "Procedure",
                "Site and side|Cleaning and anesthetic|Steps|Blood loss, specimen|Condition afterwards",
            ),
            ("Assessment", "Finding|Complications or none"),
            ("Aftercare", "Care of the wound|Warning signs explained|Result to expect|When to come back"),
        ),
        _soap(
            "sick",
            "Sick visit",
            ("Subjective", "Symptoms and since when|Fever, cough, pain|Others who are ill|What was tried"),
            (
                "Objective",
                "Looks well or ill|Ears, nose, throat, neck|Heart and lungs|Skin, abdomen|Rapid tests",
            ),
            ("Assessment", "Likely cause|Signs of something worse: absent or present"),
            ("Plan", "Treatment|Fluids, rest, fever|Off work or school until|When to call or come back"),
        ),
    )
}
DEFAULT = "office"


def template_of(subject: Subject, code: str) -> NoteTemplate:
    """The practice's template of ``code``, else the built-in one, else the one for an office visit."""
    with transaction(subject):
        own = Template.objects.filter(practice=subject.practice, code=code).first()
    if own is not None:
        return _read(own)
    return BUILT_IN.get(code, BUILT_IN[DEFAULT])


def templates(subject: Subject) -> list[NoteTemplate]:
    """Every template that a visit type may name, by name."""
    with transaction(subject):
        own = {row.code: _read(row) for row in Template.objects.filter(practice=subject.practice)}
    return sorted({**BUILT_IN, **own}.values(), key=lambda template: template.name)


def set_template(subject: Subject, template: NoteTemplate) -> None:
    """Keep the practice's own ``template``. Raises Invalid unless it has the four sections in their order."""
    subject.require(Role.MANAGER, Role.CLINICIAN)
    if tuple(section.key for section in template.sections) != KEYS:
        raise Invalid(f"The template {template.code} does not have the sections {', '.join(KEYS)}.", where="sections")
    with transaction(subject):
        Template.objects.update_or_create(
            practice=subject.practice,
            code=template.code,
            defaults={"name": template.name, "sections": [asdict(section) for section in template.sections]},
        )


def _read(row: Template) -> NoteTemplate:
    sections: list[dict[str, Any]] = row.sections
    return NoteTemplate(
        row.code, row.name, tuple(Section(s["key"], s["title"], tuple(s["questions"])) for s in sections)
    )
