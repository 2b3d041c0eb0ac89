"""Both ends beside each other: what the partner sent, what stands here, and what the other partner was given.

Read by plain SQL as the owner of the database, past all of the program's own ways.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import psycopg
from tests.journeys.under_fire.messages import A40, ORU, Sent
from tests.journeys.under_fire.opening import HANDOFF
from tests.journeys.under_fire.partners import Taken
from tests.journeys.under_fire.shooting import Shots

Connection = psycopg.Connection[Any]

_LOG = """
    SELECT m.id, c.name, m.control_id, m.kind, m.status, m.outcome, m.reason, m.repeats, t.raw
      FROM engine_interfacemessage m JOIN engine_channel c ON c.id = m.channel
      JOIN engine_messagecontent t ON t.message = m.id ORDER BY m.id
"""
_EFFECTS = "SELECT message, reference, version, what FROM engine_messageeffect ORDER BY message, id"
_VERSIONS = """
    SELECT type || '/' || id, version, deleted, body FROM record_resource WHERE type = ANY(%(types)s)
     UNION ALL
    SELECT type || '/' || id, version, deleted, body FROM record_history WHERE type = ANY(%(types)s)
"""
_MERGES = "SELECT source, target, state FROM merging_merge"
_UNEXPLAINED = """
    SELECT 'message ' || status, count(*) FROM engine_messagetrouble GROUP BY status UNION ALL
    SELECT 'turn', count(*) FROM engine_messageturn UNION ALL
    SELECT 'delivery ' || state, count(*) FROM engine_messagedelivery WHERE state <> 'sent' GROUP BY state UNION ALL
    SELECT 'event ' || state, count(*) FROM kit_outboxdelivery WHERE state <> 'done' GROUP BY state UNION ALL
    SELECT 'work item ' || kind, count(*) FROM kit_workitem
     WHERE state = 'open' AND kind <> 'result_unassigned' GROUP BY kind
"""
_TOLD = """
    SELECT e.stream, e.id, h.id FROM kit_outboxdelivery d JOIN kit_outboxevent e ON e.id = d.event_id
      LEFT JOIN handoff_handoffmessage h ON h.event = e.id
     WHERE d.subscriber = %s ORDER BY e.id
"""


@dataclass(frozen=True)
class Logged:
    """A message of the log."""

    id: int
    channel: str
    control: str
    kind: str
    status: str
    outcome: str
    reason: str
    repeats: int
    raw: bytes


@dataclass(frozen=True)
class Effect:
    """A version of a resource that a message made; 0 where it made none by itself."""

    reference: str
    version: int
    what: str


def compare(connection: Connection, sent: Sequence[Sent], taken: Sequence[Taken], shots: Shots) -> dict[str, Any]:
    """Raise AssertionError for whatever differs; the figures."""
    left = [(what, count) for what, count in connection.execute(_UNEXPLAINED) if count]
    assert not left, f"not settled: {left}"
    log = [Logged(*row) for row in connection.execute(_LOG)]
    of = _logged_once(sent, log)
    _in_order_of_sending(sent, of)
    effects: dict[int, list[Effect]] = defaultdict(list)
    for message, *rest in connection.execute(_EFFECTS):
        effects[message].append(Effect(*rest))
    record = Record(connection)
    ids = _applied_in_order(sent, of, effects, record)
    _results_once(sent, of, effects, record, ids)
    twice = _delivered(sent, of, taken, shots)
    return {
        "sent": len(sent), "acknowledged": sum(1 for one in sent if one.answered), "lost": 0, "applied twice": 0,
        "out of order": 0, "kinds": Counter(one.kind for one in sent), "patients": len(ids), "merges": record.merges,
        "sent again": sum(one.times - 1 for one in sent), "known and answered again": sum(one.repeats for one in log),
        "forwarded": len({one.control for one in taken}), "forwarded again": twice,
        "told the other half": _told(connection), "kills": shots.kills, "ended by themselves": shots.ended,
    }  # fmt: skip


def _logged_once(sent: Sequence[Sent], log: Sequence[Logged]) -> dict[str, Logged]:
    """Every message is acknowledged, and in the log once, as it was sent, and applied."""
    unanswered = [one.control for one in sent if not one.answered]
    assert not unanswered, f"never answered: {unanswered[:10]}"
    counted = Counter(one.control for one in log)
    lost = [one.control for one in sent if not counted[one.control]]
    assert not lost, f"acknowledged and lost: {len(lost)}, such as {lost[:10]}"
    assert not (twice := [control for control, count in counted.items() if count > 1]), f"twice: {twice[:10]}"
    strange = [one for one in log if one.control not in {each.control for each in sent}] if len(log) > len(sent) else []
    assert not strange, f"nobody sent {strange[:3]}"
    of = {one.control: one for one in log}
    for one in sent:
        found = of[one.control]
        assert (found.raw, found.channel) == (one.raw, one.channel), f"{one.control} stands there otherwise"
        assert (found.status, found.outcome) == ("applied", "applied"), f"{one.control}: {found.status}, {found.reason}"
    return of


def _in_order_of_sending(sent: Sequence[Sent], of: dict[str, Logged]) -> None:
    """Each line's messages are in its order; and what was answered before another was sent is before it."""
    lines: dict[int, list[int]] = defaultdict(list)
    for one in sent:
        lines[one.line].append(of[one.control].id)
    for line, numbers in lines.items():
        assert numbers == sorted(numbers), f"line {line}: out of order {_first_fall(numbers)}"
    channels: dict[str, list[Sent]] = defaultdict(list)
    for one in sorted(sent, key=lambda one: of[one.control].id):
        channels[one.channel].append(one)
    for stored in channels.values():
        latest = 0.0
        for one in stored:
            assert one.answered > latest, f"{one.control} stands behind what was sent after its answer"
            latest = max(latest, one.begun)


def _first_fall(numbers: Sequence[int]) -> tuple[int, int] | None:
    pairs = pairwise(numbers)
    return next(((before, after) for before, after in pairs if after <= before), None)


class Record:
    """All versions of patients, reports and values, and who was merged into whom."""

    def __init__(self, connection: Connection) -> None:
        types = ["Patient", "DiagnosticReport", "Observation"]
        self.versions: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for reference, version, deleted, body in connection.execute(_VERSIONS, {"types": types}):
            assert version not in self.versions[reference] and not deleted, f"{reference} version {version}"
            self.versions[reference][version] = json.loads(body)
        rows = list(connection.execute(_MERGES))
        self._into = {f"Patient/{source}": f"Patient/{target}" for source, target, _ in rows}
        self.merges = len(rows)
        assert len(self._into) == len(rows) and {state for _, _, state in rows} <= {"merged"}

    def now(self, reference: str) -> dict[str, Any]:
        """The present version."""
        mine = self.versions[reference]
        assert sorted(mine) == list(range(1, len(mine) + 1)), f"{reference} has gaps"
        return mine[len(mine)]

    def remains(self, patient: str) -> str:
        """Who the patient is now."""
        while patient in self._into:
            patient = self._into[patient]
        return patient


def _applied_in_order(
    sent: Iterable[Sent], of: dict[str, Logged], effects: dict[int, list[Effect]], record: Record
) -> dict[str, str]:
    """Each message about a patient made one version of them that says what it said, in the order of the log; nothing
    else made one but merges. Gives our reference for each number."""
    ids: dict[str, str] = {}
    told: dict[str, list[tuple[int, Sent]]] = defaultdict(list)
    merged: Counter[str] = Counter()
    for one in sorted(sent, key=lambda one: of[one.control].id):
        if one.kind == ORU:
            continue
        mine = [effect for effect in effects[of[one.control].id] if effect.version]
        if one.kind == A40:
            merges = [effect.reference for effect in effects[of[one.control].id] if effect.what.startswith("merged")]
            assert sorted(merges) == sorted([ids[one.patient], ids[one.prior]]), f"{one.control}: {merges}"
            merged.update(merges)
        assert len(mine) == 1, f"{one.control} had the effects {mine}"
        reference, version = mine[0].reference, mine[0].version
        assert ids.setdefault(one.patient, reference) == reference, f"{one.patient} is two"
        assert _phone(record.versions[reference][version]) == one.value, f"{one.control} is not what it made"
        told[reference].append((version, one))
    for reference, found in told.items():
        versions = [version for version, _ in found]
        assert versions == sorted(versions), f"{reference}: applied out of order {_first_fall(versions)}"
        assert len(record.versions[reference]) == len(found) + merged[reference], f"{reference}: applied twice"
        assert _phone(record.now(reference)) == found[-1][1].value, f"{reference} is not as it was told last"
    everybody = {reference for reference in record.versions if reference.startswith("Patient/")}
    assert everybody == set(told), f"nobody told of {everybody - set(told)}"
    return ids


def _phone(patient: dict[str, Any]) -> str:
    return next(one["value"] for one in patient["telecom"] if one["system"] == "phone").replace("-", "")[-10:]


def _results_once(
    sent: Iterable[Sent], of: dict[str, Logged], effects: dict[int, list[Effect]], record: Record, ids: dict[str, str]
) -> None:
    """Each result is one report with one value, in the chart of the patient who remains."""
    reports = [reference for reference in record.versions if reference.startswith("DiagnosticReport/")]
    values = [reference for reference in record.versions if reference.startswith("Observation/")]
    results = [one for one in sent if one.kind == ORU]
    assert len(reports) == len(values) == len(results), (len(reports), len(values), len(results))
    for one in results:
        made = {effect.reference for effect in effects[of[one.control].id] if effect.version == 1}
        report = [reference for reference in made if reference.startswith("DiagnosticReport/")]
        assert len(made) == 2 and len(report) == 1, f"{one.control} had the effects {made}"
        subject = record.now(report[0])["subject"]["reference"]
        assert subject == record.remains(ids[one.patient]), f"{one.control} is in the chart of {subject}"


def _delivered(sent: Sequence[Sent], of: dict[str, Logged], taken: Sequence[Taken], shots: Shots) -> int:
    """The other partner got each message, as it is, in its patient's order; again only where something was down, or had
    just been, between the two. Gives how many came again."""
    raws = {one.control: one.raw for one in sent}
    first: dict[str, float] = {}
    latest: dict[str, float] = {}
    again = 0
    for one in taken:
        assert one.raw == raws.get(one.control), f"{one.control} was forwarded otherwise"
        if one.control in latest:
            again += 1
            last = latest[one.control]
            down = any(began <= one.at and last <= back + 1 for began, back in shots.spans)
            near = [(began - last, back - last) for began, back in shots.spans if abs(began - last) < 30]
            assert down, f"{one.control} was forwarded again {one.at - last:.2f} s later; down: {near}"
        first.setdefault(one.control, one.at)
        latest[one.control] = one.at
    assert not (missing := set(raws) - set(first)), f"not forwarded: {sorted(missing)[:10]}"
    for times in (first, latest):
        streams: dict[str, list[float]] = defaultdict(list)
        for each in sorted(sent, key=lambda each: of[each.control].id):
            for patient in filter(None, (each.patient, each.prior)):
                streams[patient].append(times[each.control])
        for patient, moments in streams.items():
            assert moments == sorted(moments), f"{patient}: forwarded out of order"
    return again


def _told(connection: Connection) -> int:
    """The worker told the other half of every event, once, in the order of each patient. Gives how many."""
    rows = list(connection.execute(_TOLD, [HANDOFF]))
    untold = [event for _, event, message in rows if message is None]
    assert not untold, f"{len(untold)} events were not told, such as {untold[:5]}"
    streams: dict[str, list[int]] = defaultdict(list)
    for stream, _, message in rows:
        streams[stream].append(message)
    for stream, numbers in streams.items():
        assert numbers == sorted(set(numbers)), f"{stream}: told out of order or twice"
    return len(rows)
