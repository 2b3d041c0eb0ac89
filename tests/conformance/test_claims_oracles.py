"""Claims of the rows are accepted by the outside validators and by our own check, and stay as they were.

The golden files under ``golden/`` are whole claims, a segment a line. A change that is meant to change them is
followed by ``CHARTDESK_GOLDEN=write pytest tests/conformance/test_claims_oracles.py`` and a look at the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.conformance.claim_scenarios import DAY, NOW, Scenarios, comparable

from chartdesk.standards.x12 import claim_837i, claim_837p
from chartdesk.standards.x12.check import check_file

Ask = Callable[[Mapping[str, bytes]], dict[str, list[str]]]
#: The day of the accidents.
HURT = date(2026, 2, 27)
GOLDEN = Path(__file__).parent / "golden"
KEPT = (
    "self", "child", "spouse", "other", "letters", "second_site", "full", "fifty_lines", "telehealth", "days",
    "authorized", "payer_MCR05", "payer_MCD77", "payer_CASC2", "replacement", "void", "secondary", "secondary_whole",
    "secondary_denied", "secondary_medicare", "medicare_disabled", "tertiary",
    "accident_auto", "accident_work", "accident_other", "illness", "hospital", "named", "documents",
    "casualty_work", "casualty_auto", "document_of_line", "clinic", "department", "stay", "clinic_secondary",
)  # fmt: skip


@dataclass
class Made:
    """The files by the name of their claim, and all professional and all institutional claims in one."""

    single: dict[str, bytes]
    together: bytes
    facility: bytes
    of_facility: set[str]

    @property
    def files(self) -> dict[str, bytes]:
        return {**self.single, "all in one": self.together, "all of the facility": self.facility}


@pytest.fixture(scope="module")
def made(database: str) -> Iterator[Made]:
    from chartdesk.app.demo import setup
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims import commands, queries, sending
    from chartdesk.pms.claims.models import Interchange

    with clock.at(NOW):
        scenarios = Scenarios(setup.open_demo(DAY, slug=f"conformance-{os.getpid()}"))
        scenarios.make()
        subject = scenarios.subject
        single = {name: sending.written_claim(subject, number) for name, number in scenarios.claims.items()}
        file = commands.submit(subject, scenarios.claims.values())
        together = bytes(queries.interchange(subject, file).content)
        with transaction(subject):
            [behind] = Interchange.objects.filter(practice=subject.practice, kind="837I")
        yield Made(single, together, bytes(behind.content), scenarios.facility)


def test_our_own_check_finds_nothing(made: Made) -> None:
    assert {name: found for name, content in made.files.items() if (found := check_file(content))} == {}


def test_what_is_read_back_is_what_was_said(made: Made) -> None:
    (read,) = claim_837p.read(made.together)
    claims = [one for part in read.sets for one in part.claims]
    assert len(claims) == len(made.single) - len(made.of_facility)
    for claim in claims:
        assert claim.total == sum(line.charge for line in claim.lines)
        for line in claim.lines:
            for decided in line.adjudications:
                assert line.charge == decided.paid + sum(one.amount for one in decided.adjustments)


def test_institutional_claims_are_read_back_whole(made: Made) -> None:
    (read,) = claim_837i.read(made.facility)
    claims = {one.bill_type: one for part in read.sets for one in part.claims}
    assert set(claims) == {"71", "13", "11"} and all(one.lines for one in claims.values())
    department, stay = claims["13"], claims["11"]
    assert [(one.code, one.day) for one in department.occurrences] == [
        ("02", date(2026, 2, 27)),
        ("11", date(2026, 2, 27)),
    ]
    assert [one.code for one in department.external_causes] == ["V4352XA", "Y92411"]
    assert [role for role, _ in department.providers] == ["71", "82", "77", "DN"]
    assert [len(line.attachments) for line in department.lines] == [0, 1]
    assert (stay.admission_type, stay.patient_status, stay.discharge_hour) == ("3", "06", "1130")
    assert (stay.statement_from, stay.statement_to) == (DAY, date(2026, 3, 6))
    for claim in claims.values():
        assert claim.total == sum(line.charge for line in claim.lines)
        assert all(len(line.revenue_code) == 4 for line in claim.lines)


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
