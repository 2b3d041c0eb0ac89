"""One practice cannot see another: the catalog is asked, so no table can be forgotten."""

from __future__ import annotations

import psycopg
import pytest

from chartdesk.kit.fence import APPEND_ONLY, APPLICATION_ROLE, CROSS_PRACTICE

_TABLES = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
           EXISTS (SELECT 1 FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'practice' AND NOT a.attisdropped)
      FROM pg_class c
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
#: Tables without a practice: the framework's, the jobs', people, who may work in several practices, and what the search
#: parameters of each version of Chartdesk were, and what Medicare publishes about codes.
WITHOUT_PRACTICE = (
    "django_", "auth_", "account_", "mfa_", "procrastinate_", "access_user", "access_practice",
    "access_signingkey", "definitions_definitionsversion", "edits_", "chartdesk_schema",
)  # fmt: skip


@pytest.fixture
def catalog(database):
    with psycopg.connect(database) as connection:
        yield connection


def test_every_table_of_a_practice_is_fenced(catalog):
    rows = catalog.execute(_TABLES).fetchall()
    assert len(rows) > 20
    open_doors = [
        name for name, fenced, has_practice in rows if has_practice and not fenced and name not in CROSS_PRACTICE
    ]
    assert not open_doors


def test_every_table_without_a_practice_is_known(catalog):
    rows = catalog.execute(_TABLES).fetchall()
    unknown = [name for name, _, has in rows if not has and not name.startswith(WITHOUT_PRACTICE)]
    assert not unknown


def test_the_application_cannot_step_over_the_fence(catalog):
    row = catalog.execute(
        "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]
    ).fetchone()
    assert row == (False, False, False)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_append_only_cannot_be_changed_by_the_application(catalog, table):
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        row = catalog.execute("SELECT has_table_privilege(%s, %s, %s)", [APPLICATION_ROLE, table, right]).fetchone()
        assert row == (False,), right


def test_without_a_practice_no_row_is_visible(catalog, subject):
    from chartdesk.kit import worklist

    worklist.raise_item(subject, worklist.Task(kind="k", key="1", role="manager", title="t"))
    catalog.execute(f"SET ROLE {APPLICATION_ROLE}")
    assert catalog.execute("SELECT count(*) FROM kit_workitem").fetchone() == (0,)
    catalog.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(subject.practice + 1)])
    assert catalog.execute("SELECT count(*) FROM kit_workitem").fetchone() == (0,)
    catalog.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(subject.practice)])
    assert catalog.execute("SELECT count(*) FROM kit_workitem").fetchone() == (1,)
