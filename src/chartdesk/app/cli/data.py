"""Commands about data: import, demo-data."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice


def add(commands: Any) -> None:
    """Declare the commands."""
    importing = commands.add_parser("import", help="FHIR bundles or NDJSON files into the record")
    importing.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a .json bundle or .ndjson file, or a folder"
    )
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
        from chartdesk.record import importing

        files = [file for path in chosen.files for file in _below(path)]
        report = importing.import_bundles(subject(chosen), files, progress=lambda text: print(text, flush=True))
    print(f"{report.imported} resources from {len(files)} files; {len(report.refused)} refused.")
    for refusal in report.refused:
        print(f"  {refusal}")
    return 1 if report.refused else 0


def _below(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted([*path.rglob("*.json"), *path.rglob("*.ndjson")])
    return [path]


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
