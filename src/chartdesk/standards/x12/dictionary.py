"""The data dictionary: the type and length of every element of the segments we know.

X12.3 and X12.22, release 005010. One line a segment. ``AN2-80`` is text of 2 to 80 characters, ``TX`` the
same for words meant for people (names, streets, notes), ``ID`` a code, ``N0`` a whole number, ``R`` a
decimal, ``DT`` a date, ``TM`` a time, ``B`` bytes of any kind. ``{C003}`` is a composite, ``+`` an element
that may repeat, ``x6(…)`` a run that comes six times. After ``|`` stand the syntax notes: P (all or none),
R (at least one), C (if the first then the others), L (if the first then one of the others), E (not more than one).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec


class ElementType(msgspec.Struct, frozen=True):
    """What an element may hold. ``composite`` names its parts; then the lengths are of no use."""

    kind: str
    least: int
    most: int
    repeats: bool = False
    parts: tuple[ElementType, ...] = ()


class SegmentType(msgspec.Struct, frozen=True):
    """A segment's elements in order, and its syntax notes as (letter, places)."""

    elements: tuple[ElementType, ...]
    notes: tuple[tuple[str, tuple[int, ...]], ...] = ()


COMPOSITES = {
    "C001": "ID2-2 R1-15 R1-10",
    "C002": "ID2-2 ID2-2 ID2-2 ID2-2 ID2-2",
    "C003": "ID2-2 AN1-48 AN2-2 AN2-2 AN2-2 AN2-2 TX1-80 AN1-48",
    "C004": "N0-1-2 N0-1-2 N0-1-2 N0-1-2",
    "C005": "ID1-2 ID1-2 ID1-2 ID1-2 ID1-2",
    "C006": "ID1-3 ID1-3 ID1-3 ID1-3 ID1-3",
    "C022": "ID1-3 AN1-30 ID2-3 AN1-35 R1-18 R1-15 AN1-30 AN1-30 ID1-1",
    "C023": "AN1-2 ID1-2 ID1-1",
    "C024": "ID2-3 ID2-3 ID2-3 ID2-2 ID2-3",
    "C030": "N0-1-2 N0-1-2 N0-1-4",
    "C035": "AN1-3 ID1-3 ID1-1",
    "C040": "ID2-3 AN1-50 ID2-3 AN1-50 ID2-3 AN1-50",
    "C042": "ID2-2 AN1-50",
    "C043": "AN1-30 AN1-30 ID2-3 ID1-3",
    "C056": "ID1-1 ID1-3 AN1-30",
    "C998": "AN1-35 AN1-50",
    "C999": "N0-1-4 N0-1-4",
}

SEGMENTS = {
    # envelope
    "ISA": "ID2-2 AN10-10 ID2-2 AN10-10 ID2-2 AN15-15 ID2-2 AN15-15 DT6-6 TM4-4 AN1-1 ID5-5 N0-9-9 ID1-1 ID1-1 AN1-1",
    "IEA": "N0-1-5 N0-9-9",
    "TA1": "N0-9-9 DT6-6 TM4-4 ID1-1 ID3-3",
    "GS": "ID2-2 AN2-15 AN2-15 DT8-8 TM4-8 N0-1-9 ID1-2 AN1-12",
    "GE": "N0-1-6 N0-1-9",
    "ST": "ID3-3 AN4-9 AN1-35",
    "SE": "N0-1-10 AN4-9",
    # what many sets share
    "AMT": "ID1-3 R1-18 ID1-1",
    "BHT": "ID4-4 ID2-2 AN1-50 DT8-8 TM4-8 ID2-2",
    "CUR": "ID2-3 ID3-3 R4-10 ID2-3 ID3-3 ID3-3",
    "DMG": "ID2-3 AN1-35 ID1-1 ID1-1 {C056}+ ID1-2 ID2-3 ID1-2 R1-15 ID1-3 AN1-30 | P0102",
    "DTM": "ID3-3 DT8-8 TM4-8 ID2-2 ID2-3 AN1-35 | R020305 P0506",
    "DTP": "ID3-3 ID2-3 AN1-35",
    "HL": "AN1-12 AN1-12 ID1-2 ID1-1",
    "LQ": "ID1-3 AN1-30",
    "LX": "N0-1-6",
    "MSG": "TX1-264 ID2-2 N0-1-9",
    "N1": "ID2-3 TX1-60 ID1-2 AN2-80 ID2-2 ID2-3 | R0203 P0304",
    "N2": "TX1-60 TX1-60",
    "N3": "TX1-55 TX1-55",
    "N4": "TX2-30 ID2-2 ID3-15 ID2-3 ID1-2 AN1-30 ID1-3 | E0207 C0605 C0704",
    "NM1": "ID2-3 ID1-1 TX1-60 TX1-35 TX1-25 TX1-10 TX1-10 ID1-2 AN2-80 ID2-2 ID2-3 TX1-60 | P0809 C1110 C1203",
    "NTE": "ID3-3 TX1-80",
    "PER": "ID2-2 TX1-60 ID2-2 AN1-256 ID2-2 AN1-256 ID2-2 AN1-256 AN1-20 | P0304 P0506 P0708",
    "PRV": "ID1-3 ID2-3 AN1-50 ID2-2 {C035} ID3-3 | P0203",
    "QTY": "ID2-2 R1-15 {C001} AN1-30 | R0204 E0204",
    "REF": "ID2-3 AN1-50 TX1-80 {C040} | R0203",
    "TRN": "ID1-2 AN1-50 AN10-10 AN1-50",
    # claims
    "CAS": "ID1-2 x6(ID1-5 R1-18 R1-15) | L050607 C0605 C0705 L080910 C0908 C1008 L111213 C1211 C1311 L141516"
    " C1514 C1614 L171819 C1817 C1917",
    "CLM": "AN1-38 R1-18 ID1-2 ID1-2 {C023} ID1-1 ID1-1 ID1-1 ID1-1 ID1-1 {C024} ID2-3 ID1-1 ID1-3 ID1-1"
    " ID1-1 ID1-2 ID1-1 ID2-2 ID1-2",
    "CL1": "ID1-1 ID1-1 ID1-2 ID1-1",
    "CN1": "ID2-2 R1-18 R1-6 AN1-50 R1-6 AN1-30",
    "CR1": "ID2-2 R1-10 ID1-1 ID1-1 ID2-2 R1-15 AN1-55 AN1-55 TX1-80 TX1-80 | P0102 P0506",
    "CR2": "N0-1-9 R1-15 ID2-3 ID2-3 ID2-2 R1-15 R1-15 ID1-1 ID1-1 TX1-80 TX1-80 ID1-1 | P0102 C0403 P0506",
    "CR3": "ID1-1 ID2-2 R1-15 ID1-1 TX1-80 | P0203",
    "CRC": "ID2-2 ID1-1 ID2-3 ID2-3 ID2-3 ID2-3 ID2-3",
    "CTP": "ID2-2 ID3-3 R1-17 R1-15 {C001} ID3-3 R1-10 R1-18 ID2-2 AN1-10 N0-1-2 | P0405",
    "FRM": "AN1-20 ID1-1 AN1-50 DT8-8 R1-6 | R02030405",
    "HCP": "ID2-2 R1-18 R1-18 AN1-50 R1-9 AN1-50 R1-18 AN1-48 ID2-2 AN1-48 ID2-2 R1-15 ID2-2 ID1-2 ID1-2"
    " | R0113 P0910 P1112",
    "HI": "x12({C022})",
    "K3": "TX1-80 ID1-2 {C001}",
    "LIN": "AN1-20 ID2-2 AN1-48 ID2-2 AN1-48",
    "MEA": "ID2-2 ID1-3 R1-20 {C001} R1-20 R1-20",
    "OI": "ID1-2 ID2-2 ID1-1 ID1-1 ID1-1 ID1-1",
    "PAT": "ID2-2 ID1-1 ID2-2 ID1-1 ID2-3 AN1-35 ID2-2 R1-10 ID1-1 | P0506 P0708",
    "PS1": "AN1-50 R1-18 ID2-2",
    "PWK": "ID2-2 ID1-2 N0-1-2 ID2-3 ID1-2 AN2-80 TX1-80 {C002} ID1-2 | P0506",
    "SBR": "ID1-1 ID2-2 AN1-50 TX1-60 ID1-3 ID1-1 ID1-1 ID2-2 ID1-2",
    "SV1": "{C003} R1-18 ID2-2 R1-15 AN1-2 ID1-2 {C004} R1-18 ID1-1 ID1-2 ID1-1 ID1-1 ID1-2 ID1-2 ID1-1 | P0304",
    "SV2": "AN1-48 {C003} R1-18 ID2-2 R1-15 R1-10 R1-18 ID1-1 ID1-1 ID1-1 | R0102 P0405",
    "SV5": "{C003} ID2-2 R1-15 R1-18 R1-18 ID1-1 ID1-1",
    "SVD": "AN2-80 R1-18 {C003} AN1-48 R1-15 N0-1-6",
    # remittance
    "BPR": "ID1-2 R1-18 ID1-1 ID3-3 ID1-10 ID2-2 AN3-12 ID1-3 AN1-35 AN10-10 AN9-9 ID2-2 AN3-12 ID1-3 AN1-35"
    " DT8-8 | P0607 C0809 P1213 C1415",
    "CLP": "AN1-38 ID1-2 R1-18 R1-18 R1-18 ID1-2 AN1-50 AN1-2 ID1-1 ID1-2 ID1-4 R1-15 R1-10 ID1-1",
    "MIA": "R1-15 R1-18 R1-15 R1-18 AN1-50 x9(R1-18) R1-15 x4(R1-18) x4(AN1-50) R1-18",
    "MOA": "R1-10 R1-18 x5(AN1-50) R1-18 R1-18",
    "PLB": "AN1-50 DT8-8 x6({C042} R1-18) | P0506 P0708 P0910 P1112 P1314",
    "RDM": "ID1-2 TX1-60 AN1-256 {C040} {C040}",
    "SVC": "{C003} R1-18 R1-18 AN1-48 R1-15 {C003} R1-15",
    "TS2": "x6(R1-18) R1-15 R1-18 R1-15 R1-15 x4(R1-15) x5(R1-18)",
    "TS3": "AN1-50 AN1-2 DT8-8 R1-15 x18(R1-18) R1-15 R1-18",
    # eligibility
    "AAA": "ID1-1 ID2-2 ID2-2 ID1-1",
    "EB": "ID1-3 ID3-3 ID1-2+ ID1-3 TX1-50 ID1-2 R1-18 R1-10 ID2-2 R1-15 ID1-1 ID1-1 {C003} {C004} | P0910",
    "EQ": "ID1-2+ {C003} ID3-3 ID1-3 {C004} | R0102",
    "HSD": "ID2-2 R1-15 ID2-2 R1-6 ID1-2 N0-1-3 ID1-2 ID1-1 | P0102 C0605",
    "III": "ID1-3 AN1-30 ID2-2 TX1-264 R1-15 {C001} ID1-1 ID1-1 ID1-1 | P0102",
    "INS": "ID1-1 ID2-2 ID3-3 ID2-3 ID1-1 {C004} ID1-2 ID2-2 ID1-1 ID1-1 ID2-3 AN1-35 ID1-1 TX2-30"
    " ID2-2 ID2-3 N0-1-9 | P1112",
    "LE": "AN1-4",
    "LS": "AN1-4",
    "MPI": "ID1-1 ID2-2 ID1-1 TX1-80 ID2-2 ID2-3 AN1-35 | P0607",
    # reviews
    "CR5": "ID1-1 R1-15 ID1-1 ID1-1 TX1-80 R1-15 R1-15 R1-15 TX1-80 R1-10 R1-10 ID1-1 ID1-1 ID1-1 ID1-1 R1-10 ID1-1"
    " ID1-1",
    "CR6": "ID1-1 DT8-8 ID2-3 AN1-35 DT8-8 ID1-1 ID1-1 ID1-1 DT8-8 ID2-2 AN1-15 DT8-8 DT8-8 DT8-8 ID2-3 AN1-35 ID1-1"
    " DT8-8 DT8-8 DT8-8 DT8-8 | P0304 P091011 P1516",
    "HCR": "ID1-2 AN1-50 AN1-30+ ID1-1",
    "SV3": "{C003} R1-18 AN1-2 {C006} ID1-1 R1-15 TX1-80 ID1-1 ID1-2 ID1-1 {C004}",
    "TOO": "ID1-3 AN1-30 {C005}",
    "UM": "ID1-2 ID1-1 ID1-2 {C023} {C024} ID1-3 ID1-1 ID1-1 ID1-1 ID1-2",
    # attachments
    "BDS": "ID3-3 N0-1-15 B1-999999999999999",
    "BGN": "ID2-2 AN1-80 DT8-8 TM4-8 ID2-2 AN1-80 ID2-2 ID1-2 ID1-2 | C0504",
    "BIN": "N0-1-15 B1-999999999999999",
    "CAT": "ID1-2 ID1-2 AN1-15 AN1-80",
    "EFI": "ID2-2 TX1-264 ID1-2 AN1-30 AN1-64 ID2-2 ID1-2 AN1-30 AN1-64 AN1-30 ID1-2 AN1-64 N0-1-10 ID1-2 AN1-30 ID1-2",
    "OOI": "AN1-80 ID1-3 AN1-256",
    # acknowledgements
    "AK1": "ID2-2 N0-1-9 AN1-12",
    "AK2": "ID3-3 AN4-9 AN1-35",
    "AK9": "ID1-1 N0-1-6 N0-1-6 N0-1-6 x5(ID1-3)",
    "CTX": "{C998}+ ID2-3 N0-1-10 AN1-4 {C030} {C999}",
    "IK3": "ID2-3 N0-1-10 AN1-4 ID1-3",
    "IK4": "{C030} N0-1-4 ID1-3 AN1-99",
    "IK5": "ID1-1 x5(ID1-3)",
    "STC": "{C043} DT8-8 ID1-2 R1-18 R1-18 DT8-8 ID3-3 DT8-8 AN1-16 {C043} {C043} TX1-264",
}

_RUN = re.compile(r"x(\d+)\(([^()]*)\)")
_ELEMENT = re.compile(r"(AN|TX|ID|N0|R|DT|TM|B)-?(\d+)-(\d+)(\+?)")


@cache
def segment_type(tag: str) -> SegmentType | None:
    """The dictionary entry of a segment, or None for a tag we do not know."""
    text = SEGMENTS.get(tag)
    if text is None:
        return None
    body, _, notes = text.partition("|")
    return SegmentType(
        tuple(_element(word) for word in _words(body)),
        tuple((note[0], tuple(int(note[n : n + 2]) for n in range(1, len(note), 2))) for note in notes.split()),
    )


def _words(body: str) -> list[str]:
    return _RUN.sub(lambda run: " ".join([run[2]] * int(run[1])), body).split()


def _element(word: str) -> ElementType:
    if word.startswith("{"):
        parts = tuple(_element(part) for part in COMPOSITES[word[1:5]].split())
        return ElementType("composite", 0, 0, word.endswith("+"), parts)
    found = _ELEMENT.fullmatch(word)
    if found is None:
        raise ValueError(f"the dictionary has no element {word!r}")
    return ElementType(found[1], int(found[2]), int(found[3]), found[4] == "+")
