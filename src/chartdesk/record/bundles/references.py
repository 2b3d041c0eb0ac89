"""References between the entries of a bundle: from temporary addresses to the ids that the record gave.

The text of a resource is changed where a member that holds a reference or an address has exactly a known one as
its value, and nowhere else. Inside a JSON text a quotation mark is always escaped, so the patterns cannot match
there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

_MEMBERS = rb'"(?:reference|url|uri|valueUri|valueUrl|valueUuid)"\s*:\s*'
_ANY = re.compile(rb"(" + _MEMBERS + rb')"((?:[^"\\]|\\.)*)"')
_CONDITIONAL = re.compile(rb'("reference"\s*:\s*)"([A-Z][A-Za-z]+\?(?:[^"\\]|\\.)+)"')
_REFERENCE = re.compile(rb'"reference"\s*:\s*"((?:[^"\\]|\\.)*)"')
# Links of a narrative stand in a text inside the JSON, so that a backslash precedes their quotation marks.
_LINK = re.compile(rb'((?:href|src)\s*=\s*)(\\"|\')(urn:[^"\'\\<>\s]+)(\\"|\')')
_MEMBER_BEFORE = re.compile(_MEMBERS + rb"\Z")
#: How far back the name of a member is looked for.
_BEFORE = 40
_encode = msgspec.json.encode


class Addresses:
    """What the addresses inside one bundle stand for, and how they are written into a resource's text."""

    def __init__(self) -> None:
        self._targets: dict[bytes, bytes] = {}
        self._urns_only = True
        self._changes = False

    def __bool__(self) -> bool:
        return bool(self._targets)

    def add(self, address: str, target: str) -> bool:
        """Let ``address`` stand for ``target`` (``Type/id``); False where it stands for another already."""
        if address != target:  # else it is written as it is
            self._changes = True
            self._urns_only = self._urns_only and address.startswith("urn:")
        written = _encode(target)
        return self._targets.setdefault(address.encode(), written) == written

    def written_into(self, body: bytes) -> bytes:
        """``body`` with every reference to a known address replaced."""
        if not self._changes:
            return body
        if b"<a " in body or b"<img " in body:
            body = _LINK.sub(self._linked, body)
        return self._urns(body) if self._urns_only else _ANY.sub(self._replaced, body)

    def _linked(self, found: re.Match[bytes]) -> bytes:
        new = self._targets.get(found.group(3))
        if new is None:
            return found.group()
        return found.group(1) + found.group(2) + new.strip(b'"') + found.group(4)

    def _replaced(self, found: re.Match[bytes]) -> bytes:
        new = self._targets.get(_plain(found.group(2)))
        return found.group() if new is None else found.group(1) + new

    def _urns(self, body: bytes) -> bytes:
        """The same for temporary addresses alone, which is the usual case and can be searched for directly."""
        first, *others = body.split(b'"urn:')
        if not others:
            return body
        parts = [first]
        before = first
        for other in others:
            urn, quote, rest = other.partition(b'"')
            new = self._targets.get(b"urn:" + urn)
            if new is not None and quote and _MEMBER_BEFORE.search(before[-_BEFORE:]):
                parts += (new, rest)
            else:
                parts += (b'"urn:', other)
            before = other
        return b"".join(parts)


def mentioned(body: bytes) -> set[str]:
    """Every reference in the text of a resource."""
    return {_plain(found).decode(errors="replace") for found in _REFERENCE.findall(body)}


def resolved(body: bytes, resolve: Callable[[str], str]) -> bytes:
    """``body`` with every conditional reference (``Patient?identifier=1``) replaced by what ``resolve`` finds."""
    if b"?" not in body:
        return body
    return _CONDITIONAL.sub(
        lambda found: found.group(1) + _encode(resolve(_plain(found.group(2)).decode(errors="replace"))), body
    )


def addresses(full_url: str, type: str, own_id: str) -> list[str]:
    """The texts by which other entries may refer to an entry."""
    named = [full_url] if full_url else []
    if own_id and full_url.endswith(f"/{type}/{own_id}"):
        named.append(f"{type}/{own_id}")
    return named


def _plain(text: bytes) -> bytes:
    """The text between the quotation marks without its escapes."""
    if b"\\" not in text:
        return text
    try:
        plain: str = msgspec.json.decode(b'"%b"' % text)
    except ValueError:
        return text  # half of a pair of escapes; the decoder of the resource will say so
    return plain.encode()
