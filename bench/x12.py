"""How fast X12 files are split, read, checked and written, and how much memory reading takes.

    python -m bench.x12 [--size full]

Makes one 837P and one 835 of five megabytes each. The splitting is held against a limit of one million segments a
second; where the oracles are installed, the check is held against ten times what pyx12 and linuxforhealth-x12 do with a
twentieth of the same file in the same run. Memory is the peak that the work itself allocates, with the file read from
disk; what a file of 500 MB takes is measured by ``bench.x12_memory``. Rates are by processor time, as everything here
is done by one thread that waits for nothing.
"""

from __future__ import annotations

import gc
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
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
#: How many times as fast as each peer the check is to be.
TIMES = 10
#: Bytes of the files that are checked.
LENGTH = 5_000_000


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


#: What each peer does with a file, timed in its own environment.
_PEERS = {
    "pyx12": (
        "import io,logging,sys,time,pyx12.params,pyx12.x12n_document as d;logging.disable();"
        "text=open(sys.argv[1]).read();t=time.process_time();ok=d.x12n_document(pyx12.params.params(),io.StringIO(text),None,None);"
        "print(time.process_time()-t,bool(ok))"
    ),
    "linuxforhealth": (
        "import sys,time;from linuxforhealth.x12.io import X12ModelReader as R;text=open(sys.argv[1]).read();"
        "t=time.process_time();n=sum(1 for _ in R(text).__enter__().models());print(time.process_time()-t,n>0)"
    ),
}


def peer_rate(name: str, content: bytes, folder: Path) -> float | None:
    """Segments a processor second that a peer judges, and accepts; None where it is not installed."""
    python = ROOT / ".oracles" / name / "bin" / "python"
    if not python.exists():
        return None
    path = folder / f"{name}.x12"
    path.write_bytes(content)
    told = subprocess.run([python, "-c", _PEERS[name], path], capture_output=True, text=True, check=True)
    seconds, accepted = told.stdout.split()
    if accepted != "True":
        raise RuntimeError(f"{name} does not accept the file it is timed with")
    return content.count(b"~") / float(seconds)


def without_contacts(content: bytes) -> bytes:
    """The one set of a file without PER: linuxforhealth refuses those of an 835, which the guide requires."""
    text, count = re.subn(r"~PER\*[^~]*(?=~)", "", content.decode())
    return re.sub(r"SE\*(\d+)\*", lambda found: f"SE*{int(found[1]) - count}*", text).encode()


def checks(context: Context, folder: Path) -> Iterator[Measurement]:
    """Both files of five megabytes checked, each against both peers with a twentieth of it."""
    for name, make in (("837P", claims_file), ("835", payments_file)):
        count = LENGTH * 100 // len(make(100))
        path = folder / f"{name}.five"
        path.write_bytes(make(count))
        small = make(count // 20)
        for peer in _PEERS:
            context.note(f"{name} by {peer}")
            readable = without_contacts(small) if (name, peer) == ("835", "linuxforhealth") else small
            rate = peer_rate(peer, readable, folder)
            segments = path.read_bytes().count(b"~")
            taken = per_second(segments, lambda path=path: check_file(path))  # type: ignore[misc]
            against: tuple[str, float | None] = (f"{peer} is not installed", None)
            if rate:
                times = statistics.median(taken) / rate
                against = f"{peer} here × {times:.1f}; wanted × {TIMES}", TIMES * rate
            what = f"{name} read and check, {path.stat().st_size / 1e6:.1f} MB"
            yield Measurement("X12", what, f"none; {segments:,} segments", 1, 1, taken, "segments/s", *against)


def measurements(context: Context) -> list[Measurement]:
    """Write the files, then split, read, check and write them."""
    claims = context.size.x12_claims
    # As server, worker and the others' own processes: what was loaded before is nothing to look through for garbage.
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, paid_path = folder / "claims.x12", folder / "payments.x12"
        path.write_bytes(claims_file(claims))
        paid_path.write_bytes(payments_file(claims))
        small = claims_file(claims // 10)
        total, paid, tenth = path.read_bytes().count(b"~"), paid_path.read_bytes().count(b"~"), small.count(b"~")
        (interchange,) = claim_837p.read(small)

        def row(what: str, count: int, work: Callable[[], Any], against: tuple[str, float | None]) -> Measurement:
            taken = per_second(count, work)
            return Measurement("X12", what, f"none; {count:,} segments", 1, 1, taken, "segments/s", *against)

        def split(file: Path) -> int:
            return sum(len(one.rows) for one in batches(file))

        none = ("", None)
        held = peak(lambda: drain(claim_837p.claims(path)))
        return [
            row("837P split, streaming", total, lambda: split(path), ("limit", LIMIT_SPLIT)),
            row("835 split, streaming", paid, lambda: split(paid_path), ("limit", LIMIT_SPLIT)),
            row(f"837P read claim by claim, {held:.1f} MB", total, lambda: drain(claim_837p.claims(path)), none),
            *checks(context, folder),
            row("837P write, checked", tenth, lambda: claim_837p.write(interchange), none),
            row("835 read", paid, lambda: remittance_835.read(paid_path), none),
        ]


if __name__ == "__main__":
    sys.exit(measuring.command(["x12"]))
