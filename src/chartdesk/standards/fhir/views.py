"""JSON seen with the attributes of the structs, so that one rule serves both."""

from __future__ import annotations

from typing import Any

from .facts import is_primitive, members_of


class View:
    """A JSON object of a complex type. Absent members are None or (), as in the structs."""

    def __init__(self, json: dict[str, Any], kind: str) -> None:
        # Two underscores, as `value` and `kind` are names of elements.
        self.__json = json
        self.__kind = str(json["resourceType"]) if kind == "Resource" else kind
        self.resourceType = json.get("resourceType")

    def __getattr__(self, name: str) -> Any:
        known = members_of(self.__kind)
        # `class_` is the attribute of the member `class`; `_status` holds what extends `status`.
        member = name.removesuffix("_")
        if member.startswith("_") and member[1:] in known:
            beside = self.__json.get(member)
            if isinstance(beside, list):
                return [item and View(item, "Element") for item in beside]
            return View(beside, "Element") if beside else () if known[member[1:]][0].many else None
        if member not in known:
            raise AttributeError(name)
        element, kind = known[member]
        found = self.__json.get(member, () if element.many else None)
        if is_primitive(kind) or not found:
            return found
        return [View(item, kind) for item in found] if element.many else View(found, kind)

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
