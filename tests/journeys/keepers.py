"""Processes that start workers, and kill them at moments that a test chooses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

Keepers = list[subprocess.Popen[str]]


@contextmanager
def kept(script: str, arguments: Sequence[Sequence[str]], **environment: str) -> Iterator[Keepers]:
    """A process with ``script`` for each of ``arguments``, once it has said that it is ready; ended with the block.

    What it does follows the lines that are written to it.
    """
    started: Keepers = [
        subprocess.Popen(
            [sys.executable, "-c", script, *each],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        for each in arguments
    ]
    try:
        for keeper in started:
            assert keeper.stdout is not None and keeper.stdout.readline() == "ready\n"
        yield started
    finally:
        for keeper in started:
            assert keeper.stdin is not None and keeper.stdout is not None
            keeper.stdin.close()
            try:
                keeper.wait(timeout=30)
            except subprocess.TimeoutExpired:
                keeper.kill()
                keeper.wait()
            keeper.stdout.close()
