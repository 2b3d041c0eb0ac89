"""The guide of the implementation acknowledgement, 005010X231A1, 999."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import Guide, loop, seg

_CONTEXT = "01! 02 03 04 05 06"

GUIDE = Guide(
    "999",
    "Acknowledgement (999)",
    "FA",
    ("005010X231A1", "005010X231"),
    loop(
        "ST",
        "Acknowledgement",
        "R1",
        seg("AK1", "Group answered", "R1", "01! 02! 03"),
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
                seg("CTX", "Context", "S10", _CONTEXT),
                loop(
                    "2110",
                    "Element at fault",
                    "S*",
                    seg("IK4", "Element", "R1", "01! 02 03! 04"),
                    seg("CTX", "Context", "S10", _CONTEXT),
                ),
            ),
            loop("IK5", "Answer to the set", "R1", seg("IK5", "Answer", "R1", "01!=A|E|M|R|W|X 02..06")),
        ),
        loop(
            "AK9",
            "Answer to the group",
            "R1",
            seg("AK9", "Answer", "R1", "01!=A|E|M|P|R|W|X 02! 03! 04! 05..09"),
        ),
    ),
)
