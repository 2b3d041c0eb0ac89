"""Which PostgreSQL this process talks to, in the form Django wants.

Two connections to one database: ``default`` works as the application role, which owns nothing and is held by
row-level security; ``owner`` is for migrations only.
"""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from chartdesk.app import configuration, postgres
from chartdesk.kit.fence import APPLICATION_ROLE


def dsn() -> str:
    """The owner's connection string: DATABASE_URL, else the embedded server of the home folder."""
    return configuration.value("DATABASE_URL") or postgres.locate(configuration.home()).dsn


def databases() -> dict[str, Any]:
    """Django's DATABASES."""
    parts = {key: str(text) for key, text in conninfo_to_dict(dsn()).items() if text is not None}
    owner: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "chartdesk"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, "application_name": "chartdesk"},
    }
    options: dict[str, Any] = {**owner["OPTIONS"], "options": f"-c role={APPLICATION_ROLE}"}
    size = configuration.number("CHARTDESK_DB_POOL")
    if size:
        options["pool"] = {"min_size": 0, "max_size": size, "timeout": 20, "max_idle": 120}
    return {"default": {**owner, "OPTIONS": options}, "owner": owner}
