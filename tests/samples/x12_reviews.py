"""Claim status and services review as typed views, for the tests of the X12 room. All people are made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from x12_claims import VISIT, npi

from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12 import status_276 as x276
from chartdesk.standards.x12 import status_277 as x277
from chartdesk.standards.x12.eligibility_271 import Refusal
from chartdesk.standards.x12.eligibility_people import Insured, Trace
from chartdesk.standards.x12.parties import Contact, Dated, Party

PAYER = Party(last="NORTHERN HEALTH PLAN", id_qualifier="PI", id="NHP01")
CLINIC = Party(last="RIVER FAMILY CLINIC", id_qualifier="46", id="RIVER01")
PROVIDER = Party(last="RIVER FAMILY CLINIC", id_qualifier="XX", id=npi(1))
MEMBER = Party(last="WALKER", first="ANNA", person=True, id_qualifier="MI", id="NPP1")
CHILD = Party(last="WALKER", first="TIM", person=True)


def whose(**changes: object) -> dict[str, object]:
    found: dict[str, object] = {"payer": PAYER, "receiver": CLINIC, "provider": PROVIDER, "subscriber": MEMBER}
    return found | changes


def question(**changes: object) -> x276.Question:
    values: dict[str, object] = {
        "trace": "Q1",
        "pcn": "A1001",
        "amount": Decimal("150.50"),
        "service_from": VISIT,
        "birth": date(1980, 5, 17),
        "gender": "F",
    }
    return x276.Question(**(whose() | values | changes))  # type: ignore[arg-type]


def dependent_question(**changes: object) -> x276.Question:
    line = x276.LineQuestion(code="99213", charge=Decimal(120), units=Decimal(1), day=VISIT, control="L1")
    values: dict[str, object] = {"trace": "Q2", "dependent": CHILD, "birth": date(2015, 1, 2), "lines": [line]}
    return question(**(values | changes))


def status_request(*questions: x276.Question) -> x276.StatusRequest:
    return x276.StatusRequest(questions=list(questions) or [question()], reference="S0001")


def claim_answer(**changes: object) -> x277.Answer:
    paid = x277.Status(
        codes=[x277.StatusCode(category="F1", code="65")],
        day=date(2026, 3, 20),
        amount=Decimal("150.50"),
        paid=Decimal("80.00"),
        decided=date(2026, 3, 18),
        issued=date(2026, 3, 20),
        check="EFT0001",
    )
    values: dict[str, object] = {
        "trace": "Q1",
        "statuses": [paid],
        "pcn": "A1001",
        "payer_claim_number": "NHP1",
        "service_from": VISIT,
    }
    return x277.Answer(**(whose() | values | changes))  # type: ignore[arg-type]


def dependent_answer() -> x277.Answer:
    pending = x277.Status(codes=[x277.StatusCode(category="P2", code="46")], day=date(2026, 3, 20))
    line = x277.LineAnswer(
        code="99213", charge=Decimal(120), units=Decimal(1), day=VISIT, control="L1", statuses=[pending]
    )
    return claim_answer(trace="Q2", dependent=CHILD, statuses=[pending], lines=[line])


def provider_refusal() -> x277.Answer:
    refused = x277.Status(codes=[x277.StatusCode(category="E0", code="24", entity="1P")], day=date(2026, 3, 20))
    other = Party(last="OTHER CLINIC", id_qualifier="XX", id=npi(2))
    return claim_answer(
        trace="0",
        provider=other,
        subscriber=None,
        statuses=[refused],
        pcn="",
        payer_claim_number="",
        service_from=None,
    )


def status_response(*answers: x277.Answer) -> x277.StatusResponse:
    return x277.StatusResponse(answers=list(answers) or [claim_answer()], reference="S0001")


UMO = PAYER
REQUESTER = Party(
    last="RIVER FAMILY CLINIC",
    id_qualifier="XX",
    id=npi(1),
    taxonomy="207Q00000X",
    contacts=[Contact(name="FRONT DESK", phone="5185550100")],
)


def reviewed(**changes: object) -> Insured:
    return Insured(**({"party": MEMBER, "birth": date(1980, 5, 17), "gender": "F"} | changes))  # type: ignore[arg-type]


def review(**changes: object) -> x278.Review:
    values: dict[str, object] = {
        "category": "HS",
        "service_type": "PT",
        "place": "11",
        "urgency": "E",
        "traces": [Trace(number="A77", originator="9RIVER0001")],
        "dates": [Dated(qualifier="AAH", start=VISIT, end=date(2026, 6, 30))],
        "diagnoses": ["M545", "R509"],
        "quantity": x278.Quantity(kind="VS", count=Decimal(12)),
        "message": "AFTER FALL AT WORK",
        "providers": [("SJ", Party(last="STONE", first="MARIA", person=True, id_qualifier="XX", id=npi(2)))],
        "services": [
            x278.Service(code="97110", modifiers=["GP"], charge=Decimal("90.00"), unit="UN", units=Decimal(12))
        ],
    }
    return x278.Review(**(values | changes))  # type: ignore[arg-type]


def review_request(**changes: object) -> x278.Request:
    values: dict[str, object] = {
        "payer": UMO,
        "requester": REQUESTER,
        "subscriber": reviewed(),
        "review": review(),
        "reference": "R0001",
    }
    return x278.Request(**(values | changes))  # type: ignore[arg-type]


def review_response(action: str = "A1", **changes: object) -> x278.Response:
    """An answer with that decision; a certifying one has a number and how long it holds."""
    certified = action in ("A1", "A2", "A6")
    decision = x278.Decision(action=action, number="AUTH77" if certified else "", reasons=[] if certified else ["OS"])
    judged = review(
        decision=decision,
        issued=VISIT if certified else None,
        expires=date(2026, 6, 30) if certified else None,
        effective_from=VISIT if certified else None,
        effective_to=date(2026, 6, 30) if certified else None,
        message="",
        providers=[],
        services=[],
        traces=[Trace(number="A77", originator="9RIVER0001", kind="2")],
    )
    values: dict[str, object] = {
        "payer": UMO,
        "requester": REQUESTER,
        "subscriber": reviewed(),
        "review": judged,
        "reference": "R0001",
    }
    return x278.Response(**(values | changes))  # type: ignore[arg-type]


def refused_review() -> x278.Response:
    return review_response(review=None, refusals=[Refusal(reason="72", follow_up="C", level="2010C")])
