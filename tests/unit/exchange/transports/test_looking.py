"""The look at all channels: one query while nothing changes, and only the practice that changed is read again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.unit.exchange.transports.desk import Desk

from chartdesk.exchange.engine import commands
from chartdesk.exchange.transports import secrets
from chartdesk.exchange.transports.looking import Look
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import people


@pytest.fixture
def practices(database) -> list[int]:
    """Twelve, two of them with a channel; there may be others of other tests."""
    made = [people.open_practice(f"look-{number}", f"Look {number}").pk for number in range(12)]
    for number in made[:2]:
        Desk(number).listening()
    return made


def test_what_did_not_change_is_not_read_again(practices):
    every = Look()
    first = every.look().wanted
    assert {one.channel.practice for one in first.values()} & set(practices) == set(practices[:2])
    with CaptureQueriesContext(connection) as asked:
        assert every.look().wanted == first
    assert len(asked) == 1
    Desk(practices[5]).listening()
    found = every.look().wanted
    [new] = found.keys() - first.keys()
    assert found[new].channel.practice == practices[5]
    assert all(found[number] is first[number] for number in first), "those of other practices are as they were"


def test_every_way_to_change_a_channel_is_seen(subject, practice):
    channel, _ = Desk(practice.pk).listening()
    every = Look()

    def served() -> bool:
        return channel.pk in every.look().wanted

    assert served()
    commands.pause(subject, "in")
    assert not served()
    commands.resume(subject, "in")
    assert served()
    before = every.look().wanted[channel.pk]
    secrets.keep(subject, "in", "key", "text")
    assert every.look().wanted[channel.pk] is not before, "a secret"
    with transaction(practice.pk):
        channel.document = channel.document | {"source": {"type": "nonsense"}}
        channel.save()
    assert channel.pk in every.look().unread
    commands.remove(subject, "in")
    assert channel.pk not in every.look().unread and not served()


def test_what_is_rolled_back_was_no_change(practice):
    channel, _ = Desk(practice.pk).listening()
    every = Look()
    before = every.look().wanted[channel.pk]
    with pytest.raises(RuntimeError), transaction(practice.pk):
        channel.state = "paused"
        channel.save()
        raise RuntimeError
    assert every.look().wanted[channel.pk] is before
