"""A whole Chartdesk for the browser tests: database, sandbox payer and card gateway, worker and server, each a process.

The demo's practice is opened without its patients: the same places, people, payers and fees, an empty book.
Screenshots go to ``artifacts/screenshots``; they are looked at, and kept by the build.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser import hours
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "artifacts" / "screenshots"
#: How long something may take to appear, milliseconds: what is looked for comes far sooner on an idle machine.
PATIENCE = 60_000
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The shell without windows does what the others do, with half of the work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Program:
    """The running program: its address, its home folder, its database; whoever has logged in, with their cookies."""

    address: str
    home: Path
    environment: dict[str, str]
    cookies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def _wait(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        assert all(process.poll() is None for process in processes), "a part of the program ended"
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within two minutes")


@pytest.fixture(scope="package")
def program() -> Iterator[Program]:
    """Everything running, with the demo's practice opened and nobody registered yet."""
    from chartdesk.app import postgres

    home = Path(tempfile.mkdtemp(prefix="cd-browser-"))
    port, sandbox, gateway = free_port(), free_port(), free_port()
    environment = {
        **os.environ,
        "CHARTDESK_HOME": str(home),
        "PORT": str(port),
        "SANDBOX_PORT": str(sandbox),
        "GATEWAY_PORT": str(gateway),
        "CHARTDESK_LOG_LEVEL": "WARNING",
    }
    environment.pop("CHARTDESK_DB_POOL", None)
    cluster = postgres.start(home, durable=False)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        opener = [sys.executable, str(Path(__file__).parent / "open_practice.py"), hours.NAME]
        subprocess.run(opener, env=environment, check=True)
        for name in ("sandbox", "gateway", "worker", "serve"):
            command = [sys.executable, "-m", "chartdesk.app", name]
            processes.append(subprocess.Popen(command, env=environment, start_new_session=True))
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/health", processes)
        yield Program(address, home, environment)
    finally:
        for process in reversed(processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        postgres.stop(cluster)
        if cluster.user:
            shutil.rmtree(cluster.data.parent, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[object]:
    """A headless Chromium of the machine.

    It ends with these tests: its event loop stays in the thread while it runs, and the ORM of other tests refuses to
    work beside one.
    """
    from playwright.sync_api import expect, sync_playwright

    path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    assert path, "No Chromium: `make test` installs one where it may, or says how"
    SHOTS.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()
