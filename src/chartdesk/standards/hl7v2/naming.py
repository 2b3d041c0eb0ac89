"""What segments and fields are called in words, for people who look at a message: from the views that read them."""

from __future__ import annotations

from functools import lru_cache

from chartdesk.standards.hl7v2 import clinical_views, views
from chartdesk.standards.hl7v2.fields import View

#: Abbreviations that stay as they are.
_CAPITALS = {"id": "ID", "ids": "IDs", "ssn": "Social Security number", "npi": "NPI"}


def segment_words(name: str) -> str:
    """What a segment is about, ``The patient``; empty for one that no view reads."""
    view = _views().get(name)
    return (view.__doc__ or "").split(".")[0].strip() if view is not None else ""


def field_words(segment: str, number: int) -> str:
    """What a field is called, ``Home phones`` for PID and 13; empty for one that no view reads."""
    return _fields(segment).get(number, "")


@lru_cache(maxsize=1)
def _views() -> dict[str, type[View]]:
    found: dict[str, type[View]] = {}
    for module in (views, clinical_views):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, View) and one.NAME:
                found.setdefault(one.NAME, one)
    return found


@lru_cache(maxsize=256)
def _fields(segment: str) -> dict[int, str]:
    view = _views().get(segment)
    if view is None:
        return {}
    named = {name: getattr(one, "number", None) for name, one in vars(view).items() if not name.startswith("_")}
    return {number: _words(name) for name, number in named.items() if isinstance(number, int)}


def _words(name: str) -> str:
    parts = [_CAPITALS.get(part, part) for part in name.split("_")]
    words = " ".join(parts)
    return words[:1].upper() + words[1:]
