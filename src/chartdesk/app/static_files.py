"""Collecting the static files under hashed names, once per version of the files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chartdesk.app import configuration

_WEB = Path(__file__).resolve().parent.parent / "web"


def folder() -> Path:
    """Where the collected files are."""
    return configuration.home() / "static"


def collect() -> None:
    """Collect when anything changed since the last time."""
    mark = folder() / "stamp"
    present = _stamp()
    if mark.exists() and mark.read_text() == present:
        return
    from django.core.management import call_command

    from chartdesk.app import wiring

    wiring.set_up()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(present)


def _stamp() -> str:
    files = sorted(path for path in (_WEB / "static").rglob("*") if path.is_file())
    parts = [f"{path.relative_to(_WEB)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
