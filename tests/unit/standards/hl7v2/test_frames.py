"""Frames of MLLP however the network parts them, and everything that is no frame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.standards.hl7v2.frames import Fragment, Frame, FrameReader, Why, framed

ONE, TWO = b"MSH|^~\\&|one\rPID|1\r", b"MSH|^~\\&|two\r"


def read(*chunks: bytes, largest: int = 1000):
    reader = FrameReader(largest)
    found = [one for chunk in chunks for one in reader.feed(chunk)]
    return found + reader.close()


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_several_messages_however_they_come(step):
    data = framed(ONE) + framed(TWO) + framed(b"")
    chunks = [data[at : at + step] for at in range(0, len(data), step)]
    assert read(*chunks) == [Frame(ONE), Frame(TWO), Frame(b"")]


def test_a_start_block_inside_a_frame_closes_the_earlier_one():
    assert read(b"\x0b" + ONE + framed(TWO)) == [Fragment(ONE, Why.UNENDED, len(ONE)), Frame(TWO)]


def test_an_end_block_without_a_return():
    data = b"\x0b" + ONE + b"\x1c"
    assert read(data + framed(TWO)) == [Frame(ONE, bare=True), Frame(TWO)]
    assert read(data + b"\n" + framed(TWO)) == [Frame(ONE, bare=True), Frame(TWO)]
    reader = FrameReader()
    assert reader.feed(data) == [] and not reader.waiting
    assert reader.flush() == [Frame(ONE, bare=True)] and reader.flush() == reader.close() == []


def test_junk_before_a_frame():
    assert read(b"hello" + framed(ONE)) == [Fragment(b"hello", Why.JUNK, 5), Frame(ONE)]
    assert read(b"\r\n \r" + framed(ONE) + b"\r\n") == [Frame(ONE)]
    assert read(ONE) == [Fragment(ONE, Why.JUNK, len(ONE))]


def test_half_a_frame_is_kept_for_people_to_see():
    reader = FrameReader()
    assert reader.feed(b"\x0bMSH|half") == [] and reader.waiting
    assert reader.close() == [Fragment(b"MSH|half", Why.CUT_OFF, 8)]
    assert not reader.waiting and reader.feed(framed(ONE) + b"\x0b") == [Frame(ONE)]


def test_what_is_too_large_is_passed_over_and_the_next_is_read():
    big = b"x" * 5_000
    expected = [Fragment(b"x" * 1000, Why.TOO_LARGE, 5_000), Frame(TWO)]
    assert read(framed(big) + framed(TWO)) == expected
    assert read(*(framed(big) + framed(TWO))[:].split(b"xyz")) == expected
    assert read(b"\x0b" + big + framed(TWO)) == expected
    assert read(framed(b"x" * 1000)) == [Frame(b"x" * 1000)]


def test_memory_stays_within_the_limit():
    reader = FrameReader(largest=1000)
    reader.feed(b"\x0b")
    for _ in range(1000):
        reader.feed(b"x" * 1000)
    assert len(reader._buffer) == 1000
    assert reader.close() == [Fragment(b"x" * 1000, Why.CUT_OFF, 1_000_000)]


def test_a_message_that_holds_a_block_is_not_sent():
    for block in (b"\x0b", b"\x1c"):
        with pytest.raises(ValueError, match="neither"):
            framed(ONE + block)


@settings(max_examples=200, deadline=None)
@given(
    data=st.lists(st.sampled_from([b"\x0b", b"\x1c", b"\r", b"a", b"bc", b"\n"]), max_size=40), step=st.integers(1, 9)
)
def test_how_the_network_parts_it_changes_nothing(data, step):
    whole = b"".join(data)
    chunks = [whole[at : at + step] for at in range(0, len(whole), step)]
    assert read(*chunks) == read(whole)
    # Every letter that came stands in what came out.
    out = b"".join(one.content for one in read(whole))
    assert sorted(c for c in out if c in b"abc") == sorted(c for c in whole if c in b"abc")
