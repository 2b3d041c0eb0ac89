"""ICD-10-CM's Excludes1 notes: two codes that are not reported together.

The notes stand under codes, categories, blocks and chapters, and hold for everything below. The table is written by
``tools/generate_excludes.py``. A note does not hold where the two conditions have nothing to do with each other
(ICD-10-CM Official Guidelines, I.A.12.a), which no table can tell: what is found here is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple


class Excluded(NamedTuple):
    """``second`` is not reported beside ``first``, by a note under ``under``, in the words of the tabular list."""

    first: str
    second: str
    under: str
    words: str


class _Note(NamedTuple):
    under: str
    starts: tuple[str, ...]
    spans: tuple[tuple[str, str], ...]
    words: str

    def names(self, code: str) -> bool:
        return code.startswith(self.starts) or any(low <= code[: len(low)] <= high for low, high in self.spans)


def excluded(codes: Sequence[str]) -> tuple[Excluded, ...]:
    """The pairs among ``codes`` that a note keeps apart, each once."""
    return _excluded(tuple(codes))


@lru_cache(maxsize=32_768)
def _excluded(codes: tuple[str, ...]) -> tuple[Excluded, ...]:
    plain = [code.upper().replace(".", "") for code in codes]
    found: dict[frozenset[str], Excluded] = {}
    for first, code in zip(codes, plain, strict=True):
        for note in _notes_of(code):
            for second, other in zip(codes, plain, strict=True):
                # A note under a category may name a code of it: that code is not meant by it.
                if other != code and note.names(other) and not note.names(code):
                    found.setdefault(frozenset((code, other)), Excluded(first, second, note.under, note.words))
    return tuple(found.values())


@lru_cache(maxsize=8192)
def _notes_of(code: str) -> tuple[_Note, ...]:
    """The notes under a code and everything above it."""
    by_start, by_span = _notes()
    own = [note for length in range(3, len(code) + 1) for note in by_start.get(code[:length], ())]
    return (*own, *(note for low, high, note in by_span if low <= code[:3] <= high))


@cache
def _notes() -> tuple[dict[str, list[_Note]], list[tuple[str, str, _Note]]]:
    by_start: dict[str, list[_Note]] = {}
    by_span: list[tuple[str, str, _Note]] = []
    text = files(__package__).joinpath("_generated/icd10cm_excludes1.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        under, named, words = line.split("\t")
        targets = named.split(" ")
        spans = tuple((low, high) for low, _, high in (one.partition("-") for one in targets) if high)
        note = _Note(under, tuple(one for one in targets if "-" not in one), spans, words)
        low, _, high = under.partition("-")
        if high:
            by_span.append((low, high, note))
        else:
            by_start.setdefault(under, []).append(note)
    return by_start, by_span
