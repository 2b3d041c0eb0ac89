"""A real server, and a worker, on the database of the run; tokens from the real token endpoint."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.ports import free_port


@contextmanager
def running(home: Path, **settings: str) -> Iterator[str]:
    """Run ``chartdesk serve`` and ``chartdesk worker``; gives the address of the FHIR interface."""
    port = free_port()
    environment = {**os.environ, "CHARTDESK_HOME": str(home), "HOST": "127.0.0.1", "PORT": str(port), **settings}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for name in ("serve", "worker"):
            command = [sys.executable, "-m", "chartdesk.app", name]
            processes.append(subprocess.Popen(command, env=environment, start_new_session=True))
        _wait(f"http://127.0.0.1:{port}/fhir/metadata", processes)
        yield f"http://127.0.0.1:{port}/fhir"
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            process.wait(60)


def _wait(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    limit = time.monotonic() + 120
    while True:
        assert all(process.poll() is None for process in processes), "the server or the worker ended"
        assert time.monotonic() < limit, "the server did not answer"
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)


def token_of(address: str, identifier: str, secret: str) -> str:
    """A token for a program by itself."""
    form = {"grant_type": "client_credentials", "client_id": identifier, "client_secret": secret}
    with urllib.request.urlopen(f"{address}/token", urllib.parse.urlencode(form).encode(), timeout=60) as answer:
        token: str = json.load(answer)["access_token"]
    return token


@pytest.fixture(scope="module")
def address(database: str, home: Path) -> Iterator[str]:
    """The address of a server on the database of this run."""
    with running(home) as found:
        yield found
