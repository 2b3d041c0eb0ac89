"""Search: the query's pairs → clauses → SQL → one page, with what it includes.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from chartdesk.record.search.finding import COUNT, MOST, Page, all, answer, answer_many, asked, find, parse
from chartdesk.standards.fhir.search import Query

__all__ = ["COUNT", "MOST", "Page", "Query", "all", "answer", "answer_many", "asked", "find", "parse"]
