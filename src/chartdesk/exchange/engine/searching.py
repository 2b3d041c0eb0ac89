"""The message browser's search: one driver that finds few, everything else held against what it finds, newest first.

Which driver: a control id, a patient, what is in trouble or under way, one channel or kind, have an index of their
own; a text, and the other statuses, have the blocks (``words``). A search that would take longer than ``SECONDS`` gives
what it found and how far back it looked; it is gone on with from there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chartdesk.exchange.engine import turns, words
from chartdesk.exchange.engine.models import TROUBLE, Channel
from chartdesk.kit import database
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit
from chartdesk.record.access.subject import CONNECTORS, Subject

#: How long a search goes on before it gives what it has.
SECONDS = 0.8
_NEWEST = 2**62
#: Messages looked at in one step where their texts decide, and where they do not; and blocks.
STEP, FEW, BLOCKS = 400, 60, 40


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty does not matter. ``before`` is the number to go on from.

    ``patient`` is an identifier as partners write it (with its authority after ``^``, or without), or ``Patient/<id>``.
    """

    channel: str = ""
    kind: str = ""
    status: str = ""
    control_id: str = ""
    patient: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int = 0
    most: int = 50


@dataclass(frozen=True)
class Row:
    """A message in the list."""

    id: int
    channel: int
    direction: str
    received: datetime
    control_id: str
    kind: str
    sender: str
    patient_key: str
    size: int
    status: str
    reason: str
    repeats: int
    replay_of: int | None


@dataclass(frozen=True)
class Page:
    """What was found. ``before`` is where to go on, 0 at the end; ``whole`` is False where time ran out before it."""

    rows: list[Row]
    before: int
    whole: bool


_COLUMNS = """m.id, m.channel, m.direction, m.received, m.control_id, m.kind, m.sender, m.patient_key, m.size, m.status,
              m.reason, m.repeats, m.replay_of"""
_MEETS = """
       AND (%(channel)s = 0 OR m.channel = %(channel)s) AND (%(kind)s = '' OR m.kind = %(kind)s)
       AND (%(status)s = '' OR m.status = %(status)s) AND (%(control)s = '' OR m.control_id = %(control)s)
       AND (%(key)s = '' OR m.patient_key = %(key)s OR split_part(m.patient_key, '^', 1) = %(key)s)
       AND m.received >= %(since)s AND m.received <= %(until)s
"""
_FROM = "FROM engine_interfacemessage m WHERE m.practice = %(practice)s AND m.id < %(before)s AND m.id > %(above)s"
_BY = {
    "control": f"SELECT {_COLUMNS} {_FROM} AND m.control_id = %(control)s {_MEETS} ORDER BY m.id DESC LIMIT %(most)s",
    "key": f"SELECT {_COLUMNS} {_FROM} AND m.patient_key = %(key)s {_MEETS} ORDER BY m.id DESC LIMIT %(most)s",
    "prefix": f"""
        SELECT {_COLUMNS} {_FROM} AND m.patient_key > %(key)s || '^' AND m.patient_key < %(key)s || '_' {_MEETS}
         ORDER BY m.id DESC LIMIT %(most)s""",
    "channel": f"SELECT {_COLUMNS} {_FROM} AND m.channel = %(channel)s {_MEETS} ORDER BY m.id DESC LIMIT %(most)s",
    "kind": f"""
        SELECT {_COLUMNS} {_FROM} AND m.channel = %(channel)s AND m.kind = %(kind)s {_MEETS}
         ORDER BY m.id DESC LIMIT %(most)s""",
    "all": f"SELECT {_COLUMNS} {_FROM} {_MEETS} ORDER BY m.id DESC LIMIT %(most)s",
    "ids": f"""
        SELECT {_COLUMNS} {_FROM} AND m.id = ANY(%(ids)s::int8[]) {_MEETS} ORDER BY m.id DESC LIMIT %(most)s""",
}
_PATIENT = """
    SELECT message FROM engine_messagepatient
     WHERE practice = %(practice)s AND patient = %(patient)s AND message < %(before)s
     ORDER BY message DESC LIMIT %(most)s
"""
_TROUBLE = """
    SELECT message FROM engine_messagetrouble
     WHERE practice = %(practice)s AND status = %(status)s AND message < %(before)s ORDER BY message DESC LIMIT %(most)s
"""
_TROUBLE_HERE = """
    SELECT message FROM engine_messagetrouble
     WHERE practice = %(practice)s AND channel = %(channel)s AND status = %(status)s AND message < %(before)s
     ORDER BY message DESC LIMIT %(most)s
"""
_UNDER_WAY = """
    SELECT DISTINCT message FROM engine_messageturn
     WHERE practice = %(practice)s AND channel = %(lane_channel)s AND queue = %(queue)s AND message < %(before)s
     ORDER BY message DESC LIMIT %(most)s
"""
_BOUNDS = """
    SELECT (SELECT id FROM engine_interfacemessage
             WHERE practice = %(practice)s AND received >= %(low)s ORDER BY received, id LIMIT 1),
           (SELECT id FROM engine_interfacemessage
             WHERE practice = %(practice)s AND received >= %(high)s ORDER BY received, id LIMIT 1)
"""
_BLOCKS = "SELECT first, last FROM engine_blocks(%s::int4[], %s, %s, %s)"
_TAIL = "SELECT coalesce(max(last), 0) FROM engine_wordblock WHERE practice = %s"
_CONTENTS = "SELECT message, raw FROM engine_messagecontent WHERE practice = %s AND message = ANY(%s::int8[])"
#: How far a number may be from its place in time: a transaction may last, and its numbers are given before its end.
_SLACK = timedelta(minutes=10)
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def search(subject: Subject, wanted: Wanted) -> Page:
    """The newest messages that meet everything. Raises Forbidden, NotFound for a channel that is not there, Invalid."""
    subject.require(*CONNECTORS)
    until = time.monotonic() + SECONDS
    with reading(subject):
        values = _values(subject, wanted)
        audit.record(subject, "E", "InterfaceMessage", patient=values["patient"], detail="search of messages")
        if values["above"] >= values["before"]:
            return Page([], 0, True)
        said = words.asked(wanted.text)
        if wanted.text.strip() and not said:
            raise Invalid("Look for whole words of two letters or more.", where="text")
        steps = _steps(subject, wanted, values, said)
        return _gathered(subject, wanted, steps, said, until)


def _values(subject: Subject, wanted: Wanted) -> dict[str, Any]:
    channel = 0
    if wanted.channel:
        found = Channel.objects.filter(practice=subject.practice, name=wanted.channel).values_list("pk", flat=True)
        channel = next(iter(found), 0)
        if not channel:
            raise NotFound(f"There is no channel {wanted.channel}.")
    is_ours = wanted.patient.startswith("Patient/")
    values: dict[str, Any] = {
        "practice": subject.practice, "channel": channel, "kind": wanted.kind, "status": wanted.status,
        "control": wanted.control_id, "key": "" if is_ours else wanted.patient,
        "patient": wanted.patient.removeprefix("Patient/") if is_ours else "",
        "since": wanted.since or _EARLIEST, "until": wanted.until or _LATEST,
        "before": wanted.before or _NEWEST, "above": 0, "most": STEP if wanted.text else max(wanted.most, FEW),
    }  # fmt: skip
    if wanted.since or wanted.until:
        low = max(values["since"], _EARLIEST + _SLACK) - _SLACK
        high = min(values["until"], _LATEST - _SLACK) + _SLACK
        row = database.row(_BOUNDS, {"practice": subject.practice, "low": low, "high": high})
        first, beyond = row or (None, None)
        if wanted.since:
            values["above"] = _NEWEST if first is None else first - 1
        if beyond is not None:
            values["before"] = min(values["before"], beyond)
    return values


@dataclass(frozen=True)
class _Step:
    """Messages that the driver found, and down to which number it has now looked; 0: to the end."""

    rows: list[Row]
    down_to: int


def _steps(subject: Subject, wanted: Wanted, values: dict[str, Any], said: list[str]) -> Iterator[_Step]:
    """What the best driver finds, step by step."""
    if wanted.control_id:
        return _ordered(values, ("control", {}))
    if values["patient"]:
        return _numbered(_PATIENT, values)
    if values["key"]:
        return _ordered(values, ("key", {})) if "^" in values["key"] else _either(values)
    if wanted.status in (*TROUBLE, "closed"):
        return _numbered(_TROUBLE_HERE if values["channel"] else _TROUBLE, values)
    if wanted.status in ("received", "queued"):
        return _under_way(subject, values)
    hashes = [words.number(word) for word in said]
    if wanted.status:
        hashes.append(words.standing(wanted.status, values["channel"] or "", wanted.kind))
    if hashes:
        return _blocks(values, hashes)
    if values["channel"]:
        return _ordered(values, ("kind" if wanted.kind else "channel", {}))
    if wanted.kind:
        return _kinds(subject, values)
    return _ordered(values, ("all", {}))


#: A statement of ``_BY``, and values of its own.
_Look = tuple[str, dict[str, Any]]


def _ordered(values: dict[str, Any], *looks: _Look) -> Iterator[_Step]:
    """What the looks find, all of them together, the newest first."""
    before = values["before"]
    while True:
        here = {**values, "before": before}
        found = [Row(*row) for by, own in looks for row in database.rows(_BY[by], {**here, **own})]
        rows = sorted(found, key=lambda row: -row.id)[: values["most"]]
        whole = len(rows) < values["most"]
        before = 0 if whole else rows[-1].id
        yield _Step(rows, before)
        if whole:
            return


def _either(values: dict[str, Any]) -> Iterator[_Step]:
    """An identifier without its authority: as it is, or followed by one."""
    return _ordered(values, ("key", {}), ("prefix", {}))


def _kinds(subject: Subject, values: dict[str, Any]) -> Iterator[_Step]:
    """A kind in all channels: the newest of each."""
    every = Channel.objects.filter(practice=subject.practice).values_list("pk", flat=True)
    return _ordered(values, *(("kind", {"channel": one}) for one in every))


def _numbered(statement: str, values: dict[str, Any]) -> Iterator[_Step]:
    """What a narrow table names, then the messages themselves."""
    before = values["before"]
    while True:
        ids = [number for (number,) in database.rows(statement, {**values, "before": before})]
        whole = len(ids) < values["most"] or ids[-1] <= values["above"]
        rows = [Row(*row) for row in database.rows(_BY["ids"], {**values, "ids": numbers(set(ids))})] if ids else []
        before = 0 if whole else ids[-1]
        yield _Step(rows, before)
        if whole:
            return


def _under_way(subject: Subject, values: dict[str, Any]) -> Iterator[_Step]:
    """What waits, in all lanes or in those of one channel."""
    lanes = [one for one in turns.lanes(subject.practice) if values["channel"] in (0, one.channel)]
    before = values["before"]
    while True:
        ids: set[int] = set()
        for lane in lanes:
            here = {**values, "before": before, "lane_channel": lane.channel, "queue": lane.queue}
            ids |= {number for (number,) in database.rows(_UNDER_WAY, here)}
        newest = sorted(ids, reverse=True)[: values["most"]]
        whole = len(newest) < values["most"]
        rows = [Row(*row) for row in database.rows(_BY["ids"], {**values, "ids": numbers(newest)})]
        before = 0 if whole else newest[-1]
        yield _Step(rows, before)
        if whole:
            return


def _blocks(values: dict[str, Any], hashes: list[int]) -> Iterator[_Step]:
    """What lies behind the last block, then the blocks that may hold it."""
    (tail,) = database.row(_TAIL, [values["practice"]]) or (0,)
    if values["before"] > tail + 1:
        behind = {**values, "above": max(tail, values["above"])}
        for step in _ordered(behind, ("channel" if values["channel"] else "all", {})):
            yield replace(step, down_to=step.down_to or tail + 1)
    before = min(values["before"], tail + 1)
    while True:
        found = database.rows(_BLOCKS, [numbers(hashes), before, values["above"], BLOCKS])
        for first, last in found:
            here = {**values, "before": min(before, last + 1), "above": max(first - 1, values["above"]), "most": 10_000}
            yield _Step([Row(*row) for row in database.rows(_BY["all"], here)], first)
            before = first
        if len(found) < BLOCKS:
            yield _Step([], 0)
            return


def _gathered(subject: Subject, wanted: Wanted, steps: Iterator[_Step], said: list[str], until: float) -> Page:
    """The first page of what the steps find and the text is in."""
    rows: list[Row] = []
    for step in steps:
        for row in _saying(subject, step.rows, said):
            rows.append(row)
            if len(rows) == wanted.most:
                return Page(rows, row.id, True)
        if not step.down_to:
            break
        if time.monotonic() > until:
            return Page(rows, step.down_to, False)
    return Page(rows, 0, True)


def _saying(subject: Subject, rows: list[Row], said: list[str]) -> Iterator[Row]:
    """Those whose content has every word. Contents are read in small lots: most searches end with the first."""
    if not said:
        yield from rows
        return
    for at in range(0, len(rows), 50):
        lot = rows[at : at + 50]
        ids = numbers(row.id for row in lot)
        contents = dict(database.rows(_CONTENTS, [subject.practice, ids]))
        for row in lot:
            raw = contents.get(row.id)
            if raw is not None and words.says(raw, said):
                yield row
