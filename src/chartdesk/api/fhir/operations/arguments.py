"""What an operation was asked with: the query of a GET, or a Parameters resource.

Guide section: executing an operation (https://hl7.org/fhir/R4/operations.html#executing).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from chartdesk.api.fhir.messages import Request
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue, r4

R = TypeVar("R", bound=r4.Resource)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
#: Parameters of every request, which say how to answer.
_OF_THE_REQUEST = frozenset({"_format", "_pretty"})


class Arguments:
    """The parameters of one call by name. Each reader raises Refused (400) with the name of what is wrong."""

    def __init__(self, given: Iterable[tuple[str, Any]]) -> None:
        self._given: dict[str, list[Any]] = {}
        for name, value in given:
            self._given.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def only(self, known: Collection[str]) -> None:
        """Refuse what is not ``known``: an operation must not quietly leave out what would change its answer."""
        for name in self._given:
            if name not in known and name not in _OF_THE_REQUEST:
                raise _wrong(
                    name, f"This operation knows no parameter {name}.", f"It knows {', '.join(sorted(known))}."
                )

    def text(self, name: str) -> str:
        """A text, code, URL or id; empty where it was not given."""
        value = self._one(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise _wrong(name, f"{name} must be a text.", "Give one value of that type.")
        return value.strip()

    def texts(self, name: str) -> list[str]:
        """All values of a parameter that may come several times, or with commas in one."""
        found = [one for value in self._given.get(name, ()) if isinstance(value, str) for one in value.split(",")]
        return [one.strip() for one in found if one.strip()]

    def several(self, name: str) -> list[Any]:
        """All values of a parameter, as they are."""
        return list(self._given.get(name, ()))

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """A boolean."""
        value = self._one(name)
        if value is None:
            return otherwise
        if value not in ("true", "false") and not isinstance(value, bool):
            raise _wrong(name, f"{name} must be true or false.", "")
        return value is True or value == "true"

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A whole number from 0 on; above ``most`` it counts as that."""
        value = self._one(name)
        if value is None:
            return otherwise
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value)):
            raise _wrong(name, f"{name} must be a whole number from 0 on.", "")
        return min(int(value), most)

    def day(self, name: str) -> date | None:
        """A date; of a date and time the day."""
        value = self.text(name)
        try:
            return date.fromisoformat(value[:10]) if value else None
        except ValueError as fault:
            raise _wrong(name, f"{name} must be a date.", "Write it as 2026-01-31.") from fault

    def instant(self, name: str) -> datetime | None:
        """An instant with its time zone; a date counts from its beginning in UTC."""
        value = self.text(name).replace(" ", "+")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            value += "T00:00:00Z"
        try:
            if value and not _INSTANT.fullmatch(value):
                raise ValueError(value)
            return datetime.fromisoformat(value) if value else None
        except ValueError as fault:
            raise _wrong(name, f"{name} must be an instant.", "Write it as 2026-01-31T15:04:05Z.") from fault

    def element(self, name: str, kind: type[R] | type[Any]) -> Any:
        """A value of a complex type, such as Coding, or a resource; None where it was not given."""
        value = self._one(name)
        if value is not None and not isinstance(value, kind):
            raise _wrong(name, f"{name} must be a {kind.__name__}.", "Send a Parameters resource by POST.")
        return value

    def _one(self, name: str) -> Any:
        values = self._given.get(name, ())
        if len(values) > 1:
            raise _wrong(name, f"{name} was given {len(values)} times.", "Give it once.")
        return values[0] if values else None


def arguments(request: Request, resource: str = "") -> Arguments:
    """The arguments of a GET or a POST; those in the address of a POST count too.

    Where the operation takes one resource, ``resource`` names its parameter, and the body may be that resource alone.
    Raises Refused, and Invalid for a body that is not FHIR.
    """
    given: list[tuple[str, Any]] = list(request.pairs)
    if request.method == "POST" and request.body:
        request.check_body()
        body = fhir.decode(request.body)
        if isinstance(body, r4.Parameters):
            given += [(one.name or "", _value(one)) for one in body.parameter]
        elif resource:
            given.append((resource, body))
        else:
            raise Refused(400, Invalid(f"The body is a {body.resourceType}.", cure="Send a Parameters resource."))
    return Arguments(given)


def _value(parameter: r4.ParametersParameter) -> Any:
    if parameter.resource is not None:
        return parameter.resource
    names = (name for name in parameter.__struct_fields__ if name.startswith("value"))
    return next((value for name in names if (value := getattr(parameter, name)) is not None), "")


def _wrong(name: str, message: str, cure: str) -> Refused:
    issue = Issue("error", "invalid", f"Parameters.parameter.where(name='{name}')", f"{message} {cure}".strip())
    return Refused(400, Invalid(message, cure=cure, where=name, issues=[issue]))
