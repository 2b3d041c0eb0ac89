"""Ports for the programs that tests start.

A port that the system chose for a probe is soon chosen again, for any connection that goes out, and the program that
wanted it finds it taken. These lie below the ports that systems hand out by themselves (Linux from 32768, macOS from
49152), and each process of a run begins at a place of its own.
"""

from __future__ import annotations

import itertools
import os
import socket

_FIRST, _AFTER_LAST = 15_000, 32_000
_turns = itertools.count(os.getpid() * 1009)


def free_port() -> int:
    """A port of this machine that nobody listens on, another one each time."""
    for turn in itertools.islice(_turns, _AFTER_LAST - _FIRST):
        port = _FIRST + turn % (_AFTER_LAST - _FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError(f"every port from {_FIRST} to {_AFTER_LAST} is taken")
