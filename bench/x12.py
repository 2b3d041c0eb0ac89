"""How fast X12 files are split, read, checked and written, and how much memory reading takes.

    python -m bench.x12 [--size full]

Makes one 837P and one 835 of as many claims as the size says, of four lines each. The splitting is held against a
limit of one million segments a second; where the oracles are installed, the check is held against pyx12 on the same
file, a tenth of the claims. Memory is the peak that the work itself allocates, with the file read from disk. Rates
are by processor time, as everything here is done by one thread that waits for nothing.
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

from bench import measuring
from bench.measuring import RUNS, Context, Measurement

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "samples"))

import x12_examples as examples  # noqa: E402

from chartdesk.standards.x12 import claim_837p, remittance_835  # noqa: E402
from chartdesk.standards.x12.check import check_file  # noqa: E402
from chartdesk.standards.x12.reader import batches  # noqa: E402

LIMIT_SPLIT = 1_000_000


def per_second(count: int, work: Callable[[], Any]) -> list[float]:
    """``count`` by the processor seconds of ``work``, run by run, after one that warms up."""
    work()
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(count / (time.process_time() - start))
    return found


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


def measurements(context: Context) -> list[Measurement]:
    """Write the files, then split, read, check and write them."""
    claims = context.size.x12_claims
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, paid_path = folder / "claims.x12", folder / "payments.x12"
        path.write_bytes(claims_file(claims))
        paid_path.write_bytes(payments_file(claims))
        small = claims_file(claims // 10)
        total, paid, tenth = path.read_bytes().count(b"~"), paid_path.read_bytes().count(b"~"), small.count(b"~")
        (interchange,) = claim_837p.read(small)
        outside = pyx12_seconds(small, folder)
        peer = ("pyx12 here", tenth / outside) if outside else ("pyx12 is not installed", None)

        def row(what: str, count: int, work: Callable[[], Any], against: tuple[str, float | None]) -> Measurement:
            taken = per_second(count, work)
            return Measurement("X12", what, f"none; {count:,} segments", 1, 1, taken, "segments/s", *against)

        def split() -> int:
            return sum(len(one.rows) for one in batches(path))

        none = ("", None)
        held = peak(lambda: drain(claim_837p.claims(path)))
        return [
            row("837P split, streaming", total, split, ("limit", LIMIT_SPLIT)),
            row(f"837P read claim by claim, {held:.1f} MB", total, lambda: drain(claim_837p.claims(path)), none),
            row("837P check", total, lambda: check_file(path), none),
            row("837P check, a tenth", tenth, lambda: check_file(small), peer),
            row("837P write, checked", tenth, lambda: claim_837p.write(interchange), none),
            row("835 read", paid, lambda: remittance_835.read(paid_path), none),
        ]


if __name__ == "__main__":
    sys.exit(measuring.command(["x12"]))
