"""Reading what a page was sent: typed, with a sentence where it cannot be read."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import Role, Subject

#: As many digits as every column for whole numbers can hold.
_DIGITS = 18


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in: the middleware has put subject and practice on it."""

    subject: Subject
    practice: Practice


def staff(request: HttpRequest, *roles: Role) -> StaffRequest:
    """The same request, known to be of somebody who is logged in, and who works as one of ``roles`` where any is named.

    Raises Forbidden.
    """
    asked = cast(StaffRequest, request)
    if roles:
        asked.subject.require(*roles)
    return asked


def day(request: StaffRequest, name: str = "date") -> date:
    """The date parameter; today in the practice's zone where there is none."""
    text = request.GET.get(name, "")
    if not text:
        return clock.today(request.practice.zone)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is not a date.", cure="Write it like 2026-11-21.", where=name) from None


def moment(text: str, zone: str, where: str) -> datetime:
    """A wall-clock time such as ``2026-11-21T09:30`` in the practice's zone. Raises Invalid."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(
            f"{text!r} is not a date and time.", cure="Write it like 2026-11-21T09:30.", where=where
        ) from None
    return read.replace(tzinfo=ZoneInfo(zone)) if read.tzinfo is None else read


def whole(data: QueryDict, name: str, default: int | None = None) -> int:
    """A whole number. Raises Invalid when it is missing and there is no default, or is not one."""
    text = data.get(name) or ""
    if not text and default is not None:
        return default
    if not text.isdecimal() or len(text) > _DIGITS:
        raise Invalid("Choose one.", where=name)
    return int(text)


def optional(data: QueryDict, name: str) -> int | None:
    """A whole number, or None where the field is empty."""
    return whole(data, name) if data.get(name) else None
