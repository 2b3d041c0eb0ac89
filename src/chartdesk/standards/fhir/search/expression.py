"""Read the FHIRPath of search parameters: paths, `ofType`, `as`, `where`, unions.

That subset is all that the R4 and US Core parameters use. Guide section: FHIRPath (http://hl7.org/fhirpath/N1/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<text>'[^']*')|(?P<number>\d+)|(?P<sign>!=|[().|=\[\]]))")


class UnsupportedError(ValueError):
    """The expression goes beyond the subset."""


@dataclass(frozen=True)
class Step:
    """One step of a path.

    `operation` is `child` (argument: element name), `type` (argument: type name), `equals` (arguments:
    element name, text), `resolves` (argument: resource type) or `first`.
    """

    operation: str
    argument: str = ""
    text: str = ""


Path = tuple[Step, ...]


def parse(expression: str) -> tuple[Path, ...]:
    """The paths whose values the expression unites. Raises UnsupportedError."""
    return _Parser(expression).parse()


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens: list[str] = []
        at = 0
        while at < len(expression.rstrip()):
            found = _TOKEN.match(expression, at)
            if not found:
                raise UnsupportedError(f"Cannot read {expression!r} at {at}.")
            self.tokens.append(found.group().strip())
            at = found.end()
        self.at = 0

    def parse(self) -> tuple[Path, ...]:
        paths = self._union()
        if self.at != len(self.tokens):
            raise UnsupportedError(f"Cannot read {self.expression!r} after {' '.join(self.tokens[: self.at])!r}.")
        return paths

    def _union(self) -> tuple[Path, ...]:
        paths = self._path()
        while self._take("|"):
            paths += self._path()
        return paths

    def _path(self) -> tuple[Path, ...]:
        if self._take("("):
            paths = self._union()
            self._need(")")
        else:
            paths = ((Step("child", self._name()),),)
        while True:
            if self._take("."):
                step = self._step()
            elif self._take("["):
                self._need("0")
                self._need("]")
                step = Step("first")
            elif self._take("as"):
                step = Step("type", self._name())
            else:
                return paths
            paths = tuple((*path, step) for path in paths)

    def _step(self) -> Step:
        name = self._name()
        if not self._take("("):
            return Step("child", name)
        if name in ("ofType", "as"):
            step = Step("type", self._name())
        elif name == "where":
            step = self._condition()
        else:
            raise UnsupportedError(f"{name}() is not supported in {self.expression!r}.")
        self._need(")")
        return step

    def _condition(self) -> Step:
        name = self._name()
        if name == "resolve" and self._take("("):
            self._need(")")
            self._need("is")
            return Step("resolves", self._name())
        self._need("=")
        text = self._next()
        if not text.startswith("'"):
            raise UnsupportedError(f"Only texts can be compared in {self.expression!r}.")
        return Step("equals", name, text[1:-1])

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise UnsupportedError(f"{self.expression!r} ends too early.")
        self.at += 1
        return self.tokens[self.at - 1]

    def _name(self) -> str:
        name = self._next()
        if not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise UnsupportedError(f"Expected a name, not {name!r}, in {self.expression!r}.")
        return name

    def _take(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == token:
            self.at += 1
            return True
        return False

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise UnsupportedError(f"Expected {token!r} in {self.expression!r}.")
