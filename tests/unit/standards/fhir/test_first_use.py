"""Many threads of a process that has just started decode and validate at once.

msgspec crashes the process when several threads build the same decoder, so the codec builds it once; a check is
called only when all its parts are compiled. The test runs in a process of its own, which has decoded nothing before.
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
    patient = fhir.decode(b'{"resourceType":"Patient","active":true,"name":[{"family":"Moss"}]}')
    return patient.active and not fhir.validate(patient)

with ThreadPoolExecutor(16) as threads:
    assert all(threads.map(first, range(16)))
"""


def test_the_first_resources_of_a_process_may_come_together():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr[-500:]}"
