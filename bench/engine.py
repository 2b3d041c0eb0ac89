"""How fast messages are stored, answered, routed and applied, and how quickly one is found again among millions.

    python -m bench.engine [--size full]

Messages are ADT^A08 of 2.6 KB about two thousand known patients. They are stored in lots of twenty, as a listener
gathers them; another process takes them and writes the patients. First into an empty log, then beside a hundred
thousand stored messages (full: ten million). The messages that fill the log are written past the engine, with all
their indexes; their contents are shorter than real ones.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from bench import hl7v2, measuring
from bench.measuring import Context, Measurement

LOT, PATIENTS = 20, 2_000
#: Messages a second, and milliseconds until an answer at that pace.
LIMIT, ANSWER_MS, SEARCH_MS = 500, 50, 1000
#: How many messages may wait before those who send hold back.
BEHIND = 2_000
STORED = {"small": 100_000, "full": 10_000_000, "overnight": 10_000_000}
RARE, COMMON = "zebrafish", "moss"

_FILL = """
    INSERT INTO engine_interfacemessage (
        practice, channel, direction, received, control_id, kind, sender, peer, patient_key, digest, size, replay_of,
        version, status, outcome, reason, attempts, repeats, finished)
    SELECT %(practice)s, %(channel)s, 'in', %(start)s::timestamptz + n * interval '1 second', 'F' || n,
           (ARRAY['ADT^A08', 'ADT^A04', 'SIU^S12', 'ORU^R01'])[1 + n %% 4], 'PMS|RIVERBEND', '10.0.0.1:5000',
           (n * 7919 %% 200000) || '^MRB', decode(md5(n::text), 'hex'), 2600, NULL, 1,
           CASE WHEN n %% 100000 = 7 THEN 'filtered' ELSE 'applied' END, 'applied', '', 0, 0,
           %(start)s::timestamptz + n * interval '1 second'
      FROM generate_series(1, %(count)s::int8) AS n
"""
_OTHERS = (
    """INSERT INTO engine_messagecontent (practice, message, raw, answer, media)
       SELECT practice, id, convert_to('MSH|^~\\&|PMS|RIVERBEND|EHR|RIVERBEND|20260314093000||ADT^A08|' || control_id
              || '|P|2.5.1' || chr(13) || 'PID|1||' || patient_key || '||MOSS^ADA^Q' || id %% 5000 || '||1980'
              || CASE WHEN id %% 2500000 = 77 THEN '|zebrafish' ELSE '' END, 'UTF8'), 'MSA|AA'::bytea, ''
         FROM engine_interfacemessage""",
    """INSERT INTO engine_messageeffect (practice, message, reference, version, what)
       SELECT practice, id, 'Patient/f' || split_part(patient_key, '^', 1), 2, 'updated'
         FROM engine_interfacemessage""",
    """INSERT INTO engine_messagepatient (practice, patient, message)
       SELECT practice, 'f' || split_part(patient_key, '^', 1), id FROM engine_interfacemessage""",
)
# Each block has the words that every message has, some hundreds that are frequent, and a thousand that hardly are.
_BLOCKS = """
    INSERT INTO engine_wordblock (practice, first, last, words)
    SELECT %(practice)s, 1 + b * 128, (b + 1) * 128, %(every)s::int4[]
           || ARRAY(SELECT hashint4((g * 31 + b %% 7)::int4) FROM generate_series(1, 400) AS g)
           || ARRAY(SELECT hashint4((b * 1000 + g)::int4) FROM generate_series(1, 1000) AS g)
           || CASE WHEN (b * 128 + 128) / 2500000 <> b * 128 / 2500000 OR b = 0 THEN %(rare)s::int4[] ELSE '{}' END
           || CASE WHEN (b * 128 + 120) / 100000 <> (b * 128 - 8) / 100000 OR b = 0
                   THEN %(filtered)s::int4[] ELSE '{}' END
      FROM generate_series(0, %(count)s::int8 / 128 - 1) AS b
"""
_TABLES = ("engine_interfacemessage", "engine_messagecontent", "engine_messageeffect", "engine_messagepatient",
           "engine_wordblock")  # fmt: skip


_FORM = hl7v2.adt().replace(b"ADT^A04^ADT_A01", b"ADT^A08^ADT_A01")


def message(number: int, patient: int) -> bytes:
    """An ADT of 2.6 KB with a control id and a patient of its own."""
    changed = _FORM.replace(b"MSG0000042", b"E%010d" % number, 1)
    return changed.replace(b"100234^^^RIVERBEND", b"%d^^^RIVERBEND" % (100_000 + patient), 1)


def take_patients(subject: Any, channel: Any, messages: list[Any]) -> list[Any]:
    """A receiver as small as one can be: each message becomes the next version of its patient, all in one statement."""
    from chartdesk.exchange.engine.receivers import Outcome
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    made = []
    for one in messages:
        number = one.message.get("PID-3.1")
        given = [one.message.get("PID-5.2"), one.message.control_id]
        name = r4.HumanName(family=one.message.get("PID-5.1"), given=given)
        made.append(r4.Patient(id=f"e{number}", active=True, name=[name], birthDate="1980-02-03", gender="female"))
    written = {stored.id: stored.version for stored in store.put_changed(subject, made)}
    return [
        Outcome("applied", [(f"Patient/{one.id}", written[str(one.id)], "updated")], patient=str(one.id))
        for one in made
    ]


def _prepare() -> tuple[Any, Any]:
    """The channel, in a process that takes its messages."""
    from chartdesk.exchange.engine import receivers
    from chartdesk.exchange.engine.models import Channel
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access.models import Practice
    from chartdesk.record.access.subject import system

    receivers._receivers.clear()
    receivers.register(["ADT^*"], take_patients)
    subject = system(Practice.objects.get(slug="bench").pk, "bench")
    with transaction(subject):
        return subject, Channel.objects.get(name="adt")


def _opened() -> None:
    from chartdesk.exchange.engine import channels, commands
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice("bench", "Bench").pk, "bench")
    document = {
        "name": "adt",
        "source": {"type": "mllp", "port": 2575},
        "destinations": [{"name": "record", "transport": {"type": "record"}}],
    }
    commands.save(subject, channels.document(document))


class _Sender:
    """Stores lots of messages whose control ids nobody had before."""

    def __init__(self, start: int) -> None:
        self.subject, self.channel = _prepare()
        self._next = start

    def lot(self) -> int:
        from chartdesk.exchange.engine import receiving

        raws = [message(n, n * 7 % PATIENTS) for n in range(self._next, self._next + LOT)]
        self._next += LOT
        receiving.accept(self.channel, raws, peer="10.0.0.1:5000")
        return LOT

    def behind(self) -> int:
        from chartdesk.kit import database

        text = "SELECT count(*) FROM (SELECT 1 FROM engine_messageturn WHERE practice = %s LIMIT %s) AS t"
        return int((database.row(text, [self.subject.practice, BEHIND]) or (0,))[0])

    def lot_unless_behind(self) -> int:
        if self.behind() >= BEHIND:
            time.sleep(0.01)
            return 0
        return self.lot()


def together(share: tuple[str, int, float]) -> Any:
    """One of the two processes: stores as much as the other takes, or at a pace; or takes."""
    what, start, seconds = share
    if what == "route":
        from chartdesk.exchange.engine import routing

        subject, _ = _prepare()

        def work() -> int:
            taken = routing.work(subject.practice)
            if not taken:
                time.sleep(0.002)
            return taken

        return measuring.rates(work, seconds)
    sender = _Sender(start)
    if what == "pace":
        return _paced(sender, seconds)
    return measuring.rates(sender.lot_unless_behind, seconds)


def _paced(sender: _Sender, seconds: float) -> list[tuple[list[float], float, float]]:
    """Milliseconds of every lot at LIMIT messages a second, run by run."""
    sender.lot()
    found = []
    for _ in range(measuring.RUNS):
        measuring.gate()
        start = time.time()
        taken, due = [], start
        while time.time() - start < seconds:
            due += LOT / LIMIT
            time.sleep(max(due - time.time(), 0))
            taken.append(measuring.timed(sender.lot))
        found.append((taken, start, time.time()))
    return found


def measurements(context: Context) -> list[Measurement]:
    """Into an empty log, then into a full one; then the browser's search."""
    _opened()
    _warmed_up()
    seconds, count = max(context.size.seconds, 2.0), STORED[context.size.name]
    found = _measured(context, seconds, 1)
    context.note(f"{count:,} messages are written into the log")
    _fill(count)
    found += _measured(context, seconds, 100_000_000)
    return found + _searches(count)


def _warmed_up() -> None:
    """Every patient is known, and the server has looked at the tables once, as it does in the first minute."""
    sender = _Sender(90_000_000)
    for _ in range(PATIENTS // LOT):
        sender.lot()
    _drain()
    measuring.settle()


def _measured(context: Context, seconds: float, start: int) -> list[Measurement]:
    rows = measuring.rows_of(messages="engine_interfacemessage")

    def row(what: str, processes: int, taken: list[float], unit: str, limit: float | None) -> Measurement:
        return Measurement("Interface engine", what, rows, processes, 1, taken, unit, "limit" if limit else "", limit)

    sender = _Sender(start)
    alone = [done / (end - begun) for done, begun, end in measuring.rates(sender.lot, seconds)]
    _drain()
    share = measuring.together(together, [("send", start + 10_000_000, seconds), ("route", 0, seconds)])
    applied = [done / (end - begun) for done, begun, end in share[1]]
    _drain()
    paced = measuring.together(together, [("pace", start + 20_000_000, seconds), ("route", 0, seconds)])
    late = [statistics.quantiles(taken, n=100)[98] for taken, _, _ in paced[0]]
    _drain()
    return [
        row(f"stored and answered, lots of {LOT}", 1, alone, "messages/s", None),
        row("stored, answered, routed and applied", 2, applied, "messages/s", LIMIT),
        row(f"99th percentile of an answer, at {LIMIT} messages/s routed and applied", 2, late, "ms", ANSWER_MS),
    ]


def _drain() -> None:
    from chartdesk.exchange.engine import routing

    subject, _ = _prepare()
    routing.work_all(subject.practice)


def _fill(count: int) -> None:
    import psycopg

    from chartdesk.app import database
    from chartdesk.exchange.engine import words
    from chartdesk.kit import clock
    from chartdesk.kit.arrays import numbers

    subject, channel = _prepare()
    with psycopg.connect(database.dsn()) as owner:
        owner.execute("SET row_security = off")
        for table in _TABLES:
            owner.execute(f"TRUNCATE {table} RESTART IDENTITY")
        with measuring.without_indexes(owner, *_TABLES):
            start = clock.now() - timedelta(seconds=count)
            owner.execute(_FILL, {"practice": subject.practice, "channel": channel.pk, "count": count, "start": start})
            for text in _OTHERS:
                owner.execute(text.replace("%%", "%"))
            every = [words.number(word) for word in (COMMON, "ada", "pid", "msh", "riverbend", "1980")]
            every += [words.standing("applied", *more) for more in ((), (channel.pk,))]
            values = {
                "practice": subject.practice, "count": count, "every": numbers(every),
                "rare": numbers([words.number(RARE)]), "filtered": numbers([words.standing("filtered")]),
            }  # fmt: skip
            owner.execute(_BLOCKS, values)
    measuring.settle()


def _searches(count: int) -> list[Measurement]:
    from chartdesk.exchange.engine import queries
    from chartdesk.exchange.engine.queries import Wanted
    from chartdesk.kit import clock

    subject, _ = _prepare()
    rows = measuring.rows_of(messages="engine_interfacemessage")
    day = clock.now() - timedelta(seconds=count // 2)
    wanted = {
        "control id": Wanted(control_id=f"F{count // 3}"),
        "patient": Wanted(patient="4242^MRB"),
        "patient, without authority": Wanted(patient="4242"),
        "patient of ours": Wanted(patient="Patient/f4242"),
        "kind": Wanted(kind="SIU^S12"),
        "channel, kind and day": Wanted(channel="adt", kind="ORU^R01", since=day, until=day + timedelta(days=1)),
        "status, rare": Wanted(status="filtered"),
        "status, error": Wanted(status="error"),
        "text, rare": Wanted(text=RARE),
        "text, in every message": Wanted(text=COMMON),
        "two texts, never in one message": Wanted(text=f"{COMMON} {RARE} siu"),
    }

    def row(name: str, asked: Wanted) -> Measurement:
        taken = measuring.times(lambda: queries.search(subject, asked))
        return Measurement("Message browser", name, rows, 1, 1, taken, "ms", "limit", SEARCH_MS)

    return [row(name, asked) for name, asked in wanted.items()]


if __name__ == "__main__":
    sys.exit(measuring.command(["engine"]))
