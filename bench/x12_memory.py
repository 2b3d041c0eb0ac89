"""How much memory a check of a very long 837P takes: a program of its own, beside the usual table.

    python -m bench.x12_memory [--megabytes 500]

Writes one file of that length to a temporary folder, checks it in a process of its own, and says how many processor
seconds that took and the most memory that the process held, interpreter and code tables included. The limit is 60 MB
whatever the length.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.x12 import claims_file

LIMIT = 60
_CHECK = """
import json, resource, sys, time
from chartdesk.standards.x12.check import check_file
from pathlib import Path
start = time.process_time()
findings = check_file(Path(sys.argv[1]))
height = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(findings), time.process_time() - start, height]))
"""


def write(path: Path, megabytes: float) -> int:
    """One interchange, one set, as many claims as the length takes; returns how many segments it has."""
    parts = claims_file(1).decode().split("~")
    first = next(n for n, one in enumerate(parts) if one.startswith("HL*2*"))
    last = next(n for n, one in enumerate(parts) if one.startswith("SE*"))
    claim = "~".join(parts[first:last]) + "~"
    segments = last
    with path.open("w") as file:
        file.write("~".join(parts[:first]) + "~")
        number = 2
        while file.tell() < megabytes * 1_000_000:
            many = "".join(
                claim.replace("HL*2*", f"HL*{n}*").replace("CLM*C0*", f"CLM*C{n}*")
                for n in range(number, number + 1000)
            )
            file.write(many)
            number += 1000
        segments = first + (number - 2) * (last - first)
        file.write(f"SE*{segments - 1}*{parts[last].split('*')[2]}~" + "~".join(parts[last + 1 :]))
    return segments + 3


def main() -> int:
    """Write, check, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=500)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.x12"
        segments = write(path, chosen.megabytes)
        told = subprocess.run([sys.executable, "-c", _CHECK, path], capture_output=True, text=True, check=True)
        findings, seconds, height = json.loads(told.stdout)
        size = path.stat().st_size / 1e6
    rate = segments / seconds
    print(f"{size:,.0f} MB, {segments:,} segments: {seconds:,.1f} s, {rate:,.0f} segments/s, {height:,.1f} MB")
    print(f"{findings} findings; limit {LIMIT} MB: {'kept' if height <= LIMIT else 'MISSED'}")
    return 0 if height <= LIMIT and not findings else 1


if __name__ == "__main__":
    sys.exit(main())
