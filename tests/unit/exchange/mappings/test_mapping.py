"""Mappings as documents: edits, samples, presets, what is found wrong, and what the engine gets."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from written_messages import ADT, PID, message

from chartdesk.exchange.engine.transports import FHIR, HL7
from chartdesk.exchange.mappings import documents
from chartdesk.exchange.mappings.documents import Edit, Expected, MappingDocument, Sample
from chartdesk.exchange.mappings.mapping import Mapping, check
from chartdesk.exchange.mappings.presets import Preset, presets
from chartdesk.exchange.mappings.profiles import OwnRow
from chartdesk.exchange.mappings.registering import _Mapper
from chartdesk.exchange.mappings.showing import shown
from chartdesk.exchange.mappings.tables import Code
from chartdesk.kit.errors import Invalid

SAMPLE = "MSH|^~\\&|A|B|C|D|20260101||ADT^A04^ADT_A01|1|P|2.5.1\nPID|1||7^^^OURS^MR||MOSS^ADA||19800203|F"


@pytest.mark.parametrize("preset", presets(), ids=lambda one: one.name)
def test_presets_do_what_their_samples_say(preset: Preset) -> None:
    assert preset.document.samples[0].expected
    assert check(preset.document) == []


def test_edits() -> None:
    document = MappingDocument(
        edits=[
            Edit(to="PID-2", source="PID-3"),
            Edit(to="PID-8", source="PID-8", codes="Sex"),
            Edit(to="OBX-3.3", value="LN", when="OBX-3.3 NOT VALUED"),
            Edit(to="ZPI-1", value="new", add=True),
            Edit(drop="NTE", when='NTE-1 EQUALS "2"'),
            Edit(to="PV1-2", value="O"),
        ],
        codes={"Sex": {"F": Code("W")}},
    )
    before = message("ORU^R01", PID, "OBX|1|NM|1^a", "NTE|1||x", "NTE|2||y", "OBX|2|NM|2^b^LN")
    raw = bytes(before)
    after = Mapping(document).apply(before).message
    assert bytes(before) == raw
    assert after.first("PID").raw(2) == before.first("PID").raw(3)  # type: ignore[union-attr]
    assert (after.get("PID-8"), after.get("ZPI-1")) == ("W", "new")
    assert (after.get("OBX[1]-3.3"), after.get("OBX[2]-3.2")) == ("LN", "b")
    assert len(after.all("NTE")) == 1
    assert not after.all("PV1")


def test_a_sample_that_fails_keeps_the_mapping_from_going_live() -> None:
    wanted = [Expected(at="Patient.name[0].family", value="MOSS"), Expected(at="Patient.gender", value="male")]
    document = MappingDocument(makes="fhir", samples=[Sample(name="one", message=SAMPLE, expected=wanted)])
    (finding,) = check(document)
    assert str(finding) == "samples.one: Patient.gender: expected 'male', got 'female'."
    assert _Mapper().check(documents.written(document)) == [str(finding)]


def test_what_is_made_must_be_valid() -> None:
    document = MappingDocument(makes="fhir", samples=[Sample(name="one", message=SAMPLE)])
    assert check(document) == []
    bare = {"PID[Patient]": [OwnRow(source="PID-7", target="link.other.display")]}
    found = check(msgspec.structs.replace(document, maps=bare))
    assert found and found[0].where == "samples.one"


def of_patient(row: dict[str, Any]) -> dict[str, Any]:
    """A document with one row for the patient."""
    return {"maps": {"PID[Patient]": [row]}}


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (of_patient({"source": "PID-5", "target": "nom"}), "maps.PID[Patient][0].target"),
        (of_patient({"target": "gender"}), "maps.PID[Patient][0].source"),
        (
            {"maps": {"PID[Patient]": [{"source": "PID-8", "target": "gender", "codes": "No"}]}},
            "maps.PID[Patient][0].codes",
        ),
        (
            {"maps": {"PID[Patient]": [{"source": "PID-5", "target": "name", "via": "XXX[No]"}]}},
            "maps.PID[Patient][0].via",
        ),
        (
            {"maps": {"PID[Patient]": [{"source": "PID-8", "target": "gender", "when": "IF"}]}},
            "maps.PID[Patient][0].when",
        ),
        ({"maps": {"PID": []}}, "maps.PID"),
        ({"presets": ["nobody"]}, "presets"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"edits": [{"to": "PID-x", "value": "1"}]}, "edits[0].to"),
        ({"edits": [{"to": "PID-3"}]}, "edits[0]"),
        ({"edits": [{"to": "MSH-2", "value": "|"}]}, "edits[0]"),
        ({"edits": [{"to": "PID-3", "source": "PID-2", "codes": "No"}]}, "edits[0].codes"),
        ({"edits": [{"to": "PID-3", "value": "", "when": "WHEN"}]}, "edits[0].when"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(content: dict[str, Any], where: str) -> None:
    found = check(documents.read({"makes": "fhir", **content}))
    assert found and found[0].where == where


def test_a_document_that_is_none_is_refused() -> None:
    with pytest.raises(Invalid, match="makes"):
        documents.read({"makes": "magic"})
    assert _Mapper().check({"nonsense": 1})
    document = MappingDocument(name="acme", makes="fhir", presets=["sex-in-words"])
    assert documents.read(msgspec.json.encode(document)) == document


def test_the_engine_gets_messages_or_a_transaction() -> None:
    same = _Mapper().compiled({"makes": "hl7v2"})(message("ADT^A04", *ADT))
    assert same.media == HL7 and same.raw == bytes(message("ADT^A04", *ADT))
    mapped = _Mapper().compiled({"makes": "fhir"})
    made = mapped(message("ADT^A04", *ADT))
    assert made.media == FHIR and made.raw == mapped(message("ADT^A04", *ADT)).raw
    bundle = msgspec.json.decode(made.raw)
    assert bundle["type"] == "transaction"
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    visit = next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Encounter")
    assert visit["subject"]["reference"] in urls
    patient = next(entry for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient")
    assert patient["request"] == {"method": "PUT", "url": "Patient?identifier=urn%3Aoid%3A1.2.840.114350|100234"}


def test_a_page_sees_what_made_each_value() -> None:
    told = shown(MappingDocument(makes="fhir"), message("ADT^A04^ADT_A01", *ADT))
    family = next(one for one in told.values if one.path == "name[0].family")
    assert (family.value, family.source) == ("MOSS", "PID-5.1.1")
    assert family.rows[0] == ("PID[Patient]#4", "PID-5 > name[1] : XPN[HumanName]")
    assert all(text for one in told.values for _, text in one.rows)
    line = next(one for one in told.before if one.segment == "NK1[2]")
    assert line.fields[1].text == "MOSS^IDA"
    assert next(one for one in told.after if one.segment == "PID").fields[1].made
    assert [one.segment for one in told.after if not one.known] == ["ZPI"]
    edited = shown(MappingDocument(edits=[Edit(to="PID-8", value="U")]), message("ADT^A04", PID))
    assert "|U|" in edited.text
