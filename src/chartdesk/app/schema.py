"""Bringing the database to the present version: extensions, migrations, then the fence around practices."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections

from chartdesk.kit.fence import fence

#: What Chartdesk asks of PostgreSQL beyond its core; all three are trusted extensions.
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")


def migrate(verbosity: int = 0) -> list[str]:
    """Migrate as the owner; returns the tables that row-level security now fences. Idempotent."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    fenced = fence(owner)
    owner.close()
    return fenced
