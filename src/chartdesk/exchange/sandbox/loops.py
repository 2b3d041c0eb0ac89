"""Which loop of the 837 (005010X222A1, 005010X223A2) each segment belongs to.

A small state machine over segment names and qualifiers. Both the inspection of a file and the reading of
its claims walk the result.
"""

from __future__ import annotations

import msgspec

from chartdesk.exchange.sandbox.wire import Segment

HL_LOOPS = {"20": "2000A", "22": "2000B", "23": "2000C"}
#: Loops that end whatever claim stands before them.
LEVELS = ("head", "2000A", "2000B", "2000C", "HL", "foot")
NAMES = {
    "head": {"41": "1000A", "40": "1000B"},
    "2000A": {"85": "2010AA", "87": "2010AB", "PE": "2010AC"},
    "2000B": {"IL": "2010BA", "PR": "2010BB"},
    "2000C": {"QC": "2010CA"},
    "2300": {"DN": "2310A", "P3": "2310A", "82": "2310B", "77": "2310C", "DQ": "2310D", "PW": "2310E",
             "45": "2310F"},
    "2320": {"IL": "2330A", "PR": "2330B", "DN": "2330C", "P3": "2330C", "82": "2330D", "77": "2330E",
             "DQ": "2330F", "85": "2330G"},
    "2400": {"82": "2420A", "QB": "2420B", "77": "2420C", "DQ": "2420D", "DK": "2420E", "DN": "2420F",
             "P3": "2420F", "PW": "2420G", "45": "2420H"},
}  # fmt: skip
#: Those of the institutional claim: other people under a claim, another payer and a line.
_INSTITUTIONAL = NAMES | {
    "2300": {"71": "2310A", "72": "2310B", "ZZ": "2310C", "82": "2310D", "77": "2310E", "DN": "2310F"},
    "2320": {"IL": "2330A", "PR": "2330B", "71": "2330C", "72": "2330D", "ZZ": "2330E", "77": "2330F", "82": "2330G",
             "DN": "2330H", "85": "2330I"},
    "2400": {"72": "2420A", "ZZ": "2420B", "82": "2420C", "DN": "2420D"},
}  # fmt: skip


def is_institutional(segments: list[Segment]) -> bool:
    """Whether a transaction set holds institutional claims (ST03)."""
    return segments[0][3].startswith("005010X223")


class Loop(msgspec.Struct):
    """One occurrence of a loop: its guide name and its own segments, children apart."""

    id: str
    segments: list[Segment]

    def first(self, name: str, qualifier: str | tuple[str, ...] = ()) -> Segment | None:
        """The first segment of that name, and of one of the qualifiers in its first element."""
        wanted = (qualifier,) if isinstance(qualifier, str) else qualifier
        for segment in self.segments:
            if segment.name == name and (not wanted or segment[1] in wanted):
                return segment
        return None

    def every(self, name: str) -> list[Segment]:
        """All segments of that name."""
        return [segment for segment in self.segments if segment.name == name]


def loops(segments: list[Segment]) -> list[Loop]:
    """The segments of one transaction set, cut into loops in the order they came."""
    found = [Loop("head", [])]
    area, names = "head", _INSTITUTIONAL if is_institutional(segments) else NAMES
    for segment in segments:
        area, loop = _next(area, names, segment)
        if loop:
            found.append(Loop(loop, []))
        found[-1].segments.append(segment)
    return found


def _next(area: str, names: dict[str, dict[str, str]], segment: Segment) -> tuple[str, str]:
    """The area after this segment, and the loop it opens; empty where it opens none."""
    name = segment.name
    in_claim = area in ("2300", "2320", "2400")
    if name == "HL":
        level = HL_LOOPS.get(segment[3], "HL")
        return level, level
    if name == "CLM":
        return "2300", "2300"
    if name == "SBR" and in_claim:
        return "2320", "2320"
    if name == "LX" and in_claim:
        return "2400", "2400"
    if name == "NM1":
        return area, names.get(area, {}).get(segment[1], "")
    if area == "2400" and name in ("LIN", "SVD", "LQ"):
        return area, {"LIN": "2410", "SVD": "2430", "LQ": "2440"}[name]
    if name == "SE":
        return area, "foot"
    return area, ""
