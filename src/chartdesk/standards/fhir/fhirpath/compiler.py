"""Compile FHIRPath to Python expressions.

Types are followed statically, so that most steps become attribute access; a condition becomes an expression of
Python that is true exactly where FHIRPath says true, and one that is true where it says false. The source comes from
the definitions alone, never from anything a caller sends.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from ..narrative import is_narrative
from . import values, words
from .code import DATES, Code, children_of, many_of, one_of, type_name, variable
from .functions import CONDITIONS, FUNCTIONS
from .syntax import Binary, Item, Literal, Negative, Node, Step, TypeTest, UnsupportedError, Variable, parse
from .values import is_a

_SYSTEMS = {
    "%ucum": "http://unitsofmeasure.org",
    "%sct": "http://snomed.info/sct",
    "%loinc": "http://loinc.org",
}
_ARITHMETIC = {
    "+": "added",
    "-": "subtracted",
    "*": "multiplied",
    "/": "divided",
    "div": "whole_divided",
    "mod": "remainder",
}


class Scope(NamedTuple):
    """What names mean at a place: the focus, and its position in an iteration.

    `lenient`: the focus is one type of a choice, which need not have what another has.
    """

    this: Code
    position: str = ""
    lenient: bool = False


@cache
def condition(expression: str, kind: str, *, lenient: bool = False) -> Callable[[Any], bool]:
    """The function that is true where a value of type `kind` fulfils `expression`.

    Raises UnsupportedError, also where it names an element that the type does not have, unless `lenient`.
    """
    return Compiler(kind).function(lambda c, scope: c.true(parse(expression), scope._replace(lenient=lenient)))


@cache
def selection(expression: str, kind: str) -> Callable[[Any], list[Any]]:
    """The function that lists what `expression` selects from a value of type `kind`. Raises UnsupportedError."""
    return Compiler(kind).function(lambda c, scope: f"list({c.value(parse(expression), scope).many_text()})")


class Compiler:
    """Compiles for one type of focus; the focus is also %context, and %resource where it is a resource."""

    def __init__(self, kind: str) -> None:
        self.focus = variable(kind, "o")
        self.kind = kind
        self.names = 0
        self.namespace: dict[str, Any] = {
            n: v for n, v in {**vars(words), **vars(values)}.items() if not n.startswith("_")
        }
        self.namespace["is_narrative"] = is_narrative
        # Parts of the expression that are worked out once: name → text.
        self.once: dict[str, str] = {}

    def function(self, body: Callable[[Compiler, Scope], str]) -> Callable[[Any], Any]:
        text = body(self, Scope(self.focus))
        lines = ["def compiled(o):", *(f"    {n} = {t}" for n, t in self.once.items()), f"    return {text}", ""]
        exec(compile("\n".join(lines), "<FHIRPath>", "exec"), self.namespace)  # noqa: S102
        function: Callable[[Any], Any] = self.namespace["compiled"]
        return function

    def fresh(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def constant(self, value: object) -> str:
        name = f"k{len(self.namespace)}"
        self.namespace[name] = value
        return name

    # Values

    def value(self, node: Node, scope: Scope) -> Code:
        """The code for what `node` selects."""
        match node:
            case Literal():
                return self.literal(node)
            case Variable():
                return self.variable(node, scope)
            case Step():
                return self.step(node, scope)
            case Item():
                index = self.value(node.index, scope).one_text()
                before = self.value(node.before, scope)
                return one_of(before.kind, f"at({before.many_text()}, {index})")
            case Negative():
                return one_of(self.value(node.operand, scope).kind, f"negative({self.one(node.operand, scope)})")
            case TypeTest() if node.operator == "as":
                return self.of_type(self.value(node.operand, scope), node.type)
            case Binary() if node.operator in _ARITHMETIC or node.operator in ("&", "|"):
                return self.combined(node, scope)
        return self.truth_value(node, scope)

    def one(self, node: Node, scope: Scope) -> str:
        return self.value(node, scope).one_text()

    def many(self, node: Node, scope: Scope) -> str:
        return self.value(node, scope).many_text()

    def literal(self, node: Literal) -> Code:
        if node.kind == "":
            return many_of("", "()")
        text = self.constant(node.value) if isinstance(node.value, Decimal) else repr(node.value)
        return one_of(node.kind, text, sure=True)

    def variable(self, node: Variable, scope: Scope) -> Code:
        if node.name == "$this":
            return scope.this
        if node.name == "$index" and scope.position:
            return one_of("integer", scope.position, sure=True)
        if node.name == "%context":
            return self.focus
        if node.name in ("%resource", "%rootResource") and is_a(self.kind, "Resource"):
            return self.focus
        if node.name in _SYSTEMS:
            return one_of("string", repr(_SYSTEMS[node.name]), sure=True)
        raise UnsupportedError(f"{node.name} is not supported here.")

    def step(self, node: Step, scope: Scope) -> Code:
        before = scope.this if node.before is None else self.value(node.before, scope)
        if node.arguments is None:
            if node.before is None and (node.name in before.kinds or is_a(before.kind, node.name)):
                return before
            return children_of(before, node.name, self.fresh(), lenient=scope.lenient)
        if node.name in CONDITIONS:
            return self.truth_value(node, scope)
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise UnsupportedError(f"{node.name}() is not supported.")
        return function(self, before, node.arguments, scope)

    def combined(self, node: Binary, scope: Scope) -> Code:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if node.operator == "|":
            kind = left.kind if left.kind == right.kind else ""
            return many_of(kind, f"distinct([*{left.many_text()}, *{right.many_text()}])")
        if node.operator == "&":
            return one_of("string", f"joined({left.one_text()}, {right.one_text()})", sure=True)
        if {left.kind, right.kind} & (DATES | {"time"}):
            raise UnsupportedError("Dates cannot be reckoned with.")
        kind = left.kind if left.kind == right.kind and node.operator != "/" else ""
        return one_of(kind, f"{_ARITHMETIC[node.operator]}({left.one_text()}, {right.one_text()})")

    def of_type(self, code: Code, type: str) -> Code:
        """The values that are of a type."""
        wanted = type_name(type)
        known = tuple(b for b in code.branches if b.kind and is_a(b.kind, wanted))
        if code.kind in ("", "Resource") and len(code.branches) == 1:
            name = self.fresh()
            return many_of(wanted, f"[{name} for {name} in {code.many_text()} if is_kind({name}, {wanted!r})]")
        if not known:
            return many_of(wanted, "()")
        return Code(known, one=code.one, sure=code.sure and known == code.branches, plain=code.plain)

    def truth_value(self, node: Node, scope: Scope) -> Code:
        """A condition as a value, which may be empty."""
        text, opposite = self.true(node, scope), self.false(node, scope)
        if opposite == negated(text):
            return one_of("boolean", text, sure=True)
        return one_of("boolean", f"(True if {text} else False if {opposite} else None)")

    # Conditions

    def true(self, node: Node, scope: Scope) -> str:
        """Python text that is true where `node` is true."""
        match node:
            case Binary(operator="and"):
                return f"({self.true(node.left, scope)} and {self.true(node.right, scope)})"
            case Binary(operator="or"):
                return f"({self.true(node.left, scope)} or {self.true(node.right, scope)})"
            case Binary(operator="implies"):
                return f"({self.false(node.left, scope)} or {self.true(node.right, scope)})"
            case Binary(operator="xor"):
                return self.differ(node, scope, opposite=True)
        return self.leaf(node, scope, wanted=True)

    def false(self, node: Node, scope: Scope) -> str:
        """Python text that is true where `node` is false; where it is empty, neither is."""
        match node:
            case Binary(operator="and"):
                return f"({self.false(node.left, scope)} or {self.false(node.right, scope)})"
            case Binary(operator="or"):
                return f"({self.false(node.left, scope)} and {self.false(node.right, scope)})"
            case Binary(operator="implies"):
                return f"({self.true(node.left, scope)} and {self.false(node.right, scope)})"
            case Binary(operator="xor"):
                return self.differ(node, scope, opposite=False)
        return self.leaf(node, scope, wanted=False)

    def differ(self, node: Binary, scope: Scope, *, opposite: bool) -> str:
        yes, no = self.true(node.left, scope), self.false(node.left, scope)
        other_yes, other_no = self.true(node.right, scope), self.false(node.right, scope)
        first, second = (other_no, other_yes) if opposite else (other_yes, other_no)
        return f"(({yes} and {first}) or ({no} and {second}))"

    def leaf(self, node: Node, scope: Scope, *, wanted: bool) -> str:
        if isinstance(node, Step) and node.arguments is not None and node.name in CONDITIONS:
            before = scope.this if node.before is None else None
            if node.name == "not" and not node.arguments and node.before is not None:
                return self.false(node.before, scope) if wanted else self.true(node.before, scope)
            if before is None:
                assert node.before is not None
                before = self.value(node.before, scope)
            text, sure = CONDITIONS[node.name](self, before, node.arguments, scope)
            return decided(text, sure, wanted)
        if isinstance(node, Binary) and node.operator in _COMPARISONS:
            text, sure = self.comparison(node, scope)
            return decided(text, sure, wanted)
        if isinstance(node, TypeTest) and node.operator == "is":
            text, sure = self.type_test(self.value(node.operand, scope), node.type)
            return decided(text, sure, wanted)
        code = self.value(node, scope)
        if code.one and code.kind == "boolean":
            return decided(code.one_text(), code.sure, wanted)
        return f"{'is_true' if wanted else 'is_false'}({code.many_text()})"

    def comparison(self, node: Binary, scope: Scope) -> tuple[str, bool]:
        """(text of a boolean or None, whether it is never None)."""
        operator = node.operator
        if operator in ("in", "contains"):
            inside, item = (node.right, node.left) if operator == "in" else (node.left, node.right)
            return f"has_member({self.inside(inside, scope)}, {self.one(item, scope)})", False
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if operator in ("~", "!~"):
            text = f"alike({left.many_text()}, {right.many_text()})"
            return (text if operator == "~" else f"(not {text})"), True
        if operator in ("=", "!="):
            text, sure = self.equality(left, right)
            if operator == "=":
                return text, sure
            return (negated(text), True) if sure else (f"reverse({text})", False)
        if operator in (">", ">="):
            left, right, operator = right, left, operator.replace(">", "<")
        compare = "dates_before" if {left.kind, right.kind} & DATES else "before"
        return f"{compare}({left.one_text()}, {right.one_text()}, {operator == '<='})", False

    def equality(self, left: Code, right: Code) -> tuple[str, bool]:
        if not (left.one and right.one):
            return f"equal({left.many_text()}, {right.many_text()})", False
        if {left.kind, right.kind} & DATES:
            return f"dates_equal({left.one_text()}, {right.one_text()})", False
        if left.sure and right.sure:
            return f"same({left.one_text()}, {right.one_text()})", True
        if (right.sure and left.kind == right.kind) or (right.kind == "string" and left.kind in _STRINGS):
            return f"equals({left.one_text()}, {right.one_text()})", False
        return f"equal({left.many_text()}, {right.many_text()})", False

    def inside(self, node: Node, scope: Scope) -> str:
        """A collection to look into; worked out once where it does not depend on the iteration."""
        text = f"members({self.many(node, scope)})"
        if is_constant(node):
            return self.constant(eval(text, self.namespace))  # noqa: S307
        if is_fixed(node):
            name = f"once{len(self.once)}"
            self.once[name] = text
            return name
        return text

    def type_test(self, code: Code, type: str) -> tuple[str, bool]:
        wanted = type_name(type)
        if code.kind in ("", "Resource") and len(code.branches) == 1:
            return f"is_of({code.one_text()}, {wanted!r})", False
        own = [b for b in code.branches if is_a(b.kind, wanted)]
        others = [b for b in code.branches if b not in own]
        if not code.one:
            raise UnsupportedError("'is' needs a single value.")
        if code.sure:
            return repr(not others), True
        has = " or ".join(f"{b.text} is not None" for b in own) or "False"
        has_not = " or ".join(f"{b.text} is not None" for b in others) or "False"
        return f"(True if {has} else False if {has_not} else None)", False


_COMPARISONS = frozenset({"=", "!=", "~", "!~", "<", ">", "<=", ">=", "in", "contains"})
_STRINGS = frozenset({"string", "code", "id", "uri", "url", "canonical", "markdown", "oid", "uuid"})


def decided(text: str, sure: bool, wanted: bool) -> str:
    """Text that is true where a boolean is as wanted."""
    if sure:
        return text if wanted else negated(text)
    return f"({text}) is {wanted}"


def negated(text: str) -> str:
    return f"(not {text})"


def is_constant(node: Node) -> bool:
    """Whether a part is made of literals."""
    return isinstance(node, Literal) or (
        isinstance(node, Binary) and node.operator == "|" and is_constant(node.left) and is_constant(node.right)
    )


def is_fixed(node: Node) -> bool:
    """Whether a part means the same in every turn of an iteration."""
    match node:
        case Literal():
            return True
        case Variable():
            return node.name.startswith("%")
        case Step():
            return node.before is not None and is_fixed(node.before) and all(map(is_fixed, node.arguments or ()))
        case Item():
            return is_fixed(node.before) and is_fixed(node.index)
        case Binary():
            return is_fixed(node.left) and is_fixed(node.right)
    return False
