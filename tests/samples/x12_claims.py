"""Claims as typed views, for the tests of the X12 room. All people are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from chartdesk.standards.x12 import claim_837p as x837
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.npi import check_digit
from chartdesk.standards.x12.parties import (
    Address,
    Adjustment,
    Contact,
    Dated,
    Party,
)

NOW = datetime(2026, 3, 4, 9, 30, 15, tzinfo=UTC)
VISIT = date(2026, 3, 2)


def npi(number: int) -> str:
    """A valid NPI from any number below 100,000,000."""
    nine = f"1{number:08d}"
    return nine + check_digit(nine)


def envelope(control: int = 1, **changes: object) -> Envelope:
    values: dict[str, object] = {
        "sender": "RIVERCLINIC",
        "receiver": "CLEARHOUSE",
        "control": control,
        "group_control": control,
        "created": NOW,
    }
    return Envelope(**(values | changes))  # type: ignore[arg-type]


def address(line1: str = "12 RIVER ROAD") -> Address:
    return Address(line1=line1, city="ALBANY", state="NY", postal="122071234")


def billing(**changes: object) -> x837.BillingProvider:
    values: dict[str, object] = {
        "name": "RIVER FAMILY CLINIC",
        "npi": npi(1),
        "tax_id": "123456789",
        "address": address(),
        "taxonomy": "207Q00000X",
        "contacts": [Contact(name="BILLING", phone="5185550100")],
    }
    return x837.BillingProvider(**(values | changes))  # type: ignore[arg-type]


def payer(**changes: object) -> x837.Payer:
    values: dict[str, object] = {"name": "NORTHERN HEALTH PLAN", "id": "NHP01"}
    return x837.Payer(**(values | changes))  # type: ignore[arg-type]


def subscriber(**changes: object) -> x837.Subscriber:
    values: dict[str, object] = {
        "last": "WALKER",
        "first": "ANNA",
        "member_id": "NPP10000001",
        "group_number": "G100",
        "filing_indicator": "CI",
        "address": address("7 HILL STREET"),
        "birth": date(1980, 5, 17),
        "gender": "F",
    }
    return x837.Subscriber(**(values | changes))  # type: ignore[arg-type]


def patient(**changes: object) -> x837.Patient:
    values: dict[str, object] = {
        "last": "WALKER",
        "first": "TOM",
        "relationship": "19",
        "address": address("7 HILL STREET"),
        "birth": date(2015, 9, 1),
        "gender": "M",
    }
    return x837.Patient(**(values | changes))  # type: ignore[arg-type]


def line(**changes: object) -> x837.ServiceLine:
    values: dict[str, object] = {
        "code": "99213",
        "charge": Decimal("120.00"),
        "units": Decimal(1),
        "pointers": [1],
        "day": VISIT,
        "control": "L1",
    }
    return x837.ServiceLine(**(values | changes))  # type: ignore[arg-type]


def rendering() -> Party:
    return Party(last="STONE", first="MARIA", person=True, id_qualifier="XX", id=npi(2), taxonomy="207Q00000X")


def claim(**changes: object) -> x837.Claim:
    lines = changes.get("lines") or [
        line(),
        line(code="87880", charge=Decimal("30.50"), control="L2", pointers=[2, 1], modifiers=["QW"]),
    ]
    values: dict[str, object] = {
        "pcn": "A1001",
        "billing": billing(),
        "subscriber": subscriber(),
        "payer": payer(),
        "place_of_service": "11",
        "diagnoses": ["J029", "R509"],
        "lines": lines,
        "total": sum((one.charge for one in lines), Decimal(0)),  # type: ignore[attr-defined]
        "providers": [("82", rendering())],
    }
    return x837.Claim(**(values | changes))  # type: ignore[arg-type]


def dependent_claim() -> x837.Claim:
    return claim(pcn="A1002", subscriber=subscriber(relationship=""), patient=patient())


def replacement_claim() -> x837.Claim:
    return claim(
        pcn="A1003",
        frequency="7",
        payer_claim_number="NHP2026030499",
        prior_authorization="AUTH77",
        notes=[x837.Note(text="CORRECTED UNITS")],
        patient_paid=Decimal("20.00"),
    )


def accident_claim() -> x837.Claim:
    return claim(
        pcn="A1005",
        accident=x837.Accident(causes=["AA"], day=date(2026, 2, 27), state="NY"),
        dates=[Dated(qualifier="431", start=date(2026, 2, 27))],
        attachments=[x837.Attachment(report="OZ", transmission="EL", control="ATT1")],
        providers=[
            ("82", rendering()),
            ("DN", Party(last="BAKER", first="JON", person=True, id_qualifier="XX", id=npi(3))),
            (
                "77",
                Party(last="RIVER SURGERY", id_qualifier="XX", id=npi(4), address=address("2 DOCK LANE")),
            ),
        ],
    )


def prior_payer() -> x837.OtherPayer:
    return x837.OtherPayer(
        payer=payer(name="FIRST HEALTH", id="FH001"),
        subscriber=Party(last="WALKER", first="PAUL", person=True, id_qualifier="MI", id="FH555"),
        sequence="P",
        relationship="01",
        filing_indicator="CI",
        paid=Decimal("80.00"),
        remaining=Decimal("30.00"),
    )


def secondary_claim() -> x837.Claim:
    decision = x837.LineAdjudication(
        payer_id="FH001",
        paid=Decimal("80.00"),
        code="99213",
        units=Decimal(1),
        adjustments=[
            Adjustment(group="CO", reason="45", amount=Decimal("10.00")),
            Adjustment(group="PR", reason="1", amount=Decimal("20.00")),
            Adjustment(group="PR", reason="2", amount=Decimal("10.00")),
        ],
        adjudicated=date(2026, 3, 20),
    )
    return claim(
        pcn="A1004",
        subscriber=subscriber(sequence="S"),
        lines=[line(adjudications=[decision])],
        other_payers=[prior_payer()],
    )


def interchange(*claims: x837.Claim, **changes: object) -> x837.Interchange837P:
    submitter = x837.Submitter(
        name="RIVER FAMILY CLINIC",
        id="RIVER01",
        contacts=[Contact(name="BILLING", phone="5185550100", email="billing@river.test")],
    )
    made = x837.ClaimSet(
        submitter=submitter,
        receiver=x837.Receiver(name="CLEARHOUSE", id="CH01"),
        claims=list(claims) or [claim()],
        reference="B0001",
    )
    return x837.Interchange837P(envelope=envelope(**changes), sets=[made])  # type: ignore[arg-type]
