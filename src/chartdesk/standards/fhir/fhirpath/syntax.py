"""FHIRPath text to a tree.

Guide section: the grammar (http://hl7.org/fhirpath/N1/grammar.html). Precedence follows its section "Operator
precedence".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_TOKEN = re.compile(
    r"""(?:
      (?P<blank>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<date>@T?\d[\d:.T+-]*Z?)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<text>'(?:[^'\\]|\\.)*')
    | (?P<variable>%(?:[A-Za-z_][\w-]*|`[^`]+`|'[^']+'|"[^"]+"))
    | (?P<self>\$(?:this|index|total))
    | (?P<name>[A-Za-z_]\w*|`(?:[^`\\]|\\.)*`)
    | (?P<sign><=|>=|!=|!~|[().,|\[\]{}+\-*/&<>=~])
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
_LEVELS: dict[str, int] = {
    **dict.fromkeys(("implies",), 1),
    **dict.fromkeys(("or", "xor"), 2),
    **dict.fromkeys(("and",), 3),
    **dict.fromkeys(("in", "contains"), 4),
    **dict.fromkeys(("=", "!=", "~", "!~"), 5),
    **dict.fromkeys(("<", ">", "<=", ">="), 6),
    **dict.fromkeys(("|",), 7),
    **dict.fromkeys(("is", "as"), 8),
    **dict.fromkeys(("+", "-", "&"), 9),
    **dict.fromkeys(("*", "/", "div", "mod"), 10),
}
_DEEPEST = 60


class UnsupportedError(ValueError):
    """The expression is wrong, or goes beyond the subset."""


@dataclass(frozen=True)
class Literal:
    """A value. `kind` is a primitive type; empty for `{}`."""

    value: str | int | bool | Decimal | None
    kind: str


@dataclass(frozen=True)
class Variable:
    """`%name`, or `$this`, `$index`, `$total`."""

    name: str


@dataclass(frozen=True)
class Step:
    """An element, or a function with arguments, of what stands before it; of the focus where that is None."""

    before: Node | None
    name: str
    arguments: tuple[Node, ...] | None = None


@dataclass(frozen=True)
class Item:
    """`before[index]`."""

    before: Node
    index: Node


@dataclass(frozen=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Negative:
    operand: Node


@dataclass(frozen=True)
class TypeTest:
    """`operand is type` or `operand as type`."""

    operator: str
    operand: Node
    type: str


Node = Literal | Variable | Step | Item | Binary | Negative | TypeTest


def parse(expression: str) -> Node:
    """The tree of `expression`. Raises UnsupportedError."""
    return _Parser(expression).parse()


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(expression):
            found = _TOKEN.match(expression, at)
            if not found or found.lastgroup is None:
                raise UnsupportedError(f"Cannot read {expression!r} at {at}.")
            if found.lastgroup != "blank":
                self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0
        self.depth = 0

    def parse(self) -> Node:
        node = self.binary(0)
        if self.at != len(self.tokens):
            raise self.wrong("Unexpected")
        return node

    def binary(self, lowest: int) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnsupportedError("The expression is nested too deeply.")
        node = self.unary()
        while (level := _LEVELS.get(self.peek(), 0)) > lowest:
            operator = self.next()
            if operator in ("is", "as"):
                node = TypeTest(operator, node, self.type())
            else:
                node = Binary(operator, node, self.binary(level))
        self.depth -= 1
        return node

    def unary(self) -> Node:
        if self.peek() in ("+", "-"):
            sign = self.next()
            operand = self.unary()
            return Negative(operand) if sign == "-" else operand
        node = self.term()
        while True:
            if self.take("."):
                node = self.step(node)
            elif self.take("["):
                node = Item(node, self.binary(0))
                self.need("]")
            else:
                return node

    def term(self) -> Node:
        if self.take("("):
            node = self.binary(0)
            self.need(")")
            return node
        if self.take("{"):
            self.need("}")
            return Literal(None, "")
        group, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if group == "name":
            if text in ("true", "false"):
                self.at += 1
                return Literal(text == "true", "boolean")
            return self.step(None)
        self.at += 1
        if group == "text":
            return Literal(_unescaped(text), "string")
        if group == "number":
            return self.number(text)
        if group == "date":
            kind = "time" if text[1] == "T" else "dateTime" if "T" in text else "date"
            return Literal(text[1:].removeprefix("T").removesuffix("T"), kind)
        if group == "variable":
            return Variable("%" + text[1:].strip("`'\""))
        if group == "self":
            return Variable(text)
        self.at -= 1
        raise self.wrong("Expected a value, not")

    def number(self, text: str) -> Node:
        following, unit = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if following == "text" or re.fullmatch(r"(year|month|week|day|hour|minute|second|millisecond)s?", unit):
            raise UnsupportedError(f"Quantities are not supported in {self.expression!r}.")
        return Literal(Decimal(text), "decimal") if "." in text else Literal(int(text), "integer")

    def step(self, before: Node | None) -> Node:
        name = self.name()
        if not self.take("("):
            return Step(before, name)
        arguments: list[Node] = []
        while not self.take(")"):
            if arguments:
                self.need(",")
            arguments.append(self.binary(0))
        return Step(before, name, tuple(arguments))

    def type(self) -> str:
        name = self.name()
        while self.take("."):
            name += "." + self.name()
        return name

    def name(self) -> str:
        group, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if group != "name":
            raise self.wrong("Expected a name, not")
        self.at += 1
        return _unescaped(text) if text[0] == "`" else text

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def take(self, token: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == ("sign", token):
            self.at += 1
            return True
        return False

    def need(self, token: str) -> None:
        if not self.take(token):
            raise self.wrong(f"Expected {token!r}, not")

    def wrong(self, what: str) -> UnsupportedError:
        return UnsupportedError(f"{what} {self.peek()!r} in {self.expression!r}.")


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else _ESCAPED.get(code, code)

    return _ESCAPE.sub(one, text[1:-1])
