"""The 64-bit hashes that the record searches by.

Practice, resource type and search parameter are part of every hash, so that one index serves all of them
and no practice meets another's entries. A token gives up to three: for ``code``, ``system|code`` and
``system|``.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

_MASK = (1 << 64) - 1
_SIGN = 1 << 63
#: Spreads practices over the 64 bits: 2**64 divided by the golden ratio.
_SPREAD = 0x9E3779B97F4A7C15


@lru_cache(maxsize=131_072)
def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def token(practice: int, type: str, parameter: str, value: str) -> int:
    """The hash of one search value, a signed 64-bit number."""
    mixed = _digest(f"{type}\0{parameter}\0{value}") ^ (practice * _SPREAD & _MASK)
    return mixed - (1 << 64) if mixed & _SIGN else mixed


def key(practice: int, type: str, parameter: str) -> int:
    """The hash that stands for a search parameter in the tables of texts, dates and numbers."""
    return token(practice, type, parameter, "\0key")


def coded(system: str | None, code: str | None) -> list[str]:
    """The forms in which a token can be asked for: ``code``, ``system|code`` or ``|code``, ``system|``."""
    forms = []
    if code is not None:
        forms += [code, f"{system or ''}|{code}"]
    if system:
        forms.append(f"{system}|")
    return forms


#: What is hashed to say that a parameter has a value at all.
PRESENT = "\0present"


def exact(text: str) -> str:
    """What is hashed for a text that is searched exactly as it stands."""
    return f"\0exact\0{text}"


def identified(form: str) -> str:
    """What is hashed for a reference that is searched by the identifier of what it points at."""
    return f"\0identifier\0{form}"
