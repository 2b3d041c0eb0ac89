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
    claim_837p,
    eligibility_270,
    eligibility_271,
    remittance_835,
    status_277ca,
)
from chartdesk.standards.x12.check import check_file, examine
from chartdesk.standards.x12.guides import guide_for
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.reader import segments
from chartdesk.standards.x12.segments import Segment

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "samples" / "x12"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())

pytestmark = pytest.mark.skipif(not FILES, reason="the published samples are not beside the checkout")


def _claims(content: bytes) -> bytes:
    (interchange,) = claim_837p.read(content)
    return claim_837p.write(interchange, uppercase=False)


def _again(view: Any) -> Callable[[bytes], bytes]:
    def read_and_write(content: bytes) -> bytes:
        found = view.read(content)
        return view.write(found[0].envelope, found)

    return read_and_write


AGAIN = {
    "837": _claims,
    "835": _again(remittance_835),
    "270": _again(eligibility_270),
    "271": _again(eligibility_271),
    "999": _again(acknowledgement_999),
    "277": _again(status_277ca),
}

#: Samples that cannot be read as data, and the words their refusal must hold.
UNREADABLE = {"managed-care.835": "BPR16 is '20002316'"}


def ours(path: Path) -> list[str]:
    """The codes of the sets in a file that we have a guide for."""
    sets = [one for interchange in examine(path).interchanges for group in interchange.groups for one in group.sets]
    return [one.set_code for one in sets if guide_for(one.set_code, one.version)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_checked_without_a_crash(path: Path) -> None:
    for finding in check_file(path):
        assert finding.message
        assert finding.rule
        assert finding.number or finding.scope in ("file", "interchange")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_of_our_sets_is_read(path: Path) -> None:
    for code in set(ours(path)):
        view = {"837": claim_837p, "835": remittance_835, "270": eligibility_270, "271": eligibility_271}.get(code)
        view = view or {"999": acknowledgement_999, "277": status_277ca}[code]
        if path.name in UNREADABLE:
            with pytest.raises(Invalid, match=UNREADABLE[path.name]):
                view.read(path)
        else:
            assert view.read(path)


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
    settings = CheckSettings(npi_check_digit=False)
    compared = []
    for path in FILES:
        codes, envelopes = ours(path), examine(path).interchanges
        if len(codes) == 1 and len(envelopes) == 1 and not check_file(path, settings):
            compared.append(path.name)
            content = path.read_bytes()
            assert body(AGAIN[codes[0]](content)) == body(content), path.name
    assert len(compared) >= 10, compared


def body(content: bytes) -> list[tuple[object, ...]]:
    """The segments from ST to SE, numbers by their value: 40.00 is 40."""
    return [_values(one) for one in segments(content) if one.tag not in ("ISA", "GS", "GE", "IEA")]


def _values(one: Segment) -> tuple[object, ...]:
    version = one.tag == "ST"
    return (one.tag, *([_value(value) for value in one.values()][: 2 if version else None]))


def _value(value: object) -> object:
    if not isinstance(value, str) or not value or (value[0] == "0" and "." not in value):
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        return value.upper()
