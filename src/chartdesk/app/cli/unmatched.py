"""``chartdesk unmatched``: numbers of other systems that lead to nobody here, and what they stand for."""

from __future__ import annotations

import argparse
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice


def add(commands: Any) -> None:
    """Declare the commands."""
    part = commands.add_parser(
        "unmatched", help="numbers in messages that lead to nobody here: list them, say who they are"
    )
    actions = part.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="what waits, the oldest first")
    with_practice(listed)
    listed.set_defaults(run=_list)
    matched = actions.add_parser("match", help="say what a number stands for; the messages that wait for it go on")
    matched.add_argument("number", type=int, help="the number in the list")
    matched.add_argument("id", help="id of our resource, or the record number of a patient")
    with_practice(matched)
    matched.set_defaults(run=_match)
    dismissed = actions.add_parser("dismiss", help="say that it is nobody of ours; the messages are refused")
    dismissed.add_argument("number", type=int, help="the number in the list")
    with_practice(dismissed)
    dismissed.set_defaults(run=_dismiss)


def _list(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.record.identities import unmatched

        for one in unmatched.waiting(subject(chosen)):
            shown = f"{one.value} of {one.authority}"
            print(f"{one.pk:>8}  {one.kind:<12}  {shown:<40}  {len(one.messages):>5}  {one.words}")
    return 0


def _match(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.kit.errors import NotFound
        from chartdesk.pms.registration import queries as registration
        from chartdesk.record.identities import unmatched

        who, id = subject(chosen), chosen.id
        if id.isdigit():
            try:
                id = registration.patient_by_mrn(who, id).patient_id
            except NotFound:
                id = chosen.id
        messages = unmatched.match(who, chosen.number, id)
        print(f"Noted. {len(messages)} messages go on.")
    return 0


def _dismiss(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.record.identities import unmatched

        messages = unmatched.dismiss(subject(chosen), chosen.number)
        print(f"Noted. {len(messages)} messages are refused.")
    return 0
