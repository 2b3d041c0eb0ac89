"""``chartdesk channels`` and ``chartdesk messages``: the interface engine from the command line."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chartdesk.app.cli.opening import program, subject, with_practice


def add(commands: Any) -> None:
    """Declare the commands."""
    channels = commands.add_parser("channels", help="channels of the interface engine: list, keep as files, pause")
    parts = channels.add_subparsers(dest="part", required=True, metavar="WHAT")
    _part(parts, "list", "every channel with what waits and what is wrong", _list)
    _part(parts, "export", "write every channel into a folder, one JSON file each", _export, "folder")
    bringing = _part(parts, "import", "bring in channels from a folder; new ones are paused", _import, "folder")
    bringing.add_argument(
        "--check", action="store_true", help="only say what would be done; exit status 1 for anything"
    )
    for name, text in (("pause", "stop a channel, or one of its destinations"), ("resume", "let it go on")):
        part = _part(parts, name, text, _steer, "channel")
        part.add_argument("--destination", default="", metavar="NAME", help="only this destination")
    messages = commands.add_parser("messages", help="messages of the interface engine: look for, show, send again")
    parts = messages.add_subparsers(dest="part", required=True, metavar="WHAT")
    _searching(_part(parts, "list", "the newest messages that meet everything", _search))
    showing = _part(parts, "show", "everything about a message", _show, "message")
    showing.add_argument("--raw", action="store_true", help="write only its bytes, as they came")
    again = _part(parts, "resend", "put messages into their channel once more", _resend)
    again.add_argument("messages", nargs="+", type=int, metavar="MESSAGE")
    again.add_argument(
        "--edited", type=Path, default=None, metavar="FILE", help="with these bytes instead (one message)"
    )
    ranged = _part(
        parts, "replay", "put a range of messages into their channel once more, in order", _replay, "channel"
    )
    ranged.add_argument("first", type=int, help="number of the first message")
    ranged.add_argument("last", type=int, help="number of the last message")
    delivering = _part(parts, "deliver", "set dead deliveries of messages on their way again", _deliver)
    delivering.add_argument("messages", nargs="+", type=int, metavar="MESSAGE")
    delivering.add_argument("--destination", default="", metavar="NAME", help="only to this destination")
    closing = _part(parts, "close", "do nothing more with messages", _close)
    closing.add_argument("messages", nargs="+", type=int, metavar="MESSAGE")
    closing.add_argument("--reason", required=True, help="why")


def _part(parts: Any, name: str, text: str, run: Any, argument: str = "") -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(name, help=text)
    if argument:
        kinds: dict[str, Any] = {"folder": Path, "message": int}
        part.add_argument(argument, type=kinds.get(argument, str))
    with_practice(part)
    part.set_defaults(run=run)
    return part


def _searching(part: argparse.ArgumentParser) -> None:
    for option, text in (
        ("--channel", "name of a channel"),
        ("--kind", "such as ADT^A04"),
        ("--status", "received, queued, held, error, dead, refused, applied, sent, filtered or closed"),
        ("--control-id", "MSH-10"),
        ("--patient", "an identifier as partners write it, or Patient/<id>"),
        ("--text", "words of its content"),
    ):
        part.add_argument(option, default="", help=text)
    part.add_argument("--since", type=_moment, default=None, help="such as 2026-03-14 or 2026-03-14T09:30")
    part.add_argument("--until", type=_moment, default=None, help="the same")
    part.add_argument("--before", type=int, default=0, metavar="MESSAGE", help="go on from this number")
    part.add_argument("--most", type=int, default=50, metavar="N", help="messages to list (default 50)")


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _list(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import queries

        found = queries.every_channel(subject(chosen))
    for one in found:
        wrong = ", ".join(f"{count} {status}" for status, count in sorted(one.trouble.items()))
        last = f"{one.last:%Y-%m-%d %H:%M}" if one.last else "never"
        print(f"{one.name:<24} {one.document.direction:<4} {one.state:<8} waiting {one.routing.waiting:>6}  last {last}"
              f"{'  ' + wrong if wrong else ''}")  # fmt: skip
        for queue in one.destinations:
            state = "paused" if queue.paused else queue.error or "reached" if queue.reached else queue.error or "unused"
            print(f"  → {queue.name:<20} waiting {queue.waiting:>6}  {state}")
    return 1 if any(one.trouble for one in found) else 0


def _export(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import files

        made = files.export(subject(chosen), chosen.folder)
    print(f"{len(made)} channels written to {chosen.folder}.")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import files

        who = subject(chosen)
        found = files.compare(who, chosen.folder) if chosen.check else files.bring_in(who, chosen.folder)
    for one in found:
        print(f"{one.state:<8} {one.name}")
        for fault in one.faults:
            print(f"  {fault}")
    return 1 if chosen.check and any(one.state != "same" for one in found) else 0


def _steer(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import commands

        who, pausing = subject(chosen), chosen.part == "pause"
        if chosen.destination:
            steer = commands.pause_destination if pausing else commands.resume_destination
            steer(who, chosen.channel, chosen.destination)
        else:
            (commands.pause if pausing else commands.resume)(who, chosen.channel)
    where = f"{chosen.channel} → {chosen.destination}" if chosen.destination else chosen.channel
    print(f"{where}: {'paused' if pausing else 'resumed'}.")
    return 0


def _search(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import queries

        page = queries.search(
            subject(chosen),
            queries.Wanted(
                channel=chosen.channel, kind=chosen.kind, status=chosen.status, control_id=chosen.control_id,
                patient=chosen.patient, text=chosen.text, since=chosen.since, until=chosen.until,
                before=chosen.before, most=max(1, chosen.most),
            ),
        )  # fmt: skip
    for row in page.rows:
        print(f"{row.id:>10}  {row.received:%Y-%m-%d %H:%M:%S}  {row.kind:<10} {row.status:<9} {row.control_id:<20} "
              f"{row.patient_key:<24} {row.reason}".rstrip())  # fmt: skip
    if page.before:
        print(f"There may be more: --before {page.before}")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import queries

        view = queries.message(subject(chosen), chosen.message)
    if chosen.raw:
        sys.stdout.buffer.write(view.raw or b"")
        return 0
    row = view.row
    print(
        f"message {row.pk} · {view.channel.name} · {row.direction} · {row.kind} · control id {row.control_id or 'none'}"
    )
    print(f"received {row.received:%Y-%m-%d %H:%M:%S} from {row.peer or 'unknown'} · {row.size:,} bytes")
    print(f"status {row.status}" + (f": {view.why}" if view.why else ""))
    for delivery in view.deliveries:
        print(
            f"  → {delivery.destination}: {delivery.state}, tried {delivery.attempts} times {delivery.error}".rstrip()
        )
    for effect in view.effects:
        print(f"  {effect.what} {effect.reference} version {effect.version}")
    for title, content in (("raw", view.raw), ("answer", view.answer), ("mapped", view.mapped)):
        if content:
            text = content.decode("utf-8", "replace").replace("\r", "\n").rstrip("\n")
            print(f"\n{title}:\n{text}")
    return 0


def _resend(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import commands
        from chartdesk.kit.errors import Invalid

        if chosen.edited is not None and len(chosen.messages) != 1:
            raise Invalid("One message is edited at a time.", where="--edited")
        raw = chosen.edited.read_bytes() if chosen.edited is not None else None
        who = subject(chosen)
        for number in chosen.messages:
            print(f"message {number} goes again as message {commands.resend(who, number, raw)}")
    return 0


def _replay(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import commands

        count = commands.replay(subject(chosen), chosen.channel, chosen.first, chosen.last)
    print(f"{count} messages go again.")
    return 0


def _deliver(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import commands

        count = commands.deliver_again(subject(chosen), chosen.messages, chosen.destination)
    print(f"{count} deliveries go again.")
    return 0 if count else 1


def _close(chosen: argparse.Namespace) -> int:
    with program():
        from chartdesk.exchange.engine import commands

        count = commands.close(subject(chosen), chosen.messages, chosen.reason)
    print(f"{count} messages closed.")
    return 0 if count else 1
