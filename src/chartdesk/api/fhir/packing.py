"""Packed bodies: what clients send compressed, and what they want compressed.

Guide section: content coding (RFC 9110 section 8.4). A packed body is unpacked up to the size that is taken, and
no further: what would grow beyond that is refused without being held.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import brotli

from chartdesk.api.fhir.limits import too_large
from chartdesk.api.fhir.messages import Request, Response
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid

#: Smaller answers are sent as they are.
_SMALL = 1400
_GZIP, _ZLIB, _RAW = 31, 15, -15
_LEVEL, _BROTLI_QUALITY = 4, 4
#: In the order in which we like them.
_SERVED = ("br", "gzip", "deflate")


def unpack(request: Request, most: int) -> None:
    """Replace a packed body by what it holds, ``most`` bytes at the largest. Raises Refused."""
    coding = request.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity") or not request.body:
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        fault = Invalid(f"A body packed as {coding[:40]!r} is not taken.", cure="Use gzip, deflate or none.")
        raise Refused(415, fault, {"Accept-Encoding": "gzip, deflate"})
    try:
        request.body = _unpacked(request.body, coding, most)
    except zlib.error as fault:
        raise Refused(400, Invalid(f"The body is not packed as {coding}.", where="Content-Encoding")) from fault


def pack(request: Request, response: Response) -> None:
    """Compress a larger answer, where the client takes that."""
    accepted = request.headers.get("accept-encoding", "")
    if len(response.body) < _SMALL or not accepted or "Content-Encoding" in response.headers:
        return
    coding = _chosen(accepted)
    if coding == "br":
        response.body = brotli.compress(response.body, quality=_BROTLI_QUALITY)
    elif coding:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP if coding == "gzip" else _ZLIB)
        response.body = packer.compress(response.body) + packer.flush()
    else:
        return
    response.headers["Content-Encoding"] = coding
    response.depends_on("Accept-Encoding")


@lru_cache(maxsize=256)
def _chosen(accepted: str) -> str:
    """The coding that an Accept-Encoding header likes best among ours; empty for none."""
    weights: dict[str, float] = {}
    for part in accepted[:500].split(","):
        coding, _, parameters = part.partition(";")
        given = parameters.strip().removeprefix("q=")
        try:
            weights[coding.strip().lower()] = float(given) if given else 1.0
        except ValueError:
            continue
    liked = [(weights.get(name, weights.get("*", 0.0)), -place, name) for place, name in enumerate(_SERVED)]
    weight, _, name = max(liked)
    return name if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _unpacked(body: bytes, coding: str, most: int) -> bytes:
    if coding != "deflate":
        return _bounded(body, _GZIP, most)
    try:
        return _bounded(body, _ZLIB, most)
    except zlib.error:
        return _bounded(body, _RAW, most)  # what some clients call deflate


def _bounded(body: bytes, bits: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(bits)
    found = unpacker.decompress(body, most + 1)
    if len(found) > most:
        raise too_large(f"The body grows beyond {most:,} bytes when it is unpacked.")
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("incomplete")
    return found
