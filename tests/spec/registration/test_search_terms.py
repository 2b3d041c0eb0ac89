"""What people type to find a patient, and how it is understood."""

from __future__ import annotations

from datetime import date

import pytest

from chartdesk.pms.registration.search_terms import MOST_TERMS, Born, Digits, Word, terms

TODAY = date(2026, 3, 2)
FEB_3 = Born(date(1980, 2, 3), date(1980, 2, 3))
YEAR = Born(date(1980, 1, 1), date(1980, 12, 31))

TYPED = [
    ("", []),
    ("   ", []),
    ("Smith", [Word("smith")]),
    ("Smith, John", [Word("smith"), Word("john")]),
    ("smi jo 1980", [Word("smi"), Word("jo"), Digits("1980", (YEAR,))]),
    ("O'Brien", [Word("obrien")]),
    ("Núñez-Díaz", [Word("nunez"), Word("diaz")]),
    ("1980-02-03", [FEB_3]),
    ("2/3/1980", [FEB_3]),
    ("02/03/1980", [FEB_3]),
    ("2-3-1980", [FEB_3]),
    ("2/3/80", [FEB_3]),
    ("3/2/26", [Born(TODAY, TODAY)]),
    ("3/2/27", [Born(date(1927, 3, 2), date(1927, 3, 2))]),
    ("feb 3 1980", [FEB_3]),
    ("February 3, 1980", [FEB_3]),
    ("Feb. 3rd, 1980", [FEB_3]),
    ("3 Feb 1980", [FEB_3]),
    ("3-feb-1980", [FEB_3]),
    ("02031980", [Digits("02031980", (FEB_3,))]),
    ("19800203", [Digits("19800203", (FEB_3,))]),
    ("020380", [Digits("020380", (FEB_3,))]),
    ("feb 1980", [Born(date(1980, 2, 1), date(1980, 2, 29))]),
    ("jones feb 3 1980", [FEB_3, Word("jones")]),
    ("1980-02-30", [Digits("1980", (YEAR,)), Digits("02"), Digits("30")]),
    ("may", [Word("may")]),
    ("april jones", [Word("april"), Word("jones")]),
    ("2150", [Digits("2150")]),
    ("614-555-0123", [Digits("6145550123")]),
    ("(614) 555-0123", [Digits("6145550123")]),
    ("614.555.0123", [Digits("6145550123")]),
    ("+1 614 555 0123", [Digits("6145550123")]),
    ("6145550123", [Digits("6145550123")]),
    ("16145550123", [Digits("6145550123")]),
    ("555-0123", [Digits("5550123")]),
    ("0123", [Digits("0123")]),
    ("smith 614-555-0123", [Digits("6145550123"), Word("smith")]),
    ("100001", [Digits("100001")]),
    ("smith smith", [Word("smith")]),
    ("a b c d e f g h i j k", [Word(letter) for letter in "abcdefgh"]),
    ("%' OR 1=1 --", [Word("or"), Digits("1")]),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED, ids=[row[0] or "nothing" for row in TYPED])
def test_terms(typed: str, expected: list[object]) -> None:
    found = terms(typed, TODAY)
    assert found == expected
    assert len(found) <= MOST_TERMS
