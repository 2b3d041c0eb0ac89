"""``chartdesk project``: compare what is kept twice, and mend it.

That is what the record shows of claims, payments and accounts, beside their rows; and the sums of the ledger, beside
its entries.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from chartdesk.app.cli.opening import program, subject, with_practice

if TYPE_CHECKING:
    from chartdesk.record.access import Subject

#: References that are printed for each type.
_SHOWN = 10


def add(commands: Any) -> None:
    """Declare the command."""
    part = commands.add_parser(
        "project", help="write anew what the record shows of charges, claims, payments, accounts and eligibility"
    )
    part.add_argument("--type", action="append", default=[], metavar="TYPE", help="such as Claim (default: all)")
    part.add_argument("--check", action="store_true", help="only compare; exit status 1 where something differs")
    with_practice(part)
    part.set_defaults(run=_project)


def _project(chosen: argparse.Namespace) -> int:
    wrong = 0
    with program():
        from chartdesk.record import projected

        who = subject(chosen)
        for type in chosen.type or projected.types():
            report = (projected.compare if chosen.check else projected.rebuild)(who, type)
            wrong += len(report.wrong)
            print(
                f"{type:<28} {report.same:>7} right, {len(report.missing)} missing, "
                f"{len(report.different)} different, {len(report.stray)} without rows",
                flush=True,
            )
            for reference in report.wrong[:_SHOWN]:
                print(f"  {reference}")
        if not chosen.type:
            wrong += _kept(who, mend=not chosen.check)
    if wrong:
        print(f"{wrong} differ; run `chartdesk project` to mend them." if chosen.check else f"{wrong} mended.")
    return 1 if wrong and chosen.check else 0


def _kept(who: Subject, *, mend: bool) -> int:
    """What the database keeps beside its rows: how many sums of the ledger and counts of claims differ from them."""
    from chartdesk.insight import consistency
    from chartdesk.pms.claims import counting
    from chartdesk.pms.ledger import summing

    wrong = 0
    for name, found, right, anew in (
        ("Sums of the ledger", consistency.books(who), "as the entries say", summing.sum_anew),
        ("Counts of claims", consistency.counts(who), "as the claims say", counting.count_anew),
    ):
        print(f"{name:<28} {f'{len(found)} different' if found else right}", flush=True)
        for one in found[:_SHOWN]:
            print(f"  {one}")
        if found and mend:
            anew(who)
        wrong += len(found)
    return wrong
