"""The 64-bit hashes that the record searches by.

Practice, resource type and search parameter are part of every hash, so that one index serves all of them and
no practice meets another's entries.

What is asked for often is a token, under the index: ``code`` and ``system|code``, or ``|code`` where there is
no system; a reference; a URI; an exact text. What is asked for rarely is a mark, which only sifts what other
conditions found: ``system|``, and that a parameter has a value at all.
"""

from __future__ import annotations

from hashlib import blake2b

_SIGN = 1 << 63
_REMEMBERED = 200_000


class _Memory(dict[tuple[int, str, str, str], int]):
    """Hashes by what they are of. The same few thousand codes come again and again."""

    def __missing__(self, asked: tuple[int, str, str, str]) -> int:
        practice, type, parameter, form = asked
        text = f"{practice}\0{type}\0{parameter}\0{form}"
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        found = int.from_bytes(digest, "big", signed=True)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[asked] = found
        return found


memory = _Memory()


class _Coded(dict[tuple[int, str, str, str | None, str | None], tuple[tuple[int, ...], tuple[int, ...]]]):
    """The marks and the tokens of a coded value, by (practice, type, parameter, system, code)."""

    def __missing__(self, asked: tuple[int, str, str, str | None, str | None]) -> tuple[tuple[int, ...], ...]:
        practice, type, parameter, system, code = asked
        marks = [PRESENT, of_system(system)] if system else [PRESENT]
        found = (
            tuple(memory[practice, type, parameter, mark] for mark in marks),
            tuple(memory[practice, type, parameter, form] for form in forms(system, code)),
        )
        if len(self) >= _REMEMBERED // 10:
            self.clear()
        self[asked] = found
        return found


coded = _Coded()


def token(practice: int, type: str, parameter: str, form: str) -> int:
    """The hash of one search value, a signed 64-bit number."""
    return memory[practice, type, parameter, form]


def key(practice: int, type: str, parameter: str) -> int:
    """The hash that stands for a search parameter in the tables of texts, dates and numbers."""
    return memory[practice, type, parameter, KEY]


def forms(system: str | None, code: str | None) -> list[str]:
    """The forms under which a token is in the index."""
    if code is None:
        return []
    return [code, f"{system}|{code}"] if system else [f"|{code}"]


def wanted(system: str | None, code: str) -> list[str]:
    """The forms to look for: any of them. ``system`` is None for any, empty for none."""
    if system is None:
        return [code, f"|{code}"]
    return [f"{system}|{code}"]


#: Stands for a parameter in the tables of texts, dates and numbers.
KEY = "\0key"
#: The mark that says that a parameter has a value at all.
PRESENT = "\0present"


def of_system(system: str) -> str:
    """The mark for any code of a system."""
    return f"\0system\0{system}"


def dated(code: str) -> str:
    """The form of a code in the table of dates, where its rows stand in the order of their resources' dates."""
    return f"\0dated\0{code}"


def exact(text: str) -> str:
    """The form of a text that is searched exactly as it stands."""
    return f"\0exact\0{text}"


def identified(form: str) -> str:
    """The form of a reference that is searched by the identifier of what it points at."""
    return f"\0identifier\0{form}"
