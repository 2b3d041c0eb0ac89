"""Reading a Bundle: what each entry asks for, with the text of its resource as it came."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards import patches
from chartdesk.standards.fhir import Issue, r4
from chartdesk.standards.fhir.explanation import Repeated, tree
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.patches import Patch

#: The most entries that one bundle may have, where the caller does not say otherwise.
MOST_ENTRIES = 5000
#: If-Match: * — any version, but there must be one.
ANY_VERSION = 0
_METHODS = ("DELETE", "POST", "PUT", "PATCH", "GET", "HEAD")
_WITH_BODY = ("POST", "PUT", "PATCH")
_JSON_PATCH = "application/json-patch+json"


class TooMany(Invalid):
    """A bundle of more entries than are taken."""


# A Bundle as R4 has it, but for the resources, which stay the texts they are: each is read where it is used, and its
# faults are those of its entry. Members that R4 does not have are refused, as they are in a resource.
_UNREAD = msgspec.Raw(b"")
_Beside = r4.Element | None


class _Request(r4.BackboneElement, rename="camel", kw_only=True):
    method: str
    _method: _Beside = None
    url: str
    _url: _Beside = None
    if_match: str = ""
    _if_match: _Beside = None
    if_none_match: str = ""
    _if_none_match: _Beside = None
    if_none_exist: str = ""
    _if_none_exist: _Beside = None
    if_modified_since: str = ""
    _if_modified_since: _Beside = None


class _Entry(r4.BackboneElement, rename="camel"):
    link: Sequence[r4.BundleLink] = ()
    full_url: str = ""
    _full_url: _Beside = None
    resource: msgspec.Raw = _UNREAD
    search: r4.BundleEntrySearch | None = None
    request: _Request | None = None
    response: msgspec.Raw = _UNREAD


class _Bundle(msgspec.Struct, rename="camel", forbid_unknown_fields=True, omit_defaults=True):
    resource_type: str = ""
    id: str = ""
    meta: r4.Meta | None = None
    implicit_rules: str = ""
    _implicit_rules: _Beside = None
    language: str = ""
    _language: _Beside = None
    identifier: r4.Identifier | None = None
    type: str = ""
    _type: _Beside = None
    timestamp: str = ""
    _timestamp: _Beside = None
    total: int | None = None
    _total: _Beside = None
    link: Sequence[r4.BundleLink] = ()
    entry: Sequence[_Entry] = ()
    signature: r4.Signature | None = None


class Head(msgspec.Struct, rename="camel"):
    """What a resource says of itself first."""

    resource_type: str = ""
    id: str = ""


class _Binary(msgspec.Struct, rename="camel"):
    content_type: str = ""
    data: str = ""


_bundle = msgspec.json.Decoder(_Bundle)
_encoder = msgspec.json.Encoder()
_head = msgspec.json.Decoder(Head)
_binary = msgspec.json.Decoder(_Binary)
#: What a decoder says of a text, with the place such as ``$.entry[0].request``; and of a member that it does not know.
_SAID = re.compile(r"(.*?)(?: - at `\$([^`]*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)


@dataclass(slots=True)
class Entry:
    """One entry. ``type`` and ``id`` are what its address names; ``body`` may be empty.

    ``expect`` is the version of If-Match, ``ANY_VERSION`` for a star; ``unchanged_since`` is If-Unmodified-Since.
    """

    position: int
    full_url: str
    method: str
    type: str
    id: str
    query: list[tuple[str, str]]
    body: bytes
    expect: int | None = None
    if_none_exist: str = ""
    if_none_match: str = ""
    own_id: str = ""
    if_modified_since: str = ""
    url: str = ""
    patch: Patch | None = None
    unchanged_since: datetime | None = None

    @property
    def name(self) -> str:
        """How a refusal names it, such as ``Bundle.entry[3]``."""
        return f"Bundle.entry[{self.position}]"

    @property
    def reads(self) -> bool:
        """Whether it only reads."""
        return self.method in ("GET", "HEAD")

    @property
    def asks(self) -> bool:
        """Whether it calls an operation, or searches by POST: answered as a request of its own."""
        if self.method != "POST" or ("$" not in self.url and "_" not in self.url):
            return False
        return any(part[:1] in ("$", "_") for part in self.url.partition("?")[0].split("/"))


@dataclass(slots=True)
class Opened:
    """A bundle, read. ``type`` is transaction, batch, collection and so on."""

    type: str
    entries: list[Entry]


def opened(body: bytes, *, base: str = "", most: int = MOST_ENTRIES) -> Opened:
    """Read a bundle. ``base`` is the server's own address, which entries may begin theirs with.

    Raises Invalid where it is none, or an entry's request makes no sense, and TooMany.
    """
    bundle = _decoded(body, "body")
    if len(bundle.entry) > most:
        raise TooMany(
            f"The bundle has {len(bundle.entry)} entries; at most {most} are taken.",
            cure="Send it in parts.",
            where="Bundle.entry",
        )
    asked = bundle.type in ("transaction", "batch")
    return Opened(bundle.type, [_read(i, entry, asked, base) for i, entry in enumerate(bundle.entry)])


def resources_of(text: bytes) -> list[tuple[str, bytes]]:
    """(full address, resource) of the entries of a bundle that have one. Raises Invalid where it is none."""
    return [(entry.full_url, bytes(entry.resource)) for entry in _decoded(text, "file").entry if bytes(entry.resource)]


def _decoded(text: bytes, what: str) -> _Bundle:
    """The bundle in ``text``. Raises Invalid where it is none, or has members that no Bundle has."""
    try:
        bundle = _bundle.decode(text)
    except (ValueError, RecursionError) as fault:
        kind = _kind(text)
        if kind not in ("", "Bundle"):
            raise _another(kind) from fault
        raise _unreadable(str(fault), what) from fault
    if bundle.resource_type != "Bundle":
        raise _another(bundle.resource_type)
    # What was read holds no more quotes than the text, and fewer where a repeated name lost one of its members.
    if _quotes(_encoder.encode(bundle)) != _quotes(text):
        for where, names in _repeated(tree(text.decode()), "Bundle"):
            sentence = f"{where} names {' and '.join(map(repr, names))} more than once."
            issue = Issue("error", "structure", where, sentence)
            raise Invalid(sentence, cure="Name each element once.", where=where, issues=[issue])
    return bundle


def _quotes(text: bytes) -> int:
    return text.count(b'"') - text.count(b'\\"')


def _repeated(value: object, where: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where a name is repeated, and which, outside of the resources: their own faults are told with their entries."""
    if isinstance(value, Repeated):
        yield where, value.names
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "resource":
                yield from _repeated(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _repeated(inner, f"{where}[{place}]")


def _unreadable(fault: str, what: str) -> Invalid:
    """The refusal of what the decoder could not read."""
    said = _SAID.fullmatch(fault)
    reason, place = said.groups(default="") if said else (fault, "")
    where = f"Bundle{place}"
    unknown = _UNKNOWN.fullmatch(reason)
    if unknown:
        sentence, cure = f"{where} has no element {unknown[1][:64]!r}.", "Leave it out, or correct its name."
    else:
        sentence, cure = f"The {what} is not a Bundle: {reason}.", "Send a JSON Bundle."
    return Invalid(sentence, cure=cure, where=where, issues=[Issue("fatal", "structure", where, sentence)])


def _kind(text: bytes) -> str:
    try:
        return _head.decode(text).resource_type
    except (ValueError, RecursionError):
        return ""


def _another(kind: str) -> Invalid:
    return Invalid(f"Expected a Bundle, not a {kind or 'nameless thing'}.", where="resourceType")


def _read(position: int, entry: _Entry, asked: bool, base: str) -> Entry:
    body = bytes(entry.resource)
    head = head_of(body, f"Bundle.entry[{position}].resource") if body else Head()
    if not asked:
        return Entry(position, entry.full_url, "PUT", head.resource_type, head.id, [], body, own_id=head.id)
    place = f"Bundle.entry[{position}].request"
    request = entry.request
    if request is None:
        raise Invalid("The entry has no request.", cure="Say what to do with it.", where=place)
    if request.method not in _METHODS:
        cure = "Use POST, PUT, PATCH, DELETE or GET."
        raise Invalid(f"{request.method!r} is not taken in a bundle.", cure=cure, where=place)
    if request.method in _WITH_BODY and not body:
        raise Invalid("The entry has no resource.", where=f"Bundle.entry[{position}].resource")
    url = request.url.removeprefix(base).lstrip("/")
    made = Entry(
        position,
        entry.full_url,
        request.method,
        "",
        "",
        [],
        body,
        expect=version_of(request.if_match, place) if request.if_match else None,
        if_none_exist=request.if_none_exist.removeprefix("?"),
        if_none_match=request.if_none_match,
        own_id=head.id,
        if_modified_since=request.if_modified_since,
        url=url,
    )
    if not made.reads and not made.asks:
        _check(made, head, place)
    else:
        made.type, made.id, made.query = _address(url, place, loose=True)
    return made


def _check(entry: Entry, head: Head, place: str) -> None:
    """Read the address of a write, and refuse one that does not go with its resource."""
    entry.type, entry.id, entry.query = _address(entry.url, place)
    if entry.method in ("POST", "PUT") and head.resource_type != entry.type:
        raise Invalid(f"The address names {entry.type}, the resource is {head.resource_type!r}.", where=place)
    if entry.method == "POST":
        entry.id = ""
    elif not entry.id and not entry.query:
        cure = f"Write {entry.type}/id or {entry.type}?condition."
        raise Invalid(f"The address of a {entry.method} needs an id or a condition.", cure=cure, where=place)
    if entry.method == "PUT" and entry.id and head.id != entry.id:
        raise Invalid(f"The address names the id {entry.id}, the resource {head.id or 'none'}.", where=place)
    if entry.method == "PATCH":
        entry.patch = _patch(entry, head)


def _patch(entry: Entry, head: Head) -> Patch:
    """The patch of an entry: Parameters as they are, a JSON Patch inside a Binary."""
    if head.resource_type == "Parameters":
        return patches.read(patches.FHIRPATH, entry.body)
    place = f"{entry.name}.resource"
    if head.resource_type != "Binary":
        raise Invalid("A PATCH carries Parameters, or a Binary with a JSON Patch.", where=place)
    try:
        binary = _binary.decode(entry.body)
        data = base64.b64decode("".join(binary.data.split()), validate=True)
    except (ValueError, binascii.Error) as fault:
        raise Invalid("The data of the Binary is not base64.", where=f"{place}.data") from fault
    if binary.content_type.partition(";")[0].strip() != _JSON_PATCH:
        raise Invalid(f"The Binary must be {_JSON_PATCH}.", where=f"{place}.contentType")
    return patches.read(patches.JSON, data)


def head_of(body: bytes, place: str) -> Head:
    """Type and id of a resource, without the rest. Raises Invalid where the text is no JSON object."""
    try:
        return _head.decode(body)
    except (ValueError, RecursionError) as fault:
        raise Invalid(f"The resource cannot be read: {fault}", where=place) from fault


def _address(url: str, place: str, *, loose: bool = False) -> tuple[str, str, list[tuple[str, str]]]:
    """(type, id, query) of a request's address. ``loose``: of a read, which may be of another form."""
    if url in resource_types():
        return url, "", []  # most of them are this
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True, errors="strict", max_num_fields=500)
        names = [unquote(name, errors="strict") for name in parts.path.split("/") if name]
    except ValueError as fault:
        raise Invalid(f"The address {url[:100]!r} cannot be read.", where=place) from fault
    known = bool(names) and names[0] in resource_types()
    if parts.scheme or parts.netloc or (not loose and (not known or len(names) > 2)):
        raise Invalid(f"{url[:100]!r} is not an address here.", cure="Write Type, Type/id or Type?query.", where=place)
    plain = known and len(names) <= 2
    return names[0] if known else "", names[1] if plain and len(names) == 2 else "", query


def version_of(tag: str, place: str) -> int:
    """The version that an entity tag names, such as 3 for ``W/"3"``; ANY_VERSION for a star. Raises Invalid."""
    text = tag.strip()
    if text == "*":
        return ANY_VERSION
    text = text.removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) == 0:
        raise Invalid(f"{tag[:40]!r} is not a version's tag.", cure='Write it like W/"3".', where=place)
    return int(text)
