"""Giving the engine those who carry its messages. Called once per process (``app.wiring``)."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.exchange.engine import transports
from chartdesk.exchange.engine.transports import Content, Door, Response
from chartdesk.exchange.transports.fhir_out import FhirTransport
from chartdesk.exchange.transports.folders import FolderTransport
from chartdesk.exchange.transports.http_out import HttpsTransport
from chartdesk.exchange.transports.mllp_client import MllpTransport


class _Sftp:
    """What speaks SSH takes a while to load: it is, with the first file that goes that way."""

    def deliver(self, door: Door, content: Content) -> Response:
        """Write one file."""
        from chartdesk.exchange.transports.sftp import SftpTransport

        return SftpTransport().deliver(door, content)

    def deliver_many(self, door: Door, contents: Sequence[Content]) -> list[Response]:
        """Write a batch."""
        from chartdesk.exchange.transports.sftp import SftpTransport

        return SftpTransport().deliver_many(door, contents)


def connect() -> None:
    """Register every transport."""
    transports.register("mllp", MllpTransport())
    transports.register("folder", FolderTransport())
    transports.register("sftp", _Sftp())
    transports.register("https", HttpsTransport())
    transports.register("fhir", FhirTransport())
