"""Asking about cover and reading the answer: both ways, and in plain English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import eligibility_270, eligibility_271
from chartdesk.standards.x12.eligibility_271 import Benefit, Limit, Refusal, words
from chartdesk.standards.x12.eligibility_271.model import Delivery
from chartdesk.standards.x12.parties import Address, Contact, Dated, Party, Reference
from chartdesk.standards.x12.reader import segments


def asked(inquiry: eligibility_270.Inquiry) -> eligibility_270.Inquiry:
    (read,) = eligibility_270.read(eligibility_270.write(examples.envelope(), [inquiry]))
    read.envelope = read.created = None
    return read


def answered(response: eligibility_271.Response) -> eligibility_271.Response:
    (read,) = eligibility_271.read(eligibility_271.write(examples.envelope(), [response]))
    read.envelope = read.created = None
    return read


@pytest.mark.parametrize(
    "inquiry",
    [
        examples.inquiry(),
        examples.dependent_inquiry(),
        examples.inquiry(questions=[eligibility_270.Question(code="99213", modifiers=["25"])]),
        examples.inquiry(service_end=examples.date(2026, 3, 31), real_time=False),
    ],
    ids=["subscriber", "dependent", "procedure", "span"],
)
def test_an_inquiry_is_read_as_it_was_written(inquiry: eligibility_270.Inquiry) -> None:
    assert asked(inquiry) == inquiry


def test_service_types_are_sent_as_repeats() -> None:
    written = eligibility_270.write(examples.envelope(), [examples.inquiry()])
    assert [one[1] for one in segments(written) if one.tag == "EQ"] == ["30^98"]


def test_an_inquiry_that_asks_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="asks for nothing"):
        eligibility_270.write(examples.envelope(), [examples.inquiry(questions=[])])


@pytest.mark.parametrize("response", [examples.response(), examples.refused_response()], ids=["benefits", "refusal"])
def test_an_answer_is_read_as_it_was_written(response: eligibility_271.Response) -> None:
    assert answered(response) == response


def test_a_dependents_benefits_are_read_from_their_own_loop() -> None:
    child = examples.dependent_inquiry().dependent
    benefits = [Benefit(info="1", service_types=["30"], level="2110D")]
    read = answered(examples.response(dependent=child, benefits=benefits))
    assert read.dependent == child
    assert [one.level for one in read.benefits] == ["2110D"]


@pytest.mark.parametrize("level", ["2000A", "2100A", "2100B", "2100C"])
def test_a_refusal_keeps_its_level(level: str) -> None:
    refusal = Refusal(reason="42", follow_up="R", level=level)
    read = answered(examples.response(benefits=[], dates=[], refusals=[refusal]))
    assert read.refusals == [refusal]
    assert read.is_refused


def test_a_payer_may_refuse_before_any_person_is_named() -> None:
    written = eligibility_271.write(
        examples.envelope(),
        [examples.response(benefits=[], dates=[], traces=[], subscriber=None, receiver=Party(), refusals=[
            Refusal(reason="42", follow_up="P", level="2100A")
        ])],
    )  # fmt: skip
    (read,) = eligibility_271.read(written)
    assert read.subscriber is None
    assert [one.reason for one in read.refusals] == ["42"]


def test_an_unanswered_question_is_not_a_refusal_of_all() -> None:
    answer = examples.response()
    answer.benefits.append(Benefit(info="V", refusals=[Refusal(reason="54", level="2110C")]))
    assert not answer.is_refused


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Benefit(info="1", service_types=["30"], plan="GOLD"), "Active for the health plan as a whole, GOLD."),
        (Benefit(info="6", service_types=["30"]), "Inactive for the health plan as a whole."),
        (
            Benefit(info="B", service_types=["98"], period="27", amount=Decimal(25), in_network="Y"),
            "Copay $25.00 per visit for physician's office visit, in network.",
        ),
        (
            Benefit(info="A", service_types=["5"], percent=Decimal("0.2"), in_network="N"),
            "Coinsurance 20 % for diagnostic lab, out of network.",
        ),
        (
            Benefit(info="C", coverage_level="IND", period="29", amount=Decimal("350.5")),
            "Deductible $350.50 remaining, individual.",
        ),
        (Benefit(info="C", coverage_level="FAM", amount=Decimal(0)), "Deductible $0.00, family."),
        (
            Benefit(info="F", service_types=["33"], quantity_qualifier="VS", quantity=Decimal(20), period="23"),
            "Limit 20 visits in the calendar year for chiropractic care.",
        ),
        (
            Benefit(info="B", amount=Decimal(10), limits=[Limit(qualifier="ZZ", code="11")], messages=["CALL US"]),
            "Copay $10.00, limited to place of service 11 (office), CALL US.",
        ),
        (
            Benefit(
                info="U",
                service_types=["88"],
                entities=[
                    (
                        "PR",
                        Party(
                            last="RX PLAN",
                            id_qualifier="PI",
                            id="999",
                            contacts=[Contact(name="HELP", numbers=[("TE", "8005551212"), ("UR", "rx.example")])],
                            address=Address(line1="1 MAIN", city="TOWN", state="OH", postal="44101"),
                        ),
                    )
                ],
            ),
            (
                "Contact for further information for pharmacy, payer RX PLAN (payer number 999, HELP, "
                "phone 8005551212, rx.example, 1 MAIN TOWN OH 44101)."
            ),
        ),
        (
            Benefit(
                info="R",
                service_types=["30"],
                insurance_type="C1",
                references=[Reference(qualifier="1W", value="ABC123")],
                dates=[Dated(qualifier="290", start=date(2025, 1, 1), end=date(2025, 12, 31))],
                entities=[("PRP", Party(last="OTHER PLAN"))],
            ),
            (
                "Other or additional payer for the health plan as a whole, commercial plan, member number ABC123, "
                "other coverage Jan 1, 2025 to Dec 31, 2025, first payer OTHER PLAN."
            ),
        ),
        (
            Benefit(
                info="L",
                entities=[("P3", Party(last="SMITH", first="ANN", person=True, id_qualifier="XX", id="1234567893"))],
                dates=[Dated(qualifier="295", start=date(2026, 1, 1))],
            ),
            (
                "Primary care provider, primary care provider from Jan 1, 2026, primary care provider ANN SMITH "
                "(NPI 1234567893)."
            ),
        ),
        (
            Benefit(info="F", service_types=["33"], deliveries=[Delivery(elements=["VS", "20", "", "", "22"])]),
            "Limit for chiropractic care, 20 visits in the service year.",
        ),
        (
            Benefit(info="F", deliveries=[Delivery(elements=["VS", "12", "WK", "3", "34", "2"])]),
            "Limit, 12 visits, 3 per week for 2 months.",
        ),
        (
            Benefit(info="D", code="99213", modifiers=["25"], insurance_type="Q?"),
            "Benefit description for 99213 25, insurance type Q?.",
        ),
        (Benefit(info="1", code="99213", authorization="Y"), "Active for 99213, prior authorization needed."),
        (Benefit(info="B"), "Copay."),
        (Benefit(info="ZZ", service_types=["QQ"]), "Benefit ZZ for service type QQ."),
        (
            Refusal(reason="72", follow_up="C", level="2100C"),
            "The payer refused the subscriber: subscriber's identifier is missing or wrong. Correct it and ask again.",
        ),
        (
            Refusal(reason="42", follow_up="R", level="2100A"),
            "The payer refused the request: the payer cannot answer now. Ask again.",
        ),
        (Refusal(reason="??", level="2100B"), "The payer refused the provider: reason ??."),
    ],
)
def test_benefits_and_refusals_in_words(said: Benefit | Refusal, sentence: str) -> None:
    assert words(said) == sentence


def test_a_missing_copay_is_not_a_copay_of_nothing() -> None:
    assert "$" not in words(Benefit(info="B"))
    assert "$0.00" in words(Benefit(info="B", amount=Decimal(0)))
