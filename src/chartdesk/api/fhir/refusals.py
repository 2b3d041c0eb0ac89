"""From an error to its status and its OperationOutcome: the one place where that is decided.

Guide section: status codes (https://hl7.org/fhir/R4/http.html#Status-Codes) and OperationOutcome
(https://hl7.org/fhir/R4/operationoutcome.html).
"""

from __future__ import annotations

from http import HTTPStatus

from chartdesk.kit.errors import (
    ChartdeskError,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Stale,
    Unavailable,
)
from chartdesk.record.bundles import SeveralMatch
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue

#: Error → (status, code of the issue). The first that fits counts.
_KINDS: tuple[tuple[type[ChartdeskError], int, str], ...] = (
    (SeveralMatch, 412, "multiple-matches"),
    (Stale, 412, "conflict"),
    (Conflict, 409, "conflict"),
    (NotFound, 404, "not-found"),
    (Gone, 410, "deleted"),
    (Forbidden, 403, "forbidden"),
    (Unavailable, 503, "transient"),
    (Invalid, 422, "processing"),
)
_CODES = {400: "invalid", 401: "login", 405: "not-supported", 406: "not-supported", 412: "conflict"}
_CODES |= {413: "too-long", 415: "not-supported", 429: "throttled"}
#: What the types themselves refuse: the resource cannot even be read.
_UNREADABLE = frozenset({"structure"})


class Refused(ChartdeskError):
    """A refusal whose status the error alone does not tell."""

    def __init__(self, status: int, fault: ChartdeskError, headers: dict[str, str] | None = None) -> None:
        super().__init__(fault.message, cure=fault.cure, where=fault.where, issues=fault.issues)
        self.status = status
        self.fault = fault
        self.headers = headers or {}


def status_of(fault: ChartdeskError) -> int:
    """The status that says what kind of error it is."""
    if isinstance(fault, Refused):
        return fault.status
    if isinstance(fault, Invalid) and any(issue.code in _UNREADABLE for issue in fault.issues):
        return 400
    return next((status for kind, status, _ in _KINDS if isinstance(fault, kind)), 400)


def outcome_of(fault: ChartdeskError, status: int) -> bytes:
    """The OperationOutcome: every issue found, or the error as one."""
    issues = fault.issues
    if not issues:
        inner = fault.fault if isinstance(fault, Refused) else fault
        own = next((code for kind, _, code in _KINDS if isinstance(inner, kind)), "processing")
        code = own if isinstance(inner, SeveralMatch) else _CODES.get(status, own)
        # A place in a resource is an expression; anything else is part of the sentence.
        place = fault.where if fault.where[:1].isupper() and "/" not in fault.where else ""
        sentence = f"{fault.message} {fault.cure}".strip()
        issues = (Issue("error", code, place, sentence),)
    return fhir.outcome(issues)


def explained(fault: ChartdeskError) -> tuple[str, bytes]:
    """(status with its words, OperationOutcome), for an entry of a batch."""
    status = status_of(fault)
    return f"{status} {HTTPStatus(status).phrase}", outcome_of(fault, status)


def defect() -> bytes:
    """The OperationOutcome of a defect of ours: it says nothing about what went wrong inside."""
    return fhir.outcome(
        [
            Issue(
                "fatal",
                "exception",
                "",
                "The server failed. It has noted the failure; please try again later.",
            )
        ]
    )
