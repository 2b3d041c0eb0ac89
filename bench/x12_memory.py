"""How much memory a check of a very long 837P takes: a program of its own, beside the usual table.

    python -m bench.x12_memory [--megabytes 500] [--sets]

Writes one file of that length to a temporary folder, lets ``chartdesk x12 check`` judge it in a process of its own, and
says how many processor seconds that took and the most memory that the process held, interpreter and code tables
included. The file is one set with very many claims, or with ``--sets`` very many sets with a claim each. The limit is
60 MB whatever the length.
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
from chartdesk.app.cli import main
start = time.process_time()
status = main(["x12", "check", sys.argv[1]])
height = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([status, time.process_time() - start, height]))
"""
#: Claims, or sets, that are written at once.
_LOT = 1000


def write(path: Path, megabytes: float, *, sets: bool = False) -> int:
    """One interchange of that length, of one set or of one for each claim; returns how many segments it has."""
    parts = claims_file(1).decode().split("~")
    first = next(n for n, one in enumerate(parts) if one.startswith("ST*" if sets else "HL*2*"))
    last = next(n for n, one in enumerate(parts) if one.startswith("GE*" if sets else "SE*"))
    one = "~".join(parts[first:last]) + "~"
    number = 1
    with path.open("w") as file:
        file.write("~".join(parts[:first]) + "~")
        while file.tell() < megabytes * 1_000_000:
            file.write("".join(_set(one, n) if sets else _claim(one, n) for n in range(number, number + _LOT)))
            number += _LOT
        inside = (number - 1) * (last - first)
        if sets:
            file.write(f"GE*{number - 1}*{parts[last].split('*')[2]}~" + "~".join(parts[last + 1 :]))
        else:
            count = first + inside - 1
            file.write(f"SE*{count}*{parts[last].split('*')[2]}~" + "~".join(parts[last + 1 :]))
    return len(parts) - 1 - (last - first) + inside


def _claim(text: str, number: int) -> str:
    return text.replace("HL*2*", f"HL*{number + 1}*").replace("CLM*C0*", f"CLM*C{number}*")


def _set(text: str, number: int) -> str:
    return text.replace("*0001*", f"*{number:04d}*").replace("*0001~", f"*{number:04d}~")


def main() -> int:
    """Write, check, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=500)
    parser.add_argument("--sets", action="store_true", help="a set for each claim")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.x12"
        segments = write(path, chosen.megabytes, sets=chosen.sets)
        told = subprocess.run([sys.executable, "-c", _CHECK, path], capture_output=True, text=True, check=True)
        said, result = told.stdout.strip().rsplit("\n", 1)
        status, seconds, height = json.loads(result)
        size = path.stat().st_size / 1e6
    rate = segments / seconds
    print(f"{size:,.0f} MB, {segments:,} segments: {seconds:,.1f} s, {rate:,.0f} segments/s, {height:,.1f} MB")
    print(
        f"{said.splitlines()[-1].rpartition('x12: ')[2]}; limit {LIMIT} MB: {'kept' if height <= LIMIT else 'MISSED'}"
    )
    return 0 if height <= LIMIT and status == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
