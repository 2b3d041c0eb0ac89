"""node-hl7-client sends to us over MLLP, node-hl7-server receives from us."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from tests.conformance.node.conftest import Script
from tests.ports import free_port
from tests.unit.exchange.transports.conftest import adt, allowed, desk, program

__all__ = ["allowed", "desk", "program"]


def test_node_hl7_client_sends_to_us(node: Script, desk: Any, program: Callable[[], Any]) -> None:
    _, port = desk.listening()
    program()
    told = node("hl7-client.mjs", PORT=str(port))
    assert told == [["AA", "N1"], ["AA", "N2"], ["AR", "N3"]]
    found = desk.log()
    assert [one.control_id for one in found] == ["N1", "N2", "N3"]
    assert b"DOE^JANE" in desk.raw(found[0].pk)


def test_node_hl7_server_receives_from_us(node: Script, allowed: Any) -> None:
    """Over a connection that is kept it may answer for the message before: that is nobody's answer, and we ask anew."""
    from chartdesk.exchange.engine.documents import MllpTarget
    from chartdesk.exchange.engine.transports import HL7, Content, Door
    from chartdesk.exchange.transports.mllp_client import MllpTransport

    port, told = free_port(), []
    there = threading.Thread(target=lambda: told.append(node("hl7-server.mjs", PORT=str(port), LAST="3")), daemon=True)
    there.start()
    transport = MllpTransport()
    door = Door(1, 1, "out", "node", MllpTarget(host="127.0.0.1", port=port, answer_seconds=10))

    def send(raw: bytes, control_id: str) -> str:
        until = time.monotonic() + 60
        while True:
            found = transport.deliver(door, Content(raw, HL7, control_id, "ADT^A04", 1))
            if found.status in ("taken", "refused"):
                return found.status
            assert "cannot be reached" in found.words or "not this one" in found.words, found.words
            assert time.monotonic() < until
            time.sleep(0.2)

    assert send(adt("1"), "1") == "taken"
    assert send(adt("2"), "2") == "taken"
    assert send(adt("3").replace(b"Doe", b"Roe"), "3") == "refused"
    there.join(60)
    transport.close()
    assert {tuple(one) for one in told[0]} == {("1", "Doe"), ("2", "Doe"), ("3", "Roe")}
