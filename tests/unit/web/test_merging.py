"""Merging on the pages: compare, merge, undo, and old addresses that lead on."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def two(office):
    return office.patient(), office.patient()


def _fields(page):
    form = page[page.index('name="goes"') - 40 :]
    return dict(re.findall(r'name="(goes|stays|goes_version|stays_version)" value="([^"]*)"', form))


def test_a_manager_compares_merges_and_undoes(staff, office, two):
    one, other = two
    client = staff("manager")
    assert f"/patients/{one}/merge" in client.get(f"/patients/{one}").content.decode()
    found = client.get(f"/patients/{one}/merge?q=Payne").content.decode()
    assert f"goes={other}&amp;stays={one}" in found
    page = client.get(f"/merges/compare?goes={other}&stays={one}").content.decode()
    assert "differs" in page and "1. Acme" in page and "Coverage: 1" in page
    fields = _fields(page)
    assert (fields["goes"], fields["stays"]) == (other, one)
    refused = client.post("/merges/compare", fields)
    assert refused.status_code == 409 and "They are not alike" in refused.content.decode()
    done = client.post("/merges/compare", {**fields, "confirmed": "1", "reason": "registered twice"})
    assert (done.status_code, done["Location"]) == (302, f"/patients/{one}")

    old = client.get(f"/patients/{other}/edit?x=1")
    assert (old.status_code, old["Location"]) == (302, f"/patients/{one}/edit?x=1")
    listed = client.get("/merges").content.decode()
    assert "registered twice" in listed and "Undo" in listed
    again = client.post("/merges/compare", {**fields, "confirmed": "1"})
    assert again.status_code == 409 and "was merged into" in again.content.decode()

    number = re.search(r"/merges/(\d+)/undo", listed)[1]
    undone = client.post(f"/merges/{number}/undo")
    assert (undone.status_code, undone["Location"]) == (302, f"/patients/{other}")
    assert client.get(f"/patients/{other}").status_code == 200
    assert "undone" in client.get("/merges").content.decode()


def test_a_form_sent_for_the_old_id_reaches_the_patient_who_remains(staff, office, two):
    from chartdesk.pms.registration import merging
    from chartdesk.pms.statements import queries

    one, other = two
    office.charge(other, self_pay=True)
    client = staff("manager", "biller")
    page = client.get(f"/patients/{other}/account").content.decode()
    merging.merge(office.subject, other, one)
    assert client.get(f"/patients/{other}")["Location"] == f"/patients/{one}"
    owed = queries.account(office.subject, one).balance_patient
    assert owed > 0
    key = re.search(r'name="payment_key" value="([^"]*)"', page)
    form = {"amount": "20.00", "method": "cash", "payment_key": key[1]}
    assert client.post(f"/patients/{other}/account/pay", form)["Location"] == f"/patients/{one}/account"
    assert queries.account(office.subject, one).balance_patient == owed - 20


def test_others_neither_see_nor_merge(staff, two):
    one, other = two
    for role in ("front_desk", "biller", "clinician"):
        client = staff(role)
        for address in ("/merges", f"/patients/{one}/merge", f"/merges/compare?goes={other}&stays={one}"):
            assert client.get(address).status_code == 403, (role, address)
        assert client.post("/merges/compare", {"goes": other, "stays": one}).status_code == 403
        assert client.post("/merges/1/undo").status_code == 403
    assert "/merge" not in staff("front_desk").get(f"/patients/{one}").content.decode()


def test_stale_pages_and_nonsense_are_refused(staff, office, two):
    one, other = two
    client = staff("manager")
    fields = {"goes": other, "stays": one, "goes_version": "7", "stays_version": "1", "confirmed": "1"}
    stale = client.post("/merges/compare", fields)
    assert stale.status_code == 409 and "changed since you looked" in stale.content.decode()
    assert client.get(f"/merges/compare?goes={one}&stays={one}").status_code >= 400
    assert client.get("/merges/compare?goes=nobody&stays=x").status_code == 404
    assert client.get("/merges/compare").status_code >= 400
