"""One version of one resource, as it lies in the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4


@dataclass(slots=True)
class Stored:
    """One version of a resource. ``body`` is its JSON text, empty where the version says it was deleted."""

    type: str
    id: str
    version: int
    updated: datetime
    deleted: bool
    body: bytes
    patient: str = ""
    _resource: r4.Resource | None = field(default=None, repr=False, compare=False)

    @property
    def etag(self) -> str:
        """The version as an HTTP entity tag, such as ``W/"3"``."""
        return f'W/"{self.version}"'

    @property
    def reference(self) -> str:
        """The relative reference to it, such as ``Patient/123``."""
        return f"{self.type}/{self.id}"

    @property
    def resource(self) -> r4.Resource:
        """The decoded resource; decoded once. Raises Invalid for a version that says it was deleted."""
        if self._resource is None:
            self._resource = fhir.decode(self.body, type=self.type)
        return self._resource
