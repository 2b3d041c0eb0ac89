"""Reading a Bundle: what each entry asks for, with the text of its resource as it came."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir.facts import resource_types

#: The most entries that one bundle may have.
MOST_ENTRIES = 5000
_METHODS = ("DELETE", "POST", "PUT", "GET")


class _Request(msgspec.Struct, rename="camel"):
    method: str
    url: str
    if_match: str = ""
    if_none_match: str = ""
    if_none_exist: str = ""
    if_modified_since: str = ""


class _Entry(msgspec.Struct, rename="camel"):
    full_url: str = ""
    resource: msgspec.Raw = msgspec.Raw(b"")
    request: _Request | None = None


class _Bundle(msgspec.Struct, rename="camel"):
    resource_type: str = ""
    type: str = ""
    entry: list[_Entry] = []


class Head(msgspec.Struct, rename="camel"):
    """What a resource says of itself first."""

    resource_type: str = ""
    id: str = ""


_bundle = msgspec.json.Decoder(_Bundle)
_head = msgspec.json.Decoder(Head)


@dataclass(slots=True)
class Entry:
    """One entry. ``type`` and ``id`` are what its address names; ``body`` may be empty."""

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

    @property
    def name(self) -> str:
        """How a refusal names it, such as ``Bundle.entry[3]``."""
        return f"Bundle.entry[{self.position}]"


@dataclass(slots=True)
class Opened:
    """A bundle, read. ``type`` is transaction, batch, collection and so on."""

    type: str
    entries: list[Entry]


def opened(body: bytes) -> Opened:
    """Read a bundle. Raises Invalid where it is none, is too long, or an entry's request makes no sense."""
    try:
        bundle = _bundle.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Invalid(f"The body is not a Bundle: {fault}", cure="Send a JSON Bundle.", where="Bundle") from fault
    if bundle.resource_type != "Bundle":
        raise Invalid(f"Expected a Bundle, not a {bundle.resource_type or 'nameless thing'}.", where="resourceType")
    if len(bundle.entry) > MOST_ENTRIES:
        raise Invalid(
            f"The bundle has {len(bundle.entry)} entries; at most {MOST_ENTRIES} are taken.",
            cure="Send it in parts.",
            where="Bundle.entry",
        )
    asked = bundle.type in ("transaction", "batch")
    return Opened(bundle.type, [_read(i, entry, asked) for i, entry in enumerate(bundle.entry)])


def _read(position: int, entry: _Entry, asked: bool) -> Entry:
    body = bytes(entry.resource)
    head = head_of(body, f"Bundle.entry[{position}].resource") if body else Head()
    if not asked:
        return Entry(position, entry.full_url, "PUT", head.resource_type, head.id, [], body, own_id=head.id)
    place = f"Bundle.entry[{position}].request"
    if entry.request is None:
        raise Invalid("The entry has no request.", cure="Say what to do with it.", where=place)
    request = entry.request
    if request.method not in _METHODS:
        raise Invalid(f"{request.method} is not taken in a bundle.", cure="Use POST, PUT, DELETE or GET.", where=place)
    type, id, query = _address(request.url, place)
    if request.method in ("POST", "PUT"):
        if not body:
            raise Invalid("The entry has no resource.", where=f"Bundle.entry[{position}].resource")
        if head.resource_type != type:
            raise Invalid(f"The address names {type}, the resource is {head.resource_type!r}.", where=place)
    if request.method == "PUT" and not id:
        raise Invalid("The address of a PUT needs an id.", cure=f"Write {type}/id.", where=place)
    if request.method == "PUT" and head.id != id:
        raise Invalid(f"The address names the id {id}, the resource {head.id or 'none'}.", where=place)
    if request.method == "POST":
        id = ""
    return Entry(
        position,
        entry.full_url,
        request.method,
        type,
        id,
        query,
        body,
        expect=version_of(request.if_match, place) if request.if_match else None,
        if_none_exist=request.if_none_exist.removeprefix("?"),
        if_none_match=request.if_none_match,
        own_id=head.id,
    )


def head_of(body: bytes, place: str) -> Head:
    """Type and id of a resource, without the rest. Raises Invalid where the text is no JSON object."""
    try:
        return _head.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Invalid(f"The resource cannot be read: {fault}", where=place) from fault


def _address(url: str, place: str) -> tuple[str, str, list[tuple[str, str]]]:
    """(type, id, query) of a request's address, which is relative to the server's own."""
    parts = urlsplit(url)
    names = [name for name in parts.path.split("/") if name]
    if parts.scheme or not names or len(names) > 2 or names[0] not in resource_types():
        raise Invalid(f"{url!r} is not an address here.", cure="Write Type, Type/id or Type?query.", where=place)
    return names[0], names[1] if len(names) == 2 else "", parse_qsl(parts.query, keep_blank_values=True)


def version_of(tag: str, place: str) -> int:
    """The version that an entity tag names, such as 3 for ``W/"3"``. Raises Invalid for another form."""
    text = tag.strip().removeprefix("W/").strip('"')
    if not text.isdigit():
        raise Invalid(f"{tag!r} is not a version's tag.", cure='Write it like W/"3".', where=place)
    return int(text)
