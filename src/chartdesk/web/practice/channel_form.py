"""The most used parts of a channel as a form. It reads and writes the same document that a file holds.

What the form does not show (filters' conditions, mappings, options) stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import inspect

from chartdesk.exchange.engine import channels
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, InternalSource, Source, Target
from chartdesk.kit.errors import Invalid
from chartdesk.web.fields import Field
from chartdesk.web.practice.interface_words import FIELDS, HINTS, TRANSPORTS

_CHOICES = {
    "acknowledgement": {
        "asked": "as the message asks (MSH-15, MSH-16)",
        "original": "original: AA, AE, AR",
        "enhanced": "enhanced: CA, CE, CR",
    },
    "unknown_patient": {"create": "register the patient", "hold": "hold the message", "refuse": "refuse the message"},
    "behind_held": {"wait": "wait behind it", "pass": "pass it"},
}
_NUMBERS = ("alerts.age_minutes", "alerts.silence_minutes", "alerts.error_percent")
_DAYS = ("retention.content_days", "retention.metadata_days")


class Transport(msgspec.Struct, frozen=True):
    """A choice of transports under one name (``source``, ``to.0``), each with its fields."""

    name: str
    chosen: str
    kinds: list[tuple[str, str, list[Field]]]


class Place(msgspec.Struct, frozen=True):
    """A destination in the form. ``was`` is the name it has in the document, empty for one that is added."""

    name: str
    was: str
    fields: list[Field]
    transport: Transport
    mapped: bool


class ChannelForm(msgspec.Struct, frozen=True):
    """All of it; ``source`` is None for what Chartdesk sends."""

    general: list[Field]
    source: Transport | None
    places: list[Place]
    alerts: list[Field]
    retention: list[Field]


def form(document: ChannelDocument, typed: Mapping[str, str] | None = None) -> ChannelForm:
    """The form of a channel; with ``typed``, what somebody wrote stands in it."""
    values = _values(document) if typed is None else typed
    incoming = document.direction == "in"
    general = [_field("title", values, width=6), _field("kinds", values, width=6)]
    if incoming:
        general += [_choice(name, values) for name in _CHOICES]
    targets = [one for one in get_args(Target) if incoming or _tag(one) != "record"]
    names = [one.name for one in document.destinations]
    places = [_place(f"to.{at}", was, targets, values, document) for at, was in enumerate([*names, ""])]
    sources = [one for one in get_args(Source) if one is not InternalSource]
    return ChannelForm(
        general,
        _transport("source", sources, values) if incoming else None,
        places,
        [_field(name, values, kind="number", width=4) for name in _NUMBERS],
        [_field(name, values, kind="number", width=6) for name in _DAYS],
    )


def written(document: ChannelDocument, typed: Mapping[str, str]) -> ChannelDocument:
    """The document with what was typed. Raises Invalid, saying which field."""
    content: dict[str, Any] = msgspec.to_builtins(document)
    content |= {"title": typed.get("title", "").strip(), "kinds": _several(typed.get("kinds", ""))}
    if document.direction == "in":
        content |= {name: typed[name] for name in _CHOICES if typed.get(name)}
        content["source"] = _settings("source", get_args(Source), typed, content.get("source", {}))
    content["destinations"] = _destinations(document, typed)
    for part, names in (("alerts", _NUMBERS), ("retention", _DAYS)):
        settings = {name.partition(".")[2]: _number(name, typed) for name in names}
        _put(content, part, settings, ChannelDocument)
    return channels.document(content)


# --------------------------------------------------------------------------------------------- the form


def _values(document: ChannelDocument) -> dict[str, str]:
    values = {"title": document.title, "kinds": ", ".join(document.kinds)}
    values |= {name: str(getattr(document, name)) for name in _CHOICES}
    values |= _shown("source", document.source)
    for at, one in enumerate(document.destinations):
        name = f"to.{at}"
        values |= {f"{name}.name": one.name, f"{name}.attempts": str(one.retries.attempts)}
        values[f"{name}.kinds"] = ", ".join(one.filter.kinds) if one.filter else ""
        values |= _shown(name, one.transport)
    for path in (*_NUMBERS, *_DAYS):
        part, _, name = path.partition(".")
        values[path] = str(getattr(getattr(document, part), name))
    return values


def _shown(name: str, part: msgspec.Struct) -> dict[str, str]:
    """The settings of a transport as the texts of its fields."""
    tag = _tag(type(part))
    found = {f"{name}.type": tag}
    for one in part.__struct_fields__:
        held = getattr(part, one)
        text = ", ".join(held) if isinstance(held, list) else ("1" if held else "") if isinstance(held, bool) else held
        found[f"{name}.{tag}.{one}"] = str(text)
    return found


def _place(name: str, was: str, targets: list[Any], values: Mapping[str, str], document: ChannelDocument) -> Place:
    kept = next((one for one in document.destinations if one.name == was), None)
    fields = [
        _field(f"{name}.name", values, width=4),
        _field(f"{name}.kinds", values, width=5),
        _field(f"{name}.attempts", {f"{name}.attempts": "8", **values}, kind="number", width=3),
    ]
    transport = _transport(name, targets, values)
    return Place(name, was, fields, transport, kept is not None and kept.mapping is not None)


def _transport(name: str, kinds: list[Any], values: Mapping[str, str]) -> Transport:
    found = []
    for kind in kinds:
        tag = _tag(kind)
        fields = []
        for one in _settings_of(kind):
            shown = "number" if isinstance(one.type, inspect.IntType) else "text"
            shown = "check" if isinstance(one.type, inspect.BoolType) else shown
            default = "" if one.required else one.default
            held = {f"{name}.{tag}.{one.name}": "1" if default is True else "" if _blank(default) else str(default)}
            told = held if values.get(f"{name}.type") != tag else {}
            made = _field(
                f"{name}.{tag}.{one.name}", {**told, **_filled(values, told)}, kind=shown, needed=one.required
            )
            made.label = "Names of files" if one.name == "name" else made.label
            fields.append(made)
        found.append((tag, TRANSPORTS[tag], fields))
    return Transport(name, values.get(f"{name}.type", "" if name != "source" else found[0][0]), found)


def _filled(values: Mapping[str, str], over: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in values.items() if text or key not in over}


def _blank(default: Any) -> bool:
    return default is False or not isinstance(default, str | int)


def _field(name: str, values: Mapping[str, str], *, kind: str = "text", width: int = 6, needed: bool = False) -> Field:
    last = name.rpartition(".")[2]
    return Field(
        name, FIELDS.get(last, last), kind, width, needed, hint=HINTS.get(last, ""), value=values.get(name, "")
    )


def _choice(name: str, values: Mapping[str, str]) -> Field:
    return Field(name, FIELDS[name], width=4, choices=list(_CHOICES[name].items()), value=values.get(name, ""))


# ---------------------------------------------------------------------------------------- what was typed


def _destinations(document: ChannelDocument, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    kept: list[Destination | None] = [*document.destinations, None]
    found = []
    for at, one in enumerate(kept):
        name = f"to.{at}"
        called = typed.get(f"{name}.name", "").strip()
        if typed.get(f"{name}.remove") == "1" or (one is None and not called):
            continue
        content: dict[str, Any] = msgspec.to_builtins(one) if one is not None else {}
        content["name"] = called
        content["transport"] = _settings(name, get_args(Target), typed, content.get("transport", {}))
        kept_filter = {**(content.pop("filter", None) or {}), "kinds": _several(typed.get(f"{name}.kinds", ""))}
        if any(kept_filter.values()):
            content["filter"] = kept_filter
        attempts = _number(f"{name}.attempts", typed)
        _put(content, "retries", {**content.get("retries", {}), "attempts": attempts}, Destination)
        found.append(content)
    return found


def _settings(name: str, kinds: tuple[Any, ...], typed: Mapping[str, str], before: dict[str, Any]) -> dict[str, Any]:
    """The settings of the transport that was chosen; what the form does not show of it stays."""
    tag = typed.get(f"{name}.type", "")
    kind = next((one for one in kinds if _tag(one) == tag), None)
    if kind is None:
        raise Invalid("No transport is chosen.", cure="Choose how messages travel.", where=f"{name}.type")
    found = dict(before) if before.get("type") == tag else {}
    found["type"] = tag
    for one in _settings_of(kind):
        place = f"{name}.{tag}.{one.name}"
        text = typed.get(place, "").strip()
        found.pop(one.name, None)
        if isinstance(one.type, inspect.BoolType):
            found[one.name] = text == "1"
        elif not text and one.required:
            raise Invalid(f"{FIELDS.get(one.name, one.name)} is missing.", where=place)
        elif isinstance(one.type, inspect.IntType) and text:
            found[one.name] = _number(place, typed)
        elif text:
            found[one.name] = _several(text) if isinstance(one.type, inspect.ListType) else text
        if not one.required and found.get(one.name) == one.default:
            del found[one.name]
    return found


def _put(content: dict[str, Any], part: str, settings: dict[str, Any], kind: type[msgspec.Struct]) -> None:
    """Put a part into its place, without what it says by default: a file is to show what is special."""
    content.pop(part, None)
    usual = next(one.default for one in _settings_of(kind) if one.name == part)
    special = {name: value for name, value in settings.items() if getattr(usual, name) != value}
    if special:
        content[part] = special


def _number(name: str, typed: Mapping[str, str]) -> int:
    text = typed.get(name, "").strip()
    if not text.isdecimal() or len(text) > 9:
        words = FIELDS.get(name.rpartition(".")[2], name)
        raise Invalid(f"{words}: {text!r} is not a number.", cure="Write it in digits.", where=name)
    return int(text)


def _several(text: str) -> list[str]:
    return [one for part in text.split(",") if (one := part.strip())]


def _tag(kind: type[msgspec.Struct]) -> str:
    return str(kind.__struct_config__.tag)


def _settings_of(kind: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return found.fields
