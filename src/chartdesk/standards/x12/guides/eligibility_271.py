"""The guide of the eligibility answer, 005010X279A1, 271."""

from __future__ import annotations

from chartdesk.standards.x12.guides.eligibility_270 import (
    PERSON_REFS,
    RECEIVER_IDS,
    RECEIVER_REFS,
    RECEIVERS,
    SOURCE_IDS,
    SOURCES,
)
from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import address, ref
from chartdesk.standards.x12.rules.eligibility import answer_rules, benefit_rules, refusal_rules

_NUMBERS = "ED|EM|FX|HP|TE|UR|WP"
_BENEFIT_INFO = "1|2|3|4|5|6|7|8|A|B|C|CB|D|E|F|G|H|I|J|K|L|M|MC|N|O|P|Q|R|S|T|U|V|W|X|Y"


def _aaa() -> Part:
    return seg("AAA", "Refusal", "S9", "01!=N|Y 03! 04!=C|N|P|R|S|W|X|Y")


def _contact(usage: str) -> Part:
    more = f"{_NUMBERS}|EX"
    return seg("PER", "Contact", usage, f"01!=IC 02 03={_NUMBERS} 04 05={more} 06 07={more} 08")


def _dates(name: str, usage: str) -> Part:
    return seg("DTP", name, usage, "01! 02!=D8|RD8 03!")


def _benefit(id: str, limit: str, entity: str) -> LoopRule:
    return loop(
        id,
        "Benefit",
        "S*",
        seg(
            "EB",
            "Benefit",
            "R1",
            f"01!={_BENEFIT_INFO} 02=CHD|DEP|ECH|EMP|ESP|FAM|IND|SPC|SPO 03 04 05 06 07 08 09 10 11=N|U|Y"
            " 12=N|U|W|Y 13 13-1!=AD|CJ|HC|ID|IV|N4|ZZ 13-2! 13-3..6 13-8 14",
        ),
        seg("HSD", "Delivery", "S9", "01..08"),
        ref("Number", f"{PERSON_REFS}|1L|9F|ALS|CLI|FO|G1|M7|NQ", "S9", "03"),
        _dates("Date", "S20"),
        _aaa(),
        seg("MSG", "Message", "S10", "01!"),
        loop(limit, "Limit", "S10", seg("III", "Limit", "R1", "01..04")),
        loop(
            f"LS-{entity}",
            "Related parties",
            "S1",
            seg("LS", "Start", "R1", "01!=2120"),
            loop(
                entity,
                "Related party",
                "S23",
                seg("NM1", "Name", "R1", "01! 02!=1|2 03 04 05 07 08 09 10"),
                *address("S"),
                _contact("S3"),
                seg("PRV", "Specialty", "S1", "01! 02=PXC 03"),
            ),
            loop(f"LE-{entity}", "End", "R1", seg("LE", "End", "R1", "01!=2120")),
        ),
    )


def _person(id: str, role: str, name: str, *inner: Part) -> LoopRule:
    identified = "08=II|MI 09" if role == "IL" else ""
    return loop(
        id,
        name,
        "R1",
        seg("NM1", "Name", "R1", f"01!={role} 02!=1|2 03 04 05 07 {identified}"),
        ref("Other number", PERSON_REFS, "S9", "03"),
        *address("S"),
        _aaa(),
        seg("PRV", "Provider", "S1", "01! 02 03"),
        seg("DMG", "Birth and sex", "S1", "01 02 03=F|M|U"),
        seg("INS", "Relationship", "S1", "01!=Y|N 02! 03=001 04=25 17"),
        seg("HI", "Diagnoses", "S1"),
        _dates("Date of the plan", "S9"),
        seg("MPI", "Military service", "S1", "01! 02! 03! 04 05 06 07"),
        *inner,
    )


def _trace() -> Part:
    return seg("TRN", "Trace", "S3", "01!=1|2 02! 03! 04")


GUIDE = Guide(
    "271",
    "Eligibility answer (271)",
    "HB",
    ("005010X279A1", "005010X279"),
    loop(
        "ST",
        "Eligibility answer",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0022 02!=06|11 03 04! 05!"),
        loop(
            "2000A",
            "Payer level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=0|1"),
            _aaa(),
            loop(
                "2100A",
                "Payer",
                "R1",
                seg("NM1", "Name", "R1", f"01!={SOURCES} 02!=1|2 03 04 05 07 08!={SOURCE_IDS} 09!"),
                _contact("S3"),
                _aaa(),
            ),
            loop(
                "2000B",
                "Provider level",
                "S*",
                seg("HL", "Level", "R1", "01! 02! 03!=21 04!=0|1"),
                loop(
                    "2100B",
                    "Provider",
                    "R1",
                    seg("NM1", "Name", "R1", f"01!={RECEIVERS} 02!=1|2 03 04 05 07 08!={RECEIVER_IDS} 09!"),
                    ref("Other number", RECEIVER_REFS, "S9", "03"),
                    *address("S"),
                    _aaa(),
                    seg("PRV", "Specialty", "S1", "01! 02=PXC 03"),
                ),
                loop(
                    "2000C",
                    "Subscriber level",
                    "S*",
                    seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
                    _trace(),
                    _person("2100C", "IL", "Subscriber", _benefit("2110C", "2115C", "2120C")),
                    loop(
                        "2000D",
                        "Dependent level",
                        "S*",
                        seg("HL", "Level", "R1", "01! 02! 03!=23 04!=0"),
                        _trace(),
                        _person("2100D", "03", "Dependent", _benefit("2110D", "2115D", "2120D")),
                    ),
                ),
            ),
        ),
    ),
    rules={
        **dict.fromkeys(("2110C", "2110D"), (benefit_rules,)),
        **dict.fromkeys(("2000A", "2100A", "2100B", "2100C", "2100D"), (refusal_rules,)),
        **dict.fromkeys(("2000C", "2000D"), (answer_rules,)),
    },
    cut=frozenset({"2000C"}),
)
