"""The functions of FHIRPath: how each is written in Python.

A function of `CONDITIONS` gives text and whether it is never empty; one of `FUNCTIONS` gives Code. Guide section:
http://hl7.org/fhirpath/N1/#functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .code import Branch, Code, children_of, many_of, one_of, variable
from .syntax import Literal, Node, Step, UnsupportedError

if TYPE_CHECKING:
    from .compiler import Compiler, Scope

Arguments = tuple[Node, ...]
Condition = Callable[["Compiler", Code, Arguments, "Scope"], tuple[str, bool]]
Function = Callable[["Compiler", Code, Arguments, "Scope"], Code]


def _inner(c: Compiler, code: Code, scope: Scope, branch: Branch) -> tuple[str, Scope]:
    """A name for the items of a branch, and the scope in which it is the focus."""
    name = c.fresh()
    lenient = scope.lenient or len(code.branches) > 1
    return name, scope._replace(this=variable(branch.kind, name), position="", lenient=lenient)


def _items(code: Code, branch: Branch) -> str:
    return Code((branch,), one=code.one, sure=code.sure).many_text()


# Conditions


def _exists(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    if arguments:
        return _any_of(c, code, arguments[0], scope), True
    tests = []
    for branch in code.branches:
        if code.one and code.sure:
            return "True", True
        tests.append(f"{branch.text} is not None" if code.one else f"len({branch.text}) > 0")
        if branch.beside:
            tests.append(f"{branch.beside} is not None" if code.one else f"len({branch.beside}) > 0")
    return "(" + " or ".join(tests) + ")", True


def _any_of(c: Compiler, code: Code, criterion: Node, scope: Scope) -> str:
    tests = []
    for branch in code.branches:
        name, inner = _inner(c, code, scope, branch)
        tests.append(f"any({c.true(criterion, inner)} for {name} in {_items(code, branch)})")
    return "(" + " or ".join(tests) + ")"


def _empty(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"(not {_exists(c, code, (), scope)[0]})", True


def _all(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    tests = []
    for branch in code.branches:
        name, inner = _inner(c, code, scope, branch)
        tests.append(f"all({c.true(arguments[0], inner)} for {name} in {_items(code, branch)})")
    return "(" + " and ".join(tests) + ")", True


def _each(quantifier: str, wanted: bool) -> Condition:
    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
        name = c.fresh()
        return f"{quantifier}({name} is {wanted} for {name} in {code.many_text()})", True

    return written


def _has_value(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    primitive = [b.text for b in code.branches if not b.kind or b.kind[0].islower()]
    if not code.one:
        return f"(len({code.many_text()}) == 1)", True
    if code.sure:
        return repr(bool(primitive)), True
    return "(" + (" or ".join(f"{text} is not None" for text in primitive) or "False") + ")", True


def _is_distinct(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"is_distinct({code.many_text()})", True


def _subset(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"has_all({c.inside(arguments[0], scope)}, {code.many_text()})", True


def _superset(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"has_all(members({code.many_text()}), {c.many(arguments[0], scope)})", True


def _text_test(method: str) -> Condition:
    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
        return f"texts(str.{method}, {code.one_text()}, {c.one(arguments[0], scope)})", False

    return written


def _matches(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"matches({_pattern(c, arguments[0])}, {code.one_text()})", False


def _pattern(c: Compiler, node: Node) -> str:
    """A regular expression of the definitions, compiled; never one that was sent."""
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        raise UnsupportedError("A regular expression must be a text.")
    return c.constant(re.compile(node.value, re.DOTALL))


def _converts(function: str) -> Condition:
    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
        return f"converts({function}, {code.one_text()})", False

    return written


def _is(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return c.type_test(code, _type(arguments))


def _html(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"text_of(is_narrative, {code.one_text()})", False


def _not(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> tuple[str, bool]:
    return f"reverse(filled({code.one_text()}))", False


CONDITIONS: dict[str, Condition] = {
    "exists": _exists,
    "empty": _empty,
    "all": _all,
    "allTrue": _each("all", True),
    "allFalse": _each("all", False),
    "anyTrue": _each("any", True),
    "anyFalse": _each("any", False),
    "hasValue": _has_value,
    "isDistinct": _is_distinct,
    "subsetOf": _subset,
    "supersetOf": _superset,
    "startsWith": _text_test("startswith"),
    "endsWith": _text_test("endswith"),
    "contains": _text_test("__contains__"),
    "matches": _matches,
    "convertsToInteger": _converts("to_integer"),
    "convertsToDecimal": _converts("to_decimal"),
    "convertsToBoolean": _converts("to_boolean"),
    "convertsToString": _converts("to_text"),
    "is": _is,
    "htmlChecks": _html,
    "not": _not,
}


# Values


def _type(arguments: Arguments) -> str:
    """The type that an argument names."""
    node, names = arguments[0], []
    while isinstance(node, Step) and node.arguments is None:
        names.append(node.name)
        if node.before is None:
            return ".".join(reversed(names))
        node = node.before
    raise UnsupportedError("Expected the name of a type.")


def _where(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    branches = []
    for branch in code.branches:
        name, inner = _inner(c, code, scope, branch)
        source = _items(code, branch)
        if "$index" in repr(arguments):
            index = c.fresh()
            test = c.true(arguments[0], inner._replace(position=index))
            text = f"[{name} for {index}, {name} in enumerate({source}) if {test}]"
        else:
            text = f"[{name} for {name} in {source} if {c.true(arguments[0], inner)}]"
        branches.append(Branch(branch.kind, text))
    return Code(tuple(branches), one=False)


def _select(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    found: list[Branch] = []
    for branch in code.branches:
        name, inner = _inner(c, code, scope, branch)
        index = c.fresh()
        result = c.value(arguments[0], inner._replace(position=index))
        item = c.fresh()
        for kind_branch in result.branches:
            values = Code((kind_branch,), one=result.one, sure=result.sure).many_text()
            source = _items(code, branch)
            found.append(
                Branch(kind_branch.kind, f"[{item} for {index}, {name} in enumerate({source}) for {item} in {values}]")
            )
    return Code(tuple(found), one=False)


def _repeat(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    name = c.fresh()
    result = c.value(arguments[0], scope._replace(this=variable("", name)))
    return many_of("", f"repeated({code.many_text()}, lambda {name}: {result.many_text()})")


def _count(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    if code.one:
        tests = [f"({branch.text} is not None{_or_extended(branch)})" for branch in code.branches]
        return one_of("integer", "1" if code.sure else "(" + " + ".join(tests) + ")", sure=True)
    return one_of("integer", f"len({code.many_text()})", sure=True)


def _or_extended(branch: Branch) -> str:
    return f" or {branch.beside} is not None" if branch.beside else ""


def _listed(template: str, *, one: bool = False) -> Function:
    """A function of a collection and of numbers: `{}` is the collection, then the arguments."""

    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
        branches = code.branches
        if len(branches) > 1 and code.one:
            # A choice has one value at most, of whichever type.
            texts = [template.format(_items(code, b), *(c.one(a, scope) for a in arguments)) for b in branches]
            return Code(tuple(Branch(b.kind, t) for b, t in zip(branches, texts, strict=True)), one=one)
        text = template.format(code.many_text(), *(c.one(a, scope) for a in arguments))
        return Code((Branch(code.kind, text),), one=one)

    return written


def _sets(template: str) -> Function:
    """A function of two collections."""

    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
        other = c.value(arguments[0], scope)
        kind = code.kind if code.kind == other.kind or template.startswith(("inter", "diff")) else ""
        return many_of(kind, template.format(code.many_text(), other.many_text()))

    return written


def _single(kind: str, template: str) -> Function:
    """A function of one value and of arguments."""

    def written(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
        return one_of(kind, template.format(code.one_text(), *(c.one(a, scope) for a in arguments)))

    return written


def _substring(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    values = ", ".join([code.one_text(), *(c.one(a, scope) for a in arguments)])
    return one_of("string", f"substring({values})")


def _chars(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    return many_of("string", f"(text_of(list, {code.one_text()}) or ())")


def _round(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    values = ", ".join([code.one_text(), *(c.one(a, scope) for a in arguments)])
    return one_of("decimal", f"rounded({values})")


def _replace_matches(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    new = arguments[1]
    if not isinstance(new, Literal) or not isinstance(new.value, str):
        raise UnsupportedError("What a match is replaced by must be a text.")
    template = re.sub(r"\$(\d)", r"\\\1", new.value.replace("\\", "\\\\"))
    return one_of("string", f"substituted({_pattern(c, arguments[0])}, {code.one_text()}, {template!r})")


def _iif(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    inner = scope._replace(this=code)
    test = c.true(arguments[0], inner)
    then = c.value(arguments[1], inner)
    other = c.value(arguments[2], inner) if len(arguments) > 2 else many_of(then.kind, "()")
    kind = then.kind if then.kind == other.kind else ""
    if then.one and (other.one or len(arguments) == 2):
        text = f"({then.one_text()} if {test} else {other.one_text() if len(arguments) > 2 else None})"
        return one_of(kind, text, sure=then.sure and other.sure)
    return many_of(kind, f"({then.many_text()} if {test} else {other.many_text()})")


def _of_type(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    return c.of_type(code, _type(arguments))


def _trace(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    return code


def _children(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    return many_of("", f"children({code.many_text()})")


def _descendants(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    return many_of("", f"descendants({code.many_text()})")


def _extension(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    extensions = children_of(code, "extension", c.fresh(), lenient=scope.lenient)
    return many_of("Extension", f"with_url({extensions.many_text()}, {c.one(arguments[0], scope)})")


def _resolve(c: Compiler, code: Code, arguments: Arguments, scope: Scope) -> Code:
    """What a reference leads to. Only its type is known, and only where the reference says it."""
    name, item = c.fresh(), c.fresh()
    return many_of("", f"[{item} for {name} in {code.many_text()} for {item} in resolved({name})]")


FUNCTIONS: dict[str, Function] = {
    "where": _where,
    "select": _select,
    "repeat": _repeat,
    "count": _count,
    "first": _listed("at({}, 0)", one=True),
    "last": _listed("last({})", one=True),
    "single": _listed("single({})", one=True),
    "tail": _listed("[*{}][1:]"),
    "skip": _listed("skipped({}, {})"),
    "take": _listed("taken({}, {})"),
    "distinct": _listed("distinct({})"),
    "union": _sets("distinct([*{}, *{}])"),
    "combine": _sets("[*{}, *{}]"),
    "intersect": _sets("intersection({}, members({}))"),
    "exclude": _sets("difference({}, members({}))"),
    "iif": _iif,
    "ofType": _of_type,
    "as": _of_type,
    "trace": _trace,
    "children": _children,
    "descendants": _descendants,
    "extension": _extension,
    "resolve": _resolve,
    "toString": _single("string", "to_text({})"),
    "toInteger": _single("integer", "to_integer({})"),
    "toDecimal": _single("decimal", "to_decimal({})"),
    "toBoolean": _single("boolean", "to_boolean({})"),
    "length": _single("integer", "text_of(len, {})"),
    "upper": _single("string", "text_of(str.upper, {})"),
    "lower": _single("string", "text_of(str.lower, {})"),
    "toChars": _chars,
    "indexOf": _single("integer", "texts(str.find, {}, {})"),
    "replace": _single("string", "replaced({}, {}, {})"),
    "substring": _substring,
    "replaceMatches": _replace_matches,
    "abs": _single("", "number_of(abs, {})"),
    "ceiling": _single("integer", "number_of(ceil, {})"),
    "floor": _single("integer", "number_of(floor, {})"),
    "truncate": _single("integer", "number_of(int, {})"),
    "round": _round,
}
