"""Bundles: a transaction that happens wholly or not at all, and a batch whose entries stand alone.

Guide section: batch and transaction (https://hl7.org/fhir/R4/http.html#transaction).
"""

from chartdesk.record.bundles.entries import MOST_ENTRIES, Entry, Opened, opened
from chartdesk.record.bundles.processing import Result, batch, process, transaction_of
from chartdesk.record.bundles.rendering import history, response, searchset

__all__ = [
    "MOST_ENTRIES",
    "Entry",
    "Opened",
    "Result",
    "batch",
    "history",
    "opened",
    "process",
    "response",
    "searchset",
    "transaction_of",
]
