"""Says what is wrong with a resource: walks its JSON by the facts and lists every fault with its place.

Slow and thorough; `decode` and `validate` come here only when something looks wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any

from . import primitives
from .checking import rules_of
from .conditions import codes_one_of
from .facts import (
    Element,
    codes,
    concepts,
    elements_of,
    is_extensible,
    is_primitive,
    members_of,
    resource_types,
    type_facts,
)
from .issues import Issue
from .views import View

MOST_ISSUES = 100
MOST_NAMES = 10
DEEPEST = 150
# Texts up to this length are looked at for what was meant; a place or sentence is cut at LONGEST.
_WORD = 60
_LONGEST = 1000
_LOCAL = re.compile(r'"#([^"\\]*)"')


def local_references(text: str) -> set[str]:
    """The ids that `#` references in JSON text name; empty for the container itself."""
    return set(_LOCAL.findall(text))


def near(word: Any, known: Iterable[str]) -> str:
    """The known word that was probably meant; empty where none is near."""
    if not isinstance(word, str) or len(word) > _WORD:
        return ""
    return next(iter(get_close_matches(word, known, 1)), "")


class Repeated(dict[str, Any]):
    """A JSON object in which a name occurs twice; `names` are those."""

    names: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Equal to nothing: one of its members is lost."""
        return False

    __hash__ = None


def tree(text: str) -> Any:
    """Parse JSON with the digits of numbers, marking repeated names. Raises ValueError, RecursionError."""
    return json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_int=_integer, parse_constant=Decimal)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) == len(pairs):
        return result
    marked = Repeated(result)
    counted = Counter(name for name, _ in pairs)
    marked.names = tuple(sorted(name for name, count in counted.items() if count > 1))[:MOST_NAMES]
    return marked


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) < 20 else Decimal(text)


def explain(resource: Any, place: str = "", *, bundled: bool = True) -> list[Issue]:
    """The faults of a parsed resource at `place`, up to MOST_ISSUES. `bundled`: also those in a Bundle."""
    return list(islice(_Walk(bundled).resource(resource, place, {}, 0), MOST_ISSUES))


def _fault(code: str, place: str, sentence: str) -> Issue:
    # Half a surrogate pair, as in a member's name, could not be sent back.
    where, text = (t.encode("utf-8", "replace").decode()[:_LONGEST] for t in (place, sentence))
    return Issue("error", code, where, f"{where} {text}" if where else text)


class _Walk:
    def __init__(self, bundled: bool) -> None:
        self.bundled = bundled

    def resource(self, value: Any, place: str, contained: dict[str, str], depth: int) -> Iterator[Issue]:
        """Faults of a resource. `contained` are the contained resources around it, as id → type."""
        if not isinstance(value, dict):
            yield _fault("structure", place, f"A resource must be a JSON object, not {primitives.shown(value)}.")
            return
        kind = value.get("resourceType")
        if kind is None:
            yield _fault("structure", place, "A resource must name its type in 'resourceType'.")
            return
        if not isinstance(kind, str) or kind not in resource_types():
            meant = near(kind, resource_types())
            hint = f" Did you mean {meant}?" if meant else ""
            where = f"{place}.resourceType" if place else "resourceType"
            yield _fault("value", where, f"{primitives.shown(kind)} is no R4 resource type.{hint}")
            return
        here = place or kind
        if isinstance(value.get("contained"), list):
            contained = dict(_contained(value["contained"]))
            yield from self.contained(value, here)
        yield from self.object(value, kind, here, contained, depth, ("resourceType",))

    def contained(self, value: dict[str, Any], place: str) -> Iterator[Issue]:
        """Faults in how resources are contained: dom-2 to dom-5."""
        named = local_references(json.dumps(value, default=str))
        seen = set()
        for index, inner in enumerate(value["contained"]):
            if not isinstance(inner, dict):
                continue
            here = f"{place}.contained[{index}]"
            key = inner.get("id")
            if not isinstance(key, str) or key in seen:
                yield _fault("invariant", here + ".id", "must be given and differ from other contained ids.")
            elif key not in named and "" not in local_references(json.dumps(inner, default=str)):
                yield _fault("invariant", here, f"is not referred to; refer to it as '#{key}' or remove it (dom-3).")
            seen.add(str(key))
            if inner.get("contained"):
                yield _fault(
                    "invariant",
                    here + ".contained",
                    "must not be there: contained resources do not nest (dom-2).",
                )
            meta = inner.get("meta")
            if isinstance(meta, dict) and meta.keys() & {"versionId", "lastUpdated", "security"}:
                yield _fault(
                    "invariant",
                    here + ".meta",
                    "must have no version, date or security label (dom-4, dom-5).",
                )

    def object(
        self,
        value: Any,
        kind: str,
        place: str,
        contained: dict[str, str],
        depth: int,
        also: tuple[str, ...] = (),
    ) -> Iterator[Issue]:
        """Faults of a value of a complex type."""
        if not isinstance(value, dict):
            yield _fault("structure", place, f"must be an object ({kind}), not {primitives.shown(value)}.")
            return
        if depth > DEEPEST:
            yield _fault("too-long", place, f"is nested deeper than {DEEPEST} levels.")
            return
        if not value.keys() - {"id"}:
            code = "invariant" if value else "structure"
            yield _fault(code, place, "must have a value or children; leave it out instead (ele-1).")
        if isinstance(value, Repeated):
            yield _fault("structure", place, f"names {', '.join(value.names)} more than once.")
        count = 0
        for issue in self.members(value, kind, place, contained, depth, also):
            count += 1
            yield issue
        for element in _sought(kind):
            for issue in _presence(value, element, place):
                count += 1
                yield issue
        if count == 0:
            view = View(value, kind)
            for rule in rules_of(kind):
                if not rule.kept(view):
                    yield _fault("invariant", place, f"breaks rule {rule.key}: {rule.sentence}")

    def members(
        self,
        value: dict[str, Any],
        kind: str,
        place: str,
        contained: dict[str, str],
        depth: int,
        also: tuple[str, ...],
    ) -> Iterator[Issue]:
        known = members_of(kind)
        for name, item in value.items():
            if name in known:
                element, type = known[name]
                here = f"{place}.{element.name}"
                if self.bundled or kind != "BundleEntry" or name != "resource":
                    yield from self.items(item, element, type, here, value.get("_" + name), contained, depth)
            elif name[:1] == "_" and name[1:] in known and _extensible(*known[name[1:]]):
                element, _ = known[name[1:]]
                yield from self.extended(item, element, f"{place}.{element.name}", contained, depth)
            elif name not in also:
                meant = near(name, known)
                hint = f" Did you mean '{meant}'?" if meant else ""
                what = type_facts(kind)
                yield _fault(
                    "structure",
                    f"{place}.{name}",
                    f"is unknown: {what.path if what else kind} has no such element.{hint}",
                )

    def items(
        self,
        value: Any,
        element: Element,
        kind: str,
        place: str,
        beside: Any,
        contained: dict[str, str],
        depth: int,
    ) -> Iterator[Issue]:
        """Faults of one element, single or repeated. `beside` is its underscore member."""
        if not element.many:
            if isinstance(value, list):
                yield _fault("structure", place, "must be a single value, not a list.")
            else:
                yield from self.value(value, element, kind, place, contained, depth)
            return
        if not isinstance(value, list):
            yield _fault("structure", place, f"must be a list, not {primitives.shown(value)}.")
            return
        if not value:
            yield _fault("structure", place, "must not be an empty list; leave it out instead.")
        for index, item in enumerate(value):
            extended = isinstance(beside, list) and index < len(beside) and beside[index] is not None
            if not (item is None and is_primitive(kind) and extended):
                yield from self.value(item, element, kind, f"{place}[{index}]", contained, depth)

    def value(
        self, value: Any, element: Element, kind: str, place: str, contained: dict[str, str], depth: int
    ) -> Iterator[Issue]:
        if is_primitive(kind):
            if wrong := primitives.mismatch(kind, value):
                yield _fault("structure", place, wrong)
            elif wrong := primitives.fault(kind, value):
                yield _fault("value", place, wrong)
            elif element.codes and kind == "code" and value not in codes(element.codes):
                yield _fault("code-invalid", place, _not_a_code(value, element))
        elif kind == "Resource":
            nested = contained if element.name == "contained" else {}
            yield from self.resource(value, place, nested, depth + 1)
        else:
            count = 0
            for issue in self.object(value, kind, place, contained, depth + 1):
                count += 1
                yield issue
            if count == 0 and element.concepts and not codes_one_of(View(value, kind), concepts(element.concepts)):
                yield _fault("code-invalid", place, _not_a_concept(element.concepts))
            if kind == "Reference" and isinstance(value, dict):
                yield from _reference(value, element, place, contained)

    def extended(
        self, value: Any, element: Element, place: str, contained: dict[str, str], depth: int
    ) -> Iterator[Issue]:
        """Faults of the underscore member of a primitive."""
        if not element.many:
            yield from self.object(value, "Element", place, contained, depth + 1)
        elif not isinstance(value, list) or not value:
            yield _fault("structure", place, "has extensions that are not in a list beside the values.")
        else:
            for index, item in enumerate(value):
                if item is not None:
                    yield from self.object(item, "Element", f"{place}[{index}]", contained, depth + 1)


def _contained(resources: list[Any]) -> Iterator[tuple[str, str]]:
    for inner in resources:
        if isinstance(inner, dict):
            yield str(inner.get("id")), str(inner.get("resourceType"))


def _extensible(element: Element, kind: str) -> bool:
    """Ids and urls, which are of a system type, take no extension; nor does xhtml."""
    return is_extensible(kind) and all(is_extensible(t) or not is_primitive(t) for t in element.types)


@cache
def _sought(kind: str) -> tuple[Element, ...]:
    """The elements of a type that may be missing, or be there in two types."""
    return tuple(one for one in elements_of(kind).values() if one.required or len(one.types) > 1)


def _presence(value: dict[str, Any], element: Element, place: str) -> Iterator[Issue]:
    """Required elements and exclusive choices."""
    found = {kind for kind in element.types for n in (element.member(kind),) if n in value or "_" + n in value}
    here = f"{place}.{element.name}"
    if element.required and not found:
        which = " as one of " + ", ".join(element.member(k) for k in element.types) if element.choice else ""
        yield _fault("required", here, f"is required{which}.")
    if len(found) > 1:
        names = " and ".join(sorted(element.member(kind) for kind in found))
        yield _fault("structure", here, f"is given as {names}: give one of them.")


def _not_a_code(value: str, element: Element) -> str:
    allowed = sorted(codes(element.codes))
    if len(allowed) <= 12:
        return f"must be one of {', '.join(allowed)}, not {primitives.shown(value)}."
    meant = near(value, allowed)
    hint = f" Did you mean '{meant}'?" if meant else ""
    return f"must be a code of the value set {element.codes}, not {primitives.shown(value)}.{hint}"


def _not_a_concept(value_set: str) -> str:
    listed = sorted(concepts(value_set), key=str)
    few = ", ".join(f"{system}|{code}" for system, code in listed[:8])
    return f"must have a coding of the value set {value_set}, such as {few}."


def _reference(value: dict[str, Any], element: Element, place: str, contained: dict[str, str]) -> Iterator[Issue]:
    """Whether a reference names an allowed type, and its contained resource is there."""
    text, kind = value.get("reference"), value.get("type")
    if isinstance(text, str) and text.startswith("#"):
        kind = contained.get(text[1:], kind)
        if text != "#" and text[1:] not in contained:
            yield _fault("invariant", place + ".reference", f"names '{text}', which is not contained here (ref-1).")
            return
    elif isinstance(text, str):
        kind = _type_in(text) or kind
    if isinstance(kind, str) and element.targets and kind in resource_types() and kind not in element.targets:
        allowed = ", ".join(element.targets)
        yield _fault("value", place + ".reference", f"must be to {allowed}, not to {kind}.")


def _type_in(text: str) -> str | None:
    parts = text.partition("/_history/")[0].partition("?")[0].split("/")
    return parts[-2] if len(parts) > 1 and parts[-2] in resource_types() else None
