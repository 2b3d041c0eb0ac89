"""What the check finds in questions, answers and authorizations, as a table: a right file, one change, its finding."""

from __future__ import annotations

from decimal import Decimal

import pytest
import x12_examples as examples

from chartdesk.standards.x12 import (
    acknowledgement_999,
    claim_837p,
    eligibility_270,
    eligibility_271,
    information_277,
    remittance_835,
    review_278,
    status_276,
    status_277,
)
from chartdesk.standards.x12.check import check_file

HERE = examples.envelope()
QUESTION = status_276.write(HERE, [examples.status_request()])
DEPENDENT = status_276.write(HERE, [examples.status_request(examples.dependent_question())])
ANSWER = status_277.write(HERE, [examples.status_response()])
REQUEST = review_278.write_requests(HERE, [examples.review_request()])
DECIDED = review_278.write_responses(HERE, [examples.review_response()])
WANTED = information_277.write(HERE, [examples.information_request()])
INQUIRY = eligibility_270.write(HERE, [examples.inquiry()])
SECONDARY = claim_837p.write(examples.interchange(examples.secondary_claim()))
REFUSED = eligibility_271.write(HERE, [examples.refused_response()])
TOLD = acknowledgement_999.write(HERE, [examples.acknowledgement()])
TAKEN = remittance_835.write(
    HERE,
    [
        examples.remittance(
            provider_adjustments=[
                remittance_835.ProviderAdjustment(
                    provider=examples.npi(1),
                    fiscal_year_end=examples.date(2026, 12, 31),
                    reason="WO",
                    reference="NHP1",
                    amount=Decimal("10.00"),
                )
            ]
        )
    ],
)

FAULTS = [
    # file, old, new, rule, where
    (QUESTION, "DMG*D8*19800517*F~", "", "subscriber-patient", "HL"),
    (QUESTION, "DTP*472*D8*20260302~", "", "question-date", "TRN"),
    (QUESTION, "TRN*1*Q1~REF*EJ*A1001~AMT*T3*150.5~DTP*472*D8*20260302~", "", "nothing-asked", "HL01"),
    (QUESTION, "REF*EJ*A1001~", "REF*EJ*A1001~REF*EJ*A1002~", "segment-repeat", "REF"),
    (QUESTION, "TRN*1*Q1", "TRN*2*Q1", "element-code", "TRN01"),
    (QUESTION, f"XX*{examples.npi(1)}", "XX*1234567890", "npi", "NM109"),
    (DEPENDENT, "DMG*D8*20150102*F~", "", "segment-missing", "DMG"),
    (DEPENDENT, "HL*5*4*23", "HL*5*3*23", "hl-parent", "HL02"),
    (DEPENDENT, "SVC*HC:99213*120*****1", "SVC*HC:99213*120", "element-missing", "SVC07"),
    (ANSWER, "STC*F1:65*20260320**150.5*80*20260318**20260320*EFT0001~", "", "segment-missing", "STC"),
    (ANSWER, "STC*F1:65*", "STC*F1*", "element-missing", "STC01-2"),
    (ANSWER, "*20260318*", "*20260348*", "element-date", "STC06"),
    (REQUEST, "UM*HS*I*PT", "UM*HS*4*PT", "review-earlier", "UM02"),
    (REQUEST, "HI*ABK:M545*ABF:R509~", "", "review-diagnosis", "UM02"),
    (REQUEST, "UM*HS*I*PT*11:B**E~", "UM*HS*Q*PT*11:B**E~", "element-code", "UM02"),
    (REQUEST, "HL*4*3*EV*1~", "", "nothing-asked", "HL01"),
    (DECIDED, "HCR*A1*AUTH77~", "HCR*A1~", "review-number", "HCR02"),
    (DECIDED, "HCR*A1*AUTH77~", "", "review-decision", "HL"),
    (DECIDED, "HCR*A1*", "HCR*A9*", "element-code", "HCR01"),
    (WANTED, "STC*R4:11506-3::LOI*20260309~", "", "segment-missing", "STC"),
    (WANTED, "BHT*0010*48*", "BHT*0010*08*", "element-code", "BHT02"),
    (INQUIRY, "EQ*30^98~", "EQ~", "segment-empty", "EQ"),
    (SECONDARY, "CAS*CO*45*10~", "CAS*CO*9999*10~", "reason", "CAS02"),
    (SECONDARY, "HI*ABK:J029", "HI*ABK:J02", "icd-10", "HI01-2"),
    (TAKEN, "WO:NHP1", "QZ:NHP1", "provider-adjustment", "PLB03-1"),
    (TAKEN, "WO:NHP1*10", "WO:NHP1*11", "payment-balance", "BPR02"),
    (TAKEN, f"PLB*{examples.npi(1)}*", "PLB*1234567890*", "npi", "PLB01"),
    (ANSWER, "STC*F1:65*", "STC*F9:65*", "status-code", "STC01-1"),
    (WANTED, "STC*R4:11506-3::LOI*", "STC*X4:11506-3::LOI*", "status-code", "STC01-1"),
    (INQUIRY, "EQ*30^98~", "EQ*30^9Z~", "service-type", "EQ01"),
    (REFUSED, "AAA*N**72*", "AAA*N**11*", "refusal", "AAA03"),
    (REFUSED, "AAA*N**72*C~", "", "nothing-answered", "HL"),
    (TOLD, "AK9*P*2*2*1~", "AK9*P*2*2*3~", "group-answer", "AK904"),
    (TOLD, "AK9*P*2*2*1~", "AK9*A*2*2*1~", "group-answer", "AK904"),
    (TOLD, "AK9*P*2*2*1~", "AK9*R*2*2*1~", "group-answer", "AK904"),
    (TOLD, "AK9*P*2*2*1~", "AK9*P*2*2*2~", "group-answer", "AK904"),
    (TOLD, "AK9*P*2*2*1~", "AK9*P*1*1*0~", "group-answer", "AK904"),
]


@pytest.mark.parametrize(
    ("content", "old", "new", "rule", "where"), FAULTS, ids=[f"{one[3]} {one[4]} {n}" for n, one in enumerate(FAULTS)]
)
def test_a_change_is_found(content: bytes, old: str, new: str, rule: str, where: str) -> None:
    assert check_file(content) == []
    assert old.encode() in content, content
    found = check_file(counted(content.replace(old.encode(), new.encode(), 1)))
    named = {(one.rule, place(one.segment, one.element, one.component)) for one in found}
    assert (rule, where) in named, [str(one) for one in found]
    assert all(one.cure or one.message for one in found)


def test_a_payer_who_came_first_has_decided() -> None:
    """Without lines that say what the primary payer paid, the claim must say it."""
    claim = examples.secondary_claim()
    claim.lines[0].adjudications = []
    claim.other_payers[0].paid = None
    written = claim_837p.write(examples.interchange(claim))
    assert [(one.rule, one.level, one.segment) for one in check_file(written)] == [("prior-decision", "warning", "SBR")]


def counted(content: bytes) -> bytes:
    """The file with its SE01 made right, so that only the change itself is found."""
    parts = content.split(b"~")
    first = next(n for n, one in enumerate(parts) if one.startswith(b"ST*"))
    last = next(n for n, one in enumerate(parts) if one.startswith(b"SE*"))
    parts[last] = b"SE*%d*0001" % (last - first + 1)
    return b"~".join(parts)


def place(segment: str, element: int, component: int) -> str:
    return segment + (f"{element:02d}" if element else "") + (f"-{component}" if component else "")
