"""The ends of the demo's days: every drawer counted, the deposit slip made, as a manager does it before going home."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from chartdesk.app.demo import story
from chartdesk.app.demo.setup import Place
from chartdesk.kit import clock
from chartdesk.kit.transactions import reading
from chartdesk.pms.statements import till_queries, tills
from chartdesk.pms.statements.models import Till
from chartdesk.record.access import Role


def close_days(place: Place, now: datetime) -> int:
    """Close every day before today on which money was taken; how many. Today's drawers stay open."""
    zone, subject = ZoneInfo(story.ZONE), place.person(Role.MANAGER)
    today = now.astimezone(zone).date()
    with reading(subject):
        rows = Till.objects.filter(practice=subject.practice, day__lt=today)
        days = sorted(set(rows.values_list("day", flat=True)))
    for day in days:
        with clock.at(datetime.combine(day, time(18, 45), zone)):
            for one in till_queries.day_view(subject, day).tills:
                cash, checks, cards = one.expected
                tills.count(subject, one.till.pk, cash=cash, checks=checks, cards=cards)
            tills.close(subject, day)
    return len(days)
