"""The outside validators of X12, as something to ask."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "samples"))

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]


def _oracle(name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a validator about files: name and content in, name and faults out.

    One process answers every question of a run, because a validator takes longer to read its maps than to judge.
    """
    python = ROOT / ".oracles" / name / "bin" / "python"
    script = Path(__file__).parent / "x12" / "oracles" / f"ask_{name}.py"
    if not python.exists():
        pytest.skip(f"{name} is not installed beside the project; `make oracles` does that")
    with subprocess.Popen([python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        asked, told = process.stdin, process.stdout

        def ask(files: Mapping[str, bytes]) -> dict[str, list[str]]:
            folder = tmp_path_factory.mktemp(name)
            paths = {}
            for number, (label, content) in enumerate(files.items()):
                path = folder / f"{number:04d}.x12"
                path.write_bytes(content)
                paths[str(path)] = label
            asked.write(json.dumps(list(paths)) + "\n")
            asked.flush()
            answers = json.loads(told.readline())
            return {label: answers[path] for path, label in paths.items()}

        yield ask
        asked.close()


@pytest.fixture(scope="session")
def pyx12(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """pyx12 4.0.0: knows 837P, 835, 999 and 277CA."""
    yield from _oracle("pyx12", tmp_path_factory)


@pytest.fixture(scope="session")
def linuxforhealth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """linuxforhealth-x12 0.57: knows 837P, 835, 270 and 271."""
    yield from _oracle("linuxforhealth", tmp_path_factory)
