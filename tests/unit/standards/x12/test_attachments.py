"""Attachments (275) and the requests for them (277RFAI): whatever bytes a document has, they arrive."""

from __future__ import annotations

import io

import pytest
import x12_examples as examples
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import attachment_275, information_277, reader
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.findings import Finding


@pytest.mark.parametrize("answers", [False, True])
def test_a_document_comes_back(answers: bool) -> None:
    sent = examples.attachment_set(answers=answers)
    written = attachment_275.write(examples.envelope(), [sent])
    assert check_file(written) == []
    assert b"*00602*" in written
    (read,) = attachment_275.read(written)
    assert read.attachments == sent.attachments
    assert read.references == sent.references
    content, kind, name = read.attachments[0].documents[0].unwrapped()
    assert (content, kind, name) == (examples.NASTY, "application/pdf", "operative-note.pdf")
    assert attachment_275.write(examples.envelope(), [read]) == written


def test_raw_data_may_hold_every_separator() -> None:
    raw = attachment_275.Document(data=examples.NASTY, filter="ASC")
    written = attachment_275.write(examples.envelope(), [examples.attachment_set(raw)])
    assert check_file(written) == []
    assert attachment_275.read(written)[0].attachments[0].documents[0].data == examples.NASTY


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 400))
def test_any_bytes_survive_whatever_the_blocks(data: bytes, size: int) -> None:
    raw = attachment_275.Document(data=data or b"x", filter="ASC")
    written = attachment_275.write(examples.envelope(), [examples.attachment_set(raw)])

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    assert attachment_275.read(Slow(written))[0].attachments[0].documents[0].data == (data or b"x")


def test_a_wrong_length_is_told_with_its_place() -> None:
    written = attachment_275.write(examples.envelope(), [examples.attachment_set()])
    place = written.index(b"BDS*B64*") + 8
    end = written.index(b"*", place)
    spoiled = written[:place] + b"7" + written[end:]
    told: list[Finding] = []
    number = next(one.number for one in reader.segments(spoiled, told.append) if one.tag == "BDS")
    assert [(one.rule, one.segment, one.element, one.number) for one in told] == [("binary-length", "BDS", 2, number)]
    assert "binary-length" in {one.rule for one in check_file(spoiled)}


def test_what_is_no_base64_is_refused() -> None:
    written = attachment_275.write(examples.envelope(), [examples.attachment_set()])
    place = written.index(b"*", written.index(b"BDS*B64*") + 8) + 1
    spoiled = written[:place] + b"!" + written[place + 1 :]
    assert "base64" in {one.rule for one in check_file(spoiled)}
    with pytest.raises(Invalid, match="called base64 and is not"):
        attachment_275.read(spoiled)


def test_an_empty_attachment_is_found() -> None:
    sent = examples.attachment_set()
    sent.attachments[0].documents = []
    with pytest.raises(Invalid, match="holds no document"):
        attachment_275.write(examples.envelope(), [sent])


def test_a_request_comes_back() -> None:
    sent = examples.information_request()
    written = information_277.write(examples.envelope(), [sent])
    assert check_file(written) == []
    (read,) = information_277.read(written)
    read.requests[0].levels = ()
    assert read.requests == sent.requests
    assert information_277.write(examples.envelope(), information_277.read(written)) == written
