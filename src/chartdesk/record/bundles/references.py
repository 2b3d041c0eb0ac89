"""References between the entries of a bundle: from temporary addresses to the ids that the record gave.

The text of a resource is changed where a member that holds a reference or an address has exactly a known
one as its value, and nowhere else. Inside a JSON text a quotation mark is always escaped, so the pattern
cannot match there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

_REFERENCE = re.compile(rb'("(?:reference|url|uri|valueUri|valueUrl|valueUuid)"\s*:\s*)"((?:[^"\\]|\\.)*)"')
_CONDITIONAL = re.compile(r"[A-Z][A-Za-z]+\?.+")
_encode = msgspec.json.encode


def rewritten(body: bytes, known: Mapping[str, str], resolve: Callable[[str], str] | None = None) -> bytes:
    """``body`` with every reference to a key of ``known`` replaced by its value.

    ``resolve`` finds what a conditional reference (``Patient?identifier=1``) means.
    """

    def replaced(found: re.Match[bytes]) -> bytes:
        text = found.group(2).decode() if b"\\" not in found.group(2) else msgspec.json.decode(b'"%b"' % found.group(2))
        new = known.get(text)
        if (
            new is None
            and resolve is not None
            and found.group(1).startswith(b'"reference"')
            and _CONDITIONAL.fullmatch(text)
        ):
            new = resolve(text)
        return found.group() if new is None else found.group(1) + _encode(new)

    return _REFERENCE.sub(replaced, body)


def addresses(full_url: str, type: str, own_id: str) -> list[str]:
    """The texts by which other entries may refer to an entry."""
    named = [full_url] if full_url else []
    if own_id and full_url.endswith(f"/{type}/{own_id}"):
        named.append(f"{type}/{own_id}")
    return named
