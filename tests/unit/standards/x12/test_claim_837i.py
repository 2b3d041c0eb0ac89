"""The institutional claim: what is written is read back the same, and its own rules hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import x12_examples as examples

from chartdesk.standards.x12 import claim_837i
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.segments import segment

CASES: dict[str, Callable[[], claim_837i.InstitutionalClaim]] = {
    "stay": examples.stay,
    "outpatient": examples.outpatient,
    "secondary": examples.secondary_stay,
    "dependent": examples.dependent_stay,
    "replacement": examples.replaced_stay,
}


@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_a_claim_comes_back(make: Callable[[], claim_837i.InstitutionalClaim]) -> None:
    claim = make()
    written = claim_837i.write(examples.stays(claim))
    assert check_file(written) == []
    (interchange,) = claim_837i.read(written)
    (read,) = interchange.sets[0].claims
    read.billing.hl = read.subscriber.hl = 0
    for contact in read.billing.contacts:
        contact.numbers = []
    if read.patient is not None:
        read.patient.hl = 0
    assert read == claim
    assert claim_837i.write(interchange) == written


def test_a_long_file_is_read_claim_by_claim() -> None:
    written = claim_837i.write(examples.stays(*(make() for make in CASES.values())))
    assert [claim.pcn for _, _, claim in claim_837i.claims(written)] == ["H1001", "H1002", "H1003", "H1004", "H1005"]


def test_unknown_segments_survive() -> None:
    written = claim_837i.write(examples.stays()).replace(b"PRV*AT*", b"ZZZ*1~PRV*AT*", 1)
    (interchange,) = claim_837i.read(written)
    attending = interchange.sets[0].claims[0].providers[0][1]
    assert attending.extras == [segment("ZZZ", "1")]


RULES = [
    ("CLM*H1001*1542.5*", "CLM*H1001*1542*", "claim-total", "CLM02"),
    ("DTP*435*DT*202603020815~", "", "admission", "CLM05-1"),
    ("HI*ABJ:R0602~", "", "admission", "CLM05-1"),
    ("CL1*1*7*01", "CL1**7*01", "admission", "CL101"),
    ("*11:A:1*", "*11:A:7*", "frequency", "CLM05-3"),
    ("DTP*472*D8*20260302", "DTP*472*D8*20260309", "outside-statement", "DTP03"),
    ("HI*BG:09", "HI*BG:09*BG:09", "code-twice", "HI02"),
    ("HI*ABK:J189", "HI*ABK:J18", "icd-10", "HI01-2"),
    ("DTP*435*DT*202603020815~", "DTP*435*DT*202603022515~", "element-date", "DTP03"),
    ("DTP*096*TM*1130~", "DTP*096*TM*2530~", "element-date", "DTP03"),
    ("SV2*0120**1500*DA*3", "SV2***1500*DA*3", "element-missing", "SV201"),
]


@pytest.mark.parametrize(("old", "new", "rule", "where"), RULES, ids=[f"{one[2]} {one[3]}" for one in RULES])
def test_a_fault_is_found(old: str, new: str, rule: str, where: str) -> None:
    written = claim_837i.write(examples.stays())
    assert old.encode() in written
    found = check_file(written.replace(old.encode(), new.encode(), 1))
    places = {(one.rule, place(one.segment, one.element, one.component)) for one in found}
    assert (rule, where) in places, [str(one) for one in found]


def place(tag: str, element: int, component: int) -> str:
    return tag + (f"{element:02d}" if element else "") + (f"-{component}" if component else "")
