"""The characters that part a message, as its MSH says them (HL7 v2.5.1, section 2.5.4)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from chartdesk.standards.hl7v2.faults import MISSING, SEQUENCE, Unreadable

#: Segments whose first field is the field separator itself, and whose second names the others.
HEADERS = ("MSH", "FHS", "BHS")


class Separators(NamedTuple):
    """The usual ones are ``|^~\\&``. An absent one is empty: nothing is parted by it then."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"
    #: Version 2.7 has a fifth character, for text that was cut; half of all messages of 2.5.1 have it too.
    truncation: str = ""

    @property
    def encoding(self) -> str:
        """MSH-2."""
        return f"{self.component}{self.repetition}{self.escape}{self.subcomponent}{self.truncation}"


STANDARD = Separators()


def separators_of(header: str) -> Separators:
    """The separators that a header segment's text names. Raises Unreadable where it names none that can be used."""
    if header[:3] not in HEADERS:
        raise Unreadable(
            f"The message begins with {header[:3]!r}.", "It has to begin with MSH.", where="MSH", condition=SEQUENCE
        )
    if len(header) < 5 or header[3].isalnum() or header[3].isspace():
        raise Unreadable(
            "The message does not say how its fields are parted.", "MSH is followed by the separator, usually |.",
            where="MSH-1", condition=MISSING,
        )  # fmt: skip
    return _named(header[3], header[4:].split(header[3], 1)[0])


@lru_cache(maxsize=256)
def _named(field: str, encoding: str) -> Separators:
    named = encoding[:5]
    if len(encoding) > 5 or len({field, *named}) != len(named) + 1 or any(c.isalnum() or c in "\r\n" for c in named):
        raise Unreadable(
            f"{encoding!r} cannot be the separators of a message.",
            "Name up to five different characters in MSH-2, usually ^~\\&.",
            where="MSH-2",
        )
    padded = [*named, "", "", "", "", ""]
    return Separators(field, *padded[:5])
