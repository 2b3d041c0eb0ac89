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


#: What each sample's name or folder promises, as the rules its check must name among others; nothing: it is right.
PROMISES = {
    "dependent-health-benefit-check.270": (),
    "dependent-health-benefit-check.271": (),
    "subscriber-health-benefit-check.271": (),
    "claim-level-status.276": (),
    "provider-level-status.276": (),
    "claim-level-status.277": (),
    "provider-level-status.277": (),
    "managed-care.835": ("element-date", "segment-missing"),
    "secondary-payment.835": ("element-missing",),
    "demo.ambulance.example5.837": ("element-missing",),
    "demo.cob.2ndary.example4.837": ("element-missing", "segment-unexpected"),
    "demo.cob.example3.B.837": (),
    "demo.cob.example4.837": ("segment-unexpected",),
    "demo.drug.example10.2.837": (),
    "demo.example1.837": (),
    "demo.example12.837": ("element-missing", "segment-unexpected"),
    "demo.example6.837": ("element-missing", "segment-unexpected"),
    "demo.example8.837": (),
    "institutional-claim.837i": ("element-not-used", "element-code"),
    "ppo-repriced-claim.837i": ("element-missing", "segment-unexpected"),
    "test-x12-277-healthplan-to-availity.edi": ("functional", "segment-unexpected"),
    "x215-error-response.edi": ("unknown-set", "count"),
    "x215-inquiry-by-auth-number-response.edi": ("unknown-set", "count"),
    "x215-inquiry-by-member-response.edi": ("unknown-set", "count"),
    "x217-cancellation-request.edi": ("functional", "segment-unexpected", "loop-missing"),
    "x217-inpatient-request.edi": ("functional", "segment-unexpected", "loop-missing"),
    "x217-inpatient-response-denied.edi": ("functional", "segment-unexpected", "element-code"),
    "x217-outpatient-request.edi": ("functional", "segment-unexpected", "loop-missing"),
    "x217-referral-request.edi": ("functional", "segment-unexpected", "loop-missing"),
    "x217-revision-request.edi": ("functional", "segment-unexpected", "loop-missing"),
    "835_mult_loops.txt": (),
    "835_simple.txt": ("unknown-set",),
    "simple_837p.txt": ("unknown-set",),
    "x12_277CA_accepted.txt": (),
    "x12_277_x212.txt": ("control-number",),
    "x12_999_rejected.txt": (),
    "x12_bad_first_line.txt": ("isa-width",),
    "x12_bad_valid_code.txt": ("segment-unexpected", "loop-missing"),
    "x12_loop_errors1_exceeds_max_1_parent.txt": ("segment-loop-repeat",),
    "x12_loop_errors3_missing_loops.txt": ("loop-missing",),
    "x12_missing_elements.txt": ("element-missing",),
    "x12_missing_required_loops_mult_repeats.txt": ("loop-missing",),
    "x12_multiple_isa.txt": ("hl-number",),
    "x12_multiple_transactions.txt": ("hl-number",),
    "x12_no_isa_line.txt": ("unreadable",),
    "x12_segments_out_of_order.txt": ("segment-order",),
    "x12_valid_different_separators.txt": ("hl-number",),
    "x223-test.txt": ("element-not-used", "element-code"),
    "x271.txt": ("control-number", "count"),
    "empty997.edi": ("unknown-set",),
    "invalid997.edi": ("unknown-set",),
    "invalid999.edi": ("segment-unexpected", "element-long", "too-many-elements"),
    "sample275_with_HL7_valid_BIN01.edi": ("unknown-set",),
    "sample837-original.edi": ("element-code",),
    "simple997-multiple-interchanges.edi": ("unknown-set",),
    "simple999.edi": (),
}
#: Words that a finding of a sample must hold: the fault itself, by its name.
WORDS = {
    "managed-care.835": "'20002316'",
    "x12_bad_first_line.txt": "not 106 characters",
    "x12_bad_valid_code.txt": "NM1*117*",
    "x12_loop_errors1_exceeds_max_1_parent.txt": "more than once",
    "x12_loop_errors3_missing_loops.txt": "is missing in loop",
    "x12_no_isa_line.txt": "no ISA segment",
    "x12_segments_out_of_order.txt": "stands out of order",
    "x215-error-response.edi": "278 005010X215 is not one we know",
    "x217-cancellation-request.edi": "in a group HS",
    "invalid999.edi": "CTX06-1",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_what_its_name_promises(path: Path) -> None:
    found = check_file(path, CheckSettings(npi_check_digit=False, diagnosis_codes=False))
    promised = set(PROMISES[path.name])
    rules = {one.rule for one in found if one.level == "error" or one.rule in promised}
    assert promised <= rules, [str(one) for one in found][:20]
    assert bool(promised) == bool(rules), [str(one) for one in found][:20]
    if path.name in WORDS:
        assert any(WORDS[path.name] in one.message for one in found), [str(one) for one in found][:20]


def test_binary_data_of_a_sample_is_taken_whole() -> None:
    path = next(path for path in FILES if path.name == "sample275_with_HL7_valid_BIN01.edi")
    (data,) = [one for one in segments(path) if one.tag == "BIN"]
    assert len(data[2].encode()) == int(data[1]) == 2768


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
