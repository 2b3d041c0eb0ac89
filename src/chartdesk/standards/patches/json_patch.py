"""JSON Patch.

Guide sections: RFC 6902 (operations), RFC 6901 (pointers).
"""

from __future__ import annotations

import copy
import re
from typing import Any

from chartdesk.kit.errors import Invalid

#: How many values the copies of one patch may add: a patch that doubles the resource again and again is refused.
MOST_COPIED = 100_000
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_ESCAPE = re.compile(r"~(?![01])")


def applied(tree: Any, operations: list[dict[str, Any]]) -> Any:
    """``tree`` after ``operations``; it may be changed in place. Raises Invalid naming the operation."""
    work = _Work(tree)
    for position, operation in enumerate(operations):
        try:
            work.carry_out(operation)
        except _Impossible as fault:
            named = f"{operation.get('op', 'nothing')} {operation.get('path', '')}"[:200]
            raise Invalid(f"Operation {position} of the patch ({named}): {fault}") from fault
    return work.tree


class _Impossible(Exception):
    """One operation cannot be carried out; the text says why."""


class _Work:
    """The document while it is changed."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.copied = 0

    def carry_out(self, operation: dict[str, Any]) -> None:
        name = operation.get("op")
        path = _pointer(operation, "path")
        if name == "test":
            if not same(self._get(path), _value(operation)):
                raise _Impossible("the value there is another one.")
        elif name == "add":
            self._add(path, self._counted(_value(operation)))
        elif name == "replace":
            self._get(path)
            self._set(path, self._counted(_value(operation)))
        elif name == "remove":
            self._remove(path)
        elif name == "copy":
            self._add(path, self._counted(self._get(_pointer(operation, "from"))))
        elif name == "move":
            source = _pointer(operation, "from")
            if path[: len(source)] == source and path != source:
                raise _Impossible("a value cannot be moved into itself.")
            value = self._get(source)
            if path != source:
                self._remove(source)
                self._add(path, value)
        else:
            raise _Impossible("op must be add, remove, replace, move, copy or test.")

    def _counted(self, value: Any) -> Any:
        """A copy of ``value``, so that one object never stands at two places."""
        self.copied += _size(value)
        if self.copied > MOST_COPIED:
            raise _Impossible(f"the patch adds more than {MOST_COPIED} values.")
        return copy.deepcopy(value)

    def _get(self, path: list[str]) -> Any:
        found = self.tree
        for part in path:
            if isinstance(found, dict) and part in found:
                found = found[part]
            elif isinstance(found, list):
                found = found[_index(part, len(found) - 1)]
            else:
                raise _Impossible(f"there is no {part!r} at that place.")
        return found

    def _add(self, path: list[str], value: Any) -> None:
        if not path:
            self.tree = value
            return
        holder = self._get(path[:-1])
        if isinstance(holder, list):
            last = path[-1]
            holder.insert(len(holder) if last == "-" else _index(last, len(holder)), value)
        elif isinstance(holder, dict):
            holder[path[-1]] = value
        else:
            raise _Impossible("what stands there holds no other values.")

    def _set(self, path: list[str], value: Any) -> None:
        if not path:
            self.tree = value
            return
        holder = self._get(path[:-1])
        holder[_index(path[-1], len(holder) - 1) if isinstance(holder, list) else path[-1]] = value

    def _remove(self, path: list[str]) -> None:
        self._get(path)
        if not path:
            raise _Impossible("the whole resource cannot be removed.")
        holder = self._get(path[:-1])
        del holder[_index(path[-1], len(holder) - 1) if isinstance(holder, list) else path[-1]]


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _pointer(operation: dict[str, Any], member: str) -> list[str]:
    text = operation.get(member)
    if not isinstance(text, str):
        raise _Impossible(f"{member} is missing or not a text.")
    if text and not text.startswith("/"):
        raise _Impossible(f"{member} must begin with a slash.")
    if _ESCAPE.search(text):
        raise _Impossible(f"in {member} a tilde is written ~0.")
    return [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]]


def _value(operation: dict[str, Any]) -> Any:
    if "value" not in operation:
        raise _Impossible("value is missing.")
    return operation["value"]


def _index(part: str, last: int) -> int:
    if not _INDEX.fullmatch(part):
        raise _Impossible(f"{part!r} is not a place in a list.")
    if int(part) > last:
        raise _Impossible(f"the list has no place {part}.")
    return int(part)


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1
