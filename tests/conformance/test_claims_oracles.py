"""Claims of the rows are accepted by the outside validators and by our own check, and stay as they were.

The golden files under ``golden/`` are whole claims, a segment a line. A change that is meant to change them is
followed by ``CHARTDESK_GOLDEN=write pytest tests/conformance/test_claims_oracles.py`` and a look at the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conformance.claim_scenarios import DAY, NOW, Scenarios, comparable

from chartdesk.standards.x12 import claim_837p
from chartdesk.standards.x12.check import check_file

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]
GOLDEN = Path(__file__).parent / "golden"
KEPT = (
    "self", "child", "spouse", "other", "letters", "second_site", "full", "fifty_lines", "telehealth", "days",
    "authorized", "payer_MCR05", "payer_MCD77", "payer_CASC2", "replacement", "void", "secondary", "secondary_whole",
    "secondary_denied", "secondary_medicare", "medicare_disabled", "tertiary",
    "accident_auto", "accident_work", "accident_other", "illness", "hospital", "named", "documents",
)  # fmt: skip


@dataclass
class Made:
    """The files by the name of their claim, and all claims in one."""

    single: dict[str, bytes]
    together: bytes

    @property
    def files(self) -> dict[str, bytes]:
        return {**self.single, "all in one": self.together}


@pytest.fixture(scope="module")
def made(database: str) -> Iterator[Made]:
    from chartdesk.app.demo import setup
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands, queries, sending

    with clock.at(NOW):
        scenarios = Scenarios(setup.open_demo(DAY, slug=f"conformance-{os.getpid()}"))
        scenarios.make()
        subject = scenarios.subject
        single = {name: sending.written_claim(subject, number) for name, number in scenarios.claims.items()}
        file = commands.submit(subject, scenarios.claims.values())
        yield Made(single, bytes(queries.interchange(subject, file).content))


def test_our_own_check_finds_nothing(made: Made) -> None:
    assert {name: found for name, content in made.files.items() if (found := check_file(content))} == {}


def test_what_is_read_back_is_what_was_said(made: Made) -> None:
    (read,) = claim_837p.read(made.together)
    claims = [one for part in read.sets for one in part.claims]
    assert len(claims) == len(made.single)
    for claim in claims:
        assert claim.total == sum(line.charge for line in claim.lines)
        for line in claim.lines:
            for decided in line.adjudications:
                assert line.charge == decided.paid + sum(one.amount for one in decided.adjustments)


def test_pyx12_accepts_them(made: Made, pyx12: Ask) -> None:
    assert {name: faults for name, faults in pyx12(made.files).items() if faults} == {}


def last_decision_only(content: bytes) -> bytes:
    """linuxforhealth 0.57 forgets all but the last payer's decision (2430) about a line; take the others out for it."""
    parts, _, end = content.decode().partition("~SE*")
    text, count = re.subn(r"SVD\*[^~]*~((CAS|DTP\*573)\*[^~]*~)+(?=SVD\*)", "", f"{parts}~")
    lost = parts.count("~") + 1 - text.count("~")
    total, _, rest = end.partition("*")
    return f"{text}SE*{int(total) - lost}*{rest}".encode() if count else content


def test_linuxforhealth_accepts_them(made: Made, linuxforhealth: Ask) -> None:
    files = {name: last_decision_only(content) for name, content in made.files.items()}
    assert {name for name in files if files[name] != made.files[name]} == {"tertiary", "all in one"}
    assert {name: faults for name, faults in linuxforhealth(files).items() if faults} == {}


@pytest.mark.parametrize("name", KEPT)
def test_the_claim_is_written_as_before(made: Made, name: str) -> None:
    path = GOLDEN / f"{name}.x12"
    written = comparable(made.single[name])
    if os.environ.get("CHARTDESK_GOLDEN") == "write":
        path.write_text(written)
    assert path.read_text() == written
