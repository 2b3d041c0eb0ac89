"""Files of many messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.batches import is_batch, join, split

ONE = b"MSH|^~\\&|PMS|||||||1|P|2.5.1\rPID|1||7\r"
TWO = b"MSH|^~\\&|PMS|||||||2|P|2.5.1\r\nPID|1||8\r\nOBX|1|TX|||a\r\n"


def test_what_is_joined_is_parted_again():
    raw = join(
        [ONE, TWO, ONE.rstrip()], sender="PMS", receiver="EHR", control_id="9", at=datetime(2026, 3, 14, 9, tzinfo=UTC)
    )
    assert is_batch(raw) and not is_batch(ONE)
    found = split(raw)
    assert found.messages == [ONE, TWO, ONE] and found.faults == []
    assert raw.startswith(b"FHS|^~\\&|PMS||EHR||20260314090000+0000||||9\r") and b"BTS|3\r" in raw


def test_counts_that_do_not_agree_are_told_and_nothing_is_lost():
    found = split(b"BHS|^~\\&|A\r" + ONE + TWO + b"BTS|3\rFTS|2\r")
    assert found.messages == [ONE, TWO]
    assert found.faults == ["BTS counts 3 messages, the file has 2.", "FTS counts 2 batches, the file has 1."]


@pytest.mark.parametrize(
    "raw",
    [ONE + TWO, b"\xef\xbb\xbf" + ONE + TWO, b"\n\n" + ONE + TWO, b"\x0b" + ONE + b"\x1c\r\x0b" + TWO + b"\x1c\r"],
)
def test_one_after_another(raw):
    found = split(raw)
    assert [Message(one).control_id for one in found.messages] == ["1", "2"]
    assert [Message(one).get("PID-3") for one in found.messages] == ["7", "8"]


def test_nothing_and_something_else():
    assert split(b"").messages == [] and split(b"\r\n").messages == []
    with pytest.raises(Unreadable, match="begins with 'ISA"):
        split(b"ISA*00*\r" + ONE)
    with pytest.raises(Unreadable):
        is_batch(b"FHS")
