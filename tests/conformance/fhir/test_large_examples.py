"""The definitions of R4 themselves, megabytes in a bundle: decoded, validated and written again."""

from __future__ import annotations

import pytest
from tests.conformance.fhir.test_examples import LARGE, R4_FAULTS, examples, faults_of


@pytest.mark.timeout(1500)
def test_large_examples_of_the_specification(r4_examples):
    # Some are there twice, under two names.
    by_content = {path.read_bytes(): path for path in examples(r4_examples) if path.stat().st_size >= LARGE}
    large = list(by_content.values())
    assert len(large) > 5
    names = {path.name for path in large}
    assert faults_of(large) == {name: places for name, places in R4_FAULTS.items() if name in names}
