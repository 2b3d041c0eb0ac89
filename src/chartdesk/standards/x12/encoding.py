"""Segments as text: what may stand in data and what may not, and how words meant for people are spelled.

Words (names, streets, notes) are made upper-case ASCII, and a separator in them becomes a space. Everything else, such
as identifiers, is never altered: a character that may not stand there is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.dictionary import segment_type
from chartdesk.standards.x12.segments import STANDARD, Built, Segment, Separators, Value

_SPELLED = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "’": "'", "‘": "'",
        "“": '"', "”": '"',
        "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\t": " ", "\r": " ", "\n": " ",
    }
)  # fmt: skip


def encode_all(body: Sequence[Segment], marks: Separators, *, uppercase: bool = True) -> str:
    """Segments as text, each with its terminator: what ``encode`` gives of each, for many at once.

    Where just as many separators stand in the text as were put there, no data holds one. So the usual segments are
    looked at all together, and one by one only where something is wrong, to say what.
    """
    mark, component, end = marks.element, marks.component, marks.segment
    other = component != STANDARD.component
    texts: list[str] = []
    usual: list[str] = []
    elements = components = 0
    for one in body:
        values = one.elements
        words, depth = _words(values[0])
        inside = 0
        if other or depth < 0 or not isinstance(one, Built):
            inside = -1
        elif one.built is not None:
            inside = _components(one.built, depth)
        if inside < 0:
            texts.append(encode(one, marks, uppercase=uppercase))
            continue
        if words:
            values = _spelled(values, words, marks, uppercase)
        text = mark.join(values)
        elements += len(values) - 1
        components += inside
        usual.append(text)
        texts.append(text + end)
    whole = "".join(usual)
    counts = (whole.count(mark), whole.count(component), whole.count(end))
    repeats = marks.repetition != "" and marks.repetition in whole
    if counts != (elements, components, 0) or repeats or not (whole.isascii() and whole.isprintable()):
        return "".join(encode(one, marks, uppercase=uppercase) for one in body)
    return "".join(texts)


@cache
def _words(tag: str) -> tuple[tuple[int, ...], int]:
    """The elements of a segment that hold words, and how many components none of its composites has without words.

    The second is -1 where nothing of the kind can be said: for bytes, and for a segment that we do not know.
    """
    known = segment_type(tag)
    if known is None or any(one.kind == "B" for one in known.elements):
        return (), -1
    words = tuple(place for place, one in enumerate(known.elements, 1) if one.kind == "TX")
    inner = [n for one in known.elements for n, part in enumerate(one.parts) if part.kind == "TX"]
    return words, min(inner, default=100)


def _components(values: list[Value], depth: int) -> int:
    """How many component separators values hold by right; -1 where there are repeats, or words in a composite."""
    found = 0
    for value in values:
        if isinstance(value, str):
            continue
        if isinstance(value, list) or len(value) > depth:
            return -1
        found += len(value) - 1
    return found


def _spelled(values: list[str], words: tuple[int, ...], marks: Separators, uppercase: bool) -> list[str]:
    """The elements with their words as they are sent."""
    sent = len(values)
    if sent <= words[0]:
        return values
    values = values.copy()
    for place in words:
        if place < sent and values[place]:
            values[place] = plain(values[place], marks, uppercase=uppercase)
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values


def encode(one: Segment, marks: Separators, *, uppercase: bool = True) -> str:
    """One segment as text with its terminator."""
    known = segment_type(one.tag)
    types = known.elements if known else ()
    texts = [one.tag]
    for place, value in enumerate(one.values()):
        kind = types[place].kind if place < len(types) else "AN"
        where = f"{one.tag}{place + 1:02d}"
        if isinstance(value, str):
            texts.append(_text(value, kind, where, marks, uppercase) if value else "")
        elif isinstance(value, tuple):
            texts.append(_composite(value, types[place].parts if place < len(types) else (), where, marks, uppercase))
        else:
            texts.append(_repeated(value, kind, where, marks, uppercase))
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return marks.element.join(texts) + marks.segment


def _repeated(values: Iterable[Value], kind: str, where: str, marks: Separators, uppercase: bool) -> str:
    if not marks.repetition:
        raise Invalid(
            "The partner's separators have none for repeats.", where=where, cure="Set a repetition separator."
        )
    texts = []
    for value in values:
        if isinstance(value, tuple):
            texts.append(_composite(value, (), where, marks, uppercase))
        elif isinstance(value, str):
            texts.append(_text(value, kind, where, marks, uppercase))
    return marks.repetition.join(texts)


def _composite(values: tuple[str, ...], parts: Sequence[object], where: str, marks: Separators, uppercase: bool) -> str:
    kinds = [getattr(part, "kind", "AN") for part in parts]
    texts = [
        _text(value, kinds[n] if n < len(kinds) else "AN", f"{where}-{n + 1}", marks, uppercase) if value else ""
        for n, value in enumerate(values)
    ]
    return marks.component.join(texts).rstrip(marks.component)


def _text(value: str, kind: str, where: str, marks: Separators, uppercase: bool) -> str:
    if kind == "B":
        return value
    if kind == "TX":
        return plain(value, marks, uppercase=uppercase)
    if _forbidden(marks.all()).search(value) is None:
        return value
    raise Invalid(
        f"{value!r} holds a character that cannot be sent.",
        where=where,
        cure=f"Take out {' '.join(sorted(set(marks.all())))} and everything that is not plain ASCII.",
    )


@lru_cache(maxsize=64)
def _forbidden(marks: str) -> re.Pattern[str]:
    """What may not stand in data: a separator, and all but plain ASCII."""
    return re.compile(f"[^ -~]|[{re.escape(marks)}]" if marks else "[^ -~]")


def plain(text: str, marks: Separators, *, uppercase: bool = True) -> str:
    """Words as the basic and extended character sets hold them: accents folded, separators to spaces."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.translate(_SPELLED))
        text = folded.encode("ascii", "ignore").decode()
    if _forbidden(marks.all()).search(text) is not None:
        text = "".join(" " if not c.isprintable() or c in marks.all() else c for c in text)
        text = " ".join(text.split())
    return text.upper().strip() if uppercase else text.strip()
