"""The guide of the institutional claim, 005010X223A2."""

from __future__ import annotations

from chartdesk.standards.x12.guides.claim_837 import (
    PRICING,
    billing_level,
    drug,
    envelope_parts,
    facility,
    insured,
    known_there,
    other_insurance,
    patient_level,
    payer,
    person,
    prior_decision,
)
from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, SegmentRule, loop, seg
from chartdesk.standards.x12.guides.shared import (
    FILING,
    NPI,
    PAYER_SEQUENCE,
    address,
    adjustments,
    contact,
    day,
    ref,
)
from chartdesk.standards.x12.rules.claim_837i import claim_rules

_MORE = "0B|1G|G2|LU"
_LINE_REF = "04 04-1!=2U 04-2!"
_PROCEDURE = "-1!=ER|HC|HP|IV|WK {0}-2! {0}-3..7"
_PRESENT = "-9=N|U|W|Y|1"
_DELAYS = "1|2|3|4|5|6|7|8|9|10|11|15"
_NOTES = "ALG|DCP|DGN|DME|MED|NTR|ODT|RHB|RLH|RNH|SET|SFM|SPT|UPI"


def _codes(name: str, usage: str, kinds: str, parts: str, most: int = 12) -> SegmentRule:
    """An HI of up to ``most`` codes of those kinds; ``parts`` are the further components of each."""
    places = f"01..{most:02d}" if most > 1 else "01"
    inner = " ".join(f"{places}{part}" for part in (f"-1!={kinds}", "-2!", *parts.split()))
    return seg("HI", name, usage, f"01! {places} {inner}")


def _health_codes() -> tuple[Part, ...]:
    return (
        _codes("Principal diagnosis", "R1", "ABK|BK", _PRESENT, 1),
        _codes("Admitting diagnosis", "S1", "ABJ|BJ", "", 1),
        _codes("Reason for the visit", "S1", "APR|PR", "", 3),
        _codes("External cause", "S1", "ABN|BN", _PRESENT),
        _codes("Diagnosis related group", "S1", "DR", "", 1),
        _codes("Other diagnoses", "S2", "ABF|BF", _PRESENT),
        _codes("Principal procedure", "S1", "BBR|BR|CAH", "-3!=D8 -4!", 1),
        _codes("Other procedures", "S2", "BBQ|BQ", "-3!=D8 -4!"),
        _codes("Occurrence spans", "S2", "BI", "-3!=RD8 -4!"),
        _codes("Occurrences", "S2", "BH", "-3!=D8 -4!"),
        _codes("Values", "S2", "BE", "-5!"),
        _codes("Conditions", "S2", "BG", ""),
        _codes("Treatments", "S2", "TC", ""),
    )


def _providers() -> tuple[Part, ...]:
    def one(id: str, name: str, role: str, *inner: Part, codes: str = _MORE, usage: str = "S4") -> LoopRule:
        return loop(id, name, "S1", person("Name", role), *inner, ref("Other number", codes, usage))

    return (
        one("2310A", "Attending provider", "71", seg("PRV", "Specialty", "S1", "01!=AT 02!=PXC 03!")),
        one("2310B", "Operating physician", "72"),
        one("2310C", "Other operating physician", "ZZ"),
        one("2310D", "Rendering provider", "82"),
        facility("2310E"),
        one("2310F", "Referring provider", "DN", codes="0B|1G|G2", usage="S3"),
    )


def _other_payer() -> LoopRule:
    def other(id: str, name: str, role: str, codes: str, kind: str = "1", usage: str = "R4") -> LoopRule:
        return known_there(id, name, role, codes, kind, usage="S1", numbers=usage)

    return loop(
        "2320",
        "Other payer of the patient",
        "S10",
        seg("SBR", "Other subscriber", "R1", f"01!={PAYER_SEQUENCE} 02!=01|18|19|20|21|39|40|53|G8 03 04 09={FILING}"),
        adjustments("Claim adjustments", "S5"),
        seg("AMT", "Paid by that payer", "S1", "01!=D 02!"),
        seg("AMT", "Left to the patient", "S1", "01!=EAF 02!"),
        seg("AMT", "Not covered", "S1", "01!=A8 02!"),
        seg("OI", "Other insurance", "R1", "03!=N|W|Y 06!=I|Y"),
        seg("MIA", "Inpatient adjudication", "S1", "01! 03..24"),
        seg("MOA", "Outpatient adjudication", "S1", "01..09"),
        *other_insurance(),
        other("2330C", "Attending provider", "71", _MORE),
        other("2330D", "Operating physician", "72", _MORE),
        other("2330E", "Other operating physician", "ZZ", _MORE),
        other("2330F", "Service facility", "77", "0B|G2|LU", "2", "R3"),
        other("2330G", "Rendering provider", "82", _MORE),
        other("2330H", "Referring provider", "DN", "0B|1G|G2", "1", "R3"),
        other("2330I", "Billing provider", "85", "G2|LU", "2", "R2"),
    )


def _line() -> LoopRule:
    def one(id: str, name: str, role: str, codes: str = _MORE) -> LoopRule:
        return loop(id, name, "S1", person("Name", role), ref("Other number", codes, "S20", _LINE_REF))

    return loop(
        "2400",
        "Service line",
        "R999",
        seg("LX", "Line number", "R1", "01!"),
        seg("SV2", "Institutional service", "R1", f"01! 02 02{_PROCEDURE.format('02')} 03! 04!=DA|UN 05! 07"),
        seg("PWK", "Attachment", "S10", "01! 02!=AA|BM|EL|EM|FT|FX 05=AC 06"),
        day("Date of service", "472", "S1", "D8|RD8"),
        ref("Line control number", "6R"),
        ref("Repriced line", "9B"),
        ref("Adjusted repriced line", "9D"),
        seg("AMT", "Service tax", "S1", "01!=GT 02!"),
        seg("AMT", "Facility tax", "S1", "01!=N8 02!"),
        seg("NTE", "Third party note", "S1", "01!=TPO 02!"),
        seg("HCP", "Pricing", "S1", f"01! {PRICING} 08 09=ER|HC|HP|IV|WK 10 11=DA|UN 12"),
        drug("N4"),
        one("2420A", "Operating physician", "72"),
        one("2420B", "Other operating physician", "ZZ"),
        one("2420C", "Rendering provider", "82"),
        one("2420D", "Referring provider", "DN", "0B|1G|G2"),
        prior_decision(f"01! 02! 03 03{_PROCEDURE.format('03')} 04! 05! 06"),
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
            "01! 02! 05! 05-1! 05-2!=A 05-3! 07!=A|B|C 08!=N|W|Y 09!=I|Y 20=1|2|3|4|5|6|7|8|9|10|11|15",
        ),
        day("Discharge hour", "096", form="TM"),
        day("Statement dates", "434", "R1", "RD8"),
        day("Admission", "435", form="D8|DT"),
        day("Received by the repricer", "050"),
        seg("CL1", "Admission and discharge", "R1", "01 02 03!"),
        seg("PWK", "Attachment", "S10", "01! 02!=AA|BM|EL|EM|FT|FX 05=AC 06"),
        seg("CN1", "Contract", "S1", "01!=01|02|03|04|05|06|09 02..06"),
        seg("AMT", "Estimated share of the patient", "S1", "01!=F3 02!"),
        ref("Authorization exception", "4N"),
        ref("Referral", "9F"),
        ref("Prior authorization", "G1"),
        ref("Payer's claim number", "F8"),
        ref("Repriced claim", "9A"),
        ref("Adjusted repriced claim", "9C"),
        ref("Investigational device", "LX", "S5"),
        ref("Number of the intermediary", "D9"),
        ref("State of the car accident", "LU"),
        ref("Medical record number", "EA"),
        ref("Demonstration project", "P4"),
        ref("Peer review approval", "G4"),
        seg("K3", "File information", "S10", "01!"),
        seg("NTE", "Claim note", "S10", f"01!={_NOTES} 02!"),
        seg("NTE", "Billing note", "S1", "01!=ADD 02!"),
        seg("CRC", "EPSDT referral", "S1", "01!=ZZ 02!=N|Y 03!=AV|NU|S2|ST 04 05"),
        *_health_codes(),
        seg("HCP", "Pricing", "S1", f"01! {PRICING} 08 11=DA|UN 12"),
        *_providers(),
        _other_payer(),
        _line(),
    )


def _subscriber_level() -> LoopRule:
    return loop(
        "2000B",
        "Subscriber",
        "R*",
        seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
        seg("SBR", "Cover", "R1", f"01!={PAYER_SEQUENCE} 02=18 03 04 09={FILING}"),
        insured(number="08=II|MI 09"),
        payer(),
        _claim(),
        patient_level(seg("PAT", "Patient", "R1", "01!=01|19|20|21|39|40|53|G8"), _claim()),
    )


GUIDE = Guide(
    "837",
    "Institutional claim (837I)",
    "HC",
    ("005010X223A2", "005010X223A3", "005010X223A1", "005010X223"),
    loop(
        "ST",
        "Institutional claims",
        "R1",
        *envelope_parts(),
        billing_level(
            seg("NM1", "Name", "R1", f"01!=85 02!=2 03! {NPI}"),
            *address(),
            ref("Tax number", "EI", "R1"),
            contact("Contact", "S2"),
            pay_to="2",
            subscriber=_subscriber_level(),
        ),
    ),
    rules={"2300": (claim_rules,)},
    cut=frozenset({"2300", "2000B", "2000C"}),
)
