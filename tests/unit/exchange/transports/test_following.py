"""Channels that are added, changed, paused and removed while the program runs, and a program that is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ports import free_port
from tests.unit.exchange.transports.conftest import Partner, adt
from tests.unit.exchange.transports.test_listening import wait_for

from chartdesk.exchange.engine import notices, steering
from chartdesk.exchange.engine.models import Channel, ChannelVersion
from chartdesk.exchange.transports import standing
from chartdesk.kit import clock
from chartdesk.kit import database as statements
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction


def change(channel: Channel, **fields: Any) -> None:
    """Change a channel as its page does: a new version, and a word to whoever listens."""
    with transaction(channel.practice):
        document = channel.document | fields.pop("document", {})
        version = channel.version = channel.version + 1
        Channel.objects.filter(pk=channel.pk).update(document=document, version=version, **fields)
        ChannelVersion.objects.create(
            practice=channel.practice, channel=channel, version=version, document=document, changed=clock.now(),
            changed_by="test",
        )  # fmt: skip
        statements.execute("SELECT pg_notify(%s, '')", [notices.CHANNELS])


def reachable(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def test_a_channel_that_is_added_moved_and_removed(desk, program):
    program()
    channel, port = desk.listening()
    change(channel)
    wait_for(lambda: reachable(port))
    other = free_port()
    change(channel, document={"source": {"type": "mllp", "port": other}})
    wait_for(lambda: reachable(other))
    assert not reachable(port)
    with transaction(desk.practice):
        channel.delete()
        statements.execute("SELECT pg_notify(%s, '')", [notices.CHANNELS])
    wait_for(lambda: not reachable(other))


def test_a_change_of_something_else_hangs_up_on_nobody(desk, program):
    channel, port = desk.listening()
    interfaces = program()
    with Partner(port) as partner:
        assert partner.ask(adt("1", kind="SIU^S12")) == ("AR", "1")
        before = interfaces.listeners.serving(channel.pk)
        change(channel, document={"kinds": ["SIU^*"]})
        numbers = iter(range(2, 1000))
        wait_for(lambda: partner.ask(adt(str(next(numbers)), kind="SIU^S12"))[0] == "AA")
        assert interfaces.listeners.serving(channel.pk) is before


def test_a_paused_channel_listens_no_more_and_does_when_it_is_resumed(desk, program, subject):
    _, port = desk.listening()
    program()
    with Partner(port) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
        steering.pause(subject, "in")
        assert partner.answer() is None, "who is connected is hung up on"
    assert not reachable(port)
    wait_for(lambda: standing.of(desk.practice) == {})
    steering.resume(subject, "in")
    wait_for(lambda: reachable(port))


def test_a_port_that_is_taken_is_told_and_tried_again(desk, program):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        channel, port = desk.listening(port=taken.getsockname()[1])
        _, free = desk.listening("other")
        interfaces = program()
        assert "in use" in interfaces.listeners.faults[channel.pk][1]
        assert reachable(free), "another channel's trouble is its own"
        wait_for(lambda: channel.pk in standing.of(desk.practice))
        assert standing.of(desk.practice)[channel.pk].state == "failed"
        assert [one.key for one in items(desk)] == ["in"]
    wait_for(lambda: reachable(port))
    wait_for(lambda: standing.of(desk.practice)[channel.pk].state == "serving")
    assert standing.of(desk.practice)[channel.pk].words == f"Listens on 127.0.0.1:{port}."
    assert items(desk) == []


def items(desk):
    with transaction(desk.practice):
        return list(WorkItem.objects.filter(kind=standing.TASK, state="open"))


def test_what_is_wrong_with_a_channel_is_over_when_it_is_paused(desk, program, subject):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        desk.listening(port=taken.getsockname()[1])
        program()
        wait_for(lambda: items(desk))
        steering.pause(subject, "in")
        wait_for(lambda: items(desk) == [] and standing.of(desk.practice) == {})


def test_who_waits_for_another_s_place_says_nothing(desk):
    channel, _ = desk.listening()
    good = standing.Report(desk.practice, channel.pk, "in", True, "Listens.")
    waits, bad = standing.Reporter("two"), replace(good, good=False, words="The port is in use.")
    standing.Reporter("one").note([good])
    waits.note([bad])
    assert standing.of(desk.practice)[channel.pk].process == "one" and items(desk) == []
    with clock.at(clock.now() + 2 * standing.STALE):
        assert standing.of(desk.practice) == {}
        waits.note([bad])
        assert len(items(desk)) == 1


def test_what_was_said_a_moment_ago_is_not_looked_up_again(desk, practice):
    channel, _ = desk.listening()
    good = standing.Report(desk.practice, channel.pk, "in", True, "Listens.")
    reporter = standing.Reporter("one")
    reporter.note([good])
    said = standing.of(desk.practice)[channel.pk].at
    with CaptureQueriesContext(connection) as asked:
        reporter.note([good])
    assert not asked
    with clock.at(said + 2 * standing.AGAIN):
        reporter.note([good])
        assert standing.of(desk.practice)[channel.pk].at > said, "that somebody serves it is said from time to time"
        reporter.note([replace(good, connections=2)])
        assert standing.of(desk.practice)[channel.pk].connections == 2


def test_what_a_killed_database_lost_is_said_again_at_once(desk):
    channel, _ = desk.listening()
    good = standing.Report(desk.practice, channel.pk, "in", True, "Listens.")
    reporter = standing.Reporter("one")
    reporter.note([good])
    standing.Reporter("two").note([replace(good, words="")])  # as if it had never been written
    assert standing.of(desk.practice) == {}
    reporter.note([good])
    assert standing.of(desk.practice) == {}, "said a moment ago"
    reporter.forget()
    reporter.note([good])
    assert standing.of(desk.practice)[channel.pk].state == "serving"


def test_what_was_acknowledged_by_a_program_that_was_killed_is_stored_once(desk, home):
    """Killed under load; the sender sends again what was not answered. Nothing is missing, nothing is there twice."""
    _, port = desk.listening()
    acknowledged: set[str] = set()
    wanted = [str(number) for number in range(400)]
    running = _process(home)
    try:
        wait_for(lambda: reachable(port))
        killer = threading.Thread(target=_kill_when, args=(running, lambda: len(acknowledged) > 60))
        killer.start()
        _send(port, wanted, acknowledged)
        killer.join(120)
        assert 60 < len(acknowledged) < len(wanted)
        first = set(acknowledged)
        running = _process(home)
        wait_for(lambda: reachable(port))
        _send(port, [number for number in wanted if number not in acknowledged], acknowledged)
    finally:
        running.terminate()
        assert running.wait(120) is not None
    stored = [one.control_id for one in desk.log() if one.kind != "FRAGMENT"]
    assert sorted(stored, key=int) == wanted and first <= set(stored)
    assert stored == wanted, "in the order that they were sent"


def _process(home: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "chartdesk.app", "interfaces", "--only", "listen"],
        env={**os.environ, "CHARTDESK_HOME": str(home), "CHARTDESK_LOG_LEVEL": "ERROR"},
    )


def _kill_when(running: subprocess.Popen[bytes], enough: Any) -> None:
    while not enough():
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)
    running.wait()


def _send(port: int, numbers: list[str], acknowledged: set[str]) -> None:
    """Ten in flight, in order; ends when all are answered or the other side is gone."""
    try:
        with Partner(port) as partner:
            for start in range(0, len(numbers), 10):
                share = numbers[start : start + 10]
                partner.send(*map(adt, share))
                for _ in share:
                    answer = partner.answer()
                    if answer is None:
                        return
                    assert answer.get("MSA-1") == "AA"
                    acknowledged.add(answer.get("MSA-2"))
    except OSError:
        return


@pytest.mark.parametrize(
    "document", [{"source": {"type": "mllp", "port": 2575, "tls": True}}, {"source": {"type": "x"}}]
)
def test_a_channel_that_cannot_work_does_not_stop_the_others(desk, program, document):
    channel, _ = desk.listening()
    change(channel, document=document)
    _, free = desk.listening("other")
    interfaces = program()
    assert interfaces.listeners.faults[channel.pk]
    with Partner(free) as partner:
        assert partner.ask(adt("1")) == ("AA", "1")
