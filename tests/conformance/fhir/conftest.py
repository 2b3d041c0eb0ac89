"""Where the outside examples are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared/samples/fhir"
CACHE = Path(os.environ.get("CHARTDESK_CACHE", Path.home() / ".cache/chartdesk"))


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SHARED.exists():
        pytest.skip("the samples in ../shared are absent")
    return SHARED


@pytest.fixture(scope="session")
def r4_examples() -> Path:
    folder = CACHE / "node_modules/hl7.fhir.r4.examples"
    if not folder.exists():
        pytest.skip(f"npm package hl7.fhir.r4.examples 4.0.1 is not in {CACHE}")
    return folder
