"""Which faults are the database's own: it is gone, or it may help to ask again."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from psycopg_pool import PoolTimeout

from chartdesk.kit import database as statements
from chartdesk.kit.transactions import transaction


@pytest.mark.parametrize("ours", [True, False])
def test_a_connection_that_was_cut(subject: Any, database: str, ours: bool) -> None:
    """Whether the statement goes past Django's cursors or not."""
    with pytest.raises(Exception) as met, transaction(subject):
        found = statements.row("SELECT pg_backend_pid()")
        assert found is not None
        with psycopg.connect(database, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [found[0]])
        if ours:
            statements.rows("SELECT 1")
        else:
            connection.cursor().execute("SELECT 1")
    assert statements.is_away(met.value) and statements.may_pass(met.value)
    with transaction(subject):
        assert statements.row("SELECT 1") == (1,), "and the next transaction has a new one"


def test_what_came_of_it_on_its_way_up() -> None:
    try:
        try:
            raise psycopg.errors.AdminShutdown("it ends")
        except psycopg.Error as fault:
            raise OperationalError("it ends") from fault
    except OperationalError:
        with pytest.raises(RuntimeError) as met:
            raise RuntimeError("not in a transaction")  # noqa: B904
    assert statements.is_away(met.value)


@pytest.mark.parametrize(
    ("fault", "away", "may_pass"),
    [
        (PoolTimeout("nobody there"), True, True),
        (OperationalError("the server closed the connection"), True, True),
        (psycopg.errors.CannotConnectNow("it starts"), True, True),
        (psycopg.errors.DeadlockDetected("two wait for each other"), False, True),
        (psycopg.errors.DiskFull("no room"), False, True),
        (psycopg.errors.UniqueViolation("twice"), False, False),
        (ValueError("a defect"), False, False),
    ],
)
def test_faults(fault: Exception, away: bool, may_pass: bool) -> None:
    assert (statements.is_away(fault), statements.may_pass(fault)) == (away, may_pass)
