"""Bundles: a transaction that happens wholly or not at all, and a batch whose entries stand alone.

Guide section: batch and transaction (https://hl7.org/fhir/R4/http.html#transaction).
"""

from chartdesk.record.bundles.conditions import SeveralMatch
from chartdesk.record.bundles.entries import ANY_VERSION, MOST_ENTRIES, Entry, Opened, TooMany, opened
from chartdesk.record.bundles.processing import batch, process, single, transaction_of
from chartdesk.record.bundles.rendering import history, response, searchset
from chartdesk.record.bundles.work import Answer, Result

__all__ = [
    "ANY_VERSION",
    "MOST_ENTRIES",
    "Answer",
    "Entry",
    "Opened",
    "Result",
    "SeveralMatch",
    "TooMany",
    "batch",
    "history",
    "opened",
    "process",
    "response",
    "searchset",
    "single",
    "transaction_of",
]
