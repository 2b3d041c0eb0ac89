"""How the interface engine comes by mappings: it carries the documents, this room reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chartdesk.exchange.engine import mappers
from chartdesk.exchange.engine.mappers import Mapped
from chartdesk.exchange.engine.transports import FHIR, HL7
from chartdesk.exchange.mappings import documents, mapping
from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import Message


class _Mapper:
    """Reads mapping documents for the engine."""

    def check(self, mapping: dict[str, Any]) -> list[str]:
        """What is wrong with a mapping, its own failing samples among it, in sentences."""
        try:
            document = documents.read(mapping)
        except Invalid as fault:
            return [str(fault)]
        return [str(finding) for finding in _check(document)]

    def compiled(self, mapping: dict[str, Any]) -> Callable[[Message], Mapped]:
        """The mapping as a function of a message, which stays as it is."""
        made = _Mapping(documents.read(mapping))
        media = HL7 if made.document.makes == "hl7v2" else FHIR
        return lambda message: Mapped(made.apply(message).raw, media)


_Mapping, _check = mapping.Mapping, mapping.check


def connect() -> None:
    """Let the engine's channels use mappings of this room."""
    mappers.use(_Mapper())
