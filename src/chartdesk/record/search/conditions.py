"""From clauses to conditions: one function for each kind of parameter and modifier.

Guide section: search parameter types (https://hl7.org/fhir/R4/search.html#ptypes).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record import tokens
from chartdesk.record.indexing import folded, is_patient
from chartdesk.record.merging import aliases
from chartdesk.record.search import content
from chartdesk.record.search.where import MATCHING, Test, Where, array, both, either, has, negated
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import (
    Clause,
    DateValue,
    NumberValue,
    QuantityValue,
    ReferenceValue,
    TokenValue,
    shared,
)

__all__ = ["MATCHING", "MODIFIERS", "Where", "add", "add_ids", "add_references", "array", "dates", "refers"]

_TABLES = {
    "string": "record_string",
    "date": "record_date",
    "number": "record_number",
    "quantity": "record_number",
}
#: Kinds of parameters that can be searched by, and the modifiers besides ``missing`` of each.
MODIFIERS = {
    "token": ("not", "text", "in", "not-in", "above", "below", "of-type"),
    "string": ("exact", "contains"),
    "date": (),
    "reference": ("identifier", "above", "below"),
    "uri": ("above", "below"),
    "number": (),
    "quantity": (),
    "composite": (),
}


def add(where: Where, clause: Clause) -> None:
    """Add one clause that is about the resource itself. Raises Invalid for a modifier that is not served."""
    if clause.param == "_id":
        _ids(where, clause)
    elif clause.kind in ("token", "uri") and clause.modifier in ("", "above") and not _marks(where, clause):
        # Found by the token index, and not only compared.
        where.has_token(_hashes(where, clause))
    elif clause.kind == "token" and clause.modifier == "of-type":
        values = [value for value in clause.values if isinstance(value, tuple)]
        where.has_token(where.hashes(clause.param, [form for one in values for form in (one[2], f"|{one[2]}")]))
        where.add(*_flat(test(where, clause)))
    elif clause.kind == "reference" and clause.modifier != "missing":
        _reference(where, clause)
    elif clause.kind == "composite":
        _composite(where, clause)
    else:
        where.add(*_flat(test(where, clause)))


def test(where: Where, clause: Clause) -> Test:
    """The clause as a condition on the row. Raises Invalid for a modifier that is not served."""
    if clause.modifier == "missing":
        return _missing(where, clause)
    if clause.param == "_lastUpdated":
        return dates(clause, "r.updated", "r.updated")
    if clause.modifier not in ("", *MODIFIERS[clause.kind]) and clause.modifier not in resource_types():
        raise Invalid(
            f"{clause.param} cannot be searched with :{clause.modifier}.",
            cure=f"It can be with {', '.join(f':{one}' for one in (*MODIFIERS[clause.kind], 'missing'))}.",
            where=clause.param,
        )
    return _KINDS[clause.kind](where, clause)


def add_ids(where: Where, ids: Sequence[str]) -> None:
    """The resource must have one of the ids."""
    where.by_id = True
    where.add("r.id = ANY(%s::text[])", list(ids))


def add_references(where: Where, parameter: str, targets: Sequence[str]) -> None:
    """The parameter must refer to one of ``targets`` (``Type/id`` or a URL)."""
    if where.type and is_patient(where.type, parameter) and len(targets) == 1 and targets[0].startswith("Patient/"):
        where.of_patient(targets[0].removeprefix("Patient/"))
    elif not any(_in_column(where, parameter, target) for target in targets):
        where.has_token(where.hashes(parameter, targets))
    else:
        where.add(*_flat(refers(where, parameter, targets)))


def refers(where: Where, parameter: str, targets: Sequence[str]) -> Test:
    """The parameter refers to one of ``targets``, as a condition on the row."""
    tests: list[Test] = []
    ids = [target.removeprefix("Patient/") for target in targets if target.startswith("Patient/")]
    held = [type for type in where.types if is_patient(type, parameter)] if ids else []
    if held:
        # The patient is in a column of its own, not among the tokens.
        column: Test = ("r.patient = ANY(%s::text[])", [ids])
        tests.append(column if len(held) == len(where.types) else both([("r.type = ANY(%s::text[])", [held]), column]))
    hashes = [
        tokens.token(where.practice, type, parameter, target)
        for type in where.types
        for target in targets
        if not (type in held and target.startswith("Patient/"))
    ]
    if hashes:
        tests.append(has("tokens", hashes))
    return either(tests)


def _in_column(where: Where, parameter: str, target: str) -> bool:
    return target.startswith("Patient/") and any(is_patient(type, parameter) for type in where.types)


def _ids(where: Where, clause: Clause) -> None:
    ids = [value.code or "" for value in clause.values if isinstance(value, TokenValue)]
    if clause.modifier == "":
        add_ids(where, ids)
    elif clause.modifier == "not":
        where.add("NOT r.id = ANY(%s::text[])", ids)
    elif clause.modifier == "missing":
        where.add("false" if clause.values == (True,) else "true")
    else:
        raise Invalid(f"_id cannot be searched with :{clause.modifier}.", cure="Give the ids.", where="_id")


def _missing(where: Where, clause: Clause) -> Test:
    table = _TABLES.get(clause.kind)
    if clause.param == "_lastUpdated":
        found: Test = ("true", [])
    elif table is None:
        found = has("marks", where.hashes(clause.param, [tokens.PRESENT]))
    else:
        found = _exists(where, clause, ("true", []))
    return negated(found) if clause.values == (True,) else found


def _marks(where: Where, clause: Clause) -> list[int]:
    """The marks of the systems that are asked for without a code."""
    systems = [value.system or "" for value in clause.values if isinstance(value, TokenValue) and value.code is None]
    return where.hashes(clause.param, [tokens.of_system(system) for system in systems])


def _hashes(where: Where, clause: Clause) -> list[int]:
    forms: list[str] = []
    for value in clause.values:
        if not isinstance(value, TokenValue):
            forms.append(str(value))
        elif value.code is not None:
            forms += tokens.wanted(value.system, value.code)
    return where.hashes(clause.param, forms)


def _token(where: Where, clause: Clause) -> Test:
    """A code is a token; a system alone is a mark."""
    if clause.modifier == "text":
        words = [str(value) for value in clause.values]
        return _in_each(where, lambda type: content.text(type, clause.param, words))
    if clause.modifier == "of-type":
        values = [value for value in clause.values if isinstance(value, tuple)]
        return _in_each(where, lambda type: content.of_type(type, clause.param, values))
    if clause.modifier == "below" and clause.kind == "uri":
        return _in_each(where, lambda type: content.below(type, clause.param, [str(one) for one in clause.values]))
    hashes, marks = _hashes(where, clause), _marks(where, clause)
    tests = [has(column, found) for column, found in (("tokens", hashes), ("marks", marks)) if found]
    return negated(either(tests)) if clause.modifier == "not" else either(tests)


def _in_each(where: Where, of: Any) -> Test:
    """A condition that depends on the type, for each of the types."""
    if where.type:
        found: Test = of(where.type)
        return found
    return either([both([("r.type = %s", [type]), of(type)]) for type in where.types])


def _reference(where: Where, clause: Clause) -> None:
    if clause.modifier == "identifier":
        where.has_token(where.hashes(clause.param, _identifiers(clause)))
    elif clause.modifier == "below":
        where.add(*_flat(content.below(where.type, clause.param, [one.url or "" for one in _references(clause)])))
    else:
        add_references(where, clause.param, targets_of(where, clause))


def _identifiers(clause: Clause) -> list[str]:
    values = [value for value in clause.values if isinstance(value, TokenValue)]
    return [tokens.identified(form) for one in values for form in tokens.wanted(one.system, one.code or "")]


def _references(clause: Clause) -> list[ReferenceValue]:
    return [value for value in clause.values if isinstance(value, ReferenceValue)]


def targets_of(where: Where, clause: Clause) -> list[str]:
    """What the clause's references may be written as."""
    targets: list[str] = []
    for value in _references(clause):
        if value.type is not None and value.url is None:
            targets.append(f"{value.type}/{value.id}")
        elif value.url is not None:
            targets.append(value.url)
        else:
            # An id alone may be of any type that the parameter can refer to.
            types = shared(where.types)[clause.param].targets or sorted(resource_types())
            targets += [f"{type}/{value.id}" for type in types]
    return [_present(where.practice, target) for target in targets]


def _present(practice: int, target: str) -> str:
    """The target; of a merged patient, the patient who remains."""
    type, _, id = target.partition("/")
    return f"{type}/{aliases.current(practice, id)}" if type == "Patient" else target


def _referring(where: Where, clause: Clause) -> Test:
    if clause.modifier == "identifier":
        return has("tokens", where.hashes(clause.param, _identifiers(clause)))
    return refers(where, clause.param, targets_of(where, clause))


def _string(where: Where, clause: Clause) -> Test:
    if clause.modifier == "exact":
        return has("tokens", where.hashes(clause.param, [tokens.exact(str(value)) for value in clause.values]))
    tests: list[Test] = []
    for value in clause.values:
        wanted = folded(str(value))
        if clause.modifier == "contains":
            escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            tests.append(("x.value LIKE %s", [f"%{escaped}%"]))
        else:
            tests.append(("(x.value >= %s AND x.value < %s)", [wanted, wanted + "\U0010ffff"]))
    return _exists(where, clause, either(tests))


def _dates(where: Where, clause: Clause) -> Test:
    return _exists(where, clause, dates(clause, "x.low", "x.high"))


def dates(clause: Clause, low: str, high: str) -> Test:
    """A span between the columns ``low`` and ``high`` meets one of the clause's values."""
    return either([_date(value, low, high) for value in clause.values])


def _date(value: object, low: str, high: str) -> Test:
    assert isinstance(value, DateValue)
    columns = {"low": low, "high": high}
    found = value.comparisons()
    if value.prefix in ("eq", "ne"):
        # An end is never before its beginning: said again so that the index on the end has two bounds.
        found = (*found, ("high", ">=", value.low))
    text = " AND ".join(f"{columns[name]} {operator} %s" for name, operator, _ in found)
    return f"{'NOT ' if value.prefix == 'ne' else ''}({text})", [bound for _, _, bound in found]


def _numbers(where: Where, clause: Clause) -> Test:
    tests: list[Test] = []
    units: list[Test] = []
    for value in clause.values:
        number = value.number if isinstance(value, QuantityValue) else value
        assert isinstance(number, NumberValue)
        found = number.comparisons()
        text = " AND ".join(f"x.value {operator} %s" for operator, _ in found)
        test: Test = (f"{'NOT ' if number.prefix == 'ne' else ''}({text})", [float(bound) for _, bound in found])
        if isinstance(value, QuantityValue):
            asked = (("system", value.system), ("unit", value.code))
            named: list[Test] = [(f"x.{column} = %s", [text]) for column, text in asked if text is not None]
            if value.code is not None and value.system is None:
                # The index holds the code, or the unit where there is no code; a unit beside a code is content.
                among = content.in_unit(where.types[0], clause.param, value)
                units.append(both([_exists(where, clause, test), among]))
            test = both([test, *named])
        tests.append(test)
    return either([_exists(where, clause, either(tests)), *units])


def _exists(where: Where, clause: Clause, test: Test) -> Test:
    """A row of the narrow table of the clause's kind meets ``test``."""
    keys = where.keys(clause.param)
    one = "x.key = %s" if len(keys) == 1 else "x.key = ANY(%s::int8[])"
    text = f"EXISTS (SELECT 1 FROM {_TABLES[clause.kind]} x WHERE x.serial = r.serial AND {one} AND {test[0]})"
    return text, [keys[0] if len(keys) == 1 else array(keys), *test[1]]


def _composite(where: Where, clause: Clause) -> None:
    """All parts of one value hold, and in the same element where there may be several of it."""
    parameters = search.components(where.type, clause.param)
    places = search.composite(where.type, clause.param)
    repeated = any(inner.many for inner in places)
    alternatives: list[Test] = []
    leading: list[int] = []
    unindexed = False
    for value in clause.values:
        assert isinstance(value, tuple)
        parts = [Clause(one.code, one.kind, "", (part,)) for one, part in zip(parameters, value, strict=True)]
        tests = [test(where, part) for part in parts]
        if repeated:
            tests.append(content.together(places, [value]))
        alternatives.append(both(tests))
        unindexed |= parts[0].kind != "token" or bool(_marks(where, parts[0]))
        leading += _hashes(where, parts[0])
    if not unindexed:
        where.has_token(leading)
    where.add(*_flat(either(alternatives)))


def _flat(test: Test) -> tuple[Any, ...]:
    return (test[0], *test[1])


_KINDS = {
    "token": _token,
    "reference": _referring,
    "uri": _token,
    "string": _string,
    "date": _dates,
    "number": _numbers,
    "quantity": _numbers,
}
