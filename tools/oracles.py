"""Make the environments of the outside validators that the conformance tests ask.

Each validator stands in a virtual environment of its own under ``.oracles/``, because they need packages that
do not go together with ours (linuxforhealth-x12 needs pydantic 1). Versions and hashes are those of
``requirements/oracle-*.txt``. An environment that is up to date is left alone.

    python tools/oracles.py            make what is missing
    python tools/oracles.py --where    say where each is, and whether it is ready
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".oracles"


def requirements(name: str) -> Path:
    """The pinned requirement file of a validator."""
    return ROOT / "requirements" / f"oracle-{name}.txt"


def names() -> list[str]:
    """The validators there are."""
    return sorted(path.stem.removeprefix("oracle-") for path in (ROOT / "requirements").glob("oracle-*.txt"))


def python_of(name: str) -> Path:
    """The interpreter of a validator's environment."""
    folder = FOLDER / name
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def is_ready(name: str) -> bool:
    """True where the environment holds what the requirement file says."""
    stamp = FOLDER / name / "requirements.sha256"
    return stamp.is_file() and python_of(name).exists() and stamp.read_text() == _digest(name)


def make(name: str) -> None:
    """Make the environment anew and install into it. Raises CalledProcessError where that fails."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [python_of(name), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--require-hashes", "-r", requirements(name)], check=True)
    (folder / "requirements.sha256").write_text(_digest(name))


def _digest(name: str) -> str:
    return hashlib.sha256(requirements(name).read_bytes()).hexdigest()


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--where", action="store_true", help="only say where each is")
    arguments = parser.parse_args()
    for name in names():
        if arguments.where:
            print(f"{name}: {FOLDER / name} {'ready' if is_ready(name) else 'missing'}")
        elif not is_ready(name):
            print(f"· making the environment of {name}")
            make(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
