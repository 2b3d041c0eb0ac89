"""Threads that read a type for the first time at the same moment; in processes of their own, as they crash."""

from __future__ import annotations

import subprocess
import sys

import pytest

TOGETHER = """
import sys, threading
from chartdesk.kit import typed
from chartdesk.standards.fhir import checking, facts, profiles, r4
from chartdesk.handoff.contract import Message

def known():
    begin.wait()
    facts.resource_types()
    profiles.urls("Patient") if hasattr(profiles, "urls") else profiles._tables()
    profiles.faults(r4.Patient(), profiles.known("Patient")[0])
    checking.rules_of("Appointment")
    typed.decoder(Message)

sys.setswitchinterval(1e-6)
begin = threading.Barrier(32)
threads = [threading.Thread(target=known) for _ in range(32)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("alive")
"""


@pytest.mark.parametrize("round", range(4))
def test_threads_that_begin_together_live(round: int) -> None:
    done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
