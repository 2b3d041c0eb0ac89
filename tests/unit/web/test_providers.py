"""The page of a clinician: what is saved, what is refused, and what becomes of claims, visits and the record."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest


@pytest.fixture
def reed(office):
    """The row of the office's clinician."""
    return _row(office)


def _row(office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.scheduling.models import Resource

    with transaction(office.subject):
        return Resource.objects.get(practitioner=office.practitioner)


def _fields(page):
    """What a browser would send back: the fields of the form as they are filled."""
    form = page[page.index("<form class=") :]
    found = dict(re.findall(r'<input [^>]*name="(\w+)" value="([^"]*)"', form))
    for name, inside in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', inside)[1]
    return found


def _practitioner(office):
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    return store.read(office.subject, r4.Practitioner, office.practitioner)


def _held(office):
    """A claim that waits because the clinician's NPI is missing."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.scheduling import setup, setup_queries

    row, details = setup_queries.provider(office.subject, _row(office).pk)
    rest = {"color": row.color, "lanes": row.lanes, "site_id": row.site_id}
    setup.amend_provider(office.subject, row.pk, replace(details, npi=""), **rest)
    number = claims.build(office.subject, office.charge(office.patient()))
    claims.scrub(office.subject, number)
    with transaction(office.subject):
        assert _claim(number).status == "held"
    return number


def _claim(number):
    from chartdesk.pms.claims.models import Claim

    return Claim.objects.get(pk=number)


def test_a_clinician_is_changed_and_the_claim_that_waited_goes_on(staff, office, practice):
    from chartdesk.kit import outbox
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import subscriptions

    subscriptions.connect()
    waiting = _held(office)
    client = staff("manager")
    address = f"/practice/schedule/provider/{_row(office).pk}"
    assert address in client.get("/practice/schedule").content.decode()
    assert client.get(f"/practice/schedule/provider/named/{office.practitioner}")["Location"] == address
    assert client.get("/practice/schedule/provider/named/nobody")["Location"] == "/practice/schedule"
    sent = _fields(client.get(address).content.decode())
    assert (sent["family"], sent["npi"], sent["taxonomy"]) == ("Reed", "", "207Q00000X")
    sent.update(family="Reed-Lowe", credential="MD", npi="1234567893", taxonomy="207r00000x")
    saved = client.post(address, sent, follow=True).content.decode()
    assert "Ana Reed-Lowe, MD saved" in saved
    row = _row(office)
    assert (row.name, row.npi, row.taxonomy) == ("Ana Reed-Lowe, MD", "1234567893", "207R00000X")
    assert _practitioner(office).name[0].family == "Reed-Lowe"
    outbox.deliver_all(practice.pk)
    with transaction(office.subject):
        claim = _claim(waiting)
        assert claim.status != "held" and claim.content["rendering"]["family"] == "Reed-Lowe", claim.findings


def test_what_others_wrote_of_a_clinician_stays_and_so_does_rest(staff, office, reed):
    import msgspec

    from chartdesk.pms.scheduling import setup
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    known = _practitioner(office)
    license = r4.Identifier(system="urn:oid:2.16.840.1.113883.4.3.39", value="35.081234")
    store.put(office.subject, msgspec.structs.replace(known, identifier=[*known.identifier, license], gender="female"))
    setup.set_active(office.subject, reed.pk, False)
    client = staff("manager")
    address = f"/practice/schedule/provider/{reed.pk}"
    page = client.get(address).content.decode()
    assert "Take visits again" in page
    assert client.post(address, {**_fields(page), "given": "Anna"}).status_code == 302
    now = _practitioner(office)
    assert [one.value for one in now.identifier] == ["1234567893", "35.081234"]
    assert (now.name[0].given, now.gender, now.active) == (["Anna"], "female", False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"npi": "1234567890"}, "is not an NPI"),
        ({"npi": "1245319599"}, "is the NPI of Jo Wren"),
        ({"taxonomy": "family"}, "is not a taxonomy code"),
        ({"family": ""}, "The family is empty"),
        ({"given": "Jo", "family": "Wren"}, "Jo Wren is there already"),
        ({"lanes": "x"}, "is not a number"),
        ({"color": "beige"}, "Choose one of the colors"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(staff, office, reed, changed, words):
    from chartdesk.pms.scheduling import setup

    setup.add_provider(office.subject, family="Wren", given="Jo", npi="1245319599")
    client = staff("manager")
    address = f"/practice/schedule/provider/{reed.pk}"
    refused = client.post(address, {**_fields(client.get(address).content.decode()), **changed})
    assert refused.status_code == 422 and words in refused.content.decode()
    assert _row(office).name == "Ana Reed" and _practitioner(office).meta.versionId == "1"


def test_somebody_new_is_added_once_and_only_by_the_manager(staff, office, reed):
    client = staff("manager")
    sent = {**_fields(client.get("/practice/schedule/provider/new").content.decode()), "given": "Jo", "family": "Wren"}
    assert "Add their hours" in client.post("/practice/schedule/provider/new", sent, follow=True).content.decode()
    again = client.post("/practice/schedule/provider/new", sent)
    assert again.status_code == 422 and "is there already" in again.content.decode()
    desk = staff("front_desk", "biller", "clinician")
    for address in ("/practice/schedule/provider/new", f"/practice/schedule/provider/{reed.pk}"):
        assert (desk.get(address).status_code, desk.post(address, sent).status_code) == (403, 403)
    assert client.get("/practice/schedule/provider/99999").status_code == 404


def test_who_takes_no_more_visits_leaves_word_of_those_that_are_booked(staff, office, reed):
    from datetime import timedelta

    from chartdesk.kit import clock
    from chartdesk.pms.scheduling import commands, setup

    setup.add_visit_type(office.subject, "office", "Office visit", 20)
    booking = commands.BookingRequest(
        patient_id=office.patient(),
        provider_id=reed.pk,
        site_id=reed.site_id,
        visit_type="office",
        starts=clock.now() + timedelta(days=1),
        outside_hours=True,
    )
    commands.book(office.subject, booking)
    client = staff("manager")
    assert "1 visit to come" in client.get(f"/practice/schedule/provider/{reed.pk}").content.decode()
    rested = client.post(f"/practice/schedule/provider/{reed.pk}/change", follow=True)
    assert rested.status_code == 404, "what is changed stands before the number"
    rested = client.post(f"/practice/schedule/rest/{reed.pk}/change", follow=True).content.decode()
    assert "1 visit is booked and stays" in rested
