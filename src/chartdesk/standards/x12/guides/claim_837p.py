"""The guide of the professional claim, 005010X222A1."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
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

_POINTER = "=1|2|3|4|5|6|7|8|9|10|11|12"
_PROCEDURE = "-1!=ER|HC|IV|WK {0}-2! {0}-3..7"
_TRANSPORT = "01..02 04!=A|B|C|D|E 05!=DH 06! 09 10"
_CONDITIONS = "01|04|05|06|07|08|09|12"
_PRICING = "02! 03..07 13=T1|T2|T3|T4|T5|T6 14=1|2|3|4|5 15=1|2|3|4|5|6"
_LINE_REF = "04 04-1!=2U 04-2!"


def _person(name: str, role: str, npi: str = NPI, kind: str = "02!=1") -> Part:
    return seg("NM1", name, "R1", f"01!={role} {kind} {PERSON_NAME} {npi}")


def _place(name: str, role: str, elements: str) -> Part:
    return seg("NM1", name, "R1", f"01!={role} 02!=2 {elements}")


def _claim_providers() -> tuple[Part, ...]:
    return (
        loop(
            "2310A",
            "Referring provider",
            "S2",
            _person("Name", "DN|P3"),
            ref("Other number", "0B|1G|G2", "S3"),
        ),
        loop(
            "2310B",
            "Rendering provider",
            "S1",
            _person("Name", "82", kind=PERSON_OR_NOT),
            seg("PRV", "Specialty", "S1", "01!=PE 02!=PXC 03!"),
            ref("Other number", "0B|1G|G2|LU", "S4"),
        ),
        loop(
            "2310C",
            "Service facility",
            "S1",
            _place("Name", "77", f"03! {NPI}"),
            *address(),
            ref("Other number", "0B|G2|LU", "S3"),
            contact("Contact", "S1", numbers="TE"),
        ),
        loop(
            "2310D",
            "Supervising provider",
            "S1",
            _person("Name", "DQ"),
            ref("Other number", "0B|1G|G2|LU", "S4"),
        ),
        loop("2310E", "Ambulance pick-up", "S1", _place("Place", "PW", ""), *address()),
        loop("2310F", "Ambulance drop-off", "S1", _place("Place", "45", "03"), *address()),
    )


def _other_payer() -> LoopRule:
    def other(id: str, name: str, role: str, codes: str, kind: str, usage: str = "S1") -> LoopRule:
        return loop(
            id,
            name,
            usage,
            seg("NM1", "Name", "R1", f"01!={role} 02!={kind}"),
            ref("Number at that payer", codes, "R3"),
        )

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
            ref("Prior authorisation", "G1"),
            ref("Referral", "9F"),
            ref("Adjusted claim", "T4"),
            ref("Its claim number", "F8"),
        ),
        other("2330C", "Referring provider", "DN|P3", "0B|1G|G2", "1", "S2"),
        other("2330D", "Rendering provider", "82", "0B|1G|G2|LU", "1|2"),
        other("2330E", "Service facility", "77", "0B|G2|LU", "2"),
        other("2330F", "Supervising provider", "DQ", "0B|1G|G2|LU", "1"),
        other("2330G", "Billing provider", "85", "G2|LU", "1|2"),
    )


def _line() -> LoopRule:
    return loop(
        "2400",
        "Service line",
        "R50",
        seg("LX", "Line number", "R1", "01!"),
        seg(
            "SV1",
            "Professional service",
            "R1",
            f"01! 01{_PROCEDURE.format('01')} 02! 03!=MJ|UN 04! 05 07! 07-1!{_POINTER} 07-2..4{_POINTER}"
            " 09=Y 11=Y 12=Y 15=0",
        ),
        seg("SV5", "Durable equipment", "S1", "01! 01-1!=HC 01-2! 02!=DA 03! 04! 05! 06!=1|4|6"),
        seg("PWK", "Attachment", "S11", "01! 02! 05=AC 06"),
        seg("CR1", "Ambulance transport", "S1", _TRANSPORT),
        seg("CR3", "Equipment certification", "S1", "01!=I|R|S 02!=MO 03!"),
        seg("CRC", "Ambulance certification", "S3", "01!=07 02!=N|Y 03! 04..07"),
        seg("CRC", "Hospice employee", "S1", "01!=70 02!=N|Y 03!=65"),
        seg("CRC", "Equipment condition", "S1", "01!=09 02!=N|Y 03!=38|ZV 04=38|ZV"),
        day("Date of service", "472", "R1", "D8|RD8"),
        day("Prescribed", "471"),
        day("Certification revised", "607"),
        day("Therapy begun", "463"),
        day("Last certified", "461"),
        day("Last seen", "304"),
        day("Tested", "738|739", "S2"),
        day("Shipped", "011"),
        day("Last X-ray", "455"),
        day("First treated", "454"),
        seg("QTY", "Patients in the ambulance", "S1", "01!=PT 02!"),
        seg("QTY", "Further anaesthesia units", "S1", "01!=FL 02!"),
        seg("MEA", "Test result", "S5", "01!=OG|TR 02!=HT|R1|R2|R3|R4 03!"),
        seg("CN1", "Contract", "S1", "01!=01|02|03|04|05|06|09 02..06"),
        ref("Repriced line", "9B"),
        ref("Adjusted repriced line", "9D"),
        ref("Prior authorisation", "G1", "S5", _LINE_REF),
        ref("Line control number", "6R"),
        ref("Mammography certificate", "EW"),
        ref("CLIA number", "X4"),
        ref("Referring CLIA number", "F4"),
        ref("Immunisation batch", "BT"),
        ref("Referral", "9F", "S5", _LINE_REF),
        seg("AMT", "Sales tax", "S1", "01!=T 02!"),
        seg("AMT", "Postage", "S1", "01!=F4 02!"),
        seg("K3", "File information", "S10", "01!"),
        seg("NTE", "Line note", "S1", "01!=ADD|DCP 02!"),
        seg("NTE", "Third party note", "S1", "01!=TPO 02!"),
        seg("PS1", "Purchased service", "S1", "01! 02!"),
        seg("HCP", "Pricing", "S1", f"01! {_PRICING} 09=ER|HC|IV|WK 10 11=MJ|UN 12"),
        loop(
            "2410",
            "Drug",
            "S1",
            seg("LIN", "NDC", "R1", "02!=EN|EO|HI|N4|ON|UK|UP 03!"),
            seg("CTP", "Quantity", "R1", "04! 05! 05-1!=F2|GR|ME|ML|UN"),
            ref("Prescription", "VY|XZ"),
        ),
        *_line_providers(),
        loop(
            "2430",
            "Decision of a prior payer",
            "S15",
            seg("SVD", "Paid", "R1", f"01! 02! 03! 03{_PROCEDURE.format('03')} 05! 06"),
            adjustments("Line adjustments", "S5"),
            day("Date of its decision", "573", "R1"),
            seg("AMT", "Left to the patient", "S1", "01!=EAF 02!"),
        ),
        loop(
            "2440",
            "Supporting form",
            "S*",
            seg("LQ", "Form", "R1", "01!=AS|UT 02!"),
            seg("FRM", "Answer", "R99", "01! 02=N|W|Y 03 04 05"),
        ),
    )


def _line_providers() -> tuple[Part, ...]:
    def more(codes: str, usage: str = "S20") -> Part:
        return ref("Other number", codes, usage, _LINE_REF)

    return (
        loop(
            "2420A",
            "Rendering provider",
            "S1",
            _person("Name", "82", kind=PERSON_OR_NOT),
            seg("PRV", "Specialty", "S1", "01!=PE 02!=PXC 03!"),
            more("0B|1G|G2|LU"),
        ),
        loop(
            "2420B",
            "Seller of the service",
            "S1",
            seg("NM1", "Name", "R1", f"01!=QB 02!=1|2 {NPI}"),
            more("0B|1G|G2"),
        ),
        loop(
            "2420C",
            "Service facility",
            "S1",
            _place("Name", "77", f"03! {NPI}"),
            *address(),
            more("G2|LU", "S3"),
        ),
        loop("2420D", "Supervising provider", "S1", _person("Name", "DQ"), more("0B|1G|G2|LU")),
        loop(
            "2420E",
            "Ordering provider",
            "S1",
            _person("Name", "DK"),
            *address("S"),
            more("0B|1G|G2"),
            contact("Contact", "S1"),
        ),
        loop("2420F", "Referring provider", "S2", _person("Name", "DN|P3"), more("0B|1G|G2")),
        loop("2420G", "Ambulance pick-up", "S1", _place("Place", "PW", ""), *address()),
        loop("2420H", "Ambulance drop-off", "S1", _place("Place", "45", "03"), *address()),
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
        ref("Authorisation exception", "4N"),
        ref("Medicare crossover", "F5"),
        ref("Mammography certificate", "EW"),
        ref("Referral", "9F"),
        ref("Prior authorisation", "G1"),
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
        seg("CR1", "Ambulance transport", "S1", _TRANSPORT),
        seg("CR2", "Spinal manipulation", "S1", "08!=A|C|D|E|F|G|M 10 11"),
        seg("CRC", "Ambulance certification", "S3", f"01!=07 02!=N|Y 03!={_CONDITIONS} 04..07={_CONDITIONS}"),
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
        seg("HCP", "Pricing", "S1", f"01! {_PRICING}"),
        *_claim_providers(),
        _other_payer(),
        _line(),
    )


def _subscriber_level() -> LoopRule:
    return loop(
        "2000B",
        "Subscriber",
        "R*",
        seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
        seg("SBR", "Cover", "R1", f"01!={PAYER_SEQUENCE} 02=18 03 04 05={SECONDARY_REASON} 09={FILING}"),
        seg("PAT", "Patient", "S1", "05=D8 06 07=01 08 09=Y"),
        loop(
            "2010BA",
            "Subscriber",
            "R1",
            seg("NM1", "Name", "R1", f"01!=IL {PERSON_OR_NOT} {PERSON_NAME} 08!=II|MI 09!"),
            *address("S"),
            seg("DMG", "Birth and sex", "S1", "01!=D8 02! 03!=F|M|U"),
            ref("Social security number", "SY"),
            ref("Property and casualty claim", "Y4"),
            contact("Property and casualty contact", "S1", numbers="TE"),
        ),
        loop(
            "2010BB",
            "Payer",
            "R1",
            seg("NM1", "Name", "R1", "01!=PR 02!=2 03! 08!=PI|XV 09!"),
            *address("S"),
            ref("Other number", "2U|EI|FY|NF", "S3"),
            ref("Billing provider's number there", "G2|LU", "S2"),
        ),
        _claim(),
        loop(
            "2000C",
            "Patient",
            "S*",
            seg("HL", "Level", "R1", "01! 02! 03!=23 04!=0"),
            seg("PAT", "Patient", "R1", "01! 05=D8 06 07=01 08 09=Y"),
            loop(
                "2010CA",
                "Patient",
                "R1",
                seg("NM1", "Name", "R1", "01!=QC 02!=1 03! 04 05 07"),
                *address(),
                seg("DMG", "Birth and sex", "R1", "01!=D8 02! 03!=F|M|U"),
                ref("Property and casualty claim", "Y4"),
                ref("Other number", "1W|SY"),
                contact("Property and casualty contact", "S1", numbers="TE"),
            ),
            _claim(),
        ),
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
        seg("BHT", "Beginning", "R1", "01!=0019 02!=00|18 03! 04! 05! 06!=31|CH|RP"),
        loop(
            "1000A",
            "Submitter",
            "R1",
            seg("NM1", "Name", "R1", "01!=41 02!=1|2 03! 04 05 08!=46 09!"),
            contact("Contact", "R2"),
        ),
        loop("1000B", "Receiver", "R1", seg("NM1", "Name", "R1", "01!=40 02!=2 03! 08!=46 09!")),
        loop(
            "2000A",
            "Billing provider level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            seg("PRV", "Specialty", "S1", "01!=BI 02!=PXC 03!"),
            seg("CUR", "Foreign currency", "S1", "01!=85 02!"),
            loop(
                "2010AA",
                "Billing provider",
                "R1",
                seg("NM1", "Name", "R1", f"01!=85 {PERSON_OR_NOT} {PERSON_NAME} {NPI}"),
                *address(),
                ref("Tax number", "EI|SY", "R1"),
                ref("Licence or UPIN", "0B|1G", "S2"),
                contact("Contact", "S2"),
            ),
            loop("2010AB", "Pay-to address", "S1", seg("NM1", "Kind", "R1", "01!=87 02!=1|2"), *address()),
            loop(
                "2010AC",
                "Pay-to plan",
                "S1",
                seg("NM1", "Name", "R1", "01!=PE 02!=2 03! 08!=PI|XV 09!"),
                *address(),
                ref("Other number", "2U|FY|NF"),
                ref("Tax number", "EI", "R1"),
            ),
            _subscriber_level(),
        ),
    ),
    rules={"2300": (claim_rules,)},
    cut=frozenset({"2300"}),
)
