"""An installation of its own: an embedded PostgreSQL, and the programs that run on it. All of them can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from chartdesk.app import postgres

ROOT = Path(__file__).resolve().parents[3]
#: The programs by their names. The second engine routes and delivers beside the first, and listens where that is gone.
PROGRAMS = {"interfaces": ["interfaces"], "stand-by": ["interfaces"], "worker": ["worker"], "server": ["serve"]}


class Installation:
    """What runs in ``home``. Whoever starts something again is its supervisor."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.cluster = home, postgres.start(home)
        self.environment = {
            **{name: text for name, text in os.environ.items() if name != "CHARTDESK_DB_POOL"},
            "CHARTDESK_HOME": str(home), "DATABASE_URL": self.cluster.dsn, "PORT": str(port),
            "CHARTDESK_INTERFACE_NETWORKS": "127.0.0.0/8", "CHARTDESK_LOG_LEVEL": "WARNING",
        }  # fmt: skip
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.since: dict[str, float] = {}

    def open(self, *arguments: str) -> None:
        """Make what is needed before the programs start."""
        command = [sys.executable, "-m", "tests.journeys.under_fire.opening", *arguments]
        subprocess.run(command, check=True, env=self.environment, cwd=ROOT)

    def start(self, name: str) -> None:
        """Start a program."""
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "chartdesk.app", *PROGRAMS[name]],
                env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.since[name] = time.monotonic()

    def kill(self, name: str) -> None:
        """SIGKILL for a program and its children: nothing is said, nothing is closed."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)

    def ended(self) -> list[str]:
        """Programs that ended though nobody killed them."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def kill_database(self, how: signal.Signals) -> None:
        """SIGKILL: the postmaster is gone and its servers notice by themselves. SIGQUIT: all end at once, unsaved."""
        number = int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(number, how)
        while Path(f"/proc/{number}").exists() and _state(number) != "Z":
            time.sleep(0.01)

    def start_database(self) -> None:
        """Start it again, as an operator would."""
        postgres.start(self.home)

    def end(self) -> None:
        """End everything, and leave nothing behind."""
        for name in list(self.running):
            self.kill(name)
        postgres.stop(self.cluster)
        if self.cluster.user:
            shutil.rmtree(self.cluster.data.parent, ignore_errors=True)


def _state(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return "Z"
