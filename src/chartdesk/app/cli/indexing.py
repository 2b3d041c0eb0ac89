"""``chartdesk index``: bring the index of the record up to the search parameters of this version."""

from __future__ import annotations

import argparse
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice


def add(commands: Any) -> None:
    """Declare the command."""
    part = commands.add_parser(
        "index", help="build the record's index for new search parameters (the worker does it by itself)"
    )
    part.add_argument("--check", action="store_true", help="only say how far it is; exit status 1 where it is not done")
    part.add_argument("--all", action="store_true", dest="everything", help="build all of it anew")
    with_practice(part)
    part.set_defaults(run=_index)


def _index(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.record import definitions

        practice = subject(chosen).practice
        if not chosen.check and not definitions.build(practice, everything=chosen.everything, said=_say):
            print("Another process is at it.")
        now = definitions.progress(practice)
        print("The index is complete." if now.finished else f"{now.per_cent} % done: {', '.join(now.types)}.")
    return 0 if now.finished else 1


def _say(now: Any) -> None:
    if not now.finished:
        print(f"  {now.per_cent:>3} %", flush=True)
