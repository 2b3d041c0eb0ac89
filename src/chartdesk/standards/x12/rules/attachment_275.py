"""What an attachment must say beyond its single segments (006020X314), judged as loop 2000A ends."""

from __future__ import annotations

import binascii

from chartdesk.standards.x12.envelope import whole
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Loop, Segment


def attachment_rules(loop: Loop, judge: Judge) -> None:
    """An answer says what was asked for; every document has data, and data that is called base64 is base64."""
    trn = loop.first("TRN")
    if trn is not None and trn[1] == "2" and loop.first("STC") is None:
        judge.fault(
            trn,
            "attachment-asked",
            f"Attachment {trn[2]} answers a request and does not say which part of it.",
            "Send the STC of the request.",
            code="I6",
            loop="2000A",
            level="warning",
        )
    if not loop.inner("2100A"):
        judge.fault(
            loop.segments[0],
            "attachment-empty",
            "The attachment holds no document.",
            "Send loop 2100A with CAT and BDS.",
            code="I6",
            loop="2000A",
        )
    for document in loop.inner("2100A"):
        _document(document, judge)


def _document(document: Loop, judge: Judge) -> None:
    data = document.first("BDS") or document.first("BIN")
    if data is None:
        judge.fault(
            document.segments[0],
            "attachment-empty",
            "The document has no data.",
            "Send BDS*B64 with its length and the document.",
            code="I6",
            loop="2100A",
        )
    elif data.tag == "BDS":
        _length(data, judge)
        if data[1] == "B64" and not is_base64(data[3]):
            judge.fault(
                data,
                "base64",
                "The data is called base64 and is not.",
                "Encode the document as base64, or name the filter ASC.",
                element=3,
                code="7",
                loop="2100A",
                value="(data)",
            )


def _length(data: Segment, judge: Judge) -> None:
    """The reader takes data by its length; a wrong one leaves a segment that was split at its separators."""
    sent = len(data[3].encode("utf-8", "surrogateescape"))
    if whole(data[2]) != sent:
        judge.fault(
            data,
            "binary-length",
            f"BDS02 is {data[2]}; the data has {sent} bytes.",
            "Count the bytes of the data as they are sent.",
            element=2,
            code="7",
            loop="2100A",
        )


def is_base64(text: str) -> bool:
    """True for base64, line breaks allowed."""
    try:
        binascii.a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeEncodeError):
        return False
    return True
