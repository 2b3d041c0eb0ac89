"""The fence around a practice: row-level security on every table that has its rows.

Every table with a column named ``practice`` is fenced after each migration: PostgreSQL itself then hides the
rows of other practices, also from the tables' owner. A table cannot be forgotten, because the catalog is
read, not a list. The few tables that workers must read across practices are named in ``CROSS_PRACTICE``;
they hold identifiers only, never patient data.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from chartdesk.kit.transactions import PRACTICE_SETTING

#: The role that Chartdesk's processes work as: it owns nothing and cannot bypass row-level security.
APPLICATION_ROLE = "chartdesk_app"

#: Tables with a practice column that workers read for all practices. Identifiers only.
CROSS_PRACTICE = frozenset(
    {
        *("kit_outboxevent", "kit_outboxdelivery"),
        *("access_membership", "access_apiclient", "access_accesstoken"),
        *("subscriptions_change", "subscriptions_turn"),
        *("engine_messageturn", "engine_channelchange"),
        "fhir_half_door",
    }
)

#: Tables that the application may add to and never change: the audit trail and the history of resources.
APPEND_ONLY = ("record_audit", "record_history")

_POLICY = f"practice = (SELECT NULLIF(current_setting('{PRACTICE_SETTING}', true), '')::integer)"


def fence(connection: BaseDatabaseWrapper) -> list[str]:
    """Put row-level security on every table with a practice column; return the tables' names.

    Idempotent; run by the tables' owner after each migration. Also grants the application role what it
    needs and nothing more.
    """
    with connection.cursor() as cursor:
        _ensure_role(cursor)
        cursor.execute(
            """
            SELECT c.oid::regclass::text, c.relname, pg_get_userbyid(c.relowner) = current_user
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'practice' AND NOT a.attisdropped
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
             ORDER BY c.relname
            """
        )
        fenced = []
        for quoted, name, _owned in cursor.fetchall():
            if name in CROSS_PRACTICE:
                continue
            # Identifiers come from the catalog, already quoted by regclass.
            cursor.execute(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {quoted} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS practice_fence ON {quoted}")
            cursor.execute(f"CREATE POLICY practice_fence ON {quoted} USING ({_POLICY}) WITH CHECK ({_POLICY})")
            fenced.append(name)
        _grant(cursor)
    return fenced


def _ensure_role(cursor: Any) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {APPLICATION_ROLE} NOLOGIN NOBYPASSRLS")
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [APPLICATION_ROLE])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {APPLICATION_ROLE} TO CURRENT_USER")


def _grant(cursor: Any) -> None:
    role = APPLICATION_ROLE
    cursor.execute("SELECT quote_ident(current_schema())")
    schema = cursor.fetchone()[0]
    cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
    cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}")
    for table in APPEND_ONLY:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if cursor.fetchone()[0]:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
