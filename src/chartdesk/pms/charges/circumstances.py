"""Why the patient came, as a claim has to say it: accident, onset, inability to work, hospital, who sent the patient.

Plain data, kept with the visit and its charges. Everything may be unknown; what is unknown is left out of the JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from chartdesk.kit import typed
from chartdesk.pms.charges import admissions
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.named import checked as checked_name
from chartdesk.pms.registration.validation import Faults
from chartdesk.pms.registration.vocabulary import STATES

#: What a condition may be due to; ``none`` says that somebody asked and it was no accident.
CAUSES = {"auto": "a car accident", "employment": "work", "other": "another accident", "none": "no accident"}
#: Roles of other clinicians on a claim, in words.
ROLES = {
    "referring": "referring", "ordering": "ordering", "supervising": "supervising", "attending": "attending",
}  # fmt: skip
#: Dates and what they are, in words.
DATES = {
    "accident_on": "The date of the accident", "onset": "The onset of the illness",
    "last_period": "The last menstrual period", "first_treated": "The first treatment",
    "unable_from": "The first day unable to work", "unable_to": "The last day unable to work",
    "admitted": "The admission", "discharged": "The discharge",
}  # fmt: skip
#: Those that lie before the visit or on its day.
_PAST = ("accident_on", "onset", "last_period", "first_treated", "admitted")
#: Taking and handling of specimens, which go with the test.
#: The most characters of an insurer's claim number (REF02).
_MOST_NUMBER = 50
_SPECIMENS = frozenset({"36415", "36416", "99000", "99001", "G0471", "P9603", "P9604"})


class Circumstances(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody said about a visit. ``causes`` are codes of CAUSES, two at most; empty where nobody said."""

    causes: tuple[str, ...] = ()
    accident_on: date | None = None
    accident_state: str = ""
    onset: date | None = None
    last_period: date | None = None
    first_treated: date | None = None
    unable_from: date | None = None
    unable_to: date | None = None
    admitted: date | None = None
    discharged: date | None = None
    referring: Named | None = None
    ordering: Named | None = None
    supervising: Named | None = None
    #: The number that the insurer of the car, the house or the employer has given the case (REF*Y4).
    claim_number: str = ""
    #: For institutional claims: who attended where that is not who rendered, and how the patient came and went.
    attending: Named | None = None
    admission_type: str = ""
    admission_source: str = ""
    patient_status: str = ""
    admitted_at: str = ""
    discharged_at: str = ""

    @property
    def accident(self) -> bool:
        """Whether an accident, or work, is named as the cause."""
        return any(one != "none" for one in self.causes)

    def people(self) -> Iterator[tuple[str, Named]]:
        """Those who are named, by their role."""
        for role in ROLES:
            if (one := getattr(self, role)) is not None:
                yield role, one


NOTHING = Circumstances()


def kept(said: Circumstances) -> dict[str, Any]:
    """As JSON data; empty where nothing was said."""
    plain: dict[str, Any] = msgspec.to_builtins(said)
    return plain | {"causes": list(said.causes)} if said.causes else plain  # as it comes back from JSON


def restored(plain: dict[str, Any] | None) -> Circumstances:
    """From its JSON data."""
    return typed.convert(plain, Circumstances) if plain else NOTHING


def completed(said: Circumstances, by: Circumstances) -> Circumstances:
    """``said``, and where it says nothing what ``by`` says. An accident is taken whole: cause, date and state."""
    accident = ("causes", "accident_on", "accident_state")
    names = [one for one in Circumstances.__struct_fields__ if one not in accident]
    more = {one: getattr(by, one) for one in names if not getattr(said, one)}
    if not said.causes and not said.accident_on:
        more |= {one: getattr(by, one) for one in accident}
    return msgspec.structs.replace(said, **more)


def orderable(code: str) -> str:
    """What kind of service it is that somebody orders: laboratory, imaging or equipment; empty for any other."""
    if code[:1] in "EKL" and code[1:].isdigit():
        return "equipment"
    if len(code) == 5 and code[:4].isdigit():
        return {"7": "imaging", "8": "laboratory"}.get(code[0], "")
    return ""


def seen(code: str) -> bool:
    """Whether the clinician saw the patient for it: it is no test, no equipment, and no taking of a specimen."""
    return not orderable(code) and code not in _SPECIMENS


def sentences(said: Circumstances) -> list[str]:
    """What was said, for people to read: the cause first, then the dates, then who is named."""
    lines = []
    if said.causes:
        state = f" in {said.accident_state}" if said.accident_state else ""
        day = f" on {said.accident_on:%b %-d, %Y}" if said.accident_on else ""
        lines.append(
            f"Due to {' and '.join(CAUSES[one] for one in said.causes)}{state}{day}".replace("Due to no", "No")
        )
    for name, words in DATES.items():
        if name != "accident_on" and (on := getattr(said, name)) is not None:
            lines.append(f"{words.removeprefix('The ').capitalize()}: {on:%b %-d, %Y}")
    if said.claim_number:
        lines.append(f"The insurer's claim number: {said.claim_number}")
    lines += admissions.sentences(said)
    lines += [f"{ROLES[role].capitalize()}: {one.name}, NPI {one.npi}" for role, one in said.people()]
    return lines


def checked(said: Circumstances, day: date | None) -> Circumstances:
    """As it is kept, of a visit on ``day``. Raises Invalid with every wrong field."""
    faults = Faults()
    _check_accident(said, faults)
    for name, words in misordered(said, day):
        faults.add(name, words, "Correct the date.")
    admissions.check(said, faults)
    people = {role: checked_name(one, ROLES[role], role, faults) for role, one in said.people()}
    faults.raise_any("What was said about the visit")
    state = said.accident_state.strip().upper()
    causes = tuple(one for one in CAUSES if one in said.causes)
    number = said.claim_number.strip().upper()
    return msgspec.structs.replace(said, causes=causes, accident_state=state, claim_number=number, **people)


def misordered(said: Circumstances, day: date | None) -> Iterator[tuple[str, str]]:
    """The dates that cannot be, of services up to ``day``: the field and why, in a sentence."""
    for name in _PAST:
        on = getattr(said, name)
        if on is not None and day is not None and on > day:
            yield name, f"{DATES[name]}, {on:%b %-d, %Y}, lies after the service on {day:%b %-d, %Y}."
    for first, last in (("unable_from", "unable_to"), ("admitted", "discharged")):
        begun, ended = getattr(said, first), getattr(said, last)
        if begun is not None and ended is not None and ended < begun:
            yield last, f"What ends on {ended:%b %-d, %Y} begins on {begun:%b %-d, %Y}."
    if said.discharged is not None and said.admitted is None:
        yield "admitted", "The discharge from hospital is named without the admission."


def _check_accident(said: Circumstances, faults: Faults) -> None:
    for one in said.causes:
        if one not in CAUSES:
            faults.add("cause", f"{one!r} is no cause.", f"Choose from {', '.join(CAUSES)}.")
    if len(said.causes) > 2 or len(set(said.causes)) < len(said.causes):
        faults.add("cause", "A claim has room for two causes.", "Name the two that matter.")
    if "none" in said.causes and len(said.causes) > 1:
        faults.add("cause", "It was no accident, and it was one.", "Choose one of the two.")
    state = said.accident_state.strip().upper()
    if state and state not in STATES:
        faults.add("accident_state", f"{said.accident_state!r} is not a state.", "Write it like OH.")
    if "auto" in said.causes and not state:
        faults.add("accident_state", "A car accident needs the state where it happened.", "Choose the state.")
    if {"auto", "other"} & set(said.causes) and said.accident_on is None:
        faults.add("accident_on", "An accident needs its date.", "Enter the day it happened.")
    if not said.accident and (said.accident_on is not None or state or said.claim_number.strip()):
        words = "The date, state or claim number of an accident is named, and no accident."
        faults.add("cause", words, "Say what it was.")
    if len(said.claim_number.strip()) > _MOST_NUMBER:
        faults.add(
            "claim_number", "The claim number is longer than 50 characters.", "Copy it from the insurer's letter."
        )
