"""ICD-10-CM: search in the clinician's words, look up a code, say whether it may be billed.

The table holds the billable codes only: a claim with a category (``E11``) is refused. It is written by
``tools/generate_icd10.py`` from the tabular list of the National Center for Health Statistics, and read
once, at the first use (0.3 s, 60 MB; the package itself would take 2 s and 190 MB). Search runs over one
long text: a few milliseconds a word, and no index to build.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from chartdesk.kit.errors import NotFound
from chartdesk.standards.terminology import phrases

#: The name of the code system in FHIR.
SYSTEM = "http://hl7.org/fhir/sid/icd-10-cm"

#: As much of a query as is read; a longer one is a mistake or an attack.
LONGEST_QUERY = 120
#: How many candidates are ranked at most: more hits than this need another word, not a finer order.
_CANDIDATES = 4000

_CODE = re.compile(r"[A-Z][0-9A-Z]{1,2}\.?[0-9A-Z]{0,4}", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
#: Chapters that a visit seldom needs unless it names them: pregnancy, newborn, external causes.
_RARE_CHAPTERS = frozenset("OPVWXY")


class Code(NamedTuple):
    """A billable code with its dot, such as ``E11.9``, and its official description."""

    code: str
    description: str


class _Table(NamedTuple):
    release: str
    #: Code and description with a tab between them, in the order of the tabular list.
    rows: list[str]
    place: dict[str, int]
    #: The words of all rows, one row a line: a blank before each word, so that " wo" finds where one begins.
    text: str
    starts: list[int]
    #: Where the description ends and the terms listed under the code begin.
    ends: list[int]

    def code(self, row: int) -> Code:
        return Code(*self.rows[row].split("\t"))


def search(text: str, limit: int = 20) -> list[Code]:
    """Billable codes for ``text``, the likeliest first; an empty list when there are none.

    ``text`` is the beginning of a code, with or without its dot, or words and beginnings of words in any
    order, matched against descriptions and the terms listed under them, or a common phrase such as
    "high blood pressure".
    """
    asked = " ".join(text[:LONGEST_QUERY].split())
    if not asked or limit < 1:
        return []
    if _CODE.fullmatch(asked) and any(letter.isdigit() for letter in asked[1:3]):
        found = _by_code(asked, limit)
        if found:
            return found
    words = [word for word in _words(asked) if word not in phrases.EMPTY_WORDS]
    if not words:
        return []
    table = _table()
    preferred = [table.place[_key(code)] for code in phrases.codes(words)]
    others = sorted(_matches(words), key=lambda row: _rank(words, row)) if len(preferred) < limit else []
    return [table.code(row) for row in islice(dict.fromkeys([*preferred, *others]), limit)]


def lookup(code: str) -> Code:
    """The billable code written as ``code``, with or without its dot. Raises NotFound."""
    row = _table().place.get(_key(code))
    if row is None:
        raise NotFound(
            f"{code[:10]} is not a billable ICD-10-CM code.",
            cure="Search for it: a more specific code below it may be meant.",
        )
    return _table().code(row)


def every() -> Iterator[Code]:
    """All billable codes, in the order of the tabular list."""
    table = _table()
    return (table.code(row) for row in range(len(table.rows)))


def is_billable(code: str) -> bool:
    """Whether a claim may carry ``code``: it exists, and no more specific code stands below it."""
    return _key(code) in _table().place


def dotted(code: str) -> str:
    """A code as it is kept: capitals, with its dot (``e119`` → ``E11.9``), whether it exists or not."""
    plain = code.strip().upper().replace(".", "")
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def release() -> str:
    """The release of the code set, such as ``April-2026``."""
    return _table().release


def release_year() -> int:
    """The fiscal year that the code set is for: it runs from October of the year before to September."""
    month, _, year = release().partition("-")
    return int(year) + (month in ("October", "November", "December"))


def _key(code: str) -> str:
    return code.strip().upper().replace(".", "")


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower())


@cache
def _table() -> _Table:
    text = files(__package__).joinpath("_generated/icd10cm.tsv").read_text(encoding="utf-8")
    name, *lines = text.splitlines()
    rows: list[str] = []
    place: dict[str, int] = {}
    bodies, starts, ends, at = [], [], [], 0
    for line in lines:
        code, description, *terms = line.split("\t")
        place[_key(code)] = len(rows)
        rows.append(f"{code}\t{description}")
        body = " " + " ".join(_words(description))
        starts.append(at)
        ends.append(at + len(body))
        if terms:
            body += " | " + " ".join(_words(terms[0]))
        bodies.append(body)
        at += len(body) + 1
    return _Table(name, rows, place, "\n".join(bodies), starts, ends)


def _by_code(asked: str, limit: int) -> list[Code]:
    """The codes that begin with ``asked``, in the order of the tabular list."""
    table, wanted = _table(), _key(asked)
    rows = (row for key, row in table.place.items() if key.startswith(wanted))
    return [table.code(row) for row in islice(rows, limit)]


def _matches(words: list[str]) -> Iterator[int]:
    """Rows that hold every word as the beginning of one of theirs; at most ``_CANDIDATES``."""
    table = _table()
    needles = sorted((" " + word for word in words), key=table.text.count)
    first, rest = needles[0], needles[1:]
    count, at = 0, table.text.find(first)
    while at >= 0 and count < _CANDIDATES:
        row = bisect_right(table.starts, at) - 1
        end = table.starts[row + 1] - 1 if row + 1 < len(table.starts) else len(table.text)
        if all(table.text.find(needle, table.starts[row], end) >= 0 for needle in rest):
            count += 1
            yield row
        at = table.text.find(first, end)


def _rank(words: list[str], row: int) -> tuple[int, ...]:
    """Lower is likelier: found in the description, whole words, everyday chapters and encounters, short."""
    table = _table()
    code, description = table.code(row)
    body = table.text[table.starts[row] : table.ends[row]] + " "
    missing = sum(f" {word}" not in body for word in words)
    partial = sum(f" {word} " not in body for word in words)
    rare = code[0] in _RARE_CHAPTERS
    later = len(code) == 8 and code[-1] not in "A0123456789"
    leads = not body.startswith(f" {words[0]}")
    unspecified = 0 if "unspecified" in body or code.endswith("9") else 1
    return (rare or later, missing, partial, leads, unspecified, len(description), row)
