"""Institutional claims as typed views, for the tests of the X12 room. All people are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import x12_claims as professional
from x12_claims import npi

from chartdesk.standards.x12 import claim_837i as x837i
from chartdesk.standards.x12.claim_837p import LineAdjudication, Note
from chartdesk.standards.x12.parties import Adjustment, Party

ADMITTED = date(2026, 3, 2)


def attending() -> Party:
    return Party(last="STONE", first="MARIA", person=True, id_qualifier="XX", id=npi(2), taxonomy="207R00000X")


def stay_line(**changes: object) -> x837i.InstitutionalLine:
    values: dict[str, object] = {
        "revenue_code": "0120",
        "charge": Decimal("1500.00"),
        "units": Decimal(3),
        "unit": "DA",
        "control": "L1",
    }
    return x837i.InstitutionalLine(**(values | changes))  # type: ignore[arg-type]


def stay(**changes: object) -> x837i.InstitutionalClaim:
    """Three days in hospital with everything that such a bill may say."""
    lines = changes.get("lines") or [
        stay_line(),
        stay_line(
            revenue_code="0300", code="80053", charge=Decimal("42.50"), units=Decimal(1), unit="UN",
            day=ADMITTED, control="L2",
        ),
    ]  # fmt: skip
    values: dict[str, object] = {
        "pcn": "H1001",
        "total": sum((one.charge for one in lines), Decimal(0)),  # type: ignore[attr-defined]
        "billing": professional.billing(),
        "subscriber": professional.subscriber(),
        "payer": professional.payer(),
        "bill_type": "11",
        "statement_from": ADMITTED,
        "statement_to": date(2026, 3, 5),
        "admitted": datetime(2026, 3, 2, 8, 15, tzinfo=UTC),
        "discharge_hour": "1130",
        "admission_type": "1",
        "admission_source": "7",
        "patient_status": "01",
        "principal": x837i.Coded(code="J189", present="Y"),
        "admitting": "R0602",
        "diagnoses": [x837i.Coded(code="I10", present="Y"), x837i.Coded(code="E119", present="N")],
        "external_causes": [x837i.Coded(code="W1830XA")],
        "drg": "194",
        "principal_procedure": x837i.Procedure(code="0BH17EZ", day=ADMITTED),
        "procedures": [x837i.Procedure(code="5A1935Z", day=ADMITTED)],
        "spans": [x837i.Span(code="70", start=date(2026, 2, 1), end=date(2026, 2, 4))],
        "occurrences": [x837i.Occurrence(code="11", day=ADMITTED)],
        "values": [x837i.Value(code="80", amount=Decimal(3))],
        "condition_codes": ["09"],
        "notes": [Note(kind="DGN", text="PNEUMONIA AFTER FALL"), Note(kind="MED", text="SEE CHART")],
        "providers": [
            ("71", attending()),
            ("72", Party(last="BAKER", first="JON", person=True, id_qualifier="XX", id=npi(3))),
        ],
        "lines": lines,
    }
    return x837i.InstitutionalClaim(**(values | changes))  # type: ignore[arg-type]


def outpatient(**changes: object) -> x837i.InstitutionalClaim:
    """One visit to the outpatient department."""
    line = stay_line(
        revenue_code="0510", code="G0463", charge=Decimal("210.00"), units=Decimal(1), unit="UN", day=ADMITTED
    )
    values: dict[str, object] = {
        "pcn": "H1002",
        "bill_type": "13",
        "statement_to": ADMITTED,
        "admitted": None,
        "discharge_hour": "",
        "admission_type": "3",
        "admission_source": "1",
        "principal": x837i.Coded(code="J029"),
        "admitting": "",
        "visit_reasons": ["R509"],
        "external_causes": [],
        "diagnoses": [],
        "drg": "",
        "principal_procedure": None,
        "procedures": [],
        "spans": [],
        "values": [],
        "notes": [],
        "lines": [line],
    }
    return stay(**(values | changes))


def secondary_stay() -> x837i.InstitutionalClaim:
    decision = LineAdjudication(
        payer_id="FH001",
        paid=Decimal("180.00"),
        code="G0463",
        units=Decimal(1),
        revenue_code="0510",
        adjustments=[Adjustment(group="PR", reason="2", amount=Decimal("30.00"))],
        adjudicated=date(2026, 3, 20),
    )
    line = outpatient().lines[0]
    line.adjudications = [decision]
    prior = professional.prior_payer()
    prior.paid, prior.remaining = Decimal("180.00"), Decimal("30.00")
    return outpatient(pcn="H1003", subscriber=professional.subscriber(sequence="S"), lines=[line], other_payers=[prior])


def dependent_stay() -> x837i.InstitutionalClaim:
    return outpatient(pcn="H1004", subscriber=professional.subscriber(relationship=""), patient=professional.patient())


def replaced_stay() -> x837i.InstitutionalClaim:
    return stay(pcn="H1005", frequency="7", payer_claim_number="NHP77", prior_authorization="AUTH1")


def stays(*claims: x837i.InstitutionalClaim) -> x837i.Interchange837I:
    made = professional.interchange().sets[0]
    held = x837i.InstitutionalSet(
        submitter=made.submitter, receiver=made.receiver, claims=list(claims) or [stay()], reference="B0002"
    )
    return x837i.Interchange837I(envelope=professional.envelope(), sets=[held])
