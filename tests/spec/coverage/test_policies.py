"""Which policies clash, and what is said about one on a day."""

from __future__ import annotations

from datetime import date

import pytest

from chartdesk.pms.coverage.cards import Card, CoverageView
from chartdesk.pms.coverage.rules import clash, notice
from chartdesk.pms.registration.people import Person

JAN, MAR, APR, DEC = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)


def held(effective: date | None, ends: date | None, rank: int = 1) -> CoverageView:
    return CoverageView(
        "c1", "p1", rank, "P", "Payer", "CI", "M", "", "", "self", Person(), effective, ends, None, False, 1
    )


CLASHES = [
    ("both open", (None, None), (None, None), True),
    ("the new one begins while the old one runs", (JAN, None), (APR, None), True),
    ("the new one follows", (JAN, MAR), (APR, None), False),
    ("the new one begins on the last day", (JAN, APR), (APR, None), True),
    ("the new one lies before", (APR, None), (JAN, MAR), False),
    ("the new one lies inside", (JAN, DEC), (MAR, APR), True),
    ("an open beginning reaches back", (JAN, MAR), (None, None), True),
    ("open until it ends", (APR, None), (None, MAR), False),
]


@pytest.mark.parametrize(("old", "new", "expected"), [row[1:] for row in CLASHES], ids=[row[0] for row in CLASHES])
def test_clash(old: tuple[date | None, date | None], new: tuple[date | None, date | None], expected: bool) -> None:
    card = Card("P", 1, "M", effective=new[0], ends=new[1])
    assert (clash(card, [held(*old)]) is not None) is expected
    assert clash(card, [held(*old, rank=2)]) is None
    assert clash(card, [held(*old)], besides="c1") is None


NOTICES = [
    ((JAN, None), {}, ""),
    ((JAN, MAR), {}, "Expired: this policy ended on Mar 31, 2026. Ask for the present card."),
    ((JAN, APR), {}, ""),
    ((DEC, None), {}, "Not yet in force: this policy begins on Dec 31, 2026."),
    ((JAN, None), {"payer_active": False}, "This payer is no longer billed by the practice."),
    (
        (JAN, MAR),
        {"payer_known": False},
        "The payer is not one that this practice bills: add the payer, or correct the card.",
    ),
]


@pytest.mark.parametrize(("span", "payer", "words"), NOTICES)
def test_notice(span: tuple[date, date | None], payer: dict[str, bool], words: str) -> None:
    assert notice(*span, APR, **payer) == words
