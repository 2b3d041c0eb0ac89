"""How fast visits are booked and free times are found beside two years of bookings.

    python -m bench.booking [--size full]

Twenty providers at two sites have hours on weekdays; the bookings of the two years before lie in the tables, copied
in bulk. What is measured runs as the application does it: the command or the query itself, with row-level security,
audit, event and notice. Bookings are made by one client, then by sixteen in two processes, each time for free slots
of their own. A refusal is a booking of a slot that is taken, with the alternatives it offers.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from typing import Any

from bench import measuring
from bench.measuring import Context, Measurement

LIMIT_OPENINGS_MS = 100
PROVIDERS, PROCESSES, THREADS = 20, 2, 8
#: Clients beside those of the processes: one alone, and one whose slot others want.
ALONE, WANTED = PROCESSES * THREADS, PROCESSES * THREADS + 1
FIRST = date(2026, 3, 2)
NOW = datetime(2026, 2, 27, 17, tzinfo=UTC)
#: A provider's slots of 20 minutes in a day that are open in winter and in summer, and weekdays.
SLOTS, WEEKDAYS = 9, 5

_PAST = """
    INSERT INTO scheduling_booking (practice, resource_id, lane, starts, ends, appointment)
    SELECT %(practice)s, p, 0, at, at + interval '20 minutes', 'past-' || p || '-' || extract(epoch FROM at)
      FROM unnest(%(providers)s::int[]) AS p,
           generate_series(%(until)s - interval '730 days', %(until)s, interval '1 day') AS day,
           generate_series(day + interval '14 hours', day + interval '21 hours', interval '20 minutes') AS at
     LIMIT %(count)s
"""
_PAST_INDEX = """
    INSERT INTO scheduling_appointmentindex
           (practice, appointment, patient, provider_id, visit_type, starts, ends, status, reason, cancel_reason,
            overbooked, version)
    SELECT practice, appointment, 'p' || id %% 20000, resource_id, 'office', starts, ends, 'departed', '', '',
           false, 1
      FROM scheduling_booking WHERE practice = %(practice)s
"""


def open_practice(count: int) -> dict[str, Any]:
    """A practice with providers, hours, patients and ``count`` bookings of the past."""
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Guarantor, Person, Registration
    from chartdesk.pms.scheduling import setup
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice("busy", "Busy Practice").pk, "bench")
    sites = [setup.add_site(subject, name=name) for name in ("North", "South")]
    setup.add_visit_type(subject, "office", "Office visit", 20)
    providers = []
    for number in range(PROVIDERS):
        made = setup.add_provider(subject, family=f"Provider{number:02}", given="Ana").resource_id
        providers.append(made)
        for weekday, (first, last) in itertools.product(range(WEEKDAYS), ((8, 12), (13, 17))):
            hours = {"weekday": weekday, "starts": wall(first), "ends": wall(last)}
            setup.set_hours(subject, made, site_id=sites[number % 2], **hours)
    patients = []
    for number in range(PROCESSES * THREADS + 2):
        person = Person(f"Case{number}", f"Pat{number}", birth_date=date(1950, 1, 1) + timedelta(days=number))
        registration = Registration(person, [], Guarantor("self", None))
        patients.append(register(subject, registration, confirmed_distinct=True).patient_id)
    _fill(subject.practice, providers, count)
    return {"practice": subject.practice, "sites": sites, "providers": providers, "patients": patients}


def _fill(practice: int, providers: list[int], count: int) -> None:
    import psycopg

    from chartdesk.app import database

    values = {"practice": practice, "providers": providers, "until": NOW - timedelta(days=2), "count": count}
    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        # The tables' owner is fenced too.
        owner.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(practice)])
        owner.execute(_PAST, values)
        owner.execute(_PAST_INDEX, values)


def book(place: dict[str, Any], client: int, number: int) -> int:
    """Client ``client`` books the ``number``-th slot of its own; says that it did one."""
    from chartdesk.kit import clock
    from chartdesk.pms.scheduling import commands
    from chartdesk.record.access.subject import system

    day, slot = divmod(number, SLOTS)
    week, weekday = divmod(day, WEEKDAYS)
    opens = datetime(FIRST.year, FIRST.month, FIRST.day, 13, tzinfo=UTC) + timedelta(weeks=week, days=weekday)
    request = commands.BookingRequest(
        patient_id=place["patients"][client],
        provider_id=place["providers"][client],
        site_id=place["sites"][client % 2],
        visit_type="office",
        starts=opens + timedelta(minutes=20 * slot),
    )
    with clock.at(NOW):
        commands.book(system(place["practice"], "bench"), request)
    return 1


def share(task: tuple[dict[str, Any], int, float]) -> list[tuple[int, float, float]]:
    """What the threads of one process book, run by run; see ``measuring.rates``."""
    place, process, seconds = task
    clients = [process * THREADS + number for number in range(THREADS)]
    slots = {client: itertools.count() for client in clients}
    with ThreadPoolExecutor(THREADS) as threads:

        def everyone() -> int:
            return sum(threads.map(lambda client: book(place, client, next(slots[client])), clients))

        return measuring.rates(everyone, seconds)


def searches(subject: Any, place: dict[str, Any], rows: str) -> list[Measurement]:
    """Openings, a day, and refusals, by one client."""
    from chartdesk.pms.scheduling import commands, queries

    def openings(providers: int, days: int, limit: int) -> Callable[[], object]:
        span = {"first": FIRST, "last": FIRST + timedelta(days=days)}
        chosen = place["providers"][:providers]
        return lambda: queries.openings(subject, "office", **span, provider_ids=chosen, limit=limit)

    def refused() -> None:
        try:
            book(place, WANTED, 0)
        except commands.BookingConflict as refusal:
            assert len(refusal.alternatives) == 5
        else:
            raise AssertionError("the slot was taken, and yet booked")

    def row(name: str, what: str, call: Callable[[], object], limit: float | None = None) -> Measurement:
        against = "limit" if limit else ""
        return Measurement(name, what, rows, 1, 1, measuring.times(call), "ms", against, limit)

    book(place, WANTED, 0)
    return [
        row("Openings", "20 of 20 providers, two weeks", openings(20, 14, 20), LIMIT_OPENINGS_MS),
        row("Openings", "20 of 3 providers, two weeks", openings(3, 14, 20), LIMIT_OPENINGS_MS),
        row("Openings", "all of 20 providers, one week", openings(20, 6, 100_000)),
        row("Day list", "a past day of 20 providers", lambda: queries.day(subject, FIRST - timedelta(days=20))),
        row("Booking refused", "with five alternatives", refused),
    ]


def measurements(context: Context) -> list[Measurement]:
    """Fill, search, then book: one client alone, then sixteen in two processes."""
    from chartdesk.kit import clock
    from chartdesk.record.access.subject import system

    place = open_practice(context.size.bookings)
    measuring.settle()
    rows = measuring.rows_of(bookings="scheduling_booking")
    with clock.at(NOW):
        found = searches(system(place["practice"], "bench"), place, rows)
    slots = itertools.count()
    seconds = context.size.seconds
    alone = measuring.summed([measuring.rates(lambda: book(place, ALONE, next(slots)), seconds)])
    many = measuring.summed(measuring.together(share, [(place, process, seconds) for process in range(PROCESSES)]))
    return [
        *found,
        Measurement("Bookings", "one client", rows, 1, 1, alone, "bookings/s"),
        Measurement("Bookings", "sixteen clients", rows, PROCESSES, PROCESSES * THREADS, many, "bookings/s"),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["booking"]))
