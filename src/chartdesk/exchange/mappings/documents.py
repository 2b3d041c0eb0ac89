"""A mapping as a document: what a partner does his own way, kept with the channel and as a file under version control.

First the message is edited where it stands (``edits``: v2 to v2), then, where ``makes`` is ``fhir``, it is converted by
the tables with the document's rows and codes. ``samples`` are the mapping's own tests: messages and the values expected
of them. A mapping of which one fails cannot go live.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from chartdesk.exchange.mappings.profiles import Choices, Name, Profile
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid

_LONGEST_SAMPLE = 1_000_000


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The parent of every part of the document."""


class Edit(Part, frozen=True):
    """One change of the message, in every segment of the name in ``to`` unless it is numbered (``OBX[2]-3``).

    ``to`` gets what stands at ``source``, or ``value``, by the code table ``codes`` where one is named. A whole field
    is taken with its repetitions. ``add``: a segment that is missing is made. ``drop``: segments of that name go.
    """

    to: str = ""
    source: str = ""
    value: str | None = None
    codes: str = ""
    when: str = ""
    add: bool = False
    drop: str = ""
    note: str = ""


class Expected(Part, frozen=True):
    """A value that a sample must have in the end: at a place (``PID-3.4``) or a path (``Patient.name[0].family``).

    Resources of a type are counted from 0: ``Observation[1].valueQuantity.value``. Without a value: nothing there.
    """

    at: str
    value: str = ""


class Sample(Part, frozen=True):
    """A message, segments parted by line ends, and what is expected of it."""

    name: str
    message: Annotated[str, Meta(max_length=_LONGEST_SAMPLE)]
    expected: list[Expected] = []


class MappingDocument(Choices, frozen=True):
    """A mapping, with what it chooses about the conversion."""

    name: Name = "mapping"
    title: str = ""
    #: What comes out: the edited message, or FHIR resources in a Bundle of type ``bundle``.
    makes: Literal["hl7v2", "fhir"] = "hl7v2"
    bundle: Literal["transaction", "collection"] = "transaction"
    #: Names of presets whose edits come first, whose rows, codes and addresses are added.
    presets: list[str] = []
    edits: list[Edit] = []
    samples: list[Sample] = []

    def profile(self) -> Profile:
        """The document as a profile of the conversion."""
        return Profile(name=self.name, **{field: getattr(self, field) for field in Choices.__struct_fields__})


def read(content: bytes | dict[str, Any]) -> MappingDocument:
    """A mapping from JSON or from what was read of it. Raises Invalid, saying where."""
    try:
        if isinstance(content, bytes):
            return typed.decode(content, MappingDocument)
        return typed.convert(content, MappingDocument)
    except msgspec.MsgspecError as fault:
        raise Invalid(f"The mapping cannot be read: {fault}.", cure="Correct the document.", where="mapping") from None


def written(document: MappingDocument) -> dict[str, Any]:
    """The document as plain data, as a channel carries it."""
    plain: dict[str, Any] = msgspec.to_builtins(document)
    return plain
