"""Services review, 278 (005010X217): asking a payer for an authorization or referral, and its answer."""

from chartdesk.standards.x12.review_278.model import (
    CERTIFICATIONS,
    DECISIONS,
    Decision,
    Quantity,
    Request,
    Response,
    Review,
    Service,
)
from chartdesk.standards.x12.review_278.reading import read_requests, read_responses
from chartdesk.standards.x12.review_278.writing import write_requests, write_responses

__all__ = [
    "CERTIFICATIONS",
    "DECISIONS",
    "Decision",
    "Quantity",
    "Request",
    "Response",
    "Review",
    "Service",
    "read_requests",
    "read_responses",
    "write_requests",
    "write_responses",
]
