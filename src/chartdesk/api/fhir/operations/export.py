"""``$export``: many resources as files, for a program that fetches them later.

A kick-off at system, Patient or Group level is answered with the address of its status; the worker writes the files,
and the status then lists them. Guide: Bulk Data Access 2.0 (https://hl7.org/fhir/uv/bulkdata/export.html).
"""

from __future__ import annotations

from email.utils import format_datetime
from urllib.parse import urlencode

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.record.access.subject import Subject
from chartdesk.record.bulk import exports
from chartdesk.record.bulk.exports import Busy, Output, Standing
from chartdesk.record.bulk.plans import GROUP, PATIENT, SYSTEM, Wish
from chartdesk.record.preparing import stamp
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue, r4

NDJSON = "application/fhir+ndjson"
#: The first part of the address of a file.
FILE = "$export-file"
_FORMATS = ("application/fhir+ndjson", "application/ndjson", "ndjson")
_KNOWN = frozenset({"_type", "_since", "_typeFilter", "_outputFormat", "patient"})
#: Seconds after which a client may ask again: while it waits, and while it is carried out.
_AGAIN, _BUSY = 2, 60


def of_system(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET|POST /fhir/$export``: everything the token allows."""
    return _kick_off(request, subject, SYSTEM)


def of_patients(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET|POST /fhir/Patient/$export``: what belongs to patients."""
    return _kick_off(request, subject, PATIENT)


def of_group(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET|POST /fhir/Group/id/$export``: what belongs to the members of the group."""
    return _kick_off(request, subject, GROUP, names[1])


def status(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET /fhir/$export-status?job=``: 202 while it goes on, then 200 with the list of files."""
    found = exports.standing(subject, arguments(request).text("job"))
    if found.state in exports.UNDER_WAY:
        share = f"{found.done:,} of about {found.expected:,} resources" if found.expected else "waiting"
        return Response(202, b"", {"X-Progress": share, "Retry-After": str(_AGAIN)})
    if found.state == "failed":
        return answer(500, fhir.outcome([Issue("error", "exception", "", found.error)]))
    expires = format_datetime(found.expires.replace(microsecond=0), usegmt=True)
    body = msgspec.json.encode(_manifest(request.base, found))
    return Response(200, body, {"Content-Type": "application/json", "Expires": expires})


def give_up(request: Request, subject: Subject, names: list[str]) -> Response:
    """``DELETE /fhir/$export-status?job=``: end it, and take its files away."""
    exports.cancel(subject, arguments(request).text("job"))
    return answer(202, fhir.outcome([Issue("information", "informational", "", "The export and its files are gone.")]))


def file(request: Request, subject: Subject, names: list[str]) -> Response:
    """``GET /fhir/$export-file?job=&name=``: one file, packed for those who take gzip."""
    asked = arguments(request)
    path = exports.file_of(subject, asked.text("job"), asked.text("name"))
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Content-Type": NDJSON, "Vary": "Accept-Encoding"}
    if packed:
        headers |= {"Content-Encoding": "gzip", "Content-Length": str(path.stat().st_size)}
    return Response(200, b"", headers, file=path, packed=packed)


def _kick_off(request: Request, subject: Subject, level: str, group: str = "") -> Response:
    if "respond-async" not in request.headers.get("prefer", "").lower():
        raise Refused(400, Invalid("An export takes its time.", cure="Send `Prefer: respond-async`.", where="Prefer"))
    lenient = request.preferences.get("handling") == "lenient"
    asked = arguments(request)
    if not lenient:
        asked.only(_KNOWN - ({"patient"} if level == SYSTEM else set()))
    form = asked.text("_outputFormat").replace(" ", "+")
    if form and form not in _FORMATS:
        raise Refused(400, Invalid(f"{form} cannot be given.", cure=f"Ask for {NDJSON}.", where="_outputFormat"))
    wish = Wish(
        level,
        group,
        asked.texts("_type"),
        asked.instant("_since"),
        asked.several("_typeFilter"),
        _patients(asked),
        lenient,
    )
    address = f"{request.base}{request.path.removeprefix('/fhir')}{'?' if request.query else ''}{request.query}"
    try:
        job = exports.ask(subject, wish, address)
    except Busy as fault:
        raise Refused(429, fault, {"Retry-After": str(_BUSY)}) from fault
    except Invalid as fault:
        raise Refused(400, fault) from fault
    return Response(202, b"", {"Content-Location": _address(request.base, "$export-status", job=job)})


def _patients(asked: Arguments) -> list[str]:
    found = []
    for value in asked.several("patient"):
        reference = value.reference if isinstance(value, r4.Reference) else value
        if not isinstance(reference, str) or not reference.startswith("Patient/"):
            raise Refused(400, Invalid("patient must be a reference such as Patient/1.", where="patient"))
        found.append(reference)
    return found


def _manifest(base: str, found: Standing) -> dict[str, object]:
    if found.through is None:
        raise NotFound("The export has no time.")

    def listed(kind: str) -> list[dict[str, object]]:
        return [_listed(base, found.id, one) for one in found.files if one.kind == kind]

    return {
        "transactionTime": stamp(found.through),
        "request": found.request,
        "requiresAccessToken": True,
        "output": listed("output"),
        "deleted": listed("deleted"),
        "error": listed("error"),
    }


def _listed(base: str, job: str, one: Output) -> dict[str, object]:
    return {"type": one.type, "url": _address(base, FILE, job=job, name=one.name), "count": one.count}


def _address(base: str, operation: str, **query: str) -> str:
    return f"{base}/{operation}?{urlencode(query)}"


ADDRESSES = {
    "System/$export": {"GET": of_system, "POST": of_system},
    "Patient/$export": {"GET": of_patients, "POST": of_patients},
    "Group/id/$export": {"GET": of_group, "POST": of_group},
    "System/$export-status": {"GET": status, "DELETE": give_up},
    f"System/{FILE}": {"GET": file},
}
