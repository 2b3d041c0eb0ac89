"""``chartdesk doctor``: what is wrong with this installation, and the cure.

Every check is one function that returns a finding; a check that cannot be made says so. Exit status 0 when
everything is well, 1 when something wants attention.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from chartdesk.app import configuration, postgres
from chartdesk.kit.errors import ChartdeskError

#: Free space below which the doctor warns, bytes.
LEAST_SPACE = 2 * 1024**3
#: Published tables that hold for a year: days after which they are old. The others hold for a quarter.
_OLDEST = {"localities": 400, "diagnoses": 400}


@dataclass(frozen=True)
class Finding:
    """The result of one check. ``well`` None means that it could not be made."""

    check: str
    well: bool | None
    words: str
    cure: str = ""


def add(commands: Any) -> None:
    """Declare the command."""
    commands.add_parser("doctor", help="what is wrong with this installation, and the cure").set_defaults(run=_doctor)


def _doctor(chosen: argparse.Namespace) -> int:
    ill = 0
    for finding in examine():
        mark = {True: "ok  ", False: "BAD ", None: "?   "}[finding.well]
        print(f"{mark} {finding.check}: {finding.words}")
        if finding.well is not True and finding.cure:
            print(f"       → {finding.cure}")
        ill += finding.well is False
    print("Everything is well." if not ill else f"{ill} to mend.")
    return 1 if ill else 0


def examine() -> Iterator[Finding]:
    """Every finding, the basic ones first."""
    for check in (_python, _home, _space, _front_end, _binaries, _codes):
        yield _guarded(check)
    server = _guarded(_server)
    yield server
    if server.well:
        for check in (
            _version,
            _extensions,
            _schema,
            _fence,
            _practices,
            _outbox,
            _interfaces,
            _work,
            _projections,
            _sums,
            _tables,
        ):
            yield _guarded(check)
    for check in (_port, _sandbox, _mailboxes):
        yield _guarded(check)


def _guarded(check: Callable[[], Finding]) -> Finding:
    """The check's finding; a failure to check is a finding too."""
    name = check.__name__.strip("_").replace("_", " ")
    try:
        return check()
    except ChartdeskError as fault:
        return Finding(name, False, fault.message, fault.cure)
    except Exception as fault:  # the doctor reports whatever it meets, and goes on
        return Finding(name, None, f"could not be checked: {type(fault).__name__}: {fault}")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer, then `make install`.")


def _home() -> Finding:
    folder = configuration.home()
    well = os.access(folder, os.W_OK) and not folder.stat().st_mode & 0o077
    return Finding("home folder", well, str(folder), f"chmod 700 {folder}, as the user who runs Chartdesk.")


def _space() -> Finding:
    free = shutil.disk_usage(configuration.home()).free
    return Finding(
        "disk",
        free > LEAST_SPACE,
        f"{free // 1024**2:,} MB free",
        "Make room; PostgreSQL stops when the disk is full.",
    )


def _front_end() -> Finding:
    from chartdesk.app import static_files

    file = static_files._WEB / "static" / "vendor" / "tabler.min.css"
    return Finding("front-end files", file.exists(), "there" if file.exists() else "missing", "Run `make install`.")


def _binaries() -> Finding:
    if configuration.value("DATABASE_URL"):
        return Finding("PostgreSQL binaries", True, "not needed, DATABASE_URL is set")
    return Finding("PostgreSQL binaries", True, str(postgres.locate(configuration.home()).binaries))


def _codes() -> Finding:
    from importlib.metadata import version

    from chartdesk.standards.terminology import icd10

    words = f"ICD-10-CM {icd10.release()}, from simple-icd-10-cm {version('simple-icd-10-cm')}"
    # A release is named by its fiscal year, which begins in October.
    current = date.today().year + (date.today().month >= 10)  # noqa: DTZ011  (a calendar year is meant)
    years = [int(part) for part in re.findall(r"20\d\d", icd10.release())]
    well = not years or max(years) >= current
    return Finding("code sets", well or None, words, "Codes change every October; look for a newer package.")


def _server() -> Finding:
    import psycopg

    from chartdesk.app import database

    if not configuration.value("DATABASE_URL") and not postgres.running(postgres.locate(configuration.home())):
        return Finding(
            "database server",
            None,
            "the embedded server is not running",
            "Start it with `chartdesk serve` or `chartdesk demo`.",
        )
    with psycopg.connect(database.dsn(), connect_timeout=5) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return Finding("database server", True, f"PostgreSQL {row[0] if row else '?'} answers")


def _one(query: str, *parameters: object) -> Any:
    import psycopg

    from chartdesk.app import database

    with psycopg.connect(database.dsn(), connect_timeout=5) as connection:
        row = connection.execute(query, parameters).fetchone()
        return row[0] if row else None


def _version() -> Finding:
    number = int(_one("SELECT current_setting('server_version_num')")) // 10000
    return Finding(
        "PostgreSQL release",
        number >= postgres.OLDEST_RELEASE,
        str(number),
        f"Use {postgres.OLDEST_RELEASE} or newer.",
    )


def _extensions() -> Finding:
    from chartdesk.app.schema import EXTENSIONS

    there = _one(
        "SELECT coalesce(array_agg(extname::text), '{}') FROM pg_extension WHERE extname = ANY(%s)",
        list(EXTENSIONS),
    )
    missing = sorted(set(EXTENSIONS) - set(there))
    return Finding(
        "extensions",
        not missing,
        ", ".join(missing) + " missing" if missing else "all there",
        "Run `chartdesk migrate`.",
    )


def _schema() -> Finding:
    from chartdesk.app import wiring

    wiring.set_up()
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = f"{len(plan)} migrations behind" if plan else "at this version"
    return Finding("schema", not plan, words, "Run `chartdesk migrate`.")


def _tables() -> Finding:
    """The published tables: all of them change every quarter or every year."""
    from chartdesk.pms.edits.layouts import LAYOUTS

    newest = _one(
        """
        SELECT coalesce(json_object_agg(t.name, (current_date - t.day)), '{}')
          FROM (SELECT "table" AS name, max(coalesce(effective, at::date)) AS day FROM edits_import GROUP BY 1) t
        """
    )
    absent = [one.title for name, one in LAYOUTS.items() if name not in newest]
    old = [f"{LAYOUTS[name].title} {days} days" for name, days in newest.items() if days > _OLDEST.get(name, 120)]
    words = "; ".join(
        part for part in (f"not here: {', '.join(absent)}" * bool(absent), f"old: {', '.join(old)}" * bool(old)) if part
    )
    cure = "Download the newest of CMS and run `chartdesk import-tables FILE...`; claims are checked without them."
    return Finding("edit sets", True if not words else None, words or "all here", cure)


def _fence() -> Finding:
    from chartdesk.kit.fence import APPLICATION_ROLE, CROSS_PRACTICE

    open_doors = _one(
        """
        SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'practice'
         WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND NOT a.attisdropped
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND NOT c.relname = ANY(%s)
        """,
        list(CROSS_PRACTICE),
    )
    bypass = _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", APPLICATION_ROLE)
    well = open_doors == 0 and bypass is False
    return Finding(
        "fence between practices",
        well,
        "closed" if well else f"{open_doors} tables open",
        "Run `chartdesk migrate`.",
    )


def _practices() -> Finding:
    count = _one("SELECT count(*) FROM access_practice")
    return Finding("practices", count > 0, f"{count}", "Run `chartdesk demo`, or open a practice.")


def _outbox() -> Finding:
    stuck = _one("SELECT count(*) FROM kit_outboxdelivery WHERE state = 'stuck'")
    late = _one("SELECT count(*) FROM kit_outboxdelivery WHERE state = 'waiting' AND due < now() - interval '1 minute'")
    words = f"{stuck} stuck, {late} late"
    return Finding(
        "outbox",
        not stuck and not late,
        words,
        "Is a worker running? Stuck deliveries stand on the manager's work list.",
    )


def _interfaces() -> Finding:
    """What the programs that serve the channels say of them, and channels that cannot answer."""
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.exchange.engine import answering
    from chartdesk.exchange.engine.models import Channel
    from chartdesk.exchange.transports import standing
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access.models import Practice
    from chartdesk.record.access.subject import system

    said, count = [], 0
    for number in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with transaction(number):
            names = dict(Channel.objects.filter(practice=number, state="running").values_list("pk", "name"))
            states = standing.of(number)
            said += [
                f"{names[key]}: {one.words}" for key, one in states.items() if key in names and one.state == "failed"
            ]
            said += [f"{name}: {words}" for name, words in answering.faults(system(number, "doctor")).items()]
            count += len(names)
    return Finding("interfaces", not said, "; ".join(said) or f"{count} running", "See Practice → Interfaces.")


def _work() -> Finding:
    waiting = _one(
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at < now() - interval '10 minutes'"
    )
    return Finding("jobs", not waiting, f"{waiting} late", "Start a worker: `chartdesk worker`.")


def _projections() -> Finding:
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.insight import consistency
    from chartdesk.record.access.models import Practice
    from chartdesk.record.access.subject import system

    numbers = list(Practice.objects.values_list("pk", flat=True))
    reports = [one for number in numbers for one in consistency.agreement(system(number, "doctor"))]
    wrong = [reference for one in reports for reference in one.wrong]
    words = f"{sum(one.same for one in reports)} of the newest compared"
    if wrong:
        words += f", {len(wrong)} differ from their rows: {', '.join(wrong[:3])}"
    return Finding("claims and payments in the record", not wrong, words, "Run `chartdesk project`.")


def _sums() -> Finding:
    """The balances and counts that pages read beside the entries and claims that they follow from."""
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.insight import consistency
    from chartdesk.record.access.models import Practice
    from chartdesk.record.access.subject import system

    numbers = list(Practice.objects.values_list("pk", flat=True))
    subjects = [system(number, "doctor") for number in numbers]
    wrong = [str(one) for subject in subjects for one in consistency.books(subject)]
    wrong += [str(one) for subject in subjects for one in consistency.counts(subject)]
    words = f"{len(wrong)} differ: {'; '.join(wrong[:3])}" if wrong else "as the entries and claims say"
    return Finding("balances and counts", not wrong, words, "Run `chartdesk project`.")


def _port() -> Finding:
    host, port = configuration.value("HOST"), configuration.number("PORT")
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((host, port)) == 0
    return Finding("port", True, f"{port} is {'in use (by Chartdesk?)' if taken else 'free'}")


def _sandbox() -> Finding:
    address = configuration.eligibility_url()
    host, _, rest = address.partition("://")[2].partition(":")
    port = int(rest.partition("/")[0] or 443)
    with socket.socket() as probe:
        probe.settimeout(2)
        answers = probe.connect_ex((host, port)) == 0
    return Finding(
        "eligibility connection",
        answers or None,
        address,
        "Start the payer's side: `chartdesk sandbox`, or set CHARTDESK_ELIGIBILITY_URL.",
    )


def _mailboxes() -> Finding:
    folder = configuration.clearinghouse_folder()
    if not folder.exists():
        return Finding(
            "clearinghouse folder",
            None,
            f"{folder} is not there yet",
            "It is made when the first claim is sent.",
        )
    return Finding(
        "clearinghouse folder",
        os.access(folder, os.W_OK),
        str(folder),
        "Give the user who runs Chartdesk the right to write there.",
    )
