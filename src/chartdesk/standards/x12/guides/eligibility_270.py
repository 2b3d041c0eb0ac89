"""The guide of the eligibility inquiry, 005010X279A1, 270."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, LoopRule, Part, loop, seg
from chartdesk.standards.x12.guides.shared import address, day, ref
from chartdesk.standards.x12.rules.eligibility import question_rules

SOURCES = "2B|36|GP|P5|PR"
RECEIVERS = "1P|2B|36|80|FA|GP|P5|PR"
SOURCE_IDS = "24|46|FI|NI|PI|XV|XX"
RECEIVER_IDS = "24|34|FI|PI|PP|SV|XV|XX"
RECEIVER_REFS = "0B|1C|1D|1J|4A|CT|EL|EO|HPI|JD|N5|N7|Q4|SY|TJ"
PERSON_REFS = "18|1L|1W|3H|49|6P|CE|CT|EA|EJ|F6|GH|HJ|IF|IG|ML|MRC|N6|NQ|Q4|SY|Y4"


def trace(usage: str) -> Part:
    """A TRN of a subscriber or dependent."""
    return seg("TRN", "Trace", usage, "01!=1|2 02! 03! 04")


def person(id: str, role: str, name: str, *inner: Part, dates: str) -> LoopRule:
    """Loop 2100C or 2100D of a 270: who is asked about."""
    identified = "08=II|MI 09" if role == "IL" else ""
    return loop(
        id,
        name,
        "R1",
        seg("NM1", "Name", "R1", f"01!={role} 02!=1|2 03 04 05 07 {identified}"),
        ref("Other number", PERSON_REFS, "S9"),
        *address("S"),
        seg("PRV", "Provider", "S1", "01! 02 03"),
        seg("DMG", "Birth and sex", "S1", "01 02 03=F|M|U"),
        seg("INS", "Relationship", "S1", "01!=Y|N 02! 17"),
        seg("HI", "Diagnoses", "S1"),
        day("Date asked about", dates, "S2", "D8|RD8"),
        *inner,
    )


def _question(id: str) -> LoopRule:
    return loop(
        id,
        "Question",
        "S99",
        seg("EQ", "Service asked about", "R1", "01 02 02-1!=AD|CJ|HC|ID|IV|N4|ZZ 02-2! 02-3..6 03=FAM|IND 05"),
        seg("AMT", "Spend down", "S2", "01!=PB|R 02!"),
        seg("III", "Place of service", "S10", "01!=ZZ 02!"),
        ref("Authorization or referral", "9F|G1"),
        day("Date of service", "291", "S1", "D8|RD8"),
    )


GUIDE = Guide(
    "270",
    "Eligibility inquiry (270)",
    "HS",
    ("005010X279A1", "005010X279"),
    loop(
        "ST",
        "Eligibility inquiry",
        "R1",
        seg("BHT", "Beginning", "R1", "01!=0022 02!=01|13|36 03 04! 05! 06=RT"),
        loop(
            "2000A",
            "Payer level",
            "R*",
            seg("HL", "Level", "R1", "01! 03!=20 04!=1"),
            loop(
                "2100A",
                "Payer",
                "R1",
                seg("NM1", "Name", "R1", f"01!={SOURCES} 02!=1|2 03 04 05 07 08!={SOURCE_IDS} 09!"),
            ),
            loop(
                "2000B",
                "Provider level",
                "R*",
                seg("HL", "Level", "R1", "01! 02! 03!=21 04!=1"),
                loop(
                    "2100B",
                    "Provider",
                    "R1",
                    seg("NM1", "Name", "R1", f"01!={RECEIVERS} 02!=1|2 03 04 05 07 08!={RECEIVER_IDS} 09!"),
                    ref("Other number", RECEIVER_REFS, "S9", "03"),
                    *address("S"),
                    seg("PRV", "Specialty", "S1", "01! 02=PXC 03"),
                ),
                loop(
                    "2000C",
                    "Subscriber level",
                    "R*",
                    seg("HL", "Level", "R1", "01! 02! 03!=22 04!=0|1"),
                    trace("S2"),
                    person("2100C", "IL", "Subscriber", _question("2110C"), dates="102|291"),
                    loop(
                        "2000D",
                        "Dependent level",
                        "S*",
                        seg("HL", "Level", "R1", "01! 02! 03!=23 04!=0"),
                        trace("S2"),
                        person("2100D", "03", "Dependent", _question("2110D"), dates="102|291"),
                    ),
                ),
            ),
        ),
    ),
    rules={"2110C": (question_rules,), "2110D": (question_rules,)},
    cut=frozenset({"2000C"}),
)
