"""One transaction, one practice.

A transaction names the practice it works for; row-level security in PostgreSQL shows and accepts only that
practice's rows until it ends. Outside of one, no row of any practice is visible. Nested calls join the
outer transaction through a savepoint and may not change the practice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import get_ident
from typing import Any, Protocol, TypeVar

import psycopg
from django.db import connection
from django.db import transaction as django_transaction

T = TypeVar("T")
Closing = TypeVar("Closing", bound=Callable[[], Any])
#: The PostgreSQL setting that the row-level security policies read.
PRACTICE_SETTING = "chartdesk.practice"

_SET = "SELECT set_config(%s, %s, true)"
_SET_BRIEFLY = f"{_SET}, set_config('synchronous_commit', 'off', true)"
_SET_BOUNDED = f"{_SET_BRIEFLY}, set_config('statement_timeout', %s, true)"
#: Statements run more often than this are prepared; those of Django's own cursors never are.
_PREPARE_AFTER = 2
_practice: ContextVar[int | None] = ContextVar("chartdesk_practice", default=None)


class _Memory(dict[Any, Any]):
    """What ``once`` remembers of a transaction. ``thread`` is the one whose connection it is on, 0 once it is over."""

    thread = 0


_remembered: ContextVar[_Memory | None] = ContextVar("chartdesk_remembered", default=None)
_closing: ContextVar[dict[Any, Any] | None] = ContextVar("chartdesk_closing", default=None)


class HasPractice(Protocol):
    """Whatever carries a practice: an access subject, an event, a row."""

    @property
    def practice(self) -> int: ...


def _number(scope: HasPractice | int) -> int:
    return scope if isinstance(scope, int) else scope.practice


@contextmanager
def transaction(scope: HasPractice | int, *, lasting: bool = True, seconds: int = 0) -> Iterator[None]:
    """Run the block in one database transaction for the practice of ``scope``.

    Commits when the block ends, rolls everything back when it raises. Inside an open transaction the block
    becomes a savepoint. Raises RuntimeError when the practice differs from the open one's. With ``lasting``
    false the commit does not wait for the disk: for reads, which write nothing but a note of themselves. A power
    failure may then cost the notes of the last second. ``seconds`` stops a statement of a block that is not lasting
    after so long. Inside an open transaction both change nothing.
    """
    practice = _number(scope)
    outer = _practice.get()
    if outer is not None and connection.in_atomic_block:
        if outer != practice:
            raise RuntimeError(f"transaction for practice {practice} inside one for practice {outer}")
        try:
            with django_transaction.atomic():
                yield
        except BaseException:
            # What was read since may have been written by what is rolled back.
            (_remembered.get() or {}).clear()
            raise
        return
    joins = connection.in_atomic_block
    with django_transaction.atomic():
        _name_practice(str(practice), lasting=lasting or joins, seconds=seconds)
        closing: dict[Any, Callable[[], Any]] = {}
        memory = _Memory()
        memory.thread = get_ident()
        token, before, last = _practice.set(practice), _remembered.set(memory), _closing.set(closing)
        try:
            yield
            while closing:
                closing.pop(next(iter(closing)))()
        finally:
            memory.thread = 0
            _practice.reset(token)
            _remembered.reset(before)
            _closing.reset(last)
        if joins:
            # The transaction around us goes on without a practice; a failure rolls the setting back itself.
            _name_practice("")


def _name_practice(practice: str, *, lasting: bool = True, seconds: int = 0) -> None:
    # Past Django's cursors: this statement opens every transaction, so it is prepared once per connection.
    raw = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = _PREPARE_AFTER
    if seconds and not lasting:
        psycopg.Cursor(raw).execute(_SET_BOUNDED, [PRACTICE_SETTING, practice, f"{seconds}s"])
    else:
        psycopg.Cursor(raw).execute(_SET if lasting else _SET_BRIEFLY, [PRACTICE_SETTING, practice])


def bound(seconds: int) -> None:
    """Stop every statement of the rest of the open transaction after so long; 0 for never."""
    psycopg.Cursor(connection.connection).execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])


@contextmanager
def reading(scope: HasPractice | int, *, seconds: int = 0) -> Iterator[None]:
    """Read in the open transaction as it is, or in one of its own where none is open.

    Without the savepoint that ``transaction`` puts around a block inside another one: a read leaves nothing to
    roll back, and savepoints were half the cost of a command. Its own transaction is not ``lasting``, and
    ``seconds`` bounds its statements. Raises RuntimeError as ``transaction`` does.
    """
    practice = _number(scope)
    outer = _practice.get()
    if outer is None or _memory() is None:
        with transaction(practice, lasting=False, seconds=seconds):
            yield
        return
    if outer != practice:
        raise RuntimeError(f"a read for practice {practice} inside a transaction for practice {outer}")
    yield


@contextmanager
def joined(scope: HasPractice | int) -> Iterator[None]:
    """Write in the open transaction as it is, or in one of its own where none is open.

    For a command that raises, if at all, before it has written anything: then there is nothing for a savepoint to
    take back. Raises RuntimeError as ``transaction`` does.
    """
    practice = _number(scope)
    outer = _practice.get()
    if outer is None or _memory() is None:
        with transaction(practice):
            yield
        return
    if outer != practice:
        raise RuntimeError(f"a command for practice {practice} inside a transaction for practice {outer}")
    yield


def _memory() -> _Memory | None:
    """What the open transaction remembers; None where none is open in this thread."""
    # Asked many times for every claim: Django's connection, which knows it too, is slow to find.
    memory = _remembered.get()
    return memory if memory is not None and memory.thread == get_ident() else None


def once(key: object, read: Callable[[], T]) -> T:
    """What ``read`` gives, asked once in the open transaction; each time where none is open.

    For rows that a transaction asks for again and again and that it does not change itself.
    """
    memory = _memory()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    return memory[key]


def remembered(key: object) -> Any:
    """What ``once`` remembers under ``key`` in the open transaction; None where nothing."""
    memory = _memory()
    return memory.get(key) if memory is not None else None


def forget(key: object) -> None:
    """Let ``once`` ask again: the transaction changed it."""
    memory = _remembered.get()
    if memory is not None:
        memory.pop(key, None)


def current_practice() -> int | None:
    """The practice of the open transaction, or None outside of one."""
    return _practice.get()


def before_commit(key: object, make: Callable[[], Closing]) -> Closing:
    """Call what ``make`` gives at the end of the open transaction, inside it: what it raises rolls everything back.

    It is made once for each ``key`` and given again to whoever asks again. For what follows from all that the
    transaction did. Raises RuntimeError outside of a transaction.
    """
    closing = _closing.get()
    if closing is None or not connection.in_atomic_block:
        raise RuntimeError("there is no open transaction to close")
    if key not in closing:
        closing[key] = make()
    made: Closing = closing[key]
    return made


def after_commit(call: Callable[[], Any]) -> None:
    """Call ``call`` once the outermost transaction has committed; never when it rolls back."""
    django_transaction.on_commit(call)


@contextmanager
def alone(*parts: object) -> Iterator[bool]:
    """Give True where nobody else is inside a block of the same ``parts``, else False at once.

    The lock is held by the connection and spans transactions; a killed process gives it back.
    """
    name = "/".join(map(str, parts))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 1))", [name])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", [name])


def advisory_lock(*parts: object) -> None:
    """Hold a lock on ``parts`` until the transaction ends; others that name the same parts wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["/".join(map(str, parts))])


def advisory_locks(*parts: object, of: Iterable[object]) -> None:
    """The locks that ``advisory_lock`` takes on ``parts`` and each of ``of``, in one statement and in one order."""
    names = sorted("/".join(map(str, (*parts, one))) for one in set(of))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name", [names]
        )
