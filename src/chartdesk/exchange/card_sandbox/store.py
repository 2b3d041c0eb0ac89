"""The gateway's memory: a SQLite file. What was answered is remembered under its key, so that a repeat is the same."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS card (token TEXT PRIMARY KEY, brand TEXT, last4 TEXT, month INTEGER, year INTEGER,
    behavior TEXT, charges INTEGER DEFAULT 0, removed INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, amount TEXT, description TEXT, return_url TEXT, token TEXT);
CREATE TABLE IF NOT EXISTS answer (key TEXT, kind TEXT, request TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS charge (id TEXT PRIMARY KEY, key TEXT, token TEXT, cents INTEGER, status TEXT,
    refunded INTEGER DEFAULT 0, metadata TEXT);
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, body TEXT,
    tries INTEGER DEFAULT 0, due REAL, done INTEGER DEFAULT 0);
"""


class Store:
    """One connection behind one lock: a gateway for tests is asked a few times a second."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(folder / "gateway.sqlite", check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(f"PRAGMA journal_mode=WAL; {_TABLES}")
        self._lock = threading.RLock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one at a time."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query."""
        with self._lock:
            found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
            return found

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def run(self, statement: str, *values: Any) -> None:
        """Change something."""
        with self._lock:
            self._connection.execute(statement, values)

    def answered(self, kind: str, key: str) -> tuple[str, dict[str, Any]] | None:
        """The request that had this key, and what it was answered."""
        row = self.row("SELECT request, body FROM answer WHERE kind = ? AND key = ?", kind, key)
        return None if row is None else (row["request"], json.loads(row["body"]))

    def remember(self, kind: str, key: str, request: str, body: dict[str, Any]) -> None:
        """Keep what a request is answered."""
        self.run("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", key, kind, request, body["id"], json.dumps(body))


def new_id(prefix: str) -> str:
    """An identifier that nobody guesses, such as ``ch_1f…``."""
    return f"{prefix}_{secrets.token_hex(12)}"
