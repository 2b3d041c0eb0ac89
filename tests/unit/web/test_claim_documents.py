"""Documents of claims on the pages: kept, named on the claim, saved again, taken back, and sent to who asks."""

from __future__ import annotations

import base64
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
    biller, row = staff("biller"), desk.claim(claim := desk.ready())
    bill = row.superbill
    page = f"/charges/{bill}/documents"
    at_desk = staff("front_desk").get(page).content.decode()
    assert f'href="/patients/{row.patient}"' in at_desk and f'/charges/{bill}"' not in at_desk
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
    assert "The payer wants progress note" in shown and 'value="OZ" selected' in shown and "wanted by" in shown
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


def written(desk, patient: str) -> tuple[str, str]:
    """An encounter with a signed note and one that is not finished, as the record keeps them: encounter, note."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    about = r4.Reference(reference=f"Patient/{patient}")
    with transaction(desk.subject):
        ambulatory = r4.Coding(system="http://terminology.hl7.org/CodeSystem/v3-ActCode", code="AMB")
        visit = store.put(desk.subject, r4.Encounter(status="finished", class_=ambulatory, subject=about), create=True)
        notes = [
            store.put(desk.subject, r4.DocumentReference(
                status="current", docStatus=standing, subject=about, date="2026-03-02T15:00:00Z", description=title,
                type=r4.CodeableConcept(coding=[r4.Coding(system="http://loinc.org", code="11506-3")]),
                content=[r4.DocumentReferenceContent(attachment=r4.Attachment(
                    contentType="text/plain; charset=utf-8", data=base64.b64encode(title.encode()).decode()))],
                context=r4.DocumentReferenceContext(encounter=[r4.Reference(reference=f"Encounter/{visit.id}")]),
            ), create=True)
            for title, standing in (("Progress note", "final"), ("Scribbles", "preliminary"))
        ]  # fmt: skip
    return visit.id, notes[0].id


def test_a_signed_note_goes_with_the_claim_at_one_click_and_about_one_line(staff, desk):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.charges.models import Superbill

    desk.settings(auto_submit=False)
    subscriptions.connect()
    bill = desk.charges(desk.office.patient(), [("99213", [1]), ("87880", [1])])
    with transaction(desk.subject):
        row = Superbill.objects.get(pk=bill)
        encounter, note = written(desk, row.patient)
        Superbill.objects.filter(pk=bill).update(encounter=encounter)
    biller, page = staff("biller"), f"/charges/{bill}/documents"
    shown = biller.get(page).content.decode()
    assert "Progress note 2026-03-02" in shown and "Scribbles" not in shown
    [address] = re.findall(r'action="([^"]+/documents/record/[^"]+)"', shown)
    assert address.endswith(note)
    other = biller.post(f"{page}/record/nobody", {}, follow=True).content.decode()
    assert "The visit has no such finished document" in other
    refused = biller.post(address, {"line": "99999"}, follow=True).content.decode()
    assert "No line of the charges is 99999" in refused
    assert "Kept as it is now" in biller.post(address, {"line": "87880 59"}, follow=True).content.decode()
    (kept,) = attachments.of_charges(desk.subject, bill)
    assert (kept.name, kept.line, kept.report) == ("Progress-note-2026-03-02.txt", "87880 59", "09")
    assert kept.source == f"DocumentReference/{note}/_history/1"
    assert biller.get(f"/charges/documents/{kept.pk}").content == b"Progress note"
    after = biller.get(page).content.decode()
    assert "goes with the claim" in after and "about 87880 59" in after and address not in after
    assert "goes with the claims already" in biller.post(address, {}, follow=True).content.decode()

    made = commands.build(desk.subject, bill)
    content = queries.claim(desk.subject, made).content
    assert [one.line for one in content.attachments] == [content.lines[1].charge_line]
    assert "with line 2" in biller.get(f"/claims/{made}").content.decode()
    commands.scrub(desk.subject, made)
    commands.submit(desk.subject, [made])
    text = biller.get(f"/claims/{made}/text").content.decode()
    assert text.index("SV1*HC:87880") < text.index(f"PWK*09*EL***AC*{kept.control}") < text.rindex("REF*6R")
    (sent,) = attachments.of_charges(desk.subject, bill)
    assert sent.interchange is not None and sent.interchange.kind == "275"


def test_a_document_stays_with_its_line_when_the_charges_are_amended_and_else_with_the_claim(desk):
    from decimal import Decimal

    from chartdesk.pms.charges import commands as charges

    subscriptions.connect()
    bill = desk.charges(desk.office.patient(), [("99213", [1]), ("87880", [1])], approve=False)
    attachments.attach(desk.subject, bill, Given("note.pdf", PDF, "09", line="87880 59"))
    for lines, about in (([("87880", ["59"]), ("99213", [])], 0), ([("99213", [])], None)):
        given = [charges.Procedure(code, modifiers, pointers=[1], amount=Decimal(9)) for code, modifiers in lines]
        charges.amend(desk.subject, bill, given, ["J02.0"])
        charges.approve(desk.subject, bill)
        made = commands.build(desk.subject, bill)
        content = queries.claim(desk.subject, made).content
        wanted = 0 if about is None else content.lines[about].charge_line
        assert [one.line for one in content.attachments] == [wanted]
        charges.reopen(desk.subject, bill, "Once more")
