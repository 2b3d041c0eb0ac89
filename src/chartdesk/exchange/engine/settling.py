"""Writing down what became of messages: one statement for many, in the transaction of the round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from chartdesk.exchange.engine import streams, turns
from chartdesk.exchange.engine.mappers import Mapped
from chartdesk.exchange.engine.models import FINISHED, TROUBLE
from chartdesk.exchange.engine.receiving import bucket
from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Blobs, Texts, numbers


@dataclass(frozen=True)
class Parcel:
    """What one destination is to get; without ``mapped`` what the channel has. With ``fault`` it never goes."""

    destination: str
    mapped: Mapped | None = None
    fault: str = ""


@dataclass
class Settled:
    """What became of a message. ``wait``: it keeps its turn and is tried again then."""

    id: int
    status: str
    outcome: str = ""
    reason: str = ""
    attempts: int = 0
    patient: str = ""
    effects: Sequence[tuple[str, int, str]] = ()
    parcels: list[Parcel] = field(default_factory=list)
    patients: Sequence[str] = ()
    wait: timedelta | None = None
    mapped: Mapped | None = None


_SETTLE = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(%(ids)s::int8[], %(statuses)b::text[], %(outcomes)b::text[], %(reasons)b::text[],
                             %(attempts)s::int4[], %(patients)b::text[])
            AS g(id, status, outcome, reason, attempts, patient)
    ), message AS (
        UPDATE engine_interfacemessage m
           SET status = g.status, outcome = g.outcome, reason = g.reason, attempts = g.attempts,
               finished = CASE WHEN g.status = ANY(%(finished)b::text[]) THEN %(at)s::timestamptz END
          FROM given g WHERE m.practice = %(practice)s AND m.id = g.id
    ), about AS (
        INSERT INTO engine_messagepatient (practice, patient, message)
        SELECT %(practice)s, g.patient, g.id FROM given g WHERE g.patient <> ''
    ), effect AS (
        INSERT INTO engine_messageeffect (practice, message, reference, version, what)
        SELECT %(practice)s, e.* FROM unnest(%(effect_ids)s::int8[], %(references)b::text[], %(versions)s::int4[],
                                             %(whats)b::text[]) AS e
    ), trouble AS (
        INSERT INTO engine_messagetrouble (practice, message, channel, status, since)
        SELECT %(practice)s, g.id, %(channel)s, g.status, %(at)s FROM given g WHERE g.status = ANY(%(trouble)b::text[])
            ON CONFLICT (message) DO UPDATE SET status = excluded.status, since = excluded.since
    )
    INSERT INTO engine_channelcount (practice, channel, at, what, count)
    SELECT %(practice)s, %(channel)s, %(bucket)s, g.status, count(*) FROM given g
     WHERE g.status NOT IN ('received', 'queued') GROUP BY g.status ORDER BY g.status
        ON CONFLICT (channel, at, what) DO UPDATE SET count = engine_channelcount.count + excluded.count
"""
_MAPPED = """
    UPDATE engine_messagecontent c SET mapped = g.mapped, media = g.media
      FROM unnest(%s::int8[], %b::bytea[], %b::text[]) AS g(message, mapped, media)
     WHERE c.practice = %s AND c.message = g.message
"""
_PARCELS = """
    INSERT INTO engine_messagedelivery (practice, message, channel, destination, state, attempts, error, response,
                                        content, media)
    SELECT %s, g.message, %s, g.destination, g.state, 0, g.error, ''::bytea, g.content, g.media
      FROM unnest(%s::int8[], %b::text[], %b::text[], %b::text[], %b::bytea[], %b::text[])
           AS g(message, destination, state, error, content, media)
"""


def settle(practice: int, channel: int, given: Sequence[Settled]) -> None:
    """Write the new states, effects and patients of messages, and what goes to their destinations."""
    if not given:
        return
    now = clock.now()
    effects = [(one.id, *effect) for one in given for effect in one.effects]
    values = {
        "practice": practice,
        "channel": channel,
        "at": now,
        "bucket": bucket(now),
        "finished": Texts(FINISHED),
        "trouble": Texts(TROUBLE),
        "ids": numbers(one.id for one in given),
        "statuses": Texts([one.status for one in given]),
        "outcomes": Texts([one.outcome for one in given]),
        "reasons": Texts([one.reason.replace("\x00", "") for one in given]),
        "attempts": numbers(one.attempts for one in given),
        "patients": Texts([one.patient for one in given]),
        "effect_ids": numbers(number for number, _, _, _ in effects),
        "references": Texts([reference for _, reference, _, _ in effects]),
        "versions": numbers(version for _, _, version, _ in effects),
        "whats": Texts([what for _, _, _, what in effects]),
    }
    database.execute(_SETTLE, values)
    _keep_mapped(practice, [(one.id, one.mapped) for one in given if one.mapped is not None])
    _queue(practice, channel, given)


def _keep_mapped(practice: int, mapped: Sequence[tuple[int, Mapped]]) -> None:
    if mapped:
        contents, medias = Blobs([one.raw for _, one in mapped]), Texts([one.media for _, one in mapped])
        database.execute(_MAPPED, [numbers(number for number, _ in mapped), contents, medias, practice])


def _queue(practice: int, channel: int, given: Iterable[Settled]) -> None:
    """Let every parcel wait for its destination, in its streams."""
    parcels = [(one, parcel) for one in given for parcel in one.parcels]
    if not parcels:
        return
    values = [
        practice,
        channel,
        numbers(one.id for one, _ in parcels),
        Texts([parcel.destination for _, parcel in parcels]),
        Texts(["dead" if parcel.fault else "waiting" for _, parcel in parcels]),
        Texts([parcel.fault.replace("\x00", "") for _, parcel in parcels]),
        Blobs([parcel.mapped.raw if parcel.mapped else None for _, parcel in parcels]),
        Texts([parcel.mapped.media if parcel.mapped else "" for _, parcel in parcels]),
    ]
    database.execute(_PARCELS, values)
    rows = [
        (stream, one.id, parcel.destination)
        for one, parcel in parcels
        if not parcel.fault
        for stream in streams.numbers(channel, parcel.destination, one.patients)
    ]
    turns.add(practice, channel, rows, clock.now())
