"""What the compiler knows of a part of an expression: its types, whether it repeats, and its Python text."""

from __future__ import annotations

from dataclasses import dataclass

from ..facts import SYSTEM_TYPES, attribute, elements_of, is_extensible, is_primitive, resource_types, type_facts
from .syntax import UnsupportedError

DATES = frozenset({"date", "dateTime", "instant"})
NUMBERS = frozenset({"integer", "decimal", "positiveInt", "unsignedInt"})


@dataclass(frozen=True)
class Branch:
    """Python text for the values of one type. `kind` is empty where the type shows only when it runs.

    `beside` is the text of what extends a primitive, whose presence makes the element exist without a value.
    """

    kind: str
    text: str
    beside: str = ""


@dataclass(frozen=True)
class Code:
    """A compiled part. `one`: a value or None, else a sequence. `sure`: never None.

    `plain`: the text is a name that is bound to a value. A choice of types has one branch for each.
    """

    branches: tuple[Branch, ...]
    one: bool = True
    sure: bool = False
    plain: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(branch.kind for branch in self.branches)

    @property
    def kind(self) -> str:
        """The type, empty where there are several or it is not known."""
        return self.branches[0].kind if len(self.branches) == 1 else ""

    def many_text(self) -> str:
        """The values as a Python sequence."""
        if not self.one:
            return " + ".join(f"[*{b.text}]" if len(self.branches) > 1 else b.text for b in self.branches) or "()"
        texts = [b.text for b in self.branches]
        if len(texts) == 1:
            return f"({texts[0]},)" if self.sure else f"one({texts[0]})"
        return "[" + ", ".join(f"*one({text})" for text in texts) + "]"

    def one_text(self) -> str:
        """The only value, or None."""
        if self.one and len(self.branches) == 1:
            return self.branches[0].text
        return f"single({self.many_text()})"


def one_of(kind: str, text: str, *, sure: bool = False) -> Code:
    return Code((Branch(kind, text),), sure=sure)


def many_of(kind: str, text: str) -> Code:
    return Code((Branch(kind, text),), one=False)


def variable(kind: str, name: str) -> Code:
    """A name that is bound to a value of `kind`."""
    return Code((Branch(kind, name),), sure=True, plain=True)


def children_of(code: Code, name: str, fresh: str, *, lenient: bool = False) -> Code:
    """The element `name` of every value of `code`; `fresh` is a name that may be bound in comprehensions.

    Raises UnsupportedError where no type has it, unless `lenient`: then nothing is found.
    """
    found: list[tuple[Branch, bool]] = []
    for branch in code.branches:
        if branch.kind in ("", "Resource"):
            return many_of("", f"children({code.many_text()}, {name!r})")
        if is_primitive(branch.kind):
            if name in ("extension", "id") and branch.beside and code.one:
                inner = children_of(Code((Branch("Element", branch.beside),)), name, fresh)
                found += [(b, inner.one) for b in inner.branches]
            continue
        element = elements_of(branch.kind).get(name)
        if element is None:
            continue
        for kind in element.types:
            place = attribute(element.member(kind))
            known = SYSTEM_TYPES.get(kind, kind)
            found.append((_member(branch.text, code, place, known, element.many, fresh), code.one and not element.many))
    if not found and lenient:
        return many_of("", "()")
    if not found:
        raise UnsupportedError(f"{' or '.join(code.kinds)} has no element {name!r}.")
    if len({one for _, one in found}) > 1:
        raise UnsupportedError(f"{name!r} repeats in some types only.")
    return Code(tuple(branch for branch, _ in found), one=found[0][1])


def _member(text: str, code: Code, place: str, kind: str, many: bool, fresh: str) -> Branch:
    beside = "_" + place.removesuffix("_") if is_extensible(kind) else ""
    if code.one and not many:
        if code.plain:
            return Branch(kind, f"{text}.{place}", f"{text}.{beside}" if beside else "")
        return Branch(kind, f"get({text}, {place!r})", f"get({text}, {beside!r})" if beside else "")
    if code.one:
        found = f"{text}.{place}" if code.plain else f"listed({text}, {place!r})"
        extended = f"{text}.{beside}" if code.plain else f"listed({text}, {beside!r})"
        return Branch(kind, f"present({found})", extended) if beside else Branch(kind, found)
    if many:
        inner = f"{fresh}i"
        return Branch(kind, f"[{inner} for {fresh} in {text} for {inner} in {fresh}.{place} if {inner} is not None]")
    return Branch(kind, f"[{fresh}.{place} for {fresh} in {text} if {fresh}.{place} is not None]")


def type_name(name: str) -> str:
    """The FHIR type that a type specifier names: `System.String`, `FHIR.string`, `String` and `string` are one."""
    name = name.removeprefix("FHIR.").removeprefix("System.")
    if name in resource_types() or type_facts(name) is not None:
        return name
    lowered = name[:1].lower() + name[1:]
    if not name or not lowered.isalnum():
        raise UnsupportedError(f"{name!r} is not a type.")
    return lowered
