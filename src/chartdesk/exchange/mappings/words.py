"""Conditions that the guide says in words, and values that are computed, each under its name.

Nothing here guesses: where the words leave the choice to whoever implements, the profile makes it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

from chartdesk.exchange.mappings.conditions import Access, Test
from chartdesk.exchange.mappings.profiles import Profile
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


def _dependent(run: Any) -> bool:
    """Asked by a dozen rows of the same segment: answered once."""
    if run.dependent is None:
        relation = run.value("IN1-17.1").upper()
        run.dependent = bool(run.value("IN1-16")) and relation not in ("", "SEL", "SELF", "18", "01")
    found: bool = run.dependent
    return found


#: What the profile decides, once for all messages.
_CHOICES: dict[str, Callable[[Profile], bool]] = {
    "us": lambda profile: profile.us,
    "not-us": lambda profile: not profile.us,
    "criticality": lambda profile: profile.severity == "criticality",
    "severity": lambda profile: profile.severity == "reaction",
    "parts": lambda profile: profile.phone_parts,
    "contacts": lambda profile: profile.relatives != "persons",
    "persons": lambda profile: profile.relatives != "contacts",
    # An assigning authority becomes the system of the identifier, and its name stands beside it.
    "system": lambda profile: True,
    "organization": lambda profile: False,
    "message-inside": lambda profile: False,
    "placer-is-accession": lambda profile: False,
}


def choice(name: str, profile: Profile) -> bool | None:
    """What the profile decides about a condition in words; None for one that messages decide."""
    found = _CHOICES.get(name.removeprefix("@"))
    return found(profile) if found else None


_TESTS: dict[str, Callable[[Any, str], bool]] = {
    # Somebody else than the patient is insured.
    "dependent": lambda run, source: _dependent(run),
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
    bare = name.removeprefix("@")
    if decided := _CHOICES.get(bare):
        return lambda run: decided(run.profile)
    found = _TESTS.get(bare)
    if found is None:
        known = ", ".join(sorted((*_TESTS, *_CHOICES)))
        raise Invalid(f"There is no condition {name}.", cure=f"One of: {known}.", where="when")
    return lambda run: found(run, source)


def _later(run: Any, start: str, amount: str, unit: str) -> str:
    return later(start, amount, unit, run.zone) if start and amount else ""


def _encoded(run: Any, encoding: str, data: str) -> str:
    how = encoding.strip().upper()
    if how == "HEX":
        try:
            return base64.b64encode(bytes.fromhex("".join(data.split()))).decode()
        except ValueError:
            raise NotAValue("the data is not hexadecimal") from None
    if not data:
        return ""
    return encoded(data) if how == "BASE64" else plain(data)


def _minutes(run: Any, amount: str, unit: str) -> str:
    found = number(amount)
    name = unit.strip().upper()
    if name[:1] == "S":
        return str(max(int(found) // 60, 1)) if found else ""
    factor = {"H": 60, "D": 1440, "W": 10_080}.get(name[:1], 1)
    return str(int(found * factor))


def _weekday(run: Any, day: str) -> str:
    found = number(day)
    if found not in range(1, 8):
        raise NotAValue(f"{found} is not a day of the week")
    return _DAYS[int(found) - 1]


def _authority(run: Any, namespace: str, universal: str, kind: str) -> str:
    return authority(namespace, universal, kind.upper(), run.profile.authorities)


def _phone(run: Any, country: str, area: str, local: str, extension: str) -> str:
    first, third, fourth = country.strip(), local.strip(), extension.strip()
    said = " ".join(filter(None, (f"+{first.lstrip('+')}" if first and third else "", area.strip(), third)))
    return f"{said} X{fourth}" if said and fourth else said


def _media(run: Any, kind: str, subtype: str) -> str:
    first, second = kind.strip().lower(), subtype.strip().lower()
    if "/" in second:
        return second
    whole = {"ap": "application", "im": "image", "au": "audio", "te": "text", "ft": "text"}.get(first, first)
    return f"{whole}/{second}" if whole and second else second


def _whole(place: str) -> Callable[[list[str], Any], str]:
    return lambda texts, run: str(run.whole(place))


#: Values that are computed of the texts at places, or of words that are none.
_VALUES: dict[str, Callable[..., Any]] = {
    "phone": _phone,
    "media": _media,
    "authority": _authority,
    "later": _later,
    "base64": _encoded,
    "minutes": _minutes,
    "weekday": _weekday,
    "text64": lambda run, text: plain(text) if text else "",
    "now": lambda run: run.now,
    "joined": lambda run, mark, *texts: mark.join(filter(None, texts)),
    "whole": _whole,
}
#: Of these, those that want the place itself.
_OF_PLACES = frozenset({"whole"})
#: What the guide's rows mean where they name no places.
_MEANT = {"@base64": "@base64(ED.4,ED.5)"}


def computed(text: str, source: str, access: Access) -> Callable[[list[str], Any], str]:
    """The function behind ``@later(AIS-4,AIS-7,AIS-8)``. Raises Invalid for one that is not there.

    ``access`` makes functions that get at places; what is no place stays the word that it is.
    """
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
    if name in _OF_PLACES:
        return made(*arguments)
    gets = [access(one) if _PLACE.match(one) else (lambda run, word=one: word) for one in arguments]

    def value(texts: list[str], run: Any) -> str:
        run.texts = texts
        return made(run, *[get(run) for get in gets])

    return value
