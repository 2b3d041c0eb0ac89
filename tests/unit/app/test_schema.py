"""A database is brought on by the migrations that made it, and by no others."""

from __future__ import annotations

import pytest
from django.db import connections

from chartdesk.app import schema
from chartdesk.kit.errors import Conflict


def _write(sql: str, *values: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)


def test_again_changes_nothing(database: str) -> None:
    assert schema.migrate() == schema.migrate()


@pytest.mark.parametrize("wording", ["UPDATE chartdesk_schema SET digest = 'old' WHERE migration = %s",
                                     "DELETE FROM chartdesk_schema WHERE migration = %s"])  # fmt: skip
def test_tables_of_another_version_are_refused(database: str, wording: str) -> None:
    known = "claims.0001_initial"
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT digest FROM chartdesk_schema WHERE migration = %s", [known])
        (digest,) = cursor.fetchone()
    _write(wording, known)
    try:
        with pytest.raises(Conflict, match=r"made by another version: claims\.0001_initial") as refused:
            schema.migrate()
        assert "--reset" in str(refused.value.cure)
    finally:
        _write(
            """INSERT INTO chartdesk_schema VALUES (%s, %s)
               ON CONFLICT (migration) DO UPDATE SET digest = EXCLUDED.digest""",
            known,
            digest,
        )
    schema.migrate()
