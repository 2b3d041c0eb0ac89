"""Why the patient came, both ways in a DFT (HL7 v2.5.1, chapter 6): an accident in ACC, who referred in PV1-8, who
ordered in FT1-21; the dates, who supervised or attended, the insurer's number of the case, and how the patient came and
went, as observations with codes of ours."""

from __future__ import annotations

from datetime import date

import msgspec

from chartdesk.exchange.halves.hl7v2 import fields, segments
from chartdesk.exchange.halves.hl7v2.segments import segment, text
from chartdesk.pms.charges import admissions
from chartdesk.pms.charges.circumstances import DATES, NOTHING, Circumstances
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.vocabulary import STATES
from chartdesk.record.identities.identifiers import NPI, Identifier
from chartdesk.standards.hl7v2 import NULL, Message, Segment
from chartdesk.standards.hl7v2.datatypes import XCN
from chartdesk.standards.hl7v2.times import written
from chartdesk.standards.x12.npi import is_npi

#: Who gave out the number of a state license.
_LICENSE = "STATE"
_ACCIDENT, _NONE = "ACCIDENT", "none"
#: OBX-3 of people that have no field of a DFT of their own (PV1-7 is who rendered), and what it says.
_PEOPLE = {"SUPERVISING": ("supervising", "Who supervised"), "ATTENDING": ("attending", "Who attended")}
#: OBX-3 of what is said in words or codes of a claim, and what it is.
_TEXTS = {
    "CLAIM-NUMBER": ("claim_number", "The insurer's number of the case"),
    **{name.upper().replace("_", "-"): (name, words) for name, (words, _) in admissions.FIELDS.items()},
    **{name.upper().replace("_", "-"): (name, words) for name, words in admissions.HOURS.items()},
}
#: OBX-3 of each date; the accident's own stands in ACC-1.
_DATES = {name.upper().replace("_", "-"): name for name in DATES if name != "accident_on"}
#: ACC-2 as others send it: those of claims, and words.
_CAUSES = {"AA": "auto", "AUTO": "auto", "MVA": "auto", "EM": "employment", "WORK": "employment", "OA": "other"}


def person(one: Named | None) -> str:
    """XCN of somebody who is named; empty for nobody."""
    if one is None:
        return ""
    numbers = [Identifier(NPI, one.npi, "NPI")] if one.npi else []
    numbers += [Identifier(_LICENSE, one.license, "SL")] if one.license else []
    return segments.xcn(numbers, one.family, one.given)


def observations(said: Circumstances, after: int) -> list[str]:
    """OBX of all that no other segment has a field for; numbered from ``after`` on."""
    found: list[tuple[str, str, str]] = []
    for code, name in _DATES.items():
        on: date | None = getattr(said, name)
        if on is not None:
            found.append(("DT", f"{code}^{DATES[name]}^L", written(on)))
    for code, (name, words) in _PEOPLE.items():
        if (one := getattr(said, name)) is not None:
            found.append(("XCN", f"{code}^{words}^L", person(one)))
    for code, (name, words) in _TEXTS.items():
        if given := getattr(said, name):
            found.append(("ST", f"{code}^{text(words)}^L", text(given)))
    if _NONE in said.causes:
        found.append(("ST", f"{_ACCIDENT}^Whether it was an accident^L", _NONE))
    return [
        segment("OBX", {1: str(number), 2: kind, 3: code, 5: value, 11: "F"})
        for number, (kind, code, value) in enumerate(found, after + 1)
    ]


def accident(said: Circumstances) -> list[str]:
    """ACC, where it was an accident."""
    if not said.accident:
        return []
    codes = {cause: code for code, cause in _CAUSES.items() if len(code) == 2}
    kind = next((codes[one] for one in said.causes if one in ("auto", "other")), codes["employment"])
    day = written(said.accident_on) if said.accident_on else ""
    return [segment("ACC", {1: day, 2: kind, 4: said.accident_state, 5: "Y" if "employment" in said.causes else "N"})]


def read(message: Message, line: Segment) -> Circumstances:
    """What a message says; ``line`` is its first FT1. Who has no NPI is left out: no claim could name them."""
    visit, event = message.first("PV1"), message.first("ACC")
    said = _accident(event) if event is not None else NOTHING
    found: dict[str, object] = {}
    for seen in message.all("OBX"):
        code = seen.get(3, 1).strip().upper()
        if code in _DATES:
            found[_DATES[code]] = fields.day(seen, 5)
        elif code in _PEOPLE:
            found[_PEOPLE[code][0]] = _named(seen, 5)
        elif code in _TEXTS:
            found[_TEXTS[code][0]] = seen.get(5, 1).strip()
        elif code == _ACCIDENT and seen.get(5, 1).strip() == _NONE and not said.causes:
            found["causes"] = (_NONE,)
    found["referring"] = _named(visit, 8) if visit is not None else None
    found["ordering"] = _named(line, 21)
    return msgspec.structs.replace(said, **found)


def _accident(event: Segment) -> Circumstances:
    kind, work = _CAUSES.get(event.get(2, 1).strip().upper(), "other"), event.get(5, 1).strip().upper() == "Y"
    causes = [kind] if not (work and kind == "other" and not event.get(2, 1).strip()) else []
    if work and "employment" not in causes:
        causes.append("employment")
    state = event.get(4, 1).strip().upper()
    return Circumstances(tuple(causes), fields.day(event, 1), state if state in STATES else "")


def _named(held: Segment, field: int) -> Named | None:
    """Who stands in a field of persons, with the NPI and the state's license under which they stand there."""
    found = Named()
    for raw in held.repetitions(field):
        if raw == NULL or not raw:
            continue
        one = XCN.read(raw, held.separators)
        value = one.id.strip()
        found = msgspec.structs.replace(
            found, family=found.family or one.family.surname.strip(), given=found.given or one.given.strip()
        )
        if is_npi(value) and one.type in ("NPI", ""):
            found = msgspec.structs.replace(found, npi=value)
        elif one.type == "SL":
            found = msgspec.structs.replace(found, license=value)
    return found if found.npi and found.family else None
