"""``chartdesk import-tables``: what Medicare publishes about codes, as downloaded."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chartdesk.app.cli.opening import program
from chartdesk.kit.errors import ChartdeskError

if TYPE_CHECKING:
    from chartdesk.pms.edits.commands import Fault, Report


def add(commands: Any) -> None:
    """Declare the command."""
    part = commands.add_parser(
        "import-tables",
        help="NCCI, MCE, HCPCS, PPRRVU and GPCI files of CMS; without files: what is here",
    )
    part.add_argument("files", nargs="*", type=Path, metavar="FILE", help=".txt, .csv, .xlsx or .zip, as downloaded")
    part.add_argument("--table", default="", help="what the file is, where neither its name nor its headings tell")
    part.add_argument("--setting", default="", choices=("", "P", "O"), help="P practitioners, O hospital outpatients")
    part.add_argument(
        "--effective", type=date.fromisoformat, default=None, help="first day of the edition, where the name is silent"
    )
    part.add_argument("--anew", action="store_true", help="replace an edition although the file has much less of it")
    part.add_argument(
        "--qualifying", action="store_true", help="of an archive with two PPRRVU, the one of qualifying participants"
    )
    part.add_argument("--report", type=Path, metavar="FILE", help="where refused lines are listed, as CSV")
    part.set_defaults(run=_import)


def _import(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.app import configuration
        from chartdesk.pms.edits import commands

        if not chosen.files:
            return _list()
        place = chosen.report or configuration.home() / "import-tables-refused.csv"
        wish = commands.Wish(chosen.table, chosen.setting, chosen.effective, chosen.anew, chosen.qualifying)
        refused, failed = 0, 0
        with place.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(["file", "line", "reason", "content"])

            def refuse(fault: Fault) -> None:
                writer.writerow([fault.file, fault.line, fault.words, fault.text])

            for file in chosen.files:
                line = _Line()
                try:
                    reports = commands.import_file(file, wish, progress=line, refuse=refuse)
                except ChartdeskError as fault:  # the others are imported all the same
                    line.end()
                    failed += 1
                    print(f"chartdesk: {fault}", file=sys.stderr)
                    continue
                line.end()
                for report in reports:
                    refused += report.refused
                    _say(report)
        _analyse()
    if refused:
        print(f"{refused:,} lines were refused; they are listed in {place}")
    return 2 if failed else 1 if refused else 0


def _list() -> int:
    from chartdesk.pms.edits import layouts, queries

    for one in queries.loaded():
        since = f"from {one.effective}" if one.effective else f"on {one.at:%Y-%m-%d}"
        print(f"{layouts.LAYOUTS[one.table].title:<26} {one.setting:<2} {one.rows:>9,}  {since}  {one.file}")
    return 0


def _say(report: Report) -> None:
    since = f" from {report.effective}" if report.effective else ""
    print(
        f"{report.file}: {report.title}{since}: {report.taken:,} lines, {report.changed:,} new or changed, "
        f"{report.refused:,} refused"
    )


def _analyse() -> None:
    """Let the planner know how much there is now; only the owner of the tables may."""
    from django.db import connections

    from chartdesk.pms.edits.layouts import LAYOUTS

    with connections["owner"].cursor() as cursor:
        for one in LAYOUTS.values():
            cursor.execute(f"ANALYZE {one.table}")


class _Line:
    """How far a file is: a line that changes on a terminal, else one every five seconds."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._next = time.monotonic() + (0.2 if self._live else 5.0)

    def __call__(self, report: Report, share: float) -> None:
        if time.monotonic() < self._next or share >= 1:
            return
        self._next = time.monotonic() + (0.2 if self._live else 5.0)
        words = f"{share:4.0%}  {report.file}: {report.taken:,} lines, {report.refused:,} refused"
        print(f"\r\x1b[K{words}" if self._live else words, end="" if self._live else "\n", flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._live:
            print("\r\x1b[K", end="")
