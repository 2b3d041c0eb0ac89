"""Characters that would part a message where they stand, written another way (HL7 v2.5.1, section 2.7).

Sequences that are not known here stay as they are, backslashes and all: a partner of ours may know them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chartdesk.standards.hl7v2.separators import Separators

_LINE_BREAKS = {".br": "\n", ".sp": "\n"}


def unescape(text: str, separators: Separators) -> str:
    """``text`` of a field, component or subcomponent as it is meant. Formatting (``\\H\\``, ``\\.in5\\``) stays."""
    mark = separators.escape
    if not mark or mark not in text:
        return text
    return _sequence(mark).sub(lambda found: _meant(found, separators), text)


def escape(text: str, separators: Separators) -> str:
    """``text`` so that a message can hold it: its separators and line ends written as sequences.

    Without an escape character, what would part the message is left out: better a space than another field.
    """
    pattern, words = _special(separators)
    return pattern.sub(lambda found: words[found[0]], text) if pattern.search(text) else text


def _meant(found: re.Match[str], separators: Separators) -> str:
    name = found[1]
    plain = {
        "F": separators.field, "S": separators.component, "R": separators.repetition, "E": separators.escape,
        "T": separators.subcomponent, "P": separators.truncation or "#",
    }.get(name)  # fmt: skip
    if plain is not None:
        return plain
    if name in _LINE_BREAKS:
        return _LINE_BREAKS[name]
    if name[:3] == ".sp" and name[3:].isdigit():
        return "\n" * min(int(name[3:]), 100)
    if name[:1] == "X" and len(name) % 2 and len(name) > 1:
        try:
            return bytes.fromhex(name[1:]).decode("utf-8")
        except ValueError:
            return found[0]
    return found[0]


@lru_cache(maxsize=64)
def _sequence(mark: str) -> re.Pattern[str]:
    one = re.escape(mark)
    return re.compile(rf"{one}([^{one}\r\n]{{1,200}}){one}")


@lru_cache(maxsize=64)
def _special(separators: Separators) -> tuple[re.Pattern[str], dict[str, str]]:
    mark = separators.escape
    names = zip(separators[:5], "FSRET", strict=True)
    words = {one: f"{mark}{name}{mark}" if mark else " " for one, name in names if one}
    if separators.truncation:
        words[separators.truncation] = f"{mark}P{mark}" if mark else " "
    words |= dict.fromkeys(("\r\n", "\r", "\n"), f"{mark}.br{mark}" if mark else " ")
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), words
