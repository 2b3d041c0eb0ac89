"""A document with something of everything that we write, as plain data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import (
    Address,
    Allergy,
    Coded,
    Document,
    Encounter,
    Identifier,
    Immunization,
    Medication,
    Name,
    Observation,
    Panel,
    Party,
    Patient,
    Plan,
    Problem,
    Procedure,
    Reaction,
    Section,
    Span,
)

AT = "2026-11-20T09:30:00-05:00"
PATIENT = Patient(
    Name("Ölander", ("Mary", "Ann")),
    (Identifier("2.16.840.1.113883.19.5", "100001"),),
    "1961-04-02",
    "female",
    Coded("2106-3", oids.RACE, "White"),
    Coded("2186-5", oids.RACE, "Not Hispanic or Latino"),
    "en",
    Coded(),
    Address(("1 High Street",), "Columbus", "OH", "43215", "US"),
    ("tel:+16145550101",),
)
HOUSE = Party(
    organization="North Side Family Practice",
    identifiers=(Identifier("2.16.840.1.113883.4.6", "1993999998"),),
    address=Address(("100 Main Street",), "Columbus", "OH", "43215", "US"),
    telecoms=("tel:6145550100",),
)
DOCTOR = Party(
    Name("Grant", ("Ada",), "", "MD"),
    "North Side Family Practice",
    identifiers=(Identifier("2.16.840.1.113883.4.6", "1234567893"),),
    address=HOUSE.address,
    telecoms=HOUSE.telecoms,
    at=AT,
)


def _seen(code: str, name: str, **more: object) -> Observation:
    return Observation(Coded(code, oids.LOINC, name), Span("2026-10-01", point=True), **more)  # type: ignore[arg-type]


PROBLEMS = (
    Problem(Coded("I10", oids.ICD10, "Essential (primary) hypertension"), "active", Span("2019-03"), author=DOCTOR),
    Problem(
        Coded(
            "44054006",
            oids.SNOMED,
            "Diabetes mellitus type 2",
            translations=(Coded("E11.9", oids.ICD10, "Type 2 diabetes mellitus without complications"),),
        ),
        "resolved",
        Span("2015", "2020-01-05"),
    ),
    Problem(Coded(text="Tired since spring"), "inactive"),
)
ALLERGIES = (
    Allergy(
        Coded("7980", oids.RXNORM, "penicillin G"),
        "medication",
        (Reaction(Coded("247472004", oids.SNOMED, "Hives"), "severe"), Reaction(Coded(text="itching"))),
        "",
        "high",
        "active",
        Span("2001"),
    ),
    Allergy(Coded(text="latex"), "environment", (), "moderate"),
    Allergy(Coded(text="egg"), "food", status="resolved", span=Span("1970", "1980")),
)
MEDICATIONS = (
    Medication(
        Coded("29046", oids.RXNORM, text="lisinopril 10 mg tablet"),
        "active",
        Span("2020-02-03"),
        "Take one tablet daily",
        reason=Coded(text="blood pressure"),
    ),
    Medication(
        Coded(text="home remedy"), "stopped", Span("2020", "2021"), dose="5", unit="mL", frequency="every 8 hours"
    ),
)
RESULTS = (
    Panel(
        Coded("58410-2", oids.LOINC, "CBC panel"),
        (
            _seen(
                "718-7",
                "Hemoglobin",
                quantity=Decimal("13.20"),
                unit="g/dL",
                interpretation="N",
                range="12 to 15.5 g/dL",
            ),
            _seen("5778-6", "Color of urine", text="yellow"),
            _seen("600-7", "Blood culture", value=Coded("10828004", oids.SNOMED, "Positive")),
        ),
        Span("2026-10-01", "2026-10-01"),
    ),
)
VITALS = (
    Panel(
        Coded("46680005", oids.SNOMED, "Vital signs"),
        (
            Observation(Coded("8480-6", oids.LOINC, "Systolic"), Span(AT), Decimal(128), "mm[Hg]"),
            Observation(Coded("8462-4", oids.LOINC, "Diastolic"), Span(AT), Decimal(82), "mm[Hg]"),
        ),
        Span(AT, AT),
    ),
)
SOCIAL = (
    Observation(
        Coded("72166-2", oids.LOINC, "Tobacco smoking status"),
        Span("2026-11-20"),
        value=Coded("8517006", oids.SNOMED, "Former smoker"),
    ),
    Observation(Coded("11331-6", oids.LOINC, "History of alcohol use"), Span("2026-11-20"), text="two a week"),
)
IMMUNIZATIONS = (
    Immunization(Coded("150", oids.CVX, "Influenza, injectable, quadrivalent"), "2026-10-05", "L42", "Acme Vaccines"),
    Immunization(
        Coded("33", oids.CVX, "Pneumococcal polysaccharide"),
        "2026-10-05",
        refused=True,
        reason=Coded("PATOBJ", "http://terminology.hl7.org/CodeSystem/v3-ActReason", "patient objection"),
    ),
)
SECTIONS = (
    Section("problems", "Problems", items=PROBLEMS),
    Section("allergies", "Allergies", items=ALLERGIES),
    Section("medications", "Medicines", items=MEDICATIONS),
    Section("results", "Results", items=RESULTS),
    Section("vitals", "Vital signs", items=VITALS),
    Section("social", "Social history", items=SOCIAL),
    Section("immunizations", "Immunizations", items=IMMUNIZATIONS),
    Section(
        "procedures",
        "Procedures",
        items=(Procedure(Coded("93000", oids.CPT, "Electrocardiogram"), Span("2026-01-05")),),
    ),
    Section(
        "encounters",
        "Visits",
        items=(
            Encounter(
                Coded("99213", oids.CPT, "Office visit"),
                Span(AT, "2026-11-20T10:00:00-05:00"),
                DOCTOR,
                diagnoses=(Problem(Coded("I10", oids.ICD10, "Essential (primary) hypertension")),),
            ),
        ),
    ),
    Section(
        "plan",
        "Plan",
        items=tuple(
            Plan(Coded("24331-1", oids.LOINC, "Lipid panel"), kind, Span("2026-12-01"))
            for kind in ("observation", "procedure", "encounter", "act")
        ),
    ),
)
SUMMARY = Document(
    title="Summary of care",
    id=Identifier("0193c1f6-6d6c-7a01-9d55-0a1b2c3d4e5f"),
    at=AT,
    patient=PATIENT,
    authors=(DOCTOR,),
    custodian=HOUSE,
    set_id=Identifier("0193c1f6-6d6c-7a01-9d55-0a1b2c3d4e60", "1"),
    version="1",
    care=Span("1961-04-02", AT),
    sections=SECTIONS,
)
REFERRAL = replace(
    SUMMARY,
    title="Referral",
    recipients=(Party(Name("Hart", ("Carl",), "", "MD"), "Lakeside Cardiology"),),
    sections=(
        Section("referral", "Reason for referral", text="Chest pain on exertion.\nPlease evaluate."),
        Section("assessment", "Assessment", text="Stable."),
        *SECTIONS,
    ),
)
#: As little as a document may hold: nobody asked about allergies, nothing known of the patient but a name.
BARE = Document(
    id=Identifier("0193c1f6-6d6c-7a01-9d55-0a1b2c3d4e61"),
    at=AT,
    patient=Patient(Name("Bare", ("Al",))),
    authors=(Party(device="Chartdesk", organization="North Side Family Practice"),),
    custodian=Party(organization="North Side Family Practice"),
    sections=(Section("allergies", "Allergies", items=(Allergy(Coded(), none_known=True),)),),
)
