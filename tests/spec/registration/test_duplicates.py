"""When two people are taken for one: pairs, the verdict, and the reasons that must be given.

``suspect`` stops the registration and asks, ``shown`` is listed for information, ``apart`` is neither.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.registration.rules import SHOW, SUSPECT, match, near_dates

HOME = Address("12 Oak Street", "", "Columbus", "OH", "43215")
JOHN = Person(
    family="Smith",
    given="John",
    birth_date=date(1980, 2, 3),
    sex="male",
    phone_mobile="+16145550123",
    email="john@example.com",
    address=HOME,
)
BARE = Person(family="Smith", given="John", birth_date=date(1980, 2, 3), sex="male")

PAIRS = [
    ("the same record", JOHN, JOHN, "suspect", "same family name"),
    ("name, birth date and sex alone", BARE, BARE, "suspect", "same birth date"),
    (
        "moved, with another phone",
        JOHN,
        replace(
            JOHN,
            phone_mobile="+16145550999",
            email="",
            address=Address("9 Elm Rd", "", "Dublin", "OH", "43017"),
        ),
        "suspect",
        "same birth date",
    ),
    ("family name spelled otherwise", BARE, replace(BARE, family="Smyth"), "suspect", "sound alike"),
    ("family name with a slip", BARE, replace(BARE, family="Smithe"), "suspect", "alike"),
    ("given name sounds alike", BARE, replace(BARE, given="Jon"), "suspect", "given name"),
    ("nickname", replace(BARE, given="William"), replace(BARE, given="Bill"), "suspect", "short for"),
    ("preferred name", replace(BARE, given="Juan", preferred="John"), BARE, "suspect", "same given name"),
    ("middle name in the given name", BARE, replace(BARE, given="John Paul"), "suspect", "first given name"),
    (
        "accents and marks",
        replace(BARE, family="Núñez-O'Dea"),
        replace(BARE, family="Nunez ODea"),
        "suspect",
        "same",
    ),
    (
        "double name",
        replace(BARE, family="Garcia"),
        replace(BARE, family="Garcia Lopez"),
        "suspect",
        "share a part",
    ),
    ("names swapped", BARE, replace(BARE, family="John", given="Smith"), "suspect", "swapped"),
    ("day and month swapped", BARE, replace(BARE, birth_date=date(1980, 3, 2)), "suspect", "day and month"),
    ("one digit off", BARE, replace(BARE, birth_date=date(1980, 2, 8)), "suspect", "one digit"),
    ("two digits swapped", BARE, replace(BARE, birth_date=date(1908, 2, 3)), "suspect", "two digits"),
    (
        "married name, same phone and home",
        JOHN,
        replace(JOHN, family="Walker"),
        "shown",
        "family names differ",
    ),
    (
        "birth date not known, all else the same",
        JOHN,
        replace(JOHN, birth_date=None),
        "suspect",
        "same phone",
    ),
    ("twins", JOHN, replace(JOHN, given="Peter"), "shown", "given names differ"),
    ("father and son", JOHN, replace(JOHN, birth_date=date(2008, 11, 17)), "shown", "birth dates differ"),
    (
        "namesake of another age",
        BARE,
        replace(BARE, birth_date=date(1955, 12, 30)),
        "apart",
        "birth dates differ",
    ),
    (
        "same birth date alone",
        BARE,
        replace(BARE, family="Okafor", given="Grace", sex="female"),
        "apart",
        "differ",
    ),
    (
        "couple",
        JOHN,
        replace(JOHN, given="Mary", sex="female", birth_date=date(1982, 7, 9)),
        "apart",
        "sex differs",
    ),
    ("nothing known of either", Person(), Person(), "apart", ""),
]


@pytest.mark.parametrize(
    ("one", "other", "verdict", "reason"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS]
)
def test_verdict(one: Person, other: Person, verdict: str, reason: str) -> None:
    found = match(one, other)
    judged = "suspect" if found.score >= SUSPECT else "shown" if found.score >= SHOW else "apart"
    assert judged == verdict, found
    assert reason in "; ".join(found.reasons)


@pytest.mark.parametrize(("one", "other"), [row[1:3] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_the_order_does_not_matter(one: Person, other: Person) -> None:
    assert match(one, other).score == match(other, one).score


def test_the_same_social_security_number_outweighs_another_name() -> None:
    assert not match(BARE, replace(BARE, family="Walker")).suspect
    assert match(BARE, replace(BARE, family="Walker"), same_ssn=True).suspect


def test_scores_stay_between_0_and_100() -> None:
    assert match(JOHN, JOHN, same_ssn=True).score == 100
    assert match(BARE, replace(BARE, family="Xu", given="Li", sex="female", birth_date=date(2001, 1, 1))).score == 0


@pytest.mark.parametrize("day", [date(1980, 2, 3), date(2000, 2, 29), date(1999, 12, 31), date(1901, 10, 1)])
def test_every_near_date_is_one_slip_away(day: date) -> None:
    near = near_dates(day)
    assert day not in near
    for other in near:
        reasons = match(replace(BARE, birth_date=day), replace(BARE, birth_date=other)).reasons
        assert not {"same birth date", "birth dates differ"} & set(reasons), other
        assert day in near_dates(other)
