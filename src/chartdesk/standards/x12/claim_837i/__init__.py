"""The institutional claim, 837I (005010X223A2)."""

from chartdesk.standards.x12.claim_837i.model import (
    Coded,
    InstitutionalClaim,
    InstitutionalLine,
    InstitutionalSet,
    Interchange837I,
    Occurrence,
    Procedure,
    Span,
    Value,
)
from chartdesk.standards.x12.claim_837i.reading import claims, read
from chartdesk.standards.x12.claim_837i.writing import write

__all__ = [
    "Coded",
    "InstitutionalClaim",
    "InstitutionalLine",
    "InstitutionalSet",
    "Interchange837I",
    "Occurrence",
    "Procedure",
    "Span",
    "Value",
    "claims",
    "read",
    "write",
]
