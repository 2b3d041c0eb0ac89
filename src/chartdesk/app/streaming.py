"""Sending a large file as the body of an answer: piece by piece, as fast as the client takes it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from chartdesk.app.live import Send
from chartdesk.record.bulk import shelf


async def send_file(path: Path, packed: bool, send: Send) -> None:
    """Send the file's bytes, unpacked on the way unless ``packed``. Nothing of it stays in memory."""
    pieces = shelf.pieces(path, packed=packed)
    while piece := await asyncio.to_thread(next, pieces, b""):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
