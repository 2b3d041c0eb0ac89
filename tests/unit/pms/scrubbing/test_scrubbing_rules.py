"""Rules as data: settings and own rules change what scrubbing finds, after a trial, from a version to the next."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace
from tests.money.office import DAY, PAYER, SECOND
from tests.spec.scrubbing.test_rules import CLEAN
from tests.unit.pms.claims.conftest import desk, office

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.pms.claims import commands, conditions, scrub_trials, scrubbing
from chartdesk.pms.scrubbing import commands as ruling
from chartdesk.pms.scrubbing import conditions as asking
from chartdesk.pms.scrubbing import queries, rules
from chartdesk.pms.scrubbing.conditions import Condition
from chartdesk.pms.scrubbing.rules import OwnRule, RuleSet, Setting
from chartdesk.pms.versions import rules as stored
from chartdesk.record.access import Role, Subject

__all__ = ["desk", "office"]

THERAPY = OwnRule(
    "", "Therapy by plan of care", "Therapy needs modifier GP.", "Add modifier GP.",
    when=(Condition("code", "any", ("97110-97140", "9753*")),), must=(Condition("modifier", "any", ("gp", "GO")),),
)  # fmt: skip


def _found(claim, said):
    return [(one.rule, one.severity, one.line) for one in scrubbing.scrub(claim, scrubbing.active(said))]


def test_every_field_has_a_value():
    assert {*conditions.OF_CLAIM, *conditions.OF_LINE} == set(asking.FIELDS)
    assert {name for name, field in asking.FIELDS.items() if field.of_line} == set(conditions.OF_LINE)


@pytest.mark.parametrize(
    ("field", "operator", "values", "meets"),
    [
        ("code", "any", ("99213",), [1]), ("code", "any", ("99200-99299",), [1]), ("code", "any", ("8*",), [2]),
        ("code", "none", ("99213",), [2]), ("modifier", "any", ("25",), [1]), ("modifier", "none", ("25", "QW"), []),
        ("units", "least", ("1",), [1, 2]), ("charge", "most", ("32.00",), [2]), ("pointed", "any", ("R07.0",), [1]),
        ("modifier", "given", (), [1, 2]), ("units", "any", ("2", "3"), []),
        ("diagnosis", "any", ("J00-J06.99",), [0]), ("first_diagnosis", "any", ("R*",), []),
        ("codes", "none", ("99214",), [0]), ("place", "any", ("11", "12"), [0]), ("age", "least", ("65",), []),
        ("age", "most", ("46",), [0]), ("sex", "any", ("Female",), [0]), ("relationship", "none", ("self",), []),
        ("member", "matches", ("A999999",), [0]), ("member", "matches", ("M9*", "ZZ"), [0]),
        ("member", "matches", ("99",), []), ("group", "empty", (), [0]), ("plan", "given", (), []),
        ("indicator", "any", ("ci",), [0]), ("provider", "any", ("1234567893",), [0]),
        ("taxonomy", "any", ("207*",), [0]), ("referral", "empty", (), [0]), ("authorization", "given", (), []),
        ("total", "least", ("172",), [0]), ("total", "least", ("172.01",), []), ("lines", "any", ("2",), [0]),
        ("days", "most", ("2",), [0]), ("days", "least", ("3",), []), ("rank", "any", ("1",), [0]),
        ("frequency", "none", ("7", "8"), [0]), ("bill_type", "empty", (), [0]), ("bill_type", "any", ("71",), []),
        ("revenue", "empty", (), [1, 2]), ("case", "given", (), []),
    ],
)  # fmt: skip
def test_what_a_condition_means(field, operator, values, meets):
    checked = asking.checked(Condition(field, operator, values), "when0")
    said = RuleSet(own=(OwnRule("own_1", "x", "It does.", "Nothing.", when=(checked,)),))
    assert [line for _, _, line in _found(CLEAN, said)] == meets
    assert asking.words(checked).startswith(asking.FIELDS[field].words)


def test_what_is_not_known_meets_no_comparison():
    nobody = replace(CLEAN, patient=replace(CLEAN.patient, birth_date=None), rendering=None)
    for field, operator, values, meets in (("age", "least", ("0",), 0), ("age", "none", ("5",), 1),
                                           ("provider", "any", ("1*",), 0), ("provider", "empty", (), 1)):  # fmt: skip
        said = RuleSet(own=(OwnRule("own_1", "x", "It does.", "Nothing.", when=(Condition(field, operator, values),)),))
        assert sum(rule == "own_1" for rule, _, _ in _found(nobody, said)) == meets


@pytest.mark.parametrize(
    ("given", "where", "words"),
    [
        (Condition("color", "any", ("red",)), "w", "Choose what is asked"),
        (Condition("code", "least", ("99213",)), "w", "cannot be asked like this"),
        (Condition("code", "any", (" ",)), "w", "what?"),
        (Condition("units", "least", ("1", "2")), "w", "one figure"),
        (Condition("units", "least", ("many",)), "w", "not a number"),
        (Condition("units", "least", ("NaN",)), "w", "not a number"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(given, where, words):
    with pytest.raises(Invalid, match=words.replace("?", r"\?")) as fault:
        asking.checked(given, where)
    assert fault.value.where == where


def test_an_own_rule_looks_at_each_line():
    therapy = replace(
        CLEAN, lines=(replace(CLEAN.lines[0], code="97110"), replace(CLEAN.lines[1], code="97530", modifiers=("GO",)))
    )
    own = rules.checked_own(THERAPY)
    assert own.id.startswith("own_")
    assert _found(therapy, RuleSet(own=(own,))) == [(own.id, "error", 1)]
    assert rules.said_of(own) == (
        "Where procedure code is one of 97110-97140, 9753*: modifiers of the line is one of GP, GO."
    )
    for change in (
        {"payers": ("OTHER",)},
        {"first": date(2026, 3, 3)},
        {"last": date(2026, 3, 1)},
        {"severity": "off"},
    ):
        assert _found(therapy, RuleSet(own=(replace(own, **change),))) == []
    kept = rules.restored(stored.kept(RuleSet(own=(own,))))
    assert kept.own == (own,) and stored.digest(kept) == stored.digest(RuleSet(own=(own,)))


def test_a_setting_changes_severity_payers_dates_and_figures():
    wrong = replace(CLEAN, rendering=replace(CLEAN.rendering, npi="1"))
    assert _found(wrong, RuleSet()) == [("rendering_npi", "error", 0)]
    for setting, found in (
        (Setting("rendering_npi", "warning"), [("rendering_npi", "warning", 0)]),
        (Setting("rendering_npi", "off"), []),
        (Setting("rendering_npi", payers=("OTHER",)), []),
        (Setting("rendering_npi", payers=("ACME1", "OTHER")), [("rendering_npi", "error", 0)]),
        (Setting("rendering_npi", last=date(2026, 3, 1)), []),
        (Setting("unheard_of", "off"), [("rendering_npi", "error", 0)]),
    ):
        assert _found(wrong, RuleSet(settings=(setting,))) == found
    few = RuleSet(settings=(Setting("units", figures={"most": Decimal(0)}),))
    assert {rule for rule, _, _ in _found(CLEAN, few)} == {"units"}


def test_what_may_not_be_set_is_refused(desk):
    ruling.begin(desk.subject)
    for setting, words in (
        (Setting("total", "off"), "always holds"),
        (Setting("units", figures={"least": Decimal(1)}), "no figure"),
        (Setting("units", figures={"most": Decimal(-1)}), "not possible"),
        (Setting("age", "loud"), "Choose what"),
        (Setting("age", first=DAY, last=DAY - timedelta(days=1)), "before the first"),
    ):
        with pytest.raises(Invalid, match=words):
            scrubbing.set_rule(desk.subject, setting)
    with pytest.raises(NotFound):
        scrubbing.set_rule(desk.subject, Setting("unheard_of", "off"))
    for change, words in (({"name": " "}, "a name"), ({"when": (), "must": ()}, "every claim"),
                          ({"place": "x"}, "where"), ({"severity": "x"}, "finding"),
                          ({"cure": ""}, "to do")):  # fmt: skip
        with pytest.raises(Invalid, match=words):
            ruling.put_own(desk.subject, replace(THERAPY, **change))


def _live(desk, *changes):
    """A version with these changes, tried and live."""
    ruling.begin(desk.subject)
    for change in changes:
        if isinstance(change, Setting):
            scrubbing.set_rule(desk.subject, change)
        else:
            ruling.put_own(desk.subject, change)
    scrub_trials.attempt(desk.subject)
    return ruling.go_live(desk.subject, "Tried")


def test_from_draft_to_live_and_back(desk):
    clean = desk.ready()
    with pytest.raises(Conflict, match="Begin one"):
        ruling.put_own(desk.subject, THERAPY)
    assert ruling.begin(desk.subject) == ruling.begin(desk.subject) == 1
    visit = replace(THERAPY, name="Visits", when=(Condition("code", "any", ("99213",)),))
    own = ruling.put_own(desk.subject, visit)
    with pytest.raises(Conflict, match="not tried"):
        ruling.go_live(desk.subject)
    with pytest.raises(Stale):
        ruling.remove_own(desk.subject, own, revision=1)
    trial = scrub_trials.attempt(desk.subject)
    (difference,) = trial.differences
    assert (trial.looked_at, trial.held_before, trial.held_after, trial.newly, trial.no_longer) == (1, 0, 1, 1, 0)
    assert (difference.claim, difference.held, difference.findings[0].rule) == (clean, True, own)
    assert trial.rules == {own: (0, 1)}
    assert desk.claim(clean).status == "ready"
    ruling.go_live(desk.subject, revision=2)
    (found,) = commands.scrub(desk.subject, clean)
    assert (found.rule, found.message, found.where[0]) == (own, "99213: Therapy needs modifier GP.", "superbill")
    assert desk.claim(clean).status == "held"
    (item,) = desk.office.items("claim_scrub")
    assert item.detail == f"Rule {own}"
    built = commands.build_many(desk.subject, [desk.charges(desk.office.patient(payers=(SECOND,)))])
    assert desk.claim(built.numbers[0]).status == "held"
    ruling.begin(desk.subject)
    ruling.put_own(desk.subject, replace(visit, id=own, payers=(PAYER,)))
    trial = scrub_trials.attempt(desk.subject)
    assert [(one.claim, one.held) for one in trial.differences] == [(built.numbers[0], False)]
    assert ruling.go_live(desk.subject) == 2
    assert commands.scrub(desk.subject, built.numbers[0]) == []
    ruling.withdraw(desk.subject, 2)
    assert queries.live(desk.subject)[0] == 1
    assert [one.stands for one in queries.versions(desk.subject)] == ["withdrawn", "live"]
    ruling.begin(desk.subject)
    ruling.remove_own(desk.subject, own)
    ruling.discard(desk.subject)
    assert len(queries.live(desk.subject)[1].own) == 1


def test_a_rule_that_is_off_holds_nothing(desk):
    bill = desk.charges(desk.office.patient(), [("99213", [1]), ("99214", [1])])
    _live(desk, Setting("excludes1", "error"), Setting("timely_filing", "off"))
    with clock.at(clock.now() + timedelta(days=5000)):
        (claim,) = commands.build_many(desk.subject, [bill]).numbers
    assert [one["rule"] for one in desk.claim(claim).findings] == []


def test_a_trial_judges_a_claim_by_the_day_it_was_built(desk):
    desk.ready()
    second = desk.charges(desk.office.patient())
    commands.build_many(desk.subject, [second])
    with clock.at(clock.now() + timedelta(days=3000)):
        ruling.begin(desk.subject)
        trial = scrub_trials.attempt(desk.subject, count=1)
        assert (trial.looked_at, trial.held_before, trial.held_after) == (1, 0, 0)
        assert scrub_trials.attempt(desk.subject).looked_at == 2


def test_only_a_manager_writes_rules(desk):
    biller = Subject(desk.subject.practice, "user:1", "Pat", frozenset({Role.BILLER}))
    for call in (
        lambda: ruling.begin(biller),
        lambda: scrub_trials.attempt(biller),
        lambda: ruling.withdraw(biller, 1),
    ):
        with pytest.raises(Forbidden):
            call()
