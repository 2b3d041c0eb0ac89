"""Levels of evaluation and management visits: what the documented decision making, or the time, supports.

The rules of 2021 (office) and 2023 (hospital, nursing facility, home, consultation) in our own words: a level is
chosen by medical decision making, of which two of three elements must reach it, or by the clinician's total time on
the day of the visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chartdesk.kit.errors import Invalid
from chartdesk.standards.terminology.decision_making import ELEMENTS, LEVELS

OFFICE_FROM, OTHERS_FROM = date(2021, 1, 1), date(2023, 1, 1)


@dataclass(frozen=True)
class Documented:
    """What somebody found in the note: a level for each element, empty where nobody has said. ``by`` is who."""

    problems: str = ""
    data: str = ""
    risk: str = ""
    by: str = ""

    @property
    def decision(self) -> int | None:
        """The level that two of the three elements reach, as a place in LEVELS; None while two are not known."""
        known = sorted((LEVELS.index(one) for one in (self.problems, self.data, self.risk) if one), reverse=True)
        return known[1] if len(known) > 1 else None

    @property
    def final(self) -> bool:
        """Whether nothing that is still unknown can raise the level."""
        known = [LEVELS.index(one) for one in (self.problems, self.data, self.risk) if one]
        return len(known) == 3 or (len(known) == 2 and known[0] == known[1])


#: Nobody has looked yet.
NOTHING = Documented()


def documented(plain: Mapping[str, str] | None) -> Documented:
    """The elements from what is kept with a superbill; what is no level counts as not said."""
    given = plain or {}
    said = {name: given.get(name, "") if given.get(name) in LEVELS else "" for name in ELEMENTS}
    return Documented(**said, by=given.get("by", ""))


def kept(said: Documented) -> dict[str, str] | None:
    """What is kept with a superbill; None where nothing is said. Raises Invalid for what is no level."""
    given = {name: getattr(said, name) for name in ELEMENTS}
    wrong = next((name for name, level in given.items() if level and level not in LEVELS), "")
    if wrong:
        raise Invalid(f"{given[wrong]!r} is no level.", cure=f"One of {', '.join(LEVELS)}.", where=wrong)
    return {**given, "by": said.by} if any(given.values()) else None


@dataclass(frozen=True)
class Code:
    """A level of a family: the decision making it needs (a place in LEVELS), and minutes; None: not by time."""

    code: str
    decision: int
    minutes: int | None


def _family(first: date, *codes: tuple[str, int, int | None]) -> tuple[date, tuple[Code, ...]]:
    return first, tuple(Code(*one) for one in codes)


#: Every family, lowest level first, with the day from which it is chosen this way.
FAMILIES = (
    _family(OFFICE_FROM, ("99202", 0, 15), ("99203", 1, 30), ("99204", 2, 45), ("99205", 3, 60)),
    _family(OFFICE_FROM, ("99212", 0, 10), ("99213", 1, 20), ("99214", 2, 30), ("99215", 3, 40)),
    _family(OTHERS_FROM, ("99221", 0, 40), ("99222", 2, 55), ("99223", 3, 75)),
    _family(OTHERS_FROM, ("99231", 0, 25), ("99232", 2, 35), ("99233", 3, 50)),
    _family(OTHERS_FROM, ("99234", 0, 45), ("99235", 2, 70), ("99236", 3, 85)),
    _family(OTHERS_FROM, ("99242", 0, 20), ("99243", 1, 30), ("99244", 2, 40), ("99245", 3, 55)),
    _family(OTHERS_FROM, ("99252", 0, 35), ("99253", 1, 45), ("99254", 2, 60), ("99255", 3, 80)),
    _family(OTHERS_FROM, ("99282", 0, None), ("99283", 1, None), ("99284", 2, None), ("99285", 3, None)),
    _family(OTHERS_FROM, ("99304", 0, 25), ("99305", 2, 35), ("99306", 3, 50)),
    _family(OTHERS_FROM, ("99307", 0, 10), ("99308", 1, 20), ("99309", 2, 30), ("99310", 3, 45)),
    _family(OTHERS_FROM, ("99341", 0, 15), ("99342", 1, 30), ("99344", 2, 60), ("99345", 3, 75)),
    _family(OTHERS_FROM, ("99347", 0, 20), ("99348", 1, 30), ("99349", 2, 40), ("99350", 3, 60)),
)  # fmt: skip
_FAMILY_OF = {one.code: (first, codes) for first, codes in FAMILIES for one in codes}
#: Time beyond the highest level, by unit of 15 minutes: code → (visit → minutes at which counting begins).
PROLONGED = {
    "99417": {"99205": 60, "99215": 40, "99245": 55, "99345": 75, "99350": 60},
    "99418": {"99223": 75, "99233": 50, "99236": 85, "99255": 80, "99306": 50, "99310": 45},
    "G2212": {"99205": 74, "99215": 54},
}


@dataclass(frozen=True)
class Support:
    """What a visit's documentation supports in the family of its code; empty texts where it is not known."""

    code: str
    by_decision: str
    by_time: str

    @property
    def best(self) -> str:
        """The higher of the two."""
        return max(self.by_decision, self.by_time)


def is_level(code: str, on: date) -> bool:
    """Whether the level of a code is chosen by decision making or time on a day."""
    return code in _FAMILY_OF and on >= _FAMILY_OF[code][0]


def supported(code: str, on: date, said: Documented, minutes: int | None) -> Support | None:
    """What is supported instead of, or as well as, ``code``; None for a code without levels."""
    if not is_level(code, on):
        return None
    _, family = _FAMILY_OF[code]
    reached = said.decision
    by_decision = "" if reached is None else max(one.code for one in family if one.decision <= reached)
    spent = [one.code for one in family if minutes is not None and one.minutes is not None and one.minutes <= minutes]
    return Support(code, by_decision, max(spent, default=""))


def minutes_of(code: str) -> tuple[int, int] | None:
    """The shortest and the longest time of a level, in minutes; None for a code without a time."""
    if code not in _FAMILY_OF:
        return None
    told = [one.minutes for one in _FAMILY_OF[code][1] if one.minutes is not None]
    own = next(one.minutes for one in _FAMILY_OF[code][1] if one.code == code)
    return None if own is None else (own, min((one for one in told if one > own), default=24 * 60) - 1)


def prolonged_units(code: str, visit: str, minutes: int) -> int | None:
    """How many units of a prolonged service the minutes hold beside ``visit``; None where it does not go with it."""
    begins = PROLONGED.get(code, {}).get(visit)
    return None if begins is None else max(0, (minutes - begins) // 15)
