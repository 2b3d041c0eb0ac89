"""Patches: ``PATCH Type/id`` and ``PATCH Type?condition``.

Guide section: patch (https://hl7.org/fhir/R4/http.html#patch).
"""

from __future__ import annotations

from chartdesk.api.fhir.messages import FHIR_JSON, Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.api.fhir.writing import condition_of, expectation, written
from chartdesk.kit.errors import Invalid
from chartdesk.record import bundles
from chartdesk.record.access.subject import Subject
from chartdesk.standards import patches

_KINDS = {
    "application/json-patch+json": patches.JSON,
    FHIR_JSON: patches.FHIRPATH,
    "application/json": patches.FHIRPATH,
}
#: The formats of patches, as the CapabilityStatement lists them.
FORMATS = ("application/json-patch+json", FHIR_JSON)


def patch(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PATCH Type/id``: 200 with the next version."""
    return _patched(request, subject, names[0], names[1], [])


def patch_matching(request: Request, subject: Subject, names: list[str]) -> Response:
    """``PATCH Type?condition``: patches the one that matches; 404 where none does."""
    return _patched(request, subject, names[0], "", condition_of(request, names[0]))


def _patched(request: Request, subject: Subject, type: str, id: str, query: list[tuple[str, str]]) -> Response:
    content = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    kind = _KINDS.get(content)
    if kind is None:
        raise Refused(
            415,
            Invalid(f"A patch of type {content[:60] or 'unknown'} is not taken.", cure=f"Send {' or '.join(FORMATS)}."),
            {"Accept-Patch": ", ".join(FORMATS)},
        )
    try:
        given = patches.read(kind, request.body)
    except Invalid as fault:
        raise Refused(400, fault) from fault
    entry = bundles.Entry(-1, "", "PATCH", type, id, query, b"", patch=given, **expectation(request))
    result = bundles.single(subject, entry)
    assert result.stored is not None
    return written(request, result.stored, created=False)
