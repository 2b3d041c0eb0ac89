"""The whole way: over a socket into one channel, out to a partner's port, a folder and an address, by one program."""

from __future__ import annotations

import threading

from tests.ports import free_port
from tests.unit.exchange.transports.conftest import Partner, adt
from tests.unit.exchange.transports.test_listening import wait_for

from chartdesk.exchange.engine.documents import ChannelDocument, Destination, FolderTarget, MllpSource, MllpTarget
from chartdesk.exchange.transports import registering
from chartdesk.exchange.transports.program import Interfaces


def test_a_message_goes_the_whole_way(desk, practice, allowed, database):
    registering.connect()
    _, far = desk.listening("partner")
    port = free_port()
    destinations = [
        Destination(name="partner", transport=MllpTarget(host="127.0.0.1", port=far)),
        Destination(name="archive", transport=FolderTarget(path="archive")),
    ]
    desk.channel(ChannelDocument(name="in", source=MllpSource(port=port), destinations=destinations))
    program = Interfaces(lambda: database)
    thread = threading.Thread(target=program.run)
    thread.start()
    try:
        assert program.ready.wait(120)
        with Partner(port) as one, Partner(port) as two:
            for number in range(10):
                one.send(adt(f"A{number}", mrn="1"))
                two.send(adt(f"B{number}", mrn="2"))
            assert [one.said() for _ in range(10)] == [("AA", f"A{number}") for number in range(10)]
            assert [two.said() for _ in range(10)] == [("AA", f"B{number}") for number in range(10)]
        folder = allowed / practice.slug / "archive"
        wait_for(lambda: len(desk.log()) == 40 and len(list(folder.glob("*.hl7"))) == 20, 60)
        wait_for(lambda: [one.status for one in desk.log()].count("sent") == 20)
    finally:
        program.stop()
        thread.join(120)
    assert not thread.is_alive()
    there = [one.control_id for one in desk.log() if one.status != "sent"]
    for letter in "AB":
        wanted = [f"{letter}{number}" for number in range(10)]
        assert [number for number in there if number.startswith(letter)] == wanted, "each patient's in their order"
    assert (folder / "A3.hl7").read_bytes() == adt("A3", mrn="1")
