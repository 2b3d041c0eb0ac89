"""Documents from outside on the pages: taken in, shown safely, decided line by line; summaries written, handed out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.usefixtures("database")
HOSPITAL = Path(__file__).resolve().parents[2] / "samples" / "ccda" / "hospital_transition.xml"


@pytest.fixture
def moss(subject):
    """The patient whom the document is about, registered here."""
    from chartdesk.pms.registration import commands
    from chartdesk.pms.registration.people import Person, Registration

    person = Person(family="Moss", given="Ivy", birth_date=date(1980, 5, 4), sex="female", phone_home="6145550146")
    return commands.register(subject, Registration(person)).patient_id


def _upload(client, patient, raw, **more):
    file = SimpleUploadedFile("summary.xml", raw, "application/xml")
    return client.post(f"/patients/{patient}/documents/upload", {"file": file, **more})


def _form(page: str, words: str) -> dict[str, str]:
    """The hidden fields of the form in the row that speaks of ``words``."""
    row = next(part for part in page.split('class="list-group-item py-2"') if words in part and "<form" in part)
    return dict(re.findall(r'name="(kind|key|seen)" value="([^"]*)"', row))


def test_a_clinician_takes_in_reads_decides_and_finishes(staff, moss):
    client = staff("clinician")
    assert f"/patients/{moss}/documents" in client.get(f"/patients/{moss}/chart").content.decode()
    raw = HOSPITAL.read_bytes().replace(b"Came with chest pain.", b"Came with <script>alert(1)</script> pain.")
    there = _upload(client, moss, raw)
    assert there.status_code == 302
    address = there["Location"]
    page = client.get(address).content.decode()
    assert "Exercise-induced angina" in page and "Hospital Course" in page and "Lakeside Hospital" in page
    assert "alert(1)" not in page and "5 items undecided" in page
    listed = client.get("/outside-documents").content.decode()
    assert address in listed and "Moss" in listed

    made = client.post(f"{address}/decide", {**_form(page, "Bee sting"), "choice": "leave"})
    assert (made.status_code, made["Location"]) == (302, f"{address}#allergies")
    client.post(f"{address}/decide", {**_form(page, "Exercise-induced angina"), "choice": "add"})
    page = client.get(address).content.decode()
    assert "left out" in page and "added to ours" in page
    assert "I20.89" in client.get(f"/patients/{moss}/chart").content.decode()
    refused = client.post(f"{address}/finish", {}, follow=True).content.decode()
    assert "are undecided" in refused
    done = client.post(f"{address}/finish", {"rest": "1"}, follow=True).content.decode()
    assert "Reconciled by Pat clinician" in done and "Finish</button>" not in done
    original = client.get(f"{address}/original")
    assert original.content == raw and "attachment" in original["Content-Disposition"]


def test_another_persons_document_needs_a_second_look(staff, moss):
    client = staff("nurse")
    other = HOSPITAL.read_bytes().replace(b"19800504000000", b"19910101")
    assert "born Jan 1, 1991" in client.get(_upload(client, moss, other)["Location"]).content.decode()
    assert "/outside-documents/" in _upload(client, moss, other, sure="1")["Location"]
    assert "cannot be read as XML" in client.get(_upload(client, moss, b"PID|1")["Location"]).content.decode()


def test_the_front_desk_brings_the_mail_and_reads_none(staff, moss):
    client = staff("front_desk")
    page = client.get(_upload(client, moss, HOSPITAL.read_bytes())["Location"]).content.decode()
    assert "A clinician will look at it" in page and "Write a summary" not in page
    number = staff("clinician").get("/outside-documents").content.decode()
    number = re.search(r"/outside-documents/(\d+)", number)[1]
    assert client.get(f"/outside-documents/{number}").status_code == 403
    assert client.get("/outside-documents").status_code == 403
    assert staff("biller").get(f"/patients/{moss}/documents").status_code == 403
    doctor = staff("clinician")
    written = doctor.post(f"/patients/{moss}/documents/write", {"kind": "summary"})["Location"]
    assert client.get(written).status_code == 403 and doctor.get(written).status_code == 200
    assert f"/patients/{moss}/documents" in client.get(f"/patients/{moss}").content.decode()


def test_a_referral_is_written_shown_and_handed_out(staff, moss):
    client = staff("clinician")
    form = {"kind": "referral", "name": "Carl Hart", "organization": "Lakeside Cardiology", "reason": "<b>pain</b>"}
    there = client.post(f"/patients/{moss}/documents/write", form)
    page = client.get(there["Location"]).content.decode()
    assert "Carl Hart, Lakeside Cardiology" in page and "&lt;b&gt;pain&lt;/b&gt;" in page
    file = client.get(f"{there['Location']}?file")
    assert file["Content-Type"] == "application/xml" and b"ClinicalDocument" in file.content
    missing = client.post(f"/patients/{moss}/documents/write", {**form, "reason": ""}, follow=True)
    assert "whom it goes to, and why" in missing.content.decode()
    listed = client.get(f"/patients/{moss}/documents").content.decode()
    assert "Referral" in listed and "Lakeside Cardiology" in listed
