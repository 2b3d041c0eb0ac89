"""Storing and answering: many messages at once in one transaction, then the answers.

One statement stores them with their contents, answers and turns. The messages of one channel are stored one lot after
another, so that their numbers are in the order of the commits, and so that a control id that came before is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from chartdesk.exchange.engine import channels, notices, plans, streams
from chartdesk.exchange.engine.channels import Plan
from chartdesk.exchange.engine.judging import Judged
from chartdesk.exchange.engine.models import Channel
from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Blobs, Texts, numbers
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.standards.hl7v2 import Unreadable
from chartdesk.standards.hl7v2.acknowledgements import ACCEPT
from chartdesk.standards.hl7v2.acknowledgements import refuse as refusal
from chartdesk.standards.hl7v2.frames import Fragment

#: What the log calls bytes that are no message.
FRAGMENT = "FRAGMENT"


@dataclass(frozen=True)
class Accepted:
    """What became of one message.

    ``answer`` is to be sent back; empty where the sender asked for none. ``message_id`` is its number in the log; of a
    duplicate, the first one's. ``state`` is ``taken``, ``again`` (a duplicate: the stored answer) or ``refused``.
    """

    message_id: int
    answer: bytes
    state: Literal["taken", "again", "refused"] = "taken"


@dataclass(frozen=True)
class Entry:
    """A message as it is to be written into the log. With ``patients`` None it takes no turn."""

    raw: bytes
    answer: bytes
    control_id: str
    kind: str
    sender: str
    peer: str
    digest: bytes
    patients: Sequence[str] | None
    status: str = "received"
    reason: str = ""
    patient: str = ""
    replay_of: int | None = None


class _Earlier(NamedTuple):
    number: int
    same: bool
    answer: bytes | None


_EARLIER = """
    SELECT g.place::int4, m.id, m.digest = g.digest, c.answer
      FROM unnest(%(control_ids)b::text[], %(senders)b::text[], %(digests)b::bytea[])
           WITH ORDINALITY AS g(control_id, sender, digest, place)
     CROSS JOIN LATERAL (
        SELECT e.id, e.digest FROM engine_interfacemessage e
         WHERE e.practice = %(practice)s AND e.control_id = g.control_id AND e.channel = %(channel)s
           AND e.sender = g.sender AND e.status <> 'refused' AND e.replay_of IS NULL AND e.received > %(since)s
         ORDER BY e.digest = g.digest DESC, e.id LIMIT 1
     ) AS m
      LEFT JOIN engine_messagecontent c ON c.practice = %(practice)s AND c.message = m.id
"""
_AGAIN = """
    WITH given AS (SELECT id, count(*) AS times FROM unnest(%(ids)s::int8[]) AS id GROUP BY id),
    noted AS (
        UPDATE engine_interfacemessage m SET repeats = repeats + g.times
          FROM given g WHERE m.practice = %(practice)s AND m.id = g.id RETURNING 1
    )
    INSERT INTO engine_channelcount (practice, channel, at, what, count)
    SELECT %(practice)s, %(channel)s, %(bucket)s, 'repeated', count(*) FROM noted
        ON CONFLICT (channel, at, what) DO UPDATE SET count = engine_channelcount.count + excluded.count
"""
_STORE = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(
            %(control_ids)b::text[], %(kinds)b::text[], %(senders)b::text[], %(peers)b::text[], %(keys)b::text[],
            %(digests)b::bytea[], %(raws)b::bytea[], %(answers)b::bytea[], %(statuses)b::text[], %(reasons)b::text[],
            %(patients)b::text[], %(replays)s::int8[]
        ) WITH ORDINALITY AS g(control_id, kind, sender, peer, key, digest, raw, answer, status, reason, patient,
                               replay, place)
    ), message AS (
        INSERT INTO engine_interfacemessage (
            practice, channel, direction, received, control_id, kind, sender, peer, patient_key, digest, size,
            replay_of, version, status, outcome, reason, attempts, repeats, finished
        )
        SELECT %(practice)s, %(channel)s, %(direction)s, %(at)s, g.control_id, g.kind, g.sender, g.peer, g.key,
               g.digest, length(g.raw), g.replay, %(version)s, g.status, '', g.reason, 0, 0, NULL
          FROM given g ORDER BY g.place
        RETURNING id
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM message
    ), content AS (
        INSERT INTO engine_messagecontent (practice, message, raw, answer, media)
        SELECT %(practice)s, n.id, g.raw, g.answer, '' FROM given g JOIN numbered n USING (place)
    ), turn AS (
        INSERT INTO engine_messageturn (practice, stream, message, channel, queue, due, held)
        SELECT %(practice)s, t.stream, n.id, %(channel)s, '', %(at)s, false
          FROM unnest(%(turn_places)s::int8[], %(turn_streams)s::int8[]) AS t(place, stream)
          JOIN numbered n USING (place)
    ), about AS (
        INSERT INTO engine_messagepatient (practice, patient, message)
        SELECT %(practice)s, g.patient, n.id FROM given g JOIN numbered n USING (place) WHERE g.patient <> ''
    ), trouble AS (
        INSERT INTO engine_messagetrouble (practice, message, channel, status, since)
        SELECT %(practice)s, n.id, %(channel)s, g.status, %(at)s
          FROM given g JOIN numbered n USING (place) WHERE g.status IN ('refused', 'error')
    ), counted AS (
        INSERT INTO engine_channelcount (practice, channel, at, what, count)
        SELECT %(practice)s, %(channel)s, %(bucket)s, what, count(*)
          FROM (SELECT 'received' AS what FROM given UNION ALL SELECT status FROM given WHERE status <> 'received') AS w
         WHERE %(counting)s GROUP BY what
            ON CONFLICT (channel, at, what) DO UPDATE SET count = engine_channelcount.count + excluded.count
    )
    SELECT array_agg(id ORDER BY place), pg_notify(%(notice)s, '') FROM numbered
"""


def accept(channel: Channel, raws: Sequence[bytes], *, peer: str | Sequence[str]) -> list[Accepted]:
    """Store messages in the order given and say how each is answered; when it returns, they are committed.

    Several are one transaction; ``peer`` says where they came from, one for all or one for each. A message that cannot
    be read or is not taken is kept too, and answered with AE or AR. A paused channel stores as well; nothing is done
    with it until it is resumed.
    """
    if not raws:
        return []
    plan, at = channels.plan(channel), clock.now()
    peers = [peer] * len(raws) if isinstance(peer, str) else list(peer)
    judged = [plan.judge.judge(raw, at) for raw in raws]
    with transaction(plan.practice):
        plans.by_index_alone("engine channel", plan.channel)
        return _stored(plan, judged, peers, at)


def _stored(plan: Plan, judged: list[Judged], peers: list[str], at: datetime) -> list[Accepted]:
    """Part what is new from what came before, write the new, give the answers in the order given."""
    earlier = _earlier(plan, judged, at) if plan.document.duplicates == "check" else {}
    answers: list[Accepted | None] = [None] * len(judged)
    fresh: list[int] = []
    first: dict[tuple[str, str], int] = {}
    repeated: list[tuple[int, int]] = []
    again: list[int] = []
    for place, one in enumerate(judged):
        before = earlier.get(place)
        if before is not None and before.same:
            answers[place] = Accepted(before.number, _answer_again(plan, one, before, at), "again")
            again.append(before.number)
            continue
        if before is not None:
            plan.judge.conflict(one, before.number, at)
        elif one.fault is None and plan.document.duplicates == "check":
            other = first.setdefault(one.key, place)
            if other != place and judged[other].digest == one.digest:
                repeated.append((place, other))
                continue
            if other != place:
                plan.judge.conflict(one, 0, at)
        fresh.append(place)
    written = write(plan, [_entry(judged[place], peers[place]) for place in fresh], at=at)
    for place, number in zip(fresh, written, strict=True):
        one = judged[place]
        answers[place] = Accepted(number, one.answer, "taken" if one.fault is None else "refused")
    for place, other in repeated:
        found = answers[other]
        assert found is not None
        answers[place] = Accepted(found.message_id, found.answer, "again")
        again.append(found.message_id)
    if again:
        _note_again(plan, again, at)
    return [one for one in answers if one is not None]


def _earlier(plan: Plan, judged: list[Judged], at: datetime) -> dict[int, _Earlier]:
    """By place, the message that came before under the same control id from the same sender."""
    asked = [place for place, one in enumerate(judged) if one.fault is None]
    if not asked:
        return {}
    values = {
        "practice": plan.practice,
        "channel": plan.channel,
        "since": at - timedelta(days=plan.document.duplicate_days),
        "control_ids": Texts([judged[place].control_id for place in asked]),
        "senders": Texts([judged[place].sender for place in asked]),
        "digests": Blobs([judged[place].digest for place in asked]),
    }
    rows = plans.anew(_EARLIER, values)
    return {asked[place - 1]: _Earlier(number, same, answer) for place, number, same, answer in rows}


def _answer_again(plan: Plan, one: Judged, before: _Earlier, at: datetime) -> bytes:
    """The answer that was stored; where its content is no longer kept, one like it."""
    if before.answer is not None:
        return bytes(before.answer)
    assert one.message is not None
    return plan.judge.answer(one.message, ACCEPT, None, at)


def _note_again(plan: Plan, again: list[int], at: datetime) -> None:
    values = {"practice": plan.practice, "channel": plan.channel, "ids": numbers(again), "bucket": bucket(at)}
    database.execute(_AGAIN, values)


def _entry(one: Judged, peer: str) -> Entry:
    status = "received" if one.fault is None else "refused"
    if one.fault is not None and one.fault.where == "MSH-10" and one.control_id:
        status = "error"  # its control id came before: a person has to say which of the two is meant
    reason = "" if one.fault is None else str(one.fault)
    return Entry(
        raw=one.raw, answer=one.answer, control_id=one.control_id, kind=one.kind, sender=one.sender, peer=peer,
        digest=one.digest, patients=one.patients if one.fault is None else None, status=status, reason=reason,
    )  # fmt: skip


def write(
    plan: Plan, entries: Sequence[Entry], *, at: datetime, direction: str = "in", counting: bool = True
) -> list[int]:
    """Write messages into the log and give them their turns; their numbers, in order. In the open transaction.

    ``counting`` says whether they are among the channel's figures at once: it makes writers wait for each other.
    """
    if not entries:
        return []
    turns = [
        (place, stream)
        for place, one in enumerate(entries, start=1)
        if one.patients is not None
        for stream in set(streams.numbers(plan.channel, "", one.patients))
    ]
    values: dict[str, Any] = {
        "practice": plan.practice,
        "channel": plan.channel,
        "direction": direction,
        "version": plan.version,
        "at": at,
        "bucket": bucket(at),
        "counting": counting,
        "notice": notices.ROUTING,
        "control_ids": Texts([one.control_id for one in entries]),
        "kinds": Texts([one.kind for one in entries]),
        "senders": Texts([one.sender for one in entries]),
        "peers": Texts([one.peer for one in entries]),
        "keys": Texts([one.patients[0] if one.patients else "" for one in entries]),
        "digests": Blobs([one.digest for one in entries]),
        "raws": Blobs([one.raw for one in entries]),
        "answers": Blobs([one.answer for one in entries]),
        "statuses": Texts([one.status for one in entries]),
        "reasons": Texts([one.reason.replace("\x00", "") for one in entries]),
        "patients": Texts([one.patient for one in entries]),
        "replays": numbers(one.replay_of for one in entries),
        "turn_places": numbers(place for place, _ in turns),
        "turn_streams": numbers(stream for _, stream in turns),
    }
    found = database.row(_STORE, values)
    assert found is not None
    return list(found[0])


def bucket(at: datetime) -> datetime:
    """The beginning of the ten minutes that ``at`` lies in."""
    return at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)


def keep_fragment(channel: Channel, fragment: Fragment, *, peer: str) -> int:
    """Keep bytes that are no message where people can see them, with the reason; gives their number in the log."""
    return _kept(channel, fragment, peer, b"")


def refuse(channel: Channel, fragment: Fragment, *, peer: str) -> Accepted:
    """Keep a fragment, and say how it is answered (AR, never AA): for one that is too large, whose sender waits."""
    fault = Unreadable(f"{fragment.why}.".capitalize(), f"{fragment.size:,} bytes came.", where="MSH")
    control_id = streams.digest(fragment.content).hex()[:20]
    answer = refusal(fragment.content, fault, control_id=control_id, at=clock.now())
    return Accepted(_kept(channel, fragment, peer, answer), answer, "refused")


def _kept(channel: Channel, fragment: Fragment, peer: str, answer: bytes) -> int:
    plan = channels.plan(channel)
    entry = Entry(
        raw=fragment.content, answer=answer, control_id="", kind=FRAGMENT, sender="", peer=peer,
        digest=streams.digest(fragment.content), patients=None, status="refused",
        reason=f"No message: {fragment.why}; {fragment.size:,} bytes.",
    )  # fmt: skip
    with transaction(plan.practice):
        advisory_lock("engine channel", plan.channel)
        return write(plan, [entry], at=clock.now())[0]
