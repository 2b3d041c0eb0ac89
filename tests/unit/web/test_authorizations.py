"""Authorizations on the pages: the rule, the flag on every list, the question, the number, the claim."""

from __future__ import annotations

import json
import re

import pytest
from tests.unit.pms.authorizations.conftest import desk
from tests.unit.pms.scheduling.conftest import MONDAY, clinic

__all__ = ["clinic", "desk"]


@pytest.fixture
def visit(desk):
    """A visit on Monday at nine of a patient of Northpoint, whose authorization is pended at first."""
    desk.insured("AUTHPEND")
    return desk.clinic.book(desk.clinic.at(9)).appointment_id


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def test_from_the_rule_to_the_number(staff, desk, visit):
    manager, front = staff("manager"), staff("front_desk")
    patient = desk.clinic.patients[0]
    page = f"/patients/{patient}/authorizations"
    rules = "/practice/authorizations"
    assert "No rule yet" in _text(manager, rules)
    given = {"payer_id": "NPHP1", "kind": "authorization", "visit_type": "office", "effective": "2026-01-01"}
    wrong = manager.post(rules, {**given, "codes": "123"})
    assert wrong.status_code == 422 and "not a procedure code" in wrong.content.decode()
    assert manager.post(rules, {**given, "note": "Since January."}).status_code == 302
    assert "Office visit" in _text(manager, rules)
    assert front.get(rules).status_code == 403
    manager.post(f"{rules}/ahead", {"eligibility_days": "5", "authorization_days": "400"})
    assert "no number of days" in _text(manager, rules)
    manager.post(f"{rules}/ahead", {"eligibility_days": "5", "authorization_days": "60"})
    assert 'value="5"' in _text(manager, rules) and 'value="60"' in _text(manager, rules)

    day = f"?date={MONDAY:%Y-%m-%d}"
    assert "needs authorization" in _text(front, f"/calendar/list{day}")
    assert "Needs authorization" in _text(front, f"/appointments/{visit}")
    assert "Needs authorization" in _text(front, f"/appointments/{visit}/check-in")
    assert "Since January" in _text(front, "/work")
    [event] = json.loads(_text(front, "/calendar/events?start=2026-03-02T00:00&end=2026-03-03T00:00"))
    assert "⚠" in event["title"] and "needs authorization" in event["extendedProps"]["reason"]

    [coverage] = re.findall(r'<option value="([^"]+)" *>[^<]*NPP10000000AUTHPEND', _text(front, page))
    asked = {"coverage": coverage, "kind": "authorization", "first_day": "2026-03-02", "visits": "6"}
    missing = front.post(f"{page}/ask", asked)
    assert missing.status_code == 422 and "Payers decide nothing without one" in missing.content.decode()
    front.post(f"{page}/ask", {**asked, "service_type": "PT", "diagnoses": "M54.50"})
    shown = _text(front, page)
    assert "A medical reviewer has to look at it." in shown and "authorization pending" in shown
    [number] = re.findall(r"/authorizations/(\d+)/act", shown)
    front.post(f"{page}/{number}/act", {"act": "again"})
    shown = _text(front, page)
    assert "<strong>5 left</strong>" in shown and "planned" in shown
    assert "needs authorization" not in _text(front, f"/calendar/list{day}")
    assert "HCR*A1*" in _text(front, f"{page}/{number}")
    front.post(f"{page}/{number}/act", {"act": "cancel"})
    assert "needs authorization" in _text(front, page)


def test_a_number_by_phone_and_what_is_planned(staff, desk, visit):
    front, patient = staff("front_desk"), desk.clinic.patients[0]
    page = f"/patients/{patient}/authorizations"
    [coverage] = re.findall(r'<option value="([^"]+)" *>[^<]*NPP10000000AUTHPEND', _text(front, f"{page}/enter"))
    given = {"coverage": coverage, "kind": "authorization", "state": "approved", "source": "phone",
             "first_day": "2026-03-01", "expires": "2026-03-31", "visits": "2"}  # fmt: skip
    wrong = front.post(f"{page}/enter", given)
    assert wrong.status_code == 422 and "The number is missing" in wrong.content.decode()
    front.post(f"{page}/enter", {**given, "number": "PH-77"})
    [number] = re.findall(r"/authorizations/(\d+)\"", _text(front, page))
    front.post(f"{page}/visit", {"appointment": visit, "codes": "20610", "authorization": number})
    shown = _text(front, page)
    assert 'value="20610"' in shown and "1 planned" in shown
    other = desk.clinic.patients[1]
    front.post(f"/patients/{other}/authorizations/visit", {"appointment": visit, "codes": ""})
    assert 'value="20610"' in _text(front, page)
    assert front.get(f"/patients/{other}/authorizations/{number}").status_code == 404


def test_the_estimate_of_what_is_planned_shows_the_contract_and_what_it_does_not_say(staff, desk):
    from chartdesk.exchange.sandbox import directory
    from chartdesk.pms.charges import contract_commands as charges
    from chartdesk.pms.coverage import connections, eligibility

    class Payer:
        def ask(self, request, *, payer_id):
            import httpx

            return httpx.post(f"{desk.address}/eligibility", content=request, timeout=60).content

    front, coverage = staff("front_desk"), desk.insured("COB")
    visit = desk.clinic.book(desk.clinic.at(9)).appointment_id
    connections.use(Payer())
    made = eligibility.check(desk.subject, coverage, service_date=MONDAY, appointment_id=visit)
    connections._current.clear()
    assert made.status == "active"
    charges.set_rates(desk.subject, "NPHP1", [("99213", "", directory.allowed_amounts("NPHP1")["99213"])], MONDAY)
    page = f"/appointments/{visit}/check-in"
    shown = _text(front, page)
    assert "the contract allows" in shown and "$118.00" in shown and "Office visit 99213: copay" in shown
    assert "what such visits are mostly charged with" in shown and "Not counted" not in shown
    patient = desk.clinic.patients[0]
    front.post(f"/patients/{patient}/authorizations/visit", {"appointment": visit, "codes": "99213 20610"})
    assert "what such visits are mostly charged with" not in _text(front, page)
    second = {"payer_id": "NPHP1", "rank": "2", "member_id": "NPP10000077", "relationship": "self"}
    assert front.post(f"/patients/{patient}/coverages/new", second).status_code == 302
    assert "pays after the first insurance" in _text(front, page)
    assert "what the contract allows for 20610" in _text(front, page)

    answer = _text(front, f"/patients/{patient}/eligibility/{made.pk}")
    assert "Every benefit that it states" in answer and f"/coverages/found/{made.pk}" in answer
    found = f"/coverages/found/{made.pk}"
    assert "It pays before this one." in _text(front, found)
    wrong = front.post(found, {"place": "0", "act": "decline"})
    assert wrong.status_code == 422 and "The reason is missing" in wrong.content.decode()
    front.post(found, {"place": "0", "act": "decline", "why": "It ended in May."})
    assert "Nothing waits" in _text(front, found)


def test_the_card_says_why_medicare_pays_second(staff, desk):
    from chartdesk.pms.coverage import queries

    front, patient = staff("front_desk"), desk.clinic.patients[0]
    page = f"/patients/{patient}/coverages/new"
    assert "a large employer" in _text(front, page)
    card = {"payer_id": "NPHP1", "rank": "2", "member_id": "NPP10000077", "relationship": "self"}
    assert front.post(page, {**card, "medicare_second": "43"}).status_code == 302
    [held] = [one for one in queries.coverages(desk.subject, patient) if one.rank == 2]
    assert (held.member_id, held.medicare_second) == ("NPP10000077", "43")
