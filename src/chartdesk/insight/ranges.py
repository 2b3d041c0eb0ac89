"""The range in which each figure should be, and the weekly look at those that left it.

Ranges are the practice's setting ``figure_ranges``; where it names none, those here hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from chartdesk.insight import kpis
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Invalid
from chartdesk.kit.models import WorkItem
from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Role, Subject, practices
from chartdesk.record.access.people import practice_of

WORK = "figure_out_of_range"
SETTING = "figure_ranges"


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high``, both included; None where that side is open."""

    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in it."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


USUAL = {
    "first_pass_acceptance": Range(low=Decimal(90)),
    "denial_rate": Range(high=Decimal(10)),
    "days_in_ar": Range(high=Decimal(45)),
    "ar_over_90": Range(high=Decimal(20)),
    "charge_lag_days": Range(high=Decimal(3)),
    "submission_lag": Range(high=Decimal(1440)),
    "posting_lag": Range(high=Decimal(5)),
    "net_collection_rate": Range(low=Decimal(85)),
    "underpaid": Range(high=Decimal(0)),
    "no_show_rate": Range(high=Decimal(12)),
    "waiting_minutes": Range(high=Decimal(20)),
}


def ranges(subject: Subject) -> dict[str, Range]:
    """The range of each figure that has one."""
    set_here = practice_of(subject).settings.get(SETTING, {})
    return USUAL | {name: Range(_number(low), _number(high)) for name, (low, high) in set_here.items()}


def set_range(subject: Subject, figure: str, low: str, high: str) -> Range:
    """Say in which range a figure should be, in its unit; an empty text leaves that side open.

    Raises Forbidden, Invalid for what is no number or a range upside down, NotFound for an unknown figure.
    """
    kpis.check_name(figure)
    made = Range(_read(low, "low"), _read(high, "high"))
    if made.low is not None and made.high is not None and made.low > made.high:
        raise Invalid("The lower end is above the upper end.", where="low", cure="Swap them.")
    before = practice_of(subject).settings.get(SETTING, {})
    sides = [None if one is None else str(one) for one in (made.low, made.high)]
    practices.switch(subject, **{SETTING: {**before, figure: sides}})
    return made


def watch(subject: Subject, today: date | None = None) -> list[str]:
    """Look at the last whole week: a work item for each figure that left its range; returns their names.

    Somebody is told once of a figure and week: an item that was closed by hand is not raised again for the same week.
    The item of one that is back in its range, or was not measured, is closed.
    """
    subject.require(Role.MANAGER)
    today = today or clock.today(practice_of(subject).zone)
    monday = today - timedelta(days=today.weekday() + 7)
    with transaction(subject):
        shown = {one.name: one for one in kpis.dashboard(subject, monday, monday + timedelta(days=6)).figures}
        out = []
        for name, wanted in ranges(subject).items():
            one = shown.get(name)
            if one is None or one.value is None or wanted.holds(one.value):
                continue
            out.append(name)
            task = _task(one, one.value, wanted, monday)
            if not _told(subject, task):
                worklist.raise_item(subject, task)
        worklist.close_items(subject, WORK, set(shown) - set(out), by=subject.actor)
        return out


def _told(subject: Subject, task: worklist.Task) -> bool:
    """Whether somebody has closed the item about this figure and week."""
    closed = WorkItem.objects.filter(practice=subject.practice, kind=WORK, key=task.key, link_id=task.link[1])
    return closed.exclude(state="open").exclude(closed_by=subject.actor).exists()


def _task(figure: kpis.Figure, value: Decimal, wanted: Range, monday: date) -> worklist.Task:
    below = wanted.low is not None and value < wanted.low
    end = wanted.low if below else wanted.high
    return worklist.Task(
        kind=WORK,
        key=figure.name,
        role=Role.MANAGER,
        title=f"{figure.title} is {said(value, figure.unit)}, {'below' if below else 'above'} {said(end, figure.unit)}",
        detail=f"In the week of {monday:%B} {monday.day}, {monday.year}. {figure.definition}",
        cure="Open the rows behind the figure, or change its range there.",
        link=("figure", f"{figure.name}@{monday}"),
    )


def said(value: Decimal | None, unit: str) -> str:
    """A value with its unit."""
    if value is None:
        return "open"
    return dollars(value) if unit == "dollars" else f"{value.normalize():f} {unit}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _read(text: str, where: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        number = Decimal(text.strip().strip("$%").replace(",", ""))
    except InvalidOperation as fault:
        raise Invalid(f"{text!r} is no number.", where=where, cure="Give digits, such as 12.5, or nothing.") from fault
    if not number.is_finite() or abs(number) > 10**9:
        raise Invalid(f"{text!r} is no number to measure by.", where=where, cure="Give a smaller one.")
    return number
