"""Reading typed content with msgspec where threads may begin together.

msgspec learns a type when it first reads it. Threads that learn the same type at the same moment crash the whole
process (0.22.0: every second process whose 32 threads began at once), so a type is learned here by one thread while
the others wait. Decoders that a module builds when it is imported need none of this.
"""

from __future__ import annotations

from threading import RLock
from types import UnionType
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")

# Held while a type is learned.
learning = RLock()
_learned: set[Any] = set()


def decode(content: bytes | str, type: type[T]) -> T:
    """JSON as a `type`. Raises msgspec.ValidationError, msgspec.DecodeError."""
    return msgspec.json.decode(content, type=_known(type))


@overload
def convert(plain: Any, type: type[T], *, strict: bool = True) -> T: ...
@overload
def convert(plain: Any, type: UnionType, *, strict: bool = True) -> Any: ...
def convert(plain: Any, type: Any, *, strict: bool = True) -> Any:
    """What JSON was decoded to, as a `type`. Raises msgspec.ValidationError."""
    return msgspec.convert(plain, _known(type), strict=strict)


def decoder(type: type[T]) -> msgspec.json.Decoder[T]:
    """A decoder of `type`, for code that keeps it."""
    with learning:
        return msgspec.json.Decoder(type)


def _known(type: type[T]) -> type[T]:
    if type not in _learned:
        decoder(type)
        _learned.add(type)
    return type
