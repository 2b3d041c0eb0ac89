"""The answer to an interchange as such, TA1 (X12.5): taken in, taken in with errors, or rejected, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chartdesk.standards.x12.encoding import encode
from chartdesk.standards.x12.envelope import Envelope, isa, read_envelope, stamp, whole
from chartdesk.standards.x12.reader import Source, segments
from chartdesk.standards.x12.segments import Segment, segment

#: TA105, what each note says, in our words.
NOTES = {
    "000": "No error.",
    "001": "The control numbers of ISA and IEA differ.",
    "002": "The version in ISA12 is not supported.",
    "003": "The version in ISA12 and the separators do not go together.",
    "004": "The segment terminator is not valid.",
    "005": "The sender's qualifier (ISA05) is not valid.",
    "006": "The sender is not known (ISA06).",
    "007": "The receiver's qualifier (ISA07) is not valid.",
    "008": "The receiver is not us (ISA08).",
    "009": "The receiver is not known.",
    "010": "The authorization qualifier (ISA01) is not valid.",
    "011": "The authorization (ISA02) is not valid.",
    "012": "The security qualifier (ISA03) is not valid.",
    "013": "The security information (ISA04) is not valid.",
    "014": "The date (ISA09) is not valid.",
    "015": "The time (ISA10) is not valid.",
    "016": "The repetition separator or standard (ISA11) is not valid.",
    "017": "The version (ISA12) is not valid.",
    "018": "The control number (ISA13) is not valid.",
    "019": "The acknowledgement request (ISA14) is not valid.",
    "020": "The usage indicator (ISA15) is not valid.",
    "021": "The number of groups (IEA01) is wrong.",
    "022": "The control structure is not valid.",
    "023": "The file ended before the interchange did.",
    "024": "The content is not valid: a GS, for example, is wrong.",
    "025": "An interchange with this control number was received before.",
    "026": "The element separator is not valid.",
    "027": "The component separator is not valid.",
    "028": "The delivery date is not valid.",
    "029": "The delivery time is not valid.",
    "030": "The delivery time zone is not valid.",
    "031": "The service level is not valid.",
}


@dataclass(slots=True, kw_only=True)
class InterchangeAnswer:
    """One TA1. ``control`` is the ISA13 answered; ``status`` A, E (accepted with errors) or R; ``note``
    TA105."""

    control: int
    received: datetime | None
    status: str
    note: str = "000"
    envelope: Envelope | None = None

    @property
    def accepted(self) -> bool:
        """True where the interchange was taken in."""
        return self.status in ("A", "E")

    @property
    def words(self) -> str:
        """What the note says."""
        return NOTES.get(self.note, f"Note {self.note}.")


def read(source: Source) -> list[InterchangeAnswer]:
    """Every TA1 of the file, an empty list where it has none. Raises Invalid where it cannot be read."""
    found = []
    header = Segment(["ISA"])
    for one in segments(source):
        if one.tag == "ISA":
            header = one
        elif one.tag == "TA1":
            found.append(
                InterchangeAnswer(
                    control=whole(one[1]),
                    received=stamp("20" + one[2], one[3]),
                    status=one[4],
                    note=one[5],
                    envelope=read_envelope(header, None),
                )
            )
    return found


def write(envelope: Envelope, answers: Sequence[InterchangeAnswer]) -> bytes:
    """An interchange of TA1 segments alone, without a group."""
    marks = envelope.separators
    lines = [isa(envelope)]
    lines.extend(encode(ta1_segment(one, envelope), marks) for one in answers)
    lines.append(encode(segment("IEA", "0", f"{envelope.control:09d}"), marks))
    return "".join(lines).encode("ascii")


def ta1_segment(one: InterchangeAnswer, envelope: Envelope) -> Segment:
    """The TA1 of an answer; a moment that could not be read is given as the answer's own."""
    moment = one.received or envelope.created
    return segment(
        "TA1", f"{one.control:09d}", moment.strftime("%y%m%d"), moment.strftime("%H%M"), one.status, one.note
    )
