"""How fast 835s are received and posted, and how fast the dashboard is, beside two years of a practice.

    python -m bench.posting [--size full]

Claims of the past with their charges, visits, payments, denials and six ledger entries each are copied into the
tables in bulk. What is measured runs as the application does it: up to 200 claim payments in one transaction,
with row-level security, matching, ledger, time line, FHIR projection, audit and events. Remittances of the same size
are posted by one process alone, then by two at once that share the work.
"""

from __future__ import annotations

import gc
import itertools
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bench import measuring
from bench.measuring import RUNS, Context, Measurement

LIMIT_DASHBOARD_MS = 2000
#: Claim payments that are to be posted a second.
LIMIT_POSTED = 800
#: Entries of the ledger for each claim of the past: five million at the full size.
LEDGER = 10
PROCESSES = 2
#: Claims that wait to be paid are made so many in a transaction.
TOGETHER = 500
NOW = datetime(2026, 3, 16, 17, tzinfo=UTC)
FIRST, LAST = date(2025, 12, 22), date(2026, 3, 15)

#: Tables of the past, each filled by one statement over the numbers 1 to ``count``.
_DAY = "(date '2026-03-14' - (n %% 730))"
_PAST = (
    f"""INSERT INTO charges_superbill (id, practice, source_id, patient, encounter, appointment, service_date,
            practitioner, site, place_of_service, diagnoses, status, findings, coverage, payer_id, self_pay,
            captured_at, approved_at, approved_by, approvals, void_reason, total, digest, version)
        SELECT n, %(practice)s, 's' || n, 'p' || n %% %(patients)s, '', '', {_DAY}, '', '', '11', '[]', 'billed', '[]',
            '', 'ACME1', false, {_DAY} + time '18:00', {_DAY} + time '19:00' + (n %% 3) * interval '1 day', '', 1, '',
            140, '', 1
          FROM generate_series(1, %(count)s) AS n""",
    f"""INSERT INTO claims_claim (id, practice, number, superbill, part, patient, coverage, payer_id, rank, frequency,
            payer_claim_number, status, total, service_date, signed_at, built_at, submitted_at, content, findings,
            set_control, version)
        SELECT n, %(practice)s, 'OLD' || n, n, 1, 'p' || n %% %(patients)s, '', 'ACME1', 1, '1', '',
            CASE WHEN n %% 10 = 0 THEN 'denied' ELSE 'paid' END, 140, {_DAY}, {_DAY} + time '18:00',
            {_DAY} + time '18:01', {_DAY} + time '18:05', '{{}}', '[]', '', 1
          FROM generate_series(1, %(count)s) AS n""",
    f"""INSERT INTO claims_claimevent (practice, claim_id, at, kind, text, actor)
        SELECT %(practice)s, n, {_DAY} + time '20:00', CASE WHEN n %% 33 = 0 THEN 'rejected' ELSE '835' END, '', ''
          FROM generate_series(1, %(count)s) AS n""",
    f"""INSERT INTO scheduling_appointmentindex (practice, appointment, patient, visit_type, starts, ends, status,
            reason, arrived, roomed, cancel_reason, overbooked, version)
        SELECT %(practice)s, 'a' || n, 'p' || n %% %(patients)s, 'office', {_DAY} + time '15:00',
            {_DAY} + time '15:20', CASE WHEN n %% 15 = 0 THEN 'noshow' ELSE 'departed' END, '',
            CASE WHEN n %% 15 <> 0 THEN {_DAY} + time '14:55' END,
            CASE WHEN n %% 15 <> 0 THEN {_DAY} + time '15:00' + (n %% 20) * interval '1 minute' END, '', false, 1
          FROM generate_series(1, %(count)s) AS n""",
    """INSERT INTO remittance_remittance (id, practice, interchange, digest, position, payer_key, payer_id, payer_name,
            trace, trace_key, method, amount, received, status, claims, duplicates, findings)
        VALUES (1, %(practice)s, 0, 'past', 1, 'PAST', '', 'Acme', 'PAST', 'PAST', 'ACH', 0, now(), 'posted', 0, 0,
            '[]')""",
    f"""INSERT INTO remittance_claimpayment (id, practice, remittance_id, position, payer_key, trace_key, claim_number,
            occurrence, claim, patient, patient_name, payer_claim_number, status_code, charged, paid, adjustments,
            remarks, state, reason, tries, posted_at)
        SELECT n, %(practice)s, 1, n, 'PAST', 'PAST', 'OLD' || n, 1, n, 'p' || n %% %(patients)s, '', '', '1', 140, 100,
            '[]', '[]', 'posted', '', 1, {_DAY} + time '18:00' + interval '14 days'
          FROM generate_series(1, %(count)s) AS n""",
    f"""INSERT INTO remittance_denial (practice, claim, claim_payment_id, patient, payer_id, "group", carc, rarc,
            amount, state, raised, deadline, note, owner, settled_by)
        SELECT %(practice)s, n, n, 'p' || n %% %(patients)s, 'ACME1', 'CO', '16', '[]', 140, 'open',
            {_DAY} + time '18:00' + interval '14 days', {_DAY}, '', '', ''
          FROM generate_series(10, %(count)s, 10) AS n""",
    f"""INSERT INTO ledger_posting (id, practice, kind, source, posted_on, memo, actor, at)
        SELECT n, %(practice)s, 'past', n::text, {_DAY}, '', '', now() FROM generate_series(1, %(count)s) AS n""",
    f"""INSERT INTO ledger_entry (practice, posting_id, account, amount, patient, reference, holder, posted_on, memo)
        SELECT %(practice)s, n, account, amount, 'p' || n %% %(patients)s, 'charge:' || n, holder, {_DAY} + after, ''
          FROM generate_series(1, %(count)s) AS n,
               (VALUES ('ar', 140, 'payer:ACME1', 0), ('revenue', -140, '', 0), ('eft', 100, '', 14),
                       ('ar', -100, 'payer:ACME1', 14), ('adjustment.contractual', 40, '', 14),
                       ('ar', -40, 'payer:ACME1', 14)) AS entry (account, amount, holder, after)
         WHERE after = 0 OR n %% 10 <> 0""",
)


def fill(practice: int, count: int, patients: int) -> None:
    """The past of ``count`` claims, as the owner of the tables and without the checks that other writes pass."""
    import psycopg

    from chartdesk.app import database

    values = {"practice": practice, "patients": patients, "count": count}
    tables = ("charges_superbill", "claims_claim", "remittance_claimpayment", "ledger_posting")
    beside = ("ledger_entry", "claims_claimevent", "scheduling_appointmentindex", "remittance_denial")
    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        owner.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(practice)])
        owner.execute("SET session_replication_role = replica")
        with measuring.without_indexes(owner, *tables, *beside):
            for statement in _PAST:
                owner.execute(statement, values)
        owner.execute("SELECT ledger_sum_anew(%s)", [practice])
        owner.execute("SELECT claims_tally_anew(%s)", [practice])
        for table in tables:
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [count + 1])
        owner.execute("SELECT setval(pg_get_serial_sequence('remittance_remittance', 'id'), 2)")


#: Older books that the ledger has beside the claims: postings of six entries each.
_BOOKS = (
    f"""INSERT INTO ledger_posting (id, practice, kind, source, posted_on, memo, actor, at)
        SELECT n, %(practice)s, 'older', n::text, {_DAY} - 730, '', '', now()
          FROM generate_series(%(first)s::int, %(last)s::int) AS n""",
    f"""INSERT INTO ledger_entry (practice, posting_id, account, amount, patient, reference, holder, posted_on, memo)
        SELECT %(practice)s, n, account, amount, 'p' || n %% %(patients)s, 'charge:' || (100000000 + n), holder,
               {_DAY} - 730 + after, ''
          FROM generate_series(%(first)s::int, %(last)s::int) AS n,
               (VALUES ('ar', 140, 'payer:ACME1', 0), ('revenue', -140, '', 0), ('eft', 100, '', 14),
                       ('ar', -100, 'payer:ACME1', 14), ('adjustment.contractual', 40, '', 14),
                       ('ar', -40, 'payer:ACME1', 14)) AS entry (account, amount, holder, after)""",
)


def fill_ledger(practice: int, entries: int, patients: int) -> None:
    """Older postings, until the ledger has about so many entries. After ``fill``."""
    import psycopg

    from chartdesk.app import database

    with psycopg.connect(database.dsn(), autocommit=True) as owner:
        owner.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(practice)])
        owner.execute("SET session_replication_role = replica")
        known = owner.execute("SELECT count(*), max(posting_id) FROM ledger_entry").fetchone()
        assert known is not None
        first = (known[1] or 0) + 2
        last = first + max(entries - known[0], 0) // 6 - 1
        values = {"practice": practice, "patients": patients, "first": first, "last": last}
        with measuring.without_indexes(owner, "ledger_posting", "ledger_entry"):
            for statement in _BOOKS:
                owner.execute(statement, values)
        owner.execute("SELECT ledger_sum_anew(%s)", [practice])
        owner.execute("SELECT setval(pg_get_serial_sequence('ledger_posting', 'id'), %s)", [max(last, first) + 1])


def open_claims(subject: Any, count: int) -> list[tuple[str, str, str]]:
    """Claims that were sent and wait to be paid: (number, control number of the line, its code)."""
    from chartdesk.kit.transactions import transaction

    made = []
    for start in range(0, count, TOGETHER):
        with transaction(subject):
            made += [_open_claim(subject, number) for number in range(start, min(start + TOGETHER, count))]
    return made


def _open_claim(subject: Any, number: int) -> tuple[str, str, str]:
    """A claim of one line, on a superbill of the past, with its charge in the ledger."""
    from chartdesk.pms.charges.models import ChargeLine
    from chartdesk.pms.claims import content
    from chartdesk.pms.claims.models import Claim, ClaimLine
    from chartdesk.pms.ledger import commands as ledger
    from chartdesk.pms.ledger.rules import Line

    name, line, patient, bill = f"NEW{number}", 10_000_000 + number, f"p{number + 1}", number + 1
    said = content.ClaimContent(
        number=name, service_date=LAST, superbill=bill, patient_id=patient, patient=content.Human(),
        billing=content.Billing(), payer=content.PayerFacts("ACME1", "Acme"), insured=content.Insured(),
        diagnoses=("J02.0",),
        lines=(content.Line(line, f"{name}-1", "99213", Decimal(1), Decimal(140), pointers=(1,)),),
        total=Decimal(140),
    )  # fmt: skip
    ChargeLine.objects.create(
        id=line, practice=subject.practice, superbill_id=bill, position=1, code="99213", units=1, amount=140,
        pointers=[1],
    )  # fmt: skip
    claim = Claim.objects.create(
        practice=subject.practice, number=name, superbill=bill, patient=patient, coverage="c", payer_id="ACME1",
        status="acknowledged", total=140, service_date=LAST, built_at=NOW, submitted_at=NOW,
        content=content.kept(said),
    )  # fmt: skip
    ClaimLine.objects.create(
        practice=subject.practice, claim=claim, charge_line=line, position=1, control_number=f"{name}-1",
        code="99213", units=1, amount=140,
    )  # fmt: skip
    owed = Line("ar", Decimal(140), patient, f"charge:{line}", "payer:ACME1")
    ledger.post(subject, "charge", f"{line}", [owed, Line("revenue", Decimal(-140), patient)], on=LAST, memo="99213")
    return name, f"{name}-1", "99213"


def remittance(claims: list[tuple[str, str, str]], trace: str, control: int) -> bytes:
    """An 835 that pays $75 of $140, leaves a copay of $25 and writes off $40, claim by claim."""
    from chartdesk.standards.x12 import remittance_835 as x12
    from chartdesk.standards.x12.envelope import Envelope
    from chartdesk.standards.x12.parties import Address, Adjustment, Party

    cuts = [("CO", "45", 40), ("PR", "3", 25)]
    paid = [
        x12.ClaimPayment(
            pcn=name, status="1", charge=Decimal(140), paid=Decimal(75), payer_claim_number=f"P{name}",
            people=[("QC", Party(last="DOE", first="JO", person=True))],
            lines=[
                x12.ServicePayment(
                    code=code, charge=Decimal(140), paid=Decimal(75), day=LAST, line_control=control,
                    adjustments=[Adjustment(group=g, reason=r, amount=Decimal(a)) for g, r, a in cuts],
                )
            ],
        )
        for name, control, code in claims
    ]  # fmt: skip
    home = Address(line1="1 WAY", city="COLUMBUS", state="OH", postal="43004")
    whole = x12.Remittance(
        payer=Party(last="ACME", address=home),
        payee=Party(last="BUSY", id_qualifier="XX", id="1993999998", address=home),
        total=Decimal(75) * len(paid), trace=trace, payer_trace_id="1841000101", paid_on=LAST, method="ACH",
        claims=paid,
    )  # fmt: skip
    envelope = Envelope(sender="ACME", receiver="BUSY", control=control, created=NOW.replace(tzinfo=None))
    return x12.write(envelope, [whole], check=False)


def post(share: tuple[int, list[int]]) -> list[tuple[int, float, float]]:
    """Post what waits of each remittance, each begun together with the others; see ``measuring.rates``."""
    from chartdesk.kit import clock
    from chartdesk.pms.remittance import commands
    from chartdesk.record.access.subject import system

    practice, numbers = share
    found = []
    # As the worker does it, which posts in a running practice.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    with clock.at(NOW):
        for number in numbers:
            measuring.gate()
            start = time.time()
            found.append((commands.post(system(practice, "bench"), number).posted, start, time.time()))
    return found


def posting(subject: Any, count: int, rows: str) -> list[Measurement]:
    """Receive and post remittances of ``count`` claims: by one process, then by two."""
    from chartdesk.pms.remittance import commands

    claims = iter(open_claims(subject, (2 * RUNS + 1) * count))
    received: list[tuple[int, float, float]] = []
    numbers = []
    for place in range(2 * RUNS + 1):
        file = remittance(list(itertools.islice(claims, count)), f"TRACE{place}", place + 1)
        start = time.time()
        numbers.append(commands.receive(subject, file))
        received.append((count, start, time.time()))
    # A practice at work has known such lines for long; here the tables were empty, and plans are made as if they were.
    measuring.settle()
    post((subject.practice, numbers[:1]))
    alone = post((subject.practice, numbers[1 : RUNS + 1]))
    many = measuring.together(post, [(subject.practice, numbers[RUNS + 1 :])] * PROCESSES)
    posted = [sum(share[run][0] for share in many) for run in range(RUNS)]
    if [run[0] for run in alone] + posted != [count] * 2 * RUNS:
        raise RuntimeError(f"Of {count} claims in each remittance were posted: {alone}, {posted}.")

    def row(name: str, what: str, processes: int, taken: list[float], target: int | None = None) -> Measurement:
        against = "limit" if target else ""
        return Measurement(name, what, rows, processes, processes, taken, "claims/s", against, target)

    return [
        row("835 received", f"read, balanced, stored; {count} claims a file", 1, measuring.summed([received[1:]])),
        row("835 posted", "ledger, denials, time line", 1, measuring.summed([alone])),
        row("835 posted", "the same 835 by two processes", PROCESSES, measuring.summed(many), LIMIT_POSTED),
    ]


def figures(subject: Any, rows: str) -> list[Measurement]:
    """The dashboard of twelve weeks, the aging report, who owes, as the database and the rules take; no page."""
    from chartdesk.insight import kpis, receivables
    from chartdesk.pms.statements import queries

    calls: tuple[tuple[str, Callable[[], object], int | None], ...] = (
        ("dashboard, 12 weeks", lambda: kpis.dashboard(subject, FIRST, LAST), LIMIT_DASHBOARD_MS),
        ("aging report", lambda: receivables.aging(subject, LAST), None),
        ("500 patients owing $5 or more", lambda: queries.patients_owing(subject, Decimal(5), limit=500), None),
        ("one patient's account", lambda: queries.account(subject, "p7"), None),
    )
    return [
        Measurement("Figures", what, rows, 1, 1, measuring.times(call, 5), "ms", "limit" if limit else "", limit)
        for what, call, limit in calls
    ]


def measurements(context: Context) -> list[Measurement]:
    """Fill, look at the figures, receive and post."""
    from chartdesk.kit import clock
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice("busy", "Busy Practice").pk, "bench")
    fill(subject.practice, context.size.claims, context.size.patients)
    fill_ledger(subject.practice, context.size.claims * LEDGER, context.size.patients)
    measuring.settle()
    rows = measuring.rows_of(claims="claims_claim", ledger_entries="ledger_entry")
    with clock.at(NOW):
        return [*figures(subject, rows), *posting(subject, context.size.payments, rows)]


if __name__ == "__main__":
    sys.exit(measuring.command(["posting"]))
