"""The decisions about orders and results. Pure: plain data in, decision out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from chartdesk.ehr.orders.content import ObservationIn

NORMAL, ABNORMAL, CRITICAL = 0, 1, 2
PRIORITIES = {"routine": "Routine", "urgent": "Urgent", "asap": "As soon as possible", "stat": "At once (stat)"}
#: What may follow a signature → its words, who does it and what the work item says.
NEXT = {
    "none": ("Nothing more", "", ""),
    "tell": ("Tell the patient", "nurse", "Tell the patient about"),
    "repeat": ("Repeat the test", "nurse", "Repeat"),
    "visit": ("See the patient", "front_desk", "Book a visit about"),
    "refer": ("Refer the patient", "nurse", "Refer the patient because of"),
}
#: How far a status has come; of two states with one time, the higher counts.
_RANK = {
    "registered": 0, "unknown": 0, "partial": 1, "preliminary": 2, "final": 3,
    "amended": 4, "appended": 4, "corrected": 4, "cancelled": 5, "entered-in-error": 5,
}  # fmt: skip
#: Codes of HL7 table 0078 that ask for somebody at once, and those that are out of the ordinary.
_CRITICAL = frozenset({"HH", "LL", "AA", "HU", "LU"})
_ABNORMAL = frozenset({"H", "L", "A", "<", ">", "R", "NS", "POS", "IND", "DET", "E", "W", "U", "D"})
#: Statuses whose value does not count.
GONE = frozenset({"cancelled", "entered-in-error"})
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})\s*(?:-|–|to|\.\.)\s*({_NUMBER})(?!\S*\d)")
_BOUND = re.compile(rf"(<=|>=|<|>|≤|≥|up to|under|over)\s*({_NUMBER})", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """A reference range; None where it has no such end. ``open_`` ends do not belong to it."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False


def limits(text: str) -> Limits | None:
    """The range that words like ``70-100``, ``< 5.0`` or ``>=60`` say; None where they say no numbers."""
    found = _BETWEEN.search(text)
    if found:
        low, high = Decimal(found[1]), Decimal(found[2])
        return Limits(low, high) if low <= high else None
    bound = _BOUND.search(text)
    if bound is None:
        return None
    sign, number = bound[1].lower(), Decimal(bound[2])
    if sign in ("<", "under"):
        return Limits(None, number, open_high=True)
    if sign in ("<=", "≤", "up to"):
        return Limits(None, number)
    return Limits(number, None, open_low=sign in (">", "over"))


def flag(one: ObservationIn) -> str:
    """The code that says how the value lies: the reporter's own, else H or L by their range; empty for unknown."""
    said = next((code for code in one.flags if code and code.upper() != "N"), "")
    if said:
        return said.upper()
    if one.flags:
        return "N"
    within = limits(one.limits) if one.number is not None else None
    if within is None or one.number is None:
        return ""
    value = one.number
    if within.low is not None and one.comparator not in (">", ">="):
        below = value <= within.low if within.open_low or one.comparator == "<" else value < within.low
        if below:
            return "L"
    if within.high is not None and one.comparator not in ("<", "<="):
        above = value >= within.high if within.open_high or one.comparator == ">" else value > within.high
        if above:
            return "H"
    return "N" if not one.comparator else ""


def level(flags: Iterable[str]) -> int:
    """How pressing it is: the worst of the flags."""
    worst = NORMAL
    for code in flags:
        if code.upper() in _CRITICAL:
            return CRITICAL
        if code.upper() in _ABNORMAL:
            worst = ABNORMAL
    return worst


def supersedes(old_status: str, old_issued: datetime, status: str, issued: datetime) -> bool:
    """Whether a state of a report is later than the one that is there. The same again counts as later."""
    if issued != old_issued:
        return issued > old_issued
    return _RANK.get(status, 0) >= _RANK.get(old_status, 0)


def due(received: datetime, level: int, days: tuple[int, int, int]) -> datetime:
    """By when a result must be signed; ``days`` for normal, abnormal, critical. 0 is four hours."""
    given = days[level]
    return received + (timedelta(days=given) if given else timedelta(hours=4))


def orders_status(report: str) -> str:
    """The status of the order whose report has this status: it is done once the report is whole."""
    return "completed" if report in ("final", "amended", "corrected", "appended") else "active"
