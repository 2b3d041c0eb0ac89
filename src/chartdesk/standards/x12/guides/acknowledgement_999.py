"""The guide of the implementation acknowledgement, 005010X231A1, 999."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, Part, loop, seg
from chartdesk.standards.x12.rules.acknowledgement_999 import group_rules, set_rules

_SUBJECTS = "CLM01|ENT01|NM109|PATIENT_NAME_NM109|SUBSCRIBER_NAME_NM109|SUBSCRIBER_NUMBER_REF02|TRN02"
_ELEMENT_CODES = "1|2|3|4|5|6|7|8|9|10|12|13|I6|I9|I10|I11|I12|I13"
_SET_CODES = "1|2|3|4|5|6|7|8|9|10|11|12|13|15|16|17|18|19|23|24|25|26|27|I5|I6"
_GROUP_CODES = "1|2|3|4|5|6|10|11|12|13|14|15|16|17|18|19|23|24|25|26"


def _contexts(usage: str) -> tuple[Part, ...]:
    """CTX: what situation asked for the element, and whose claim or person it is about."""
    return (
        seg("CTX", "Situation", usage, "01! 01-1!=SITUATIONAL_TRIGGER 01-2 02 03 04 05 06"),
        seg("CTX", "Subject", "S1", f"01! 01-1!={_SUBJECTS} 01-2 02 03 04 05 06"),
    )


GUIDE = Guide(
    "999",
    "Acknowledgement (999)",
    "FA",
    ("005010X231A1", "005010X231"),
    loop(
        "ST",
        "Acknowledgement",
        "R1",
        seg("AK1", "Group answered", "R1", "01! 02! 03!"),
        loop(
            "2000",
            "Set answered",
            "S*",
            seg("AK2", "Set", "R1", "01! 02! 03"),
            loop(
                "2100",
                "Segment at fault",
                "S*",
                seg("IK3", "Segment", "R1", "01! 02! 03 04=1|2|3|4|5|6|7|8|I4|I6|I7|I8|I9"),
                *_contexts("S9"),
                loop(
                    "2110",
                    "Element at fault",
                    "S*",
                    seg("IK4", "Element", "R1", f"01! 02 03!={_ELEMENT_CODES} 04"),
                    *_contexts("S10"),
                ),
            ),
            loop("IK5", "Answer to the set", "R1", seg("IK5", "Answer", "R1", f"01!=A|E|M|R|W|X 02..06={_SET_CODES}")),
        ),
        loop(
            "AK9",
            "Answer to the group",
            "R1",
            seg("AK9", "Answer", "R1", f"01!=A|E|M|P|R|W|X 02! 03! 04! 05..09={_GROUP_CODES}"),
        ),
    ),
    rules={"2000": (set_rules,), "ST": (group_rules,)},
    cut=frozenset({"2000"}),
)
