"""From clauses to SQL. Values are always parameters; the text depends only on the shape of the query.

Tokens are tested on the row itself. Where no patient is named, ``record_matching`` finds the candidates
in the token index first; where one is, the chart's index is walked and the tokens are only compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record import tokens
from chartdesk.record.indexing import folded, is_patient
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import (
    Clause,
    DateValue,
    NumberValue,
    QuantityValue,
    ReferenceValue,
    TokenValue,
    parameters,
)

_TABLES = {
    "string": "record_string",
    "date": "record_date",
    "number": "record_number",
    "quantity": "record_number",
}
#: Kinds of parameters that can be searched by, and the modifiers besides ``missing`` of each.
MODIFIERS = {
    "token": ("not",),
    "string": ("exact", "contains"),
    "date": (),
    "reference": ("identifier",),
    "uri": (),
    "number": (),
    "quantity": (),
}
#: The candidates of the token index. As an array, so that they are always looked up one by one.
MATCHING = "r.serial = ANY(ARRAY(SELECT record_matching(%s, %s::int8[], %s::text[])))"
Test = tuple[str, list[Any]]


@dataclass
class Where:
    """The conditions of one search. ``every`` and ``among`` are tokens to look up in their index."""

    practice: int
    type: str
    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    patient: str | None = None
    by_id: bool = False
    every: list[int] = field(default_factory=list)
    among: list[list[int]] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """One more condition, with its values in the order of its placeholders."""
        self.parts.append(part)
        self.values.extend(values)

    def key(self, parameter: str) -> int:
        """The hash of a search parameter in the narrow tables."""
        return tokens.key(self.practice, self.type, parameter)

    def token(self, parameter: str, form: str) -> int:
        """The hash of one search value."""
        return tokens.token(self.practice, self.type, parameter, form)

    def of_patient(self, patient: str) -> None:
        """Hold the search to one patient's chart."""
        self.patient = patient
        self.add("r.patient = %s", patient)

    def has_token(self, hashes: Sequence[int]) -> None:
        """One of ``hashes`` must be among the tokens."""
        if len(hashes) == 1:
            self.every.append(hashes[0])
        else:
            self.among.append(list(hashes))

    def sql(self) -> tuple[str, list[Any]]:
        """The text after WHERE and its values."""
        parts, values = ["r.practice = %s", "r.type = %s", "NOT r.deleted"], [self.practice, self.type]
        if self.patient is None and (self.every or self.among) and not self.by_id:
            parts.append(MATCHING)
            values += [self.type, array(self.every), [array(group) for group in self.among]]
        else:
            for one in self.every:
                parts.append("%s::int8 = ANY(r.tokens)")
                values.append(one)
            for group in self.among:
                parts.append("r.tokens && %s::int8[]")
                values.append(array(group))
        return " AND ".join([*parts, *self.parts]), [*values, *self.values]


def array(numbers: Sequence[int]) -> str:
    """Numbers as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, numbers)) + "}"


def add(where: Where, clause: Clause) -> None:
    """Add one clause that is about the resource itself. Raises Invalid for a modifier that is not served."""
    if clause.param == "_id":
        add_ids(where, [value.code or "" for value in clause.values if isinstance(value, TokenValue)])
    elif clause.param == "_lastUpdated":
        tests = [_date(value, "r.updated", "r.updated") for value in clause.values]
        where.add(*_either(tests))
    elif clause.modifier == "missing":
        _missing(where, clause)
    elif clause.modifier not in ("", *MODIFIERS[clause.kind]) and not clause.modifier[:1].isupper():
        raise Invalid(
            f"{clause.param} cannot be searched with :{clause.modifier}.",
            cure=f"It can be with {', '.join(f':{one}' for one in (*MODIFIERS[clause.kind], 'missing'))}.",
            where=clause.param,
        )
    else:
        _KINDS[clause.kind](where, clause)


def add_ids(where: Where, ids: Sequence[str]) -> None:
    """The resource must have one of the ids."""
    where.by_id = True
    where.add("r.id = ANY(%s::text[])", list(ids))


def add_references(where: Where, parameter: str, targets: Sequence[str]) -> None:
    """The parameter must refer to one of ``targets`` (``Type/id``, a bare id, or a URL)."""
    patients = [target.removeprefix("Patient/") for target in targets if target.startswith("Patient/")]
    if not is_patient(where.type, parameter) or not patients:
        where.has_token([where.token(parameter, target) for target in targets])
    elif len(targets) == 1:
        where.of_patient(patients[0])
    else:
        # The patient is in a column of its own, not among the tokens.
        others = [where.token(parameter, target) for target in targets if not target.startswith("Patient/")]
        tests: list[Test] = [("r.patient = ANY(%s::text[])", [patients])]
        if others:
            tests.append(("r.tokens && %s::int8[]", [array(others)]))
        where.add(*_either(tests))


def _missing(where: Where, clause: Clause) -> None:
    table = _TABLES.get(clause.kind)
    if table is None:
        test, value = "%s::int8 = ANY(r.marks)", where.token(clause.param, tokens.PRESENT)
    else:
        test = f"EXISTS (SELECT 1 FROM {table} x WHERE x.serial = r.serial AND x.key = %s)"
        value = where.key(clause.param)
    where.add(f"NOT {test}" if clause.values == (True,) else test, value)


def _token(where: Where, clause: Clause) -> None:
    """A code is a token; a system alone is a mark."""
    forms: list[str] = []
    marks: list[int] = []
    for value in clause.values:
        if not isinstance(value, TokenValue):
            forms.append(str(value))
        elif value.code is not None:
            forms += tokens.wanted(value.system, value.code)
        else:
            marks.append(where.token(clause.param, tokens.of_system(value.system or "")))
    hashes = [where.token(clause.param, form) for form in forms]
    if clause.modifier == "" and not marks:
        where.has_token(hashes)
        return
    found = _either([("r.tokens && %s::int8[]", [array(hashes)]), ("r.marks && %s::int8[]", [array(marks)])])
    where.add(f"{'NOT ' if clause.modifier == 'not' else ''}{found[0]}", *found[1:])


def _reference(where: Where, clause: Clause) -> None:
    if clause.modifier == "identifier":
        values = [value for value in clause.values if isinstance(value, TokenValue)]
        forms = [form for value in values for form in tokens.wanted(value.system, value.code or "")]
        where.has_token([where.token(clause.param, tokens.identified(form)) for form in forms])
        return
    targets: list[str] = []
    for value in clause.values:
        assert isinstance(value, ReferenceValue)
        if value.type is not None and value.url is None:
            targets.append(f"{value.type}/{value.id}")
        elif value.url is not None:
            targets.append(value.url)
        else:
            # An id alone may be of any type that the parameter can refer to.
            types = parameters(where.type)[clause.param].targets or sorted(resource_types())
            targets += [f"{type}/{value.id}" for type in types]
    add_references(where, clause.param, targets)


def _string(where: Where, clause: Clause) -> None:
    if clause.modifier == "exact":
        where.has_token([where.token(clause.param, tokens.exact(str(value))) for value in clause.values])
        return
    tests: list[Test] = []
    for value in clause.values:
        wanted = folded(str(value))
        if clause.modifier == "contains":
            escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            tests.append(("x.value LIKE %s", [f"%{escaped}%"]))
        else:
            tests.append(("(x.value >= %s AND x.value < %s)", [wanted, wanted + "\U0010ffff"]))
    _narrow(where, clause, tests)


def _dates(where: Where, clause: Clause) -> None:
    _narrow(where, clause, [_date(value, "x.low", "x.high") for value in clause.values])


def _date(value: object, low: str, high: str) -> Test:
    assert isinstance(value, DateValue)
    columns = {"low": low, "high": high}
    found = value.comparisons()
    if value.prefix in ("eq", "ne"):
        # An end is never before its beginning: said again so that the index on the end has two bounds.
        found = (*found, ("high", ">=", value.low))
    text = " AND ".join(f"{columns[name]} {operator} %s" for name, operator, _ in found)
    return f"{'NOT ' if value.prefix == 'ne' else ''}({text})", [bound for _, _, bound in found]


def _numbers(where: Where, clause: Clause) -> None:
    tests: list[Test] = []
    for value in clause.values:
        number = value.number if isinstance(value, QuantityValue) else value
        assert isinstance(number, NumberValue)
        found = number.comparisons()
        text = " AND ".join(f"x.value {operator} %s" for operator, _ in found)
        test = f"{'NOT ' if number.prefix == 'ne' else ''}({text})"
        given: list[Any] = [float(bound) for _, bound in found]
        if isinstance(value, QuantityValue):
            for column, asked in (("system", value.system), ("unit", value.code)):
                if asked is not None:
                    test, given = f"({test} AND x.{column} = %s)", [*given, asked]
        tests.append((test, given))
    _narrow(where, clause, tests)


def _narrow(where: Where, clause: Clause, tests: Sequence[Test]) -> None:
    test, *values = _either(tests)
    table = _TABLES[clause.kind]
    where.add(
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.serial = r.serial AND x.key = %s AND {test})",
        where.key(clause.param),
        *values,
    )


def _either(tests: Sequence[Test]) -> tuple[Any, ...]:
    """The text that one of ``tests`` holds, followed by the values of all of them."""
    texts = [text for text, _ in tests]
    return (
        texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})",
        *(value for _, values in tests for value in values),
    )


_KINDS = {
    "token": _token,
    "reference": _reference,
    "uri": _token,
    "string": _string,
    "date": _dates,
    "number": _numbers,
    "quantity": _numbers,
}
