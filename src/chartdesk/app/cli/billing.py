"""Commands of the billing office: eligibility, claims, remittance."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from chartdesk.app.cli import x12
from chartdesk.app.cli.opening import program, subject, with_practice
from chartdesk.kit.money import dollars


def add(commands: Any) -> None:
    """Declare the commands."""
    eligibility = commands.add_parser("eligibility", help="ask the payers about the visits of a day")
    eligibility.add_argument("--date", type=date.fromisoformat, default=None, help="day of the visits (default: today)")
    with_practice(eligibility)
    eligibility.set_defaults(run=_eligibility)
    claims = commands.add_parser("claims", help="list, send and collect claims; check an X12 file")
    parts = claims.add_subparsers(dest="part", required=True, metavar="WHAT")
    for name, text, run in (
        ("list", "claims by status", _list),
        ("send", "scrub and send what is ready, and files that wait", _send),
        ("collect", "read what the clearinghouse answered", _collect),
    ):
        part = parts.add_parser(name, help=text)
        with_practice(part)
        part.set_defaults(run=run)
    checking = parts.add_parser("check", help="the same as x12 check")
    x12.check_options(checking)
    remittance = commands.add_parser("remittance", help="post an 835 file, or list remittances")
    remittance.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="835 files; none lists what was received"
    )
    with_practice(remittance)
    remittance.set_defaults(run=_remittance)


def _eligibility(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.app.jobs import check_visit
        from chartdesk.kit import clock
        from chartdesk.pms.scheduling import queries
        from chartdesk.record.access.people import practice_of

        who = subject(chosen)
        on = chosen.date or clock.today(practice_of(who).zone)
        visits = queries.day(who, on)
        asked = sum(check_visit(who.practice, visit.patient_id, visit.appointment_id) for visit in visits)
    print(f"{len(visits)} visits on {on}; {asked} coverages asked about.")
    return 0


def _list(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.pms.claims import queries

        counts = queries.by_status(subject(chosen))
    for row in counts:
        print(f"{row.status:<14} {row.count:>6}  {dollars(row.total):>14}")
    return 0


def _send(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.pms.claims import commands

        who = subject(chosen)
        commands.send_ready(who)
        sent = commands.send_pending(who)
    print(f"{sent} files sent.")
    return 0


def _collect(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit import outbox
        from chartdesk.pms.claims import commands

        who = subject(chosen)
        read = commands.collect(who)
        outbox.deliver_all(who.practice)
    print(f"{read} files read.")
    return 0


def _remittance(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit.errors import Conflict
        from chartdesk.pms.remittance import commands, queries

        refused = 0
        who = subject(chosen)
        for file in chosen.files:
            for number in commands.receive_all(who, file.read_bytes()):
                try:
                    report = commands.post(who, number)
                except Conflict as fault:
                    print(f"{file}: {fault}")
                    refused = 1
                    continue
                print(f"{file}: {report.posted} posted, {report.held} held, {report.duplicates} posted before")
        if not chosen.files:
            for row in queries.remittances(who):
                amount = dollars(row.amount)
                print(f"{row.pk:>6}  {row.paid_on}  {row.payer_name:<30} {row.trace:<16} {amount:>12}  {row.status}")
    return refused
