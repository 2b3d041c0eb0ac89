"""The guide of the professional claim, 005010X222A1."""

from __future__ import annotations

from chartdesk.standards.x12.guides.claim_837 import (
    PRICING,
    billing_level,
    envelope_parts,
    facility,
    insured,
    known_there,
    other_insurance,
    patient_level,
    payer,
    person,
    place,
)
from chartdesk.standards.x12.guides.claim_837p_line import (
    CONDITIONS,
    TRANSPORT,
    service_line,
)
from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, SegmentRule, loop, seg
from chartdesk.standards.x12.guides.shared import (
    FILING,
    NPI,
    PAYER_SEQUENCE,
    PERSON_NAME,
    PERSON_OR_NOT,
    SECONDARY_REASON,
    address,
    adjustments,
    contact,
    day,
    ref,
)
from chartdesk.standards.x12.rules.claim_837p import claim_rules


def _claim_providers() -> tuple[Part, ...]:
    return (
        loop(
            "2310A",
            "Referring provider",
            "S2",
            person("Name", "DN|P3"),
            ref("Other number", "0B|1G|G2", "S3"),
        ),
        loop(
            "2310B",
            "Rendering provider",
            "S1",
            person("Name", "82", kind=PERSON_OR_NOT),
            seg("PRV", "Specialty", "S1", "01!=PE 02!=PXC 03!"),
            ref("Other number", "0B|1G|G2|LU", "S4"),
        ),
        facility("2310C", contact("Contact", "S1", numbers="TE")),
        loop(
            "2310D",
            "Supervising provider",
            "S1",
            person("Name", "DQ"),
            ref("Other number", "0B|1G|G2|LU", "S4"),
        ),
        loop("2310E", "Ambulance pick-up", "S1", place("Place", "PW", ""), *address()),
        loop("2310F", "Ambulance drop-off", "S1", place("Place", "45", "03"), *address()),
    )


def _other_payer() -> LoopRule:
    def other(id: str, name: str, role: str, codes: str, kind: str, usage: str = "S1") -> LoopRule:
        return known_there(id, name, role, codes, kind, usage=usage, numbers="R3")

    return loop(
        "2320",
        "Other payer of the patient",
        "S10",
        seg(
            "SBR",
            "Other subscriber",
            "R1",
            f"01!={PAYER_SEQUENCE} 02!=01|18|19|20|21|39|40|53|G8 03 04 05={SECONDARY_REASON} 09={FILING}",
        ),
        adjustments("Claim adjustments", "S5"),
        seg("AMT", "Paid by that payer", "S1", "01!=D 02!"),
        seg("AMT", "Not covered", "S1", "01!=A8 02!"),
        seg("AMT", "Left to the patient", "S1", "01!=EAF 02!"),
        seg("OI", "Other insurance", "R1", "03!=N|W|Y 04=P 06!=I|Y"),
        seg("MOA", "Outpatient adjudication", "S1", "01..09"),
        *other_insurance(),
        other("2330C", "Referring provider", "DN|P3", "0B|1G|G2", "1", "S2"),
        other("2330D", "Rendering provider", "82", "0B|1G|G2|LU", "1|2"),
        other("2330E", "Service facility", "77", "0B|G2|LU", "2"),
        other("2330F", "Supervising provider", "DQ", "0B|1G|G2|LU", "1"),
        other("2330G", "Billing provider", "85", "G2|LU", "1|2"),
    )


def _claim() -> LoopRule:
    return loop(
        "2300",
        "Claim",
        "S100",
        seg(
            "CLM",
            "Claim",
            "R1",
            "01! 02! 05! 05-1! 05-2!=B 05-3! 06!=N|Y 07!=A|B|C 08!=N|W|Y 09!=I|Y 10=P 11 11-1!=AA|EM|OA"
            " 11-2=AA|EM|OA 11-4..5 12=02|03|05|09 20=1|2|3|4|5|6|7|8|9|10|11|15",
        ),
        day("Onset of illness", "431"),
        day("First treated", "454"),
        day("Last seen", "304"),
        day("Acute manifestation", "453"),
        day("Accident", "439"),
        day("Last menstrual period", "484"),
        day("Last X-ray", "455"),
        day("Hearing or vision prescription", "471"),
        day("Disability", "314|360|361", "S1", "D8|RD8"),
        day("Last worked", "297"),
        day("Fit for work again", "296"),
        day("Admission", "435"),
        day("Discharge", "096"),
        day("Care taken over or given up", "090|091", "S2"),
        day("First contact", "444"),
        day("Received by the repricer", "050"),
        seg("PWK", "Attachment", "S10", "01! 02!=AA|BM|EL|EM|FT|FX 05=AC 06"),
        seg("CN1", "Contract", "S1", "01!=01|02|03|04|05|06|09 02..06"),
        seg("AMT", "Paid by the patient", "S1", "01!=F5 02!"),
        ref("Authorization exception", "4N"),
        ref("Medicare crossover", "F5"),
        ref("Mammography certificate", "EW"),
        ref("Referral", "9F"),
        ref("Prior authorization", "G1"),
        ref("Payer's claim number", "F8"),
        ref("CLIA number", "X4"),
        ref("Repriced claim", "9A"),
        ref("Adjusted repriced claim", "9C"),
        ref("Investigational device", "LX"),
        ref("Number of the intermediary", "D9"),
        ref("Medical record number", "EA"),
        ref("Demonstration project", "P4"),
        ref("Care plan oversight", "1J"),
        seg("K3", "File information", "S10", "01!"),
        seg("NTE", "Claim note", "S1", "01!=ADD|CER|DCP|DGN|TPO 02!"),
        seg("CR1", "Ambulance transport", "S1", TRANSPORT),
        seg("CR2", "Spinal manipulation", "S1", "08!=A|C|D|E|F|G|M 10 11"),
        seg("CRC", "Ambulance certification", "S3", f"01!=07 02!=N|Y 03!={CONDITIONS} 04..07={CONDITIONS}"),
        seg("CRC", "Vision condition", "S3", "01!=E1|E2|E3 02!=N|Y 03! 04..07"),
        seg("CRC", "Homebound", "S1", "01!=75 02!=Y 03!=IH"),
        seg("CRC", "EPSDT referral", "S1", "01!=ZZ 02!=N|Y 03! 04..05"),
        seg(
            "HI",
            "Diagnoses",
            "R1",
            "01! 01-1!=ABK|BK 01-2! 02..12 02..12-1!=ABF|BF 02..12-2!",
        ),
        seg("HI", "Anaesthesia procedure", "S1", "01! 01-1!=BP 01-2! 02 02-1!=BO 02-2!"),
        seg("HI", "Conditions", "S2", "01! 02..12 01..12-1!=BG 01..12-2!"),
        seg("HCP", "Pricing", "S1", f"01! {PRICING}"),
        *_claim_providers(),
        _other_payer(),
        service_line(),
    )


def _casualty() -> SegmentRule:
    return contact("Property and casualty contact", "S1", numbers="TE")


def _subscriber_level() -> LoopRule:
    return loop(
        "2000B",
        "Subscriber",
        "R*",
        seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
        seg("SBR", "Cover", "R1", f"01!={PAYER_SEQUENCE} 02=18 03 04 05={SECONDARY_REASON} 09={FILING}"),
        seg("PAT", "Patient", "S1", "05=D8 06 07=01 08 09=Y"),
        insured(_casualty(), number="08!=II|MI 09!"),
        payer(),
        _claim(),
        patient_level(seg("PAT", "Patient", "R1", "01! 05=D8 06 07=01 08 09=Y"), _claim(), _casualty()),
    )


GUIDE = Guide(
    "837",
    "Professional claim (837P)",
    "HC",
    ("005010X222A1", "005010X222A2", "005010X222"),
    loop(
        "ST",
        "Professional claims",
        "R1",
        *envelope_parts(),
        billing_level(
            seg("NM1", "Name", "R1", f"01!=85 {PERSON_OR_NOT} {PERSON_NAME} {NPI}"),
            *address(),
            ref("Tax number", "EI|SY", "R1"),
            ref("License or UPIN", "0B|1G", "S2"),
            contact("Contact", "S2"),
            pay_to="1|2",
            subscriber=_subscriber_level(),
        ),
    ),
    rules={"2300": (claim_rules,)},
    cut=frozenset({"2300", "2000B", "2000C"}),
)
