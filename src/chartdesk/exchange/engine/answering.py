"""Channels that answer by another one (``answers_to``): whether that one is there and sends."""

from __future__ import annotations

from collections.abc import Mapping

from chartdesk.exchange.engine.models import Channel
from chartdesk.kit.transactions import HasPractice, reading


def fault(scope: HasPractice, answers_to: str, *, coming: Mapping[str, str] | None = None) -> str:
    """Why a channel cannot answer by the one of that name; empty where it can, and where it answers by none.

    ``coming`` are the directions of channels that are to be written with it.
    """
    return _fault(answers_to, {**_directions(scope), **(coming or {})}) if answers_to else ""


def faults(scope: HasPractice) -> dict[str, str]:
    """The channels of a practice that answer by one that is gone, or sends none any more, and why, by name."""
    directions = _directions(scope)
    with reading(scope):
        rows = Channel.objects.filter(practice=scope.practice, document__answers_to__isnull=False)
        named = dict(rows.order_by("name").values_list("name", "document__answers_to"))
    found = {name: _fault(answers_to, directions) for name, answers_to in named.items() if answers_to}
    return {name: words for name, words in found.items() if words}


def who(scope: HasPractice, name: str) -> list[str]:
    """The channels that answer by the one of that name."""
    with reading(scope):
        rows = Channel.objects.filter(practice=scope.practice, document__answers_to=name)
        return list(rows.order_by("name").values_list("name", flat=True))


def _directions(scope: HasPractice) -> dict[str, str]:
    with reading(scope):
        rows = Channel.objects.filter(practice=scope.practice)
        return {name: direction or "in" for name, direction in rows.values_list("name", "document__direction")}


def _fault(answers_to: str, directions: dict[str, str]) -> str:
    direction = directions.get(answers_to)
    if direction is None:
        return f"answers_to: there is no channel {answers_to}. Make it first, with direction out, or leave it empty."
    if direction != "out":
        return f"answers_to: {answers_to} takes messages, it sends none. Name a channel with direction out."
    return ""
