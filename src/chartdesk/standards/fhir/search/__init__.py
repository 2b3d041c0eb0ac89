"""Search parameters: what they are, the values a resource has for them, and what a query asks.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from ..dates import EARLIEST, LATEST, date_range, period_range
from .criteria import DateValue, NumberValue, QuantityValue, ReferenceValue, TokenValue
from .extraction import Extracted, extract
from .parameters import SearchParameter, compartment, parameters
from .query import Clause, Include, Query, parse

__all__ = [
    "EARLIEST",
    "LATEST",
    "Clause",
    "DateValue",
    "Extracted",
    "Include",
    "NumberValue",
    "QuantityValue",
    "Query",
    "ReferenceValue",
    "SearchParameter",
    "TokenValue",
    "compartment",
    "date_range",
    "extract",
    "parameters",
    "parse",
    "period_range",
]
