"""The decision making on the note's page: chosen, saved with the draft, kept where the form does not say it."""

from __future__ import annotations

from tests.unit.ehr.conftest import clinician, encounter, notice, patient, roomed

from chartdesk.ehr.charting import queries

__all__ = ["clinician", "encounter", "notice", "patient", "roomed"]


def test_the_decision_making_is_chosen_on_the_page(staff, clinician, encounter):
    client = staff("clinician")
    assert 'name="decision-risk"' in client.get(f"/encounters/{encounter}").content.decode()
    form = {"version": "0", "section-plan": "Rest.", "decision-problems": "low", "decision-risk": "moderate"}
    assert client.post(f"/encounters/{encounter}/save", form).status_code == 200
    note = queries.note(clinician, encounter)
    assert note.decision == {"problems": "low", "risk": "moderate"}
    assert '<option value="moderate" selected>' in client.get(f"/encounters/{encounter}").content.decode()
    client.post(f"/encounters/{encounter}/save", {"version": str(note.version), "decision-risk": ""})
    assert queries.note(clinician, encounter).decision == {"problems": "low"}
