"""The house keeps its shape: file sizes, names, documented commands and settings, no float near money."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "chartdesk"
LONGEST_FILE = 400
#: A function longer than this is listed here with the reason it stays whole, or is split.
LONGEST_FUNCTION = 80


def _python(*folders: str) -> list[Path]:
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [file for file in files if "_generated" not in str(file) and "migrations" not in file.parts]


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "bench"])
def test_no_file_is_longer_than_it_should_be(folder):
    """A 4,200-line service began as a file that nobody split at 400."""
    long = {
        str(file.relative_to(ROOT)): n
        for file in _python(folder)
        if (n := len(file.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen_and_a_half():
    long = []
    for file in _python("src"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name} {lines}")
    assert not long


def test_no_name_says_nothing():
    silent = re.compile(r"(^|/)(utils?|helpers?|misc|common|base|manager)(\.py|/)")
    assert not [str(file) for file in _python("src") if silent.search(str(file.relative_to(SOURCE)))]


def test_every_module_says_what_it_is_for():
    first = re.compile(r'(#.*\n|\n)*"""')
    silent = [file for file in _python("src") if not first.match(file.read_text())]
    assert not silent


def test_every_room_looks_alike():
    """commands, queries, models and events are where a reader looks for them."""
    allowed_without = {"handoff", "kit"}
    for apps in SOURCE.rglob("apps.py"):
        room = apps.parent
        if room.parent.name in ("pms", "ehr") and room.name not in allowed_without:
            present = {path.stem for path in room.iterdir()}
            assert {"models", "queries"} <= present, room
            assert "commands" in present, room


MONEY_ROOMS = (
    "pms/ledger",
    "pms/charges",
    "pms/splits",
    "pms/claims",
    "pms/remittance",
    "pms/statements",
    "pms/cards",
    "pms/good_faith",
    "pms/coverage",
    "kit/money.py",
)


def test_no_float_near_money():
    """Money in floats lost cents in systems that did this job before."""
    found = []
    for place in MONEY_ROOMS:
        path = SOURCE / place
        for file in [path] if path.suffix else path.rglob("*.py"):
            if "migrations" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
                literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
                field = isinstance(node, ast.Attribute) and node.attr == "FloatField"
                if called or literal or field:
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_types_are_learned_by_one_thread_at_a_time():
    """msgspec crashes where threads learn a type together; kit.typed lets one do it."""
    hasty = []
    for file in (file for file in _python("src") if "msgspec." in file.read_text()):
        functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
        for call in (node for one in functions for node in ast.walk(one) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func)
            typed = name in ("msgspec.convert", "msgspec.json.Decoder") or any(k.arg == "type" for k in call.keywords)
            if name.startswith("msgspec.") and not name.startswith("msgspec.structs.") and typed:
                hasty.append(f"{file.relative_to(SOURCE)}:{call.lineno}")
    assert {place.split(":")[0] for place in hasty} <= {"kit/typed.py", "standards/fhir/codec.py"}, hasty


def test_every_setting_is_documented():
    from chartdesk.app.configuration import SETTINGS

    text = (ROOT / "docs" / "operator.md").read_text()
    assert not [setting.name for setting in SETTINGS if f"`{setting.name}`" not in text]


def test_every_setting_that_is_read_is_declared():
    from chartdesk.app.configuration import SETTINGS

    known = {setting.name for setting in SETTINGS} | {"DJANGO_SETTINGS_MODULE", "PATH"}
    read = set()
    for file in _python("src"):
        read |= set(re.findall(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["']([A-Z_]+)["']""", file.read_text()))
    assert read <= known


def test_every_command_is_documented():
    from chartdesk.app.cli.entry import parser

    text = (ROOT / "docs" / "operator.md").read_text()
    actions = next(action for action in parser()._actions if action.dest == "command")
    assert not [name for name in actions.choices if f"chartdesk {name}" not in text]


def test_the_workplace_is_not_named():
    """The project speaks of the product only."""
    forbidden = re.compile(r"registry\.npmjs|pypi\.org|files\.pythonhosted|/work/main|\bTODO\b|\bFIXME\b")
    found = []
    for file in [*_python("src", "tests", "tools", "bench"), *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        if file != Path(__file__) and forbidden.search(file.read_text()):
            found.append(str(file.relative_to(ROOT)))
    for lock in [*(ROOT / "requirements").glob("*"), ROOT / "package-lock.json"]:
        if re.search(r"https?://(registry|files|pypi)", lock.read_text()):
            found.append(lock.name)
    assert not found
