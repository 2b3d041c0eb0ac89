"""Published messages converted: every one, valid, and with what others made of them in it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from comparing import CLINICAL, Difference, Share, compare, differences

from chartdesk.exchange.mappings.converting import convert
from chartdesk.exchange.mappings.profiles import RECORD, WHOLE
from chartdesk.standards.fhir import validate
from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.batches import split

ROOT = Path(__file__).parents[3]
#: What is to be found of each type of resource, differences with a reason taken out.
ENOUGH = 0.95


@pytest.fixture(scope="module")
def messages(shared: Path) -> list[tuple[str, bytes]]:
    found = sorted((shared / "samples" / "hl7v2").rglob("*.hl7"))
    return [(path.name, raw) for path in found for raw in split(path.read_bytes()).messages]


@pytest.mark.parametrize("profile", [RECORD, WHOLE], ids=["record", "whole"])
def test_every_one_is_converted_and_valid(messages: list[tuple[str, bytes]], profile: object) -> None:
    faults = []
    for name, raw in messages:
        message = Message(raw, "utf-8")
        made = convert(message, profile=profile)  # type: ignore[arg-type]
        assert bytes(message) == raw
        if message.first("PID") is not None:
            assert made.of("Patient"), name
        for one in made.typed():
            faults += [
                f"{name}: {fault.expression}: {fault.diagnostics}"
                for fault in validate(one)
                if fault.severity == "error"
            ]
    assert faults == []


Compared = tuple[dict[tuple[str, str], Share], Counter[Difference]]


@pytest.fixture(scope="module")
def compared(shared: Path) -> Compared:
    return compare(shared)


@pytest.mark.parametrize("kind", CLINICAL)
def test_what_others_made_is_there(compared: Compared, kind: str) -> None:
    found = {source: share for (source, name), share in compared[0].items() if name == kind}
    assert found
    for source, share in found.items():
        missing = "\n".join(f"{path} = {value} ({file})" for path, value, file in list(share.missing)[:20])
        assert share.reasoned >= ENOUGH, f"{source}: {share.reasoned:.1%}\n{missing}"


def test_differences_explain_what_they_did_and_nothing_else(compared: Compared) -> None:
    # A value that is lost later must not hide behind a reason that was given for others.
    used = compared[1]
    other = [
        f"{one.source} {one.kind.pattern} {one.path.pattern}: {used[one]}, not {one.count}"
        for one in differences()
        if used[one] != one.count
    ]
    assert other == []


def test_the_tables_are_the_guides(shared: Path) -> None:
    command = [sys.executable, "tools/generate_v2_mappings.py", str(shared / "definitions/v2-to-fhir"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
