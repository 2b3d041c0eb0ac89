"""Estimates are made from the fee schedule, kept, given in time, and held against the bill."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW, office

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid

__all__ = ["office"]
SAID = (
    "Good-faith estimate", "$400.00 or more", "within 120 days", "is no contract", "scheduled or asked for separately",
)  # fmt: skip


def _wanted(**given):
    from chartdesk.pms.good_faith.commands import Item, Wanted

    items = given.pop("items", [Item("99213"), Item("87880", Decimal(2)), Item("J1100", amount=Decimal("12.50"))])
    return Wanted(items=items, **given)


def _visit(office, patient, days=20):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.scheduling.models import AppointmentIndex

    starts = NOW + timedelta(days=days)
    with transaction(office.subject):
        return AppointmentIndex.objects.create(
            practice=office.subject.practice, appointment=f"visit-{patient[-6:]}-{days}", patient=patient,
            starts=starts, ends=starts + timedelta(minutes=20), status="booked", booked=NOW, version=1,
        ).appointment  # fmt: skip


def test_an_estimate_says_everything_it_must(office):
    from pypdf import PdfReader

    from chartdesk.pms.good_faith import commands, queries

    patient = office.patient(payers=())
    made = commands.estimate(
        office.subject, patient, _wanted(diagnoses=["J02.0"], practitioner=office.practitioner, later="An X-ray")
    )
    assert (made.number, made.total, made.due) == ("G10001", Decimal("216.50"), date(2026, 3, 19))
    import io

    pages = PdfReader(io.BytesIO(bytes(queries.estimate(office.subject, made.pk).pdf))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    named = ("Ana Reed", "1234567893", "123456789", "J02.0", "99213", "87880", "$64.00", "$216.50", "An X-ray")
    for part in (*SAID, *named):
        assert part in text, part


def test_what_cannot_be_estimated_is_named(office):
    from chartdesk.pms.good_faith import commands

    patient = office.patient(payers=())
    with pytest.raises(Invalid) as raised:
        commands.estimate(office.subject, patient, _wanted(items=[commands.Item("99999")], diagnoses=["NOPE"]))
    assert [one.where for one in raised.value.issues] == ["item 1", "diagnoses"]
    with pytest.raises(Invalid):
        commands.estimate(office.subject, patient, _wanted(items=[]))


def test_a_visit_without_coverage_needs_one_until_it_is_given(office):
    from chartdesk.pms.good_faith import commands

    uninsured, insured = office.patient(payers=()), office.patient()
    visit = _visit(office, uninsured)
    _visit(office, insured)
    _visit(office, office.patient(payers=()), days=1)  # too soon
    assert commands.look_ahead(office.subject) == 1
    (item,) = office.items("good_faith_estimate")
    assert (item.key, item.due) == (visit, date(2026, 3, 19))
    why = commands.Asked("scheduled", NOW.date(), visit)
    first = commands.estimate(office.subject, uninsured, _wanted(service_date=date(2026, 4, 5)), why)
    made = commands.estimate(office.subject, uninsured, _wanted(service_date=date(2026, 4, 5)), why)
    assert commands.look_ahead(office.subject) == 1
    commands.give(office.subject, made.pk, "Printed")
    assert office.items("good_faith_estimate") == []
    assert commands.look_ahead(office.subject) == 0
    with pytest.raises(Conflict):
        commands.give(office.subject, made.pk, "Mailed")
    from chartdesk.pms.good_faith import queries

    views = queries.estimates(office.subject, uninsured)
    assert [(one.estimate.pk, one.estimate.replaced_by_id) for one in views] == [(made.pk, None), (first.pk, made.pk)]


def test_a_bill_far_above_its_estimate_is_marked(office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.charges.models import Superbill
    from chartdesk.pms.good_faith import commands, queries

    patient = office.patient(payers=())
    visit = _visit(office, patient)
    commands.estimate(
        office.subject, patient, _wanted(items=[commands.Item("99213")]), commands.Asked("scheduled", NOW.date(), visit)
    )
    assert queries.estimates(office.subject, patient)[0].billed is None
    bill = office.charge(patient, [("99213", "540")], self_pay=True)
    with transaction(office.subject):
        Superbill.objects.filter(pk=bill).update(appointment=visit)
    (view,) = queries.estimates(office.subject, patient)
    assert (view.billed, view.disputable) == (Decimal("540.00"), True)


def test_the_page_makes_one_and_notes_that_it_was_given(staff, office):
    from chartdesk.pms.good_faith import queries

    patient = office.patient(payers=())
    desk = staff("front_desk")
    address = f"/patients/{patient}/estimates"
    assert "No estimate yet" in desk.get(address).content.decode()
    wrong = desk.post(address, {"items": "99213 one"})
    assert wrong.status_code == 422 and "no number of units" in wrong.content.decode()
    form = {"items": "99213\n87880 1 30", "diagnoses": "j02.0", "service": "2026-04-20"}
    page = desk.post(address, form, follow=True).content.decode()
    assert "$170.00" in page and "Give it by Mar 19, 2026" in page
    (view,) = queries.estimates(office.subject, patient)
    assert desk.get(f"{address}/{view.estimate.pk}").content.startswith(b"%PDF")
    desk.post(f"{address}/{view.estimate.pk}/give", {"how": "Printed"})
    assert "Printed" in desk.get(address).content.decode()
    assert clock.now() == NOW
