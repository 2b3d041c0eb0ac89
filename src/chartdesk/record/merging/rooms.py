"""What the rooms have to say about a merge: what stands against it, and what has to be done besides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chartdesk.record.access.subject import Subject

#: Given subject, source and target.
Object = Callable[[Subject, str, str], list[str]]
Arrange = Callable[[Subject, str, str], None]
Rule = TypeVar("Rule")

_objections: list[Object] = []
_warnings: list[Object] = []
_before: list[Arrange] = []
_after: list[Arrange] = []


def objects(objection: Object) -> None:
    """Ask ``objection(subject, source, target)`` for sentences that say why the two may not be merged now."""
    _add(_objections, objection)


def warns(warning: Object) -> None:
    """Ask ``warning(subject, source, target)`` for sentences that say what should be known before."""
    _add(_warnings, warning)


def arranges(*, before: Arrange | None = None, after_undo: Arrange | None = None) -> None:
    """Run ``before`` a merge moves the rows, and ``after_undo`` when they are back; both with source and target."""
    if before is not None:
        _add(_before, before)
    if after_undo is not None:
        _add(_after, after_undo)


def objections(subject: Subject, source: str, target: str) -> list[str]:
    """Everything that stands against the merge."""
    return [sentence for ask in _objections for sentence in ask(subject, source, target)]


def warnings(subject: Subject, source: str, target: str) -> list[str]:
    """Everything that should be known before the merge."""
    return [sentence for ask in _warnings for sentence in ask(subject, source, target)]


def prepare(subject: Subject, source: str, target: str) -> None:
    """Let the rooms arrange themselves before the rows move."""
    for arrange in _before:
        arrange(subject, source, target)


def restore(subject: Subject, source: str, target: str) -> None:
    """Let the rooms take their arrangements back after the rows are back."""
    for arrange in _after:
        arrange(subject, source, target)


def _add(into: list[Rule], rule: Rule) -> None:
    if rule not in into:
        into.append(rule)
