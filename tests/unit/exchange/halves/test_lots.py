"""What is told to the other half of many patients at once, by HL7 v2, is what would be told one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from tests.unit.exchange.halves.pair import Half

from chartdesk.exchange.engine import sending
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import merging
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.record import store
from chartdesk.standards.hl7v2 import Message


def _told(half: Half) -> dict[str, list[str]]:
    """By patient, what was queued since the last time, without numbers and times of its own."""
    half.deliver()
    found = defaultdict(list)
    for raw in half.said():
        message = Message(raw)
        for place in ("MSH-7", "MSH-10", "EVN-2"):
            if message.get(place):
                message.set(place, "")
        found[message.get("PID-3.1")].append(bytes(message).decode())
    return dict(found)


def _anew(half: Half, *, alone: bool) -> None:
    """Let all that was told be told once more, to a half that knows nothing; ``alone``: each by itself."""
    with transaction(half.subject):
        HandoffMessage.objects.filter(practice=half.subject.practice).delete()
    done = OutboxDelivery.objects.filter(practice=half.subject.practice, state="done")
    done.update(state="waiting", attempts=1 if alone else 0)


def test_together_and_alone_say_the_same(halves, monkeypatch):
    half = halves("pms")
    people = [half.register(f"Family{number}") for number in range(6)]
    for place, patient in enumerate(people[:4]):
        half.insure(patient, f"M00000{place}")
    visits = [half.book(patient, 8 + place) for place, patient in enumerate(people)]
    lots = []
    send = sending.send_many
    monkeypatch.setattr(sending, "send_many", lambda *given: (lots.append(len(given[2])), send(*given))[1])
    first = _told(half)
    assert max(lots) >= len(people), "visits of all of them in one statement"
    assert sum("ADT^A04" in texts[0] for texts in first.values()) == len(people)
    scheduling.cancel(half.desk, visits[5], "better")
    merging.merge(replace(half.subject, name="Dee"), source=people[4], target=people[3])
    store.delete(half.subject, "Patient", people[2])
    _told(half)

    _anew(half, alone=False)
    together = _told(half)
    _anew(half, alone=True)
    one_by_one = _told(half)
    merged = together.keys() - first.keys() | {key for key in together if "MRG|" in "".join(together[key])}
    # What is told of two who became one comes from two streams: in each its order is kept, not between them.
    for found in (together, one_by_one):
        found.update({key: sorted(found[key]) for key in merged})
    assert one_by_one == together
    said = "".join(text for texts in together.values() for text in texts)
    assert all(kind in said for kind in ("ADT^A04", "ADT^A40", "SIU^S12", "SIU^S15"))
