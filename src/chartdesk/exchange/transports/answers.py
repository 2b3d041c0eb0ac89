"""What a partner's acknowledgement says about the message that was sent (HL7 v2.5.1, section 2.9)."""

from __future__ import annotations

from typing import NamedTuple

from chartdesk.exchange.engine.transports import Response
from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.acknowledgements import asked
from chartdesk.standards.hl7v2.faults import CONDITIONS, INTERNAL, LOCKED

#: Table 0008 by what it means for the delivery.
_MEANING = {"AA": "taken", "CA": "taken", "AE": "failed", "CE": "failed", "AR": "refused", "CR": "refused"}
_WORDS = {"AE": "could not take", "CE": "could not store", "AR": "rejected", "CR": "rejected"}


class Expected(NamedTuple):
    """Which answer a message asks for: any at all, and the one by which it is stored (enhanced mode)."""

    any: bool = True
    commit: bool = False


def expected(raw: bytes) -> Expected:
    """What MSH-15 and MSH-16 of our message ask for; an answer, where it cannot be read."""
    try:
        wish = asked(Message(raw, "latin-1"))
    except Unreadable:
        return Expected()
    if not wish.enhanced:
        return Expected()
    never = wish.accept in ("", "NE") and wish.application in ("", "NE")
    return Expected(any=not never, commit=wish.accept == "AL")


def read(raw: bytes, control_id: str, waits: Expected) -> Response | None:
    """What an answer says; None for one that is another message's application answer and none of ours to wait for."""
    try:
        message = Message(raw, "latin-1")
    except Unreadable as fault:
        return Response("failed", f"The partner's answer cannot be read: {fault}", raw)
    said = message.first("MSA")
    if said is None:
        return Response("failed", f"The partner answered with {message.type or 'something'} that has no MSA.", raw)
    code, named = said.get(1).strip().upper(), said.get(2).strip()
    if named != control_id.strip():
        if waits.commit and code[:1] == "A":
            return None
        return Response("failed", f"The partner answered for message {named or 'without a number'}, not this one.", raw)
    meaning = _MEANING.get(code)
    if meaning is None:
        return Response("failed", f"The partner answered {code or 'nothing'} in MSA-1, which is no answer.", raw)
    if meaning == "taken":
        return Response("taken", "", raw)
    conditions = {segment.get(3, 1) for segment in message.all("ERR")}
    passing = conditions & {str(LOCKED), str(INTERNAL)}
    words = f"The partner {_WORDS[code]} it ({code}): {_reason(message)}"
    return Response("failed" if passing or meaning == "failed" else "refused", words, raw)


def _reason(message: Message) -> str:
    """The partner's words, wherever it put them: ERR-8, ERR-7, MSA-3, the text of ERR-3, the old ERR-1."""
    found: list[str] = []
    for segment in message.all("ERR"):
        number = segment.get(3, 1)
        condition = CONDITIONS.get(int(number), "") if number.isascii() and number.isdigit() else ""
        words = segment.get(8) or segment.get(7) or segment.get(3, 9) or segment.get(3, 2) or condition
        place = ".".join(filter(None, (segment.get(2, 1), segment.get(2, 3))))
        found.append(f"{place}: {words}" if place and words else words or segment.get(1))
    said = message.first("MSA")
    found.append(said.get(3) if said is not None else "")
    return " / ".join(dict.fromkeys(one.strip() for one in found if one.strip())) or "it gave no reason."
