"""The dashboard's pages: a figure with all of its rows, both of its sides, the file, and the range beside it."""

from __future__ import annotations

import pytest
from tests.money.office import Cut, Paid, decided

PERIOD = "first=2026-03-01&last=2026-03-31"
CLAIMS = 52


@pytest.fixture
def busy(office):
    """More denials than a page shows."""
    made = [office.claim([("99213", "140")]) for _ in range(CLAIMS)]
    none = [Paid("99213", "140", "0", [Cut("CO", "29", "140")])]
    office.receive(office.remit(*(decided(one, none, status="4") for one in made)))
    return office


def _noted(office):
    """How many claims the audit trail says were read behind a figure."""
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    with transaction(office.subject):
        statement = "SELECT count(*) FROM record_audit WHERE practice = %s AND detail LIKE 'figure %%'"
        return int(database.rows(statement, [office.subject.practice])[0][0])


def test_a_page_reads_its_own_rows_and_says_what_all_come_to(busy, staff):
    manager = staff("manager")
    for page, shown in (("1", 50), ("2", 2), ("9", 2)):
        before = _noted(busy)
        text = manager.get(f"/dashboard/denial_rate?{PERIOD}&page={page}").content.decode()
        assert f"{CLAIMS} denied of {CLAIMS} rows." in text
        assert _noted(busy) - before == shown
    file = manager.get(f"/dashboard/denial_rate?{PERIOD}&format=csv").content.decode().splitlines()
    assert len(file) == CLAIMS + 1
    assert sum(int(line.rsplit(",", 1)[1]) for line in file[1:]) == CLAIMS
    by_reason = manager.get(f"/dashboard/by/denials_by_reason/29?{PERIOD}&page=2").content.decode()
    assert f"{CLAIMS} rows, {CLAIMS} together." in by_reason
    file = manager.get(f"/dashboard/by/denials_by_reason/29?{PERIOD}&format=csv").content.decode().splitlines()
    assert len(file) == CLAIMS + 1
    assert "$7,280.00" in manager.get(f"/dashboard/by/denials_by_reason?{PERIOD}").content.decode()


def test_both_sides_of_a_quotient_are_shown(busy, staff):
    manager = staff("manager")
    text = manager.get(f"/dashboard/net_collection_rate?{PERIOD}&side=1").content.decode()
    assert "$0.00 over $7,280.00." in text
    assert f"{CLAIMS} rows, $7,280.00 together." in text
    assert "Charges, less contractual adjustments" in text
    text = manager.get(f"/dashboard/days_in_ar?{PERIOD}&side=nonsense").content.decode()
    assert "$7,280.00 over $80.89 a day, from $7,280.00 in 90 days." in text
    assert "Acme PPO, 99213 Service 99213" in text


def test_a_range_keeps_the_period_and_says_what_is_wrong(busy, staff):
    manager = staff("manager")
    answer = manager.post(f"/dashboard/denial_rate/range?{PERIOD}", {"low": "ten", "high": ""}, follow=True)
    assert answer.redirect_chain == [(f"/dashboard/denial_rate?{PERIOD}", 302)]
    assert "is no number" in answer.content.decode()
    answer = manager.post(f"/dashboard/denial_rate/range?{PERIOD}", {"low": "", "high": "12 %"}, follow=True)
    assert 'value="12"' in answer.content.decode()
    assert staff("biller").post("/dashboard/denial_rate/range", {"low": "", "high": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/dashboard?first=2026-03-31&last=2026-03-01", 422),
        ("/dashboard?first=yesterday", 422),
        ("/dashboard?first=0001-01-01&last=0001-01-02", 422),
        ("/dashboard?first=9999-12-30&last=9999-12-31", 422),
        ("/dashboard/happiness", 404),
        ("/dashboard/by/happiness", 404),
    ],
)
def test_what_is_asked_wrongly_is_told(office, staff, address, status):
    assert staff("manager").get(address).status_code == status
