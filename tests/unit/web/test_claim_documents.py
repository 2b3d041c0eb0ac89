"""Documents of claims on the pages: kept, named on the claim, saved again, taken back, and sent to who asks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.pms.claims.conftest import desk

from chartdesk.pms.claims import attachments, commands, queries, subscriptions
from chartdesk.pms.claims.attachments import Given
from chartdesk.standards.x12 import information_277
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.status_segments import Status, StatusCode

__all__ = ["desk"]
PDF = b"%PDF-1.4 what was written"


def given(name="note.pdf", content=PDF, **fields):
    return {"report": "09", "transmission": "EL", "file": SimpleUploadedFile(name, content), **fields}


def asked_for(desk, claim):
    """A payer asks for a progress note about the claim, in a file."""
    from tests.unit.pms.claims.conftest import _envelope

    row = desk.claim(claim)
    wanted = Status(codes=[StatusCode(category="R4", code="11506-3", source="LOI")], day=date(2026, 3, 9))
    request = information_277.Request(
        payer=Party(last="ACME", id_qualifier="PI", id=row.payer_id), trace="R1", asked=[wanted], pcn=row.number,
        receiver=Party(last="US", id_qualifier="46", id="US"), due=date(2026, 4, 8),
        provider=Party(last="US", id_qualifier="XX", id="1993999998"),
        subscriber=Party(last="DOE", first="JO", person=True, id_qualifier="MI", id="M1"),
    )  # fmt: skip
    return information_277.write(_envelope(), [information_277.InformationRequest(requests=[request], reference="R")])


def test_a_document_is_kept_named_and_taken_back(staff, desk):
    desk.settings(auto_submit=False)
    subscriptions.connect()
    biller, bill = staff("biller"), desk.claim(claim := desk.ready()).superbill
    page = f"/charges/{bill}/documents"
    assert page in biller.get(f"/charges/{bill}").content.decode()
    assert page in biller.get(f"/claims/{claim}").content.decode()
    for wrong, words in (
        ({"report": "09", "transmission": "EL"}, "No file was chosen"),
        (given(content=b"MZ"), "no PDF"),
        (given(content=b""), "The file is empty"),
        (given(report="QQ"), "no kind of document"),
        (given(transmission="ZZ"), "no way"),
    ):
        answer = biller.post(page, wrong)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert biller.post(page, given("../../Dr. Smith's note 3/2.pdf", transmission="BM")).status_code == 302
    (kept,) = attachments.of_charges(desk.subject, bill)
    shown = biller.get(page).content.decode()
    assert kept.name == "2.pdf" and kept.control in shown and "By mail" in shown
    commands.refresh(desk.subject, desk.claim(claim).patient)
    assert kept.control in biller.get(f"/claims/{claim}").content.decode()
    saved = biller.get(f"/charges/documents/{kept.pk}")
    assert saved.content == PDF and saved["Content-Disposition"] == f'attachment; filename="{kept.name}"'
    assert biller.post(f"/charges/documents/{kept.pk}/remove").status_code == 302
    commands.refresh(desk.subject, desk.claim(claim).patient)
    assert queries.claim(desk.subject, claim).content.attachments == ()
    assert biller.get(f"/charges/documents/{kept.pk}").status_code == 404
    assert staff("integrator").get(page).status_code == 403


def test_what_is_asked_for_is_sent_from_the_page(staff, desk):
    subscriptions.connect()
    biller, bill = staff("biller"), desk.claim(claim := desk.taken_in()).superbill
    attachments.attach(desk.subject, bill, Given("note.pdf", PDF, "09"))
    content = asked_for(desk, claim)
    file = desk.receive(content)
    assert (file.kind, file.status, desk.receive(content).pk) == ("277RFAI", "read", file.pk)
    page = f"/charges/{bill}/documents"
    assert page in biller.get("/work").content.decode()
    shown = biller.get(page).content.decode()
    assert "the payer wants progress note" in shown and "wanted by" in shown
    [address] = re.findall(r'action="([^"]+/answer)"', shown)
    assert "No document is chosen" in biller.post(address, {}, follow=True).content.decode()
    [held] = re.findall(r'name="held" value="(\d+)"', shown)
    assert biller.post(address, {"held": held}).status_code == 302
    after = biller.get(page).content.decode()
    assert (
        "Answered: the payer wants" in after and "Take back" not in after and desk.office.items("document_wanted") == []
    )
    assert "was answered before" in biller.post(address, {"held": held}, follow=True).content.decode()
    with pytest.raises(Exception, match="The payer has this document"):
        attachments.remove(desk.subject, int(held))


def test_a_request_about_a_claim_that_is_not_ours_is_looked_at(desk):
    subscriptions.connect()
    claim = desk.taken_in()
    row = desk.claim(claim)
    content = asked_for(desk, claim).replace(row.number.encode(), b"X9999999"[: len(row.number)])
    assert desk.receive(content).status == "read"
    (item,) = desk.office.items("answer_unmatched")
    assert "asks for documents about claim" in item.title
