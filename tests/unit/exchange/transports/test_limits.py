"""Bounds: who may connect, how many, how much is in flight, how much memory a connection may have."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.exchange.transports.conftest import Partner, adt

from chartdesk.exchange.subscriptions import endpoints
from chartdesk.exchange.transports import egress
from chartdesk.exchange.transports.gathering import Gatherer
from chartdesk.exchange.transports.mllp_server import Listener, Listening
from chartdesk.exchange.transports.space import SMALL, Place, Space
from chartdesk.standards.hl7v2.frames import framed


def test_no_more_connections_than_the_channel_allows(desk, program):
    channel, port = desk.listening(connections=2)
    interfaces = program()
    with Partner(port) as one, Partner(port) as two:
        assert one.ask(adt("1")) == ("AA", "1") and two.ask(adt("2")) == ("AA", "2")
        with Partner(port) as three:
            assert three.answer() is None
        assert interfaces.listeners.serving(channel.pk).turned_away == 1
        assert one.ask(adt("3")) == ("AA", "3")


def test_only_the_addresses_that_the_channel_names(desk, program):
    _, port = desk.listening("elsewhere", allowed=["10.0.0.0/8"])
    _, other = desk.listening("here", allowed=["10.0.0.0/8", "127.0.0.1"])
    program()
    with Partner(port) as partner:
        assert partner.answer() is None
    with Partner(other) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")


@pytest.mark.parametrize(
    ("address", "networks", "welcome"),
    [
        ("192.168.7.4", "", True),
        ("192.168.7.4", "192.168.7.0/24", True),
        ("::ffff:192.168.7.4", "192.168.7.0/24", True),
        ("192.168.8.4", "192.168.7.0/24", False),
        ("fe80::1%eth0", "fe80::/10", True),
        ("", "10.0.0.0/8", False),
    ],
)
def test_where_partners_may_come_from(address, networks, welcome):
    assert egress.welcome(address, endpoints.networks(networks)) is welcome


def test_no_more_is_read_than_may_be_in_flight():
    """While nothing is stored, what a sender writes stays with the sender."""
    go, seen = threading.Event(), []

    def store(items):
        go.wait(20)
        seen.extend(items)
        return [b"MSH|^~\\&|answer\r" for _ in items]

    async def keep(*_):
        return b""

    async def story():
        with ThreadPoolExecutor(2) as pool:
            gatherer = Gatherer(store, pool)
            settings = Listening("in", "127.0.0.1", 0, in_flight=5)
            listener = Listener(settings, gatherer, keep, Space())
            await listener.open()
            reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
            writer.write(framed(adt("1")) * 2000)
            await asyncio.sleep(0.3)
            # One round is with the store, its answer is being waited for; five stand behind it, one is in hand.
            held = len(gatherer._waiting)
            go.set()
            answers = 0
            while answers < 2000:
                answers += (await reader.read(65_536)).count(b"\x1c")
            writer.close()
            await listener.close()
            return held

    assert asyncio.run(story()) <= 7
    assert len(seen) == 2000


def test_large_messages_wait_for_room_and_small_ones_do_not():
    async def story():
        space = Space(30)
        one, two, three = (Place(space, 20) for _ in range(3))
        await one.hold(SMALL + 1)
        await one.hold(SMALL + 2)
        waiting = asyncio.create_task(two.hold(SMALL + 1))
        behind = asyncio.create_task(three.hold(SMALL + 1))
        await two.hold(SMALL)
        await asyncio.sleep(0)
        assert not waiting.done()
        one.leave()
        await waiting
        assert not behind.done()
        behind.cancel()
        await asyncio.wait([behind])
        two.leave()
        await three.hold(SMALL + 1)
        three.leave()
        assert await space.take(99) == 30, "one that is larger than all the room has all of it"

    asyncio.run(story())
