"""Messages that come as files: single, one after another, or as FHS/BHS batches.

A file is read when its writer has finished it, its messages are stored, and only then is it put away: to ``done``, or
to ``failed`` beside a file that says in words what is wrong. A process that was killed in between reads it again, and
its messages are then known by their control ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from fnmatch import fnmatchcase

from chartdesk.exchange.engine.documents import FolderSource, SftpSource
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receiving import Accepted
from chartdesk.exchange.transports.drawers import Drawer, Entry, NotReadable
from chartdesk.exchange.transports.folders import LocalDrawer, place
from chartdesk.exchange.transports.gathering import Received
from chartdesk.exchange.transports.intake import Intake
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable
from chartdesk.standards import ccda
from chartdesk.standards.hl7v2 import Message, Unreadable, batches

#: Messages stored in one transaction, and files read at one look.
_TOGETHER, _FILES = 200, 500
#: Seconds for which a file must not have changed: not everybody renames what they have finished.
SETTLED = 2.0
#: What marks a file that its writer has not finished.
UNFINISHED = (".tmp", ".part", ".partial", ".filepart")
_REASON = ".reason.txt"
#: The most files that a sentence names.
_NAMED = 5


#: Files that were read and could not be put away, and what was wrong with them: they are not read once more.
Read = dict[Entry, list[str]]


def look(source: FolderSource | SftpSource, intake: Intake, largest: int, read: Read | None = None) -> int:
    """Read the files that are finished, oldest first; returns how many were put away.

    ``read`` is what the look before left, and is changed. One that may not be read keeps no other: they go on, and it
    is named at the end. Raises Unavailable, Invalid.
    """
    read = {} if read is None else read
    count, unreadable = 0, []
    with closing(opened(source, intake.channel)) as drawer:
        entries = drawer.entries()
        for gone in read.keys() - set(entries):
            del read[gone]
        ripe = [one for one in entries if _ripe(one, source.pattern)]
        ripe.sort(key=lambda one: (one.changed, one.name))
        for entry in ripe[:_FILES]:
            if entry not in read:
                try:
                    read[entry] = _read(drawer, entry, intake, largest)
                except NotReadable as fault:
                    unreadable.append(f"{entry.name}: {fault.message}")
                    continue
            faults = read[entry]
            if faults:
                drawer.write(source.failed, entry.name + _REASON, "\n".join(faults) + "\n")
            drawer.put_away(entry.name, source.failed if faults else source.done)
            del read[entry]
            count += 1
    if unreadable:
        raise Unavailable(" ".join(unreadable[:_NAMED]), cure="See who may read them; they are tried again.")
    return count


def opened(source: FolderSource | SftpSource, channel: Channel) -> Drawer:
    """The folder of a channel, here or on somebody's server."""
    if isinstance(source, SftpSource):
        # What speaks SSH takes a while to load; who needs it waits for it.
        from chartdesk.exchange.transports.sftp import RemoteDrawer

        return RemoteDrawer(source, channel)
    return LocalDrawer(place(channel.practice, source.path))


def _ripe(entry: Entry, pattern: str) -> bool:
    name = entry.name
    if name.startswith(".") or name.endswith(UNFINISHED) or not fnmatchcase(name, pattern):
        return False
    # Somebody's server may have another idea of the time, ahead of ours too.
    return abs(clock.now().timestamp() - entry.changed) >= SETTLED


def _read(drawer: Drawer, entry: Entry, intake: Intake, largest: int) -> list[str]:
    """Store the messages of a file; what is wrong with it, in sentences."""
    # A batch may be larger than a message; what is larger still is no file to be read into memory.
    if entry.size > max(largest * 4, 100_000_000):
        return [f"The file has {entry.size:,} bytes, more than can be read."]
    try:
        found = messages_of(drawer.fetch(entry.name))
    except Unreadable as fault:
        return [str(fault)]
    faults = list(found.faults)
    peer = f"file {entry.name}"
    for start in range(0, len(found.messages), _TOGETHER):
        share = found.messages[start : start + _TOGETHER]
        answers = intake.accept([Received(one, peer) for one in share])
        faults += _refusals(answers, start + 1)
    if not found.messages:
        faults.append("The file has no message.")
    return faults


def messages_of(content: bytes) -> batches.Batch:
    """The messages of a file. A C-CDA document is the MDM^T02 that brings it; what is neither is one message as it is.

    Raises Unreadable for a batch that cannot be parted.
    """
    start = content.lstrip(b"\xef\xbb\xbf\r\n\t \x0b")
    if start[:3] in (b"MSH", b"FHS", b"BHS"):
        return batches.split(content)
    if ccda.looks_like(content):
        try:
            return batches.Batch([ccda.carried(content)], [])
        except Invalid as fault:
            raise Unreadable(fault.message, fault.cure, where=fault.where or "document") from None
    return batches.Batch([content] if start else [], [])


def _refusals(answers: Sequence[Accepted], first: int) -> list[str]:
    return [
        f"Message {number} was not taken ({one.message_id} in the log): {words(one.answer)}"
        for number, one in enumerate(answers, start=first)
        if one.state == "refused"
    ]


def words(answer: bytes) -> str:
    """Why a message was refused, from the answer to it."""
    try:
        message = Message(answer, "latin-1")
    except ChartdeskError:
        return "it cannot be read."
    found = [one.get(8) for one in message.all("ERR")] or [message.get("MSA-3")]
    return " ".join(filter(None, found)) or "it cannot be read."
