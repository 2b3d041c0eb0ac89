"""Every published sample of our sets is read, or refused with a reason that names its fault."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import (
    acknowledgement_999,
    claim_837i,
    claim_837p,
    eligibility_270,
    eligibility_271,
    guides,
    remittance_835,
    review_278,
    status_276,
    status_277,
    status_277ca,
)
from chartdesk.standards.x12.check import check_file, examine
from chartdesk.standards.x12.guides import guide_for
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.reader import segments
from chartdesk.standards.x12.segments import Segment
from chartdesk.standards.x12.transactions import transactions

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "samples" / "x12"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())

pytestmark = pytest.mark.skipif(not FILES, reason="the published samples are not beside the checkout")


def _again(read: Callable[[Any], Any], write: Callable[..., bytes]) -> Callable[[bytes], bytes]:
    def read_and_write(content: bytes) -> bytes:
        found = read(content)
        return write(found[0].envelope, found)

    return read_and_write


def _claims(content: bytes) -> bytes:
    (interchange,) = claim_837p.read(content)
    return claim_837p.write(interchange, uppercase=False)


def _stays(content: bytes) -> bytes:
    (interchange,) = claim_837i.read(content)
    return claim_837i.write(interchange, uppercase=False)


#: How each guide's files are read, and written again.
VIEWS: dict[Guide, tuple[Callable[[Any], Any], Callable[[bytes], bytes]]] = {
    guides.CLAIM_837P: (claim_837p.read, _claims),
    guides.CLAIM_837I: (claim_837i.read, _stays),
    **{
        guide: (view.read, _again(view.read, view.write))
        for guide, view in (
            (guides.REMITTANCE_835, remittance_835),
            (guides.ELIGIBILITY_270, eligibility_270),
            (guides.ELIGIBILITY_271, eligibility_271),
            (guides.ACKNOWLEDGEMENT_999, acknowledgement_999),
            (guides.STATUS_277CA, status_277ca),
            (guides.STATUS_276, status_276),
            (guides.STATUS_277, status_277),
        )
    },
    guides.REVIEW_REQUEST: (
        review_278.read_requests,
        _again(review_278.read_requests, review_278.write_requests),
    ),
    guides.REVIEW_RESPONSE: (
        review_278.read_responses,
        _again(review_278.read_responses, review_278.write_responses),
    ),
}

#: Samples that cannot be read as data, and the words their refusal must hold.
UNREADABLE = {
    "managed-care.835": "BPR16 is '20002316'",
    "x217-inpatient-response-denied.edi": "278 005010X217 with BHT02 '08'",
}


def ours(path: Path) -> list[Guide]:
    """The guides of the sets in a file that we know."""
    found: list[Guide] = []
    try:
        for one in transactions(path):
            guide = guide_for(one.set_code, one.version, next(one.body, None))
            if guide in VIEWS:
                found.append(guide)
    except Invalid:
        pass
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_checked_without_a_crash(path: Path) -> None:
    for finding in check_file(path):
        assert finding.message
        assert finding.rule
        assert finding.number or finding.scope in ("file", "interchange")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_of_our_sets_is_read(path: Path) -> None:
    for guide in set(ours(path)):
        read = VIEWS[guide][0]
        if path.name in UNREADABLE:
            with pytest.raises(Invalid, match=UNREADABLE[path.name]):
                read(path)
        else:
            assert read(path)


def test_a_file_of_another_set_is_refused_by_name() -> None:
    institutional = next(path for path in FILES if path.name == "institutional-claim.837i")
    with pytest.raises(Invalid, match="005010X222A1") as refusal:
        claim_837p.read(institutional)
    assert "837 005010X223A3" in str(refusal.value)


def test_a_file_without_isa_is_refused_by_name() -> None:
    headless = next(path for path in FILES if path.name == "x12_no_isa_line.txt")
    with pytest.raises(Invalid, match="no ISA segment"):
        list(segments(headless))


def test_conforming_samples_come_back_the_same() -> None:
    """What our own check accepts (NPIs aside) is written again, segment by segment as it was."""
    settings = CheckSettings(npi_check_digit=False, diagnosis_codes=False)
    compared = []
    for path in FILES:
        found, envelopes = ours(path), examine(path).interchanges
        if len(found) == 1 and len(envelopes) == 1 and not check_file(path, settings):
            compared.append(path.name)
            content = path.read_bytes()
            assert body(VIEWS[found[0]][1](content)) == body(content), path.name
    assert len(compared) >= 10, compared


def body(content: bytes) -> list[tuple[object, ...]]:
    """The segments from ST to SE, numbers by their value: 40.00 is 40."""
    return [_values(one) for one in segments(content) if one.tag not in ("ISA", "GS", "GE", "IEA")]


def _values(one: Segment) -> tuple[object, ...]:
    version = one.tag == "ST"
    return (one.tag, *([_value(value) for value in one.values()][: 2 if version else None]))


def _value(value: object) -> object:
    if not isinstance(value, str) or not value or (value[0] == "0" and value != "0" and "." not in value):
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        return value.upper()
