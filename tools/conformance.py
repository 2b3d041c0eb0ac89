"""Install the FHIR clients and the validator of others that the conformance tests ask, from their lock file.

They are for the tests alone and stand beside them. Does nothing when the lock file is unchanged.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from frontend import ROOT, npm

FOLDER = ROOT / "tests" / "conformance" / "node"
STAMP = FOLDER / "node_modules" / "lock.sha256"


def digest() -> str:
    """Changes when the lock file does."""
    return hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()


def main() -> None:
    """Install what is missing."""
    if STAMP.is_file() and STAMP.read_text() == digest():
        return
    print("· installing the clients of others")
    npm("--prefix", str(FOLDER), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    STAMP.write_text(digest())


if __name__ == "__main__":
    main()
