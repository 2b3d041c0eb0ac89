"""Commands that hold files against rules: what they say of each file, and the status that they end with."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from chartdesk.kit.errors import ChartdeskError

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
STATUS = "exit status 0 clean, 1 findings, 2 unreadable"

#: What is wrong with the content of a file: a line (0 where none is meant) and words for each.
Rules = Callable[[bytes], Sequence[tuple[int, object]]]


def files(command: argparse.ArgumentParser, rules: Rules, what: str) -> None:
    """Let ``command`` hold the files that it is given against ``rules``."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=what)
    command.set_defaults(run=lambda chosen: max(_hold(file, rules) for file in chosen.files))


def _hold(file: Path, rules: Rules) -> int:
    try:
        findings = rules(file.read_bytes())
    except (ChartdeskError, OSError) as fault:
        print(f"{file}: {fault}")
        return UNREADABLE
    for line, words in findings:
        print(f"{file}:{line}: {words}" if line else f"{file}: {words}")
    print(f"{file}: {f'{len(findings)} findings' if findings else 'clean'}")
    return FINDINGS if findings else CLEAN
