"""Commands about data: import, demo-data."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chartdesk.app.cli.opening import program, subject, with_practice

if TYPE_CHECKING:
    from chartdesk.record.importing import Progress


def add(commands: Any) -> None:
    """Declare the commands."""
    importing = commands.add_parser("import", help="FHIR bundles or NDJSON files into the record")
    importing.add_argument(
        "files", nargs="+", type=Path, metavar="PATH", help=".ndjson or .json files, packed (.gz) or not, or folders"
    )
    importing.add_argument(
        "--on-conflict",
        choices=("update", "skip", "refuse"),
        default="update",
        help="what to do with a resource whose id is there already (default update)",
    )
    importing.add_argument(
        "--processes", type=int, default=0, metavar="N", help="processes (default: one more than cores)"
    )
    importing.add_argument("--report", type=Path, metavar="FILE", help="where refused lines are listed, as CSV")
    importing.add_argument("--anew", action="store_true", help="begin anew, whatever was imported before")
    with_practice(importing)
    importing.set_defaults(run=_import)
    fees = commands.add_parser("import-fees", help="a fee schedule from a CSV file: code, description, amount")
    fees.add_argument("file", type=Path)
    fees.add_argument("--name", default="Standard", help="name of the fee schedule (default Standard)")
    fees.add_argument("--effective", type=date.fromisoformat, default=None, help="first day (default: today)")
    with_practice(fees)
    fees.set_defaults(run=_import_fees)
    demo = commands.add_parser("demo-data", help="migrate, and load the demo practice where there is none")
    demo.set_defaults(run=_demo_data)


def _import(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.app import configuration, wiring
        from chartdesk.record import importing

        who, show = subject(chosen), _Line()
        report = importing.import_files(
            who,
            chosen.files,
            policy=chosen.on_conflict,
            anew=chosen.anew,
            processes=chosen.processes or (os.cpu_count() or 1) + 1,
            prepare=wiring.set_up,
            progress=show,
        )
        show.end()
        place = chosen.report or configuration.home() / f"import-{report.run}-refused.csv"
        faults = importing.write_report(who, report.run, place)
    done = report.tally
    if report.finished is not None:
        print(f"These files were imported already, on {report.finished:%Y-%m-%d %H:%M} UTC; --anew imports them again.")
    print(f"{done.created:,} created, {done.updated:,} updated, {done.kept:,} kept, {done.refused:,} refused.")
    if faults:
        print(f"{faults:,} faults are listed in {place}")
    return 1 if done.refused else 0


class _Line:
    """The line that says how far an import is: one that changes on a terminal, else one every five seconds."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.seconds < self._next:
            return
        self._next = progress.seconds + (0.2 if self._live else 5.0)
        share = progress.read / progress.size if progress.size else 0.0
        words = f"{share:4.0%}  {progress.tally.imported:,} resources, {progress.tally.refused:,} refused"
        words += f", {progress.rate:,.0f}/s, {progress.file}"
        print(f"\r\x1b[K{words}" if self._live else words, end="" if self._live else "\n", flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._live:
            print("\r\x1b[K", end="")


def _import_fees(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit import clock
        from chartdesk.pms.charges import commands
        from chartdesk.record.access.people import practice_of

        who = subject(chosen)
        effective = chosen.effective or clock.today(practice_of(who).zone)
        count = commands.import_fees(who, chosen.name, effective, chosen.file.read_bytes())
    print(f"{count} prices in the list {chosen.name!r} from {effective} on.")
    return 0


def _demo_data(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.app import schema
        from chartdesk.app.demo import loader

        print("· bringing the database to this version", flush=True)
        schema.migrate()
        loader.load(progress=lambda text: print(f"· {text}", flush=True))
    return 0
