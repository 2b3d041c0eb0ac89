"""From a PostgreSQL plan to the sentence that says what is slow in it, and plans without the values in them."""

from __future__ import annotations

from typing import Any

import pytest

from chartdesk.record import search
from chartdesk.record.search.explaining import blotted, findings

SIZES = {"record_resource": 300_000, "access_practice": 3}


def node(kind: str, *below: dict[str, Any], rows: int = 1, **more: Any) -> dict[str, Any]:
    return {"Node Type": kind, "Plan Rows": rows, "Plans": list(below), **more}


def scan(kind: str = "Seq Scan", table: str = "record_resource", rows: int = 1, **more: Any) -> dict[str, Any]:
    return node(kind, rows=rows, **{"Relation Name": table, **more})


def removed(number: int, **more: Any) -> dict[str, Any]:
    return {"Rows Removed by Filter": number, "Actual Rows": 2, "Actual Loops": 1, **more}


INDEXED = scan("Index Scan", **{"Index Name": "record_resource_patient"})


@pytest.mark.parametrize(
    ("query", "plan", "words"),
    [
        ("family=a", INDEXED, "Nothing stands out: rows are found by the index record_resource_patient."),
        ("family=a", scan(table="access_practice"), "Nothing stands out: so few rows are there"),
        ("family=a", node("Limit", scan()), "The whole table record_resource is read row by row"),
        ("family=a", scan("Index Scan", **removed(5_000)), "5,000 rows of record_resource were read and thrown away"),
        ("family=a", scan("Index Scan", **removed(100, **{"Actual Loops": 200})), "20,000 rows of record_resource"),
        ("family=a", scan("Index Scan", **removed(15)), "Nothing stands out"),
        ("family=a", scan("Index Scan", **removed(5_000, **{"Actual Rows": 4_000})), "Nothing stands out"),
        ("_sort=birthdate", node("Sort", scan("Index Scan", rows=20_000)), "About 20,000 rows are sorted to show"),
        ("_sort=birthdate", node("Sort", scan("Index Scan", rows=20)), "Nothing stands out"),
        ("name:contains=oss", INDEXED, "name:contains is compared with every text"),
        ("gender:not=male", INDEXED, "gender:not matches nearly everything"),
    ],
)  # fmt: skip
def test_what_is_slow_is_said(query: str, plan: dict[str, Any], words: str) -> None:
    parsed = search.parse("Patient", [tuple(query.split("=", 1))])  # type: ignore[list-item]  # two parts
    said = findings(parsed, [plan], SIZES)
    assert any(sentence.startswith(words) for sentence in said), said
    assert len(said) == 1


def test_the_same_is_said_once() -> None:
    assert len(findings(search.parse("Patient", []), [scan(), scan()], SIZES)) == 1


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        ("((practice = 3) AND (type = 'Patient'::text))", "((practice = …) AND (type = …))"),
        ("(value ~~ '%o''malley%'::text)", "(value ~~ …)"),
        ("(tokens && '{123456789012}'::bigint[])", "(tokens && …)"),
        ("(low >= '1980-02-03 00:00:00+00'::timestamp with time zone)", "(low >= …)"),
        ("(key = '-6917529027641081856'::bigint)", "(key = …)"),
        ("(key = -42)", "(key = -…)"),
        ("(x.serial = r.serial)", "(x.serial = r.serial)"),
        ("(k0 > $1)", "(k0 > $1)"),
    ],
)
def test_values_are_blotted_out(condition: str, shown: str) -> None:
    assert blotted(condition) == shown
