"""What the lines and the days of a claim of either kind must say (005010X222A1, X223A2)."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Loop, Segment

_LINE_CONTROL = 30
#: Diagnoses and procedures of services from this day on are ICD-10.
_ICD10_BEGAN = "20151001"
_ICD9 = frozenset({"BK", "BF", "BJ", "BN", "PR", "BR", "BQ"})


def line_rules(lines: list[Loop], judge: Judge) -> None:
    """Lines count from 1 in each claim, and their control numbers are theirs alone."""
    seen: set[str] = set()
    for count, line in enumerate(lines, 1):
        lx = line.segments[0]
        if len(lx.elements) < 2 or lx.elements[1] != str(count):
            judge.fault(
                lx,
                "line-number",
                f"LX01 is {lx[1]!r}; it is line {count} of the claim.",
                "Count the lines from 1 in each claim.",
                element=1,
                code="7",
                loop="2400",
            )
        ref = line.first("REF", "6R")
        if ref is None:
            continue
        if ref[2] in seen:
            judge.fault(
                ref,
                "line-control",
                f"Line control number {ref[2]} is used twice in a claim.",
                "Make it unique.",
                element=2,
                code="I12",
                loop="2400",
            )
        seen.add(ref[2])
        if len(ref[2]) > _LINE_CONTROL:
            judge.fault(
                ref,
                "line-control",
                f"Line control number {ref[2]} is too long.",
                "At most 30.",
                element=2,
                code="5",
                loop="2400",
            )


def day_rules(claim: Loop, lines: list[Loop], judge: Judge) -> None:
    """Services were given before the file was made and after the patient was born, and are coded as of their day."""
    served = [(dtp, "2400") for line in lines for dtp in line.segments if _is(dtp, "472")]
    served += [(dtp, "2300") for dtp in claim.segments if _is(dtp, "434")]
    days = [dtp.elements[3][:8] for dtp, _ in served]
    if not days:
        return
    first, last = min(days), max(days)
    made, born = _made(claim, judge), _born(claim)
    if (made and last > made) or first < born:
        for dtp, loop in served:
            _odd_day(dtp, dtp[3][:8], made, born, loop, judge)
    if last >= _ICD10_BEGAN:
        _version(claim, judge)


def _is(one: Segment, qualifier: str) -> bool:
    elements = one.elements
    return elements[0] == "DTP" and len(elements) > 3 and elements[1] == qualifier


def _odd_day(dtp: Segment, day: str, made: str, born: str, loop: str, judge: Judge) -> None:
    if not _is_day(day):
        return
    # Spans such as a month's rental may end later; what has not begun cannot be billed.
    if made and day > made:
        message = f"The service of {day} lies after the day of the file, {made}."
        _odd(judge, dtp, "future-service", message, "Correct the day, or bill when it is done.", loop)
    if day < born:
        message = f"The service of {day} lies before the patient's birth, {born}."
        _odd(judge, dtp, "before-birth", message, "Correct the birth date or the day of service.", loop)


def _version(claim: Loop, judge: Judge) -> None:
    """The codes of an HI are of one edition: its first tells which."""
    for hi in claim.segments:
        if hi.elements[0] != "HI" or len(hi.elements) < 2:
            continue
        kind = hi.elements[1].partition(hi.separators.component)[0]
        if kind in _ICD9:
            judge.fault(
                hi,
                "icd-9",
                f"{kind} means ICD-9; the services are of days on which ICD-10 holds.",
                "Send the ICD-10 code with ABK, ABF, ABJ, ABN, APR, BBR or BBQ.",
                element=1,
                component=1,
                code="7",
                loop="2300",
                value=kind,
            )
            return


def _made(claim: Loop, judge: Judge) -> str:
    """BHT04, the day on which the file was made; the same for the whole set."""
    known = judge.notes.get("made")
    if known is None:
        root = claim.above("ST")
        bht = root.first("BHT") if root is not None else None
        known = judge.notes["made"] = bht[4] if bht is not None and _is_day(bht[4]) else ""
    return str(known)


def _born(claim: Loop) -> str:
    """The patient's birth date: the dependent's, else the subscriber's."""
    above = claim.parent
    name = above.one("2010CA" if above.id == "2000C" else "2010BA") if above is not None else None
    dmg = name.first("DMG") if name is not None else None
    return dmg[2] if dmg is not None and _is_day(dmg[2]) else ""


def _is_day(text: str) -> bool:
    return len(text) == 8 and text.isascii() and text.isdecimal()


def _odd(judge: Judge, dtp: Segment, rule: str, message: str, cure: str, loop: str) -> None:
    judge.fault(dtp, rule, message, cure, level="warning", element=3, code="I12", loop=loop)
