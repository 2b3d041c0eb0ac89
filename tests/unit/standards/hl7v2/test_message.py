"""Messages as they come: nothing lost, nothing parted that was not asked for, changed only where it is changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.message import place

ADT = (
    b"MSH|^~\\&|PMS|RIVER|EHR|RIVER|20260314093000||ADT^A04^ADT_A01|42|P|2.5.1\r"
    b"EVN|A04|20260314093000\r"
    b"PID|1||1001^^^RIVER^MR~999-1^^^USA&2.16.840.1&ISO^SS||Moss^Ada^Q||19800203|F|||1 Elm St^^Columbus^OH"
    b"^43085||6145550101\r"
    b"PV1|1|O|||||1234567893^Chen^Amy||||||||||||V77\r"
    b"ZPD|1|kept|as^it~is\r"
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("MSH-1", "|"),
        ("MSH-2", "^~\\&"),
        ("MSH-9.2", "A04"),
        ("MSH-10", "42"),
        ("PID-3.1", "1001"),
        ("PID-3[2].4.2", "2.16.840.1"),
        ("PID-3[2].4", "USA&2.16.840.1&ISO"),
        ("PID-3[3].1", ""),
        ("PID-5.2", "Ada"),
        ("PID-5", "Moss^Ada^Q"),
        ("PID-99", ""),
        ("PID[2]-3", ""),
        ("ZPD-3[2]", "is"),
        ("NK1-2", ""),
    ],
)
def test_places_are_counted_as_the_standard_does(at, found):
    assert Message(ADT).get(at) == found


@pytest.mark.parametrize("text", ["PID", "PID-0.x", "pid-3", "PID[0]-3", "PID-3[0]", "PID-3.0", "PID-3.1.0", ""])
def test_what_is_no_place_is_said(text):
    with pytest.raises(ValueError, match="place"):
        place(text)


def test_what_was_not_changed_comes_back_byte_for_byte():
    for end in (b"\r", b"\n", b"\r\n"):
        for after in (b"", end, end * 3):
            raw = ADT.rstrip(b"\r").replace(b"\r", end) + after
            message = Message(raw)
            assert bytes(message) == raw and len(message.segments) == 5
            assert message.type == "ADT^A04" and message.control_id == "42"


def test_a_change_touches_its_place_only():
    message = Message(ADT)
    message.set("PID-5.1", "O'Moss|Lee")
    message.set("PID-3[2].4.2", "2.16.840.2")
    message.set("PID-19", "123456789")
    assert message.get("PID-5.1") == "O'Moss|Lee"
    before, after = ADT.split(b"\r"), bytes(message).split(b"\r")
    assert [one for one, two in zip(before, after, strict=True) if one == two] == [*before[:2], *before[3:]]
    assert after[2] == (
        before[2].replace(b"Moss^", b"O'Moss\\F\\Lee^").replace(b"840.1", b"840.2") + b"||||||123456789"
    )


def test_segments_come_and_go():
    message = Message(ADT)
    message.add("NTE|1||call first", after=message.first("PID"))
    message.remove(message.first("ZPD"))
    again = Message(bytes(message))
    assert [segment.name for segment in again] == ["MSH", "EVN", "PID", "NTE", "PV1"]
    with pytest.raises(KeyError, match="NK1"):
        message.set("NK1-2.1", "x")
    with pytest.raises(ValueError, match="separators"):
        message.set("MSH-2", "x")


def test_odd_separators():
    odd = ADT.replace(b"^", b"@").replace(b"&", b"%").replace(b"|", b"#").replace(b"~", b"!")
    message = Message(odd)
    assert message.get("PID-3[2].4.2") == "2.16.840.1" and message.get("MSH-2") == "@!\\%"
    message.set("PID-5.1", "Mo#ss")
    assert message.get("PID-5.1") == "Mo#ss" and b"Mo\\F\\ss@Ada" in bytes(message)


def test_a_fifth_character_in_msh_2():
    message = Message(ADT.replace(b"^~\\&|", b"^~\\&#|", 1))
    assert message.separators.truncation == "#" and message.get("PID-5.2") == "Ada"
    message.set("PID-5.2", "A#1")
    assert b"A\\P\\1" in bytes(message) and message.get("PID-5.2") == "A#1"


def test_lines_that_begin_nothing_belong_to_the_one_before():
    raw = ADT + b"OBX|1|TX|N^Note||first line\rand a second\r\rOBX|2|NM|W^Weight||70\r"
    message = Message(raw)
    assert message.flags == ["continued", "blank"]
    assert [one.get(5) for one in message.all("OBX")] == ["first line\nand a second", "70"]
    assert bytes(message) == raw


@pytest.mark.parametrize(
    ("raw", "where", "words"),
    [
        (b"", "MSH", "empty"),
        (b"\r\n\r\n", "MSH", "empty"),
        (b"PID|1||7\r", "MSH", "begins with 'PID'"),
        (b"hello", "MSH", "begins with 'hel'"),
        (b"MSH", "MSH-1", "how its fields are parted"),
        (b"MSHxyz", "MSH-1", "how its fields are parted"),
        (b"MSH|^~^&|a", "MSH-2", "cannot be the separators"),
        (b"MSH|^~\\&#!|a", "MSH-2", "cannot be the separators"),
        (b"MSH|^|~\\&|", "MSH-2", ""),
        (b"MSH|^~\\&|PMS|||||||1|P|2.5.1||||||KLINGON", "MSH-18", "KLINGON"),
        (b"MSH|^~\\&|P\xe9S|||||||1|P|2.5.1", "MSH-18", "does not say its character set"),
        (b"MSH|^~\\&|PMS|||||||1|P|2.5.1||||||UNICODE UTF-8\rPID|\xe9t\xe9", "MSH-18", "Byte 53, in segment 2"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(raw, where, words):
    if not words:  # one component separator and no others is little, but can be read
        assert Message(raw).separators.encoding == "^"
        return
    with pytest.raises(Unreadable) as caught:
        Message(raw)
    assert caught.value.where == where and words in caught.value.message and caught.value.cure


@pytest.mark.parametrize(
    ("named", "codec", "default"),
    [("8859/1", "latin-1", ""), ("ISO-8859-15", "iso8859-15", ""), ("UNICODE UTF-8", "utf-8", ""),
     ("", "cp1252", "cp1252"), ("unicode utf-8~8859/1", "utf-8", "")],
)  # fmt: skip
def test_character_sets(named, codec, default):
    text = f"MSH|^~\\&|PMS|||||||1|P|2.5.1||||||{named}\rPID|1||7||Müller^Zoë"
    message = Message(text.encode(codec), default)
    assert message.get("PID-5.1") == "Müller" and message.get("PID-5.2") == "Zoë"
    message.set("PID-5.2", "Élodie")
    assert bytes(message).decode(codec) == text.replace("Zoë", "Élodie") + "\r"


def test_a_byte_order_mark_decides():
    text = "MSH|^~\\&|PMS|||||||1|P|2.5.1\rPID|1||7||Müller"
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), text.encode("utf-32")):
        message = Message(raw)
        assert message.get("PID-5.1") == "Müller" and bytes(message) == raw
        message.set("PID-5.1", "Mörk")
        assert Message(bytes(message), "utf-8").get("PID-5.1") == "Mörk"


def test_what_a_character_set_cannot_hold_is_refused_before_it_is_sent():
    message = Message(ADT)
    message.set("PID-5.1", "Müller")
    with pytest.raises(Unreadable, match="cannot hold 'ü'"):
        bytes(message)


def test_its_content_is_in_no_representation():
    message = Message(ADT)
    assert "Moss" not in repr(message) + repr(message.first("PID"))


SAFE = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n\x0b\x1c\ufeff"), max_size=20)


def test_a_blank_last_field_stays_blank():
    message = Message(b"MSH|^~\\&|PMS\rPID|1||7\r")
    message.first("PID").set(" ", 4)
    assert bytes(message) == b"MSH|^~\\&|PMS\rPID|1||7| \r"
    assert Message(bytes(message)).first("PID").get(4) == " "


@settings(max_examples=150, deadline=None)
@given(value=SAFE, field=st.integers(1, 40), component=st.integers(0, 9), sub=st.integers(0, 4), nth=st.integers(1, 4))
def test_what_is_written_is_what_is_read(value, field, component, sub, nth):
    sub = sub if component else 0
    message = Message(b"MSH|^~\\&|PMS|||||||1|P|2.5.1||||||UNICODE UTF-8\rPID|1||7^a&b~8|x\r")
    message.first("PID").set(value, field, component, sub, nth)
    for seen in (message, Message(bytes(message))):
        assert seen.first("PID").get(field, component, sub, nth) == value
        others = [("PID-3.1", 3, "7"), ("PID-3.2.2", 3, "b"), ("PID-4", 4, "x")]
        assert all(seen.get(at) == kept for at, number, kept in others if number != field)


@settings(max_examples=150, deadline=None)
@given(
    raw=st.binary(max_size=300), head=st.sampled_from([b"", b"MSH|^~\\&|", b"MSH|^~\\&|a|b|c|d|e||ADT^A04|1|P|2.5.1\r"])
)
def test_any_bytes_are_a_message_or_a_reason(raw, head):
    try:
        message = Message(head + raw, "latin-1")
    except Unreadable as fault:
        assert fault.message and fault.cure
        return
    assert bytes(message) == head + raw
    assert message.type is not None and [segment.fields for segment in message]
