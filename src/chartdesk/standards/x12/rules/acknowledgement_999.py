"""What a 999 must say beyond its single segments (005010X231A1): its counts and its answers agree."""

from __future__ import annotations

from chartdesk.standards.x12.envelope import whole
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Loop

_REJECTING = frozenset({"M", "R", "W", "X"})


def set_rules(answer: Loop, judge: Judge) -> None:
    """One AK2: counted, as it is let go once judged."""
    end = answer.one("IK5")
    rejected = end is not None and end.segments[0][1] in _REJECTING
    judge.notes["sets"] = judge.notes.get("sets", 0) + 1
    judge.notes["rejected"] = judge.notes.get("rejected", 0) + rejected


def group_rules(root: Loop, judge: Judge) -> None:
    """AK9: what was accepted is no more than what came, and the answer to the group follows from those to its sets."""
    end = root.one("AK9")
    if end is None:
        return
    ak9 = end.segments[0]
    if not all(ak9[place].isdecimal() for place in (2, 3, 4)):
        return
    received, accepted = whole(ak9[3]), whole(ak9[4])
    sets, rejected = judge.notes.get("sets", 0), judge.notes.get("rejected", 0)
    message = ""
    if accepted > received:
        message = f"{accepted} sets are accepted (AK904) of {received} received (AK903)."
    elif sets > received:
        message = f"{sets} sets are answered (AK2); {received} were received (AK903)."
    elif rejected > received - accepted:
        message = f"{rejected} sets are rejected (IK5); by AK903 and AK904 it is {received - accepted}."
    elif ak9[1] in ("A", "E") and accepted < received:
        message = f"AK901 {ak9[1]} accepts the group, and {received - accepted} of its sets were not accepted."
    elif ak9[1] == "P" and accepted in (0, received):
        message = f"AK901 P accepts a part, and {accepted} of {received} sets were accepted."
    elif ak9[1] in _REJECTING and accepted:
        message = f"AK901 {ak9[1]} rejects the group, and {accepted} of its sets were accepted (AK904)."
    if message:
        cure = "AK901 and the counts follow from the answers to the sets."
        judge.fault(ak9, "group-answer", message, cure, element=4, code="I12", loop="AK9")
