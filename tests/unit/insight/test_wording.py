"""What a row behind a figure is about, in words."""

from __future__ import annotations

from chartdesk.kit.transactions import transaction


def test_what_is_owed_for_money_given_back_is_said_in_words(subject):
    from chartdesk.insight import wording

    with transaction(subject):
        said = wording.said(subject, [("owed", "p1", "patient\trefund:p1"), ("owed", "p1", "payer:NONE\tcharge:0")])
    assert said == ["The patient, money given back", "NONE, charge:0"]
