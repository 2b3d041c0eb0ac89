"""From conditions to SQL. Values are always parameters; the text depends only on the shape of the question.

Tokens are tested on the row itself. Where no patient is named, ``record_matching`` finds the candidates in the
token index first; where one is, the chart's index is walked and the tokens are only compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chartdesk.record import tokens
from chartdesk.record.indexing import folded
from chartdesk.record.search import ranges
from chartdesk.record.search.question import Criterion, plain

#: Types with a patient parameter that may name several: their ``patient`` column holds only the first.
SEVERAL_PATIENTS = frozenset({"Account", "Appointment", "AuditEvent", "Contract", "Provenance"})
_PATIENT = ("patient", "subject", "beneficiary")


@dataclass
class Where:
    """The conditions of one search as they grow. ``every`` and ``some`` are tokens to look up in their index."""

    practice: int
    type: str
    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    patient: str | None = None
    every: list[int] = field(default_factory=list)
    some: list[list[int]] = field(default_factory=list)

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
            self.some.append(list(hashes))

    def sql(self) -> tuple[str, list[Any]]:
        """The text after WHERE and its values."""
        parts, values = ["r.practice = %s", "r.type = %s", "NOT r.deleted"], [self.practice, self.type]
        every, some = list(self.every), list(self.some)
        if self.patient is None and (every or some) and not self._by_id():
            parts.append("r.id IN (SELECT record_matching(%s, %s::int8[], %s::int8[]))")
            first = some.pop(0) if some else None
            values += [
                self.type,
                array(every) if every else None,
                array(first) if first is not None else None,
            ]
            every = []
        for hash in every:
            parts.append("%s::int8 = ANY(r.tokens)")
            values.append(hash)
        for group in some:
            parts.append("r.tokens && %s::int8[]")
            values.append(array(group))
        return " AND ".join([*parts, *self.parts]), [*values, *self.values]

    def _by_id(self) -> bool:
        return any(part.startswith("r.id = ANY") for part in self.parts)


def array(numbers: Sequence[int]) -> str:
    """Numbers as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, numbers)) + "}"


def add_ids(where: Where, ids: Sequence[str]) -> None:
    """The resource must have one of the ids."""
    where.add("r.id = ANY(%s::text[])", list(ids))


def add_updated(where: Where, values: Sequence[str]) -> None:
    """``_lastUpdated``: the resource's own column, an instant."""
    tests = [ranges.date_test(value, "r.updated", "r.updated", "_lastUpdated") for value in values]
    where.add(_either([test for test, _ in tests]), *(value for _, given in tests for value in given))


def add(where: Where, criterion: Criterion) -> None:
    """Add one condition of the query."""
    if criterion.modifier == "missing":
        _missing(where, criterion)
    elif criterion.modifier == "not":
        hashes = [where.token(criterion.parameter.code, plain(value)) for value in criterion.values]
        where.add("NOT (r.tokens && %s::int8[])", array(hashes))
    else:
        _KINDS[criterion.parameter.kind](where, criterion)


def add_references(where: Where, parameter: str, targets: Sequence[str]) -> None:
    """The parameter must refer to one of ``targets`` (``Type/id``)."""
    patients = [target.removeprefix("Patient/") for target in targets if target.startswith("Patient/")]
    if is_patient(where.type, parameter) and len(patients) == len(targets) == 1:
        where.of_patient(patients[0])
    elif is_patient(where.type, parameter) and len(patients) == len(targets) > 1:
        where.add("r.patient = ANY(%s::text[])", patients)
    else:
        where.has_token([where.token(parameter, target) for target in targets])


def is_patient(type: str, parameter: str) -> bool:
    """Whether the parameter says what the ``patient`` column says."""
    return parameter in _PATIENT and type not in SEVERAL_PATIENTS and type != "Patient"


def _missing(where: Where, criterion: Criterion) -> None:
    missing, code = criterion.values == ("true",), criterion.parameter.code
    table = _TABLES.get(criterion.parameter.kind)
    if table is None:
        test, value = "%s::int8 = ANY(r.tokens)", where.token(code, tokens.PRESENT)
    else:
        test = f"EXISTS (SELECT 1 FROM {table} x WHERE x.serial = r.serial AND x.key = %s)"
        value = where.key(code)
    where.add(f"NOT {test}" if missing else test, value)


def _token(where: Where, criterion: Criterion) -> None:
    where.has_token([where.token(criterion.parameter.code, plain(value)) for value in criterion.values])


def _reference(where: Where, criterion: Criterion) -> None:
    parameter = criterion.parameter
    values = [plain(value) for value in criterion.values]
    if criterion.modifier == "identifier":
        where.has_token([where.token(parameter.code, tokens.identified(value)) for value in values])
        return
    if parameter.targets == ("Patient",) or parameter.code == "patient":
        values = [value if "/" in value or ":" in value else f"Patient/{value}" for value in values]
    if all(value.startswith("Patient/") for value in values):
        add_references(where, parameter.code, values)
    else:
        where.has_token([where.token(parameter.code, value) for value in values])


def _string(where: Where, criterion: Criterion) -> None:
    code = criterion.parameter.code
    if criterion.modifier == "exact":
        where.has_token([where.token(code, tokens.exact(plain(value))) for value in criterion.values])
        return
    tests, values = [], []
    for value in criterion.values:
        wanted = folded(plain(value))
        if criterion.modifier == "contains":
            tests.append("x.value LIKE %s")
            values.append("%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
        else:
            tests.append("(x.value >= %s AND x.value < %s)")
            values += [wanted, wanted + "\U0010ffff"]
    _narrow(where, "record_string", code, tests, values)


def _date(where: Where, criterion: Criterion) -> None:
    tests = [ranges.date_test(value, "x.low", "x.high", criterion.name) for value in criterion.values]
    values = [value for _, given in tests for value in given]
    _narrow(where, "record_date", criterion.parameter.code, [test for test, _ in tests], values)


def _number(where: Where, criterion: Criterion) -> None:
    tests: list[str] = []
    values: list[float | str | datetime] = []
    for value in criterion.values:
        number, *rest = value.split("|")
        test, given = ranges.number_test(number, "x.value", criterion.name)
        values += given
        if len(rest) == 2 and rest[0]:
            test += " AND x.system = %s"
            values.append(plain(rest[0]))
        if rest and rest[-1]:
            test += " AND x.unit = %s"
            values.append(plain(rest[-1]))
        tests.append(f"({test})")
    _narrow(where, "record_number", criterion.parameter.code, tests, values)


def _narrow(where: Where, table: str, code: str, tests: list[str], values: Sequence[Any]) -> None:
    where.add(
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.serial = r.serial AND x.key = %s AND {_either(tests)})",
        where.key(code),
        *values,
    )


def _either(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else "(" + " OR ".join(tests) + ")"


_TABLES = {
    "string": "record_string",
    "date": "record_date",
    "number": "record_number",
    "quantity": "record_number",
}
_KINDS = {
    "token": _token,
    "reference": _reference,
    "uri": _token,
    "string": _string,
    "date": _date,
    "number": _number,
    "quantity": _number,
}

__all__ = ["Where", "add", "add_ids", "add_references", "add_updated", "array", "is_patient"]
