"""The copay at check-in: one click takes it once, a page gone back to asks, a refused check-in takes nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW

from chartdesk.kit import clock


@pytest.fixture
def visit(office):
    """A visit an hour from now: its number, and the patient."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.scheduling import commands, queries, setup
    from chartdesk.pms.scheduling.models import Resource

    setup.add_visit_type(office.subject, "office", "Office visit", minutes=20)
    patient = office.patient()
    with transaction(office.subject):
        provider = Resource.objects.get(practice=office.subject.practice, kind="provider")
    booked = commands.book(
        office.subject,
        commands.BookingRequest(
            patient_id=patient, starts=NOW + timedelta(hours=1), provider_id=provider.pk, visit_type="office",
            site_id=queries.sites(office.subject)[0].pk, outside_hours=True,
        ),
    )  # fmt: skip
    return str(booked.appointment_id), patient


def _form(client, visit, **given):
    page = client.get(f"/appointments/{visit}/check-in").content.decode()
    names = ("payment_key", "version")
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in names}
    return fields | {"amount": "25", "method": "cash"} | given


def _send(client, visit, form):
    answer = client.post(f"/appointments/{visit}/check-in/done", form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_copay_is_taken_once_however_often_it_is_sent(office, staff, visit):
    from chartdesk.pms.statements import queries

    desk, (number, patient) = staff("front_desk"), visit
    form = _form(desk, number)
    assert "Checked in. $25.00 taken. Receipt R100001" in _send(desk, number, form)
    assert "$25.00 taken. Receipt R100001" in _send(desk, number, form)
    (payment,) = queries.paid_at(office.subject, number)
    assert (payment.patient, payment.amount, office.balance("cash")) == (patient, Decimal("25.00"), Decimal("25.00"))
    # Gone back to, the page is a new form.
    page = desk.get(f"/appointments/{number}/check-in").content.decode()
    assert "$25.00 taken at this visit" in page and "It is another payment beside R100001" in page
    assert "was taken a few minutes ago, receipt R100001" in _send(desk, number, _form(desk, number))
    assert "Receipt R100002" in _send(desk, number, _form(desk, number, again="1"))
    assert office.balance("cash") == Decimal("50.00")
    office.books()


def test_a_refused_check_in_takes_no_money_and_says_why_in_words(office, staff, visit):
    desk, (number, _) = staff("front_desk"), visit
    with clock.at(NOW - timedelta(days=1)):
        said = _send(desk, number, _form(desk, number))
    assert "not today" in said and "Appointment.status" not in said
    assert office.balance("cash") == 0


def test_a_refused_payment_leaves_the_patient_checked_in(office, staff, visit):
    from chartdesk.pms.scheduling import queries

    desk, (number, _) = staff("front_desk"), visit
    assert "is not an amount of money" in _send(desk, number, _form(desk, number, amount="twenty"))
    assert queries.appointment(office.subject, number).status == "booked"
    assert "Checked in. -$1.00 cannot be paid" in _send(desk, number, _form(desk, number, amount="-1"))
    assert queries.appointment(office.subject, number).status == "arrived"
    assert office.balance("cash") == 0
