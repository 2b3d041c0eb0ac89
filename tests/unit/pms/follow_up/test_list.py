"""The list of claims that wait for money: what is on it, what it adds up to, and changes of many at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import PAYER, SECOND, Cut, Paid, decided

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.follow_up import commands, queries
from chartdesk.pms.follow_up.commands import Change
from chartdesk.pms.follow_up.queries import Filter
from chartdesk.record import audit
from chartdesk.record.access.subject import Role


def _found(desk, order="number", **wanted):
    return [one.claim_id for one in queries.page(desk.subject, Filter(**wanted), order=order)]


def _sent_days_ago(number, days):
    Claim.objects.filter(pk=number).update(submitted_at=clock.now() - timedelta(days=days))


@pytest.fixture
def filled(desk):
    """A claim of each kind: sent 0, 45 and 200 days ago, taken in, rejected, denied; and a paid one."""
    made = {"fresh": desk.sent(), "late": desk.sent(), "old": desk.sent(), "taken": desk.taken_in()}
    made["rejected"] = desk.sent()
    desk.receive(desk.report((desk.claim(made["rejected"]).number, False)))
    refused = desk.office.claim([("99213", "140"), ("87880", "32")], patient=desk.office.patient(payers=(SECOND,)))
    cuts = [Cut("CO", "197", "140")]
    desk.office.receive(
        desk.office.remit(decided(refused, [Paid("99213", "140", "0", cuts), Paid("87880", "32", "32")]))
    )
    made["denied"] = refused.claim_id
    paid = desk.office.claim([("99213", "140")])
    desk.office.receive(desk.office.remit(decided(paid, [Paid("99213", "140", "140")])))
    made["paid"] = paid.claim_id
    with transaction(desk.subject):
        _sent_days_ago(made["late"], 45)
        _sent_days_ago(made["old"], 200)
    return made


def test_who_is_on_the_list_and_why(desk, filled):
    rows = {one.claim_id: one for one in queries.page(desk.subject, Filter())}
    assert set(rows) == set(filled.values()) - {filled["paid"]}
    kinds = {name: rows[number].kind for name, number in filled.items() if name != "paid"}
    assert kinds == {
        "fresh": "unanswered", "late": "unanswered", "old": "unanswered", "taken": "undecided",
        "rejected": "rejected", "denied": "denied",
    }  # fmt: skip
    denied = rows[filled["denied"]]
    assert (denied.amount, denied.carcs, denied.payer_id) == (Decimal("140.00"), ("197",), SECOND)
    assert denied.deadline is not None
    assert (rows[filled["late"]].days, rows[filled["late"]].age, rows[filled["old"]].age) == (45, "31-60", "121+")


def test_the_list_is_narrowed(desk, filled):
    cases = [
        ({"age": "31-60"}, ["late"]), ({"age": "121+"}, ["old"]), ({"age": "7"}, []),
        ({"kind": "rejected"}, ["rejected"]), ({"kind": "denied"}, ["denied"]), ({"payer_id": SECOND}, ["denied"]),
        ({"reason": "carc:197"}, ["denied"]), ({"reason": "carc:45"}, []),
        ({"reason": "rejected:A7:562:85"}, ["rejected"]), ({"at_least": Decimal(100)}, ["denied"]),
        ({"at_most": Decimal(1)}, []), ({"kind": "unanswered", "payer_id": PAYER, "age": "0-30"}, ["fresh"]),
    ]  # fmt: skip
    for wanted, names in cases:
        assert _found(desk, **wanted) == [filled[name] for name in names], wanted
        assert queries.sums(desk.subject, Filter(**wanted)).count == len(names), wanted
        assert queries.fitting(desk.subject, Filter(**wanted), limit=10) == [filled[name] for name in names], wanted


def test_the_sums_are_those_of_the_rows(desk, filled):
    rows = queries.page(desk.subject, Filter())
    sums = queries.sums(desk.subject, Filter(kind="unanswered"))
    assert (sums.whole.count, sums.whole.amount) == (len(rows), sum(one.amount for one in rows))
    waiting = [one for one in rows if one.kind == "unanswered"]
    assert (sums.count, sums.amount) == (3, sum(one.amount for one in waiting))
    for name, column in (("age", "age"), ("kind", "kind"), ("payer", "payer_id")):
        assert {key: one.count for key, one in sums.by[name].items()} == Counter(getattr(one, column) for one in rows)
    assert _found(desk, order="-age")[0] == filled["old"]
    assert _found(desk, order="-amount")[0] == filled["denied"]


def test_many_are_changed_at_once_and_what_is_not_meant_stays(desk, filled):
    chosen = [filled["late"], filled["old"]]
    day = date(2026, 3, 20)
    assert commands.pursue(desk.subject, chosen, Change("Pat", "call", day, True, "Called, on hold.")) == 2
    assert _found(desk, owner="Pat") == sorted(chosen)
    assert commands.pursue(desk.subject, [filled["old"]], Change(next_action="records")) == 1
    (row,) = queries.page(desk.subject, Filter(action="records"))
    assert (row.owner, row.due, row.claim_id) == ("Pat", day, filled["old"])
    assert _found(desk, owner="-", kind="unanswered") == [filled["fresh"]]
    case = queries.case(desk.subject, filled["old"], row.patient_id)
    assert [(one.text, one.name) for one in case.notes] == [("Called, on hold.", desk.subject.name)]
    assert _found(desk, due="today") == []
    with clock.at(clock.now() + timedelta(days=5)):
        assert _found(desk, due="late") == sorted(chosen)
    commands.pursue(desk.subject, [filled["old"]], Change(dated=True))
    assert filled["old"] in _found(desk, due="none")
    written = [one for one in audit.trail(desk.subject, row.patient_id) if one.what == "claim follow-up"]
    assert {one.action for one in written} == {"U", "R"}


def test_a_paid_claim_stays_while_somebody_has_set_a_day_since(desk, filled):
    paid = filled["paid"]
    with clock.at(clock.now() + timedelta(days=1)):
        commands.pursue(desk.subject, [paid], Change(due=date(2026, 4, 1), dated=True))
        assert _found(desk, kind="kept") == [paid]
        commands.pursue(desk.subject, [paid], Change(dated=True))
        assert _found(desk, kind="kept") == []


def test_a_rejection_names_the_field_until_the_claim_is_taken_in_after_all(desk, filled):
    ((code, said, count),) = queries.rejections(desk.subject)
    assert (code, count) == ("A7:562:85", 1) and "NPI" in said
    (item,) = desk.office.items("claim_rejected")
    assert "practice's NPI" in item.cure
    desk.receive(desk.report((desk.claim(filled["rejected"]).number, True)))
    assert _found(desk, reason="rejected:A7:562:85") == []
    assert queries.rejections(desk.subject) == []


@pytest.mark.parametrize(
    "change",
    [Change(), Change(note="  "), Change(next_action="dance"), Change(note="x" * 5000)],
    ids=["nothing", "blank", "unknown action", "too long"],
)
def test_a_change_that_says_nothing_sensible_is_refused(desk, change):
    with pytest.raises(Invalid):
        commands.pursue(desk.subject, [1], change)


def test_nobody_else_may_and_nothing_is_changed_elsewhere(desk, filled):
    front = replace(desk.subject, roles=frozenset({Role.FRONT_DESK}))
    with pytest.raises(Forbidden):
        commands.pursue(front, [filled["old"]], Change(note="x"))
    with pytest.raises(Invalid):
        commands.pursue(desk.subject, [], Change(note="x"))
    with pytest.raises(NotFound):
        commands.pursue(desk.subject, [987654321], Change(note="x"))


def test_a_rejected_file_blames_the_claim_that_is_at_fault(desk):
    first, second = desk.ready(), desk.ready()
    claims.submit(desk.subject, [first, second])
    desk.receive(desk.x999(first, "R"))
    (mine,) = queries.case(desk.subject, first, "").rejections
    assert (mine.code, mine.field) == ("999:CLM05-1", "place of service and kind of claim")
    (other,) = queries.case(desk.subject, second, "").rejections
    assert (other.code, other.field) == ("999", "")
