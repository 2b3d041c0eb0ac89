"""How fast X12 files are split, checked, read and written, and how much memory that takes.

    python bench/x12.py [claims]

Makes one 837P of that many claims (default 4,000, about 108,000 segments) and one 835 of as many claim payments.
The splitting is held against ``str.split`` on the same text, the least that any reader in Python must do, and
against a limit of one million segments a second. Where ``.oracles`` has pyx12, the check is held against it on a
tenth of the claims. Memory is the peak that the work itself allocates, with the file read from disk.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "samples"))

import x12_examples as examples  # noqa: E402

from chartdesk.standards.x12 import claim_837p, remittance_835  # noqa: E402
from chartdesk.standards.x12.check import check_file  # noqa: E402
from chartdesk.standards.x12.reader import batches, segments  # noqa: E402

LIMIT_SPLIT = 1_000_000


def timed(work: Callable[[], Any]) -> float:
    """Seconds of processor time, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peak(work: Callable[[], Any]) -> float:
    """Megabytes that the work allocated at its height."""
    tracemalloc.start()
    work()
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return height / 1e6


def drain(found: Iterable[Any]) -> int:
    """Take everything and keep nothing; how many there were."""
    return sum(1 for _ in found)


def split_only(content: bytes) -> int:
    """What ``str.split`` alone takes, with the whole file in memory."""
    return len([part.split("*") for part in content.decode().split("~")])


def claims_file(count: int) -> bytes:
    """An 837P of that many claims, each for a subscriber of their own."""
    made = [
        examples.claim(pcn=f"C{n}", subscriber=examples.subscriber(member_id=f"M{n}"), lines=lines(4))
        for n in range(count)
    ]
    return claim_837p.write(examples.interchange(*made))


def lines(count: int) -> list[claim_837p.ServiceLine]:
    """That many service lines."""
    return [examples.line(control=f"L{n}") for n in range(count)]


def payments_file(count: int) -> bytes:
    """An 835 of that many claim payments."""
    paid = [examples.paid_claim(pcn=f"C{n}", lines=[examples.paid_line()]) for n in range(count)]
    return remittance_835.write(examples.envelope(), [examples.remittance(*paid)])


def pyx12_seconds(content: bytes, folder: Path) -> float | None:
    """Processor seconds that pyx12 needs to judge the file; None where it is not installed."""
    python = ROOT / ".oracles" / "pyx12" / "bin" / "python"
    if not python.exists():
        return None
    path = folder / "small.x12"
    path.write_bytes(content)
    code = (
        "import io,logging,sys,time,pyx12.params,pyx12.x12n_document as d;logging.disable();"
        "t=time.process_time();d.x12n_document(pyx12.params.params(),io.StringIO(open(sys.argv[1]).read()),None,None);"
        "print(time.process_time()-t)"
    )
    told = subprocess.run([python, "-c", code, path], capture_output=True, text=True, check=True)
    return float(told.stdout)


def row(name: str, segment_count: int, seconds: float, memory: float | None, note: str = "") -> None:
    """One line of the table."""
    rate = f"{segment_count / seconds:>12,.0f}"
    held = f"{memory:>8.1f}" if memory is not None else f"{'':>8}"
    print(f"{name:<34}{rate}{held}  {note}")


def main(count: int) -> int:
    """Measure and print. Returns 1 where splitting misses its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, paid_path = folder / "claims.x12", folder / "payments.x12"
        path.write_bytes(claims_file(count))
        paid_path.write_bytes(payments_file(count))
        content = path.read_bytes()
        total, paid_total = content.count(b"~"), paid_path.read_bytes().count(b"~")
        small = claims_file(count // 10)
        print(f"837P: {count:,} claims, {total:,} segments, {len(content) / 1e6:.1f} MB; 835: {paid_total:,} segments")
        print(f"{'':<34}{'segments/s':>12}{'MB':>8}")
        row("str.split alone", total, timed(lambda: split_only(content)), peak(lambda: split_only(content)))
        splitting = timed(lambda: sum(len(one.rows) for one in batches(path)))
        met = total / splitting >= LIMIT_SPLIT
        held = peak(lambda: sum(len(one.rows) for one in batches(path)))
        row("split, streaming", total, splitting, held, f"limit {LIMIT_SPLIT:,}: {'met' if met else 'MISSED'}")
        for label, size, work in (
            ("segments, streaming", total, lambda: drain(segments(path))),
            ("837P claim by claim", total, lambda: drain(claim_837p.claims(path))),
            ("837P check", total, lambda: check_file(path)),
            ("835 read", paid_total, lambda: remittance_835.read(paid_path)),
            ("835 check", paid_total, lambda: check_file(paid_path)),
        ):
            row(label, size, timed(work), peak(work))
        (interchange,) = claim_837p.read(small)
        small_total = small.count(b"~")
        row("837P write, checked", small_total, timed(lambda: claim_837p.write(interchange)), None)
        row("837P check, a tenth", small_total, timed(lambda: check_file(small)), None)
        outside = pyx12_seconds(small, folder)
        if outside is not None:
            row("pyx12, the same tenth", small_total, outside, None)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000))
