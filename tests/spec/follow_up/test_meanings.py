"""What an answer of a payer means, when to ask, which field a rejection names: rules as tables."""

from __future__ import annotations

import pytest

from chartdesk.pms.claims import mending
from chartdesk.pms.follow_up import rules
from chartdesk.standards.x12.codes import claim_status


@pytest.mark.parametrize(
    ("category", "code", "kind", "action"),
    [
        ("P0", "3", "pending", "wait"), ("P1", "20", "pending", "wait"), ("P3", "123", "wanted", "records"),
        ("P4", "4", "wanted", "patient"), ("R0", "", "wanted", "records"), ("R4", "297", "wanted", "records"),
        ("DR01", "", "wanted", "records"), ("F0", "1", "decided", "call"), ("F1", "65", "paid", "call"),
        ("F2", "1", "denied", "call"), ("F3F", "", "decided", "wait"), ("F3N", "", "decided", "call"),
        ("A0", "16", "pending", "wait"), ("A2", "20", "pending", "wait"), ("A3", "21", "refused", "correct"),
        ("A4", "35", "missing", "correct"), ("A7", "562", "refused", "correct"), ("A3", "35", "missing", "correct"),
        ("E1", "484", "later", ""), ("E0", "35", "missing", "correct"), ("E4", "496", "refused", "call"),
        ("X9", "1", "pending", "call"), ("", "", "pending", "call"),
    ],
)  # fmt: skip
def test_what_an_answer_means(category, code, kind, action):
    found = rules.meaning(category, code)
    assert (found.kind, found.action) == (kind, action)


def test_every_category_that_we_put_in_words_has_a_meaning():
    for category in claim_status.CATEGORIES:
        assert rules.meaning(category) is not rules._UNKNOWN, category


@pytest.mark.parametrize(
    ("days", "last_asked", "due"),
    [(29, None, False), (30, None, True), (90, None, True), (44, 13, False), (44, 14, True), (44, 0, False)],
)
def test_when_a_payer_is_asked(days, last_asked, due):
    assert rules.is_due(days, after=30, again=14, last_asked=last_asked) is due
    assert not rules.is_due(days, after=0, again=14, last_asked=last_asked)


@pytest.mark.parametrize(("days", "name"), [(0, "0-30"), (30, "0-30"), (31, "31-60"), (120, "91-120"), (5000, "121+")])
def test_ages(days, name):
    assert rules.age_of(days) == name


@pytest.mark.parametrize(
    ("code", "entity", "field", "place"),
    [
        ("562", "85", "practice's NPI", "practice"), ("562", "82", "rendering provider's NPI", "provider"),
        ("33", "IL", "member number and insured person's name", "coverage"), ("125", "IL", "insured person's name",
        "coverage"), ("125", "QC", "patient's name", "patient"), ("158", "QC", "patient's date of birth", "patient"),
        ("88", "IL", "dates of the coverage", "coverage"), ("254", "", "first diagnosis", "superbill"),
        ("454", "", "procedure code", "superbill"), ("477", "", "diagnosis pointer", "superbill"),
        ("464", "", "payer's number of the first claim", "claim"), ("145", "82", "rendering provider's taxonomy code",
        "provider"), ("21", "", "", "claim"), ("99999", "ZZ", "", "claim"),
    ],
)  # fmt: skip
def test_which_field_a_status_names(code, entity, field, place):
    assert mending.of_status(code, entity) == mending.Mend(field, place)


@pytest.mark.parametrize(
    ("tag", "element", "loop", "field", "place"),
    [
        ("NM1", 9, "2010AA", "practice's number", "practice"), ("NM1", 9, "2010BA", "insured person's number",
        "coverage"), ("NM1", 3, "2010CA", "patient's last name", "patient"), ("N4", 3, "2010BA",
        "insured person's postal code", "coverage"), ("CLM", 5, "2300", "place of service and kind of claim",
        "superbill"), ("SV1", 1, "2400", "procedure code and modifiers", "superbill"), ("HI", 3, "2300", "diagnoses",
        "superbill"), ("DMG", 2, "2010CA", "date of birth", "patient"), ("SE", 1, "", "", "claim"),
    ],
)  # fmt: skip
def test_which_field_a_999_names(tag, element, loop, field, place):
    assert mending.of_fault(tag, element, loop) == mending.Mend(field, place)


@pytest.mark.parametrize(
    ("loop", "professional", "institutional"),
    [
        ("2310A", "referring provider's", "attending provider's"),
        ("2310D", "supervising provider's", "rendering provider's"),
        ("2310F", "", "referring provider's"),
        ("2010AA", "practice's", "practice's"),
    ],
)
def test_an_institutional_claim_has_other_people_in_its_loops(loop, professional, institutional):
    for whose, facility in ((professional, False), (institutional, True)):
        found = mending.of_fault("NM1", 9, loop, institutional=facility).field
        assert found == (f"{whose} number" if whose else "")
    assert mending.of_fault("SV2", 1).field == "revenue code"
    assert mending.of_status("455").field == "revenue code" and mending.of_status("228").place == "splits"
