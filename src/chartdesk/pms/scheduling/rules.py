"""What may happen to a visit, and when: a table of actions, where they start from and where they lead.

A visit's way is a list of steps, each with its time; the last one is where it stands. Pure: no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

#: The steps, and how a person says that a visit stands there.
STATES = {
    "booked": "booked",
    "confirmed": "confirmed",
    "arrived": "checked in",
    "roomed": "in a room",
    "departed": "checked out",
    "cancelled": "cancelled",
    "noshow": "marked as a no-show",
}

#: Appointment.status of each step (https://hl7.org/fhir/R4/valueset-appointmentstatus.html).
FHIR_STATUS = {
    "booked": "booked",
    "confirmed": "booked",
    "arrived": "arrived",
    "roomed": "arrived",
    "departed": "fulfilled",
    "cancelled": "cancelled",
    "noshow": "noshow",
}

#: The step that a status means when somebody outside sets it. Other statuses are not yet, or not, a visit.
STEP_OF_STATUS = {
    "booked": "booked",
    "arrived": "arrived",
    "checked-in": "arrived",
    "fulfilled": "departed",
    "cancelled": "cancelled",
    "noshow": "noshow",
}

#: Steps in which a visit holds its provider's and its room's time.
HOLDING = frozenset({"booked", "confirmed", "arrived", "roomed", "departed"})

#: Steps on the way to a step, for a visit that is first heard of when it already stands there.
WAY = {
    "booked": ("booked",),
    "confirmed": ("booked", "confirmed"),
    "arrived": ("booked", "arrived"),
    "roomed": ("booked", "arrived", "roomed"),
    "departed": ("booked", "departed"),
    "cancelled": ("booked", "cancelled"),
    "noshow": ("booked", "noshow"),
}


@dataclass(frozen=True)
class Action:
    """What somebody does to a visit: from which steps, to which (None: it stays), and the participle."""

    starts_from: frozenset[str]
    leads_to: str | None
    participle: str


def _action(starts_from: str, leads_to: str | None, participle: str) -> Action:
    return Action(frozenset(starts_from.split()), leads_to, participle)


ACTIONS = {
    "move": _action("booked confirmed arrived", None, "moved"),
    "confirm": _action("booked", "confirmed", "confirmed"),
    "check_in": _action("booked confirmed", "arrived", "checked in"),
    "room": _action("arrived", "roomed", "brought to a room"),
    "change_room": _action("booked confirmed arrived roomed", None, "given another room"),
    "check_out": _action("arrived roomed", "departed", "checked out"),
    "cancel": _action("booked confirmed arrived", "cancelled", "cancelled"),
    "no_show": _action("booked confirmed", "noshow", "marked as a no-show"),
}

#: The action that leads to a step; nothing leads back to booked but undo.
ACTION_TO = {action.leads_to: name for name, action in ACTIONS.items() if action.leads_to}

_CURES = {
    "booked": "Check the patient in first.",
    "confirmed": "Check the patient in first.",
    "arrived": "Undo the check-in first.",
    "roomed": "Undo the rooming first.",
    "departed": "Undo the check-out first.",
    "cancelled": "Undo the cancellation, or book a new visit.",
    "noshow": "Undo the no-show, or book a new visit.",
}


@dataclass(frozen=True)
class Refusal:
    """Why not, and what to do instead."""

    message: str
    cure: str


def refusal(action: str, step: str) -> Refusal | None:
    """Why ``action`` is not possible on a visit at ``step``; None when it is."""
    wanted = ACTIONS[action]
    if step in wanted.starts_from:
        return None
    if wanted.leads_to == step:
        return Refusal(f"The visit is already {STATES[step]}.", "Reload the page to see it as it stands.")
    state = STATES.get(step, step)
    cure = _CURES.get(step, "Book it first.")
    return Refusal(f"A visit that is {state} cannot be {wanted.participle}.", cure)


def step_refusal(wanted: str, step: str) -> Refusal | None:
    """Why a visit at ``step`` cannot go on to the step ``wanted``; None when it can."""
    action = ACTION_TO.get(wanted)
    if action is None:
        return Refusal(
            f"A visit that is {STATES[step]} cannot go back to being {STATES[wanted]} at once.",
            "Undo one step at a time.",
        )
    return refusal(action, step)


def too_early(action: str, starts: datetime, now: datetime, zone: str) -> Refusal | None:
    """Check-in waits for the visit's day, a no-show for its time. Moments are aware, ``zone`` is IANA's."""
    local = ZoneInfo(zone)
    day, today = starts.astimezone(local).date(), now.astimezone(local).date()
    if action == "check_in" and today < day:
        return Refusal(
            f"The visit is on {spoken(day)}, not today.", "Move it to today, or check in the visit of today."
        )
    if action == "no_show" and now < starts:
        return Refusal("The visit has not begun yet.", "Wait until its time, or cancel it.")
    return None


def undo_refusal(steps: tuple[str, ...]) -> Refusal | None:
    """Why the last of ``steps`` cannot be taken back; None when it can."""
    if len(steps) < 2:
        return Refusal("There is no step to undo: the visit is only booked.", "Cancel it instead.")
    return None


def step_meant(status: str, given: str, present: str) -> str:
    """The step that a write means: the status it carries decides, a step that agrees with it refines.

    ``given`` is the step the written resource names, ``present`` where the visit stands; both may be empty.
    A status that is not a visit's (``proposed``, ``waitlist``, ...) gives an empty step.
    """
    for step in (given, present):
        if step in FHIR_STATUS and FHIR_STATUS[step] == status:
            return step
    return STEP_OF_STATUS.get(status, "")


def spoken(day: date) -> str:
    """A date as people say it: ``Tuesday, March 3, 2026``."""
    return f"{day:%A, %B %-d, %Y}"


def clock_time(moment: datetime, zone: str) -> str:
    """A local time as people say it: ``9:05 AM``."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M %p}"


def when(starts: datetime, ends: datetime, zone: str) -> str:
    """A span of local time: ``Tuesday, March 3, 2026, 9:00 AM to 9:30 AM``."""
    day = spoken(starts.astimezone(ZoneInfo(zone)).date())
    return f"{day}, {clock_time(starts, zone)} to {clock_time(ends, zone)}"
