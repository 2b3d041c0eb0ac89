"""Every published result and document is read, and what is made of it is valid FHIR of the profiles it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from chartdesk.ehr.orders import resources
from chartdesk.exchange.halves import clinical_documents, clinical_results
from chartdesk.exchange.halves.clinical_reading import Sender
from chartdesk.standards import fhir
from chartdesk.standards.hl7v2 import Message, Unreadable

SENT = Sender("LAB", "Lab", ZoneInfo("America/New_York"), datetime(2026, 3, 2, tzinfo=UTC))


def _messages(shared: Path, kind: str) -> list[tuple[str, Message]]:
    found = [(path.name, Message(path.read_bytes(), "cp1252")) for path in sorted(shared.rglob("*.hl7"))]
    return [(name, message) for name, message in found if message.type.startswith(kind)]


def _valid(resource) -> list[str]:
    return [one.diagnostics for one in fhir.validate(resource) if one.severity in ("error", "fatal")]


def test_results(shared):
    read = 0
    for name, message in _messages(shared / "samples" / "hl7v2", "ORU"):
        try:
            told = clinical_results.reports(message, SENT)
        except Unreadable as fault:
            assert message.first("OBR") is None, (name, fault)
            continue
        for one in told:
            given = replace(one.report, patient_id="p1")
            observations = [resources.observation(given, value) for value in given.observations]
            assert len({value.id for value in observations}) == len(observations), name
            whole = resources.report(given, [value.id or "" for value in observations], [], "")
            assert not [fault for made in (*observations, whole) for fault in _valid(made)], name
        read += 1
    assert read >= 50


def test_documents(shared):
    found = _messages(shared / "samples" / "hl7v2", "MDM")
    keys = {clinical_documents.told(message, SENT).key for _, message in found}
    assert len(found) >= 6 and keys == {"LAB|LAB|1.2.840.317.5947431.51.20080131160038"}
