"""Files a stranger wrote by hand, and a sandbox over a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chartdesk.exchange.sandbox import Sandbox

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "x12"
START = datetime(2026, 3, 4, 18, tzinfo=UTC)


@pytest.fixture
def sample() -> Callable[..., bytes]:
    """``sample("office_visit.837p", "old", "new", ...)``: a hand-written file, pairs of text replaced."""

    def read(name: str, *pairs: str) -> bytes:
        text = (SAMPLES / f"{name}.x12").read_text(encoding="ascii")
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new)
        return text.encode("latin-1")

    return read


class Desk:
    """A practice with the mailbox ``river``, and the sandbox on the other side of it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder, self.sandbox, self.days = folder, Sandbox(folder, **settings), 0
        self.out, self.back = (folder / "river" / part for part in ("to_clearinghouse", "from_clearinghouse"))
        self.out.mkdir(parents=True, exist_ok=True)
        self._sent = 0

    def send(self, content: bytes) -> None:
        """Put a file into the mailbox as its next one."""
        self._sent += 1
        unfinished = self.out / "unfinished"
        unfinished.write_bytes(content)
        unfinished.rename(self.out / f"{self._sent:04d}.x12")

    def cycle(self, days: int = 0) -> list[str]:
        """Let ``days`` pass and run a cycle; the new answers, in the order they were written."""
        self.days += days
        before = {path.name for path in self.back.glob("*")}
        self.sandbox.cycle(START + timedelta(days=self.days))
        return [path.read_text() for path in sorted(self.back.glob("*")) if path.name not in before]

    def kinds(self) -> list[str]:
        """The kinds of all answers so far, in order."""
        return [path.stem.split("-")[1] for path in sorted(self.back.glob("*"))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A sandbox that pays in the cycle after the 277CA."""
    made = Desk(tmp_path)
    yield made
    made.sandbox.close()


@pytest.fixture
def segments() -> Callable[[str, str], list[str]]:
    """``segments(text, "CLP")``: the segments of that name, as text."""

    def named(text: str, name: str) -> list[str]:
        return [one for one in text.replace("\n", "").split("~") if one.split("*")[0] == name]

    return named
