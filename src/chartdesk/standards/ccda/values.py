"""The data types of CDA as plain values: codes, moments, quantities, names, addresses, identifiers.

Guide section: CDA R2 data types (HL7 V3 Data Types R1), US Realm names, addresses and times of C-CDA.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as date_of
from datetime import datetime
from decimal import Decimal, InvalidOperation

from chartdesk.standards.ccda.document import Address, Coded, Identifier, Name, Party, Span
from chartdesk.standards.ccda.narrative import Narrative
from chartdesk.standards.ccda.oids import uri_of
from chartdesk.standards.ccda.parsing import Element, one, plain, several, value

_TIME = re.compile(r"(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})?(\d{2})?(?:\.\d+)?)?([+-]\d{2}:?\d{2}|Z)?")
_DASHED = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")
_FRACTION = re.compile(r"\.\d+")


def moment(text: str) -> str:
    """A time stamp as FHIR writes it, as precise as it is; empty for what is no time.

    ``20260930`` → ``2026-09-30``; ``202609300915-0500`` → ``2026-09-30T09:15:00-05:00``; no zone is made up.
    """
    given = text.strip()
    if _DASHED.fullmatch(given):
        given = _FRACTION.sub("", given)
        return _with_time(given, given[:10]) if _is_day(*given[:10].split("-")) else ""
    found = _TIME.fullmatch(given)
    if found is None:
        return ""
    year, month, day, hour, minute, second, zone = found.groups()
    if not "1800" <= year <= "2199" or not _within(month, 1, 12) or not _within(day, 1, 31):
        return ""
    if month and day and "00" not in (month, day) and not _is_day(year, month, day):
        return ""
    # Vendors write 00 for what they do not know; a day without its month is none.
    known = (year, month, day) if month != "00" else (year,)
    date = "-".join(part for part in known if part and part != "00")
    if len(date) < 10 or not hour:
        return date
    clock = f"{date}T{hour}:{minute or '00'}:{second or '00'}"
    if zone and zone != "Z":
        zone = f"{zone[:3]}:{zone[-2:]}"
    return _with_time(clock + (zone or ""), date)


def _with_time(moment: str, day: str) -> str:
    """The moment; its day alone where the time or the zone is none that a clock shows."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return day
    return moment


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return bool(date_of(int(year), int(month), int(day)))
    except ValueError:
        return False


def _within(part: str | None, least: int, most: int) -> bool:
    return part is None or least <= int(part) <= most or part == "00"


def span(node: Element | None) -> Span:
    """An interval of time, or a moment. A moment without an interval is ``low`` with ``point``."""
    if node is None:
        return Span()
    low, high = moment(value(node, "low")), moment(value(node, "high"))
    if low or high:
        return Span(low, high)
    point = moment(value(node)) or moment(value(node, "center"))
    return Span(point, "", point=bool(point))


def coded(node: Element | None, narrative: Narrative) -> Coded:
    """A code with its words: those beside it, those it points to in the narrative, else its display name."""
    if node is None:
        return Coded(null="NI")
    words = one(node, "originalText")
    pointed = narrative.text(value(words, "reference") or value(node, "reference"))
    inner = tuple(
        Coded(value(found, name="code"), uri_of(value(found, name="codeSystem")), value(found, name="displayName"))
        for found in several(node, "translation")
    )
    system = uri_of(value(node, name="codeSystem"))
    return Coded(
        # A code of no system, such as UNK, is none.
        code=value(node, name="code") if system else "",
        system=system,
        display=value(node, name="displayName"),
        text=plain(words) or pointed,
        translations=tuple(one for one in inner if one),
        null=value(node, name="nullFlavor"),
    )


def called(node: Element, narrative: Narrative) -> Coded:
    """What an entry is about: its code, by the words of its text where the code comes without any."""
    what = coded(one(node, "code"), narrative)
    return what if what.words else replace(what, text=text_of(node, narrative))


def text_of(node: Element, narrative: Narrative, path: str = "text") -> str:
    """The words of an entry's text: those inside it, or those it points to."""
    found = one(node, path)
    if found is None:
        return ""
    return plain(found) or narrative.text(value(found, "reference"))


def number(text: str) -> Decimal | None:
    """A number as it is written; None for what is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def unit(node: Element | None) -> str:
    """The unit of a quantity; the ``1`` of things without a unit is none."""
    found = value(node, name="unit")
    return "" if found == "1" else found


def identifiers(node: Element | None, path: str = "id") -> tuple[Identifier, ...]:
    """The identifiers at ``path``; those with a nullFlavor are none."""
    found = [Identifier(value(one, name="root"), value(one, name="extension")) for one in several(node, path)]
    return tuple(one for one in found if one.root or one.extension)


def name(node: Element | None) -> Name:
    """A person's name, structured or in one text. The legal one is taken where there are several."""
    if node is None:
        return Name()
    family = plain(one(node, "family"))
    given = tuple(
        plain(found) for found in several(node, "given") if "CL" not in (found.get("qualifier") or "").split()
    )
    if not family and not given:
        words = plain(node)
        if "," in words:
            last, _, first = words.partition(",")
            return Name(last.strip(), tuple(first.split()))
        parts = words.split()
        return Name(parts[-1], tuple(parts[:-1])) if parts else Name()
    return Name(family, tuple(part for part in given if part), plain(one(node, "prefix")), plain(one(node, "suffix")))


def legal_name(nodes: list[Element]) -> Name:
    """The name by which the law knows a person: of use L, else the first."""
    chosen = next((node for node in nodes if "L" in (node.get("use") or "").split()), None)
    return name(chosen if chosen is not None else next(iter(nodes), None))


def address(node: Element | None) -> Address:
    """A postal address; empty parts are left out."""
    if node is None:
        return Address()
    lines = tuple(text for found in several(node, "streetAddressLine") if (text := plain(found)))
    return Address(
        lines,
        plain(one(node, "city")),
        plain(one(node, "state")),
        plain(one(node, "postalCode")).rstrip("- "),
        plain(one(node, "country")),
    )


def telecoms(node: Element | None) -> tuple[str, ...]:
    """Telephone numbers and mail addresses as URIs; a bare number becomes ``tel:``."""
    found = [value(one) for one in several(node, "telecom")]
    return tuple(text if ":" in text else f"tel:{text}" for text in found if text)


def organization(node: Element | None) -> str:
    """The name of an organization."""
    return plain(one(node, "name"))


def party(node: Element | None, role: str, person: str = "assignedPerson", at: str = "") -> Party:
    """Who took part: the ``role`` element below ``node`` with its person, device and organization."""
    found = one(node, role)
    if found is None:
        return Party()
    of = one(found, "representedOrganization")
    return Party(
        name=legal_name(several(found, f"{person}/name")),
        organization=organization(of),
        device=plain(one(found, "assignedAuthoringDevice/softwareName")),
        identifiers=identifiers(found),
        address=address(one(found, "addr")),
        telecoms=telecoms(found) or telecoms(of),
        at=at,
    )
