"""What a channel's document would change, place by place, before it is written; and what one version changed."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from chartdesk.exchange.engine import checking
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.kit.errors import Invalid

_SHOWN = 300


class Change(msgspec.Struct, frozen=True):
    """One place of the document, before and after; None where it is not there."""

    place: str
    before: str | None
    after: str | None


def changes(before: ChannelDocument | None, after: ChannelDocument) -> list[Change]:
    """Every place that differs, in the order of the document. Raises Invalid where ``after`` cannot work."""
    faults = checking.findings(after)
    if faults:
        raise Invalid(f"The channel {after.name} cannot work.", cure="Mend what is named.", issues=faults)
    return differences(before, after)


def differences(before: ChannelDocument | None, after: ChannelDocument) -> list[Change]:
    """The same of two documents that are as they are."""
    # Of a new channel, what it says; of a known one, also what changes because it is no longer said.
    old = _flat(_whole(before)) if before is not None else {}
    new = _flat(_whole(after) if before is not None else msgspec.to_builtins(after))
    places = [*new, *(place for place in old if place not in new)]
    return [Change(place, old.get(place), new.get(place)) for place in places if old.get(place) != new.get(place)]


def _whole(value: Any) -> Any:
    """The document with its defaults."""
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if not isinstance(value, msgspec.Struct):
        return value
    tag = value.__struct_config__.tag
    told = {"type": tag} if tag else {}
    return told | {name: _whole(getattr(value, name)) for name in value.__struct_fields__}


def _flat(value: Any, place: str = "") -> dict[str, str]:
    """Place → text of every value. Parts of lists that have a name are told apart by it."""
    if isinstance(value, dict) and value:
        parts = [(f"{place}.{key}" if place else str(key), one) for key, one in value.items()]
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        parts = [(f"{place}[{_name(one, number)}]", one) for number, one in enumerate(value, start=1)]
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return {place: text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"}
    found: dict[str, str] = {}
    for inner, one in parts:
        for path, text in _flat(one, inner).items():
            # Two parts of the same name are a fault of the document; neither is to hide the other here.
            found[path if path not in found else f"{path} (again)"] = text
    return found


def _name(value: Any, number: int) -> str:
    return str(value.get("name") or number) if isinstance(value, dict) else str(number)
