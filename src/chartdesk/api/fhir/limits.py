"""What one client may ask for: requests in a second, failed logins in a minute, the size and the parts of a body.

The counts are kept in each process. The figures are settings, see docs/operator.md.
"""

from __future__ import annotations

import math

from django.conf import settings

from chartdesk.api.fhir.messages import Request
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.buckets import Buckets
from chartdesk.kit.errors import Invalid, Unavailable

_SECONDS_OF_BURST = 2
#: A text may be small and its objects many: of each the decoder makes something many times as large.
MOST_PARTS_OF_RESOURCE, MOST_PARTS_OF_BUNDLE = 400_000, 4_000_000
_SMALL = 64 * 1024


_requests = Buckets(settings.FHIR_RATE or 1, (settings.FHIR_RATE or 1) * _SECONDS_OF_BURST)
_failures = Buckets((settings.FHIR_FAILURES or 1) / 60, settings.FHIR_FAILURES or 1)


def count_request(client: str) -> None:
    """Count one request of a client. Raises Refused with 429 where it asks too often."""
    if settings.FHIR_RATE:
        wait = _requests.take(client)
        if wait:
            raise _too_many(wait, f"More than {settings.FHIR_RATE} requests a second.")


def count_failure(origin: str) -> None:
    """Count one request from an address that named nobody known."""
    if settings.FHIR_FAILURES:
        _failures.take(origin)


def check_failures(origin: str) -> None:
    """Raise Refused with 429 where too many requests from that address named nobody known."""
    wait = _failures.wait(origin) if settings.FHIR_FAILURES else 0
    if wait:
        raise _too_many(wait, f"More than {settings.FHIR_FAILURES} failed logins in a minute.")


def check_body(request: Request, *, bundle: bool) -> None:
    """Raise Refused with 413 where the body is larger, or has more parts, than is taken."""
    size = len(request.body)
    if size <= _SMALL:
        return
    if not bundle and size > settings.FHIR_RESOURCE_BYTES:
        raise too_large(f"A resource may have {settings.FHIR_RESOURCE_BYTES:,} bytes; this one has {size:,}.")
    most = MOST_PARTS_OF_BUNDLE if bundle else MOST_PARTS_OF_RESOURCE
    parts = request.body.count(b"{") + request.body.count(b"[") + request.body.count(b",")
    if parts > most:
        raise too_large(f"The body has {parts:,} parts; at most {most:,} are taken.")


def too_large(sentence: str) -> Refused:
    """The refusal of a body that is larger than is taken."""
    return Refused(413, Invalid(sentence, cure="Send it in parts."))


def _too_many(wait: float, sentence: str) -> Refused:
    seconds = math.ceil(wait)
    fault = Unavailable(sentence, cure=f"Try again in {seconds} s.")
    return Refused(429, fault, {"Retry-After": str(seconds)})
