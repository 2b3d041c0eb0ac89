"""The in-box, a result with its course and its document, orders and immunizations, asked as a browser asks them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.ehr.conftest import clinician
from tests.unit.ehr.orders.test_orders import AT, PDF, catalog_there, high, now, report

from chartdesk.ehr.orders import catalog, commands, queries, results
from chartdesk.ehr.orders.content import AttachmentIn, NewOrder

__all__ = ["catalog_there", "clinician", "now"]


@pytest.fixture
def patient(subject, now) -> str:
    from datetime import date

    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Guarantor, Person, Registration

    person = Person(family="Moss", given="Ivy", birth_date=date(1980, 5, 4), sex="female")
    return register(subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True).patient_id


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_from_the_in_box_to_the_signature(staff, subject, clinician, patient, catalog_there):
    given = report(patient, observations=(high("6.8", flags=("HH",), notes=("Repeated.",)),))
    results.receive(subject, [given])
    doctor = staff("clinician")
    listed = page(doctor, "/results?whose=nobody")
    assert "Moss, Ivy" in listed and "critical" in listed and "Basic metabolic panel" in listed
    number = re.search(r"/results/(\d+)", listed)[1]
    shown = page(doctor, f"/results/{number}")
    assert "6.8 mmol/L" in shown and "critically high" in shown and "3.5-5.1" in shown and "Repeated." in shown
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    stale = doctor.post(f"/results/{number}/sign", {"version": "99", "next": "none"}, follow=True)
    assert "later state" in stale.content.decode()
    done = doctor.post(f"/results/{number}/sign", {"version": version, "next": "visit", "comment": "Low salt."})
    assert done.status_code == 302
    shown = page(doctor, f"/results/{number}")
    assert "Low salt." in shown and "See the patient" in shown and "result_sign" not in shown
    assert "Nothing waits" in page(doctor, "/results?whose=all")
    assert "Basic metabolic panel" in page(doctor, "/results?whose=all&state=signed")


def test_who_may_not(staff, subject, patient, catalog_there):
    results.receive(subject, [report(patient)])
    number = queries.of_patient(subject, patient)[0].pk
    for role in ("front_desk", "biller", "manager"):
        client = staff(role)
        for address in ("/results", f"/results/{number}", f"/patients/{patient}/orders"):
            assert client.get(address).status_code == 403, (role, address)
    nurse = staff("nurse")
    assert "Sign</button>" not in page(nurse, f"/results/{number}")
    refused = nurse.post(f"/results/{number}/sign", {"version": "1", "next": "none"}, follow=True)
    assert "needs the role" in refused.content.decode()


def test_a_document_is_shown_in_its_page_and_nowhere_else(staff, subject, patient, now):
    pair = (AttachmentIn(PDF, "application/pdf", "Report"), AttachmentIn(b"<b>x</b>", "text/html", "Page"))
    results.receive(subject, [report(patient, attachments=pair)])
    row = next(one for one in queries.of_patient(subject, patient))
    doctor = staff("clinician")
    shown = page(doctor, f"/results/{row.pk}")
    assert shown.count("<iframe") == 1
    keys = re.findall(r"/results/documents/([a-f0-9-]+)", shown)
    answer = doctor.get(f"/results/documents/{keys[0]}")
    assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    other = doctor.get(f"/results/documents/{keys[-1]}")
    assert other["Content-Type"] == "application/octet-stream" and "attachment" in other["Content-Disposition"]
    assert staff("biller").get(f"/results/documents/{keys[0]}").status_code == 403
    assert doctor.get("/results/documents/none").status_code == 404


def test_the_course_is_drawn(staff, subject, patient, now):
    for hour, number in enumerate(("4.1", "4.6", "5.6")):
        taken = AT - timedelta(days=30 * (3 - hour))
        results.receive(subject, [report(patient, key=f"k{hour}", taken=taken, observations=(high(number),))])
    drawn = page(staff("nurse"), f"/patients/{patient}/course?system=http://loinc.org&code=2823-3")
    assert drawn.count("<circle") == 3 and "course-band" in drawn and "5.6 mmol/L" in drawn
    assert "No numbers" in page(staff("nurse"), f"/patients/{patient}/course?system=x&code=y")


def test_ordering_and_taking_back(staff, subject, patient, catalog_there):
    nurse = staff("nurse")
    refused = nurse.post(f"/patients/{patient}/orders/new", {"item": "bmp", "note": "Fasting."})
    assert refused.status_code == 422 and "Whose order" in refused.content.decode()
    assert "Fasting." in refused.content.decode()
    doctor = staff("clinician")
    asked = {"item": "bmp", "codes": "E11.9, i10", "priority": "stat", "taken": "1"}
    assert doctor.post(f"/patients/{patient}/orders/new", asked).status_code == 302
    (row,) = queries.orders_of(subject, patient)
    assert "Basic metabolic panel" in page(doctor, f"/patients/{patient}/chart")
    assert row.number in page(doctor, f"/patients/{patient}/orders/latest")
    shown = page(doctor, f"/orders/{row.request}")
    assert "E11.9" in shown and "I10" in shown and "At once" in shown and "on paper" in shown and "Serum" in shown
    doctor.post(f"/orders/{row.request}/cancel", {"reason": "Done elsewhere."})
    assert "taken back" in page(doctor, f"/patients/{patient}/orders")


def test_immunizations(staff, patient, now):
    nurse = staff("nurse")
    form = {"cvx": "115", "given": "2026-03-02", "lot": "", "route": "IM"}
    refused = nurse.post(f"/patients/{patient}/immunizations", form)
    assert refused.status_code == 422 and "The lot is missing" in refused.content.decode()
    nurse.post(f"/patients/{patient}/immunizations", {**form, "lot": "AB12", "dose": "0.5"})
    shown = page(nurse, f"/patients/{patient}/immunizations")
    assert "Tdap" in shown and "AB12" in shown
    nurse.post(re.search(r'action="([^"]+/withdraw)"', shown)[1])
    assert "None recorded" in page(nurse, f"/patients/{patient}/immunizations")


def test_the_catalog_and_the_deadlines(staff, subject, clinician):
    manager = staff("manager")
    assert "Begin with" in page(manager, "/practice/orders")
    manager.post("/practice/orders/begin")
    entry = {"name": "Ferritin", "key": "ferritin", "kind": "lab", "code": "2276-4", "active": "1"}
    assert manager.post("/practice/orders/new", {**entry, "key": "a b"}).status_code == 422
    assert manager.post("/practice/orders/new", entry).status_code == 302
    assert "Ferritin" in page(manager, "/practice/orders") and "2276-4" in page(manager, "/practice/orders/ferritin")
    days = {"normal": "5", "abnormal": "1", "critical": "0", "waiting": "10", "registry": ""}
    assert manager.post("/practice/orders", {**days, "normal": "x"}).status_code == 422
    assert manager.post("/practice/orders", days).status_code == 302
    assert catalog.days(subject).by_level == (5, 1, 0)
    assert staff("nurse").get("/practice/orders").status_code == 403


def test_the_work_list_leads_to_the_result(staff, subject, patient, catalog_there, clinician):
    request = commands.order(clinician, patient, NewOrder("bmp"))
    number = queries.order(clinician, request).row.number
    results.receive(subject, [report(patient, order_number=number)])
    results.receive(subject, [replace(report(patient), key="other", orderer_name="Dr. Who")])
    row = next(one for one in queries.of_patient(subject, patient) if not one.practitioner)
    assert queries.waiting(clinician, clinician.practitioner) == (2, 0)
    listed = page(staff("clinician"), "/work")
    assert f"/results/{row.pk}" in listed and "Dr. Who" in listed
