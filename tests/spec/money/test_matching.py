"""Which of our lines a payer's line is about: rules as a table of (theirs, ours → charge lines, bundles)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

DAY = date(2026, 3, 2)
#: Ours: (charge line, control number, code with modifiers, dollars).
OURS = [(1, "A1", "99213-25", "140"), (2, "A2", "87880", "32"), (3, "A3", "81002", "8")]

#: Name, theirs as (control, code with modifiers, code submitted, dollars), the charge line of each, bundles by place.
CASES = [
    ("by number", [("A2", "99999", "", "1"), ("a1", "X", "", "2")], [2, 1], {}),
    ("by code and charge", [("", "87880", "", "32"), ("", "99213-25", "", "140")], [2, 1], {}),
    ("a modifier dropped", [("", "99213", "", "140")], [1], {}),
    ("a modifier changed", [("", "99213-59", "", "140")], [1], {}),
    ("a code changed", [("", "99212", "99213", "140")], [1], {}),
    ("split under its number", [("A1", "99213", "", "100"), ("A1", "99213", "", "40")], [1, 1], {}),
    ("split without a number", [("", "99213", "", "100"), ("", "99213", "", "40")], [1, 1], {}),
    ("two bundled", [("", "99499", "99213", "172"), ("", "81002", "", "8")], [None, 3], {0: (1, 2)}),
    ("all bundled", [("", "99499", "", "180")], [None], {0: (1, 2, 3)}),
    ("another charge", [("", "99213", "", "139")], [None], {}),
    ("nothing of ours", [("", "J1100", "", "5")], [None], {}),
]


def _codes(text):
    code, *modifiers = text.split("-")
    return code, tuple(modifiers)


@pytest.mark.parametrize(("theirs", "lines", "bundled"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_what_a_line_is_about(theirs, lines, bundled):
    from chartdesk.pms.remittance.matching import OurLine, TheirLine, bundles, match

    given = [
        TheirLine(control, tuple(one for one in (_codes(code)[0], sent) if one), _codes(code)[1], Decimal(charge), DAY)
        for control, code, sent, charge in theirs
    ]
    ours = [OurLine(n, control, *_codes(code), Decimal(amount), DAY) for n, control, code, amount in OURS]
    found = match(given, ours)
    assert found == lines
    made = bundles(given, found, ours)
    assert {place: tuple(one.charge_line for one in parts) for place, parts in made.items()} == bundled


def test_a_bundle_that_could_be_two_is_not_forced():
    from chartdesk.pms.remittance.matching import OurLine, TheirLine, bundles

    ours = [OurLine(n, "", f"9000{n}", (), Decimal("10"), DAY) for n in range(3)]
    assert bundles([TheirLine("", ("99499",), (), Decimal("20"), DAY)], [None], ours) == {}


@pytest.mark.parametrize(("paid", "cut"), [("86", "86"), ("0.01", "171.99"), ("100", "72")])
def test_what_a_bundle_pays_is_shared_to_the_cent(paid, cut):
    from chartdesk.pms.remittance import rules

    line = rules.Decided(None, Decimal("172"), Decimal(paid), (rules.Adjusted("CO", "45", Decimal(cut)),))
    parts = rules.unbundled(line, [(1, Decimal("140")), (2, Decimal("32"))])
    assert sum(one.paid for one in parts) == Decimal(paid)
    assert sum(cut.amount for one in parts for cut in one.adjustments) == Decimal(cut)
