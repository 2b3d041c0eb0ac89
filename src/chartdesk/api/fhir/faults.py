"""Failures of the database that are nobody's defect: tried again where that helps, told in words where not."""

from __future__ import annotations

import logging
import random
import time
import traceback
from collections.abc import Callable
from typing import TypeVar

import psycopg
import psycopg_pool
from django.db import Error as DjangoError
from django.db import connection

from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable

T = TypeVar("T")
_TRIES = 4
_log = logging.getLogger(__name__)
_AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable)
#: The database is not there, is going, or has no room for one more.
_AWAY = (
    *(psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown, psycopg.errors.CannotConnectNow),
    *(psycopg.errors.TooManyConnections, psycopg.errors.OutOfMemory, psycopg.errors.DiskFull),
    psycopg_pool.PoolTimeout,
)


def again(call: Callable[[], T]) -> T:
    """What ``call`` gives; called again where the database stopped it for the sake of another transaction.

    ``call`` must do everything in transactions of its own: what was stopped left nothing behind.
    """
    for number in range(1, _TRIES):
        try:
            return call()
        except (psycopg.Error, DjangoError) as fault:
            if not isinstance(_cause(fault), _AGAIN) or connection.in_atomic_block:
                raise
        time.sleep(random.uniform(0.005, 0.03) * number)
    return call()


def told(fault: Exception) -> ChartdeskError | None:
    """A failure of the database as an error that a client can act on; None where it is a defect."""
    cause = _cause(fault)
    if isinstance(cause, _AGAIN):
        return Unavailable("Others write the same resources at this moment.", cure="Try again in a moment.")
    if isinstance(cause, psycopg.errors.QueryCanceled):
        return Invalid("The request takes too long and was stopped.", cure="Ask for less, or more narrowly.")
    if isinstance(cause, psycopg.DataError):
        _log.warning("a value could not be stored: %s", type(cause).__name__)
        return Invalid("The request holds a value that cannot be stored or compared.", cure="Look at its values.")
    lost = isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None
    if isinstance(cause, _AWAY) or lost:
        _log.warning("the database does not answer: %s", type(cause).__name__)
        return Unavailable("The database does not answer.", cure="Try again in a moment.")
    return None


def note(identifier: str, fault: Exception) -> None:
    """Log a defect. The message of a foreign error may quote a row; its type and its frames do not."""
    frames = "".join(traceback.format_tb(fault.__traceback__))
    _log.error("request %s failed: %s\n%s", identifier, type(fault).__name__, frames)


def _cause(fault: BaseException) -> BaseException:
    return fault.__cause__ if isinstance(fault, DjangoError) and fault.__cause__ is not None else fault
