"""Writing a summary of care or a referral from a patient's chart, as a C-CDA document in the chart.

What may leave the house: what the chart holds, without what was entered in error, and no number of social security.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from chartdesk.ehr.elements import clinician, meta, reference, stamp
from chartdesk.ehr.orders import attachments
from chartdesk.ehr.orders.content import AttachmentIn
from chartdesk.ehr.orders.resources import attachment as form_of
from chartdesk.ehr.reconciling import events
from chartdesk.ehr.reconciling.incoming import MEDIA_TYPE
from chartdesk.ehr.reconciling.models import Summary
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, search, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.record.merging import aliases
from chartdesk.standards import ccda
from chartdesk.standards.ccda import resources
from chartdesk.standards.ccda.document import Address, Document, Identifier, Name, Party, Section, Span
from chartdesk.standards.ccda.sections import BY_WORD
from chartdesk.standards.ccda.writing import Template
from chartdesk.standards.fhir import r4

MRN = "urn:chartdesk:mrn"
SUMMARY, REFERRAL = "summary", "referral"
_NPI = "2.16.840.1.113883.4.6"
_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
#: Results of so many years back go along.
_YEARS = 2
_LONGEST = 20_000
T = TypeVar("T", bound=r4.Resource)


@dataclass(frozen=True)
class Referral:
    """Whom a patient is referred to, and why. ``assessment`` is what we think of it."""

    name: str
    organization: str
    reason: str
    assessment: str = ""


def write_summary(subject: Subject, patient_id: str, *, recipient: str = "") -> int:
    """Write a Continuity of Care Document; returns the summary's number. ``recipient`` is who gets it, in words."""
    return _write(subject, patient_id, ccda.CCD, SUMMARY, recipient, (), ())


def write_referral(subject: Subject, patient_id: str, referral: Referral) -> int:
    """Write a Referral Note; returns the summary's number. Raises Invalid without a recipient's name or a reason."""
    name, reason = referral.name.strip(), referral.reason.strip()
    if not name or not reason:
        raise Invalid(
            "A referral needs whom it goes to, and why.",
            where="reason" if name else "name",
            cure="Name a person, and say what you ask for.",
        )
    if max(len(reason), len(referral.assessment)) > _LONGEST:
        raise Invalid("The text is too long.", where="reason", cure=f"At most {_LONGEST:,} characters.")
    *first, last = name.split()
    to = Party(Name(last, tuple(first)), referral.organization.strip())
    assessment = referral.assessment.strip() or "See the problem list."
    told = [
        Section("referral", BY_WORD["referral"].title, text=reason),
        Section("assessment", BY_WORD["assessment"].title, text=assessment),
    ]
    return _write(subject, patient_id, ccda.REFERRAL_NOTE, REFERRAL, str(to), (to,), told)


def _write(
    subject: Subject,
    patient_id: str,
    template: Template,
    kind: str,
    recipient: str,
    recipients: tuple[Party, ...],
    told: list[Section] | tuple[()],
) -> int:
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        patient_id = aliases.current(subject.practice, patient_id)
        document_id = new_id()
        given = _document(subject, patient_id, document_id, kind, recipients, told)
        content = ccda.write(given, template)
        key = attachments.keep(subject, patient_id, document_id, AttachmentIn(content, MEDIA_TYPE, given.title))
        store.put(subject, _reference(subject, patient_id, document_id, key, content, given, template), create=True)
        row = Summary.objects.create(
            practice=subject.practice,
            patient=patient_id,
            document=document_id,
            attachment=key,
            kind=kind,
            recipient=recipient,
            actor=subject.actor,
            name=subject.name,
            at=clock.now(),
        )
        audit.record(subject, "E", "summary of care", patient=patient_id, resource_id=document_id, detail=kind)
        events.written(subject, row.pk, document_id, patient_id)
        live.announce(subject, "chart", patient_id)
    return int(row.pk)


def sent(subject: Subject, summary_id: int, channel: str) -> None:
    """Note that a summary goes to a partner by ``channel``: a disclosure of the patient's data."""
    with transaction(subject):
        row = Summary.objects.select_for_update().get(practice=subject.practice, pk=summary_id)
        row.channel, row.sent = channel, clock.now()
        row.save(update_fields=["channel", "sent"])
        detail = f"sent by {channel}"
        audit.record(subject, "E", "summary of care", patient=row.patient, resource_id=row.document, detail=detail)


def _reference(
    subject: Subject,
    patient_id: str,
    document_id: str,
    key: str,
    content: bytes,
    given: Document,
    template: Template,
) -> r4.DocumentReference:
    form = form_of(key, AttachmentIn(content, MEDIA_TYPE, given.title), clock.now())
    coding = r4.Coding(system="http://loinc.org", code=template.loinc, display=template.title)
    category = r4.Coding(system=_CATEGORY, code="clinical-note", display="Clinical Note")
    return r4.DocumentReference(
        id=document_id,
        meta=meta("us-core-documentreference"),
        identifier=[r4.Identifier(system="urn:ietf:rfc:3986", value=f"urn:uuid:{given.id.root}")],
        status="current",
        docStatus="final",
        type=r4.CodeableConcept(coding=[coding], text=given.title),
        category=[r4.CodeableConcept(coding=[category])],
        subject=reference("Patient", patient_id),
        date=stamp(clock.now()),
        author=[clinician(subject)],
        description=given.title,
        content=[r4.DocumentReferenceContent(attachment=form)],
    )


def _document(
    subject: Subject,
    patient_id: str,
    document_id: str,
    kind: str,
    recipients: tuple[Party, ...],
    told: list[Section] | tuple[()],
) -> Document:
    practice = practice_of(subject)
    at = clock.now().astimezone(ZoneInfo(practice.zone)).isoformat(timespec="seconds")
    patient = store.read(subject, r4.Patient, patient_id, why="summary of care")
    base = base_of(practice)
    numbers = [Identifier(base, one.value) for one in patient.identifier if one.system == MRN and one.value]
    custodian = _custodian(practice)
    title = "Referral" if kind == REFERRAL else "Summary of care"
    sections = (*told, *gathered(subject, patient_id, base))
    return Document(
        title=f"{title} of {resources.name(patient.name)}",
        id=Identifier(document_id),
        at=at,
        patient=resources.patient(patient, numbers or [Identifier(base, f"Patient/{patient_id}")]),
        authors=(_author(subject, custodian, at),),
        custodian=custodian,
        recipients=recipients,
        care=Span(patient.birthDate or at, at),
        sections=sections,
    )


def base_of(practice: Practice) -> str:
    """The UUID under which a practice's own numbers leave the house: the same for the same NPI, wherever it is made."""
    return str(uuid5(NAMESPACE_OID, f"{_NPI}.{practice.npi}" if practice.npi else f"chartdesk:{practice.slug}"))


def _custodian(practice: Practice) -> Party:
    lines = tuple(line for line in (practice.line1, practice.line2) if line)
    return Party(
        organization=practice.name,
        identifiers=(Identifier(_NPI, practice.npi),) if practice.npi else (),
        address=Address(lines, practice.city, practice.state, practice.postal_code, "US"),
        telecoms=(f"tel:{practice.phone}",) if practice.phone else (),
    )


def _author(subject: Subject, custodian: Party, at: str) -> Party:
    found = None
    if subject.practitioner:
        found = store.read(subject, r4.Practitioner, subject.practitioner, why="summary of care")
    made = resources.party(found, subject.name, custodian.organization, at)
    return Party(
        made.name,
        custodian.organization,
        "",
        made.identifiers,
        made.address if made.address.lines else custodian.address,
        made.telecoms or custodian.telecoms,
        at,
    )


def gathered(subject: Subject, patient_id: str, base: str) -> list[Section]:
    """The sections of a patient's chart; one that holds nothing says so only where a document must have it."""
    conditions = list(_every(subject, r4.Condition, patient_id))
    listed = [one for one in conditions if _is(one.category, "problem-list-item")]
    by_id = {one.id or "": one for one in conditions}
    observed = list(_every(subject, r4.Observation, patient_id))
    signs = [one for one in observed if _is(one.category, "vital-signs")]
    lives = [one for one in observed if _is(one.category, "social-history")]
    since = clock.now().replace(tzinfo=None).isoformat()
    oldest = f"{int(since[:4]) - _YEARS}{since[4:10]}"
    tests = {one.id or "": one for one in observed if _is(one.category, "laboratory") and _at(one) >= oldest}
    reports = [one for one in _every(subject, r4.DiagnosticReport, patient_id) if _at(one) >= oldest]
    made = {
        "problems": resources.problems(listed, base),
        "allergies": resources.allergies(_every(subject, r4.AllergyIntolerance, patient_id), base),
        "medications": resources.medications(_every(subject, r4.MedicationRequest, patient_id), base),
        "results": resources.results(reports, tests, base),
        "vitals": resources.vitals(signs, base)[:10],
        "immunizations": resources.immunizations(_every(subject, r4.Immunization, patient_id), base),
        "procedures": resources.procedures(_every(subject, r4.Procedure, patient_id), base),
        "social": resources.social(lives, base),
        "encounters": resources.encounters(_every(subject, r4.Encounter, patient_id), by_id, base),
        "plan": resources.plans(_every(subject, r4.ServiceRequest, patient_id), base),
    }
    return [Section(kind, BY_WORD[kind].title, items=items) for kind, items in made.items() if items]


def _at(found: r4.Observation | r4.DiagnosticReport) -> str:
    return found.effectiveDateTime or found.issued or ""


def _is(categories: object, code: str) -> bool:
    assert isinstance(categories, list | tuple)
    return any(item.code == code for category in categories for item in category.coding)


def _every(subject: Subject, kind: type[T], patient_id: str) -> Iterator[T]:
    for stored in search.all(subject, kind.__name__, [("patient", patient_id)]):
        if isinstance(stored.resource, kind):
            yield stored.resource
