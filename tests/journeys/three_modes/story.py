"""Seven days of a practice with forty visits, as a list of steps. Plain data: nothing of Chartdesk is imported here.

A step is a moment, the half that takes it, what it does and with what. Halves know patients, visits and people by the
names that the story gives them, so the same list is played in one installation and in two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
#: A Monday; the practice works on all seven days.
FIRST = date(2026, 3, 2)
DAYS = 7

CLINICIANS = {
    "A": {"family": "Reed", "given": "Ana", "credential": "MD", "npi": "1999999901", "taxonomy": "207Q00000X"},
    "B": {"family": "Boone", "given": "Carl", "credential": "DO", "npi": "1999999919", "taxonomy": "207Q00000X"},
}
SITE = {"name": "Main Street", "line1": "100 Main Street", "city": "Columbus", "state": "OH", "postal_code": "43215"}
ROOMS = ("Exam 1", "Exam 2")
#: Visit types: code, name, minutes, template of the note.
KINDS = (
    ("new", "New patient", 30, "new_patient"),
    ("office", "Office visit", 20, "office_visit"),
    ("sick", "Sick visit", 20, "sick_visit"),
)
PAYERS = (("ACME1", "Acme Health Plan", "CI"), ("NORTH", "Northpoint Mutual", "CI"), ("12345", "Medicare Part B", "MB"))
FEES = (
    ("99203", "New patient, low", "165.00"),
    ("99204", "New patient, moderate", "240.00"),
    ("99212", "Office visit, straightforward", "80.00"),
    ("99213", "Office visit, low", "140.00"),
    ("99214", "Office visit, moderate", "195.00"),
    ("87880", "Rapid strep test", "32.00"),
    ("81002", "Urine dipstick", "14.00"),
    ("93000", "Electrocardiogram with report", "58.00"),
    ("36415", "Blood draw", "18.00"),
    ("90471", "Giving one vaccine", "35.00"),
)


@dataclass(frozen=True)
class Step:
    """One step. ``half`` is pms or ehr; ``at`` is aware; ``args`` are plain data."""

    at: datetime
    half: str
    do: str
    args: dict[str, Any] = field(default_factory=dict)


def local(day: int, clock: str) -> datetime:
    """A time of a day of the story, aware; day 0 is the first, -1 the day before."""
    return datetime.combine(FIRST + timedelta(days=day), time.fromisoformat(clock), ZONE)


# ---------------------------------------------------------------------------------------------- people

_NAMES = (
    "Abbott Ivy", "Barlow Owen", "Castro Lena", "Dalton Reece", "Ellery June", "Farrow Miles", "Granger Nora",
    "Hollis Theo", "Ibarra Rosa", "Jarvis Cole", "Keller Faye", "Lowell Hugh", "Mercer Edie", "Norris Gale",
    "Osborn Ruth", "Pruitt Dean", "Quincy Opal", "Rhodes Seth", "Sutton Bree", "Turner Walt", "Upton Cora",
    "Vance Ezra", "Wilder Hope", "Xavier Luis", "York Mabel", "Zeller Finn",
)  # fmt: skip
#: Those whom the practice knew before; the others come new, on the day of their first visit.
KNOWN = 16
#: Nobody insures them.
UNINSURED = frozenset({"p12", "p22"})


def person(number: int) -> dict[str, Any]:
    """The demographics of patient ``number``, from 1."""
    family, given = _NAMES[number - 1].split()
    return {
        "family": family,
        "given": given,
        "birth_date": (date(1941, 2, 3) + timedelta(days=911 * number)).isoformat(),
        "sex": "female" if number % 2 else "male",
        "phone_mobile": f"61455501{number:02}",
        "address": {
            "line1": f"{number * 12} Linden Avenue",
            "city": "Columbus",
            "state": "OH",
            "postal_code": f"432{number % 30 + 1:02}",
        },
    }


def card(number: int) -> dict[str, Any]:
    """The insurance card of patient ``number``."""
    payer, _, _ = PAYERS[number % len(PAYERS)]
    # Medicare's identifiers have a form of their own.
    member = f"1EG4TE5MK{number:02}" if payer == "12345" else f"{payer[:3]}{100200300 + number}"
    return {
        "payer_id": payer,
        "rank": 1,
        "member_id": member,
        "group_number": "" if payer == "12345" else f"G{number:04}",
        "plan_name": "" if payer == "12345" else "Gold",
        "effective": "2025-01-01",
        "printed_copay": "25.00" if number % 3 else None,
    }


def _registered(at: datetime, name: str) -> Iterator[Step]:
    """Patient ``p07`` comes to be known; a double such as ``d03`` is the same person with less of the truth."""
    number = int(name[1:])
    about = person(number)
    if name.startswith("d"):
        about = {**about, "given": f"{about['given'][:1]}.", "phone_mobile": f"61455502{number:02}"}
    yield Step(at, "pms", "register", {"patient": name, "person": about})
    if name.startswith("p") and name not in UNINSURED:
        yield Step(at, "pms", "add_coverage", {"patient": name, "card": card(number)})


# ---------------------------------------------------------------------------------------------- visits


@dataclass(frozen=True)
class Visit:
    """A visit as it was booked, and what becomes of it.

    ``fate``: seen; late (signed two days after); addended; extra (the biller adds a line after approval); cancelled;
    noshow; back (cancelled and taken back, then seen); later (moved to ``to``); handed (to the other clinician).
    """

    key: str
    day: int
    clock: str
    who: str
    kind: str
    patient: str
    fate: str = "seen"
    to: tuple[int, str] | None = None

    @property
    def starts(self) -> datetime:
        """When it takes place, in the end."""
        return local(*(self.to or (self.day, self.clock)))

    @property
    def clinician(self) -> str:
        """Who sees the patient, in the end."""
        return {"A": "B", "B": "A"}[self.who] if self.fate == "handed" else self.who


def _visits() -> list[Visit]:
    table = """
        0 09:00 A office p01 seen
        0 09:30 B office p02 addended
        0 10:00 A sick p03 late
        0 10:30 B office p04 cancelled
        0 11:00 A new p17 seen
        0 13:00 B office p05 late
        1 09:00 A office p06 seen
        1 09:30 B sick p07 noshow
        1 10:00 A office p08 later 2 15:00
        1 10:30 B new p18 seen
        1 11:00 A office p09 seen
        1 13:00 B office p10 extra
        2 09:00 A sick d03 seen
        2 09:30 B office p11 handed
        2 10:00 A new p19 late
        2 10:30 B office p12 seen
        2 11:00 A office p13 back
        2 13:00 B sick p14 addended
        3 09:00 A office p15 seen
        3 09:30 B office p16 cancelled
        3 10:00 A sick d07 seen
        3 10:30 B new p20 seen
        3 11:00 A office p02 later 5 09:30
        3 13:00 B office p01 seen
        4 09:00 A office p04 seen
        4 09:30 B sick p05 noshow
        4 10:00 A new p21 seen
        4 10:30 B office p06 extra
        4 11:00 A office p03 seen
        4 13:00 B new p22 seen
        5 09:00 A office p08 seen
        5 10:30 B sick p09 late
        5 11:00 A new p23 addended
        5 13:00 B office p10 handed
        6 09:00 A office p13 seen
        6 09:30 B sick p14 seen
        6 10:00 A new p24 seen
        6 10:30 B office p07 noshow
        6 11:00 A new p25 later 6 14:00
        6 13:00 B new p26 seen
    """
    found = []
    for number, line in enumerate(table.strip().splitlines(), start=1):
        day, clock, who, kind, patient, fate, *to = line.split()
        moved = (int(to[0]), to[1]) if to else None
        found.append(Visit(f"v{number:02}", int(day), clock, who, kind, patient, fate, moved))
    return found


VISITS = _visits()
SEEN = frozenset({"seen", "late", "addended", "extra", "back", "later", "handed"})
_CODES = {
    "new": (["I10", "E78.5"], [("99204", [], [1, 2])], 46),
    "office": (["E11.9", "I10"], [("99214", ["25"], [1, 2]), ("93000", [], [2]), ("36415", [], [1])], 33),
    "sick": (["J02.0"], [("99213", ["25"], [1]), ("87880", [], [1])], 21),
}


def note(visit: Visit) -> dict[str, Any]:
    """What the clinician writes."""
    diagnoses, procedures, minutes = _CODES[visit.kind]
    number = int(visit.key[1:])
    return {
        "text": f"Seen for visit {number}. Findings as expected.",
        "diagnoses": diagnoses if number % 4 else diagnoses[:1],
        "procedures": [
            {"code": code, "modifiers": modifiers, "pointers": pointers if number % 4 else [1], "units": "1"}
            for code, modifiers, pointers in (procedures if number % 5 else procedures[:1])
        ],
        "minutes": minutes + number % 3,
        "came": _came(visit, number),
        "decision": {"problems": "moderate", "data": "low", "risk": "moderate"} if visit.kind == "office" else {},
    }


def _came(visit: Visit, number: int) -> dict[str, Any]:
    """Why the patient came, of every third visit: an accident on the road, an illness, somebody who referred."""
    before = (visit.starts.date() - timedelta(days=2)).isoformat()
    other = {"family": "Okafor-Smith", "given": "Ngozi", "npi": "1993999998"}
    return {
        0: {"causes": ["auto"], "accident_on": before, "accident_state": "OH"},
        3: {"causes": ["none"], "onset": before, "unable_from": before},
        6: {"referring": {**other, "license": "OH35.071234"}, "ordering": other, "supervising": other},
    }.get(number % 9, {})


def _clinic(visit: Visit) -> Iterator[Step]:
    """The way of a visit that takes place through the clinic, on its day."""
    starts, name = visit.starts, {"visit": visit.key}
    about = {**name, "starts": starts.isoformat(), "clinician": visit.clinician}
    yield Step(starts - timedelta(minutes=10), "pms", "check_in", name)
    yield Step(starts + timedelta(minutes=2), "pms", "room", {**name, "room": ROOMS[visit.clinician == "B"]})
    yield Step(starts + timedelta(minutes=8), "ehr", "write", {**about, "note": note(visit)})
    if visit.fate != "late":
        yield Step(starts + timedelta(minutes=18), "ehr", "sign", about)
    yield Step(starts + timedelta(minutes=20), "pms", "check_out", name)
    if visit.fate == "late":
        days = min(2, DAYS - 1 - (starts.date() - FIRST).days)
        yield Step(starts + timedelta(days=days, hours=4), "ehr", "sign", about)
    if visit.fate == "addended":
        later = {**about, "text": "The patient called back: better since this morning."}
        yield Step(starts + timedelta(hours=3), "ehr", "addend", later)


def _desk(visit: Visit) -> Iterator[Step]:
    """What the front desk does about a visit before its day, or at its time."""
    booked = {"visit": visit.key, "patient": visit.patient, "clinician": visit.who, "kind": visit.kind,
              "starts": local(visit.day, visit.clock).isoformat()}  # fmt: skip
    called = local(visit.day - 1 if visit.patient.startswith("p") else visit.day, "08:00")
    if visit.patient.startswith("d") or int(visit.patient[1:]) > KNOWN:
        yield from _registered(called, visit.patient)
    yield Step(called, "pms", "book", {**booked, "reason": "as called" if visit.kind == "sick" else "follow-up"})
    name, morning = {"visit": visit.key}, local(visit.day, "08:20")
    if visit.fate == "cancelled":
        yield Step(morning, "pms", "cancel", {**name, "reason": "The patient is better."})
    elif visit.fate == "back":
        yield Step(morning - timedelta(hours=14), "pms", "cancel", {**name, "reason": "The patient cannot come."})
        yield Step(morning, "pms", "undo", name)
    elif visit.fate == "noshow":
        yield Step(visit.starts + timedelta(minutes=40), "pms", "no_show", name)
    elif visit.fate == "later":
        yield Step(morning, "pms", "move", {**name, "starts": visit.starts.isoformat()})
    elif visit.fate == "handed":
        yield Step(morning, "pms", "move", {**name, "clinician": visit.clinician})


def _beside() -> Iterator[Step]:
    """What happens beside the visits: merges, changed people, changed insurance."""
    # The second record of one person is found while they wait, and of another only after the claim was sent.
    yield Step(local(2, "09:04"), "pms", "merge", {"source": "d03", "target": "p03"})
    yield Step(local(4, "08:40"), "pms", "merge", {"source": "d07", "target": "p07"})
    moved = {**person(6), "address": {**person(6)["address"], "line1": "9 Birch Court"}}
    yield Step(local(3, "12:10"), "pms", "amend", {"patient": "p06", "person": moved})
    yield Step(local(1, "12:20"), "pms", "amend", {"patient": "p05", "person": {**person(5), "family": "Ellery-Shaw"}})
    # The card was read wrongly: noticed after the visit, before the note was signed.
    right = {**card(5), "member_id": "1EG4TE5MK99"}
    yield Step(local(1, "15:00"), "pms", "amend_coverage", {"patient": "p05", "card": right})
    # Another insurer since last week: told a day after the visit, when the claim had gone.
    yield Step(local(2, "12:30"), "pms", "change_insurer", {
        "patient": "p09", "ends": (FIRST - timedelta(days=3)).isoformat(),
        "card": {**card(10), "member_id": "NOR777", "effective": (FIRST - timedelta(days=2)).isoformat()},
    })  # fmt: skip
    # And one before the claim has gone: the evening bills the new one.
    yield Step(local(5, "15:30"), "pms", "change_insurer", {
        "patient": "p08", "ends": local(4, "12:00").date().isoformat(),
        "card": {**card(7), "member_id": "NOR888", "effective": local(5, "12:00").date().isoformat()},
    })  # fmt: skip
    for visit in VISITS:
        if visit.fate == "extra":
            yield Step(local((visit.starts.date() - FIRST).days + 1, "16:00"), "pms", "add_line",
                       {"visit": visit.key, "code": "81002", "pointers": [1]})  # fmt: skip


def steps() -> list[Step]:
    """Every step of the story, by time; what happens at one moment stays in the order it is told in."""
    before = [one for n in range(1, KNOWN + 1) for one in _registered(local(-1, "07:00"), f"p{n:02}")]
    told = [step for visit in VISITS for step in _desk(visit)]
    told += [step for visit in VISITS if visit.fate in SEEN for step in _clinic(visit)]
    told += list(_beside())
    told += [Step(local(day, "19:00"), "pms", "evening", {"day": day}) for day in range(DAYS)]
    return sorted([*before, *told], key=lambda step: step.at)
