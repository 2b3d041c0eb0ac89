"""JSON seen with the attributes of the structs, so that one rule serves both."""

from __future__ import annotations

from functools import cache
from typing import Any

from .facts import is_primitive, members_of


@cache
def _place(kind: str, name: str) -> tuple[str, bool, bool, str] | None:
    """Behind an attribute: the member, whether it lies beside a primitive, whether it is repeated, its complex type."""
    known = members_of(kind)
    # `class_` is the attribute of the member `class`; `_status` holds what extends `status`.
    member = name.removesuffix("_")
    if member.startswith("_") and member[1:] in known:
        return member, True, known[member[1:]][0].many, ""
    if member not in known:
        return None
    element, inner = known[member]
    return member, False, element.many, "" if is_primitive(inner) else inner


class View:
    """A JSON object of a complex type. Absent members are None or (), as in the structs."""

    def __init__(self, json: dict[str, Any], kind: str) -> None:
        # Two underscores, as `value` and `kind` are names of elements.
        self.__json = json
        self.__kind = str(json["resourceType"]) if kind == "Resource" else kind
        self.resourceType = json.get("resourceType")

    def __getattr__(self, name: str) -> Any:
        place = _place(self.__kind, name)
        if place is None:
            raise AttributeError(name)
        member, beside, many, kind = place
        found = self.__json.get(member, () if many and not beside else None)
        if beside:
            if isinstance(found, list):
                return [item and View(item, "Element") for item in found]
            return View(found, "Element") if found else () if many else None
        if not kind or not found:
            return found
        return [View(item, kind) for item in found] if many else View(found, kind)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self.__json == other.__json

    def _reveal(self) -> tuple[str, dict[str, Any]]:
        return self.__kind, self.__json


def kind_of_view(view: View) -> str:
    """The type of what is seen."""
    return view._reveal()[0]


def json_of(view: View) -> dict[str, Any]:
    """The JSON object itself."""
    return view._reveal()[1]
