"""How fast messages of the other half are taken into the record, past the transport and the log.

    python -m bench.halves

An EHR is told of its patients by ADT of 1.2 KB with contacts, guarantor and one insurance. Measured are patients
who are new, known ones of whom something changed, and known ones who are as they were; each by one process, up to 200
messages in a transaction as the engine takes them, with index, history, audit, events and what follows a Patient.

Last what the worker does with the events of all that, by subscriber: the processor time of its process for a delivery,
alone and together with those of other patients.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import measuring
from bench.measuring import RUNS, Context, Measurement

#: Messages about known patients that are to be taken a second.
LIMIT = 600
TOGETHER = 200
#: Deliveries of a subscriber that are measured at a time.
DELIVERIES = 100
NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)


def adt(number: int, minute: int, phone: str) -> bytes:
    """A patient as a PMS tells of them."""
    at = NOW + timedelta(minutes=minute)
    stamp = f"{at:%Y%m%d%H%M%S}.0000+0000"
    name, born = f"FAMILY{number % 997}^GIVEN{number}^Q", f"19{30 + number % 60}0{1 + number % 9}1{number % 10}"
    address = f"{number} ELM STREET^APT {number % 40}^COLUMBUS^OH^432{number % 90:02}^USA^H"
    phones = f"(614)555-{phone}^PRN^PH^^1^614^555{phone}~^NET^Internet^p{number}@example.org"
    lines = [
        f"MSH|^~\\&|PMS|RIVERBEND|CHARTDESK|OFFICE|{stamp}||ADT^A08^ADT_A01|C{number}-{minute}|P|2.5.1",
        f"EVN|A08|{stamp}",
        f"PID|1||{100_000 + number}^^^RIVERBEND^MR||{name}||{born}|F||^White|{address}||{phones}||en|M|||||||^Unknown",
        f"NK1|1|CONTACT^OF{number}|^sister||(614)555-0199^PRN^PH|||C^Emergency Contact^HL70131",
        "PV1|1|O",
        f"GT1|1||{name}||{address}|{phones}||{born}|F||SEL^^HL70063",
        (
            f"IN1|1|GOLD^Gold|ACME1^^^PAYER|Acme PPO||||G{number % 50}||||20260101|||PPO|{name}|SEL^^HL70063|{born}"
            f"|{address}|Y||1|||||Y|||||||||M{number:07}|||||||F"
        ),
    ]
    return ("\r".join(lines) + "\r").encode()


def take(subject: Any, channel: Any, raws: Iterable[bytes]) -> int:
    """Messages as the engine hands them over: so many in a transaction."""
    from chartdesk.exchange.engine.receivers import Incoming
    from chartdesk.exchange.halves.hl7v2 import receivers
    from chartdesk.kit.transactions import transaction
    from chartdesk.standards.hl7v2 import Message

    count = 0
    given = iter(raws)
    while part := list(itertools.islice(given, TOGETHER)):
        with transaction(subject):
            incoming = [Incoming(n, Message(raw), NOW, channel) for n, raw in enumerate(part)]
            outcomes = receivers.several(subject, channel, incoming)
        bad = [one for one in outcomes if one.status not in ("applied", "ignored")]
        if bad:
            raise RuntimeError(f"{len(bad)} of {len(part)} were not taken: {bad[0].reason}")
        count += len(part)
    return count


def delivered(practice: int, rows: str) -> list[Measurement]:
    """Milliseconds of processor time for a delivery of each subscriber, alone and together."""
    from chartdesk.kit import outbox
    from chartdesk.kit.models import OutboxDelivery

    waiting = OutboxDelivery.objects.filter(practice=practice, state="waiting")
    found = []
    for subscriber in sorted(set(waiting.values_list("subscriber", flat=True))):
        mine = list(waiting.filter(subscriber=subscriber).order_by("pk").values_list("pk", flat=True))
        waiting.exclude(subscriber=subscriber).update(state="set aside")
        for what, attempts in (("alone", 1), ("together", 0)):
            taken = []
            for _ in range(RUNS + 1):
                share, mine = mine[:DELIVERIES], mine[DELIVERIES:]
                waiting.filter(pk__in=share).update(attempts=attempts)
                waiting.filter(pk__in=mine).update(state="set aside")
                begun = time.process_time()
                count = outbox.deliver_all(practice)
                if count:
                    taken.append((time.process_time() - begun) * 1000 / count)
                OutboxDelivery.objects.filter(pk__in=mine).update(state="waiting")
            if len(taken) > 1:
                found.append(Measurement("Deliveries", f"{subscriber}, {what}", rows, 1, 1, taken[1:], "ms CPU"))
        OutboxDelivery.objects.filter(practice=practice, state="set aside").update(state="waiting")
    return found


def measurements(context: Context) -> list[Measurement]:
    """New patients, changed ones, the same again."""
    from chartdesk.app import wiring
    from chartdesk.exchange.engine.documents import ChannelDocument
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    wiring.connect()
    practice = people.open_practice("half", "Half", settings={"mode": "ehr"})
    subject = system(practice.pk, "bench")
    coverage.add_payer(subject, coverage.PayerDetails("ACME1", "Acme PPO"))
    channel = ChannelDocument(name="in", unknown_patient="create")
    count = min(context.size.patients // 10, 2_000)
    taken: dict[str, list[tuple[int, float, float]]] = {"new": [], "changed": [], "same": []}

    def run(kind: str, raws: list[bytes]) -> None:
        start = time.time()
        taken[kind].append((take(subject, channel, raws), start, time.time()))

    for place in range(RUNS + 1):
        numbers = range(place * count // 4, (place + 1) * count // 4)
        run("new", [adt(number, 0, "0100") for number in numbers])
    measuring.settle()
    every = range(count)
    for place in range(RUNS + 1):
        run("changed", [adt(number, 2 * place + 1, f"{1000 + place}") for number in every])
        run("same", [adt(number, 2 * place + 2, f"{1000 + place}") for number in every])
    rows = measuring.rows_of(patients="registration_patientindex", numbers="identities_patientnumber")

    def row(kind: str, what: str, target: int | None = None) -> Measurement:
        figures = measuring.summed([taken[kind][1:]])
        against = "limit" if target else ""
        return Measurement("ADT taken", what, rows, 1, 1, figures, "messages/s", against, target)

    return [
        row("new", "new patients with their insurance"),
        row("changed", "known patients, a telephone changed", LIMIT),
        row("same", "known patients, nothing changed"),
        *delivered(practice.pk, rows),
    ]


if __name__ == "__main__":
    sys.exit(measuring.command(["halves"]))
