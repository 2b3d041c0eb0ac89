"""The paths of a FHIRPath Patch: the part of FHIRPath that names elements.

Names, ``[n]``, ``first()``, ``last()``, ``single()``, ``where(...)``, ``extension('url')`` and ``ofType(T)``; inside
``where`` comparisons of paths with texts, numbers and booleans, ``exists()``, ``empty()``, ``not()``, ``and``, ``or``.
Guide section: FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from chartdesk.kit.errors import Invalid

from .json_patch import same
from .places import Place, children

LONGEST = 1000
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*|`[^`]+`|\$this)|(?P<text>'(?:[^'\\]|\\.)*')"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>!=|[.()\[\]=]))"
)
_ESCAPED = re.compile(r"\\(.)")

Places = list[Place]
Step = Callable[[Places], Places]
Test = Callable[[Place], bool]


@dataclass(frozen=True)
class Path:
    """A path, read. ``last`` is the plain name it ends with, or empty."""

    text: str
    steps: tuple[Step, ...]
    last: str

    def places(self, root: Place) -> Places:
        """What it names in a resource, in order."""
        return _after([root], self.steps)

    def parents(self, root: Place) -> Places:
        """What it names without its last step."""
        return _after([root], self.steps[:-1])


@lru_cache(maxsize=512)
def read(text: str) -> Path:
    """The path in ``text``. Raises Invalid where it cannot be read or uses more of FHIRPath than is served."""
    if len(text) > LONGEST:
        raise Invalid(f"A path of {len(text)} characters is too long.")
    reader = _Reader(text)
    steps, last = reader.path()
    reader.must_end()
    return Path(text, steps, last)


def _after(places: Places, steps: tuple[Step, ...]) -> Places:
    for step in steps:
        places = step(places)
    return places


class _Reader:
    """Reads one path from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        self.depth = 0
        position = 0
        while text[position:].strip():
            found = _TOKEN.match(text, position)
            if found is None:
                raise self._wrong(f"{text[position:].strip()[:20]!r} is not understood")
            self.tokens.append((str(found.lastgroup), found.group(str(found.lastgroup))))
            position = found.end()

    def path(self) -> tuple[tuple[Step, ...], str]:
        """The steps of a path; a type's name or ``$this`` at its beginning means what it starts from."""
        steps: list[Step] = []
        last = ""
        while True:
            bare = self._take("name")[1].strip("`")
            if self._next() == "(":
                steps.append(self._function(bare))
                last = ""
            elif steps or not (bare == "$this" or bare[:1].isupper()):
                steps.append(_named(bare))
                last = bare
            while self._next() == "[":
                self._take("sign")
                index = self._take("number")[1]
                if "." in index:
                    raise self._wrong(f"{index} is no place in a list")
                self._sign("]")
                steps.append(_at(int(index)))
                last = ""
            if self._next() != ".":
                return tuple(steps), last
            self._take("sign")

    def must_end(self) -> None:
        """Refuse what follows the path."""
        if self.at < len(self.tokens):
            raise self._wrong(f"{self.tokens[self.at][1]!r} comes after its end")

    def _function(self, name: str) -> Step:
        self._sign("(")
        if name == "where":
            step = _where(self._either())
        elif name == "extension":
            step = _extension(_plain(self._take("text")[1]))
        elif name == "ofType":
            step = _of_type(self._take("name")[1])
        elif name in _SIMPLE:
            step = _SIMPLE[name]
        else:
            raise self._wrong(f"{name}() is not served in a patch")
        self._sign(")")
        return step

    def _either(self) -> Test:
        self.depth += 1
        if self.depth > 20:
            raise self._wrong("it is nested too deeply")
        tests = [self._both()]
        while self._next() == "or":
            self._take("name")
            tests.append(self._both())
        self.depth -= 1
        return lambda place: any(test(place) for test in tests)

    def _both(self) -> Test:
        tests = [self._comparison()]
        while self._next() == "and":
            self._take("name")
            tests.append(self._comparison())
        return lambda place: all(test(place) for test in tests)

    def _comparison(self) -> Test:
        if self._next() == "(":
            self._sign("(")
            inner = self._either()
            self._sign(")")
            return inner
        left = self._operand()
        if self._next() not in ("=", "!="):
            return lambda place: any(value is not None and value is not False for value in left(place))
        equal = self._take("sign")[1] == "="
        right = self._operand()

        def test(place: Place) -> bool:
            one, other = left(place), right(place)
            # FHIRPath: a comparison with nothing is nothing, which is not true.
            return bool(one) and bool(other) and same(one, other) is equal

        return test

    def _operand(self) -> Callable[[Place], list[Any]]:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind in ("text", "number") or text in ("true", "false"):
            self.at += 1
            value = _plain(text) if kind == "text" else Decimal(text) if kind == "number" else text == "true"
            return lambda place: [value]
        steps, _ = self.path()
        asked = [step for step in steps if step in (_exists, _empty, _not)]
        if asked:
            return lambda place: _asked(place, steps)
        return lambda place: [found.value for found in _after([place], steps)]

    def _next(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self, kind: str) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise self._wrong("it ends too early")
        token = self.tokens[self.at]
        if token[0] != kind:
            raise self._wrong(f"{token[1]!r} is not expected there")
        self.at += 1
        return token

    def _sign(self, sign: str) -> None:
        if self._next() != sign:
            raise self._wrong(f"{sign!r} is missing")
        self.at += 1

    def _wrong(self, why: str) -> Invalid:
        return Invalid(f"The path {self.text[:100]!r} cannot be read: {why}.")


def _named(name: str) -> Step:
    return lambda places: [child for place in places for child in children(place, name)]


def _at(index: int) -> Step:
    return lambda places: places[index : index + 1] if index >= 0 else []


def _where(test: Test) -> Step:
    return lambda places: [place for place in places if test(place)]


def _of_type(type: str) -> Step:
    return lambda places: [place for place in places if place.type == type]


def _extension(url: str) -> Step:
    def step(places: Places) -> Places:
        found = [child for place in places for child in children(place, "extension")]
        return [one for one in found if isinstance(one.value, dict) and one.value.get("url") == url]

    return step


def _single(places: Places) -> Places:
    if len(places) > 1:
        raise Invalid(f"single() met {len(places)} elements.")
    return places


# These answer true or false; as steps they only mark their place in a path.
def _exists(places: Places) -> Places:
    return places


def _empty(places: Places) -> Places:
    return places


def _not(places: Places) -> Places:
    return places


def _asked(place: Place, steps: tuple[Step, ...]) -> list[Any]:
    """The answer of a path that ends in ``exists()``, ``empty()`` or ``not()``."""
    places, answer = [place], None
    for step in steps:
        if step is _exists:
            answer = bool(places)
        elif step is _empty:
            answer = not places
        elif step is _not:
            answer = not (answer if answer is not None else bool(places) and places[0].value is not False)
        elif answer is not None:
            raise Invalid("Nothing may follow exists(), empty() or not() in a path.")
        else:
            places = step(places)
    return [answer]


_SIMPLE: dict[str, Step] = {
    "first": lambda places: places[:1],
    "last": lambda places: places[-1:],
    "single": _single,
    "exists": _exists,
    "empty": _empty,
    "not": _not,
}


def _plain(text: str) -> str:
    """A text literal without its quotation marks and escapes."""
    return _ESCAPED.sub(lambda found: {"n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1]), text[1:-1])
