"""Claim status (276, 277) and services review (278): what is written is read back, and what is missing is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import review_278, status_276, status_277
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.segments import segment

QUESTIONS = {
    "one": [examples.question()],
    "dependent": [examples.dependent_question()],
    "several": [
        examples.question(),
        examples.question(trace="Q3", pcn="A1002"),
        examples.dependent_question(),
        examples.dependent_question(trace="Q4", lines=[]),
        examples.question(trace="Q5"),
        examples.question(trace="Q6", provider=examples.Party(last="B", id_qualifier="XX", id=examples.npi(2))),
    ],
}


@pytest.mark.parametrize("questions", QUESTIONS.values(), ids=QUESTIONS)
def test_questions_come_back(questions: list[status_276.Question]) -> None:
    request = examples.status_request(*questions)
    written = status_276.write(examples.envelope(), [request])
    assert check_file(written) == []
    (read,) = status_276.read(written)
    for one in read.questions:
        one.levels = ()
    assert read.questions == questions
    assert status_276.write(examples.envelope(), status_276.read(written)) == written


def test_neighbors_share_their_levels() -> None:
    written = status_276.write(examples.envelope(), [examples.status_request(*QUESTIONS["several"])])
    assert [part.split(b"*")[3] for part in written.split(b"~") if part.startswith(b"HL*")] == [
        b"20", b"21", b"19", b"22", b"22", b"23", b"22", b"19", b"22"
    ]  # fmt: skip


ANSWERS = {
    "paid": [examples.claim_answer()],
    "all": [examples.claim_answer(), examples.dependent_answer(), examples.provider_refusal()],
}


@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_answers_come_back(answers: list[status_277.Answer]) -> None:
    written = status_277.write(examples.envelope(), [examples.status_response(*answers)])
    assert check_file(written) == []
    (read,) = status_277.read(written)
    for one in read.answers:
        one.levels = ()
    assert read.answers == answers
    assert status_277.write(examples.envelope(), status_277.read(written)) == written


def test_an_answer_says_where_the_claim_stands() -> None:
    written = status_277.write(examples.envelope(), [examples.status_response(*ANSWERS["all"])])
    paid, pending, refused = status_277.read(written)[0].answers
    assert (paid.trace, paid.category, paid.statuses[0].paid, paid.statuses[0].check) == (
        "Q1", "F1", Decimal("80.00"), "EFT0001",
    )  # fmt: skip
    assert (pending.category, pending.lines[0].statuses[0].codes[0].code) == ("P2", "46")
    assert (refused.of_a_claim, refused.category) == (False, "E0")


REQUESTS = {
    "subscriber": examples.review_request(),
    "dependent": examples.review_request(
        dependent=examples.reviewed(party=examples.CHILD, relationship="19"),
    ),
    "extension": examples.review_request(
        review=examples.review(certification="4", earlier_authorization="AUTH70", services=[])
    ),
    "referral": examples.review_request(review=examples.review(category="SC", service_type="3", quantity=None)),
}


@pytest.mark.parametrize("request_made", REQUESTS.values(), ids=REQUESTS)
def test_requests_for_authorization_come_back(request_made: review_278.Request) -> None:
    written = review_278.write_requests(examples.envelope(), [request_made])
    assert check_file(written) == []
    (read,) = review_278.read_requests(written)
    assert (read.review, read.subscriber, read.dependent) == (
        request_made.review, request_made.subscriber, request_made.dependent,
    )  # fmt: skip
    assert review_278.write_requests(examples.envelope(), [read]) == written
    with pytest.raises(Invalid, match="Services review answer"):
        review_278.read_responses(written)


RESPONSES = {action: examples.review_response(action) for action in ("A1", "A3", "A4", "A6", "NA", "CT")}
RESPONSES["refused"] = examples.refused_review()


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_answers_about_authorization_come_back(response: review_278.Response) -> None:
    written = review_278.write_responses(examples.envelope(), [response])
    assert check_file(written) == []
    (read,) = review_278.read_responses(written)
    assert (read.review, read.refusals, read.number) == (response.review, response.refusals, response.number)
    assert review_278.write_responses(examples.envelope(), [read]) == written
    with pytest.raises(Invalid, match="Services review request"):
        review_278.read_requests(written)


def test_a_decision_says_what_it_is() -> None:
    said = {name: one.decision.words if one.decision else one.all_refusals[0].reason for name, one in RESPONSES.items()}
    assert said == {
        "A1": "Authorized as asked",
        "A3": "Not authorized",
        "A4": "Pended: the payer is still looking at it",
        "A6": "Authorized with changes",
        "NA": "No authorization is needed",
        "CT": "Call the payer",
        "refused": "72",
    }
    assert [name for name, one in RESPONSES.items() if one.decision and one.decision.authorizes] == ["A1", "A6", "NA"]


def test_unknown_segments_survive() -> None:
    written = status_276.write(examples.envelope(), [examples.status_request()])
    spoiled = written.replace(b"TRN*1*Q1~", b"TRN*1*Q1~ZZZ*7~", 1)
    (read,) = status_276.read(spoiled)
    assert read.questions[0].extras == [segment("ZZZ", "7")]
