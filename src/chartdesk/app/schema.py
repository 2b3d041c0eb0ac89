"""Bringing the database to the present version: extensions, migrations, then the fence around practices.

Until the first release a migration may be written anew instead of having a second one after it. A database that was
made by an older wording of it cannot be brought on, and is refused before anything of it is touched.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from chartdesk.kit.errors import Conflict
from chartdesk.kit.fence import fence

#: What Chartdesk asks of PostgreSQL beyond its core; all three are trusted extensions.
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
_TABLE = "CREATE TABLE IF NOT EXISTS chartdesk_schema (migration text PRIMARY KEY, digest text NOT NULL)"
_KEEP = """
    INSERT INTO chartdesk_schema (migration, digest) SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (migration) DO UPDATE SET digest = EXCLUDED.digest
"""


def migrate(verbosity: int = 0) -> list[str]:
    """Migrate as the owner; returns the tables that row-level security now fences. Idempotent.

    Raises Conflict for a database whose tables were made by other migrations than those that are here.
    """
    owner = connections["owner"]
    with owner.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        cursor.execute(_TABLE)
    wordings = _check(owner)
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    with owner.cursor() as cursor:
        cursor.execute(_KEEP, [list(wordings), list(wordings.values())])
    fenced = fence(owner)
    owner.close()
    return fenced


def _check(owner: BaseDatabaseWrapper) -> dict[str, str]:
    """Migration of ours → digest of its wording. Raises Conflict where one that was applied reads otherwise."""
    loader = MigrationLoader(owner)
    wordings = {}
    for (app, name), migration in loader.disk_migrations.items():
        if type(migration).__module__.startswith("chartdesk."):
            source = Path(str(sys.modules[type(migration).__module__].__file__)).read_text("utf-8")
            told = "\n".join(line for line in source.splitlines() if not line.startswith("#"))  # the day it was made
            wordings[f"{app}.{name}"] = hashlib.sha256(told.encode()).hexdigest()
    with owner.cursor() as cursor:
        cursor.execute("SELECT migration, digest FROM chartdesk_schema")
        known = dict(cursor.fetchall())
    applied = {f"{app}.{name}" for app, name in loader.applied_migrations}
    other = sorted(one for one in applied & wordings.keys() if known.get(one) != wordings[one])
    if other:
        raise Conflict(
            f"The database was made by another version: {', '.join(other[:5])}{' and more' if len(other) > 5 else ''}.",
            cure="Begin with a new database (the demo: `chartdesk demo --reset`), or run the version that made it.",
        )
    return wordings
