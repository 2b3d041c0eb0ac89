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
            return self.__json.get(member, () if known[member[1:]][0].many else None)
        if member not in known:
            raise AttributeError(name)
        element, kind = known[member]
        found = self.__json.get(member, () if element.many else None)
        if is_primitive(kind) or not found:
            return found
        return [View(item, kind) for item in found] if element.many else View(found, kind)
