"""Requests and responses, and what their headers mean.

Guide section: HTTP headers (https://hl7.org/fhir/R4/http.html#summary).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import validate_host

from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.record.bundles.entries import version_of
from chartdesk.record.stored import Stored

FHIR_JSON = "application/fhir+json"
_JSON = {"application/fhir+json", "application/json", "text/json", "json", "*/*", "application/*", ""}
_BODY = {"application/fhir+json", "application/json", "text/json"}
FORM = "application/x-www-form-urlencoded"
#: The most parameters of one query.
_PARAMETERS = 500
_HOST = re.compile(r"(.+?)(?::\d+)?")
_VERSION = re.compile(r"fhirversion\s*=\s*\"?([0-9.]+)", re.IGNORECASE)


@dataclass
class Request:
    """One request. ``headers`` have names in lower case; ``origin`` is the address it came from."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    origin: str = ""
    too_large: bool = False

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The query's parameters, in order."""
        return _pairs(self.query)

    @cached_property
    def base(self) -> str:
        """The address of the FHIR server as the client sees it, without a slash at the end."""
        return _base(self.headers.get("host", "localhost"), settings.HTTPS, tuple(settings.ALLOWED_HOSTS))

    @cached_property
    def preferences(self) -> dict[str, str]:
        """The Prefer header: ``return`` and ``handling``."""
        given = self.headers.get("prefer")
        if not given:
            return {}
        parts = re.split(r"[,;]", given)
        found = (part.partition("=") for part in parts)
        return {name.strip().lower(): value.strip().strip('"') for name, _, value in found if value}

    @property
    def strict(self) -> bool:
        """Whether unknown search parameters are errors."""
        return self.preferences.get("handling") == "strict"

    def form(self) -> list[tuple[str, str]]:
        """The parameters of a form body. Refuses another type of body."""
        if self._content_type() != FORM:
            raise Refused(415, Invalid(f"The body must be {FORM}.", where="Content-Type"))
        try:
            return _pairs(self.body.decode())
        except UnicodeDecodeError as fault:
            raise Refused(400, Invalid("The body is not UTF-8 text.")) from fault

    def expected_version(self) -> int | None:
        """The version of the If-Match header, or None without one."""
        tag = self.headers.get("if-match")
        if not tag:
            return None
        try:
            return version_of(tag, "If-Match")
        except Invalid as fault:
            raise Refused(400, fault) from fault

    def unmodified_since(self) -> datetime | None:
        """The moment of the If-Unmodified-Since header, or None without one."""
        given = self.headers.get("if-unmodified-since")
        if not given:
            return None
        found = _instant(given)
        if found is None:
            raise Refused(400, Invalid("If-Unmodified-Since is not a date.", where="If-Unmodified-Since"))
        return found

    def check_accept(self) -> None:
        """Refuse a request that wants something else than JSON."""
        asked = next((value for name, value in self.pairs if name == "_format"), "") if "_format" in self.query else ""
        wanted = asked.replace(" ", "+") or self.headers.get("accept", "")
        for one in wanted.split(","):
            kind, _, parameters = one.partition(";")
            version = _VERSION.search(parameters) if parameters else None
            if kind.strip().lower() in _JSON and (version is None or version.group(1) in ("4.0", "4.0.1")):
                return
        raise Refused(406, Invalid(f"{wanted} cannot be given.", cure=f"Accept {FHIR_JSON}.", where="Accept"))

    def check_body(self) -> None:
        """Refuse a body that is not JSON, and an empty one."""
        kind = self._content_type()
        if kind not in _BODY:
            raise Refused(415, Invalid(f"A body of type {kind or 'unknown'} is not taken.", cure=f"Send {FHIR_JSON}."))
        if not self.body:
            raise Refused(400, Invalid("The body is empty.", cure="Send the resource as JSON."))

    def unchanged(self, stored: Stored) -> bool:
        """Whether the client has this version already."""
        tags = self.headers.get("if-none-match")
        if tags:
            opaque = stored.etag.removeprefix("W/")
            return opaque in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
        since = _instant(self.headers.get("if-modified-since", ""))
        return since is not None and stored.updated.replace(microsecond=0) <= since

    def _content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@lru_cache(maxsize=256)
def _base(host: str, https: bool, allowed: tuple[str, ...]) -> str:
    found = _HOST.fullmatch(host)
    if found is None or not validate_host(found.group(1), allowed):
        raise Refused(400, Invalid("This server is not called by that host name.", where="Host"))
    return f"{'https' if https else 'http'}://{host}/fhir"


@dataclass
class Response:
    """One answer. Where ``file`` is there its bytes are the body, unpacked on the way unless ``packed``."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    file: Path | None = None
    packed: bool = False

    def depends_on(self, header: str) -> None:
        """Say that the answer depends on that header of the request, too."""
        self.headers["Vary"] = ", ".join(filter(None, [self.headers.get("Vary", ""), header]))


def answer(status: int, body: bytes, **headers: str) -> Response:
    """An answer in FHIR's JSON; underscores in the names of ``headers`` become hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, body, {"Content-Type": f"{FHIR_JSON}; charset=utf-8", **named})


def version_headers(stored: Stored) -> dict[str, str]:
    """ETag and Last-Modified of a version."""
    modified = format_datetime(stored.updated.astimezone(UTC).replace(microsecond=0), usegmt=True)
    return {"ETag": stored.etag, "Last_Modified": modified}


def version_address(base: str, stored: Stored) -> str:
    """The address of this very version."""
    return f"{base}/{stored.reference}/_history/{stored.version}"


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        found = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except ValueError as fault:
        raise Refused(400, Invalid("The query cannot be read, or has too many parameters.")) from fault
    if any("\0" in name or "\0" in value for name, value in found):
        raise Refused(400, Invalid("The query holds a character that no text may have.", cure="Leave %00 out."))
    return found


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


__all__ = ["Request", "Response", "answer", "version_address", "version_headers"]
