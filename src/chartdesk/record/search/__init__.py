"""Search: the query's pairs → clauses → SQL → one page, with what it includes.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from chartdesk.record.search.finding import COUNT, MOST, Page, all, answer, find, parse

__all__ = ["COUNT", "MOST", "Page", "all", "answer", "find", "parse"]
