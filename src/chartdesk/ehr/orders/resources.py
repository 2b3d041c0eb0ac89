"""The FHIR resources of orders and results. Pure builders.

Profiles are those of US Core 6.1 (http://hl7.org/fhir/us/core/STU6.1): service request, diagnostic report for
laboratory results and for notes, laboratory and clinical result observations, document reference.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from chartdesk.ehr.elements import concept, meta, reference, stamp
from chartdesk.ehr.orders import rules
from chartdesk.ehr.orders.content import UCUM, AttachmentIn, Coded, DocumentIn, NewOrder, ObservationIn, ReportIn
from chartdesk.ehr.orders.models import CatalogItem
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

SNOMED = "http://snomed.info/sct"
IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
SECTION = "http://terminology.hl7.org/CodeSystem/v2-0074"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
DOCUMENT_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
#: Identifier systems of ours: the number of an order, and what names a report or document from outside.
NUMBER = "urn:chartdesk:order"
KEY = "urn:chartdesk:received"

#: Kind of order → code and words of SNOMED CT.
_ORDERED = {
    "lab": ("108252007", "Laboratory procedure"),
    "imaging": ("363679005", "Imaging"),
    "referral": ("3457005", "Patient referral"),
}
_SECTIONS = {"lab": ("LAB", "Laboratory"), "imaging": ("RAD", "Radiology"), "referral": ("OTH", "Other")}
_KNOWN_FLAGS = frozenset(
    "< > A AA B D DET E H HH HU HX I IND L LL LU LX N ND NEG NR NS POS R RR S SDD SYN-R SYN-S U W WR".split()
)
_COMPARATORS = frozenset({"<", "<=", ">=", ">"})


def named(*parts: str) -> str:
    """The id of a resource that is known by these parts for all time: the same parts name the same resource."""
    return "x" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def report_id(key: str) -> str:
    """The id of the DiagnosticReport under a report's key."""
    return named("report", key)


def document_id(key: str) -> str:
    """The id of the DocumentReference under a document's key."""
    return named("document", key)


def coded(found: Coded) -> r4.CodeableConcept:
    """A coded thing with its translations."""
    pairs = [(found.system, found.code), *found.also]
    codings = [
        r4.Coding(system=system or None, code=code, display=found.text or None if place == 0 else None)
        for place, (system, code) in enumerate(pairs)
        if code
    ]
    return r4.CodeableConcept(coding=codings or (), text=found.text or found.code or "not said")


def service_request(
    number: str, patient: str, item: CatalogItem, asked: NewOrder, requester: r4.Reference, at: datetime
) -> r4.ServiceRequest:
    """A new order of something of the catalog."""
    category, words = _ORDERED[item.kind]
    return r4.ServiceRequest(
        meta=meta("us-core-servicerequest"),
        identifier=[r4.Identifier(type=concept(IDENTIFIER_TYPE, "PLAC", "Order number"), system=NUMBER, value=number)],
        status="active",
        intent="order",
        category=[concept(SNOMED, category, words)],
        priority=asked.priority,
        code=coded(Coded(item.code, item.system, item.name)),
        subject=reference("Patient", patient),
        encounter=reference("Encounter", asked.encounter_id) if asked.encounter_id else None,
        authoredOn=stamp(at),
        requester=requester,
        performer=[r4.Reference(display=item.performer)] if item.performer else (),
        reasonCode=[concept(icd10.SYSTEM, code, text) for code, text in asked.diagnoses] or (),
        note=[r4.Annotation(text=asked.note)] if asked.note else (),
        patientInstruction=item.instructions or None,
    )


def specimen(patient: str, kind: str, taken: datetime) -> r4.Specimen:
    """What was taken for an order."""
    return r4.Specimen(
        status="available",
        type=r4.CodeableConcept(text=kind or "specimen"),
        subject=reference("Patient", patient),
        collection=r4.SpecimenCollection(collectedDateTime=stamp(taken)),
    )


def report(
    given: ReportIn,
    observations: Sequence[str],
    forms: Sequence[r4.Attachment],
    order: str,
) -> r4.DiagnosticReport:
    """The report with its observations by their ids. ``order`` is the id of the ServiceRequest, where one was asked."""
    section, words = _SECTIONS[given.kind]
    identifiers = [r4.Identifier(system=KEY, value=given.key)]
    if given.filler_number:
        filler = concept(IDENTIFIER_TYPE, "FILL", "Filler number")
        assigner = r4.Reference(display=given.source) if given.source else None
        identifiers.append(r4.Identifier(type=filler, value=given.filler_number, assigner=assigner))
    return r4.DiagnosticReport(
        id=report_id(given.key),
        meta=meta("us-core-diagnosticreport-lab" if given.kind == "lab" else "us-core-diagnosticreport-note"),
        identifier=identifiers,
        basedOn=[reference("ServiceRequest", order)] if order else (),
        status=given.status,
        category=[concept(SECTION, section, words)],
        code=coded(given.code),
        subject=reference("Patient", given.patient_id),
        effectiveDateTime=stamp(given.taken or given.issued),
        issued=stamp(given.issued),
        performer=[r4.Reference(display=given.source)] if given.source else (),
        result=[reference("Observation", one) for one in observations] or (),
        conclusion="\n".join(given.notes) or None,
        presentedForm=forms or (),
    )


def observation_id(report: str, one: ObservationIn) -> str:
    """The id of a value within its report."""
    return named("observation", report, one.code.system, one.code.code or one.code.text, one.sub_id)


def observation(given: ReportIn, one: ObservationIn) -> r4.Observation:
    """One value of a report."""
    lab = given.kind == "lab"
    moment = one.at or given.taken or given.issued
    flag = rules.flag(one)
    gone = one.status in rules.GONE
    has_value = one.number is not None or one.coded is not None or bool(one.text.strip())
    return r4.Observation(
        id=observation_id(report_id(given.key), one),
        meta=meta("us-core-observation-lab" if lab else "us-core-observation-clinical-result"),
        status=one.status,
        category=[
            concept(CATEGORY, "laboratory", "Laboratory") if lab else concept(CATEGORY, "imaging", "Imaging"),
        ],
        code=coded(one.code),
        subject=reference("Patient", given.patient_id),
        effectiveDateTime=stamp(moment),
        issued=stamp(given.issued),
        performer=[r4.Reference(display=given.source)] if given.source else (),
        valueQuantity=_quantity(one),
        valueCodeableConcept=coded(one.coded) if one.coded is not None and one.number is None else None,
        valueString=one.text.strip() if one.text.strip() and one.number is None and one.coded is None else None,
        dataAbsentReason=None if has_value else concept(ABSENT, "error" if gone else "unknown"),
        interpretation=[_interpretation(flag)] if flag else (),
        note=[r4.Annotation(text=text) for text in one.notes] or (),
        specimen=r4.Reference(display=given.specimen) if given.specimen else None,
        referenceRange=[_range(one.limits, one)] if one.limits else (),
    )


def _quantity(one: ObservationIn) -> r4.Quantity | None:
    if one.number is None:
        return None
    return r4.Quantity(
        value=one.number,
        comparator=one.comparator if one.comparator in _COMPARATORS else None,
        unit=one.unit or one.ucum or None,
        system=UCUM if one.ucum else None,
        code=one.ucum or None,
    )


def _interpretation(flag: str) -> r4.CodeableConcept:
    return concept(INTERPRETATION, flag, flag) if flag in _KNOWN_FLAGS else r4.CodeableConcept(text=flag)


def _range(words: str, one: ObservationIn) -> r4.ObservationReferenceRange:
    """The reference range: its numbers where it says any, and its words."""
    found = rules.limits(words) if one.number is not None else None

    def end(value: Decimal | None) -> r4.Quantity | None:
        return r4.Quantity(value=value, unit=one.unit or one.ucum or None) if value is not None else None

    return r4.ObservationReferenceRange(
        low=end(found.low) if found else None, high=end(found.high) if found else None, text=words
    )


def attachment(key: str, one: AttachmentIn, at: datetime) -> r4.Attachment:
    """What a resource says of bytes that lie beside the record. R4 defines the hash as SHA-1."""
    return r4.Attachment(
        contentType=one.media_type,
        url=f"Binary/{key}",
        size=len(one.content),
        hash=base64.b64encode(hashlib.sha1(one.content, usedforsecurity=False).digest()).decode(),
        title=one.title or None,
        creation=stamp(at),
    )


def document(given: DocumentIn, form: r4.Attachment, related: str) -> r4.DocumentReference:
    """A document from outside. ``related`` is the id of the one that it takes the place of."""
    relations = (
        [r4.DocumentReferenceRelatesTo(code="replaces", target=reference("DocumentReference", related))]
        if related
        else ()
    )
    wrong = given.status == "entered-in-error"
    return r4.DocumentReference(
        id=document_id(given.key),
        meta=meta("us-core-documentreference"),
        identifier=[r4.Identifier(system=KEY, value=given.key)],
        status="entered-in-error" if wrong else "current",
        docStatus=given.status,
        type=coded(given.code if given.code.words else Coded("34133-9", "http://loinc.org", "Document from outside")),
        category=[concept(DOCUMENT_CATEGORY, "clinical-note", "Clinical Note")],
        subject=reference("Patient", given.patient_id),
        date=stamp(given.at),
        author=[r4.Reference(display=given.author)] if given.author else (),
        custodian=r4.Reference(display=given.source) if given.source else None,
        relatesTo=relations,
        description=given.title or None,
        content=[r4.DocumentReferenceContent(attachment=form)],
    )
