"""Many threads of a process that has just started decode at once.

msgspec crashes the process when several threads build the same decoder, so the codec builds it once. The
test runs in a process of its own, which has not decoded anything before.
"""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from chartdesk.standards import fhir

ready = Barrier(16)
def first(_):
    ready.wait()
    return fhir.decode(b'{"resourceType":"Patient","active":true}').active

with ThreadPoolExecutor(16) as threads:
    assert all(threads.map(first, range(16)))
"""


def test_the_first_decodes_of_a_process_may_run_together():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr[-500:]}"
