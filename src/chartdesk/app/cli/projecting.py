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
            wrong += _sums(who, mend=not chosen.check) + _counts(who, mend=not chosen.check)
    if wrong:
        print(f"{wrong} differ; run `chartdesk project` to mend them." if chosen.check else f"{wrong} mended.")
    return 1 if wrong and chosen.check else 0


def _sums(who: Subject, *, mend: bool) -> int:
    """The sums of the ledger: how many differ from the entries."""
    from chartdesk.insight import consistency
    from chartdesk.pms.ledger import summing

    found = consistency.books(who)
    words = f"{len(found)} different" if found else "as the entries say"
    print(f"{'Sums of the ledger':<28} {words}", flush=True)
    for one in found[:_SHOWN]:
        print(f"  {one}")
    if found and mend:
        summing.sum_anew(who)
    return len(found)


def _counts(who: Subject, *, mend: bool) -> int:
    """The counts of claims by status: how many differ from the claims."""
    from chartdesk.insight import consistency
    from chartdesk.pms.claims import counting

    found = consistency.counts(who)
    print(f"{'Counts of claims':<28} {f'{len(found)} different' if found else 'as the claims say'}", flush=True)
    for one in found[:_SHOWN]:
        print(f"  {one}")
    if found and mend:
        counting.count_anew(who)
    return len(found)
