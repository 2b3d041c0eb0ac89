"""What the clinician says of the decision making travels with the signed note to the check of the visit's level."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from tests.unit.ehr.conftest import clinician, content, encounter, notice, patient, roomed

from chartdesk.ehr.charting import commands, queries
from chartdesk.handoff import gathering, receiving
from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges import levels
from chartdesk.pms.charges import queries as charges
from chartdesk.record import store
from chartdesk.standards.fhir import r4

__all__ = ["clinician", "content", "encounter", "notice", "patient", "roomed"]


def _signed(clinician, encounter, content) -> queries.NoteView:
    draft = queries.note(clinician, encounter)
    version = commands.save_note(clinician, draft.note_id, content, version=draft.version)
    commands.sign(clinician, draft.note_id, version=version)
    return queries.note(clinician, encounter)


def test_the_levels_of_the_note_stand_with_the_charges(subject, clinician, encounter, content):
    said = {"risk": "moderate", "problems": "low", "data": ""}
    note = _signed(clinician, encounter, replace(content, decision=said))
    assert note.decision == {"problems": "low", "risk": "moderate"}
    text = store.read(subject, r4.DocumentReference, note.document_id).content[0].attachment.data
    signed = base64.b64decode(text).decode()
    assert "DECISION MAKING\nProblems addressed: low\nRisk of what was decided: moderate" in signed

    message = gathering.charges_of(subject, encounter)
    assert message.documented == {"problems": "low", "risk": "moderate", "by": "Ada Okafor"}
    receiving.receive(subject, message)
    bill = charges.of_encounter(subject, encounter)
    assert levels.documented(bill.documented) == levels.Documented("low", "", "moderate", "Ada Okafor")
    support = levels.supported("99213", bill.service_date, levels.documented(bill.documented), bill.minutes)
    assert (support.by_decision, support.by_time) == ("99213", "99213")


def test_a_note_that_says_nothing_leaves_it_to_the_biller(subject, clinician, encounter, content):
    assert _signed(clinician, encounter, content).decision == {}
    assert gathering.charges_of(subject, encounter).documented == {}


@pytest.mark.parametrize("decision", [{"risk": "enormous"}, {"luck": "low"}])
def test_what_is_no_level_is_refused(clinician, encounter, content, decision):
    draft = queries.note(clinician, encounter)
    with pytest.raises(Invalid, match="is no level of"):
        commands.save_note(clinician, draft.note_id, replace(content, decision=decision), version=draft.version)
    assert queries.note(clinician, encounter).version == draft.version
