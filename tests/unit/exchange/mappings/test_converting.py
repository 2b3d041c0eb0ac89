"""What messages of each kind become, and what made it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from written_messages import ADT, CLINICIAN, DFT, ORU, PID, SIU, message

from chartdesk.exchange.mappings.converting import Conversion, convert
from chartdesk.exchange.mappings.profiles import RECORD, WHOLE, OwnRow, Profile
from chartdesk.exchange.mappings.tables import Code
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import validate

NEW_YORK = msgspec.structs.replace(RECORD, zone="America/New_York")


def only(made: Conversion, kind: str) -> dict[str, Any]:
    found = made.of(kind)
    assert len(found) == 1, found
    return found[0]


def faults(made: Conversion) -> Iterable[str]:
    return [
        f"{one.expression}: {one.diagnostics}"
        for typed in made.typed()
        for one in validate(typed)
        if one.severity == "error"
    ]


@pytest.mark.parametrize("profile", [RECORD, WHOLE], ids=["record", "whole"])
@pytest.mark.parametrize(
    ("kind", "segments"),
    [("ADT^A04^ADT_A01", ADT), ("SIU^S12^SIU_S12", SIU), ("DFT^P03^DFT_P03", DFT), ("ORU^R01^ORU_R01", ORU)],
    ids=["adt", "siu", "dft", "oru"],
)
def test_what_is_made_is_valid(kind: str, segments: tuple[str, ...], profile: Profile) -> None:
    made = convert(message(kind, *segments), profile=profile)
    assert faults(made) == []


def test_a_registration() -> None:
    made = convert(message("ADT^A04^ADT_A01", *ADT), profile=NEW_YORK)
    patient = only(made, "Patient")
    assert [one["value"] for one in patient["identifier"]] == ["100234", "999887777", "999-88-7777"]
    assert patient["identifier"][0]["system"] == "urn:oid:1.2.840.114350"
    assert patient["identifier"][0]["assigner"] == {"display": "RIVERBEND"}
    assert [one.get("use") for one in patient["name"]] == ["official", "nickname"]
    assert patient["name"][0]["given"] == ["ADA", "QUINN"]
    assert (patient["birthDate"], patient["gender"]) == ("1980-02-03", "female")
    assert [one["value"] for one in patient["telecom"]] == ["+1 614 5550101", "ada@example.com"]
    assert patient["communication"][0]["language"]["coding"][0]["code"] == "es"
    race = next(one for one in patient["extension"] if one["url"].endswith("us-core-race"))
    assert [part["valueCoding"]["code"] for part in race["extension"] if part["url"] == "ombCategory"] == [
        "2106-3",
        "2028-9",
    ]
    assert [one["name"]["family"] for one in patient["contact"]] == ["MOSS", "MOSS"]
    assert [one["name"]["given"] for one in patient["contact"]] == [["EVAN"], ["IDA"]]

    visit = only(made, "Encounter")
    assert visit["class"]["code"] == "AMB" and visit["status"] == "in-progress"
    assert visit["period"]["start"] == "2026-03-14T09:30:00-04:00"
    conditions = [one["condition"]["reference"] for one in visit["diagnosis"]]
    assert conditions == ["Condition/condition-1", "Condition/condition-2"]
    assert len(visit["participant"]) == 2
    # PV1-7 is PD1-4: one person.
    assert [one["name"][0]["family"] for one in made.of("Practitioner")] == ["CHEN", "HALL"]

    assert [one["code"]["coding"][0]["display"] for one in made.of("AllergyIntolerance")] == [
        "Penicillin",
        "Cashew nuts",
    ]
    assert [one["reaction"][0]["severity"] for one in made.of("AllergyIntolerance")] == ["moderate", "severe"]
    policy = only(made, "Coverage")
    assert policy["subscriberId"] == "NPP1" and policy["order"] == 1
    assert policy["relationship"]["coding"][0]["code"] == "spouse"
    people = {one["id"]: one["name"][0]["given"] for one in made.of("RelatedPerson")}
    assert people[policy["subscriber"]["reference"].split("/")[1]] == ["EVAN"]
    assert made.deleted == ["PID-14"]
    assert made.unmapped == ["ZPI"]


def test_an_appointment() -> None:
    made = convert(message("SIU^S12^SIU_S12", *SIU))
    booked = only(made, "Appointment")
    assert booked["status"] == "booked"
    assert (booked["start"], booked["end"]) == ("2026-04-01T09:00:00-04:00", "2026-04-01T09:20:00-04:00")
    assert [one["value"] for one in booked["identifier"]] == ["P55", "F77"]
    actors = {one["actor"]["reference"].split("/")[0] for one in booked["participant"]}
    assert actors == {"Patient", "Location", "Practitioner"}
    assert booked["serviceType"][0]["coding"][0]["code"] == "99213"


def test_charges_of_which_the_guide_says_nothing() -> None:
    made = convert(message("DFT^P03^DFT_P03", *DFT))
    visit, void = made.of("ChargeItem")
    assert visit["code"]["coding"][0] == {
        "code": "99213",
        "display": "Office visit",
        "system": "http://www.ama-assn.org/go/cpt",
    }
    assert [one["coding"][0]["code"] for one in visit["reason"]] == ["E11.9", "I10"]
    assert visit["quantity"]["value"] == Decimal(1)
    assert visit["priceOverride"] == {"value": Decimal("120.00"), "currency": "USD"}
    assert [one["valueCodeableConcept"]["coding"][0]["code"] for one in visit["extension"]] == ["25", "GT"]
    assert visit["context"]["reference"] == "Encounter/encounter-1"
    assert void["status"] == "entered-in-error"
    assert void["code"]["coding"][0]["system"] == "http://www.ama-assn.org/go/cpt"


def test_results_stand_under_their_report() -> None:
    made = convert(message("ORU^R01^ORU_R01", *ORU))
    first, second = made.of("DiagnosticReport")
    assert len(first["result"]) == 4 and len(second["result"]) == 1
    assert (first["status"], second["status"]) == ("final", "preliminary")
    glucose, lead, comment, group, _ = made.of("Observation")
    assert glucose["valueQuantity"]["value"] == Decimal(105) and glucose["valueQuantity"]["unit"] == "mg/dL"
    assert glucose["note"][0]["text"] == "Fasting"
    assert glucose["interpretation"][0]["coding"][0]["code"] == "H"
    assert lead["valueQuantity"]["comparator"] == "<"
    assert comment["status"] == "corrected"
    assert group["valueCodeableConcept"]["coding"][0]["system"] == "urn:v2-0396:99LAB"


def test_a_merge_names_both() -> None:
    made = convert(message("ADT^A40^ADT_A39", PID, "MRG|100999^^^RIVERBEND&1.2.840.114350&ISO^MR"))
    linkage = only(made, "Linkage")
    given_up = next(one for one in made.of("Patient") if one["identifier"][0]["value"] == "100999")
    assert [one["type"] for one in linkage["item"]] == ["source", "alternate"]
    assert linkage["item"][1]["resource"]["reference"] == f"Patient/{given_up['id']}"
    assert linkage["item"][0]["resource"]["reference"] == f"Patient/{made.of('Patient')[0]['id']}"
    assert faults(made) == []


def test_a_prescription() -> None:
    drug = f"RXE||860975^Metformin 500 MG^RXNORM|1||TAB||||1|60|TAB|2|{CLINICIAN}"
    segments = (PID, "ORC|NW|RX1^PMS", drug, "RXR|PO^Oral^HL70162")
    made = convert(message("RDE^O11^RDE_O11", *segments))
    asked = only(made, "MedicationRequest")
    assert asked["medicationCodeableConcept"]["coding"][0]["code"] == "860975"
    assert asked["dispenseRequest"]["numberOfRepeatsAllowed"] == 2
    assert faults(made) == []


def test_what_the_pharmacy_makes_of_a_prescription_is_an_order_of_its_own() -> None:
    segments = (
        PID, "ORC|NW|RX1^PMS", "TQ1|1||BID||||20260314|||S^Stat|With food",
        "RXO|00047040230^Ampicillin^NDC|2||caps^capsule||^Call first|^Swallow whole", "RXR|PO^Oral^HL70162",
        "RXE||860975^Metformin^RXNORM|5|10|mg^milligram^UCUM||Titrate~Slowly|||3|BG^Bag", "TQ1|1||QD", "RXR|IV^Vein",
        "CDO|1|A|100^mg|^PL",
    )  # fmt: skip
    made = convert(message("RDE^O11^RDE_O11", *segments), trace=True)
    asked, filled = made.of("MedicationRequest")
    assert (asked["intent"], filled["intent"]) == ("original-order", "filler-order")
    assert filled["basedOn"] == [{"reference": f"MedicationRequest/{asked['id']}"}]
    (dosage,) = asked["dosageInstruction"]
    assert dosage["text"] == "Call first; With food" and dosage["patientInstruction"] == "Swallow whole"
    assert dosage["doseAndRate"] == [{"doseQuantity": {"value": Decimal(2), "unit": "capsule"}}]
    assert dosage["route"] and dosage["timing"]["repeat"]["boundsPeriod"] == {"start": "2026-03-14"}
    (dosage,) = filled["dosageInstruction"]
    assert [one["text"] for one in dosage["additionalInstruction"]] == ["Titrate", "Slowly"]
    dose = dosage["doseAndRate"][0]["doseRange"]
    assert (dose["low"]["value"], dose["high"]["value"]) == (5, 10) and dose["low"]["code"] == "mg"
    assert dosage["maxDosePerLifetime"]["value"] == 100
    assert faults(made) == []
    origins = {one.target: one.source for one in made.trace}
    assert origins[f"MedicationRequest/{asked['id']}.dosageInstruction[0].patientInstruction"] == "RXO-7"


def test_two_schedules_are_two_dosages_with_the_same_route() -> None:
    segments = (PID, "ORC|NW|1", "RXE||1^A^L|1", "TQ1|1||BID", "TQ1|2||QID", "RXR|PO^Oral^HL70162")
    made = only(convert(message("RDE^O11^RDE_O11", *segments)), "MedicationRequest")
    assert [one["sequence"] for one in made["dosageInstruction"]] == [1, 2]
    assert all("route" in one and "doseAndRate" in one for one in made["dosageInstruction"])


def test_a_charge_names_who_did_it_and_what_was_given() -> None:
    given = "0182-1061-05^Aspirin^NDC|||Clinic|Hospital^^7|I-1|M-1"
    charge = f"FT1|1|||20260314||CG|99213^Visit^C4|||1|120{'|' * 18}{given}"
    made = convert(message("DFT^P03^DFT_P03", PID, charge))
    item = only(made, "ChargeItem")
    there = {f"{one['resourceType']}/{one['id']}": one for one in made.resources}
    assert there[item["performingOrganization"]["reference"]]["name"] == "Clinic"
    assert there[item["requestingOrganization"]["reference"]]["name"] == "Hospital"
    dispensed = there[item["service"][0]["reference"]]
    assert dispensed["medicationCodeableConcept"]["coding"][0]["code"] == "0182-1061-05"
    assert there[item["productReference"]["reference"]]["modelNumber"] == "M-1"
    assert faults(made) == []


def test_an_allergy_with_its_reactions_and_how_sure_it_is() -> None:
    segments = (PID, "IAM|1|FA|1^Peanut^L||||7||||||||||C", "NTE|1||Seen here", "IAR|3^Rash^L|MI|AL|Ointment")
    allergy = only(convert(message("ADT^A60^ADT_A60", *segments)), "AllergyIntolerance")
    assert allergy["verificationStatus"]["coding"][0]["code"] == "confirmed"
    assert allergy["note"] == [{"text": "Seen here"}]
    assert allergy["reaction"][0]["severity"] == "mild" and allergy["reaction"][0]["description"] == "Ointment"


def test_who_is_insured_himself_is_the_subscriber() -> None:
    made = convert(message("ADT^A04^ADT_A01", PID, "IN1|1|PPO|1|Plan||||||||||||MOSS^ADA|SEL"))
    assert only(made, "Coverage")["subscriber"] == {"reference": "Patient/patient-1"}


def test_what_codes_became_before_is_copied_never_shared() -> None:
    raw = ("DG1|1||E11.9^Diabetes^I10", "DG1|2||E11.9^Diabetes^I10")
    first = convert(message("ADT^A04^ADT_A01", PID, *raw)).of("Condition")
    first[0]["code"]["coding"][0]["code"] = first[0]["code"]["text"] = "changed"
    second = convert(message("ADT^A04^ADT_A01", PID, *raw)).of("Condition")
    assert first[1]["code"] == second[0]["code"] == second[1]["code"] != first[0]["code"]


def test_other_separators_are_not_taken_for_what_was_said_before() -> None:
    usual = convert(message("ADT^A04^ADT_A01", PID, "DG1|1||E11.9^Diabetes^I10")).of("Condition")[0]
    plain = message("ADT^A04^ADT_A01", PID, "DG1|1||E11.9^Diabetes^I10")
    other = type(plain)(bytes(plain).replace(b"|^~\\&|", b"|$~\\&|", 1))
    assert usual["code"]["coding"][0]["code"] == "E11.9"
    assert convert(other).of("Condition")[0]["code"]["coding"][0]["code"] == "E11.9^Diabetes^I10"


def test_a_segment_of_another_order_does_not_count() -> None:
    # The second OBR has no ORC: its placer number is its own, not the one of the first.
    segments = (PID, "ORC|NW|P1", "OBR|1|P1||A^A^L", "ORC|NW", "OBR|2|P2||B^B^L")
    first, second = convert(message("OML^O21^OML_O21", *segments)).of("ServiceRequest")
    assert [one["identifier"][0]["value"] for one in (first, second)] == ["P1", "P2"]


def test_what_cannot_be_read_is_said_and_the_rest_is_made() -> None:
    made = convert(message("ADT^A08^ADT_A01", "PID|1||7||MOSS^ADA||19801399|X"))
    assert only(made, "Patient")["name"][0]["family"] == "MOSS"
    assert "birthDate" not in only(made, "Patient")
    assert [one.split(":")[0] for one in made.problems] == ["PID PID-7 to birthDate", "PID PID-8 to gender"]


def test_every_value_says_what_made_it() -> None:
    made = convert(message("ADT^A04^ADT_A01", *ADT), trace=True)
    origins = {one.target: one for one in made.trace}
    family = origins["Patient/patient-1.name[1].given[0]"]
    assert family.source == "PID-5[2].2"
    assert [row.partition("#")[0] for row in family.rows] == ["PID[Patient]", "XPN[HumanName]"]
    assert origins["Patient/patient-1.contact[1].name.given[0]"].source == "NK1[2]-2.2"
    # Tracing changes nothing.
    assert made.resources == convert(message("ADT^A04^ADT_A01", *ADT)).resources
    written = {one.target.partition(".")[0] for one in made.trace}
    assert written == {f"{one['resourceType']}/{one['id']}" for one in made.resources}


def test_a_partners_rows_and_codes() -> None:
    profile = Profile(
        name="acme",
        authorities={"RIVERBEND": "https://riverbend.example/mrn"},
        maps={
            "PID[Patient]": [
                OwnRow(source="PID-19", target="identifier[4].value", drop=True),
                OwnRow(source="ZPI-2", target="maritalStatus.text"),
                OwnRow(source="PID-8", target="gender", codes="AcmeSex", replaces=True),
            ]
        },
        codes={"AcmeSex": {"F": Code("other")}},
    )
    made = convert(message("ADT^A04^ADT_A01", *ADT), profile=profile)
    patient = only(made, "Patient")
    assert patient["gender"] == "other"
    assert patient["identifier"][0]["system"] == "https://riverbend.example/mrn"
    assert "999-88-7777" not in [one.get("value") for one in patient["identifier"]]
    assert patient["maritalStatus"]["text"] == "what nobody knows"


def test_relatives_locations_and_severity_are_the_profiles() -> None:
    profile = Profile(name="other", relatives="persons", locations="chain", severity="criticality")
    made = convert(message("ADT^A04^ADT_A01", *ADT), profile=profile)
    assert "contact" not in only(made, "Patient")
    assert len(made.of("RelatedPerson")) >= 3
    assert [one["name"] for one in made.of("Location")] == ["RIVERBEND", "MAIN", "ROOM1"]
    assert made.of("AllergyIntolerance")[1]["criticality"] == "high"
    assert "severity" not in made.of("AllergyIntolerance")[1]["reaction"][0]


def test_a_zone_that_is_none_is_the_profiles_fault() -> None:
    with pytest.raises(Invalid, match="time zone"):
        convert(message("ADT^A04^ADT_A01", *ADT), profile=Profile(name="lost", zone="Mars/Olympus"))


def test_any_message_becomes_something() -> None:
    for kind in ("ZZZ^Z01", "ADT^A60^ADT_A60", "QBP^Q21", "BAR^P01^BAR_P01"):
        made = convert(message(kind, PID, "PV1|1|I", "XYZ|1"))
        assert only(made, "Patient")["birthDate"] == "1980-02-03"
        assert made.unmapped == ["XYZ"]
