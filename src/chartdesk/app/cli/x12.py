"""``chartdesk x12 check``: what is wrong with X12 files, whoever wrote them.

Nothing is sent and no database is needed. A file of any length is read in a few megabytes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from chartdesk.app.cli.holding import CLEAN, FINDINGS, STATUS, UNREADABLE
from chartdesk.kit.wording import counted
from chartdesk.standards.x12.check import Examination, examine
from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.reader import line_numbers

#: Findings that say that a file could not be read to its end, or not at all.
_UNREADABLE_RULES = frozenset({"unreadable", "cut-off"})


def add(commands: Any) -> None:
    """Declare the command."""
    parts = commands.add_parser("x12", help="check X12 files").add_subparsers(
        dest="part", required=True, metavar="WHAT"
    )
    check_options(parts.add_parser("check", help=f"say what is wrong with X12 files; {STATUS}"))


def check_options(command: argparse.ArgumentParser) -> None:
    """The options of a check."""
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="X12 files of any set")
    command.add_argument(
        "--test-npis", action="store_true", help="accept NPIs with a wrong check digit, as test files have them"
    )
    command.add_argument(
        "--any-diagnosis", action="store_true", help="do not look diagnoses up in this version's table of ICD-10-CM"
    )
    command.add_argument("--most", type=int, default=2000, metavar="N", help="findings told of a file (default 2000)")
    command.set_defaults(run=_check)


def _check(chosen: argparse.Namespace) -> int:
    settings = CheckSettings(
        npi_check_digit=not chosen.test_npis,
        diagnosis_codes=not chosen.any_diagnosis,
        most=max(1, chosen.most),
        answers=False,
    )
    try:
        return max([_check_one(file, settings) for file in chosen.files])
    except BrokenPipeError:
        # Who reads the output has enough, such as head: nothing of it is lost that somebody waits for.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS


def _check_one(file: Path, settings: CheckSettings) -> int:
    try:
        examination = examine(file, settings)
        lines = line_numbers(file, (one.number for one in examination.findings))
    except OSError as fault:
        _say(f"{file}: cannot be read: {fault.strerror or fault}")
        return UNREADABLE
    for finding in examination.findings:
        _say(f"{file}:{lines.get(finding.number, 0) or '-'}: {finding}")
    _say(f"{file}: {_summary(examination, settings)}")
    if any(one.rule in _UNREADABLE_RULES for one in examination.findings):
        return UNREADABLE
    return FINDINGS if examination.findings else CLEAN


def _say(text: str) -> None:
    """A line of the answer. What a file holds may be anything: what cannot be shown is spelled out."""
    shown = "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
    encoding = sys.stdout.encoding or "utf-8"
    print(shown.encode(encoding, "backslashreplace").decode(encoding), flush=True)


def _summary(examination: Examination, settings: CheckSettings) -> str:
    """What the file holds, and how it fared."""
    held = [f"{count} × {name}" if count > 1 else name for name, count in examination.held.items()]
    what = ", ".join(held) or "no set"
    findings = examination.findings
    if not findings:
        return f"clean: {what}"
    errors = sum(_is_error(one) for one in findings)
    more = " (and perhaps more)" if len(findings) >= settings.most else ""
    return f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}{more}: {what}"


def _is_error(finding: Finding) -> bool:
    return finding.level == "error"
