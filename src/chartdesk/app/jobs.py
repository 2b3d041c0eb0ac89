"""Jobs that run by the calendar, kept in the same database by procrastinate."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from chartdesk.kit import clock
from chartdesk.kit.models import OutboxEvent
from chartdesk.record.access import grants, keys
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import system
from chartdesk.record.bulk import jobs as bulk

#: The rooms that have jobs of their own: loading them makes the worker know their jobs.
ROOMS = (bulk,)
#: Days for which delivered events are kept.
KEEP_EVENTS = 30
#: Seconds between two looks whether the worker is to stop.
_LOOK = 0.2


@app.periodic(cron="0 1 * * *")
@app.task(queueing_lock="eligibility", pass_context=False)
def check_coming_visits(timestamp: int) -> None:
    """Ask the payers about the visits of the coming days (01:00 UTC)."""
    from chartdesk.pms.claims import eligibility_files

    _in_each(lambda practice: eligibility_files.ask_coming(system(practice, "nightly eligibility")))


@app.periodic(cron="20 1 * * *")
@app.task(queueing_lock="authorizations", pass_context=False)
def watch_authorizations(timestamp: int) -> None:
    """Ask again about pended authorizations, and hold the coming visits against what there is (01:20 UTC)."""
    from chartdesk.pms.authorizations import commands

    def watch(practice: int) -> None:
        subject = system(practice, "authorizations")
        commands.ask_pended(subject)
        commands.watch(subject)

    _in_each(watch)


def check_visit(practice: int, patient_id: str, appointment_id: str) -> int:
    """Ask about the policies of one visit that are in force and have no answer yet; returns how many."""
    from chartdesk.pms.coverage import eligibility, queries
    from chartdesk.pms.scheduling import queries as scheduling

    subject = system(practice, "nightly eligibility")
    visit = scheduling.appointment(subject, appointment_id)
    day = visit.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date()
    asked = 0
    for policy in queries.coverages(subject, patient_id, on=day):
        known = queries.standing(subject, patient_id, appointment_id=appointment_id, coverage_id=policy.coverage_id)
        if policy.expired or (known.latest is not None and known.latest.appointment == appointment_id):
            continue
        eligibility.check(subject, policy.coverage_id, service_date=day, appointment_id=appointment_id)
        asked += 1
    return asked


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="unanswered", pass_context=False)
def settle_unanswered(timestamp: int) -> None:
    """Close questions to payers whose process was killed before the answer came (every ten minutes)."""
    from chartdesk.pms.authorizations import commands as authorizations
    from chartdesk.pms.coverage import commands as coverage

    def settle(practice: int) -> None:
        coverage.settle_unanswered(system(practice, "eligibility"))
        authorizations.settle_unanswered(system(practice, "authorizations"))

    _in_each(settle)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="index", pass_context=False)
def build_indexes(timestamp: int) -> None:
    """Bring each practice's index up to the search parameters of this version (every minute, at once when it is)."""
    from chartdesk.record import definitions

    _in_each(definitions.build)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="merges", pass_context=False)
def settle_merges(timestamp: int) -> None:
    """Carry what came in under the old id of a merged patient (every minute until nothing can)."""
    from chartdesk.record.merging import sweeping

    _in_each(lambda practice: sweeping.sweep(system(practice, "merging")))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="cards", pass_context=False)
def settle_cards(timestamp: int) -> None:
    """Ask the card gateway about charges whose end is not known (every minute)."""
    from chartdesk.pms.cards import settling

    _in_each(settling.sweep)


@app.periodic(cron="0 11 * * *")
@app.task(queueing_lock="patients' money", pass_context=False)
def nightly_money(timestamp: int) -> None:
    """What happens to patients' accounts by itself each day (11:00 UTC): instalments, statements, small balances."""
    from chartdesk.pms.cards import daily

    _in_each(daily.run)


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="sums of days", pass_context=False)
def fold_sums(timestamp: int) -> None:
    """Fold what the ledger's accounts, and the counts of claims, got in the course of a day (01:40 UTC)."""
    from chartdesk.pms.claims import counting
    from chartdesk.pms.ledger import summing

    _in_each(lambda practice: summing.fold(system(practice, "sums of days")))
    _in_each(lambda practice: counting.fold(system(practice, "sums of days")))


@app.periodic(cron="0 2 * * *")
@app.task(queueing_lock="follow-up", pass_context=False)
def follow_claims_up(timestamp: int) -> None:
    """Ask the payers about old claims, and look at the appeals that are pending (02:00 UTC)."""
    from chartdesk.pms.follow_up import commands

    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        subject = system(practice, "follow-up")
        commands.ask_due(subject)
        commands.watch_appeals(subject)


@app.periodic(cron="0 */6 * * *")
@app.task(queueing_lock="missing charges", pass_context=False)
def remind_of_charges(timestamp: int) -> None:
    """Put visits that wait too long for their charges on somebody's list (every six hours)."""
    from chartdesk.pms.charges import missing

    _in_each(lambda practice: missing.remind(system(practice, "missing charges")))


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="results", pass_context=False)
def watch_results(timestamp: int) -> None:
    """Put results that nobody signed in time, and orders that nothing came of, on the work list (every hour)."""
    from chartdesk.ehr.orders import commands

    _in_each(lambda practice: commands.watch(system(practice, "results")))


@app.periodic(cron="0 12 * * 1")
@app.task(queueing_lock="figures", pass_context=False)
def watch_figures(timestamp: int) -> None:
    """Tell the manager which figures left their range in the week that ended (Mondays, 12:00 UTC)."""
    from chartdesk.insight import ranges

    _in_each(lambda practice: ranges.watch(system(practice, "figures")))


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="clean-up", pass_context=False)
def clean_up(timestamp: int) -> None:
    """Drop events whose deliveries are all done and old, and tokens that have run out (01:30 UTC)."""
    for practice in Practice.objects.order_by("pk"):
        grants.prune(practice)
    keys.prune()
    limit = clock.now() - timedelta(days=KEEP_EVENTS)
    old = OutboxEvent.objects.filter(happened__lt=limit)
    old.exclude(outboxdelivery__state__in=("waiting", "stuck")).delete()


@app.periodic(cron="45 1 * * *")
@app.task(queueing_lock="old notifications", pass_context=False)
def forget_notifications(timestamp: int) -> None:
    """Drop the events of subscriptions that are old (01:45 UTC)."""
    from chartdesk.exchange.subscriptions.distribution import forget_old

    forget_old(clock.now() - timedelta(days=KEEP_EVENTS))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="interfaces", pass_context=False)
def watch_interfaces(timestamp: int) -> None:
    """Tell people of channels that need a look, and make what was said in messages findable (every minute)."""
    from chartdesk.exchange.engine import watching, words

    _in_each(watching.watch)
    while words.build():
        pass


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="old messages", pass_context=False)
def prune_messages(timestamp: int) -> None:
    """Drop what channels say need not be kept any longer (02:15 UTC)."""
    from chartdesk.exchange.engine import watching

    _in_each(watching.prune)


def _in_each(do: Callable[[int], object]) -> None:
    """Do it in every practice. A fault in one does not keep the others waiting; it is raised when all are through."""
    faults: list[Exception] = []
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        try:
            do(practice)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise faults[0]


async def work(stopping: threading.Event) -> None:
    """Run jobs until ``stopping`` is set, or they end because the database is lost."""
    # The connector of Django hands out one of its own for workers; the parent class does not say so.
    connector: Any = app.connector
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        running = asyncio.create_task(
            worker_app.run_worker_async(concurrency=2, install_signal_handlers=False, listen_notify=True)
        )
        while not stopping.is_set() and not running.done():
            await asyncio.wait({running}, timeout=_LOOK)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
