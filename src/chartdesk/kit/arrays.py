"""Arrays of texts and of bytes on their way to PostgreSQL, in its binary form.

The driver writes a list element by element, each through the dumper of its type. The record's writes have a dozen
arrays of the same few types in every statement; here a whole array is put together at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import Dumper

_TEXT_OID, _TEXT_ARRAY_OID = 25, 1009
_BYTEA_OID, _BYTEA_ARRAY_OID = 17, 1001
# Dimensions, whether there are nulls, the type of the elements; then elements and the first one's number.
_HEAD = Struct("!IIIII")
_LENGTH = Struct("!i").pack
_EMPTY = Struct("!III")
_NULL = _LENGTH(-1)


class Texts(list[Any]):
    """Texts, as they are or in UTF-8, none of them null, to be sent as ``text[]``."""

    __slots__ = ()


class Blobs(list[Any]):
    """Bytes, some of them None, to be sent as ``bytea[]``."""

    __slots__ = ()


def numbers(values: Iterable[object]) -> str:
    """Numbers as the text of an array, None as NULL: one parameter whose type does not vary with the values."""
    return "{" + ",".join("NULL" if one is None else str(one) for one in values) + "}"


class _TextsDumper(Dumper):
    format = pq.Format.BINARY
    oid = _TEXT_ARRAY_OID

    def dump(self, obj: Texts) -> bytes:
        if not obj:
            return _EMPTY.pack(0, 0, _TEXT_OID)
        parts = [_HEAD.pack(1, 0, _TEXT_OID, len(obj), 1)]
        add = parts.append
        for text in obj:
            data = text if text.__class__ is bytes else text.encode()
            add(_LENGTH(len(data)))
            add(data)
        return b"".join(parts)


class _BlobsDumper(Dumper):
    format = pq.Format.BINARY
    oid = _BYTEA_ARRAY_OID

    def dump(self, obj: Blobs) -> bytes:
        if not obj:
            return _EMPTY.pack(0, 0, _BYTEA_OID)
        parts = [_HEAD.pack(1, 1, _BYTEA_OID, len(obj), 1)]
        for data in obj:
            parts += (_NULL,) if data is None else (_LENGTH(len(data)), data)
        return b"".join(parts)


psycopg.adapters.register_dumper(Texts, _TextsDumper)
psycopg.adapters.register_dumper(Blobs, _BlobsDumper)
