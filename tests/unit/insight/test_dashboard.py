"""The dashboard over a small past whose figures can be counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, decided

from chartdesk.kit.errors import Invalid, NotFound

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
FIGURES = (
    "first_pass_acceptance", "denial_rate", "days_in_ar", "charge_lag_days", "submission_lag", "posting_lag",
    "net_collection_rate", "revenue_per_visit", "underpaid", "no_show_rate",
    "waiting_minutes", "ar_total", "ar_over_90", "collections", "visits",
)  # fmt: skip


@pytest.fixture
def past(office):
    """Four claims: one paid, one denied, one rejected, one unanswered; four visits, one of them a no-show."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import timeline
    from chartdesk.pms.claims.models import Claim
    from chartdesk.pms.scheduling.models import AppointmentIndex

    paid, denied, rejected, _ = (office.claim([("99213", "140")]) for _ in range(4))
    full = decided(paid, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])])
    none = decided(denied, [Paid("99213", "140", "0", [Cut("CO", "29", "140")])], status="4")
    office.receive(office.remit(full, none))
    with transaction(office.subject):
        row = Claim.objects.get(pk=rejected.claim_id)
        timeline.note(office.subject, row, "rejected", "No such member.", status="rejected")
        starts = datetime(2026, 3, 3, 14, tzinfo=UTC)
        for number, (status, waited) in enumerate(
            [
                ("departed", 10),
                ("departed", 20),
                ("roomed", 60),
                ("noshow", None),
                ("cancelled", None),
                ("booked", None),
            ]
        ):
            AppointmentIndex.objects.create(
                practice=office.subject.practice,
                appointment=f"{office.subject.practice}-{number}",
                patient=paid.patient,
                starts=starts,
                ends=starts + timedelta(minutes=20),
                status=status,
                arrived=starts if waited else None,
                roomed=starts + timedelta(minutes=waited) if waited else None,
                version=1,
            )
    return office


def test_each_figure_by_hand(past):
    from chartdesk.insight import kpis

    shown = kpis.dashboard(past.subject, FIRST, LAST)
    assert [one.name for one in shown.figures] == list(FIGURES)
    told = {one.name: (one.value, one.numerator, one.denominator) for one in shown.figures}
    assert told["first_pass_acceptance"] == (Decimal("66.7"), 2, 3)
    assert told["denial_rate"] == (Decimal("50.0"), 1, 2)
    assert told["ar_total"] == (Decimal("420.00"), 420, None)
    assert told["days_in_ar"] == (Decimal("67.5"), 420, Decimal("6.22"))
    assert told["ar_over_90"] == (Decimal("0.0"), 0, 420)
    assert told["charge_lag_days"] == (Decimal("14.0"), 56, 4)
    assert told["submission_lag"] == (Decimal("19860.0"), None, 4)
    assert told["no_show_rate"] == (Decimal("25.0"), 1, 4)
    assert told["waiting_minutes"] == (Decimal("20.0"), None, 3)
    assert told["collections"] == (Decimal("100.00"), 100, 1)
    assert told["visits"] == (3, 3, 3)
    # Charges of 560, of which 40 are a contractual adjustment.
    assert told["net_collection_rate"] == (Decimal("19.2"), 100, 520)
    assert told["revenue_per_visit"] == (Decimal("33.33"), 100, 3)
    assert told["posting_lag"][2] == 2
    assert told["underpaid"] == (0, None, None)
    assert all(one.definition.endswith(".") for one in shown.figures)


def test_the_weeks_of_a_figure(past):
    from chartdesk.insight import kpis

    shown = kpis.dashboard(past.subject, FIRST, LAST)
    weeks = [point.week for point in shown.collections.series]
    assert weeks == [date(2026, 2, 23) + timedelta(days=7 * n) for n in range(6)]
    assert [point.value for point in shown.collections.series] == [0, 0, 0, 100, 0, 0]
    assert [point.value for point in shown.ar_total.series] == [0, 560, 560, 420, 420, 420]
    assert [point.value for point in shown.no_show_rate.series] == [None, 25, None, None, None, None]


def test_the_rows_behind_a_figure_are_those_it_counts(past):
    from chartdesk.insight import drilldown, kpis

    shown = kpis.dashboard(past.subject, FIRST, LAST)
    for figure in shown.figures:
        behind = drilldown.rows(past.subject, figure.name, FIRST, LAST)
        if figure.name in ("days_in_ar", "ar_total"):
            assert sum(row.amount for row in behind) == figure.numerator
        elif figure.name in ("ar_over_90", "underpaid"):
            assert behind == []
        elif figure.name in ("net_collection_rate", "revenue_per_visit"):
            assert sum(row.amount for row in behind) == figure.numerator == 100
        else:
            assert len(behind) == figure.denominator
            if figure.numerator is not None:
                assert sum(row.amount for row in behind) == figure.numerator


def test_an_empty_practice_has_no_figures_and_no_faults(office):
    from chartdesk.insight import kpis, receivables

    shown = kpis.dashboard(office.subject, FIRST, LAST)
    values = {one.name: one.value for one in shown.figures}
    assert values == dict.fromkeys(FIGURES) | {"ar_total": 0, "collections": 0, "visits": 0, "underpaid": 0}
    assert receivables.aging(office.subject, LAST).total == 0


def test_what_is_asked_wrongly_is_refused(office):
    from chartdesk.insight import drilldown, kpis

    with pytest.raises(Invalid, match="comes after"):
        kpis.dashboard(office.subject, LAST, FIRST)
    with pytest.raises(NotFound, match="no figure"):
        drilldown.rows(office.subject, "happiness", FIRST, LAST)


def test_aging_by_holder(past):
    from chartdesk.insight import receivables

    report = receivables.aging(past.subject, date(2026, 5, 15))
    assert [(line.name, line.total, line.buckets["61-90"]) for line in report.lines] == [("Acme PPO", 420, 420)]
    assert report.buckets["61-90"] == report.total == 420


def test_what_denials_and_revenue_are_made_of(past):
    from chartdesk.insight import breakdowns

    told = {
        name: [
            (one.key, one.part, one.whole, one.rate, one.dollars)
            for one in breakdowns.shares(past.subject, name, FIRST, LAST)
        ]
        for name in breakdowns.BREAKDOWNS
    }
    assert told["denials_by_payer"] == [("ACME1", 1, 2, Decimal("50.0"), 140)]
    assert told["denials_by_reason"] == [("29", 1, 1, Decimal("100.0"), 140)]
    assert told["denials_by_code"] == [("99213", 1, 2, Decimal("50.0"), 140)]
    assert told["revenue_by_code"] == [("99213", 100, 560, Decimal("17.9"), 100)]
    (reason,) = breakdowns.shares(past.subject, "denials_by_reason", FIRST, LAST)
    assert reason.name.startswith("29: ")
    for name, lines in told.items():
        for key, part, _, _, dollars in lines:
            behind = breakdowns.rows(past.subject, name, key, FIRST, LAST)
            assert sum(row.amount for row in behind) == (dollars if name == "revenue_by_code" else part)
            assert all(row.patient_id for row in behind)
    with pytest.raises(NotFound, match="no breakdown"):
        breakdowns.shares(past.subject, "denials_by_weather", FIRST, LAST)


def test_a_figure_that_leaves_its_range_is_on_the_managers_list_until_it_is_back(past):
    from chartdesk.insight import ranges

    monday = date(2026, 3, 23)  # the week before it has the payment and the denial
    first = set(ranges.watch(past.subject, monday))
    assert {"denial_rate", "days_in_ar", "net_collection_rate"} <= first
    items = {item.key: item for item in past.items(ranges.WORK)}
    assert set(items) == first
    assert items["denial_rate"].title == "Denial rate is 50 percent, above 10 percent"
    assert (items["denial_rate"].role, items["denial_rate"].link_kind) == ("manager", "figure")
    ranges.set_range(past.subject, "denial_rate", "", "60")
    ranges.set_range(past.subject, "days_in_ar", "", "")
    assert set(ranges.watch(past.subject, monday)) == first - {"denial_rate", "days_in_ar"}
    assert {item.key for item in past.items(ranges.WORK)} == first - {"denial_rate", "days_in_ar"}


@pytest.mark.parametrize(
    ("figure", "low", "high", "fault"),
    [
        ("denial_rate", "ten", "", "is no number"),
        ("denial_rate", "", "NaN", "no number to measure"),
        ("denial_rate", "20", "10", "above the upper"),
        ("happiness", "", "1", "no figure"),
    ],
)
def test_ranges_that_are_none(office, figure, low, high, fault):
    from chartdesk.insight import ranges

    with pytest.raises((Invalid, NotFound), match=fault):
        ranges.set_range(office.subject, figure, low, high)
