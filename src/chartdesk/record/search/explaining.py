"""A search with the statements it sent and what PostgreSQL planned for each, for people who write searches.

Values never appear: the statements have placeholders, and the literals of a plan's conditions are blotted out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings
from django.db import transaction as django_transaction

from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import reading
from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.search import finding
from chartdesk.record.search.finding import Page
from chartdesk.standards.fhir.search import Query

#: Tables smaller than this are read whole without harm.
SMALL = 1000
#: Statements that are explained; a chain or an inclusion sends more than one.
MOST_STATEMENTS = 12
_LITERAL = re.compile(
    r"'(?:[^']|'')*'(?:::(?:\"[^\"]*\"|[a-z_]+(?: with(?:out)? time zone)?(?:\[\])?))?|(?<![\w$.])\d+\b"
)
_CONDITIONS = ("Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter", "Sort Key")
_COSTLY = {
    "contains": "{name} is compared with every text there is: no index finds a part in the middle of a word. "
    "Search by how it begins (without :contains), or name a patient.",
    "text": "{name} looks into the words of every resource that the other parameters leave. Name a patient or a code.",
    "not": "{name} matches nearly everything, so it narrows nothing. Add a parameter that does.",
    "not-in": "{name} matches nearly everything, so it narrows nothing. Add a parameter that does.",
}


@dataclass(frozen=True)
class Node:
    """One step of a plan: how deep it stands, what it does, its conditions, rows planned and found, milliseconds."""

    depth: int
    words: str
    conditions: tuple[str, ...]
    planned: int
    found: int | None
    milliseconds: float | None

    @property
    def indent(self) -> int:
        """The depth as far as a page sets it in."""
        return min(self.depth, 8)


@dataclass(frozen=True)
class Statement:
    """One statement with placeholders, its plan, and its time where it was measured."""

    text: str
    nodes: tuple[Node, ...]
    milliseconds: float | None


@dataclass
class Explained:
    """The page or why there is none, its time in milliseconds, the plans, and what is slow in them, in words."""

    page: Page | None = None
    fault: ChartdeskError | None = None
    milliseconds: float = 0.0
    statements: list[Statement] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def explained(subject: Subject, query: Query, cursor: str = "", *, measured: bool = False) -> Explained:
    """Answer ``query`` as ``answer`` does, and explain it. With ``measured`` its statements run once more with ANALYZE.

    A refusal, also of a search that took too long, is in ``fault``. What ANALYZE does is rolled back; the reading
    itself is noted in the audit like any other. Each statement is bounded by SEARCH_SECONDS.
    """
    made = Explained()
    began = time.perf_counter()
    with database.heard() as heard:
        try:
            made.page = finding.answer(subject, query, cursor)
        except ChartdeskError as fault:
            made.fault = fault
    made.milliseconds = (time.perf_counter() - began) * 1000
    wanted = [one for one in heard if one[0].lstrip().startswith(("SELECT", "WITH"))][:MOST_STATEMENTS]
    try:
        _explain_all(subject, query, made, wanted, measured=measured and made.fault is None)
    except psycopg.errors.QueryCanceled:
        made.findings = ["The plan could not be made in time: something else holds the tables. Try again."]
    return made


def _explain_all(
    subject: Subject, query: Query, made: Explained, wanted: Sequence[tuple[str, database.Values]], *, measured: bool
) -> None:
    plans: list[dict[str, Any]] = []
    with reading(subject, seconds=settings.SEARCH_SECONDS):
        for text, values in wanted:
            plan = _plan(text, values, measured=measured)
            plans.append(plan["Plan"])
            took = plan.get("Execution Time")
            made.statements.append(Statement(_numbered(text), tuple(_nodes(plan["Plan"])), took))
        sizes = _sizes(plans)
    made.findings = findings(query, plans, sizes)


def findings(query: Query, plans: Sequence[dict[str, Any]], sizes: dict[str, int]) -> list[str]:
    """What is slow in the plans, in words, and the cure; one calm sentence where nothing is."""
    found = [
        _COSTLY[clause.modifier].format(name=f"{clause.param}:{clause.modifier}")
        for clause in query.clauses
        if clause.modifier in _COSTLY and not clause.chain
    ]
    for plan in plans:
        for _, node in _walk(plan):
            found += _of_node(node, sizes)
    if found:
        return list(dict.fromkeys(found))
    names = sorted({node["Index Name"] for plan in plans for _, node in _walk(plan) if "Index Name" in node})
    if names:
        return [
            f"Nothing stands out: rows are found by {'the index' if len(names) == 1 else 'indexes'} {', '.join(names)}."
        ]
    return ["Nothing stands out: so few rows are there that reading them all is the quickest way."] if plans else []


def _of_node(node: dict[str, Any], sizes: dict[str, int]) -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name", "")
    if kind == "Seq Scan" and sizes.get(table, 0) >= SMALL:
        yield (
            f"The whole table {table} is read row by row (sequential scan, about {sizes[table]:,} rows): no index "
            "fits. Name a patient, a code, an identifier or a span of dates."
        )
    removed = _rows_removed(node)
    if removed >= SMALL and removed > 10 * _rows(node):
        yield (
            f"{removed:,} rows of {table or 'an intermediate result'} were read and thrown away by a filter to keep "
            f"{_rows(node):,}. A narrower parameter beside it would leave fewer to look at."
        )
    if kind in ("Sort", "Incremental Sort") and _input(node) >= 10 * SMALL:
        yield f"About {_input(node):,} rows are sorted to show one page. Narrow the search, or leave _sort out."


def _rows(node: dict[str, Any]) -> int:
    """The rows that a node gave in all its rounds, as far as they were measured, else planned."""
    return round(node.get("Actual Rows", node["Plan Rows"]) * node.get("Actual Loops", 1))


def _rows_removed(node: dict[str, Any]) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round(removed * node.get("Actual Loops", 1))


def _input(node: dict[str, Any]) -> int:
    return max((_rows(child) for child in node.get("Plans", ())), default=0)


def _plan(text: str, values: database.Values, *, measured: bool) -> dict[str, Any]:
    if not measured:
        return _explain("EXPLAIN (FORMAT JSON)", text, values)
    try:
        with django_transaction.atomic():
            found = _explain("EXPLAIN (ANALYZE, FORMAT JSON)", text, values)
            django_transaction.set_rollback(True)
    except psycopg.errors.QueryCanceled:
        # Measuring costs more than running: the plan alone is left to show.
        return _explain("EXPLAIN (FORMAT JSON)", text, values)
    return found


def _explain(how: str, text: str, values: database.Values) -> dict[str, Any]:
    row = database.row(f"{how} {text}", values)
    assert row is not None
    plan: dict[str, Any] = row[0][0]
    return plan


def _walk(plan: dict[str, Any], depth: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, plan
    for child in plan.get("Plans", ()):
        yield from _walk(child, depth + 1)


def _nodes(plan: dict[str, Any]) -> Iterator[Node]:
    for depth, node in _walk(plan):
        took = node.get("Actual Total Time")
        yield Node(
            depth,
            _words(node),
            tuple(f"{name}: {blotted(_joined(node[name]))}" for name in _CONDITIONS if name in node),
            round(node["Plan Rows"]),
            _rows(node) if "Actual Rows" in node else None,
            took * node.get("Actual Loops", 1) if took is not None else None,
        )


def _words(node: dict[str, Any]) -> str:
    parts = [node["Node Type"]]
    if "Subplan Name" in node:
        parts.insert(0, f"{node['Subplan Name']}:")
    if "Index Name" in node:
        parts.append(f"using {node['Index Name']}")
    on = node.get("Relation Name") or node.get("Function Name") or node.get("CTE Name")
    if on:
        parts.append(f"on {on}")
    return " ".join(parts)


def _joined(condition: str | list[str]) -> str:
    return condition if isinstance(condition, str) else ", ".join(condition)


def blotted(condition: str) -> str:
    """A condition of a plan without the values that stand in it."""
    return _LITERAL.sub("…", condition)


def _numbered(text: str) -> str:
    """The statement as PostgreSQL writes placeholders: ``$1``, ``$2``."""
    parts = text.replace("%%", "%").split("%s")
    made = parts[0] + "".join(f"${number}{part}" for number, part in enumerate(parts[1:], 1))
    return "\n".join(line.strip() if not line.startswith("    ") else line.rstrip() for line in made.splitlines())


def _sizes(plans: Iterable[dict[str, Any]]) -> dict[str, int]:
    """About how many rows the tables of the plans have."""
    names = sorted({node["Relation Name"] for plan in plans for _, node in _walk(plan) if "Relation Name" in node})
    if not names:
        return {}
    rows = database.rows(
        "SELECT relname::text, reltuples::int8 FROM pg_class WHERE relname = ANY(%s::text[]) AND relkind IN ('r', 'p')",
        [names],
    )
    return {name: max(int(number), 0) for name, number in rows}
