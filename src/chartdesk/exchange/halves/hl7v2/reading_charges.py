"""DFT as charges (HL7 v2.5.1, section 6.5.1). Diagnoses may stand in DG1, in FT1-19, or in both."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from chartdesk.exchange.halves.facts import ChargesIn, Fact, Numbers, ProcedureIn
from chartdesk.exchange.halves.hl7v2 import circumstances, fields
from chartdesk.exchange.halves.hl7v2.reading_visits import provider_of, visit_numbers
from chartdesk.record.identities.identifiers import Identifier
from chartdesk.standards.hl7v2 import NULL, Message, Segment, Unreadable
from chartdesk.standards.hl7v2.datatypes import CWE
from chartdesk.standards.hl7v2.faults import MISSING
from chartdesk.standards.terminology import icd10

if TYPE_CHECKING:
    from chartdesk.exchange.halves.hl7v2.reading import Sender

_LEVELS = ("minimal", "low", "moderate", "high")
_LINE = re.compile(r"(.+)\.\d{1,3}")


def charges(message: Message, known: Sender, at: datetime, patient: Numbers) -> list[Fact]:
    """The charges of a message: those of one day and provider are one visit's. Raises Unreadable without any."""
    lines = [one for one in message.all("FT1") if one.get(6, 1) in ("CG", "")]
    if not lines:
        raise Unreadable("The message has no charge.", "Send FT1 with FT1-6 = CG.", "FT1", MISSING)
    diagnoses = _diagnoses(message, lines)
    groups: dict[tuple[object, ...], list[Segment]] = {}
    for line in lines:
        day = fields.day(line, 4)
        if day is None:
            raise Unreadable("The charge has no date.", "Send FT1-4.", "FT1-4", MISSING)
        numbers, _ = fields.providers(line, 20, known.authority)
        groups.setdefault((day, tuple(one.key for one in numbers)), []).append(line)
    source = _source(message, lines, known)
    found: list[Fact] = []
    for number, group in enumerate(groups.values(), 1):
        named = source if number == 1 else Identifier(source.authority, f"{source.value}/{number}")
        found.append(_charged(message, known, at, patient, group, diagnoses, named))
    return found


def _charged(
    message: Message, known: Sender, at: datetime, patient: Numbers, lines: list[Segment], diagnoses: list[str],
    source: Identifier,
) -> ChargesIn:  # fmt: skip
    first = lines[0]
    performer, name = fields.providers(first, 20, known.authority)
    if not performer:
        found, name = provider_of(message, known)
        performer = list(found)
    ordering, _ = fields.providers(first, 21, known.authority)
    site, place = fields.place(first, 16, known.authority)
    if not site:
        pv1 = message.first("PV1")
        site, place = fields.place(pv1, 3, known.authority) if pv1 else ([], place)
    day = fields.day(first, 4)
    assert day is not None
    minutes, documented = _documented(message)
    return ChargesIn(
        source=source,
        at=at,
        patient=patient,
        practitioner=fields.distinct(performer),
        practitioner_name=name,
        referring=fields.distinct(ordering),
        service_date=day,
        diagnoses=tuple(diagnoses),
        procedures=tuple(_procedure(line, diagnoses) for line in lines),
        visit=visit_numbers(message, known),
        place_of_service=place.type if len(place.type) == 2 and place.type.isdigit() else "",
        location=tuple(site),
        signed_at=fields.at(first, 5, known.zone),
        minutes=minutes,
        documented=documented,
        circumstances=circumstances.read(message, first),
    )


def _source(message: Message, lines: list[Segment], known: Sender) -> Identifier:
    """What the charges are known by: FT1-2, without the line's number where each has one; else the message's id."""
    ids = [line.get(2, 1, 1).strip() for line in lines]
    stems = {found[1] if (found := _LINE.fullmatch(one)) else "" for one in ids}
    if len(stems) == 1 and "" not in stems:
        return Identifier(known.authority, stems.pop())
    return Identifier(known.authority, ids[0] or message.control_id)


def _diagnoses(message: Message, lines: list[Segment]) -> list[str]:
    """The diagnoses in their order: DG1, then what only a charge names."""
    found = [segment.get(3, 1, 1).strip() for segment in message.all("DG1")]
    for line in lines:
        found += _pointed(line)
    return list(dict.fromkeys(icd10.dotted(one) for one in found if one and one != NULL))


def _pointed(line: Segment) -> list[str]:
    read = (CWE.read(raw, line.separators).code.strip() for raw in line.repetitions(19) if raw != NULL)
    return [one for one in read if one]


def _procedure(line: Segment, diagnoses: list[str]) -> ProcedureIn:
    coded = [line.repetitions(field)[0] for field in (25, 7) if line.repetitions(field)]
    read = [CWE.read(raw, line.separators) for raw in coded if raw != NULL]
    code = next((one for one in read if one.code.strip()), None)
    if code is None:
        raise Unreadable("The charge names no procedure.", "Send FT1-25 or FT1-7.", "FT1-25", MISSING)
    modifiers = [line.get(26, 1, 1, n).strip() for n in range(1, len(line.repetitions(26)) + 1)]
    units = _number(line, 10) or Decimal(1)
    amount = _number(line, 11)
    if amount is None:
        unit = _number(line, 22) or _number(line, 12)
        amount = unit * units if unit is not None else None
    pointers = [diagnoses.index(icd10.dotted(one)) + 1 for one in _pointed(line) if icd10.dotted(one) in diagnoses]
    return ProcedureIn(
        code=code.code.strip().upper(),
        modifiers=tuple(one.upper() for one in modifiers if one and one != NULL)[:4],
        units=units,
        pointers=tuple(dict.fromkeys(pointers))[:4],
        description=code.text.strip(),
        amount=amount,
        number=line.get(2, 1, 1),
    )


def _number(line: Segment, field: int) -> Decimal | None:
    text = line.get(field, 1, 1).strip()
    if not text or text == NULL:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unreadable(f"{text!r} is not a number.", "Write digits.", f"FT1-{field}")
    return found


def _documented(message: Message) -> tuple[int | None, dict[str, str]]:
    """Minutes of the visit, and what the note shows of its level."""
    minutes: int | None = None
    said: dict[str, str] = {}
    for segment in message.all("OBX"):
        code, value = segment.get(3, 1).strip().upper(), segment.get(5, 1).strip()
        if code == "MINUTES" and value.isdecimal() and len(value) <= 4:
            minutes = int(value)
        elif code in ("PROBLEMS", "DATA", "RISK") and value in _LEVELS:
            said[code.lower()] = value
        elif code == "DOCUMENTED-BY" and value:
            said["by"] = value
    return minutes, said
