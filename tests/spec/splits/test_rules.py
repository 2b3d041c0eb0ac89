"""Splitting rules as tables: which lines a rule means, what becomes of them, and what a rule may not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.claims.splitting import parts_of, portion
from chartdesk.pms.splits import rules
from chartdesk.pms.splits.rules import BUILT_IN, Line, Rule
from chartdesk.pms.versions import rules as stored

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)
X_RAY = Line("71046", (), "kim", DAY, "ACME1", "11", "7")


def _rule(action: str, **said) -> Rule:
    return Rule(said.pop("id", action), said.pop("name", "A rule"), action, **said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({}, True),
        ({"codes": ("71046",)}, True),
        ({"codes": ("70010-76499",)}, True),
        ({"codes": ("71047-76499", "71*")}, True),
        ({"codes": ("71047-76499",)}, False),
        ({"codes": ("7104",)}, False),
        ({"modifiers": ("26",)}, False),
        ({"payers": ("ACME1", "SECO2")}, True),
        ({"payers": ("SECO2",)}, False),
        ({"places": ("22",)}, False),
        ({"practitioners": ("kim",)}, True),
        ({"practitioners": ("lee",)}, False),
        ({"first": DAY, "last": DAY}, True),
        ({"first": NEXT}, False),
        ({"last": date(2026, 3, 1)}, False),
        ({"codes": ("71046",), "on": False}, False),
        ({"sites": ("7",)}, True),
        ({"sites": ("8", "9")}, False),
    ],
)
def test_which_lines_a_rule_means(said, meant):
    assert rules.means(_rule("apart", **said), X_RAY) is meant


def test_the_first_rule_about_a_line_says_who_owes_it():
    vision = _rule("payer", codes=("920*",), target="VSP1")
    cosmetic = _rule("patient", codes=("15780-15789", "92015"))
    eye = replace(X_RAY, code="92015")
    assert rules.payer([vision, cosmetic], eye, ["ACME1", "VSP1"]) == "VSP1"
    assert rules.payer([cosmetic, vision], eye, ["ACME1", "VSP1"]) == ""
    assert rules.payer([vision], eye, ["ACME1"]) is None
    assert rules.payer([vision], X_RAY, ["VSP1"]) is None


def test_a_component_is_not_split_again():
    rule = _rule("components", codes=("71046",))
    assert rules.components([rule], X_RAY) is rule
    for modifier in ("26", "TC"):
        assert rules.components([rule], replace(X_RAY, modifiers=(modifier,))) is None


@pytest.mark.parametrize(
    ("rule", "where", "words"),
    [
        (_rule("apart"), "codes", "every line"),
        (_rule("fly", codes=("71046",)), "action", "nothing a rule can do"),
        (_rule("apart", name=" ", codes=("71046",)), "name", "needs a name"),
        (_rule("apart", name="x" * 81, codes=("71046",)), "name", "at most 80"),
        (_rule("apart", codes=("76499-70010",)), "codes", "no code, range"),
        (_rule("apart", codes=("7104!",)), "codes", "no code, range"),
        (_rule("apart", modifiers=("5",)), "modifiers", "not a modifier"),
        (_rule("apart", places=("office",)), "places", "not a place of service"),
        (_rule("payer", codes=("92*",)), "target", "which payer"),
        (_rule("components", codes=("7*",), share=100), "share", "no share"),
        (_rule("at_most", most=51), "most", "1 to 50 lines"),
        (_rule("dates", first=NEXT, last=DAY), "last", "before the first"),
    ],
)
def test_what_a_rule_may_not_say(rule, where, words):
    with pytest.raises(Invalid, match=words) as refused:
        rules.checked(rule)
    assert refused.value.where == where


def test_rules_are_kept_as_data_and_said_in_words():
    told = _rule("components", codes=("71046",), payers=("ACME1",), professional="lee", share=40, first=DAY)
    assert rules.restored(stored.kept([told, *BUILT_IN])) == (told, *BUILT_IN)
    assert stored.digest([told]) != stored.digest([_rule("components", codes=("71047",))])
    said = rules.words(told, lambda payer: "Acme PPO", lambda who: "Dr. Lee")
    assert said.startswith("Codes 71046 for visits of Acme PPO from Mar 2, 2026: as two lines, 26 and TC")
    assert "26 by Dr. Lee" in said
    assert rules.words(BUILT_IN[0]) == "All lines: a claim for each rendering provider."


# ------------------------------------------------------------------------------------------------ claims


def _line(number: int, code: str, *modifiers: str, by: str = "kim", day: date | None = None, **said) -> LineView:
    return LineView(
        number, number, code, list(modifiers), Decimal(1), Decimal("10.00"), said.pop("pointers", [1]), "", by, day,
        **said,
    )  # fmt: skip


def _bill(*lines: LineView, diagnoses: int = 1) -> SuperbillView:
    return SuperbillView(
        id=1, version=1, status="approved", source_id="s", patient_id="p", encounter_id="", appointment_id="",
        service_date=DAY, practitioner="kim", site="", place_of_service="11",
        diagnoses=[f"D{number}" for number in range(1, diagnoses + 1)], minutes=None, lines=list(lines), findings=[],
        coverage_id="cov", payer_id="ACME1", self_pay=False, total=Decimal(0), signed_at=None,
        captured_at=datetime(2026, 3, 2, tzinfo=UTC), approved_at=None, approved_by="",
    )  # fmt: skip


ONE, TWO = _line(1, "99213"), _line(2, "71046")


@pytest.mark.parametrize(
    ("bill", "said", "claims"),
    [
        (_bill(ONE, TWO), BUILT_IN, [[0, 1]]),
        (_bill(), BUILT_IN, [[]]),
        (_bill(ONE, _line(2, "71046", by="lee"), _line(3, "36415")), BUILT_IN, [[0, 2], [1]]),
        (_bill(ONE, _line(2, "71046", by="lee")), BUILT_IN[1:], [[0, 1]]),
        (_bill(ONE, _line(2, "86580", day=NEXT)), BUILT_IN, [[0], [1]]),
        (_bill(ONE, _line(2, "86580", day=NEXT)), (), [[0, 1]]),
        (_bill(ONE, TWO, _line(3, "J1100")), (_rule("apart", codes=("J*",)),), [[0, 1], [2]]),
        (_bill(ONE, TWO, _line(3, "36415")), (_rule("at_most", most=2),), [[0, 1], [2]]),
        (_bill(ONE, TWO), (_rule("at_most", most=1, payers=("SECO2",)),), [[0, 1]]),
        (_bill(_line(1, "71046", "26"), _line(2, "71046", "TC")), (_rule("components", codes=("71*",)),), [[0], [1]]),
        (_bill(ONE, replace(TWO, payer_id="VSP1", coverage_id="vsp")), BUILT_IN, [[0], [1]]),
        (_bill(ONE, replace(TWO, payer_id="")), BUILT_IN, [[0]]),
        (_bill(replace(ONE, payer_id="")), BUILT_IN, []),
        (_bill(replace(ONE, claim=1), replace(TWO, claim=2)), BUILT_IN, [[0], [1]]),
        (_bill(replace(ONE, claim=1), TWO, replace(_line(3, "J1100"), claim=1)), BUILT_IN, [[0, 2], [1]]),
        (_bill(replace(ONE, claim=1), replace(_line(2, "J1100", day=NEXT), claim=1)), BUILT_IN, [[0, 1]]),
        (_bill(replace(ONE, claim=1), replace(_line(2, "71046", by="lee"), claim=1)), BUILT_IN, [[0], [1]]),
        (_bill(replace(ONE, claim=1), replace(TWO, claim=1)), (_rule("at_most", most=1),), [[0, 1]]),
        (_bill(replace(ONE, claim=1), replace(TWO, claim=1, payer_id="VSP1")), BUILT_IN, [[0], [1]]),
        (_bill(replace(ONE, claim=1), replace(TWO, claim=1, payer_id="")), BUILT_IN, [[0]]),
    ],
)
def test_which_lines_stand_on_one_claim(bill, said, claims):
    assert [part.lines for part in parts_of(bill, said)] == claims


def test_a_part_is_a_superbill_of_its_own():
    routed = replace(_line(2, "92014", by="lee", day=NEXT, pointers=[2, 3]), payer_id="VSP1", coverage_id="vsp")
    bill = _bill(ONE, routed, diagnoses=4)
    first, second = (portion(bill, part) for part in parts_of(bill))
    assert (first.payer_id, first.coverage_id, first.practitioner, first.service_date) == ("ACME1", "cov", "kim", DAY)
    assert first.diagnoses == ["D1", "D4"]
    assert (second.payer_id, second.coverage_id) == ("VSP1", "vsp")
    assert (second.practitioner, second.service_date) == ("lee", NEXT)
    assert (second.diagnoses, second.lines[0].pointers) == (["D2", "D3"], [1, 2])


def _rules() -> st.SearchStrategy[tuple[Rule, ...]]:
    one = st.one_of(
        st.builds(
            lambda code, who: _rule("apart", id=f"a{code}{who}", codes=(code,), practitioners=who),
            st.sampled_from(["7*", "99213", "80000-89999"]),
            st.sampled_from([(), ("kim",)]),
        ),
        st.builds(lambda most: _rule("at_most", most=most), st.integers(1, 50)),
        st.sampled_from([BUILT_IN[0], BUILT_IN[1], _rule("components", codes=("7*",))]),
    )
    return st.lists(one, max_size=4).map(tuple)


_LINES = st.tuples(
    st.sampled_from(["99213", "71046", "80053"]),
    st.sampled_from([(), ("26",), ("TC",)]),
    st.sampled_from(["kim", "lee"]),
    st.sampled_from([None, NEXT]),
    st.sampled_from([None, None, "", "VSP1"]),
    st.lists(st.integers(1, 16), min_size=1, max_size=4, unique=True),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=120), st.integers(1, 16), _rules())
def test_whatever_the_rules_no_line_is_lost_doubled_or_billed_to_two(lines, diagnoses, said):
    made = [
        replace(_line(place, code, *modifiers, by=by, day=day, pointers=pointers), payer_id=payer)
        for place, (code, modifiers, by, day, payer, pointers) in enumerate(lines, start=1)
    ]
    bill = _bill(*made, diagnoses=diagnoses)
    parts = parts_of(bill, said)
    billed = [place for part in parts for place in part.lines]
    assert sorted(billed) == [place for place, line in enumerate(made) if line.payer_id != ""]
    for part in parts:
        one = portion(bill, part)
        assert len(one.lines) <= min([50, *(rule.most for rule in said if rule.action == "at_most")])
        assert len(one.diagnoses) <= 12
        assert len({line.payer_id for line in one.lines}) <= 1
        for place, line in zip(part.lines, one.lines, strict=True):
            told = [bill.diagnoses[at - 1] for at in made[place].pointers if at <= diagnoses]
            assert [one.diagnoses[at - 1] for at in line.pointers if at <= len(one.diagnoses)][: len(told)] == told


def test_a_facility_bills_what_its_rule_means_and_clinicians_do_not_part_it():
    clinic = _rule("institutional", codes=("99*",), bill_type="71", revenue="0521")
    visit, reader = replace(X_RAY, code="99213"), replace(X_RAY, code="99214", practitioner="lee")
    said = (clinic, *BUILT_IN)
    assert rules.together(said, visit) == rules.together(said, reader) == ("date 2026-03-02", "facility 71")
    assert rules.together(said, X_RAY) == ("date 2026-03-02", "provider kim")
    assert rules.institutional(said, visit) == clinic and rules.institutional(said, X_RAY) is None
    assert rules.words(clinic) == (
        "Codes 99*: on an institutional claim, type of bill 71 (Rural health clinic), "
        "revenue code 0521 unless the table says another."
    )


@pytest.mark.parametrize(
    ("said", "where"),
    [({}, "bill_type"), ({"bill_type": "07"}, "bill_type"), ({"bill_type": "71", "revenue": "521"}, "revenue")],
)
def test_a_rule_of_a_facility_says_a_type_of_bill(said, where):
    with pytest.raises(Invalid) as refused:
        rules.checked(_rule("institutional", **said))
    assert [one.where for one in refused.value.issues] == [where]
    assert rules.checked(_rule("institutional", bill_type="71")).bill_type == "71"
