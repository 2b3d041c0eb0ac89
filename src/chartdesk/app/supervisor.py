"""One terminal for everything: database, demo data, sandbox payer and card gateway, worker, server.

Each part is a process of its own, in a process group of its own, so that a Ctrl-C reaches this process alone
and the parts are ended in order: server, worker, sandbox, database. When one of them dies the others are
ended too, with its name and status. A database that dies is started again: the parts carry on.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

from chartdesk.app import configuration, keeping, postgres
from chartdesk.kit.errors import Conflict, Unavailable

#: Seconds that a part may take to start, and to stop.
START_LIMIT = 60
STOP_LIMIT = 15
#: A file that says that the home folder was made by the demo.
DEMO_MARK = "demo-folder"


class _Stop(Exception):
    """Somebody asked us to stop."""


def demo(*, reset: bool = False, load_only: bool = False) -> int:
    """Run the demo until Ctrl-C; returns the exit status."""
    host, port = configuration.value("HOST"), configuration.number("PORT")
    for taken in (port, configuration.sandbox_port(), configuration.gateway_port()):
        _refuse_taken(host, taken)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    cluster = None
    parts: list[tuple[str, subprocess.Popen[bytes]]] = []
    try:
        if reset or _cut_off():
            _step("starting anew: what was there is thrown away")
            _throw_away()
        _mark_as_demo()
        if not configuration.value("DATABASE_URL"):
            _step("starting PostgreSQL")
            cluster = postgres.start(configuration.home())
        _prepare()
        if load_only:
            return 0
        _step("starting the sandbox payer, the worker and the server")
        for name, *more in (("sandbox",), ("gateway",), ("worker", "--interfaces"), ("serve",)):
            parts.append((name, _spawn([name, *more])))
        _wait_until_served(f"http://{host}:{port}/health", parts)
        _welcome(host, port)
        return _watch(parts, keeping.Keeper(configuration.home(), _step) if cluster is not None else None)
    except _Stop:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        _end(parts)
        if cluster is not None:
            postgres.stop(cluster)
        if parts:
            print("\nStopped.", flush=True)


def _on_signal(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _step(text: str) -> None:
    print(f"· {text}", flush=True)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise Conflict(
                f"Port {port} is taken by another program.", cure="Choose one: make demo PORT=8080"
            ) from fault


def _cut_off() -> bool:
    """Whether this is a demo's folder whose load never came to its end."""
    mark = configuration.home() / DEMO_MARK
    return not configuration.value("DATABASE_URL") and mark.exists() and mark.read_text() != "loaded"


def _mark_as_demo() -> None:
    """Note that a folder that was empty is the demo's, so that it may be thrown away again."""
    folder = configuration.home()
    if not any(folder.iterdir()):
        (folder / DEMO_MARK).touch()


def _throw_away() -> None:
    """Remove the demo's data, and never a practice's: only a folder that the demo made is removed."""
    folder = configuration.home()
    if any(folder.iterdir()) and not (folder / DEMO_MARK).exists():
        raise Conflict(f"{folder} holds more than a demo.", cure="Set CHARTDESK_HOME to another folder for the demo.")
    if configuration.value("DATABASE_URL"):
        raise Conflict("With DATABASE_URL set, the demo's data is yours to remove.", cure="Drop that database.")
    cluster = postgres.locate(folder)
    postgres.stop(cluster)
    if cluster.user:
        shutil.rmtree(cluster.data.parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _prepare() -> None:
    """Migrate and load in a process of its own, which ends before the program is served.

    A Ctrl-C meanwhile ends it with everything it has started; the next start then begins anew.
    """
    loading = _spawn(["demo-data"])
    try:
        status = loading.wait()
    finally:
        _signal_group(loading, signal.SIGKILL)
    if status != 0:
        raise Unavailable(
            f"The demo practice could not be loaded (exit status {status}).",
            cure="Its words stand above. `chartdesk doctor` looks for causes; the next start begins anew.",
        )
    mark = configuration.home() / DEMO_MARK
    if mark.exists():
        mark.write_text("loaded")


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "chartdesk.app", *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "CHARTDESK_HOME": str(configuration.home()), "PYTHONUNBUFFERED": "1"}


def _spawn(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(_command(arguments), env=_environment(), stdin=subprocess.DEVNULL, start_new_session=True)


def _wait_until_served(address: str, parts: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        _raise_if_dead(parts)
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Unavailable(f"The server did not answer within {START_LIMIT} seconds.", cure="Run `chartdesk doctor`.")


def _raise_if_dead(parts: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    for name, process in parts:
        if process.poll() is not None:
            raise Unavailable(f"{name} ended with status {process.returncode}.", cure="Its last words stand above.")


def _watch(parts: list[tuple[str, subprocess.Popen[bytes]]], keeper: keeping.Keeper | None) -> int:
    while True:
        _raise_if_dead(parts)
        if keeper is not None:
            keeper.look()
        time.sleep(0.5)


def _end(parts: list[tuple[str, subprocess.Popen[bytes]]]) -> None:
    for _name, process in reversed(parts):
        _signal_group(process, signal.SIGTERM)
    limit = time.monotonic() + STOP_LIMIT
    for _name, process in reversed(parts):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, limit - time.monotonic()))
        # Whatever a part left in its group goes with it.
        _signal_group(process, signal.SIGKILL)
        process.wait(5)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _welcome(host: str, port: int) -> None:
    from chartdesk.app.demo.story import LOGINS, SECOND_SLUG

    print(f"\nChartdesk is on http://{host}:{port}\n", flush=True)
    for login in LOGINS:
        if login.shown:
            role = login.role.replace("_", " ") if login.username != SECOND_SLUG else "second practice"
            print(f"  {role:<16} {login.username:<10} password {login.password}", flush=True)
    print("\nCtrl-C stops it; the data stays.", flush=True)
