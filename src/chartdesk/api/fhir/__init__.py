"""FHIR R4 over HTTP: ``handle(Request) -> Response``.

Guide section: RESTful API (https://hl7.org/fhir/R4/http.html). Everything is answered in JSON, every refusal
with an OperationOutcome. ``handle`` may run in many threads; it gives its database connection back.
"""

from chartdesk.api.fhir.handling import handle
from chartdesk.api.fhir.messages import Request, Response

__all__ = ["Request", "Response", "handle"]
