"""Search: the query's pairs → a question → SQL → one page, with what it includes.

Guide section: search (https://hl7.org/fhir/R4/search.html).
"""

from chartdesk.record.search.finding import Page, all, answer, find
from chartdesk.record.search.question import COUNT, MOST, Question, parse

__all__ = ["COUNT", "MOST", "Page", "Question", "all", "answer", "find", "parse"]
