"""Remittances, eligibility and acknowledgements as typed views, for the tests of the X12 room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from x12_claims import VISIT, address, npi

from chartdesk.standards.x12 import acknowledgement_999 as x999
from chartdesk.standards.x12 import eligibility_270 as x270
from chartdesk.standards.x12 import eligibility_271 as x271
from chartdesk.standards.x12 import remittance_835 as x835
from chartdesk.standards.x12 import status_277ca as x277
from chartdesk.standards.x12.parties import (
    Adjustment,
    Amount,
    Contact,
    Dated,
    Party,
)


def paid_line(**changes: object) -> x835.ServicePayment:
    values: dict[str, object] = {
        "code": "99213",
        "charge": Decimal("120.00"),
        "paid": Decimal("80.00"),
        "units": Decimal(1),
        "day": VISIT,
        "line_control": "L1",
        "adjustments": [
            Adjustment(group="CO", reason="45", amount=Decimal("15.00")),
            Adjustment(group="PR", reason="3", amount=Decimal("25.00")),
        ],
        "amounts": [Amount(qualifier="B6", amount=Decimal("105.00"))],
        "remarks": ["N130"],
    }
    return x835.ServicePayment(**(values | changes))  # type: ignore[arg-type]


def paid_claim(**changes: object) -> x835.ClaimPayment:
    values: dict[str, object] = {
        "pcn": "A1001",
        "status": "1",
        "charge": Decimal("120.00"),
        "paid": Decimal("80.00"),
        "patient_responsibility": Decimal("25.00"),
        "filing_indicator": "12",
        "payer_claim_number": "NHP1",
        "place_of_service": "11",
        "frequency": "1",
        "people": [("QC", Party(last="WALKER", first="ANNA", person=True, id_qualifier="MI", id="NPP1"))],
        "outpatient": ["", "", "MA01"],
        "lines": [paid_line()],
    }
    return x835.ClaimPayment(**(values | changes))  # type: ignore[arg-type]


def reversal() -> x835.ClaimPayment:
    taken_back = paid_line(
        charge=Decimal("-120.00"),
        paid=Decimal("-80.00"),
        adjustments=[
            Adjustment(group="CO", reason="45", amount=Decimal("-15.00")),
            Adjustment(group="PR", reason="3", amount=Decimal("-25.00")),
        ],
        amounts=[],
    )
    return paid_claim(
        status="22",
        charge=Decimal("-120.00"),
        paid=Decimal("-80.00"),
        patient_responsibility=None,
        lines=[taken_back],
    )


def remittance(*claims: x835.ClaimPayment, **changes: object) -> x835.Remittance:
    held = list(claims) or [paid_claim()]
    adjustments = changes.get("provider_adjustments", [])
    total = sum((one.paid for one in held), Decimal(0)) - sum(
        (one.amount for one in adjustments),  # type: ignore[attr-defined]
        Decimal(0),
    )
    values: dict[str, object] = {
        "payer": Party(
            last="NORTHERN HEALTH PLAN",
            address=address("1 PLAN PLAZA"),
            contacts=[Contact(function="BL", name="PROVIDER DESK", phone="8005550100")],
        ),
        "payee": Party(last="RIVER FAMILY CLINIC", id_qualifier="XX", id=npi(1)),
        "total": total,
        "trace": "EFT0001",
        "payer_trace_id": "1999999999",
        "paid_on": date(2026, 3, 20),
        "method": "CHK",
        "produced_on": date(2026, 3, 19),
        "claims": held,
    }
    return x835.Remittance(**(values | changes))  # type: ignore[arg-type]


def insured(**changes: object) -> x270.Insured:
    values: dict[str, object] = {
        "party": Party(last="WALKER", first="ANNA", person=True, id_qualifier="MI", id="NPP10000001"),
        "birth": date(1980, 5, 17),
        "gender": "F",
    }
    return x270.Insured(**(values | changes))  # type: ignore[arg-type]


def inquiry(**changes: object) -> x270.Inquiry:
    values: dict[str, object] = {
        "source": Party(last="NORTHERN HEALTH PLAN", id_qualifier="PI", id="NHP01"),
        "receiver": Party(last="RIVER FAMILY CLINIC", id_qualifier="XX", id=npi(1)),
        "subscriber": insured(),
        "questions": [x270.Question(service_types=["30", "98"])],
        "trace": x270.Trace(number="T100", originator="9RIVERCLIN"),
        "service_day": VISIT,
        "reference": "Q100",
        "real_time": True,
    }
    return x270.Inquiry(**(values | changes))  # type: ignore[arg-type]


def dependent_inquiry() -> x270.Inquiry:
    child = insured(
        party=Party(last="WALKER", first="TOM", person=True),
        birth=date(2015, 9, 1),
        gender="M",
        relationship="19",
    )
    return inquiry(dependent=child, questions=[x270.Question(service_types=["98"])])


def response(**changes: object) -> x271.Response:
    values: dict[str, object] = {
        "source": Party(last="NORTHERN HEALTH PLAN", id_qualifier="PI", id="NHP01"),
        "receiver": Party(last="RIVER FAMILY CLINIC", id_qualifier="XX", id=npi(1)),
        "subscriber": insured(),
        "traces": [x271.Trace(kind="2", number="T100", originator="9RIVERCLIN")],
        "reference": "Q100",
        "dates": [Dated(qualifier="346", start=date(2026, 1, 1))],
        "benefits": [
            x271.Benefit(info="1", service_types=["30"], insurance_type="HM", plan="GOLD"),
            x271.Benefit(
                info="B",
                coverage_level="IND",
                service_types=["98", "UC"],
                period="27",
                amount=Decimal("25.00"),
                in_network="Y",
                messages=["TELEHEALTH TOO"],
            ),
            x271.Benefit(info="A", service_types=["5"], period="27", percent=Decimal("0.2"), in_network="N"),
            x271.Benefit(
                info="F",
                service_types=["98"],
                period="23",
                quantity_qualifier="VS",
                quantity=Decimal(20),
                limits=[x271.Limit(qualifier="ZZ", code="11")],
                entities=[("P3", Party(last="STONE", first="MARIA", person=True, id_qualifier="XX", id=npi(2)))],
            ),
        ],
    }
    return x271.Response(**(values | changes))  # type: ignore[arg-type]


def refused_response() -> x271.Response:
    return response(benefits=[], dates=[], refusals=[x271.Refusal(reason="72", follow_up="C", level="2100C")])


def claim_status(**changes: object) -> x277.ClaimStatus:
    values: dict[str, object] = {
        "pcn": "A1001",
        "patient": Party(last="WALKER", first="ANNA", person=True, id_qualifier="MI", id="NPP10000001"),
        "statuses": [
            x277.Status(
                codes=[x277.StatusCode(category="A2", code="20")],
                day=VISIT,
                action="WQ",
                amount=Decimal("150.50"),
            )
        ],
        "payer_claim_number": "NHP1",
        "service_from": VISIT,
    }
    return x277.ClaimStatus(**(values | changes))  # type: ignore[arg-type]


def rejected_status() -> x277.ClaimStatus:
    status = x277.Status(
        codes=[x277.StatusCode(category="A7", code="562", entity="85")],
        day=VISIT,
        action="U",
        amount=Decimal("150.50"),
        message="BILLING NPI NOT ON FILE",
    )
    return claim_status(pcn="A1002", statuses=[status], payer_claim_number="")


def status_report() -> x277.StatusReport:
    received = x277.Status(
        codes=[x277.StatusCode(category="A1", code="20")], day=VISIT, action="WQ", amount=Decimal("301.00")
    )
    return x277.StatusReport(
        source=Party(last="NORTHERN HEALTH PLAN", id_qualifier="PI", id="NHP01"),
        receiver=Party(last="RIVER FAMILY CLINIC", id_qualifier="46", id="RIVER01"),
        source_trace="S1",
        received_on=VISIT,
        processed_on=VISIT,
        receiver_trace="B0001",
        receiver_statuses=[received],
        tally=x277.Tally(
            accepted_count=Decimal(1),
            rejected_count=Decimal(1),
            accepted_amount=Decimal("150.50"),
            rejected_amount=Decimal("150.50"),
        ),
        providers=[
            x277.ProviderStatus(
                provider=Party(last="RIVER FAMILY CLINIC", id_qualifier="XX", id=npi(1)),
                trace="P1",
                statuses=[
                    x277.Status(
                        codes=[x277.StatusCode(category="A1", code="19", entity="PR")],
                        day=None,
                        action="WQ",
                        amount=Decimal("301.00"),
                    )
                ],
                claims=[claim_status(), rejected_status()],
            )
        ],
        reference="R1",
    )


def acknowledgement() -> x999.Acknowledgement:
    fault = x999.SegmentFault(
        tag="CLM",
        place=22,
        code="8",
        loop="2300",
        subject=("CLM01", "A1001"),
        elements=[x999.ElementFault(place=2, code="I12", value="500")],
    )
    return x999.Acknowledgement(
        functional="HC",
        group_control=7,
        version="005010X222A1",
        status="P",
        included=2,
        received=2,
        accepted_count=1,
        sets=[
            x999.SetAnswer(set_code="837", control="0001", version="005010X222A1", status="A"),
            x999.SetAnswer(
                set_code="837",
                control="0002",
                version="005010X222A1",
                status="R",
                codes=["5"],
                faults=[fault],
            ),
        ],
    )
