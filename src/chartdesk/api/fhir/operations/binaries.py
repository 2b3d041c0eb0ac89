"""``GET Binary/id``: the bytes of a document, beside the record, for whoever may read the document that speaks of them.

Guide section: Binary (https://hl7.org/fhir/R4/binary.html): its own form unless FHIR's is asked for.
"""

from __future__ import annotations

import base64

from chartdesk.api.fhir import reading
from chartdesk.api.fhir.messages import FHIR_JSON, Request, Response, answer
from chartdesk.ehr.orders import attachments
from chartdesk.record import store
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

_FHIR = frozenset({FHIR_JSON, "application/json", "text/json", "json"})


def read(request: Request, subject: Subject, names: list[str]) -> Response:
    """The document's bytes, or the resource that holds them in Base64. Others' Binary resources are read as any."""
    named = attachments.document_of(subject, names[1])
    if not named:
        request.check_accept()
        return reading.read(request, subject, names)
    store.get(subject, "DocumentReference", named, why="document opened")
    found = attachments.opened(subject, names[1])
    if not _wants_fhir(request):
        return Response(200, found.content, {"Content-Type": found.media_type, "X-Content-Type-Options": "nosniff"})
    made = r4.Binary(
        id=found.key,
        contentType=found.media_type,
        securityContext=r4.Reference(reference=f"DocumentReference/{found.document}"),
        data=base64.b64encode(found.content).decode(),
    )
    return answer(200, fhir.encode(made))


def _wants_fhir(request: Request) -> bool:
    asked = next((value for name, value in request.pairs if name == "_format"), "")
    wanted = asked.replace(" ", "+") or request.headers.get("accept", "")
    return any(one.partition(";")[0].strip().lower() in _FHIR for one in wanted.split(","))
