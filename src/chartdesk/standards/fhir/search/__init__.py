"""Search parameters: what they are, the values a resource has for them, and what a query asks.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from ..dates import EARLIEST, LATEST, date_range, period_range
from .criteria import DateValue, NumberValue, QuantityValue, ReferenceValue, TokenValue
from .extraction import Extracted, dating, extract
from .locations import Inner, Place, components, composite, locations
from .parameters import SearchParameter, compartment, parameters, summary
from .parsing import parse
from .query import Clause, Include, Query, shared

__all__ = [
    "EARLIEST",
    "LATEST",
    "Clause",
    "DateValue",
    "Extracted",
    "Include",
    "Inner",
    "NumberValue",
    "Place",
    "QuantityValue",
    "Query",
    "ReferenceValue",
    "SearchParameter",
    "TokenValue",
    "compartment",
    "components",
    "composite",
    "date_range",
    "dating",
    "extract",
    "locations",
    "parameters",
    "parse",
    "period_range",
    "shared",
    "summary",
]
