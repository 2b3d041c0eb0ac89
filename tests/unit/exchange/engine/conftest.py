"""Channels, messages, a receiver that writes patients, and a partner whose mood can be set."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

_numbers = itertools.count(1)


def adt(control: str, patient: str = "100^MRB", *, kind: str = "ADT^A08", merged: str = "", header: str = "") -> bytes:
    """A message about a patient; ``header`` is what follows MSH-12."""
    lines = [
        f"MSH|^~\\&|PMS|RIVER|EHR|RIVER|20260314093000||{kind}|{control}|P|2.5.1{header}",
        "EVN||20260314093000",
    ]
    if patient:
        lines.append(f"PID|1||{patient.replace('^', '^^^')}||MOSS^ADA||19800203|F")
    if merged:
        lines.append(f"MRG|{merged.replace('^', '^^^')}")
    return ("\r".join(lines) + "\r").encode()


class Taker:
    """A receiver: each message becomes the next version of its patient, whose name is then the control id.

    What it does with a message is set by the control id's beginning: ``hold``, ``bad`` (a fault of the message),
    ``broken`` (one of ours). What it was given, lot by lot, is in ``lots``.
    """

    def __init__(self) -> None:
        self.lots: list[list[str]] = []
        self.holding = True
        self.breaking = True

    def several(self, subject: Any, channel: Any, messages: Sequence[Any]) -> list[Any]:
        from chartdesk.exchange.engine.receivers import Outcome
        from chartdesk.kit.errors import Invalid
        from chartdesk.record import store

        self.lots.append([one.message.control_id for one in messages])
        found = []
        for one in messages:
            control = one.message.control_id
            if control.startswith("hold") and self.holding:
                found.append(Outcome("held", reason="The clinician 77 is not known."))
                continue
            if control.startswith("bad"):
                raise Invalid("The day of birth is none.", where="PID-7")
            if control.startswith("broken") and self.breaking:
                raise ZeroDivisionError
            number = one.message.get("PID-3.1") or "none"
            body = {"resourceType": "Patient", "id": f"p{number}", "active": True, "name": [{"text": control}]}
            made = store.put(subject, json.dumps(body).encode())
            found.append(Outcome("applied", [(f"Patient/p{number}", made.version, "updated")], patient=f"p{number}"))
        return found


@pytest.fixture
def registries() -> Iterator[None]:
    """What a test registers is gone after it."""
    from chartdesk.exchange.engine import channels, mappers, receivers, transports

    before = dict(receivers._receivers), dict(transports._transports), list(mappers._mapper)
    channels.forget()
    yield
    for registry, kept in zip((receivers._receivers, transports._transports), before, strict=False):
        registry.clear()
        registry.update(kept)
    mappers._mapper[:] = before[2]
    channels.forget()


@pytest.fixture
def taker(registries: None) -> Taker:
    from chartdesk.exchange.engine import receivers

    made = Taker()
    receivers._receivers.clear()
    receivers.register(["ADT^*"], made.several)
    return made


class Partner:
    """A transport: keeps what it took, by destination. ``moods`` say how a destination answers, once or for good."""

    def __init__(self) -> None:
        self.taken: dict[str, list[str]] = {}
        self.contents: list[bytes] = []
        self.mood: dict[str, Callable[[Any], Any]] = {}

    def deliver(self, door: Any, content: Any) -> Any:
        from chartdesk.exchange.engine.transports import Response

        mood = self.mood.get(door.name)
        answer = mood(content) if mood else None
        if answer is not None:
            return answer
        self.taken.setdefault(door.name, []).append(content.control_id)
        self.contents.append(content.raw)
        return Response("taken", answer=b"MSA|AA")


@pytest.fixture
def partner(registries: None) -> Partner:
    from chartdesk.exchange.engine import transports

    made = Partner()
    transports.register("mllp", made)
    return made


RECORD = {"name": "record", "transport": {"type": "record"}}


def out_to(name: str, **more: Any) -> dict[str, Any]:
    """A destination at a partner."""
    return {"name": name, "transport": {"type": "mllp", "host": "127.0.0.1", "port": 2575}, **more}


@pytest.fixture
def opened(subject: Any) -> Callable[..., Any]:
    """Make a channel of the practice; gives its row."""

    def make(name: str = "adt", **more: Any) -> Any:
        from chartdesk.exchange.engine import channels, commands

        content = {"name": name, "source": {"type": "folder", "path": "/in"}, "destinations": [RECORD], **more}
        if content.get("direction") == "out":
            content.pop("source")
        return commands.save(subject, channels.document(content))

    return make


@pytest.fixture
def read(subject: Any) -> Callable[[int], Any]:
    """A message with everything about it."""

    def message(number: int) -> Any:
        from chartdesk.exchange.engine import queries

        return queries.message(subject, number)

    return message


def names(subject: Any, patient: str) -> list[str]:
    """The control ids that a patient's versions have, in order."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database

    with transaction(subject):
        rows = database.rows(
            """SELECT version, body FROM record_history WHERE practice = %(p)s AND type = 'Patient' AND id = %(id)s
               UNION ALL
               SELECT version, body FROM record_resource WHERE practice = %(p)s AND type = 'Patient' AND id = %(id)s
               ORDER BY version""",
            {"p": subject.practice, "id": patient},
        )
    return [json.loads(body)["name"][0]["text"] for _, body in rows]


def tasks(subject: Any, kind: str = "interface_messages") -> list[tuple[str, str, str]]:
    """The key, the detail and the page of each open work item of a kind."""
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    with transaction(subject):
        return [(one.key, one.detail, one.link_id) for one in worklist.items(subject, kinds=[kind])]
