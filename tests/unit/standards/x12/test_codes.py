"""The code tables: what an adjustment means for the practice, and words that are never a wrong guess."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from chartdesk.standards.x12.codes import adjustment_reasons, claim_status, coverage, payments, remarks
from chartdesk.standards.x12.npi import check_digit, is_npi

CODES = Path(__file__).resolve().parents[5] / "shared" / "codesets" / "carc_rarc_dates.csv"


@pytest.mark.parametrize(
    ("group", "reason", "effect"),
    [
        ("CO", "45", "contract"),
        ("CO", "253", "contract"),
        ("PR", "1", "patient"),
        ("PR", "2", "patient"),
        ("PR", "3", "patient"),
        ("PR", "45", "patient"),
        ("CO", "16", "deny"),
        ("CO", "29", "deny"),
        ("CO", "50", "deny"),
        ("CO", "197", "deny"),
        ("PR", "96", "deny"),
        ("PI", "204", "deny"),
        ("CO", "1", "contract"),
        ("OA", "23", "payer"),
        ("OA", "A0", "other"),
        ("CO", "304", "deny"),
        ("OA", "304", "other"),
        ("CO", "NEW", "deny"),
        ("PR", "NEW", "patient"),
    ],
)
def test_what_an_adjustment_means(group: str, reason: str, effect: str) -> None:
    assert adjustment_reasons.effect(group, reason) == effect
    assert adjustment_reasons.denies(group, reason) is (effect == "deny")


def test_every_table_has_words_and_kinds() -> None:
    assert len(adjustment_reasons.REASONS) > 200
    assert {one.kind for one in adjustment_reasons.REASONS.values()} == {
        "patient",
        "contract",
        "deny",
        "payer",
        "other",
    }
    tables = [
        remarks.REMARKS, claim_status.CATEGORIES, claim_status.CODES, coverage.SERVICE_TYPES, coverage.PERIODS,
        coverage.BENEFIT_INFO, coverage.REFUSALS, coverage.FOLLOW_UP, coverage.FILING_INDICATORS,
        coverage.RELATIONSHIPS, coverage.COVERAGE_LEVELS, payments.CLAIM_STATUS, payments.PROVIDER_ADJUSTMENTS,
    ]  # fmt: skip
    for table in tables:
        assert table
        assert all(code and label for code, label in table.items())


@pytest.mark.skipif(not CODES.exists(), reason="the public code lists are not beside the checkout")
def test_every_published_code_is_known() -> None:
    with CODES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    reasons = {row["code"] for row in rows if row["type"] == "CARC"}
    assert reasons == adjustment_reasons.KNOWN
    assert [row["code"] for row in rows if row["type"] == "RARC" and not remarks.is_known(row["code"])] == []
    assert {row["code"] for row in rows if row["type"] == "Group"} == set(adjustment_reasons.GROUPS)


def test_a_code_without_words_is_shown_as_itself() -> None:
    assert adjustment_reasons.label("304") == "Reason 304"
    assert adjustment_reasons.label("45") == "Above the fee schedule or contracted amount"
    assert remarks.label("N999") == "Remark N999"
    assert payments.claim_status("4") == "Denied"
    assert payments.provider_adjustment("WO") == "Overpayment recovered"
    assert payments.provider_adjustment("QQ") == "Adjustment QQ"


@pytest.mark.parametrize(
    ("code", "known"), [("N130", True), ("MA01", True), ("M15", True), ("N0", False), ("X1", False), ("MA999", False)]
)
def test_remark_codes_have_a_shape(code: str, known: bool) -> None:
    assert remarks.is_known(code) is known


@pytest.mark.parametrize(
    ("category", "code", "entity", "sentence"),
    [
        ("A2", "20", "", "Accepted for adjudication. Accepted for processing."),
        ("A7", "562", "85", "Rejected: information is invalid. Billing provider's NPI."),
        ("A6", "500", "", "Rejected: information is missing. Entity's postal code."),
        (
            "A3",
            "116",
            "PR",
            "Returned as unprocessable: correct it and send it again. Sent to the wrong payer (payer).",
        ),
        ("Z9", "9999", "", "Category Z9. Status 9999."),
    ],
)
def test_a_claim_status_in_one_sentence(category: str, code: str, entity: str, sentence: str) -> None:
    assert claim_status.sentence(category, code, entity) == sentence


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("1234567893", True),
        ("1245319599", True),
        ("1234567890", False),
        ("123456789", False),
        ("3234567893", False),
        ("12345678AB", False),
        ("", False),
        ("１２３４５６７８９３", False),
    ],
)
def test_the_check_digit_of_an_npi(number: str, valid: bool) -> None:
    assert is_npi(number) is valid


def test_one_wrong_digit_is_always_noticed() -> None:
    good = "1234567893"
    for place in range(1, 10):
        for digit in "0123456789":
            if digit != good[place]:
                assert not is_npi(good[:place] + digit + good[place + 1 :])
    assert check_digit("123456789") == "3"
