"""Patients of a published FHIR data set: stored as sent, read as people, found, and amended without loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from chartdesk.pms.registration import commands, queries
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4


def _patients(shared: Path) -> list[bytes]:
    found = []
    for file in sorted((shared / "samples" / "fhir" / "synthea").rglob("*.json"))[:40]:
        bundle = msgspec.json.decode(file.read_bytes(), type=dict[str, msgspec.Raw])
        entries = msgspec.json.decode(bundle.get("entry", msgspec.Raw(b"[]")), type=list[dict[str, msgspec.Raw]])
        bodies = [bytes(entry["resource"]) for entry in entries if "resource" in entry]
        found += [body for body in bodies if msgspec.json.decode(body)["resourceType"] == "Patient"]
    return found


def test_every_patient_is_found_and_amended_without_loss(subject: Subject, shared: Path) -> None:
    sent = _patients(shared)
    assert len(sent) >= 5
    for body in sent:
        original = fhir.decode(body, type="Patient")
        stored = store.put(subject, body)
        view = queries.patient(subject, stored.id)
        assert view.person.family and view.person.given and view.person.birth_date, stored.id
        assert view.person.race and view.person.ethnicity and view.person.address.city
        assert stored.id in {hit.patient_id for hit in queries.find(subject, view.mrn)}
        text = f"{view.person.family} {view.person.birth_date:%m/%d/%Y}"
        assert stored.id in {hit.patient_id for hit in queries.find(subject, text)}

        person = replace(view.person, preferred="Sunny", address=replace(view.person.address, state="OH"))
        person = replace(person, phone_home="614-555-0100", marital_status=view.person.marital_status or "U")
        commands.amend(subject, stored.id, replace(view.registration, person=person), version=1)
        kept = store.read(subject, r4.Patient, stored.id)
        assert isinstance(original, r4.Patient)
        for name in ("deceasedDateTime", "multipleBirthBoolean", "multipleBirthInteger", "text", "birthDate"):
            assert getattr(kept, name) == getattr(original, name)
        assert set(map(str, original.identifier)) <= set(map(str, kept.identifier))
        assert set(map(str, original.extension)) <= set(map(str, kept.extension))
        assert queries.find(subject, "sunny")
