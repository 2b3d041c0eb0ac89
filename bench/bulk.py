"""How fast much comes in and goes out at once: ``chartdesk import`` of NDJSON, and a bulk ``$export``.

    python -m bench.bulk [--size full]

Charts in Synthea's shape are written to files and imported with one process more than there are cores, each run into a
practice of its own: checked, indexed, audited, patients in the front desk's index. The export is the worker's own
code, one process, from the kick-off's row to the last packed file, with its audit rows; it reads the practice of the
first run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import charts, measuring
from bench.measuring import CORES, Context, Measurement

IMPORT_TARGET, EXPORT_TARGET = 8_000, 20_000
STATED = "stated for two cores"


def imported(folder: Path, practice: str) -> float:
    """Resources a second of one ``chartdesk import``, from the command to its end."""
    command = [sys.executable, "-m", "chartdesk.app", "import", str(folder), "--practice", practice]
    start = time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    took = time.perf_counter() - start
    if ended.returncode:
        sys.exit(ended.stdout.decode())
    return sum(path.read_bytes().count(b"\n") for path in folder.iterdir()) / took


def exported(practice: int) -> float:
    """Resources a second of one export."""
    from chartdesk.record.access.subject import system
    from chartdesk.record.bulk import exporting, exports
    from chartdesk.record.bulk.plans import SYSTEM, Wish

    subject = system(practice, "bench")
    start = time.perf_counter()
    job = exports.ask(subject, Wish(SYSTEM), "bench")
    exporting.run(practice, job)
    took = time.perf_counter() - start
    found = exports.standing(subject, job)
    if found.state != "done":
        sys.exit(f"the export is {found.state}: {found.error}")
    exports.cancel(subject, job)
    return sum(one.count for one in found.files) / took


def measurements(context: Context) -> list[Measurement]:
    """Write the files; import them into a practice for each run; export the first."""
    from chartdesk.record.access import people

    taken: list[float] = []
    practices: list[Any] = []
    with tempfile.TemporaryDirectory(prefix="cd-bench-bulk-") as name:
        files = charts.write(Path(name), context.size.resources)
        size = sum(path.stat().st_size for path in files) / 1e6
        context.note(f"wrote {size:,.0f} MB of NDJSON")
        for number in range(measuring.RUNS):
            practices.append(people.open_practice(f"bulk{number}", f"Bulk {number}"))
            taken.append(imported(Path(name), practices[-1].slug))
    rows = measuring.rows_of(resources="record_resource")
    measuring.settle()
    exports = [exported(practices[0].pk) for _ in range(measuring.RUNS + 1)][1:]
    words = f"{context.size.resources:,} resources, {size:,.0f} MB"
    return [
        Measurement("FHIR import", f"NDJSON, {words}, each run into a practice of its own", "none to all of it",
                    CORES + 1, CORES + 1, taken, "resources/s", STATED, IMPORT_TARGET),
        Measurement("FHIR export", f"$export, {words}", rows, 1, 1, exports, "resources/s", STATED, EXPORT_TARGET),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(measuring.command(["bulk"]))
