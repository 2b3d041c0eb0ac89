"""A running ``chartdesk serve`` for the benchmarks that ask over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass(frozen=True)
class Served:
    """A running ``chartdesk serve``."""

    port: int
    group: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def megabytes(self) -> float:
        """Resident memory of its largest process."""
        found = [0.0]
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) == self.group:
                    pages = int((folder / "statm").read_text().split()[1])
                    found.append(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000)
            except (OSError, ValueError):
                continue  # it ended meanwhile
        return max(found)


@contextmanager
def served(processes: int = 1) -> Iterator[Served]:
    """``chartdesk serve`` with so many processes on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "chartdesk.app", "serve", "--workers", str(processes)]
    # As an installation runs it, with its code compiled.
    environment = {**os.environ, "PORT": str(port), "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    found = Served(port, process.pid)
    try:
        limit = time.monotonic() + 90
        while not _answers(found.address):
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError("The server did not start.")
            time.sleep(0.02)
        yield found
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
