"""The conditions of one search as SQL: which rows of ``record_resource`` (``r``) are found.

Values are always parameters; the text depends only on the shape of the query. Tokens are tested on the row itself.
Where no patient is named, ``record_matching`` finds the candidates in the token index first; where one is, the
chart's index is walked and the tokens are only compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chartdesk.record import indexing, tokens

#: A condition as text, and its values in the order of its placeholders.
Test = tuple[str, list[Any]]
#: The candidates of the token index. As an array, so that they are always looked up one by one.
MATCHING = "r.serial = ANY(ARRAY(SELECT record_matching(%s, %s::int8[], %s::text[])))"
ROWS = "record_resource r"


@dataclass
class Where:
    """What is to hold. ``every`` and ``among`` are tokens to look up in their index.

    ``by_id`` says that the rows are found by another way already, so that the tokens need only be compared; so does
    ``charts``: by the charts of a few patients. ``source`` is what stands behind FROM; in it ``r`` is the resource.
    ``newest`` is the date to go by, newest first, where the search has one of its own.
    """

    practice: int
    types: tuple[str, ...]
    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    patient: str | None = None
    by_id: bool = False
    every: list[int] = field(default_factory=list)
    among: list[list[int]] = field(default_factory=list)
    source: str = ROWS
    charts: bool = False
    newest: Test | None = None

    @property
    def type(self) -> str:
        """The type, where only one is searched; empty for several."""
        return self.types[0] if len(self.types) == 1 else ""

    @property
    def is_wide(self) -> bool:
        """Whether nothing in the question so far finds the rows: neither a patient nor ids nor tokens."""
        return self.patient is None and not self.by_id and not self.every and not self.among

    def add(self, part: str, *values: Any) -> None:
        """One more condition, with its values in the order of its placeholders."""
        self.parts.append(part)
        self.values.extend(values)

    def keys(self, parameter: str) -> list[int]:
        """The hashes of a search parameter in the narrow tables."""
        return self.hashes(parameter, [tokens.KEY])

    def hashes(self, parameter: str, forms: Iterable[str]) -> list[int]:
        """The hashes of search values, for each type and for each parameter that this one combines."""
        wanted = list(forms)
        return [
            tokens.token(self.practice, type, part, form)
            for type in self.types
            for part in indexing.parts(type, parameter)
            for form in wanted
        ]

    def of_patient(self, patient: str) -> None:
        """Hold the search to one patient's chart."""
        self.patient = patient
        self.add("r.patient = %s", patient)

    def has_token(self, hashes: Sequence[int]) -> None:
        """One of ``hashes`` must be among the tokens."""
        if len(hashes) == 1:
            self.every.append(hashes[0])
        else:
            self.among.append(list(hashes))

    def sql(self) -> tuple[str, list[Any]]:
        """The text after WHERE and its values."""
        parts = ["r.practice = %s", "r.type = %s" if self.type else "r.type = ANY(%s::text[])", "NOT r.deleted"]
        values: list[Any] = [self.practice, self.type or list(self.types)]
        found = self.patient is not None or self.by_id or self.charts
        if (self.every or self.among) and not found:
            parts.append(MATCHING)
            values += [self.type or None, array(self.every), [array(group) for group in self.among]]
        else:
            for one in self.every:
                parts.append("%s::int8 = ANY(r.tokens)")
                values.append(one)
            for group in self.among:
                parts.append("r.tokens && %s::int8[]")
                values.append(array(group))
        return " AND ".join([*parts, *self.parts]), [*values, *self.values]


def array(numbers: Sequence[int]) -> str:
    """Numbers as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, numbers)) + "}"


def has(column: str, hashes: Sequence[int]) -> Test:
    """One of ``hashes`` is in the array ``column``: ``tokens`` or ``marks``."""
    if len(hashes) == 1:
        return f"%s::int8 = ANY(r.{column})", [hashes[0]]
    return f"r.{column} && %s::int8[]", [array(hashes)]


def either(tests: Sequence[Test]) -> Test:
    """One of ``tests`` holds."""
    return _joined(tests, " OR ", "false")


def both(tests: Sequence[Test]) -> Test:
    """All of ``tests`` hold."""
    return _joined(tests, " AND ", "true")


def negated(test: Test) -> Test:
    """``test`` does not hold."""
    return f"NOT ({test[0]})", test[1]


def _joined(tests: Sequence[Test], word: str, none: str) -> Test:
    if not tests:
        return none, []
    if len(tests) == 1:
        return tests[0]
    return f"({word.join(text for text, _ in tests)})", [value for _, values in tests for value in values]
