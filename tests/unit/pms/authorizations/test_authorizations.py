"""Asking real payers for authorizations, and holding visits against what they say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.unit.pms.authorizations.conftest import Desk
from tests.unit.pms.scheduling.conftest import MONDAY

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Invalid, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.authorizations import commands, queries
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.scheduling.models import Site
from chartdesk.record import audit
from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12.eligibility_people import Trace


def _items(desk: Desk) -> list[Any]:
    with transaction(desk.subject):
        return list(worklist.items(desk.subject, kinds=["authorization"]))


def _visit(desk: Desk, days: int = 0, patient: int = 0) -> str:
    """A visit at nine, so many days after Monday, held against the authorizations."""
    made = desk.clinic.book(desk.clinic.at(9, day=MONDAY + timedelta(days=days)), patient)
    commands.refresh(desk.subject, desk.clinic.patients[patient])
    return made.appointment_id


ANSWERS = [
    ("", "approved", 6, "Authorized as asked"),
    ("AUTHLESS", "modified", 3, "more than the plan allows"),
    ("AUTHDENY", "denied", None, "not find it medically necessary"),
    ("AUTHPEND", "pended", None, "medical reviewer"),
    ("AUTHCALL", "call", None, "needs more information"),
    ("AUTHNONE", "not_needed", None, "No authorization is needed"),
    ("UNKNOWN", "refused", None, "does not find this member"),
]


def test_what_the_payer_says_is_kept_and_told_in_words(desk: Desk) -> None:
    desk.clinic.patients += [desk.clinic.someone() for _ in range(3)]
    for patient, (word, state, visits, words) in enumerate(ANSWERS):
        made = commands.request(desk.subject, desk.insured(word, patient), desk.wanted())
        assert (made.state, made.visits) == (state, visits), word
        assert words in " ".join(made.messages)
        assert bool(made.number) == (state in ("approved", "modified"))
        [request] = x278.read_requests(made.request.encode("latin-1"))
        assert (request.review.service_type, request.review.diagnoses) == ("PT", ["M5450"])
        assert request.review.traces[0].number == made.trace
        assert made.response.startswith("ISA")
        if state == "approved":
            assert (made.effective, made.expires) == (MONDAY, MONDAY + timedelta(days=90))
        trail = audit.trail(desk.subject, made.patient)
        assert {"C", "U"} <= {row.action for row in trail if row.what == "authorization"}


def test_a_visit_is_flagged_until_it_has_one(desk: Desk) -> None:
    policy = desk.insured()
    desk.demand(note="Northpoint: office visits since January.")
    visit = _visit(desk)
    [flag] = queries.flags(desk.subject, [visit]).values()
    assert (flag.words, flag.cure) == ("needs authorization", "Ask the payer for one, or write down the number.")
    [item] = _items(desk)
    assert (item.title, item.due, item.role) == ("Visit on Mar 2, 2026: needs authorization", MONDAY, "front_desk")
    assert "since January" in item.detail

    made = commands.request(desk.subject, policy, desk.wanted())
    assert queries.flags(desk.subject, [visit]) == {}
    assert _items(desk) == []
    [view] = queries.of_patient(desk.subject, made.patient)
    assert (view.used, view.planned, view.left) == (0, 1, 5)


def test_visits_are_counted_as_they_are_used_and_the_next_is_flagged(desk: Desk) -> None:
    desk.demand()
    made = commands.request(desk.subject, desk.insured("AUTHLESS"), desk.wanted(visits=4))
    assert made.visits == 2
    first, second, third = (_visit(desk, days) for days in (0, 1, 2))
    assert {one: flag.words for one, flag in queries.flags(desk.subject, [first, second, third]).items()} == {
        third: "authorization used up"
    }
    with clock.at(desk.clinic.at(9)):
        scheduling.check_in(desk.subject, first)
    commands.refresh(desk.subject, made.patient)
    [view] = queries.of_patient(desk.subject, made.patient)
    assert (view.used, view.planned, view.left) == (1, 1, 0)
    scheduling.cancel(desk.subject, second, "The patient is away.")
    commands.refresh(desk.subject, made.patient)
    assert queries.flags(desk.subject, [third]) == {}
    assert _items(desk) == []


def test_one_that_runs_out_before_the_visit_is_flagged_and_can_be_extended(desk: Desk) -> None:
    desk.demand()
    made = commands.request(desk.subject, desk.insured("AUTHSHORT"), desk.wanted())
    visit = _visit(desk, 9)
    [flag] = queries.flags(desk.subject, [visit]).values()
    assert (flag.words, flag.detail) == ("authorization expired", f"{made.number} runs out on Mar 9, 2026.")
    longer = commands.extend(desk.subject, made.pk, 10)
    [request] = x278.read_requests(longer.request.encode("latin-1"))
    assert (request.review.certification, request.review.earlier_authorization) == ("4", made.number)
    assert longer.visits == 10


def test_a_pended_one_is_asked_again_at_night(desk: Desk) -> None:
    desk.demand()
    made = commands.request(desk.subject, desk.insured("AUTHPEND"), desk.wanted())
    visit = _visit(desk)
    assert queries.flags(desk.subject, [visit])[visit].words == "authorization pending"
    assert commands.ask_pended(desk.subject) == 1
    again = queries.authorization(desk.subject, made.pk)
    assert (again.state, again.visits) == ("approved", 6)
    assert commands.watch(desk.subject) == 0
    assert commands.ask_pended(desk.subject) == 0


def test_an_answer_that_comes_later_in_a_file_is_taken_once(desk: Desk) -> None:
    made = commands.request(desk.subject, desk.insured("AUTHPEND"), desk.wanted())
    [answer] = x278.read_responses(made.response.encode("latin-1"))
    [request] = x278.read_requests(made.request.encode("latin-1"))
    assert answer.review is not None and request.envelope is not None
    answer.review.decision = x278.Decision(action="A1", number="LATE77")
    answer.review.expires = date(2026, 5, 1)
    text = x278.write_responses(request.envelope, [answer])
    answer.review.traces, answer.reference = [Trace(number="999999999", originator="9000000001")], "999999999"
    strange = x278.write_responses(request.envelope, [answer])
    with transaction(desk.subject):
        assert commands.receive(desk.subject, text) == []
        assert commands.receive(desk.subject, text) == []
        assert commands.receive(desk.subject, strange) == ["999999999"]
    kept = queries.authorization(desk.subject, made.pk)
    assert (kept.state, kept.number, kept.expires) == ("approved", "LATE77", date(2026, 5, 1))


def test_no_answer_leaves_a_reason_and_takes_nothing_away(desk: Desk) -> None:
    import httpx

    made = commands.request(desk.subject, desk.insured(), desk.wanted())
    httpx.post(f"{desk.address}/control", json={"eligibility": "down"}, timeout=60)
    failed = commands.request(desk.subject, desk.insured(patient=1), desk.wanted())
    assert (failed.state, "HTTP error 503" in failed.reason) == ("failed", True)
    kept = commands.extend(desk.subject, made.pk)
    assert (kept.state, kept.number, "503" in kept.reason) == ("approved", made.number, True)
    httpx.post(f"{desk.address}/control", json={"eligibility": "garbage"}, timeout=60)
    assert "not X12" in commands.ask_again(desk.subject, failed.pk).reason
    httpx.post(f"{desk.address}/control", json={"reset": True}, timeout=60)
    assert commands.ask_again(desk.subject, failed.pk).state == "approved"
    assert commands.cancel(desk.subject, failed.pk).state == "cancelled"
    with pytest.raises(Conflict, match="is cancelled"):
        commands.extend(desk.subject, failed.pk)


def test_a_number_by_phone(desk: Desk) -> None:
    desk.demand(kind="referral")
    policy, visit = desk.insured(), _visit(desk)
    given = commands.Entered("REF-1", MONDAY, MONDAY, 1, kind="referral")
    with pytest.raises(Invalid) as fault:
        commands.enter(desk.subject, policy, commands.Entered("A*B", MONDAY, MONDAY - timedelta(days=1), 0))
    assert {issue.where for issue in fault.value.issues} == {"number", "expires", "visits"}
    made = commands.enter(desk.subject, policy, given)
    assert queries.flags(desk.subject, [visit]) == {}
    numbers = queries.numbers(desk.subject, made.patient, "NPHP1", MONDAY, appointment_id=visit)
    assert (numbers.authorization, numbers.referral) == ("", "REF-1")
    with pytest.raises(Stale):
        commands.enter(desk.subject, policy, given, of=made.pk, version=0)
    commands.enter(
        desk.subject, policy, commands.Entered("", MONDAY, kind="referral", state="denied"), of=made.pk, version=1
    )
    assert queries.flags(desk.subject, [visit])[visit].words == "referral denied"


def test_services_planned_decide_by_their_codes(desk: Desk) -> None:
    desk.demand(visit_types=[], codes=["20600-20611"])
    desk.insured()
    visit = _visit(desk)
    assert queries.of_visit(desk.subject, visit) is None
    commands.plan(desk.subject, visit, ["20610"])
    assert queries.flags(desk.subject, [visit])[visit].words == "needs authorization"
    commands.plan(desk.subject, visit, [])
    assert queries.flags(desk.subject, [visit]) == {}
    with pytest.raises(Invalid, match="2061"):
        commands.plan(desk.subject, visit, ["2061"])


def test_somebody_may_choose(desk: Desk) -> None:
    policy, visit = desk.insured(), _visit(desk)
    made = commands.enter(desk.subject, policy, commands.Entered("A1", MONDAY))
    other = commands.enter(desk.subject, desk.insured(patient=1), commands.Entered("B1", MONDAY))
    commands.choose(desk.subject, visit, made.pk)
    row = queries.of_visit(desk.subject, visit)
    assert row is not None and (row.authorization_id, row.chosen) == (made.pk, True)
    with pytest.raises(Conflict, match="another patient"):
        commands.choose(desk.subject, visit, other.pk)
    commands.choose(desk.subject, visit, None)
    assert queries.of_visit(desk.subject, visit) is None


def test_a_rule_is_checked_and_ends(desk: Desk) -> None:
    with pytest.raises(Invalid) as fault:
        desk.demand(payer_id="NOPE", visit_types=["opera"], codes=["1"], ends=date(2025, 1, 1))
    assert {issue.where for issue in fault.value.issues} == {"payer_id", "visit_types", "codes", "ends"}
    desk.insured()
    made, visit = desk.demand(), _visit(desk)
    assert len(_items(desk)) == 1
    commands.end_demand(desk.subject, made.pk, date(2026, 2, 1))
    assert queries.flags(desk.subject, [visit]) == {}
    assert _items(desk) == []


def test_a_request_that_a_killed_process_left_is_closed_and_can_be_asked_again(desk: Desk) -> None:
    from chartdesk.pms.authorizations import connections

    class Killed:
        def ask(self, request: bytes, *, payer_id: str) -> bytes:
            raise SystemExit

    policy, real = desk.insured(), connections.current()
    connections.use(Killed())
    with pytest.raises(SystemExit):
        commands.request(desk.subject, policy, desk.wanted())
    connections.use(real)
    [left] = queries.of_patient(desk.subject, desk.clinic.patients[0])
    assert left.authorization.state == "asked"
    assert commands.settle_unanswered(desk.subject) == 0
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert commands.settle_unanswered(desk.subject) == 1
    assert commands.ask_again(desk.subject, left.authorization.pk).state == "approved"


def test_the_request_says_where_the_first_visit_is_to_be(desk: Desk) -> None:
    policy = desk.insured()
    made = commands.request(desk.subject, policy, desk.wanted())
    [request] = x278.read_requests(made.request.encode("latin-1"))
    assert request.review.place == "11"
    with transaction(desk.subject):
        Site.objects.filter(practice=desk.subject.practice).update(place_of_service="22")
    _visit(desk)
    made = commands.request(desk.subject, policy, desk.wanted())
    [request] = x278.read_requests(made.request.encode("latin-1"))
    assert request.review.place == "22"
