"""What is said to a sender about a message before anything is done with it. Pure.

It is read, and held against what the channel takes; whether it came before is for the log to say (``receiving``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chartdesk.exchange.engine import filters, streams
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.kit.ids import new_id
from chartdesk.standards.hl7v2 import Message, Unreadable, acknowledgements
from chartdesk.standards.hl7v2.acknowledgements import ACCEPT, ERROR, REJECT
from chartdesk.standards.hl7v2.charsets import codec_of
from chartdesk.standards.hl7v2.faults import DUPLICATE, EVENT, MESSAGE_TYPE, MISSING, SEQUENCE, VERSION

#: Versions whose messages are read; a header that names none is put up with.
VERSIONS = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8")
UNREADABLE = "UNREADABLE"


@dataclass(slots=True)
class Judged:
    """A message as it came, what is known of it, and how it is answered if it is new."""

    raw: bytes
    message: Message | None
    control_id: str
    kind: str
    sender: str
    patients: list[str]
    digest: bytes
    fault: Unreadable | None
    answer: bytes

    @property
    def key(self) -> tuple[str, str]:
        """By what a message that came before is known: who sent it, and under which control id."""
        return self.sender, self.control_id


class Judge:
    """Reads and judges the messages of one channel. ``taken`` says whether anybody here takes a kind."""

    def __init__(self, document: ChannelDocument, taken: Callable[[str], bool]) -> None:
        self._document = document
        self._taken = taken
        self.codec = codec_of(document.character_set) if document.character_set else ""
        self._kinds = frozenset(document.kinds)
        self._known: dict[str, bool] = {}

    def judge(self, raw: bytes, at: datetime) -> Judged:
        """What a message is, whether it is taken, and its answer."""
        try:
            message = Message(raw, self.codec)
        except Unreadable as fault:
            answer = acknowledgements.refuse(raw, fault, control_id=answer_number(), at=at)
            return Judged(raw, None, "", UNREADABLE, "", [], streams.digest(raw), fault, answer)
        header = message.header
        control_id, kind = _kept(header.get(10).strip(), 200), _kept(message.type, 40)
        sender = _kept(f"{header.raw(3)}|{header.raw(4)}", 200)
        fault_, code = self._fault(message, control_id, kind)
        answer = self.answer(message, code, fault_, at)
        return Judged(
            raw, message, control_id, kind, sender, streams.keys(message),
            streams.digest(raw), fault_, answer,
        )  # fmt: skip

    def answer(self, message: Message, code: str, fault: Unreadable | None, at: datetime) -> bytes:
        """The answer that the channel's mode has for ACCEPT, ERROR or REJECT; empty where none is asked for."""
        mode, asked = self._document.acknowledgement, acknowledgements.asked(message)
        if mode == "original" or (mode == "asked" and not asked.enhanced):
            return acknowledgements.acknowledge(
                message, f"A{code}", control_id=answer_number(), at=at, faults=[fault] if fault else []
            )
        wanted = asked.accept if asked.enhanced else "AL"
        if not acknowledgements.wanted(wanted, fault is None):
            return b""
        return acknowledgements.acknowledge(
            message, f"C{code}", control_id=answer_number(), at=at, faults=[fault] if fault else []
        )

    def conflict(self, one: Judged, earlier: int, at: datetime) -> None:
        """Let it be known that its control id came before with another content; 0: a moment ago."""
        assert one.message is not None
        named = f", as message {earlier}" if earlier else ""
        one.fault = Unreadable(
            f"The control id came before with another content{named}.",
            "Give every message a control id of its own.",
            where="MSH-10",
            condition=DUPLICATE,
        )
        one.answer = self.answer(one.message, ERROR, one.fault, at)

    def _fault(self, message: Message, control_id: str, kind: str) -> tuple[Unreadable | None, str]:
        if message.raw.count(b"MSH") > 1 and any(one.name == "MSH" for one in message.segments[1:]):
            # The segments of the second would be taken for the first one's, and it would never be answered.
            words = "More than one message came as one."
            cure = "Send each in a frame of its own, or several as a batch (BHS)."
            return Unreadable(words, cure, where="MSH", condition=SEQUENCE), REJECT
        version = message.header.get(12, 1).strip()
        if version and version[:3] not in VERSIONS:
            words = f"Version {version[:10]} of HL7 is not known."
            return Unreadable(words, "Send 2.1 to 2.8.", where="MSH-12", condition=VERSION), REJECT
        known = self._known.get(kind)
        if known is None and len(self._known) < 1000:
            known = self._known[kind] = self._takes(kind)
        if not (self._takes(kind) if known is None else known):
            condition = EVENT if any(self._begins(kind, one) for one in self._kinds) else MESSAGE_TYPE
            words = f"{kind or 'A message without a type'} is not taken here."
            return Unreadable(words, "Ask for it to be set up.", where="MSH-9", condition=condition), REJECT
        if not control_id:
            words = "The message has no control id."
            return Unreadable(words, "Give every message one of its own.", where="MSH-10", condition=MISSING), ERROR
        return None, ACCEPT

    def _takes(self, kind: str) -> bool:
        return filters.names(self._kinds, kind) if self._kinds else self._taken(kind)

    @staticmethod
    def _begins(kind: str, other: str) -> bool:
        return kind.partition("^")[0] == other.partition("^")[0]


def _kept(text: str, most: int) -> str:
    """A text as the log's columns can hold it, whatever a partner writes."""
    return text[:most].replace("\x00", "")


def answer_number() -> str:
    """A control id for an answer: twenty characters, as MSH-10 holds."""
    return new_id().replace("-", "")[-20:]
