"""One statement of a payer about a patient's benefits, in the form in which it is kept with the check."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from chartdesk.kit import typed
from chartdesk.standards.x12 import eligibility_271 as x271

_ELEMENT, _REPETITION, _COMPONENT, _SEGMENT = 3, 82, 104, 105


class Elsewhere(msgspec.Struct, frozen=True, omit_defaults=True):
    """Another insurer that an answer names. ``role`` PRP pays first, SEP second, TTP third, PR somewhere."""

    name: str
    role: str = ""
    payer_id: str = ""
    member_id: str = ""


class Benefit(msgspec.Struct, frozen=True, omit_defaults=True):
    """An EB of the 271 with its messages. Dollars, ``percent`` a fraction, ``text`` the segment itself.

    ``info`` EB01, ``level`` EB02 (IND, FAM ...), ``service_types`` EB03, ``plan`` EB05, ``period`` EB06,
    ``in_network`` EB12 (Y, N, U unknown, W not applicable), ``other`` the names of payers it speaks of,
    ``words`` all of it as a sentence.
    """

    info: str
    text: str
    level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    in_network: str = ""
    code: str = ""
    messages: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    words: str = ""
    elsewhere: tuple[Elsewhere, ...] = ()


def of_response(response: x271.Response, text: str) -> list[Benefit]:
    """The benefits of an answer; ``text`` is the whole 271, from which the segments are cited."""
    cited = _segments(text)
    return [_benefit(one, cited) for one in response.benefits]


def stored(benefits: Iterable[Benefit]) -> list[dict[str, Any]]:
    """The benefits as JSON; amounts are text and keep their digits."""
    return [msgspec.to_builtins(one) for one in benefits]


def loaded(rows: Iterable[dict[str, Any]]) -> list[Benefit]:
    """The benefits from JSON."""
    return [typed.convert(row, Benefit, strict=False) for row in rows]


def _benefit(one: x271.Benefit, cited: dict[tuple[object, ...], str]) -> Benefit:
    named = (one.info, one.coverage_level, tuple(one.service_types), one.plan, one.period)
    key = (*named, one.amount, one.percent, one.in_network)
    return Benefit(
        info=one.info,
        text=cited.get(key) or _rebuilt(one),
        level=one.coverage_level,
        service_types=tuple(one.service_types),
        insurance_type=one.insurance_type,
        plan=one.plan,
        period=one.period,
        amount=one.amount,
        percent=one.percent,
        in_network=one.in_network,
        code=one.code,
        messages=tuple(one.messages),
        other=tuple(party.last for _, party in one.entities if party.last),
        words=x271.words(one),
        elsewhere=_elsewhere(one),
    )


#: NM101 of insurers in loop 2120, and REF01 of the member's number with them.
_INSURERS, _MEMBER = ("PR", "PRP", "SEP", "TTP"), ("1W", "IG")


def _elsewhere(one: x271.Benefit) -> tuple[Elsewhere, ...]:
    number = next((held.value for code in _MEMBER for held in one.references if held.qualifier == code), "")
    return tuple(
        Elsewhere(party.last, role, party.id if party.id_qualifier == "PI" else "", number)
        for role, party in one.entities
        if role in _INSURERS and party.last
    )


def insurers(stated: Iterable[Benefit]) -> list[dict[str, str]]:
    """The other insurers that an answer names, each once, as they are kept with the check."""
    named = {one.name.casefold(): one for benefit in stated if benefit.info == "R" for one in benefit.elsewhere}
    return [
        {"name": one.name, "role": one.role, "payer_id": one.payer_id, "member_id": one.member_id, "state": ""}
        for one in named.values()
    ]


def _segments(text: str) -> dict[tuple[object, ...], str]:
    """Every EB of the file as it stands there, by what it says."""
    start = text.find("ISA")
    head = text[start : start + 106]
    if start < 0 or len(head) < 106:
        return {}
    element, repetition, end = head[_ELEMENT], head[_REPETITION], head[_SEGMENT]
    found: dict[tuple[object, ...], str] = {}
    for raw in text[start:].split(end):
        line = raw.strip()
        if not line.startswith("EB" + element):
            continue
        parts = line.split(element) + [""] * 14
        types = tuple(parts[3].split(repetition)) if parts[3] else ()
        numbers = (_number(parts[7]), _number(parts[8]))
        found.setdefault((parts[1], parts[2], types, parts[5], parts[6], *numbers, parts[12]), line)
    return found


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _rebuilt(one: x271.Benefit) -> str:
    amounts = ["" if value is None else f"{value.normalize():f}" for value in (one.amount, one.percent)]
    types = "^".join(one.service_types)
    parts = ["EB", one.info, one.coverage_level, types, one.insurance_type, one.plan, one.period, *amounts]
    return "*".join([*parts, "", "", "", one.in_network]).rstrip("*")
