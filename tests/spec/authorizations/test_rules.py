"""Which visits need an authorization and which one each stands on, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from chartdesk.pms.authorizations.rules import Permit, Rule, Visit, allocate, among, needed

MARCH = [date(2026, 3, day) for day in range(1, 32)]
JANUARY = date(2026, 1, 1)


def rule(id: int = 1, **changes: object) -> Rule:
    """A rule of payer P about visits of type ``pt``, since January."""
    given = {"kind": "authorization", "payer_id": "P", "visit_types": ("pt",), "codes": (), "effective": JANUARY,
             "ends": None}  # fmt: skip
    return Rule(id=id, **{**given, **changes})  # type: ignore[arg-type]


def visit(day: int, **changes: object) -> Visit:
    """A visit of type ``pt`` of a patient of payer P on a day of March."""
    given = {"appointment": f"v{day}", "day": MARCH[day - 1], "payer_id": "P", "visit_type": "pt"}
    return Visit(**{**given, **changes})  # type: ignore[arg-type]


def permit(id: int = 1, **changes: object) -> Permit:
    """An authorization of payer P for any number of visits in March."""
    given = {"kind": "authorization", "payer_id": "P", "state": "approved", "number": f"A{id}",
             "effective": MARCH[0], "expires": MARCH[30]}  # fmt: skip
    return Permit(id=id, **{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "given", "expected"),
    [
        ([], visit(2), None),
        ([rule()], visit(2), 1),
        ([rule()], visit(2, visit_type="office"), None),
        ([rule()], visit(2, payer_id="Q"), None),
        ([rule()], visit(2, payer_id=""), None),
        ([rule(payer_id="")], visit(2, payer_id="Q"), 1),
        ([rule(1, payer_id=""), rule(2)], visit(2), 2),
        ([rule(visit_types=())], visit(2, visit_type="office"), 1),
        ([rule(visit_types=(), codes=("97010-97799",))], visit(2), None),
        ([rule(visit_types=(), codes=("97010-97799",))], visit(2, codes=("97110",)), 1),
        ([rule(visit_types=(), codes=("97110",))], visit(2, codes=("97112", "97110")), 1),
        ([rule(codes=("97110",))], visit(2, visit_type="office", codes=("97110",)), 1),
        ([rule(effective=MARCH[4])], visit(4), None),
        ([rule(effective=MARCH[4])], visit(5), 1),
        ([rule(ends=MARCH[4])], visit(5), 1),
        ([rule(ends=MARCH[4])], visit(6), None),
    ],
)
def test_who_needs_one(rules: list[Rule], given: Visit, expected: int | None) -> None:
    found = needed(rules, given)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("permits", "problem", "detail"),
    [
        ([], "missing", "None was asked for."),
        ([permit()], "", ""),
        ([permit(state="not_needed", number="", effective=None, expires=None)], "", ""),
        ([permit(payer_id="Q")], "missing", "None was asked for."),
        ([permit(kind="referral")], "missing", "None was asked for."),
        ([permit(state="pended")], "pended", "has not decided"),
        ([permit(state="call")], "pended", "wants to be called"),
        ([permit(state="denied")], "denied", "denied"),
        ([permit(state="denied"), permit(2)], "", ""),
        ([permit(state="cancelled")], "missing", "None was asked for."),
        ([permit(expires=MARCH[8])], "expired", "A1 runs out on Mar 9, 2026"),
        ([permit(expires=MARCH[9])], "", ""),
        ([permit(effective=MARCH[10])], "early", "A1 begins on Mar 11, 2026"),
        ([permit(visits=0)], "used_up", "All 0 visits of A1"),
        ([permit(expires=MARCH[8]), permit(2, state="pended")], "pended", "has not decided"),
        ([permit(codes=("97110",))], "", ""),
    ],
)
def test_how_a_visit_stands(permits: list[Permit], problem: str, detail: str) -> None:
    [found] = allocate([visit(10)], permits, [rule()])
    assert found.problem == problem
    assert detail in found.detail
    assert (found.permit is not None) == (problem == "")


def test_visits_take_turns_and_the_last_finds_it_used_up() -> None:
    found = allocate([visit(20), visit(10), visit(15)], [permit(visits=2)], [rule()])
    assert [(one.visit.day.day, one.permit, one.problem) for one in found] == [
        (10, 1, ""), (15, 1, ""), (20, None, "used_up"),
    ]  # fmt: skip


def test_a_visit_that_took_place_keeps_its_authorization() -> None:
    given = [visit(10), visit(15, took_place=True, held=1), visit(5)]
    found = allocate(given, [permit(visits=2)], [rule()])
    assert [(one.visit.day.day, one.permit) for one in found] == [(5, 1), (10, None), (15, 1)]


def test_the_oldest_is_used_up_before_the_next() -> None:
    found = allocate([visit(day) for day in (3, 4, 5)], [permit(2), permit(1, visits=2)], [rule()])
    assert [one.permit for one in found] == [1, 1, 2]


def test_what_somebody_chose_stands_even_without_need_and_is_judged() -> None:
    given = [visit(3, visit_type="office", held=2, chosen=True), visit(4, held=1, chosen=True)]
    found = allocate(given, [permit(1, expires=MARCH[2]), permit(2)], [rule()])
    assert [(one.permit, one.problem) for one in found] == [(2, ""), (1, "expired")]


def test_more_visits_than_the_payer_left_are_told() -> None:
    given = [visit(day, took_place=True, held=1) for day in (3, 4, 5)]
    found = allocate(given, [permit(visits=2)], [rule()])
    assert [one.problem for one in found] == ["", "", "used_up"]


def test_an_authorization_for_other_codes_does_not_fit() -> None:
    [found] = allocate([visit(10, codes=("97112",))], [permit(codes=("97110",))], [rule()])
    assert found.problem == "missing"


@pytest.mark.parametrize(
    ("code", "codes", "expected"),
    [
        ("97110", ("97110",), True),
        ("97110", ("97010-97799",), True),
        ("97800", ("97010-97799",), False),
        ("J3420", ("J0100-J9999",), True),
        ("9711", ("97010-97799",), False),
        ("97110", (), False),
    ],
)
def test_ranges(code: str, codes: tuple[str, ...], expected: bool) -> None:
    assert among(code, codes) is expected


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"payer_id": "Q"}, "another payer"),
        ({"kind": "referral"}, "of the kind referral"),
        ({"codes": ("97110",)}, "for other codes"),
    ],
)
def test_what_was_chosen_and_does_not_speak_of_the_visit_is_flagged_before_it(
    changed: dict[str, object], words: str
) -> None:
    coming = visit(3, held=1, chosen=True, codes=("97140",))
    [found] = allocate([coming], [permit(**changed)], [rule()])
    assert (found.permit, found.problem) == (1, "missing")
    assert words in found.detail
    done = visit(3, held=1, chosen=True, codes=("97140",), took_place=True)
    assert allocate([done], [permit(**changed)], [rule()])[0].problem == ""
