"""The guides of services review, 005010X217: the request for authorization or referral, and its answer (278)."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import address, contact, day, ref
from chartdesk.standards.x12.rules.review_278 import answer_rules, patient_rules, request_rules

_PERSON = "03 04 05 07"
_ORGANIZATION_IDS = "08!=24|34|46|PI|XV|XX 09!"
_PROVIDER_IDS = "08=24|34|46|XX 09"
_ROLES = "71|72|73|77|AAJ|DD|DK|DN|FA|G3|P3|QB|QV|SJ"
_LINE_ROLES = "1T|72|73|77|DD|DK|DQ|FA|G3|P3|QB|QV|SJ"
_PATIENT_REFS = "1L|1W|6P|A6|EJ|F6|HJ|IG|N6|NQ|SY"
_HSD = "01=DY|FL|HS|MN|VS 02 03=DA|MO|WK 04 05=6|7|21|26|27|29|34|35 06 07 08"


def _refusals(asked: bool, usage: str = "S9") -> tuple[Part, ...]:
    """AAA: why the payer could not judge this level. Only answers have it."""
    return () if asked else (seg("AAA", "Refusal", usage, "01!=N|Y 03 04=C|N|P|R|Y"),)


def _person(id: str, role: str, name: str, asked: bool) -> LoopRule:
    """Loop 2010C or 2010D: subscriber or dependent."""
    identified = "08!=II|MI 09!" if role == "IL" else ""
    relation = "01!=Y 02!=18 08" if role == "IL" else "01!=N 02! 17"
    return loop(
        id,
        name,
        "R1",
        seg("NM1", "Name", "R1", f"01!={role} 02!=1 {_PERSON} {identified}"),
        ref("Other number", _PATIENT_REFS, "S9"),
        *address("S"),
        *_refusals(asked),
        seg("DMG", "Birth and sex", "S1", "01!=D8 02! 03=F|M|U"),
        seg("INS", "Relationship", "S1", relation),
    )


def _provider(id: str, name: str, usage: str, roles: str, asked: bool) -> LoopRule:
    """Loop 2010EA or 2010FA: who is to treat the patient."""
    return loop(
        id,
        name,
        usage,
        seg("NM1", "Name", "R1", f"01!={roles} 02!=1|2 03 04 05 06 07 {_PROVIDER_IDS}"),
        ref("Other number", "0B|1G|1J|EI|N5|N7|SY|ZH", "S7"),
        *address("S"),
        contact("Contact", "S1"),
        *_refusals(asked),
        seg("PRV", "Specialty", "S1", "01! 02!=PXC 03!"),
    )


def _um(usage: str) -> Part:
    return seg(
        "UM",
        "Review",
        usage,
        "01!=AR|HS|IN|SC 02!=1|2|3|4|5|6|I|N|R|S 03 04 04-1! 04-2!=A|B 05 05-1=AA|AP|EM 05-2=AP|EM 05-3=AP 05-4..5"
        " 06=03|E|U 07 08 09=A|I|M|N|O|Y 10=1|2|3|4|7|8|10|11|15|16|17",
    )


def _decision() -> Part:
    return seg("HCR", "Decision", "S1", "01!=A1|A2|A3|A4|A6|C|CT|NA 02 03 04=N|Y")


def _transport() -> tuple[Part, ...]:
    return (
        seg("CRC", "Ambulance", "S1", "01!=07 02! 03! 04..07"),
        seg("CRC", "Chiropractic", "S1", "01!=08 02! 03! 04..07"),
        seg("CRC", "Equipment", "S1", "01!=09 02! 03! 04..07"),
        seg("CRC", "Oxygen", "S1", "01!=11 02! 03! 04..07"),
        seg("CRC", "Functional limits", "S1", "01!=75 02! 03! 04..07"),
        seg("CRC", "Activities permitted", "S1", "01!=76 02! 03! 04..07"),
        seg("CRC", "Mental state", "S1", "01!=77 02! 03! 04..07"),
        seg("CL1", "Admission", "S1", "01 02 03 04"),
        seg("CR1", "Ambulance transport", "S1"),
        seg("CR2", "Spinal manipulation", "S1"),
        seg("CR5", "Oxygen therapy", "S1"),
        seg("CR6", "Home health care", "S1"),
    )


def _papers(asked: bool) -> Part:
    how = "02!=AA|BM|EL|EM|FX|VO" if asked else "02!=BM|EL|EM|FX|VO"
    return seg("PWK", "Papers", "S10", f"01! {how} 05=AC 06 07")


def _trace(asked: bool) -> Part:
    return seg("TRN", "Trace", "S2" if asked else "S3", f"01!={'1' if asked else '1|2'} 02! 03! 04")


def _service(asked: bool) -> LoopRule:
    """Loop 2000F: one service of the event, where the event is not judged as a whole."""
    procedure = "-1!=HC|ID|IV|N4|WK|ZZ {0}-2! {0}-3..8"
    dates = () if asked else (day("Issued", "102"), day("Expires", "036"), day("In effect", "007", "S1", "D8|RD8"))
    return loop(
        "2000F",
        "Service",
        "S*",
        seg("HL", "Level", "R1", "01! 02! 03!=SS 04!=0"),
        _trace(asked),
        *_refusals(asked),
        _um("S1"),
        *(() if asked else (_decision(),)),
        ref("Earlier authorization", "BB"),
        ref("Earlier administrative number", "NT"),
        day("Date of service", "472", "S1", "D8|RD8"),
        *dates,
        seg("HI", "Request for information", "S1"),
        seg("SV1", "Professional service", "S1", f"01! 01{procedure.format('01')} 02 03=F2|MJ|UN 04 07 11"),
        seg("SV2", "Institutional service", "S1", f"01 02 02{procedure.format('02')} 03 04=DA|F2|UN 05 06 09 10"),
        seg("SV3", "Dental service", "S1", "01! 01-1!=AD 01-2! 01-3..8 02 04..06"),
        seg("TOO", "Tooth", "S32", "01!=JP 02 03"),
        seg("HSD", "Quantity and pattern", "S1", _HSD),
        _papers(asked),
        seg("MSG", "Message", "S1", "01!"),
        _provider("2010FA", "Provider of the service", "S12", _LINE_ROLES, asked),
    )


def _event(asked: bool, usage: str = "S1") -> LoopRule:
    """Loop 2000E: what is asked for, or decided."""
    decided = (
        _decision(),
        ref("Administrative number", "NT"),
        ref("Earlier authorization", "BB"),
    )
    earlier = (ref("Earlier authorization", "BB"), ref("Earlier administrative number", "NT"))
    issued = () if asked else (day("Issued", "102"), day("Expires", "036"), day("In effect", "007", "S1", "D8|RD8"))
    return loop(
        "2000E",
        "Event",
        usage,
        seg("HL", "Level", "R1", "01! 02! 03!=EV 04!=0|1"),
        _trace(asked),
        *_refusals(asked),
        _um("R1" if asked else "S1"),
        *(earlier if asked else decided),
        day("Accident", "439"),
        day("Last menstrual period", "484"),
        day("Expected birth", "ABC"),
        day("Onset", "431"),
        day("Event", "AAH", "S1", "D8|RD8"),
        day("Admission", "435", "S1", "D8|RD8"),
        day("Discharge", "096"),
        *issued,
        seg("HI", "Diagnoses", "S1", "01..12 01..12-1!=ABF|ABJ|ABK|APR|BF|BJ|BK|DR|LOI|PR 01..12-2! 01..12-3..4"),
        seg("HSD", "Quantity and pattern", "S1", _HSD),
        *_transport(),
        _papers(asked),
        seg("MSG", "Message", "S1", "01!"),
        _provider("2010EA", "Provider", "S14", _ROLES, asked),
        loop(
            "2010EB",
            "Transport" if asked else "Contact for papers",
            "S5",
            seg("NM1", "Name", "R1", "01!=45|FS|ND|PW|R3 02!=2 03" if asked else "01! 02!=1|2 03 04 05 07 08 09"),
            *address("S"),
            *(() if asked else (contact("Contact", "S3"),)),
        ),
        loop(
            "2010EC",
            "Other reviewer" if asked else "Transport",
            "S5",
            seg("NM1", "Name", "R1", "01! 02!=1|2 03"),
            *address("S"),
            ref("Other reviewer's number", "ZZ", "S9"),
            day("Date of its decision", "598"),
        ),
        _service(asked),
    )


def _patient_levels(asked: bool) -> LoopRule:
    return loop(
        "2000C",
        "Subscriber level",
        "R1" if asked else "S1",
        seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
        *(() if asked else (seg("TRN", "Trace", "S3", "01!=1|2 02! 03! 04"), *_refusals(asked))),
        _person("2010C", "IL", "Subscriber", asked),
        loop(
            "2000D",
            "Dependent level",
            "S1",
            seg("HL", "Level", "R1", "01! 02! 03!=23 04!=0|1"),
            *_refusals(asked),
            _person("2010D", "QC", "Dependent", asked),
            _event(asked, "R1" if asked else "S1"),
        ),
        _event(asked),
    )


def _requester(asked: bool) -> LoopRule:
    return loop(
        "2000B",
        "Requester level",
        "R1" if asked else "S1",
        seg("HL", "Level", "R1", f"01! 02! 03!=21 04!={'1' if asked else '0|1'}"),
        loop(
            "2010B",
            "Requester",
            "R1",
            seg("NM1", "Name", "R1", "01!=1P|FA 02!=1|2 03 04 05 07 08!=24|34|46|XX 09!"),
            ref("Other number", "1G|1J|CT|EI|N5|N7|SY|ZH", "S8"),
            *address("S"),
            contact("Contact", "S1"),
            *_refusals(asked),
            seg("PRV", "Specialty", "S1", "01!=AD|AS|AT|CO|CV|OP|OR|OT|PC|PE|RF 02!=PXC 03!"),
        ),
        _patient_levels(asked),
    )


def _guide(asked: bool) -> Guide:
    """The request and the answer have the same levels; an answer adds refusals and decisions."""
    begin = "02!=01|13|36 03! 04! 05! 06=RU" if asked else "02!=11 03! 04! 05! 06=18|19|AT|RU"
    return Guide(
        "278",
        "Services review request (278)" if asked else "Services review answer (278)",
        "HI",
        ("005010X217",),
        loop(
            "ST",
            "Services review",
            "R1",
            seg("BHT", "Beginning", "R1", f"01!=0007 {begin}"),
            loop(
                "2000A",
                "Payer level",
                "R1",
                seg("HL", "Level", "R1", f"01! 03!=20 04!={'1' if asked else '0|1'}"),
                *_refusals(asked),
                loop(
                    "2010A",
                    "Payer",
                    "R1",
                    seg("NM1", "Name", "R1", f"01!=X3 02!=1|2 {_PERSON} {_ORGANIZATION_IDS}"),
                    *(() if asked else (contact("Contact", "S1", numbers="EM|FX|TE|UR"), *_refusals(asked))),
                ),
                _requester(asked),
            ),
        ),
        rules={
            "2000C": (patient_rules,) if asked else (),
            "2000E": (request_rules if asked else answer_rules,),
        },
        purposes=frozenset({"01", "13", "36"} if asked else {"11"}),
    )


REVIEW_REQUEST = _guide(asked=True)
REVIEW_RESPONSE = _guide(asked=False)
