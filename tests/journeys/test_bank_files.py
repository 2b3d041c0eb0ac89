"""The money itself: the sandbox's bank says what arrived, and each deposit finds its remittance without a person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.journeys.test_money_in import _claim, _evening, practice_and_payer
from tests.money.office import NOW

from chartdesk.exchange.clearinghouse.folder import BANK, FolderConnection

__all__ = ["practice_and_payer"]


@pytest.fixture
def bank(practice_and_payer, practice, tmp_path):
    """The folder of the practice's bank, connected."""
    from chartdesk.pms.remittance import bank_inbox

    bank_inbox.use(lambda number: FolderConnection(tmp_path, practice.slug, BANK))
    yield tmp_path / practice.slug / BANK
    bank_inbox.use(None)


def _collect(office):
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import bank_inbox

    with clock.at(NOW + timedelta(days=3)):
        return bank_inbox.collect(office.subject)


def test_each_deposit_finds_its_remittance_and_what_differs_is_told(practice_and_payer, bank):
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import deposits

    office, sandbox = practice_and_payer
    with clock.at(NOW - timedelta(days=1)):
        for number, word in enumerate(("", "CHECK", "NOMONEY", "LESSMONEY"), start=1):
            _claim(office, number, word)
    for day in range(2):
        _evening(office, sandbox, NOW + timedelta(days=day))
    names = sorted(one.name for one in bank.iterdir())
    assert len(names) == 3 and all(one.endswith(".bai") for one in names)
    assert _collect(office) == 3 and _collect(office) == 0
    assert not any(bank.iterdir())
    with clock.at(NOW + timedelta(days=3)):
        standing, recent = deposits.standing(office.subject), deposits.recent(office.subject)
    matched = [one for one in recent if one.state == "matched"]
    assert sorted(one.method for one in matched) == ["check", "eft"]
    assert all(one.amount == one.remittance.amount and one.trace == one.remittance.trace for one in matched)
    [less] = standing.open
    announced = {one.trace: one.amount for one in standing.waiting}
    assert len(announced) == 2 and announced[less.trace] - less.amount == Decimal("1.00")
    [item] = office.items("deposit_differs")
    assert less.trace in item.title


def test_a_file_that_cannot_be_read_is_told_and_put_away(practice_and_payer, bank, tmp_path):
    office, _ = practice_and_payer
    _collect(office)  # makes the folder
    (bank / "0001.bai").write_bytes(b"01,BANK,US,260302,1800,1,80,,2/\n16,165,100,0,1,2,TEXT\n")
    (bank / "0002.csv").write_bytes(b"Date,Amount,Trace\n2026-03-16,12.50,T1\n")
    (bank / "0003.csv.part").write_bytes(b"Date,Am")
    assert _collect(office) == 2
    [item] = office.items("bank_file")
    assert "0001.bai cannot be read" in item.title and "before its group" in item.title
    assert [one.name for one in bank.iterdir()] == ["0003.csv.part"]
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import deposits

    with clock.at(NOW + timedelta(days=3)):
        assert [one.amount for one in deposits.standing(office.subject).open] == [Decimal("12.50")]
