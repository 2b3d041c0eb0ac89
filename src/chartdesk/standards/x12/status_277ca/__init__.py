"""The claim acknowledgement, 277CA (005010X214)."""

from chartdesk.standards.x12.status_277ca.model import (
    ClaimStatus,
    LineStatus,
    ProviderStatus,
    Status,
    StatusCode,
    StatusReport,
    Tally,
)
from chartdesk.standards.x12.status_277ca.reading import read
from chartdesk.standards.x12.status_277ca.writing import write

__all__ = [
    "ClaimStatus",
    "LineStatus",
    "ProviderStatus",
    "Status",
    "StatusCode",
    "StatusReport",
    "Tally",
    "read",
    "write",
]
