"""Search parameters: what they are, the values a resource has for them, and what a query asks.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from ..dates import EARLIEST, LATEST, date_range, period_range
from .extraction import Extracted, extract
from .parameters import SearchParameter, parameters

__all__ = [
    "EARLIEST",
    "LATEST",
    "Extracted",
    "SearchParameter",
    "date_range",
    "extract",
    "parameters",
    "period_range",
]
