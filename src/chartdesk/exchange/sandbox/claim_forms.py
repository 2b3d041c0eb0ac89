"""What an 837 must have, segment by segment and element by element: professional (005010X222A1), institutional
(005010X223A2)."""

from __future__ import annotations

import msgspec

from chartdesk.exchange.sandbox.loops import is_institutional
from chartdesk.exchange.sandbox.wire import Segment

Required = dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
Elements = tuple[tuple[str, str, tuple[str, ...], int, int, str, str], ...]


class Form(msgspec.Struct, frozen=True):
    """One kind of claim: segments that a loop must have, elements, and the most service lines."""

    required: Required
    elements: Elements
    lines: int


#: Segments without which a loop is not what it says it is: (name, qualifiers of its first element).
_REQUIRED: Required = {
    "head": (("BHT", ()),),
    "1000A": (("PER", ("IC",)),),
    "2000B": (("SBR", ()),),
    "2000C": (("PAT", ()),),
    "2010AA": (("N3", ()), ("N4", ()), ("REF", ("EI", "SY"))),
    "2010CA": (("N3", ()), ("N4", ()), ("DMG", ("D8",))),
    "2320": (("OI", ()),),
    "2400": (("SV1", ()), ("DTP", ("472",))),
}
#: Loops that must follow inside another before the next of its kind.
REQUIRED_LOOPS = {
    "2000A": ("2010AA",),
    "2000B": ("2010BA", "2010BB"),
    "2000C": ("2010CA",),
    "2300": ("2400",),
    "2320": ("2330A", "2330B"),
}
#: Elements: (loop or *, segment, qualifiers, element, component, dictionary number, kind or values).
_ELEMENTS: Elements = (
    ("head", "BHT", (), 1, 0, "1005", "=0019"),
    ("head", "BHT", (), 2, 0, "353", "=00 18"),
    ("head", "BHT", (), 3, 0, "127", "any"),
    ("head", "BHT", (), 4, 0, "373", "date"),
    ("head", "BHT", (), 6, 0, "640", "=CH RP 31"),
    ("1000A", "NM1", (), 9, 0, "67", "any"),
    ("1000B", "NM1", (), 9, 0, "67", "any"),
    ("2010AA", "NM1", (), 3, 0, "1035", "any"),
    ("2000B", "SBR", (), 1, 0, "1138", "=P S T A B C D E F G H U"),
    ("2010BA", "NM1", (), 3, 0, "1035", "any"),
    ("2010BA", "NM1", (), 9, 0, "67", "any"),
    ("2010BA", "DMG", (), 2, 0, "1251", "date"),
    ("2010BA", "DMG", (), 3, 0, "1068", "=F M U"),
    ("2010BB", "NM1", (), 9, 0, "67", "any"),
    ("2010CA", "NM1", (), 3, 0, "1035", "any"),
    ("2010CA", "DMG", (), 2, 0, "1251", "date"),
    ("2300", "CLM", (), 1, 0, "1028", "any"),
    ("2300", "CLM", (), 2, 0, "782", "number"),
    ("2300", "CLM", (), 5, 1, "1331", "any"),
    ("2300", "CLM", (), 5, 2, "1332", "=B"),
    ("2300", "CLM", (), 5, 3, "1325", "=1 6 7 8"),
    ("2320", "SBR", (), 1, 0, "1138", "=P S T A B C D E F G H U"),
    ("2320", "AMT", (), 2, 0, "782", "number"),
    ("2400", "SV1", (), 1, 1, "235", "=HC ER IV WK"),
    ("2400", "SV1", (), 1, 2, "234", "any"),
    ("2400", "SV1", (), 2, 0, "782", "number"),
    ("2400", "SV1", (), 3, 0, "355", "=UN MJ"),
    ("2400", "SV1", (), 4, 0, "380", "number"),
    ("2400", "SV1", (), 7, 1, "1328", "pointer"),
    ("2400", "DTP", ("472",), 3, 0, "1251", "period"),
    ("2430", "SVD", (), 2, 0, "782", "number"),
    ("*", "CAS", (), 1, 0, "1033", "=CO CR OA PI PR"),
    ("*", "CAS", (), 3, 0, "782", "number"),
)

#: Instead of those of the professional claim: its segments, its kind of bill, its service lines.
_INSTITUTIONAL: Elements = (
    ("2300", "CLM", (), 5, 2, "1332", "=A"),
    ("2300", "CLM", (), 5, 3, "1325", "=0 1 2 3 4 5 7 8 9"),
    ("2300", "CL1", (), 3, 0, "1352", "any"),
    ("2300", "DTP", ("434",), 3, 0, "1251", "period"),
    ("2400", "SV2", (), 1, 0, "234", "any"),
    ("2400", "SV2", (), 3, 0, "782", "number"),
    ("2400", "SV2", (), 4, 0, "355", "=UN DA"),
    ("2400", "SV2", (), 5, 0, "380", "number"),
)
_OTHERWISE = {("CLM", 5, 2), ("CLM", 5, 3)}
PROFESSIONAL = Form(_REQUIRED, _ELEMENTS, 50)
INSTITUTIONAL = Form(
    _REQUIRED | {"2300": (("CL1", ()), ("DTP", ("434",)), ("HI", ())), "2400": (("SV2", ()),)},
    tuple(one for one in _ELEMENTS if one[1] != "SV1" and (one[1], *one[3:5]) not in _OTHERWISE) + _INSTITUTIONAL,
    999,
)


def of(segments: list[Segment]) -> Form:
    """What a transaction set is held against, by its version (ST03)."""
    return INSTITUTIONAL if is_institutional(segments) else PROFESSIONAL
