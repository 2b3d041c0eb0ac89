"""Resources as messages, and there and back again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from written_messages import ADT, ORU, PID, SIU, message

from chartdesk.exchange.mappings.converting import convert
from chartdesk.exchange.mappings.outward import Header, to_v2
from chartdesk.exchange.mappings.profiles import RECORD
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import r4

HEADER = Header(control_id="X1", at=datetime(2026, 3, 14, 9, 30, tzinfo=UTC), facility="RIVER&BEND", receiving="LAB")


def test_a_registration_there_and_back() -> None:
    first = convert(message("ADT^A04^ADT_A01", *ADT))
    made = to_v2("ADT^A08", first.resources, HEADER)
    assert (made.type, made.control_id) == ("ADT^A08", "X1")
    assert made.header.get(4) == "RIVER&BEND"
    assert made.get("PID-3.1") == "100234" and made.get("PID-3.4.2") == "1.2.840.114350"
    assert made.get("PID-5[2].7") == "N"
    assert made.get("PV1-7.1") == "1234567893" and made.get("PV1-19.1") == "VISIT77"
    assert [one.get(3, 1) for one in made.all("DG1")] == ["E11.9", "I10"]
    assert made.get("IN1-36") == "NPP1" and made.get("IN1-17.1") == "SPO"
    again = convert(made)
    for kind in ("Patient", "Coverage", "Condition", "AllergyIntolerance"):
        assert [_core(one) for one in again.of(kind)] == [_core(one) for one in first.of(kind)]


def _core(one: dict[str, Any]) -> dict[str, Any]:
    """What has to come back: not how the sender's names were spelled."""
    kept = {"name", "birthDate", "gender", "address", "subscriberId", "order", "period", "onsetDateTime", "category"}
    return {name: value for name, value in one.items() if name in kept}


def test_an_appointment_there_and_back() -> None:
    first = convert(message("SIU^S12^SIU_S12", *SIU))
    made = to_v2("SIU^S13", first.resources, HEADER)
    assert made.header.get(9) == "SIU^S13^SIU_S12"
    assert (made.get("SCH-1.1"), made.get("SCH-2.1"), made.get("SCH-25")) == ("P55", "F77", "Booked")
    assert made.get("TQ1-7") == "20260401090000-0400"
    again = convert(made).of("Appointment")[0]
    for name in ("start", "end", "status"):
        assert again[name] == first.of("Appointment")[0][name]


def test_an_order() -> None:
    order = r4.ServiceRequest(
        id="o1",
        status="active",
        intent="order",
        subject=r4.Reference(reference="Patient/p1"),
        identifier=[r4.Identifier(system="urn:chartdesk:order", value="77")],
        code=r4.CodeableConcept(coding=[r4.Coding(system="http://loinc.org", code="2345-7", display="Glucose")]),
        requester=r4.Reference(reference="Practitioner/d1"),
        priority="stat",
    )
    npi = r4.Identifier(system="http://hl7.org/fhir/sid/us-npi", value="1234567893")
    doctor = r4.Practitioner(id="d1", identifier=[npi], name=[r4.HumanName(family="CHEN", given=["AMY"])])
    patient = r4.Patient(id="p1", name=[r4.HumanName(family="O|NEIL", given=["ADA"])], gender="female")
    profile = msgspec.structs.replace(RECORD, authorities={"CHARTDESK": "urn:chartdesk:order"})
    made = to_v2("OML^O21", [patient, doctor, order], HEADER, profile=profile)
    assert [one.name for one in made] == ["MSH", "PID", "ORC", "TQ1", "OBR"]
    assert made.get("PID-5.1") == "O|NEIL"
    assert (made.get("ORC-1"), made.get("ORC-2.1"), made.get("ORC-2.2")) == ("NW", "77", "CHARTDESK")
    assert made.get("OBR-4.3") == "LN"
    assert (made.get("OBR-16.1"), made.get("OBR-16.2"), made.get("OBR-16.13")) == ("1234567893", "CHEN", "NPI")


def test_kinds_that_are_not_made() -> None:
    resources = convert(message("ORU^R01^ORU_R01", *ORU)).resources
    with pytest.raises(Invalid, match="ORU"):
        to_v2("ORU^R01", resources, HEADER)


def test_what_nobody_said_makes_no_segment() -> None:
    made = to_v2("ADT^A31", convert(message("ADT^A31", PID)).resources[:1], HEADER)
    assert [one.name for one in made] == ["MSH", "EVN", "PID"]
