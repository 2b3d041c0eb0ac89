"""The examples of the X12 room, and the outside validators as something to ask."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "samples"))

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]


def _oracle(name: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask a validator about many files in one process: name and content in, name and faults out."""
    python = ROOT / ".oracles" / name / "bin" / "python"
    script = Path(__file__).parent / "oracles" / f"ask_{name}.py"
    if not python.exists():
        pytest.skip(f"{name} is not installed beside the project; `make oracles` does that")

    def ask(files: Mapping[str, bytes]) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp(name)
        paths = {}
        for number, (label, content) in enumerate(files.items()):
            path = folder / f"{number:04d}.x12"
            path.write_bytes(content)
            paths[str(path)] = label
        told = subprocess.run(
            [python, script], input="\n".join(paths), capture_output=True, text=True, check=True, timeout=110
        )
        answers = json.loads(told.stdout)
        return {label: answers[path] for path, label in paths.items()}

    return ask


@pytest.fixture(scope="session")
def pyx12(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """pyx12 4.0.0: knows 837P, 835, 999 and 277CA."""
    return _oracle("pyx12", tmp_path_factory)


@pytest.fixture(scope="session")
def linuxforhealth(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """linuxforhealth-x12 0.57: knows 837P, 835, 270 and 271."""
    return _oracle("linuxforhealth", tmp_path_factory)
