"""How fast visits are booked and free times are found beside two years of bookings.

    python bench/booking.py [bookings]

Starts a durable server of its own in a temporary folder (fsync on) and removes it. Twenty providers at two
sites have hours on weekdays; 100,000 bookings of the two years before lie in the tables, copied in bulk.
What is measured runs as the application does it: the command or query itself, with row-level security,
audit, event and notice. Bookings are made by one client, then by sixteen in two processes, each time for
free slots of their own. A refusal is a booking of a slot that is taken, with the alternatives it offers.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path
from typing import Any

LIMIT_OPENINGS_MS = 100
PROVIDERS, PROCESSES, THREADS, EACH = 20, 2, 8, 20
ROUNDS = 20
FIRST = date(2026, 3, 2)
NOW = datetime(2026, 2, 27, 17, tzinfo=UTC)

_PAST = """
    INSERT INTO scheduling_booking (practice, resource_id, lane, starts, ends, appointment)
    SELECT %(practice)s, p, 0, at, at + interval '20 minutes', 'past-' || p || '-' || extract(epoch FROM at)
      FROM unnest(%(providers)s::int[]) AS p,
           generate_series(%(until)s - %(days)s * interval '1 day', %(until)s, interval '1 day') AS day,
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
        made = setup.add_provider(subject, family=f"Provider{number:02}", given="Ana")
        providers.append(made.resource_id)
        for weekday, (first, last) in itertools.product(range(5), ((8, 12), (13, 17))):
            setup.set_hours(
                subject,
                made.resource_id,
                site_id=sites[number % 2],
                weekday=weekday,
                starts=wall(first),
                ends=wall(last),
            )
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

    values = {
        "practice": practice,
        "providers": providers,
        "until": NOW - timedelta(days=2),
        "days": 730,
        "count": count,
    }
    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        # The tables' owner is fenced too.
        owner.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(practice)])
        owner.execute(_PAST, values)
        owner.execute(_PAST_INDEX, values)
        owner.execute("VACUUM ANALYZE scheduling_booking")
        owner.execute("VACUUM ANALYZE scheduling_appointmentindex")


def book(place: dict[str, Any], client: int, number: int) -> None:
    """Client ``client`` books the ``number``-th free slot of its own."""
    from chartdesk.kit import clock
    from chartdesk.pms.scheduling import commands
    from chartdesk.record.access.subject import system

    # From 8 in winter and from 9 in summer: three hours that are open in both.
    day, slot = divmod(number, 9)
    opens = datetime(FIRST.year, FIRST.month, FIRST.day, 13, tzinfo=UTC) + timedelta(weeks=day)
    request = commands.BookingRequest(
        patient_id=place["patients"][client],
        provider_id=place["providers"][client],
        site_id=place["sites"][client % 2],
        visit_type="office",
        starts=opens + timedelta(minutes=20 * slot),
    )
    with clock.at(NOW):
        commands.book(system(place["practice"], "bench"), request)


def share(place: dict[str, Any], process: int, begin: float) -> tuple[float, float, list[float]]:
    """What one process books with its threads: when it began and ended, and milliseconds of each booking."""
    import django

    django.setup()
    clients = [process * THREADS + number for number in range(THREADS)]

    def work(client: int) -> list[float]:
        return [timed(lambda n=number: book(place, client, n)) for number in range(EACH)]

    with ThreadPoolExecutor(THREADS) as threads:
        # One booking each that does not count: the first of a process compiles what the others use.
        list(threads.map(lambda client: book(place, client, EACH), clients))
        time.sleep(max(0.0, begin - time.time()))
        began = time.time()
        taken = [one for found in threads.map(work, clients) for one in found]
        return began, time.time(), taken


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def report(name: str, taken: list[float], rate: float | None = None) -> float:
    """Print one line; returns the median in ms."""
    middle = statistics.median(taken)
    speed = f"   {rate:6.0f}/s" if rate else ""
    print(
        f"  {name:44} min {min(taken):6.1f}   median {middle:6.1f}   max {max(taken):6.1f} ms{speed}",
        flush=True,
    )
    return middle


def searches(place: dict[str, Any]) -> float:
    """Openings, the day and refusals by one client; returns the slowest median of a search in ms."""
    from chartdesk.kit import clock
    from chartdesk.pms.scheduling import commands, queries
    from chartdesk.record.access.subject import system

    subject = system(place["practice"], "bench")
    spare = PROCESSES * THREADS

    def openings(providers: int, days: int, limit: int) -> Callable[[], object]:
        return lambda: queries.openings(
            subject,
            "office",
            first=FIRST,
            last=FIRST + timedelta(days=days),
            provider_ids=place["providers"][:providers],
            limit=limit,
        )

    def refused() -> None:
        try:
            book(place, spare, 0)
        except commands.BookingConflict as refusal:
            assert len(refusal.alternatives) == 5
        else:
            raise AssertionError("the slot was taken, and yet booked")

    with clock.at(NOW):
        print(f"  1 process, 1 client, {ROUNDS} rounds")
        medians = [
            report(name, [timed(call) for _ in range(ROUNDS)])
            for name, call in (
                ("20 openings, 20 providers, two weeks", openings(20, 14, 20)),
                ("20 openings, 3 providers, two weeks", openings(3, 14, 20)),
                ("all openings, 20 providers, one week", openings(20, 6, 100_000)),
                ("a past day, 20 providers", lambda: queries.day(subject, FIRST - timedelta(days=20))),
            )
        ]
        book(place, spare, 0)
        report("a refusal with five alternatives", [timed(refused) for _ in range(ROUNDS)])
    return max(medians[:2])


def bookings(place: dict[str, Any]) -> None:
    """Bookings by one client, then by many at once."""
    client = PROCESSES * THREADS + 1
    book(place, client, 0)
    start = time.perf_counter()
    taken = [timed(lambda n=number: book(place, client, n)) for number in range(1, 101)]
    report("bookings, 1 process, 1 client", taken, 100 / (time.perf_counter() - start))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as pool:
        begin = [time.time() + 8] * PROCESSES
        shares = list(pool.map(share, [place] * PROCESSES, range(PROCESSES), begin))
    taken = [one for _, _, found in shares for one in found]
    seconds = max(ended for _, ended, _ in shares) - min(began for began, _, _ in shares)
    report(f"bookings, {PROCESSES} processes, {PROCESSES * THREADS} clients", taken, len(taken) / seconds)


def main() -> int:
    """Run against a server of its own; 0 when the search for openings keeps the limit."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    home = Path(tempfile.mkdtemp(prefix="cd-bench-"))
    os.environ |= {"CHARTDESK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "chartdesk.app.settings"}
    os.environ["CHARTDESK_LOG_LEVEL"] = "WARNING"
    import django

    from chartdesk.app import postgres

    cluster = postgres.start(home)
    try:
        django.setup()
        from chartdesk.app import schema

        schema.migrate()
        place = open_practice(count)
        print(f"beside {count:,} bookings of {PROVIDERS} providers")
        slowest = searches(place)
        bookings(place)
        print(f"slowest median of a search for 20 openings: {slowest:.1f} ms (limit {LIMIT_OPENINGS_MS} ms)")
    finally:
        postgres.stop(cluster)
        if cluster.user:
            shutil.rmtree(cluster.data.parent, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    return 0 if slowest <= LIMIT_OPENINGS_MS else 1


if __name__ == "__main__":
    sys.exit(main())
