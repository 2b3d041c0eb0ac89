"""Rows as objects of their model, by statements that the server prepares once.

For the few queries on the road of every claim and payment: an ordinary query of Django's is put together anew each
time, and planned anew, which takes longer than running it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models.base import ModelState

from chartdesk.kit import database

M = TypeVar("M", bound=models.Model)


def fetch(model: type[M], condition: str, values: database.Values) -> list[M]:
    """The rows of ``model`` that meet ``condition``, which may go on with an order and a lock.

    ``condition`` is text of the program's, never of a caller's; its values are in ``values``.
    """
    statement, names = _selecting(model._meta.label)
    return [_loaded(model, names, row) for row in database.rows(statement + condition, values)]


def made(model: type[M], **values: Any) -> M:
    """A row that a statement wrote past Django, as ``fetch`` gives it; ``values`` name every column."""
    return _loaded(model, list(values), tuple(values.values()))


def _loaded(model: type[M], names: list[str], row: tuple[Any, ...]) -> M:
    """What ``from_db`` makes of a whole row: without looking for defaults, deferred columns and listeners, it takes a
    fifth of the time."""
    made: M = object.__new__(model)
    made._state = state = ModelState()
    state.adding, state.db = False, "default"
    made.__dict__.update(zip(names, row, strict=True))
    return made


def first(model: type[M], condition: str, values: database.Values) -> M | None:
    """The first of them, or None."""
    return next(iter(fetch(model, condition, values)), None)


@cache
def _selecting(label: str) -> tuple[str, list[str]]:
    meta = apps.get_model(label)._meta
    columns = ", ".join(f'"{one.column}"' for one in meta.concrete_fields)
    return f'SELECT {columns} FROM "{meta.db_table}" WHERE ', [one.attname for one in meta.concrete_fields]
