"""The published tables: NCCI's pairs imported from a file in the published form, and asked about.

    python -m bench.edits [--size full]

The full size has as many pairs as Medicare's practitioners' edits have active ones, 1.67 million, with made-up codes in
the published proportion: some codes stand beside thousands of others, most beside a few. The memory is what the process
that imports grew by, at its highest.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench import measuring
from bench.measuring import Context, Measurement

PAIRS = {"full": 1_670_000, "small": 100_000, "overnight": 1_670_000}
LIMIT_MS, LIMIT_MB = 1.0, 60
DAY = date(2026, 2, 1)
_HEADER = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date\tModifier\tRationale\n"


def write(path: Path, count: int) -> list[str]:
    """A file of ``count`` pairs; returns its first codes, the one with most pairs at the beginning."""
    chance = random.Random(7)
    codes = [f"{number:05d}" for number in range(100, 16_100)]
    left, place = count, 0
    with path.open("w", encoding="ascii") as file:
        file.write(_HEADER)
        while left:
            beside = min(left, max(12, int(8000 / (1 + place / 40))))
            for other in sorted(chance.sample(codes, beside)):
                ends = "*" if chance.random() < 0.8 else "20231231"
                since = f"{chance.randrange(1996, 2026)}0101"
                file.write(f"{codes[place]}\t{other}\t\t{since}\t{ends}\t{chance.choice('0119')}\tMade-up rationale\n")
            left, place = left - beside, place + 1
    return codes[:400]


def measurements(context: Context) -> list[Measurement]:
    """Import once and again, then ask for claims of several sizes and for a batch of claims."""
    from django.db import connections

    from chartdesk.pms.edits import commands, queries

    count = PAIRS[context.size.name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ccipra-bench.txt"
        codes = write(path, count)
        rates, grown = [], []
        for _ in range(2):
            before, begun = _highest(), time.perf_counter()
            commands.import_file(path)
            rates.append(count / (time.perf_counter() - begun))
            grown.append(_highest() - before)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE edits_codepair")
    measuring.settle()
    rows = measuring.rows_of(pairs="edits_codepair")
    chance = random.Random(11)

    def asked(what: str, number: int, limit: float | None) -> Measurement:
        wanted = [chance.sample(codes, number) for _ in range(30)]
        taken = [measuring.timed(lambda some=some: queries.pairs(some, DAY)) for some in wanted]
        # The first ones plan the statement.
        return Measurement("NCCI pairs", what, rows, 1, 1, taken[6:], "ms", "limit" if limit else "", limit)

    return [
        Measurement("NCCI import", "the first time", rows, 1, 1, rates[:1], "pairs/s"),
        Measurement("NCCI import", "again, nothing new", rows, 1, 1, rates[1:], "pairs/s"),
        Measurement("NCCI import", "memory it takes", rows, 1, 1, grown, "MB", "limit", LIMIT_MB),
        asked("a claim of 4 codes", 4, LIMIT_MS),
        asked("a claim of 12 codes", 12, LIMIT_MS),
        asked("200 claims, 150 codes", 150, None),
    ]


def _highest() -> float:
    """The most memory this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform == "linux" else most / 1024**2


if __name__ == "__main__":
    sys.exit(measuring.command(["edits"]))
