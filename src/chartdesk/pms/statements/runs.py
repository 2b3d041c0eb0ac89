"""Statements for many patients at once: chosen by balance and cycle, made in parts, none of them twice.

A run keeps the patients still to be billed. Each part is one transaction that makes its statements and takes its
patients off that list, so a run that is killed goes on where it was.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.money import ZERO, money, total
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.statements import commands, documents, events, policy
from chartdesk.pms.statements.models import Statement, StatementRun
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

BILLING = (Role.BILLER, Role.MANAGER)
#: Statements of one transaction.
PART = 40
#: Everybody who owes something, with what keeps a statement from them.
_OWING = """
    SELECT o.patient, o.owed,
           EXISTS (SELECT 1 FROM statements_placement p
                    WHERE p.practice = %(practice)s AND p.patient = o.patient AND p.recalled IS NULL),
           s.at, s.returned
      FROM (SELECT patient, sum(due) AS owed FROM ledger_balance
             WHERE practice = %(practice)s AND holder = 'patient' AND due <> 0
             GROUP BY patient HAVING sum(due) > 0) AS o
      LEFT JOIN LATERAL (
        SELECT at, returned FROM statements_statement s
         WHERE s.practice = %(practice)s AND s.patient = o.patient ORDER BY at DESC LIMIT 1) AS s ON true
     ORDER BY o.patient
"""


def start(subject: Subject, *, minimum: Decimal | None = None, cycle_days: int | None = None) -> StatementRun:
    """Choose who gets a statement and begin; the worker makes them. What is not given is the practice's setting.

    Raises Conflict while another run is at work.
    """
    subject.require(*BILLING)
    decided = policy.policy(subject)
    least = decided.statement_minimum if minimum is None else money(minimum)
    cycle = decided.statement_cycle if cycle_days is None else cycle_days
    with transaction(subject):
        advisory_lock("statement run", subject.practice)
        if StatementRun.objects.filter(practice=subject.practice, finished=None).exists():
            raise Conflict("Another batch of statements is being made.", cure="Wait until it is through.")
        chosen, passed_over = _choose(subject, least, cycle)
        run = StatementRun.objects.create(
            practice=subject.practice,
            day=clock.today(practice_of(subject).zone),
            started=clock.now(),
            by=subject.name,
            minimum=least,
            cycle_days=cycle,
            chosen=chosen,
            passed_over=passed_over,
            finished=None if chosen else clock.now(),
        )
        audit.record(subject, "E", "statement run", resource_id=str(run.pk), detail=f"{len(chosen)} chosen")
        if chosen:
            events.announce_run(subject, run.pk)
        return run


def go_on(subject: Subject, run_id: int) -> StatementRun:
    """Make the next part of a run; again where nothing is left. Raises NotFound."""
    with transaction(subject):
        run = StatementRun.objects.select_for_update().filter(practice=subject.practice, pk=run_id).first()
        if run is None:
            raise NotFound(f"There is no batch of statements {run_id}.")
        if run.finished is None:
            _part(subject, run)
        return run


def finish(subject: Subject, run_id: int) -> StatementRun:
    """Make all that is left of a run, part by part."""
    run = go_on(subject, run_id)
    while run.finished is None:
        run = go_on(subject, run_id)
    return run


def nightly(subject: Subject) -> StatementRun | None:
    """Start a run where the practice wants that by itself."""
    if not policy.policy(subject).statement_auto:
        return None
    return start(subject)


def came_back(subject: Subject, statement_id: int) -> None:
    """Note that the mail brought a statement back: the patient gets no other until the address was looked at."""
    _mark(subject, statement_id, returned=True)


def address_mended(subject: Subject, statement_id: int) -> None:
    """Let the patient have statements again."""
    _mark(subject, statement_id, returned=False)


def _mark(subject: Subject, statement_id: int, *, returned: bool) -> None:
    subject.require(Role.FRONT_DESK, *BILLING)
    with transaction(subject):
        found = Statement.objects.filter(practice=subject.practice, pk=statement_id).defer("pdf").first()
        if found is None:
            raise NotFound(f"There is no statement {statement_id}.")
        found.returned = clock.now() if returned else None
        found.save(update_fields=["returned"])
        detail = "came back by mail" if returned else "address looked at"
        audit.record(subject, "U", "statement", patient=found.patient, resource_id=found.number, detail=detail)
        live.announce(subject, "account", found.patient)


def _choose(subject: Subject, least: Decimal, cycle: int) -> tuple[list[str], dict[str, int]]:
    chosen: list[str] = []
    passed: dict[str, int] = {}
    young = clock.now() - timedelta(days=cycle)
    for patient, owed, placed, last, returned in database.rows(_OWING, {"practice": subject.practice}):
        why = (
            "owes less than the least balance"
            if owed < least
            else "with a collection agency"
            if placed
            else "mail came back"
            if returned is not None
            else "had one within the cycle"
            if last is not None and last > young
            else ""
        )
        if why:
            passed[why] = passed.get(why, 0) + 1
        else:
            chosen.append(patient)
    return chosen, passed


def _part(subject: Subject, run: StatementRun) -> None:
    patients, run.chosen = run.chosen[:PART], run.chosen[PART:]
    pay_by = run.day + timedelta(days=policy.policy(subject).statement_days)
    made = [
        commands.keep_statement(subject, content, pay_by, run)
        for content in documents.statement_contents(subject, patients, run.day, pay_by)
        if content.balance > ZERO
    ]
    run.made += len(made)
    run.total += total(one.balance for one in made)
    if not run.chosen:
        run.finished = clock.now()
    run.save(update_fields=["chosen", "made", "total", "finished"])
    live.announce(subject, "statements", str(run.pk))
