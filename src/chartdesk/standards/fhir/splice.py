"""Set the identity of a stored resource in its JSON text, leaving every other byte as it came.

Guide section: resource metadata (https://hl7.org/fhir/R4/resource.html#Meta).
"""

from __future__ import annotations

import msgspec

from chartdesk.kit.errors import Invalid

from .issues import Issue

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_string = msgspec.json.Encoder().encode


class _Names(dict[str, bytes]):
    """How a member begins, by its name. Resources have a few hundred of them."""

    def __missing__(self, name: str) -> bytes:
        made = _string(name).replace(b"%", b"%%") + b":%b"
        if len(self) < 2000:
            self[name] = made
        return made


_names = _Names()


def splice(body: bytes | str, *, id: str, version: int, last_updated: str) -> bytes:
    """`body` with `id` and `meta.versionId`, `meta.lastUpdated` set; other members of `meta` are kept.

    Every other top-level member keeps its text, byte for byte, and its place; white space between top-level
    members is not kept. Raises Invalid when `body` is not a JSON object or its `meta` is not one.
    """
    members = _decode(body, "the body")
    meta = _decode(members["meta"], "meta") if "meta" in members else {}
    ours = b'"versionId":"%d","lastUpdated":%b' % (version, _string(last_updated))
    meta_text = b"{" + b",".join([ours, *_texts(meta, ("versionId", "lastUpdated"))]) + b"}"
    parts = [b'"id":' + _string(id), b'"meta":' + meta_text, *_texts(members, ("resourceType", "id", "meta"))]
    if "resourceType" in members:
        parts.insert(0, b'"resourceType":' + bytes(members["resourceType"]))
    return b"{" + b",".join(parts) + b"}"


def stamp(text: bytes, *, type: str, id: str, version: int, last_updated: str) -> bytes:
    """What ``splice`` makes of a text that ``encode`` wrote: without reading it where it begins as such a text does."""
    head = b'{"resourceType":"%b","id":%b,' % (type.encode(), _string(id))
    if not text.startswith(head) or text.startswith(b'"meta":', len(head)):
        return splice(text, id=id, version=version, last_updated=last_updated)
    meta = b'"meta":{"versionId":"%d","lastUpdated":%b},' % (version, _string(last_updated))
    return head + meta + text[len(head) :]


def _decode(text: bytes | str | msgspec.Raw, what: str) -> dict[str, msgspec.Raw]:
    try:
        return _members.decode(text)
    except (ValueError, RecursionError) as error:
        message = f"Cannot set the version: {what} is not a JSON object ({error})."
        raise Invalid(message, issues=[Issue("fatal", "structure", "", message)]) from error


def _texts(members: dict[str, msgspec.Raw], without: tuple[str, ...]) -> list[bytes]:
    return [_names[name] % text for name, text in members.items() if name not in without]
