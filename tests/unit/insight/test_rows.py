"""The rows behind a figure add up to it: all of them, on both sides of a quotient, page by page, and in its weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.money.office import NOW, PAYER, Cut, Paid, decided, reversed_

from chartdesk.kit.errors import Invalid

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
JANUARY = date(2026, 1, 1)
GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
NONE = [Paid("99213", "140", "0", [Cut("CO", "29", "140")])]


def _figures(office, first=FIRST, last=LAST):
    from chartdesk.insight import kpis

    return {one.name: one for one in kpis.dashboard(office.subject, first, last).figures}


def _told(office, name, first=FIRST, last=LAST):
    one = _figures(office, first, last)[name]
    return one.value, one.numerator, one.denominator


@pytest.fixture
def paid(office):
    """Three claims paid, two denied, one of two lines left open by its payer; and what a drawer had too much."""
    good = [office.claim([("99213", "140")]) for _ in range(3)]
    bad = [office.claim([("99213", "140")]) for _ in range(2)]
    office.claim([("99213", "140"), ("87880", "32")])
    office.receive(
        office.remit(*(decided(one, GOOD) for one in good), *(decided(one, NONE, status="4") for one in bad))
    )
    return office


def test_each_figure_alone_is_the_one_on_the_dashboard(paid):
    from chartdesk.insight import kpis

    for name, one in _figures(paid).items():
        assert kpis.figure(paid.subject, name, FIRST, LAST) == one


def test_both_sides_of_a_quotient_add_up(paid):
    from chartdesk.insight import drilldown, kpis

    for name in ("net_collection_rate", "revenue_per_visit", "days_in_ar", "ar_over_90"):
        one = kpis.figure(paid.subject, name, FIRST, LAST)
        above, below = (
            drilldown.opened(paid.subject, name, FIRST, LAST, side=side) for side in range(len(drilldown.sides(name)))
        )
        assert above.amount == sum(row.amount for row in above.rows) == one.numerator
        if name == "days_in_ar":
            assert (below.amount / kpis.WINDOW).quantize(Decimal("0.01")) == one.denominator
        else:
            assert below.amount == (one.denominator or 0)
        assert below.count == len(below.rows)
    assert [side.title for side in drilldown.sides("net_collection_rate")] == [
        "Paid", "Charges, less contractual adjustments",
    ]  # fmt: skip
    with pytest.raises(Invalid, match="no rows number 2"):
        drilldown.opened(paid.subject, "net_collection_rate", FIRST, LAST, side=2)


def test_the_last_week_of_what_is_owed_is_the_figure(paid):
    """The charges are of March 2: of the 90 days up to May 30, and not of those up to the day after, they are part."""
    for last in (date(2026, 3, 18), date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 2)):
        shown = _figures(paid, JANUARY, last)
        for name in ("days_in_ar", "ar_total"):
            assert shown[name].series[-1].value == shown[name].value
    assert _figures(paid, JANUARY, date(2026, 5, 30))["days_in_ar"].value == Decimal("46.7")
    assert _figures(paid, JANUARY, date(2026, 5, 31))["days_in_ar"].value is None


def test_pages_show_each_row_once_and_say_how_many_there_are(paid):
    from chartdesk.insight import drilldown

    whole = drilldown.opened(paid.subject, "collections", FIRST, LAST)
    pages = [drilldown.opened(paid.subject, "collections", FIRST, LAST, skip=skip, limit=2) for skip in (0, 2)]
    assert [row for page in pages for row in page.rows] == whole.rows
    assert {(page.count, page.amount) for page in pages} == {(3, Decimal(300))}
    drilldown.check_count(3, 3)
    with pytest.raises(Invalid, match="more than a file holds"):
        drilldown.check_count(4, 3)


def test_rows_are_in_words(paid):
    from chartdesk.insight import drilldown

    (row, *_) = drilldown.rows(paid.subject, "ar_total", FIRST, LAST)
    assert row.text == "Acme PPO, 99213 Service 99213"
    (row, *_) = drilldown.rows(paid.subject, "charge_lag_days", FIRST, LAST)
    assert row.text in ("99213, service March 2, 2026", "99213, 87880, service March 2, 2026")
    assert (row.on, row.amount) == (NOW.date(), 14)


def test_breakdowns_come_to_the_denial_rate_and_to_each_other(paid):
    from chartdesk.insight import breakdowns

    sums = {
        name: breakdowns.summed(name, breakdowns.shares(paid.subject, name, FIRST, LAST))
        for name in ("denials_by_payer", "denials_by_reason", "denials_by_code")
    }
    value, numerator, denominator = _told(paid, "denial_rate")
    by_payer = sums["denials_by_payer"]
    assert (by_payer.rate, by_payer.part, by_payer.whole) == (value, numerator, denominator) == (Decimal("40.0"), 2, 5)
    assert {one.dollars for one in sums.values()} == {Decimal(280)}
    found = breakdowns.opened(paid.subject, "denials_by_payer", PAYER, FIRST, LAST, limit=1)
    assert (len(found.rows), found.count, found.amount) == (1, 5, 2)
    assert breakdowns.named(paid.subject, "denials_by_payer", PAYER) == f"Acme PPO ({PAYER})"


def test_what_was_taken_back_was_not_decided(office):
    from chartdesk.insight import breakdowns
    from chartdesk.pms.charges import contract_commands
    from chartdesk.pms.charges.contract_commands import Terms
    from chartdesk.pms.charges.contract_rules import Term
    from chartdesk.pms.remittance import commands

    contract_commands.save_contract(office.subject, PAYER, JANUARY, Terms(terms=[Term("charge", Decimal(80))]))
    low, none = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    view, _ = office.receive(office.remit(decided(low, GOOD), decided(none, NONE, status="4")))
    before = {name: _told(office, name) for name in ("denial_rate", "posting_lag", "underpaid", "collections")}
    assert (before["denial_rate"], before["underpaid"]) == ((50, 1, 2), (12, 12, 1))
    commands.unpost(office.subject, view.row.pk, "It was not meant for us.")
    assert _told(office, "denial_rate") == _told(office, "posting_lag") == (None, None, None)
    assert _told(office, "underpaid") == (0, None, None)
    assert _told(office, "collections")[0] == 0
    assert office.items("underpayment") == []
    for name in ("denials_by_payer", "denials_by_reason", "denials_by_code"):
        assert breakdowns.shares(office.subject, name, FIRST, LAST) == []
    commands.post(office.subject, view.row.pk)
    assert {name: _told(office, name) for name in before if name != "collections"} == {
        name: told for name, told in before.items() if name != "collections"
    }


def test_money_that_was_taken_out_of_a_claim_is_no_decision(office):
    from chartdesk.pms.remittance import commands

    wrong, right = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    view, _ = office.receive(office.remit(decided(wrong, NONE, status="4")))
    commands.unpost_claim(office.subject, view.claims[0].row.pk, "It is the brother's.")
    assert _told(office, "denial_rate") == (None, None, None)
    commands.assign_payment(office.subject, view.claims[0].row.pk, right.number)
    assert _told(office, "denial_rate") == (100, 1, 1)


def test_a_reversal_is_no_decision_and_nothing_stays_underpaid(office):
    from chartdesk.kit import worklist
    from chartdesk.pms.charges import contract_commands
    from chartdesk.pms.charges.contract_commands import Terms
    from chartdesk.pms.charges.contract_rules import Term

    contract_commands.save_contract(office.subject, PAYER, JANUARY, Terms(terms=[Term("charge", Decimal(80))]))
    low = office.claim([("99213", "140")])
    first = decided(low, GOOD)
    office.receive(office.remit(first))
    (item,) = office.items("underpayment")
    worklist.settle(office.subject, item.pk, by="pat")
    assert _told(office, "underpaid") == (12, 12, 1)
    office.receive(office.remit(reversed_(first), plb=[("FB", "X", "-100")]))
    assert _told(office, "denial_rate") == (0, 0, 1)
    assert _told(office, "underpaid") == (0, None, None)


def test_what_a_drawer_had_too_much_was_paid_by_nobody(paid):
    from chartdesk.insight import drilldown
    from chartdesk.pms.ledger import commands
    from chartdesk.pms.ledger.rules import Line

    lines = [Line("cash", Decimal(5)), Line("over_short", Decimal(-5))]
    commands.post(paid.subject, "deposit", "D1", lines, on=NOW.date(), memo="Cash difference")
    assert _told(paid, "collections")[0] == 300
    assert drilldown.opened(paid.subject, "collections", FIRST, LAST).amount == 300


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        # Columbus keeps Eastern time, which went from EST to EDT on Sunday, March 8.
        (datetime(2026, 3, 2, 4, 59, tzinfo=UTC), date(2026, 2, 23)),
        (datetime(2026, 3, 2, 5, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),
    ],
)
def test_a_week_begins_at_midnight_of_the_practice(office, moment, monday):
    from chartdesk.insight import drilldown, kpis
    from chartdesk.kit import clock
    from chartdesk.record.access.models import Practice

    Practice.objects.filter(pk=office.subject.practice).update(zone="America/New_York")
    claim = office.claim([("99213", "140")])
    with clock.at(moment):
        office.receive(office.remit(decided(claim, NONE, status="4")))
    shown = kpis.figure(office.subject, "denial_rate", date(2026, 2, 16), LAST)
    assert [point.week for point in shown.series if point.value is not None] == [monday]
    (row,) = drilldown.rows(office.subject, "denial_rate", date(2026, 2, 16), LAST)
    assert row.on.toordinal() - monday.toordinal() in (0, 6)
    (row,) = drilldown.rows(office.subject, "denial_rate", row.on, row.on)
    assert (
        drilldown.rows(office.subject, "denial_rate", date(2026, 2, 16), date.fromordinal(row.on.toordinal() - 1)) == []
    )


def test_only_the_first_of_a_part_counts_for_acceptance(office):
    """The clock stands still: both claims of the visit were sent at one moment, and the first one counts."""
    from chartdesk.insight import drilldown
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.claims import timeline
    from chartdesk.pms.claims.models import Claim

    first, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    with transaction(office.subject):
        timeline.note(
            office.subject, Claim.objects.get(pk=first.claim_id), "rejected", "No such member.", status="rejected"
        )
    assert _told(office, "first_pass_acceptance") == (0, 0, 1)
    second = claims.resubmit(office.subject, first.claim_id)
    claims.submit(office.subject, [second])
    with transaction(office.subject):
        again = Claim.objects.get(pk=second)
        timeline.note(office.subject, again, "277CA", "Taken in.", status="acknowledged")
        timeline.note(office.subject, Claim.objects.get(pk=other.claim_id), "277CA", "Taken in.", status="acknowledged")
        assert Claim.objects.get(pk=first.claim_id).status == "closed"
    assert _told(office, "first_pass_acceptance") == (50, 1, 2)
    shown = {row.link[1]: row.amount for row in drilldown.rows(office.subject, "first_pass_acceptance", FIRST, LAST)}
    assert shown == {str(first.claim_id): 0, str(other.claim_id): 1}
