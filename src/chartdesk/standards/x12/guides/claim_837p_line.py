"""Loop 2400 of the professional claim, 005010X222A1: the service line and all that hangs from it."""

from __future__ import annotations

from chartdesk.standards.x12.guides.claim_837 import PRICING, drug, person, place, prior_decision
from chartdesk.standards.x12.guides.model import LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import (
    NPI,
    PERSON_OR_NOT,
    address,
    contact,
    day,
    ref,
)

_POINTER = "=1|2|3|4|5|6|7|8|9|10|11|12"
_PROCEDURE = "-1!=ER|HC|IV|WK {0}-2! {0}-3..7"
TRANSPORT = "01..02 04!=A|B|C|D|E 05!=DH 06! 09 10"
CONDITIONS = "01|04|05|06|07|08|09|12"
_LINE_REF = "04 04-1!=2U 04-2!"


def service_line() -> LoopRule:
    """Loop 2400. Made anew for each loop 2300 it stands in."""
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
        seg("CR1", "Ambulance transport", "S1", TRANSPORT),
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
        seg("QTY", "Further anesthesia units", "S1", "01!=FL 02!"),
        seg("MEA", "Test result", "S5", "01!=OG|TR 02!=HT|R1|R2|R3|R4 03!"),
        seg("CN1", "Contract", "S1", "01!=01|02|03|04|05|06|09 02..06"),
        ref("Repriced line", "9B"),
        ref("Adjusted repriced line", "9D"),
        ref("Prior authorization", "G1", "S5", _LINE_REF),
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
        seg("HCP", "Pricing", "S1", f"01! {PRICING} 09=ER|HC|IV|WK 10 11=MJ|UN 12"),
        drug("EN|EO|HI|N4|ON|UK|UP"),
        *_line_providers(),
        prior_decision(f"01! 02! 03! 03{_PROCEDURE.format('03')} 05! 06"),
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
            person("Name", "82", kind=PERSON_OR_NOT),
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
            place("Name", "77", f"03! {NPI}"),
            *address(),
            more("G2|LU", "S3"),
        ),
        loop("2420D", "Supervising provider", "S1", person("Name", "DQ"), more("0B|1G|G2|LU")),
        loop(
            "2420E",
            "Ordering provider",
            "S1",
            person("Name", "DK"),
            *address("S"),
            more("0B|1G|G2"),
            contact("Contact", "S1"),
        ),
        loop("2420F", "Referring provider", "S2", person("Name", "DN|P3"), more("0B|1G|G2")),
        loop("2420G", "Ambulance pick-up", "S1", place("Place", "PW", ""), *address()),
        loop("2420H", "Ambulance drop-off", "S1", place("Place", "45", "03"), *address()),
    )
