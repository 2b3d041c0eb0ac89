"""Who works in the demo practice, where, when, and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from chartdesk.record.access.subject import Role

PASSWORD = "chartdesk-demo"  # noqa: S105  (a demo's password is printed at every start)


@dataclass(frozen=True)
class Login:
    """A person who can log in."""

    username: str
    name: str
    role: Role
    shown: bool = False
    password: str = PASSWORD


@dataclass(frozen=True)
class Clinician:
    """A provider with a calendar column. ``pattern`` is weekday → (site, starts, ends) spans."""

    username: str
    family: str
    given: str
    credential: str
    npi: str
    taxonomy: str
    color: str
    sites: tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """A visit type. ``color`` is a color name of the design system."""

    code: str
    name: str
    minutes: int
    color: str
    template: str
    new_patient: bool = False


SLUG, NAME, ZONE = "riverbend", "Riverbend Family Medicine", "America/New_York"
DETAILS = {
    "zone": ZONE,
    "npi": "1999999935",
    "tax_id": "311234567",
    "taxonomy": "207Q00000X",
    "phone": "6145550140",
    "line1": "400 River Street",
    "city": "Columbus",
    "state": "OH",
    "postal_code": "432151010",
}
SECOND_SLUG, SECOND_NAME = "lakeview", "Lakeview Pediatrics"

LOGINS = (
    Login("frontdesk", "Dana Whitfield", Role.FRONT_DESK, shown=True),
    Login("frontdesk2", "Marcus Bell", Role.FRONT_DESK),
    Login("nurse", "Imani Osei", Role.NURSE, shown=True),
    Login("drchen", "Grace Chen", Role.CLINICIAN, shown=True),
    Login("drpatel", "Rohan Patel", Role.CLINICIAN),
    Login("npgarcia", "Elena Garcia", Role.CLINICIAN),
    Login("biller", "Terry Novak", Role.BILLER, shown=True),
    Login("manager", "Helen Brandt", Role.MANAGER, shown=True),
    Login("lakeview", "Sam Reyes", Role.MANAGER, shown=True),
)
MANAGER, BILLER = "Helen Brandt", "Terry Novak"
CLINICIANS = (
    Clinician("drchen", "Chen", "Grace", "MD", "1999999901", "207Q00000X", "azure", (0, 1)),
    Clinician("drpatel", "Patel", "Rohan", "DO", "1999999919", "207Q00000X", "purple", (0,)),
    Clinician("npgarcia", "Garcia", "Elena", "NP", "1999999927", "363LF0000X", "teal", (1,)),
)
SITES = (
    ("River Street", "400 River Street", "Columbus", "43215", "6145550140", "11"),
    ("Northside", "2250 Northside Avenue", "Columbus", "43214", "6145550141", "11"),
    ("Hocking Valley Rural Clinic", "71 Canal Road", "Logan", "43138", "7405550142", "72"),
)
#: The rural health clinic among them: who sees patients there, on which weekday, from when to when.
RURAL, RURAL_CLINICIAN, RURAL_WEEKDAY, RURAL_HOURS = 2, 2, 2, (time(9, 0), time(12, 30))
#: Whom it bills on the UB-04, and for what: visits and small procedures. Tests stay on professional claims.
RURAL_PAYERS, RURAL_CODES = ("MCR05", "MCD77"), ("99202-99215", "G0438-G0439", "10004-69990")
#: Rooms as (name, site).
ROOMS = (("Room 1", 0), ("Room 2", 0), ("Room 3", 1), ("Room 4", 1), ("Clinic room", RURAL))
KINDS = (
    Kind("new", "New patient", 40, "indigo", "new_patient", new_patient=True),
    Kind("office", "Office visit", 20, "azure", "office_visit"),
    Kind("followup", "Follow-up", 20, "teal", "follow_up"),
    Kind("sick", "Sick visit", 15, "orange", "sick_visit"),
    Kind("wellness", "Annual wellness", 40, "green", "annual_wellness"),
    Kind("procedure", "Procedure", 30, "pink", "procedure"),
)
#: Weekdays of each clinician as (clinician, weekday, site, starts, ends); Monday is 0.
HOURS = tuple(
    (who, weekday, site, starts, ends)
    for who, week in enumerate(
        (
            {0: 0, 1: 0, 2: 1, 3: 0, 4: 0},
            {0: 0, 1: 0, 2: 0, 3: 0},
            {0: 1, 1: 1, 3: 1, 4: 1},
        )
    )
    for weekday, site in week.items()
    for starts, ends in ((time(8, 30), time(12, 0)), (time(13, 0), time(17, 0)))
)


def holidays(year: int) -> list[tuple[date, str]]:
    """The days of a year on which the practice is closed."""
    thursday = next(date(year, 11, number) for number in range(22, 29) if date(year, 11, number).weekday() == 3)
    monday = next(date(year, 9, number) for number in range(1, 8) if date(year, 9, number).weekday() == 0)
    memorial = next(date(year, 5, number) for number in range(31, 24, -1) if date(year, 5, number).weekday() == 0)
    return [
        (date(year, 1, 1), "New Year's Day"),
        (memorial, "Memorial Day"),
        (date(year, 7, 4), "Independence Day"),
        (monday, "Labor Day"),
        (thursday, "Thanksgiving"),
        (date(year, 12, 25), "Christmas Day"),
    ]
