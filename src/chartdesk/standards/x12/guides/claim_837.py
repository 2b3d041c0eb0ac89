"""What the guides of the professional and the institutional claim say alike: who sends, who pays, who pays besides."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import LoopRule, Part, SegmentRule, loop, seg
from chartdesk.standards.x12.guides.shared import (
    NPI,
    PERSON_NAME,
    PERSON_OR_NOT,
    address,
    adjustments,
    contact,
    day,
    ref,
)

PRICING = "02! 03..07 13=T1|T2|T3|T4|T5|T6 14=1|2|3|4|5 15=1|2|3|4|5|6"


def person(name: str, role: str, npi: str = NPI, kind: str = "02!=1") -> Part:
    """The NM1 of a provider in one of those roles."""
    return seg("NM1", name, "R1", f"01!={role} {kind} {PERSON_NAME} {npi}")


def place(name: str, role: str, elements: str) -> Part:
    """The NM1 of a place in that role."""
    return seg("NM1", name, "R1", f"01!={role} 02!=2 {elements}")


def envelope_parts() -> tuple[Part, ...]:
    """BHT, submitter and receiver."""
    return (
        seg("BHT", "Beginning", "R1", "01!=0019 02!=00|18 03! 04! 05! 06!=31|CH|RP"),
        loop(
            "1000A",
            "Submitter",
            "R1",
            seg("NM1", "Name", "R1", "01!=41 02!=1|2 03! 04 05 08!=46 09!"),
            contact("Contact", "R2"),
        ),
        loop("1000B", "Receiver", "R1", seg("NM1", "Name", "R1", "01!=40 02!=2 03! 08!=46 09!")),
    )


def billing_level(*billing: Part, pay_to: str, subscriber: LoopRule) -> LoopRule:
    """Loop 2000A: ``billing`` are the parts of the billing provider, ``pay_to`` the kinds of a pay-to address."""
    return loop(
        "2000A",
        "Billing provider level",
        "R*",
        seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
        seg("PRV", "Specialty", "S1", "01!=BI 02!=PXC 03!"),
        seg("CUR", "Foreign currency", "S1", "01!=85 02!"),
        loop("2010AA", "Billing provider", "R1", *billing),
        loop("2010AB", "Pay-to address", "S1", seg("NM1", "Kind", "R1", f"01!=87 02!={pay_to}"), *address()),
        loop(
            "2010AC",
            "Pay-to plan",
            "S1",
            seg("NM1", "Name", "R1", "01!=PE 02!=2 03! 08!=PI|XV 09!"),
            *address(),
            ref("Other number", "2U|FY|NF"),
            ref("Tax number", "EI", "R1"),
        ),
        subscriber,
    )


def payer() -> LoopRule:
    """Loop 2010BB."""
    return loop(
        "2010BB",
        "Payer",
        "R1",
        seg("NM1", "Name", "R1", "01!=PR 02!=2 03! 08!=PI|XV 09!"),
        *address("S"),
        ref("Other number", "2U|EI|FY|NF", "S3"),
        ref("Billing provider's number there", "G2|LU", "S2"),
    )


def insured(*more: Part, number: str) -> LoopRule:
    """Loop 2010BA; ``number`` says how the member's number is given, ``more`` is what stands at its end."""
    return loop(
        "2010BA",
        "Subscriber",
        "R1",
        seg("NM1", "Name", "R1", f"01!=IL {PERSON_OR_NOT} {PERSON_NAME} {number}"),
        *address("S"),
        seg("DMG", "Birth and sex", "S1", "01!=D8 02! 03!=F|M|U"),
        ref("Social security number", "SY"),
        ref("Property and casualty claim", "Y4"),
        *more,
    )


def patient_level(patient: SegmentRule, claim: LoopRule, *more: Part) -> LoopRule:
    """Loop 2000C with its PAT; ``more`` is what stands at the end of the patient's name."""
    return loop(
        "2000C",
        "Patient",
        "S*",
        seg("HL", "Level", "R1", "01! 02! 03!=23 04!=0"),
        patient,
        loop(
            "2010CA",
            "Patient",
            "R1",
            seg("NM1", "Name", "R1", "01!=QC 02!=1 03! 04 05 07"),
            *address(),
            seg("DMG", "Birth and sex", "R1", "01!=D8 02! 03!=F|M|U"),
            ref("Property and casualty claim", "Y4"),
            ref("Other number", "1W|SY"),
            *more,
        ),
        claim,
    )


def other_insurance() -> tuple[Part, ...]:
    """Loops 2330A and 2330B: the other subscriber and payer."""
    return (
        loop(
            "2330A",
            "Other subscriber",
            "R1",
            seg("NM1", "Name", "R1", f"01!=IL {PERSON_OR_NOT} {PERSON_NAME} 08!=II|MI 09!"),
            *address("S"),
            ref("Social security number", "SY", "S2"),
        ),
        loop(
            "2330B",
            "Other payer",
            "R1",
            seg("NM1", "Name", "R1", "01!=PR 02!=2 03! 08!=PI|XV 09!"),
            *address("S"),
            day("Date of its decision", "573"),
            ref("Other number", "2U|EI|FY|NF", "S2"),
            ref("Prior authorization", "G1"),
            ref("Referral", "9F"),
            ref("Adjusted claim", "T4"),
            ref("Its claim number", "F8"),
        ),
    )


def facility(id: str, *more: Part) -> LoopRule:
    """The service facility of a claim, loop 2310; ``more`` is what stands at its end."""
    other = ref("Other number", "0B|G2|LU", "S3")
    return loop(id, "Service facility", "S1", place("Name", "77", f"03! {NPI}"), *address(), other, *more)


def drug(qualifiers: str) -> LoopRule:
    """Loop 2410; ``qualifiers`` say what kind of number names the drug."""
    return loop(
        "2410",
        "Drug",
        "S1",
        seg("LIN", "NDC", "R1", f"02!={qualifiers} 03!"),
        seg("CTP", "Quantity", "R1", "04! 05! 05-1!=F2|GR|ME|ML|UN"),
        ref("Prescription", "VY|XZ"),
    )


def prior_decision(paid: str) -> LoopRule:
    """Loop 2430; ``paid`` are the elements of its SVD."""
    return loop(
        "2430",
        "Decision of a prior payer",
        "S15",
        seg("SVD", "Paid", "R1", paid),
        adjustments("Line adjustments", "S5"),
        day("Date of its decision", "573", "R1"),
        seg("AMT", "Left to the patient", "S1", "01!=EAF 02!"),
    )


def known_there(id: str, name: str, role: str, codes: str, kind: str, *, usage: str, numbers: str) -> LoopRule:
    """Loops 2330C on: a provider as the other payer knows it; ``numbers`` is how many numbers there are."""
    return loop(
        id,
        name,
        usage,
        seg("NM1", "Name", "R1", f"01!={role} 02!={kind}"),
        ref("Number at that payer", codes, numbers),
    )
