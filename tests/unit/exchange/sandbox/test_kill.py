"""Kill -9 at random moments: every file is answered, none twice, every claim is paid once."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

Sample = Callable[..., bytes]
FILES = 24


def test_killed_again_and_again(sample: Sample, tmp_path: Path) -> None:
    out, back = (tmp_path / "river" / part for part in ("to_clearinghouse", "from_clearinghouse"))
    out.mkdir(parents=True)
    chance, kills, sent = random.Random(7), 0, 0
    command = [sys.executable, "-m", "chartdesk.exchange.sandbox", "serve", "--port", "0", "--every", "0.005",
               "--folder", str(tmp_path)]  # fmt: skip
    until = time.monotonic() + 240
    while time.monotonic() < until:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert process.stdout.readline().startswith("sandbox payer on http://127.0.0.1:")
        for number in range(sent, min(sent + 4, FILES)):
            _send(out, number, sample)
        sent = min(sent + 4, FILES)
        time.sleep(chance.random() * 0.08)
        done = _paid(back) == FILES * 4 and not list((tmp_path / "sandbox" / "outgoing").iterdir())
        process.send_signal(signal.SIGTERM if done else signal.SIGKILL)
        process.wait(timeout=60)
        process.stdout.close()
        kills += not done
        if done:
            break
    assert kills >= FILES // 4
    texts = [path.read_text() for path in back.glob("*.x12")]
    answered = [found[1] for text in texts for found in re.finditer(r"AK1\*HC\*(\w+)", text)]
    assert len(answered) == FILES
    receipts = [found[1] for text in texts if "ST*277" in text for found in re.finditer(r"TRN\*2\*(CD\w+)", text)]
    paid = [found[1] for text in texts if "ST*835" in text for found in re.finditer(r"CLP\*(CD\w+)\*", text)]
    assert len(receipts) == len(set(receipts)) == FILES * 4
    assert sorted(paid) == sorted(receipts)
    controls = [path.stem.split("-")[0] for path in back.glob("*.x12")]
    assert len(controls) == len(set(controls))
    assert not list((tmp_path / "sandbox" / "outgoing").iterdir())


def _send(out: Path, number: int, sample: Sample) -> None:
    content = sample("four_claims.837p", "000000102", f"{900 + number:09d}", "*CD100", f"*CD{number}X",
                     "*1*T*:", "*0*T*:", "20260303~", f"202603{number % 28 + 1:02d}~")  # fmt: skip
    (out / "unfinished").write_bytes(content)
    (out / "unfinished").rename(out / f"{number:04d}.x12")


def _paid(back: Path) -> int:
    """How many claims have been paid."""
    return sum(len(re.findall(r"CLP\*CD", path.read_text())) for path in back.glob("*-835.x12"))


def test_one_cycle_from_the_command_line(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "river" / "to_clearinghouse"
    out.mkdir(parents=True)
    (out / "a.x12").write_bytes(sample("office_visit.837p"))
    command = [
        sys.executable,
        "-m",
        "chartdesk.exchange.sandbox",
        "run-once",
        "--folder",
        str(tmp_path),
        "--as-of",
    ]
    told = [
        subprocess.run([*command, moment], capture_output=True, text=True, check=True).stdout.strip()
        for moment in ("2026-03-04T18:00:00+00:00", "2026-03-05")
    ]
    assert told == ["files 1, payments 0, delivered 2", "files 0, payments 1, delivered 2"]
    wrong = subprocess.run([*command, "yesterday"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "a time such as" in wrong.stderr
