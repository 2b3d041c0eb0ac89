"""The professional claim, 837P (005010X222A1 and its errata)."""

from chartdesk.standards.x12.claim_837p.model import (
    Accident,
    Attachment,
    BillingProvider,
    Claim,
    ClaimSet,
    Drug,
    Interchange837P,
    LineAdjudication,
    Note,
    OtherPayer,
    Patient,
    Payer,
    Receiver,
    ServiceLine,
    Submitter,
    Subscriber,
)
from chartdesk.standards.x12.claim_837p.reading import claims, read
from chartdesk.standards.x12.claim_837p.writing import write

__all__ = [
    "Accident",
    "Attachment",
    "BillingProvider",
    "Claim",
    "ClaimSet",
    "Drug",
    "Interchange837P",
    "LineAdjudication",
    "Note",
    "OtherPayer",
    "Patient",
    "Payer",
    "Receiver",
    "ServiceLine",
    "Submitter",
    "Subscriber",
    "claims",
    "read",
    "write",
]
