"""Published messages, read as python-hl7 reads them and given back byte for byte."""

from __future__ import annotations

from pathlib import Path

import hl7
import pytest

from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.batches import split
from chartdesk.standards.hl7v2.message import NULL


@pytest.fixture(scope="session")
def messages(shared: Path) -> list[tuple[str, bytes]]:
    found = sorted((shared / "samples" / "hl7v2").rglob("*.hl7"))
    assert len(found) > 150
    return [(path.name, raw) for path in found for raw in split(path.read_bytes()).messages]


def test_every_one_is_read_and_written_back(messages: list[tuple[str, bytes]]) -> None:
    for name, raw in messages:
        message = Message(raw, "utf-8")
        assert bytes(message) == raw, name
        # Written anew from its parts it is the same too, but for what stands around it.
        message.header.changed = True
        assert bytes(message).strip() == raw.strip(), name


def test_every_field_is_what_another_reader_finds(messages: list[tuple[str, bytes]]) -> None:
    compared = 0
    for name, raw in messages:
        ours = Message(raw, "utf-8")
        theirs = hl7.parse("\r".join(segment.text for segment in ours))
        assert len(theirs) == len(ours.segments), name
        for mine, other in zip(ours, theirs, strict=True):
            for number in range(1, len(mine.fields)):
                assert str(other[number]) == mine.raw(number), f"{name}: {mine.name}-{number}"
                compared += 1
            if mine.name == "PID" and mine.raw(3):
                for repetition, identifier in enumerate(other[3], start=1):
                    first = str(identifier[0]) if isinstance(identifier, list) else str(identifier)
                    assert mine.get(3, 1, 1, repetition) == first.split("&")[0] or first == NULL, name
    assert compared > 10_000
