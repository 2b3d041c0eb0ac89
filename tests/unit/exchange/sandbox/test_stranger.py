"""The sandbox stays a stranger: it imports the standard library, msgspec and money, nothing else of ours."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import chartdesk.exchange.sandbox as sandbox

OWN = "chartdesk.exchange.sandbox"
ALLOWED = {"msgspec", "chartdesk.kit.money"}


def imported(path: Path) -> set[str]:
    """Every module that a source file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_what_the_sandbox_imports() -> None:
    foreign = {
        (path.name, name)
        for path in Path(sandbox.__file__).parent.glob("*.py")
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and name not in ALLOWED and not name.startswith(OWN)
    }
    assert foreign == set()
