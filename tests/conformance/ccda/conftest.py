"""What others publish about C-CDA, where ``make conformance`` has fetched it: the tests skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

PAPERS = Path(__file__).resolve().parents[1] / "node" / "node_modules" / ".papers"


@pytest.fixture(scope="session")
def papers() -> Path:
    """The folder of what others publish."""
    if not PAPERS.is_dir():
        pytest.skip("run with `make conformance`, which fetches what others publish")
    return PAPERS


@pytest.fixture(scope="session")
def schematron(papers: Path):
    """HL7's schematron of C-CDA R2.1."""
    from tests.conformance.ccda.schematron import Schematron

    folder = papers / "schematron"
    return Schematron(folder / "Consolidation.sch", folder / "voc.xml")
