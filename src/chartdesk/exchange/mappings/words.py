"""Conditions that the guide says in words, and values that are computed, each under its name.

Nothing here guesses: where the words leave the choice to whoever implements, the profile makes it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

from chartdesk.exchange.mappings.conditions import Test
from chartdesk.exchange.mappings.systems import authority
from chartdesk.exchange.mappings.values import NotAValue, encoded, later, number, plain
from chartdesk.kit.errors import Invalid

_PLACE = re.compile(r"[A-Z][A-Z0-9]{1,2}[-.]\d+")
_FASTING = frozenset({"F", "NF", "FASTING", "NON-FASTING"})
_ROOMS = ("LOC", "ROOM", "PLACE", "CLINIC")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _own(run: Any, source: str) -> str:
    """The text that the row speaks of."""
    at = int(source.replace("-", ".").split(".")[1])
    return run.texts[at] if at < len(run.texts) else ""


def _first(run: Any, source: str) -> str:
    return _own(run, source).split(run.marks[0])[0].strip().upper()


def _positive(run: Any, source: str) -> bool:
    try:
        return number(_own(run, source)) > 0
    except NotAValue:
        return False


_TESTS: dict[str, Callable[[Any, str], bool]] = {
    "us": lambda run, source: run.profile.us,
    "not-us": lambda run, source: not run.profile.us,
    "criticality": lambda run, source: run.profile.severity == "criticality",
    "severity": lambda run, source: run.profile.severity == "reaction",
    # Somebody else than the patient is insured.
    "dependent": lambda run, source: (
        bool(run.value("IN1-16")) and run.value("IN1-17.1").upper() not in ("", "SEL", "SELF", "18", "01")
    ),
    "contacts": lambda run, source: run.profile.relatives != "persons",
    "persons": lambda run, source: run.profile.relatives != "contacts",
    # An assigning authority becomes the system of the identifier, and its name stands beside it.
    "system": lambda run, source: True,
    "organization": lambda run, source: False,
    "message-inside": lambda run, source: False,
    "placer-is-accession": lambda run, source: False,
    "fasting": lambda run, source: _first(run, source) in _FASTING,
    "not-fasting": lambda run, source: _first(run, source) not in _FASTING,
    "location": lambda run, source: any(word in run.value("AIG-4").upper() for word in _ROOMS),
    "minutes": lambda run, source: run.value("SCH-10.1").strip().upper()[:3] in ("", "MIN", "M"),
    "timed": lambda run, source: len(_own(run, source)) > 8,
    "positive": _positive,
    "udi": lambda run, source: _own(run, source).startswith(("(01)", "=")),
    "not-udi": lambda run, source: not _own(run, source).startswith(("(01)", "=")),
}


def test(name: str, source: str) -> Test:
    """The condition of that name (``@us``) for a row from ``source``. Raises Invalid for one that is not there."""
    found = _TESTS.get(name.removeprefix("@"))
    if found is None:
        raise Invalid(f"There is no condition {name}.", cure=f"One of: {', '.join(sorted(_TESTS))}.", where="when")
    return lambda run: found(run, source)


def _later(run: Any, *args: str) -> str:
    start, amount, unit = (run.value(one) if _PLACE.match(one) else one for one in args)
    return later(start, amount, unit, run.zone) if start and amount else ""


def _encoded(run: Any, encoding: str, data: str) -> str:
    how, text = run.value(encoding).strip().upper(), run.value(data)
    if how == "HEX":
        try:
            return base64.b64encode(bytes.fromhex("".join(text.split()))).decode()
        except ValueError:
            raise NotAValue("the data is not hexadecimal") from None
    return encoded(text) if how == "BASE64" else plain(text)


def _minutes(run: Any, amount: str, unit: str) -> str:
    found = number(run.value(amount))
    name = run.value(unit).strip().upper()
    if name[:1] == "S":
        return str(max(int(found) // 60, 1)) if found else ""
    factor = {"H": 60, "D": 1440, "W": 10_080}.get(name[:1], 1)
    return str(int(found * factor))


def _weekday(run: Any, place: str) -> str:
    found = number(run.value(place))
    if found not in range(1, 8):
        raise NotAValue(f"{found} is not a day of the week")
    return _DAYS[int(found) - 1]


def _authority(run: Any, *places: str) -> str:
    namespace, universal, kind = (run.value(place) for place in places)
    return authority(namespace, universal, kind.upper(), run.profile.authorities)


def _phone(run: Any, country: str, area: str, local: str, extension: str) -> str:
    first, second, third, fourth = (run.value(place).strip() for place in (country, area, local, extension))
    said = " ".join(filter(None, (f"+{first.lstrip('+')}" if first and third else "", second, third)))
    return f"{said} X{fourth}" if said and fourth else said


def _media(run: Any, kind: str, subtype: str) -> str:
    first, second = run.value(kind).strip().lower(), run.value(subtype).strip().lower()
    if "/" in second:
        return second
    whole = {"ap": "application", "im": "image", "au": "audio", "te": "text", "ft": "text"}.get(first, first)
    return f"{whole}/{second}" if whole and second else second


_VALUES: dict[str, Callable[..., str]] = {
    "phone": _phone,
    "media": _media,
    "authority": _authority,
    "later": _later,
    "base64": _encoded,
    "minutes": _minutes,
    "weekday": _weekday,
    "text64": lambda run, place: plain(run.value(place)) if run.value(place) else "",
    "now": lambda run: run.now,
    "joined": lambda run, mark, *places: mark.join(filter(None, (run.value(place) for place in places))),
    "whole": lambda run, place: run.whole(place),
}
#: What the guide's rows mean where they name no places.
_MEANT = {"@base64": "@base64(ED.4,ED.5)"}


def computed(text: str, source: str = "") -> Callable[[list[str], Any], str]:
    """The function behind ``@later(AIS-4,AIS-7,AIS-8)``. Raises Invalid for one that is not there."""
    text = _MEANT.get(text, text)
    if text == "@minutes":
        text = f"@minutes({source},{source[:-1]}{int(source[-1]) + 1})"
    if text == "@weekday":
        text = f"@weekday({source})"
    name, _, rest = text.removeprefix("@").partition("(")
    if name not in _VALUES:
        raise Invalid(
            f"There is no computed value @{name}.", cure=f"One of: {', '.join(sorted(_VALUES))}.", where="fixed"
        )
    made, arguments = _VALUES[name], [one.strip() for one in rest.rstrip(")").split(",")] if rest else []

    def value(texts: list[str], run: Any) -> str:
        run.texts = texts
        return made(run, *arguments)

    return value
