"""Pages of charge review: the level of a visit, lines of others, rules and their weights, visits without charges."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

from tests.money.office import DAY, NOW
from tests.unit.web.test_billing_steps import _form, _notices

from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction


def _bill(office, *codes: str, patient: str = "") -> int:
    from chartdesk.pms.charges import commands as charges

    patient = patient or office.patient()
    return charges.capture(
        office.subject,
        charges.EncounterCharges(
            f"page-{patient}-{codes}", "", "", patient, office.practitioner, DAY, "11", NOW, 20, ["J02.0"],
            [charges.Procedure(code, pointers=[1], amount=Decimal(100)) for code in codes],
        ),
    )  # fmt: skip


def _fields(client, number: int) -> dict[str, list[str]]:
    """The form with its selects: those of a line once per line."""
    page = client.get(f"/charges/{number}").content.decode()
    fields = _form(page)
    fields["version"] = fields["version"][:1]
    names = re.findall(r'<select [^>]*name="([^"]+)".*?</select>', page, re.DOTALL)
    for name in names:
        fields.setdefault(name, [])
    fields["line-practitioner"] = [""] * names.count("line-practitioner")
    return fields


def test_the_level_is_entered_and_held_against_the_code(staff, office):
    number, client = _bill(office, "99214"), staff("biller")
    page = client.get(f"/charges/{number}").content.decode()
    assert "The time supports <strong>99213</strong>" in page
    assert "1 diagnosis, no tests charged" in page
    fields = _fields(client, number)
    client.post(f"/charges/{number}", {**fields, "problems": "low", "data": "", "risk": "low", "minutes": "20"})
    page = client.get(f"/charges/{number}").content.decode()
    assert "Decision making supports <strong>99213</strong>" in page
    assert "Entered by Pat biller" in page
    assert "99214 is more than is documented" in page
    assert '<option value="low" selected>' in page


def test_a_line_has_a_clinician_and_a_date_of_its_own(staff, office):
    from chartdesk.pms.charges import queries

    number, client = _bill(office, "99213", "86580"), staff("biller")
    fields = _fields(client, number)
    fields["line-date"][1] = "2026-03-04"
    fields["line-practitioner"][1] = office.practitioner
    assert client.post(f"/charges/{number}", fields).status_code == 302
    lines = queries.superbill(office.subject, number).lines
    assert [str(line.service_date) for line in lines] == ["None", "2026-03-04"]
    fields = _fields(client, number)
    fields["line-date"][1] = "soon"
    wrong = client.post(f"/charges/{number}", fields)
    assert wrong.status_code == 422
    assert "is not a date" in wrong.content.decode()


def test_the_last_visit_is_copied_with_a_click(staff, office):
    patient = office.patient()
    _bill(office, "99213", "87880", patient=patient)
    number, client = _bill(office, "36415", patient=patient), staff("biller")
    version = _fields(client, number)["version"][0]
    assert "Look them over" in _notices(client, client.post(f"/charges/{number}/copy", {"version": version}))
    assert "87880" in client.get(f"/charges/{number}").content.decode()


def test_a_manager_weighs_the_rules_and_a_biller_reads_them(staff, office):
    from chartdesk.record.access.people import practice_of

    page = staff("biller").get("/charges/rules").content.decode()
    assert "Level above" in page
    assert "<select" not in page
    assert staff("biller").post("/charges/rules", {"level_above": "off"}).status_code == 403
    manager = staff("manager")
    assert manager.post("/charges/rules", {"level_above": "heavy"}).status_code == 422
    assert manager.post("/charges/rules", {"missing_charge_days": "soon"}).status_code == 422
    manager.post("/charges/rules", {"level_above": "notice", "known_patient": "notice", "missing_charge_days": "5"})
    assert "usually: Stops the charges" in manager.get("/charges/rules").content.decode()
    own = practice_of(office.subject).settings
    assert own["charge_review"] == {"level_above": "notice", "known_patient": "notice"}
    assert own["missing_charge_days"] == 5


def test_visits_without_charges_are_listed_and_charges_begun(staff, office):
    from chartdesk.pms.registration import queries as registration
    from chartdesk.pms.scheduling.models import Resource

    patient = office.patient()
    with clock.at(NOW):
        with transaction(office.subject):
            provider = Resource.objects.get(practice=office.subject.practice, kind="provider")
        starts = datetime(2026, 3, 6, 15, tzinfo=UTC)
        booked = _booked(office, patient, provider, starts)
        client = staff("biller")
        page = client.get("/charges/missing").content.decode()
        assert registration.names(office.subject, [patient])[patient].name in page
        assert "No note" in page
        assert client.get("/charges/missing?age=0").content.decode().count("Enter charges<") == 0
        assert client.get("/charges/missing?age=2&waits=none").content.decode().count("Enter charges<") == 1
        assert "2026-03-06" in client.get("/charges/missing?format=csv").content.decode()
        assert f"{provider.name}" in client.get("/charges").content.decode()
        begun = client.post(f"/charges/missing/{booked}")
        assert re.fullmatch(r"/charges/\d+", begun["Location"])
        assert "There is no procedure to charge" in client.get(begun["Location"]).content.decode()
        assert "Every visit that took place has its charges" in client.get("/charges/missing").content.decode()
        assert staff("clinician").get("/charges/missing").status_code == 403


def test_a_visit_of_which_nothing_is_charged_is_settled_at_the_page_and_charged_after_all(staff, office):
    from chartdesk.pms.scheduling.models import Resource

    patient = office.patient()
    with clock.at(NOW):
        with transaction(office.subject):
            provider = Resource.objects.get(practice=office.subject.practice, kind="provider")
        booked = _booked(office, patient, provider, datetime(2026, 3, 6, 15, tzinfo=UTC))
        client, address = staff("biller"), f"/charges/missing/{booked}/nothing/booked"
        assert f'hx-get="{address}"' in client.get("/charges/missing").content.decode()
        assert 'name="reason" required' in client.get(address).content.decode()
        refused = client.post(address, {"reason": " "}, follow=True).content.decode()
        assert "Say why nothing is charged" in refused
        assert refused.count("Enter charges<") == 1
        done = client.post(address, {"reason": "Aftercare"}, follow=True).content.decode()
        number = re.search(r"Noted on superbill (\d+)", done)[1]
        assert "Every visit that took place has its charges" in done
        page = client.get(f"/charges/{number}").content.decode()
        assert "These charges were taken back.</strong> Aftercare" in page
        assert "There is no procedure to charge" not in page
        client.post(f"/charges/{number}/restore")
        page = client.get(f"/charges/{number}").content.decode()
        assert "Aftercare" not in page
        assert "There is no procedure to charge" in page
        assert staff("clinician").post(address, {"reason": "x"}).status_code == 403


def _booked(office, patient, provider, starts) -> str:
    from chartdesk.pms.scheduling import commands, queries, setup

    setup.add_visit_type(office.subject, "office", "Office visit", minutes=20)
    with clock.at(datetime(2026, 3, 5, tzinfo=UTC)):
        booked = commands.book(
            office.subject,
            commands.BookingRequest(
                patient_id=patient, starts=starts, provider_id=provider.pk, visit_type="office",
                site_id=queries.sites(office.subject)[0].pk, outside_hours=True,
            ),
        )  # fmt: skip
    with clock.at(starts):
        commands.check_in(office.subject, booked.appointment_id)
        commands.check_out(office.subject, booked.appointment_id)
    return str(booked.appointment_id)
