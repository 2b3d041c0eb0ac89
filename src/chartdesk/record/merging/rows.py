"""The rows of the rooms that belong to a patient.

The convention: a table of a practice with a column ``patient`` holds there the id of a Patient resource, and its rows
go with the patient. So no room has to be named here, and a new one is not forgotten. A column that holds
``Patient/<id>`` is listed below. The database lets rows that are otherwise final change this one column, and only while
a merge says so (``SETTING``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import models
from psycopg import IntegrityError

from chartdesk.kit.errors import Conflict
from chartdesk.record import database
from chartdesk.record.access.subject import Subject

#: The setting of a transaction under which the guards of final rows let the patient change.
SETTING = "chartdesk.merging"
#: Tables that follow resources or other rows, or say what was: their patients are not moved.
KEPT = frozenset({"record_resource", "record_history", "record_audit", "registration_patientindex", "ledger_balance"})
#: Tables with a reference to a patient: table → column.
REFERRING = {"kit_workitem": "about"}
#: Rows that stay where they are when the other patient has one with the same in these columns, such as a person who
#: logs in for both.
ONCE = {"access_membership": ("user_id", "role")}
#: Rows that run out by themselves: nobody needs to hear that one is not there any more.
PASSING = frozenset({"access_accesstoken", "access_launch"})


@cache
def tables() -> dict[str, str]:
    """Table → the name of its model in words, of every table whose rows go with their patient."""
    found = {}
    for model in apps.get_models():
        columns = {field.column for field in model._meta.concrete_fields}
        table = model._meta.db_table
        own = {"practice", "patient"} <= columns and table not in KEPT
        if own or table in REFERRING:
            found[table] = str(model._meta.verbose_name)
    return dict(sorted(found.items()))


def counted(subject: Subject, patient: str) -> dict[str, int]:
    """Table → how many rows belong to the patient; tables without any are left out."""
    found = {}
    for table in tables():
        column, value = _holding(table, patient)
        row = database.row(
            f"SELECT count(*) FROM {table} WHERE practice = %s AND {column} = %s", [subject.practice, value]
        )
        if row and row[0]:
            found[table] = int(row[0])
    return found


def move(subject: Subject, source: str, target: str) -> dict[str, list[int]]:
    """Give every row of ``source`` to ``target``; the numbers of the rows by table. Raises Conflict."""
    found = {}
    with permitted():
        for table in tables():
            column, old = _holding(table, source)
            new = _holding(table, target)[1]
            sql = f"""UPDATE {table} m SET {column} = %(new)s
                       WHERE practice = %(practice)s AND {column} = %(old)s{_alone(table)} RETURNING {_key(table)}"""
            try:
                moved = database.rows(sql, {"new": new, "practice": subject.practice, "old": old})
            except IntegrityError as fault:
                raise Conflict(
                    f"Both patients have a {tables()[table]} that cannot stand beside the other's.",
                    cure="Withdraw one of the two, then merge.",
                ) from fault
            if moved:
                found[table] = [number for (number,) in moved]
    return found


def move_back(subject: Subject, table: str, numbers: list[int], source: str, target: str) -> int:
    """Give these rows back to ``source`` where they are still with ``target``; how many were."""
    if table not in tables():
        return 0
    column, now = _holding(table, target)
    sql = f"""UPDATE {table} SET {column} = %s
               WHERE practice = %s AND {_key(table)} = ANY(%s::int8[]) AND {column} = %s RETURNING 1"""
    with permitted():
        return len(database.rows(sql, [_holding(table, source)[1], subject.practice, numbers, now]))


def _holding(table: str, patient: str) -> tuple[str, str]:
    """The column that names the patient, and what stands in it."""
    return (REFERRING[table], f"Patient/{patient}") if table in REFERRING else ("patient", patient)


@cache
def _alone(table: str) -> str:
    """The condition that the other patient has none like it, where that may be."""
    if table not in ONCE:
        return ""
    alike = " AND ".join(f"o.{column} = m.{column}" for column in ("practice", *ONCE[table]))
    return f" AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.patient = %(new)s AND {alike})"


@cache
def _key(table: str) -> str:
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    key = model._meta.pk
    assert isinstance(key, models.AutoField | models.BigAutoField | models.BigIntegerField), table
    return key.column


@contextmanager
def permitted() -> Iterator[None]:
    """Within it, the patient of rows that are otherwise final may be changed."""
    database.execute("SELECT set_config(%s, 'on', true)", [SETTING])
    yield
    database.execute("SELECT set_config(%s, '', true)", [SETTING])
