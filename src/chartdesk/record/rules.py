"""Rules that a write of a resource must pass, and projections that follow it.

Rooms register them when the program starts; they hold for every caller, be it a page, a FHIR client, an
interface or an import. They run in the transaction of the write: what a rule raises undoes all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from chartdesk.kit.errors import Forbidden
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

Before = Callable[[Subject, Stored | None, r4.Resource], r4.Resource | None]
After = Callable[[Subject, Stored | None, Stored | None], None]
#: The same for several writes of one type, each of another resource.
AfterMany = Callable[[Subject, Sequence[tuple[Stored | None, Stored | None]]], None]
Leaving = Callable[[Subject, Stored], None]
Rule = TypeVar("Rule")

_before: dict[str, list[Before]] = {}
_after: dict[str, list[After]] = {}
_after_many: dict[After, AfterMany] = {}
_leaving: dict[str, list[Leaving]] = {}
_owned: dict[str, str] = {}
_inside: ContextVar[bool] = ContextVar("chartdesk_inside_rule", default=False)


def before_write(type: str, rule: Before) -> None:
    """Run ``rule(subject, old, new)`` before each create (``old`` is None) and update of ``type``.

    It may raise, or return a resource to store instead (a new one, or ``new`` after changing it).
    The resource has its id already. Registering the same function again changes nothing.
    """
    _register(_before, type, rule)


def before_delete(type: str, rule: Leaving) -> None:
    """Run ``rule(subject, old)`` before each delete of ``type``. It may raise."""
    _register(_leaving, type, rule)


def after_write(type: str, projection: After, *, several: AfterMany | None = None) -> None:
    """Run ``projection(subject, old, new)`` after each write of ``type``; ``new`` is None for a delete.

    ``several`` is run instead, with pairs of old and new, where several resources are written at once.
    """
    _register(_after, type, projection)
    if several is not None:
        _after_many[projection] = several


def owned(type: str, operation: str) -> None:
    """Declare that only our own rooms write ``type``; ``operation`` tells others what to do instead."""
    _owned[type] = operation


def owner_of(type: str) -> str | None:
    """The operation to use instead of writing ``type``, or None where anybody may write it."""
    return _owned.get(type)


def has_before(type: str) -> bool:
    """Whether a rule looks at writes of ``type`` before they happen."""
    return type in _before or type in _leaving


def follows(type: str) -> bool:
    """Whether anything of our rooms has a part in a create of ``type``: a rule before it, or a projection after it."""
    return type in _before or type in _after


def applied(subject: Subject, old: Stored | None, new: r4.Resource) -> r4.Resource | None:
    """What the rules before a write of ``new`` make of it; None where they leave it as it is."""
    changed = None
    for rule in _before.get(new.resourceType, ()):
        with trusted():
            changed = rule(subject, old, changed or new) or changed
    return changed


def check_delete(subject: Subject, old: Stored) -> None:
    """Let the rules of its type object to deleting ``old``."""
    for rule in _leaving.get(old.type, ()):
        with trusted():
            rule(subject, old)


def project(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Run the projections that follow the write."""
    written = new or old
    for projection in _after.get(written.type, ()) if written else ():
        with trusted():
            projection(subject, old, new)


def project_many(subject: Subject, written: Sequence[tuple[Stored | None, Stored | None]]) -> None:
    """Run the projections that follow several writes, (old, new) each of another resource: type by type, together where
    a projection can.
    """
    types: dict[str, list[tuple[Stored | None, Stored | None]]] = {}
    for old, new in written:
        one = new or old
        if one is not None:
            types.setdefault(one.type, []).append((old, new))
    for type, pairs in types.items():
        for projection in _after.get(type, ()):
            several = _after_many.get(projection)
            with trusted():
                if several is not None and len(pairs) > 1:
                    several(subject, pairs)
                    continue
                for old, new in pairs:
                    projection(subject, old, new)


def check_owner(type: str) -> None:
    """Raise Forbidden where ``type`` is written by our own rooms only."""
    operation = _owned.get(type)
    if operation:
        raise Forbidden(f"{type} is kept by Chartdesk and cannot be written directly.", cure=operation)


@contextmanager
def trusted() -> Iterator[None]:
    """Inside, the code of our own rooms is at work: not held to a client's scopes."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def is_trusted() -> bool:
    """Whether code of our own rooms is at work on a client's behalf."""
    return _inside.get()


def _register(into: dict[str, list[Rule]], type: str, rule: Rule) -> None:
    rules = into.setdefault(type, [])
    if rule not in rules:
        rules.append(rule)
