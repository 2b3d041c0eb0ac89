"""The envelope segments as a guide has them (X12.5, 005010)."""

from __future__ import annotations

from chartdesk.standards.x12.guides.model import SegmentRule, seg

_NOTES = "|".join(f"{note:03d}" for note in range(32))
_QUALIFIERS = "01|14|20|27|28|29|30|33|ZZ"

ENVELOPE: dict[str, SegmentRule] = {
    "ISA": seg(
        "ISA",
        "Interchange header",
        "R1",
        f"01!=00|01|02|03|04|05|06 02! 03!=00|01 04!"
        f" 05!={_QUALIFIERS} 06! 07!={_QUALIFIERS} 08! 09! 10! 11! 12!=00501|00602 13!"
        " 14!=0|1 15!=P|T 16!",
    ),
    "TA1": seg("TA1", "Interchange answer", "S*", f"01! 02! 03! 04!=A|E|R 05!={_NOTES}"),
    "GS": seg("GS", "Group header", "R1", "01! 02! 03! 04! 05! 06! 07!=X 08!"),
    "ST": seg("ST", "Set header", "R1", "01! 02! 03"),
    "SE": seg("SE", "Set trailer", "R1", "01! 02!"),
    "GE": seg("GE", "Group trailer", "R1", "01! 02!"),
    "IEA": seg("IEA", "Interchange trailer", "R1", "01! 02!"),
}
