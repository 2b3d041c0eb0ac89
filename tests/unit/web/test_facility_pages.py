"""A clinic that bills on the UB-04, on the pages: its rule, its revenue codes, the charges, the claim."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.money.facility import bill_as_facility
from tests.money.office import NOW
from tests.unit.pms.claims.conftest import desk

from chartdesk.kit import clock
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.claims import commands, queries, revenue
from chartdesk.pms.splits.rules import Rule
from chartdesk.record.access import practices

__all__ = ["desk"]
RULE = {
    "name": "Rural health clinic", "on": "1", "action": "institutional", "bill_type": "71", "revenue": "0521",
    "codes": "", "modifiers": "", "places": "", "first": "", "last": "", "share": "", "most": "50",
}  # fmt: skip
CLINIC = Rule("clinic", "Rural health clinic", "institutional", bill_type="71")


def test_a_manager_says_which_visits_the_clinic_bills_as_a_facility(staff, office):
    with clock.at(NOW):
        manager = staff("manager")
        manager.post("/practice/splitting/draft")
        page = "/practice/splitting/rules/new"
        for wrong, words in (({"bill_type": ""}, "no type of bill"), ({"revenue": "521"}, "no revenue code")):
            refused = manager.post(page, RULE | wrong)
            assert refused.status_code == 422 and words in refused.content.decode()
        [site] = re.findall(r'name="sites" value="(\d+)"', manager.get(page).content.decode())
        assert manager.post(page, RULE | {"sites": [site]}).status_code == 302
        shown = manager.get("/practice/splitting").content.decode()
        assert "At the site Main Street: on an institutional claim, type of bill 71 (Rural health clinic)" in shown


def test_a_manager_keeps_the_table_of_revenue_codes_and_a_biller_looks_at_it(staff, office):
    manager, page = staff("manager"), "/practice/revenue-codes"
    rows = {"codes": ["99202-99215, g0463", "", "J1*"], "places": ["", "", "22"], "revenue": ["0521", "", "0250"]}
    refused = manager.post(page, rows | {"revenue": ["521", "", "0250"]})
    assert refused.status_code == 422 and "is no revenue code" in refused.content.decode()
    assert 'value="99202-99215 G0463"' in refused.content.decode()
    assert manager.post(page, rows).status_code == 302
    biller = staff("biller")
    shown = biller.get(page).content.decode()
    assert 'value="J1*"' in shown and ">Save<" not in shown
    assert biller.post(page, rows).status_code == 403
    assert staff("front_desk").get(page).status_code == 403
    manager.post(page, {"codes": [""], "places": [""], "revenue": [""]})
    assert 'value="J1*"' not in manager.get(page).content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("521", "0521"), ("0900", "0900"), ("52a", None)])
def test_a_revenue_code_is_typed_at_the_line(staff, desk, typed, kept):
    biller, bill = staff("biller"), desk.charges(desk.office.patient(), approve=False)
    line = {"line-code": "99213", "line-units": "1", "line-pointers": "1", "line-amount": "90"}
    answer = biller.post(f"/charges/{bill}", line | {"diagnosis": "J02.0", "version": "1", "line-revenue": typed})
    assert answer.status_code == (422 if kept is None else 302)
    assert [one.revenue for one in bills.superbill(desk.subject, bill).lines] == [kept or ""]
    assert f'name="line-revenue" value="{kept or typed}"' in (
        biller.get(f"/charges/{bill}").content.decode() if kept else answer.content.decode()
    )


def test_the_claims_page_says_what_kind_of_bill_it_is(staff, desk):
    bill_as_facility(desk.subject, CLINIC)
    biller, bill = staff("biller"), desk.charges(desk.office.patient(), [("99213", [1]), ("H0031", [1])])
    made = commands.build(desk.subject, bill)
    commands.scrub(desk.subject, made)
    page = biller.get(f"/claims/{made}").content.decode()
    assert "0711" in page and "Rural health clinic" in page and "Attended by" in page and "CMS-1500" not in page
    assert "H0031 has no revenue code" in page and "0510" in page
    said = {
        "cause": "auto", "accident_on": "2026-02-27", "accident_state": "OH", "claim_number": " 7-a ",
        "admission_type": "2", "patient_status": "01", "admitted_at": "99", "version": "0",
        "attending_family": "Okafor", "attending_given": "Ngozi", "attending_npi": "1993999998",
    }  # fmt: skip
    refused = biller.post(f"/charges/{bill}/circumstances", said)
    assert refused.status_code == 422 and "is no time" in refused.content.decode()
    assert biller.post(f"/charges/{bill}/circumstances", said | {"admitted_at": ""}).status_code == 302
    shown = biller.get(f"/charges/{bill}").content.decode()
    assert "The insurer&#x27;s claim number: 7-A" in shown and "How urgent it was: Urgent (2)" in shown
    # The table says what the code alone does not.
    practices.switch(desk.subject, **{revenue.SETTING: revenue.kept([revenue.Row(("H0031",), (), "0900")])})
    commands.build(desk.subject, bill)
    content = queries.claim(desk.subject, made).content
    assert content.institutional is not None and content.institutional.attending.family == "Okafor"
    text = biller.get(f"/claims/{made}/text").content.decode()
    assert "71:A:1" in text and "CL1*2*1*01" in text and content.total == Decimal(21)
    assert biller.get(f"/claims/{made}/paper/form").status_code in (302, 409, 422)
