"""Asking the sandbox payer over real HTTP: answers, refusals, failures, and what each leaves behind."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import httpx
import pytest
from tests.ports import free_port

from chartdesk.exchange.eligibility.http import HttpEligibility
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Forbidden, NotFound
from chartdesk.kit.models import OutboxEvent, WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage import commands, connections, queries
from chartdesk.pms.coverage.commands import Card
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.pms.registration.people import Person
from chartdesk.record import audit, search, store
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12 import eligibility_270, eligibility_271

TODAY = datetime.now(UTC).date()


def card(member_id: str = "NPP10000001", **changes: object) -> Card:
    """A primary card of Northpoint's PPO: copay 25, deductible 500, coinsurance 20 %."""
    return Card(**{"payer_id": "NPHP1", "rank": 1, "member_id": member_id, **changes})  # type: ignore[arg-type]


def _checked(subject: Subject, patient: str, member_id: str = "NPP10000001", **changes: object) -> EligibilityCheck:
    made = commands.add_coverage(subject, patient, card(member_id, **changes))
    return commands.check(subject, made, service_date=TODAY, appointment_id="visit-1")


def _items(subject: Subject) -> list[WorkItem]:
    with transaction(subject):
        return list(worklist.items(subject, roles=["front_desk"]))


def test_an_active_policy(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient)
    assert (check.status, check.reason, check.plan_name) == ("active", "", "NORTHPOINT PPO 500")
    assert (check.copay, check.coinsurance) == (Decimal("25.00"), Decimal("0.2"))
    assert (check.deductible, check.deductible_remaining) == (Decimal("500.00"), Decimal("500.00"))
    assert (check.out_of_pocket, check.out_of_pocket_remaining) == (Decimal("4000.00"), Decimal("4000.00"))
    assert _items(subject) == []

    kept = queries.latest_check(subject, patient, appointment_id="visit-1")
    assert kept is not None and kept.pk == check.pk
    [inquiry] = eligibility_270.read(kept.request.encode("latin-1"))
    assert (inquiry.source.id, inquiry.receiver.id, inquiry.subscriber.party.id) == (
        "NPHP1",
        "1993999998",
        "NPP10000001",
    )
    assert (inquiry.service_day, inquiry.questions[0].service_types) == (TODAY, ["30", "98"])
    [response] = eligibility_271.read(kept.response.encode("latin-1"))
    assert response.traces[0].number == kept.trace
    assert "EB*B*IND*98***27*25*****Y" in [benefit["text"] for benefit in kept.benefits]
    assert kept.response.count("EB*B*IND*98***27*25*****Y~") == 1


def test_the_answer_stands_in_the_record_and_cannot_be_rewritten(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient)
    [stored] = search.all(subject, "CoverageEligibilityResponse", [("patient", patient)])
    response = stored.resource
    assert isinstance(response, r4.CoverageEligibilityResponse)
    assert (response.outcome, response.insurance[0].inforce) == ("complete", True)
    copays = [
        item.benefit[0].allowedMoney
        for item in response.insurance[0].item
        if item.term and "visit" in str(item.term.text)
    ]
    assert copays[0] is not None and copays[0].value == Decimal("25")
    assert stored.id == f"eligibility-{check.pk}"
    with pytest.raises(Forbidden):
        store.put(subject, response)


def test_a_dependent_is_asked_about_under_the_subscriber(subject: Subject, patient: str, sandbox: str) -> None:
    parent = Person(family="Walker", given="Rose", birth_date=date(1955, 5, 6), sex="female")
    check = _checked(subject, patient, relationship="child", subscriber=parent)
    assert check.status == "active"
    [inquiry] = eligibility_270.read(check.request.encode("latin-1"))
    assert inquiry.subscriber.party.last == "WALKER"
    assert inquiry.dependent is not None
    assert (inquiry.dependent.party.last, inquiry.dependent.relationship) == ("SMITH", "19")


@pytest.mark.parametrize(
    ("member_id", "status", "words", "cure"),
    [
        ("NPP10000001INACTIVE", "inactive", "not active", "present insurance"),
        ("NPP10000001EXPIRED", "inactive", "ended on Dec 31, ", "present insurance"),
        ("NPP10000001UNKNOWN", "refused", "does not find this member", "Correct it"),
        ("NPP10000001NAMEDIFF", "refused", "name is missing or does not match", "Correct it"),
        ("NPP10000001NOREPLY", "refused", "cannot answer at the moment", "later"),
        ("ABC123", "refused", "does not find this member", "Correct it"),
    ],
)
def test_bad_news_is_said_in_words_and_put_on_the_front_desk_s_list(
    subject: Subject, patient: str, sandbox: str, member_id: str, status: str, words: str, cure: str
) -> None:
    check = _checked(subject, patient, member_id)
    assert (check.status, check.copay) == (status, None)
    assert words in check.reason and cure in check.cure
    [item] = _items(subject)
    assert (item.kind, item.about, item.detail) == ("eligibility", f"Patient/{patient}", check.reason)
    assert (item.link_kind, item.link_id, item.due) == ("patient", patient, TODAY)


def test_a_missing_copay_is_unknown_and_never_zero(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient, "NPP10000001NOCOPAY")
    assert (check.status, check.copay) == ("active", None)
    assert "The payer did not state a copay for office visits: it is unknown, not zero." in check.messages
    lines = [("99213", Decimal("118.00"))]
    assert queries.estimate(subject, check, lines).patient_owes is None
    zero = _checked(subject, patient, "MCD10000001", payer_id="MCD77", rank=2)
    assert zero.copay == Decimal("0.00")
    assert queries.estimate(subject, zero, lines).patient_owes == Decimal("0.00")


def test_other_insurance_and_messages_are_shown(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient, "NPP10000001COB")
    assert check.other_payer == "GRANITE MUTUAL INSURANCE"
    assert any("also insured with GRANITE" in text for text in check.messages)
    hmo = _checked(subject, patient, "CSH10000001", payer_id="CASC2", rank=2)
    assert "PRIMARY CARE PHYSICIAN REFERRAL NEEDED FOR SPECIALISTS" in hmo.messages


@pytest.mark.parametrize(
    ("behavior", "words"),
    [
        ({"timeout_seconds": 600}, "did not answer within 1 seconds"),
        ({"eligibility": "down"}, "answered with HTTP error 503"),
        ({"eligibility": "garbage"}, "not X12"),
    ],
)
def test_a_failure_keeps_its_reason_and_the_answer_before_it(
    subject: Subject, patient: str, sandbox: str, behavior: dict[str, object], words: str
) -> None:
    before = _checked(subject, patient)
    httpx.post(f"{sandbox}/control", json=behavior, timeout=60)
    patient_one = connections.current()
    if "timeout_seconds" in behavior:
        connections.use(HttpEligibility(f"{sandbox}/eligibility", timeout_seconds=1))
    failed = commands.check(subject, before.coverage, service_date=TODAY, appointment_id="visit-1")
    assert (failed.status, failed.answered) == ("failed", None)
    assert words in failed.reason and "The visit can go on" in failed.cure
    standing = queries.standing(subject, patient, appointment_id="visit-1")
    assert standing.latest is not None and standing.latest.pk == failed.pk
    assert standing.answered is not None and standing.answered.pk == before.pk
    assert [item.title for item in _items(subject)] == ["Eligibility could not be checked"]

    connections.use(patient_one)
    httpx.post(f"{sandbox}/control", json={"reset": True}, timeout=60)
    again = commands.check(subject, before.coverage, service_date=TODAY, appointment_id="visit-1")
    assert again.status == "active"
    assert _items(subject) == []


def test_no_connection_and_nobody_listening(subject: Subject, patient: str) -> None:
    assert "No connection for eligibility" in _checked(subject, patient).reason
    connections.use(HttpEligibility(f"http://127.0.0.1:{free_port()}/eligibility", timeout_seconds=1))
    try:
        [policy] = queries.coverages(subject, patient)
        check = commands.check(subject, policy.coverage_id, service_date=TODAY)
    finally:
        connections._current.clear()
    assert check.status == "failed" and "refused the connection" in check.reason


def test_an_ended_policy_and_an_unknown_payer_are_not_asked_about(subject: Subject, patient: str, sandbox: str) -> None:
    ended = _checked(subject, patient, effective=date(2020, 1, 1), ends=date(2024, 12, 31))
    assert (ended.status, ended.request) == ("inactive", "")
    assert "ended on Dec 31, 2024" in ended.reason
    stranger = store.put(
        subject,
        r4.Coverage(
            status="active",
            subscriberId="W1",
            beneficiary=r4.Reference(reference=f"Patient/{patient}"),
            payor=[r4.Reference(display="Acme Mutual")],
        ),
    )
    check = commands.check(subject, stranger.id, service_date=TODAY)
    assert check.status == "failed" and "not a payer that this practice can ask" in check.reason
    unheard = _checked(subject, patient, payer_id="NOBODY9", rank=2)
    assert (unheard.status, unheard.reason) == (
        "refused",
        "The clearinghouse does not know this payer number.",
    )


def test_an_ended_policy_that_was_replaced_is_nobody_s_work(subject: Subject, patient: str, sandbox: str) -> None:
    commands.add_coverage(subject, patient, card(payer_id="BLUE3", effective=date(2025, 1, 1)))
    assert _checked(subject, patient, ends=date(2024, 12, 31)).status == "inactive"
    assert _items(subject) == []


def test_a_question_that_cannot_be_written_says_why(subject: Subject, patient: str, sandbox: str) -> None:
    Practice.objects.filter(pk=subject.practice).update(npi="")
    check = _checked(subject, patient)
    assert check.status == "failed" and "The practice has no NPI." in check.reason


def test_a_form_that_the_payer_rejects(subject: Subject, patient: str) -> None:
    """The answer to a broken question is a TA1 or 999; here the sandbox's own, to nonsense."""

    class Echo:
        def __init__(self, answer: bytes) -> None:
            self.answer = answer

        def ask(self, request: bytes, *, payer_id: str) -> bytes:
            return self.answer

    [made] = [commands.add_coverage(subject, patient, card())]
    head = b"ISA*00*          *00*          *ZZ*SBXCLEAR       *ZZ*1993999998     "
    head += b"*260302*0900*^*00501*000000001*0*P*:~"
    answers = {
        head + b"TA1*000000001*260302*0900*R*022~IEA*0*000000001~": "it sent a TA1",
        head + b"GS*HB*A*B*20260302*0900*1*X*005010X279A1~ST*271*0001~": "cannot be read",
        b"ISA but nothing like it \x00": "cannot be read",
    }
    try:
        for answer, words in answers.items():
            connections.use(Echo(answer))
            check = commands.check(subject, made, service_date=TODAY)
            assert check.status == "failed" and words in check.reason
            assert check.response.replace("\N{SYMBOL FOR NULL}", "\x00").encode("latin-1") == answer
    finally:
        connections._current.clear()


def test_an_answer_to_another_question_is_not_believed(subject: Subject, patient: str, sandbox: str) -> None:
    first = _checked(subject, patient)

    class Late:
        def ask(self, request: bytes, *, payer_id: str) -> bytes:
            return first.response.encode("latin-1")

    connections.use(Late())
    check = commands.check(subject, first.coverage, service_date=TODAY)
    assert check.status == "failed" and "another question" in check.reason


def test_the_call_is_made_outside_of_any_transaction(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, card())
    with transaction(subject), pytest.raises(RuntimeError, match="inside a transaction"):
        commands.check(subject, made, service_date=TODAY)
    seen: list[str] = []

    class Looking:
        def ask(self, request: bytes, *, payer_id: str) -> bytes:
            other = threading.Thread(target=look)
            other.start()
            other.join()
            raise AssertionError("the process dies here")

    def look() -> None:
        from django.db import connection

        with transaction(subject):
            seen.extend(EligibilityCheck.objects.filter(practice=subject.practice).values_list("status", flat=True))
        connection.close()

    connections.use(Looking())
    try:
        with pytest.raises(AssertionError):
            commands.check(subject, made, service_date=TODAY)
    finally:
        connections._current.clear()
    assert seen == ["asked"], "the question is committed before it leaves"
    assert commands.settle_unanswered(subject) == 0
    with clock.at(datetime.now(UTC) + timedelta(minutes=3)):
        assert commands.settle_unanswered(subject) == 1
    latest = queries.latest_check(subject, patient)
    assert latest is not None and latest.status == "failed"


def test_events_and_audit(subject: Subject, patient: str, sandbox: str) -> None:
    check = _checked(subject, patient)
    with transaction(subject):
        event = OutboxEvent.objects.get(practice=subject.practice, kind="EligibilityAnswered")
    assert event.stream == f"Patient/{patient}"
    assert event.payload == {
        "patient_id": patient,
        "coverage_id": check.coverage,
        "appointment_id": "visit-1",
        "status": "active",
    }
    queries.checks(subject, patient)
    rows = {(row.action, row.what) for row in audit.trail(subject, patient)}
    assert {("C", "eligibility check"), ("U", "eligibility check"), ("R", "eligibility check")} <= rows
    with pytest.raises(NotFound):
        commands.check(subject, "nothing", service_date=TODAY)


def test_the_estimate_is_what_the_same_payer_later_takes(subject: Subject, patient: str, sandbox: str) -> None:
    """Northpoint PPO: 25 copay for the visit, the laboratory toward the deductible of 500."""
    check = _checked(subject, patient)
    found = queries.estimate(subject, check, [("99213", Decimal("118.00")), ("80053", Decimal("13.57"))])
    assert found.patient_owes == Decimal("38.57")
    assert [(part.amount, part.cites) for part in found.parts] == [
        (Decimal("25.00"), "EB*B*IND*98***27*25*****Y"),
        (Decimal("13.57"), "EB*C*IND*30***29*500*****Y"),
    ]
    inactive = _checked(subject, patient, "NPP10000001INACTIVE", rank=2)
    none = queries.estimate(subject, inactive, [("99213", Decimal("118.00"))])
    assert (none.patient_owes, none.unknown) == (None, [inactive.reason])
