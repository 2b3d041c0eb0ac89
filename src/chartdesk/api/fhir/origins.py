"""Programs that run in a browser on a page of somebody else: which pages may ask.

Guide section: CORS (https://hl7.org/fhir/R4/security.html#cors). None may unless the operator names their
origins. Cookies are never used here, so none are allowed along.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from chartdesk.api.fhir.messages import Request, Response

_SHOWN = "Content-Location, ETag, Last-Modified, Location, Retry-After, X-Progress, X-Request-Id"
_TAKEN = (
    "Accept, Authorization, Content-Encoding, Content-Type, If-Match, If-Modified-Since, If-None-Exist, "
    "If-None-Match, If-Unmodified-Since, Prefer, X-Request-Id"
)
_DAY = "86400"


def options(request: Request, methods: Iterable[str]) -> Response:
    """``OPTIONS``: the methods of an address; to a browser that asks before it sends, whether it may."""
    allowed = ", ".join(sorted({*methods, "OPTIONS"}))
    response = Response(204, headers={"Allow": allowed})
    if "access-control-request-method" in request.headers and _may(request):
        response.headers["Access-Control-Allow-Methods"] = allowed
        response.headers["Access-Control-Allow-Headers"] = _TAKEN
        response.headers["Access-Control-Max-Age"] = _DAY
    return response


def open_to(request: Request, response: Response) -> None:
    """Let the page that asked read the answer, where its origin is one of the operator's."""
    if "origin" not in request.headers or not settings.FHIR_ORIGINS:
        return
    response.depends_on("Origin")
    if _may(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["origin"]
        response.headers["Access-Control-Expose-Headers"] = _SHOWN


def _may(request: Request) -> bool:
    return "*" in settings.FHIR_ORIGINS or request.headers.get("origin", "") in settings.FHIR_ORIGINS
