"""Bytes to text and back: MSH-18 decides (table 0211), then what the channel is set to, else nothing is guessed."""

from __future__ import annotations

import codecs

from chartdesk.standards.hl7v2.faults import DATA_TYPE, TABLE, Unreadable

#: Table 0211 → the codec. Multi-byte national sets by escape sequences are not among them.
CODECS = {
    "ASCII": "ascii",
    **{f"8859/{number}": f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))},
    **{f"ISO-8859-{number}": f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))},
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "UNICODE UTF-16": "utf-16",
    "UNICODE UTF-32": "utf-32",
    "GB 18030-2000": "gb18030",
    "KS X 1001": "euc_kr",
    "BIG-5": "big5",
    "WINDOWS-1252": "cp1252",
    "CP1252": "cp1252",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def codec_of(name: str) -> str:
    """The codec of a name of table 0211. Raises Unreadable for one that is not known."""
    found = CODECS.get(name.strip().upper())
    if found is None:
        raise Unreadable(
            f"The character set {name.strip()!r} is not known.", "Send UNICODE UTF-8.", where="MSH-18", condition=TABLE
        )
    return found


def codec_for(raw: bytes, default: str = "") -> str:
    """The codec of a message: by its byte order mark, its MSH-18, ``default`` (a codec), or ASCII if it is that.

    Raises Unreadable where none of them says how its bytes are to be read.
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return codec
    named = _named(raw)
    if named:
        return codec_of(named)
    if default:
        return default
    if raw.isascii():
        return "ascii"
    raise Unreadable(
        "The message does not say its character set.",
        "Name it in MSH-18, or set the channel's own.",
        where="MSH-18",
        condition=DATA_TYPE,
    )


def decode(raw: bytes, codec: str) -> str:
    """The text of ``raw``. Raises Unreadable with the place of the first byte that does not fit."""
    try:
        return raw.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = 1 + raw[: fault.start].replace(b"\r\n", b"\r").replace(b"\n", b"\r").count(b"\r")
        raise Unreadable(
            f"Byte {fault.start + 1}, in segment {line}, is not {codec.upper()}.",
            "Send the character set that MSH-18 names.",
            where="MSH-18",
        ) from None


def _named(raw: bytes) -> str:
    """MSH-18, first repetition, read before anything is known about the characters."""
    end = len(raw)
    for stop in (b"\r", b"\n"):
        at = raw.find(stop, 0, end)
        end = at if at >= 0 else end
    fields = raw[:end].split(raw[3:4]) if len(raw) > 8 else []
    if len(fields) < 18:
        return ""
    repetition = raw[5:6]
    first = fields[17].split(repetition)[0] if repetition and not repetition.isalnum() else fields[17]
    return first.decode("latin-1").strip()
