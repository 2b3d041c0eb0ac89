"""The eligibility answer, 271 (005010X279A1)."""

from chartdesk.standards.x12.eligibility_271.model import Benefit, Delivery, Limit, Refusal, Response
from chartdesk.standards.x12.eligibility_271.reading import read
from chartdesk.standards.x12.eligibility_271.wording import service_types, words
from chartdesk.standards.x12.eligibility_271.writing import write
from chartdesk.standards.x12.eligibility_people import Insured, Trace

__all__ = [
    "Benefit",
    "Delivery",
    "Insured",
    "Limit",
    "Refusal",
    "Response",
    "Trace",
    "read",
    "service_types",
    "words",
    "write",
]
