"""The sandbox's own X12 reader takes what comes, and its writer never lets data break the structure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chartdesk.exchange.sandbox.claims import batch
from chartdesk.exchange.sandbox.inspection import group_verdict, interchange_note
from chartdesk.exchange.sandbox.wire import (
    Address,
    Envelope,
    Repetition,
    interchanges,
    isa,
    segment_text,
    written,
)

Sample = Callable[..., bytes]
VISIT = "office_visit.837p"
FORMS = [
    lambda text: text,
    lambda text: text.replace("\n", ""),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: "Content-Type: text/plain\r\n\r\n" + text,
    lambda text: text.replace("*", "|").replace(":", ">").replace("~", "'"),
    lambda text: text.replace("~\n", "\n"),
]


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_the_same_file(sample: Sample, form: Callable[[str], str]) -> None:
    (one,) = interchanges(form(sample(VISIT).decode()).encode())
    assert interchange_note(one) == "000"
    assert group_verdict(one.groups[0]).accepted == 1
    (claim,) = batch(one.groups[0].sets[0]).claims
    assert (claim.patient_control, claim.member_id, claim.diagnoses) == (
        "CD1001",
        "NPP10000001",
        ("J029", "R509"),
    )
    assert [(line.code, line.modifiers, line.charge, line.pointers) for line in claim.lines] == [
        ("99213", ("25",), Decimal(180), (1, 2)),
        ("87880", (), Decimal(45), (1,)),
        ("80053", (), Decimal(40), (2,)),
    ]


def test_several_interchanges_in_a_file(sample: Sample) -> None:
    found = interchanges(sample(VISIT) + b"\r\n" + sample("four_claims.837p"))
    assert [one.header[13] for one in found] == ["000000101", "000000102"]


def test_subscriber_and_dependent_are_kept_apart(sample: Sample) -> None:
    (one,) = interchanges(sample("four_claims.837p"))
    claims = batch(one.groups[0].sets[0]).claims
    assert [(claim.patient_control, claim.member_id, claim.patient.first, claim.dependent) for claim in claims] == [
        ("CD1002", "1EG4TE5MK73", "ROY", False),
        ("CD1003", "CSH20000002", "OSKAR", True),
        ("CD1004", "XBP30000003", "IVO", False),
        ("CD1005", "GRC40000004", "JUNE", False),
    ]


def test_what_the_first_payer_did_is_read(sample: Sample) -> None:
    (one,) = interchanges(sample("secondary.837p"))
    (claim,) = batch(one.groups[0].sets[0]).claims
    assert claim.turn == "S"
    assert [(prior.turn, prior.payer_id, prior.paid) for prior in claim.priors] == [("P", "MCR05", Decimal("9.80"))]
    assert [prior.patient_share for line in claim.lines for prior in line.priors] == [
        Decimal(128),
        Decimal(0),
    ]


@pytest.mark.parametrize("content", [b"", b"ISA", b"hello", b"ISA*00*", b"\x00" * 500, "ISAé".encode() * 60])
def test_what_cannot_be_read_is_no_interchange(content: bytes) -> None:
    assert interchanges(content) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_damage_never_raises(sample: Sample, data: some.DataObject) -> None:
    content = bytearray(sample("four_claims.837p"))
    for _ in range(data.draw(some.integers(1, 6))):
        start = data.draw(some.integers(0, len(content) - 1))
        length = data.draw(some.integers(0, 40))
        content[start : start + length] = data.draw(some.binary(max_size=6))
    for one in interchanges(bytes(content)):
        interchange_note(one)
        for group in one.groups:
            verdict = group_verdict(group)
            for part, judged in zip(group.sets, verdict.sets, strict=False):
                if judged.accepted and part.segments[0][1] == "837":
                    batch(part)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("72.50"), "72.5"), (Decimal("100.00"), "100"), (Decimal("0.00"), "0"),
        (Decimal("-3.10"), "-3.1"),
        (Decimal("1000"), "1000"), (date(2026, 3, 2), "20260302"), (7, "7"), ("A*B~C:D^E", "A B C D E"),
        (("HC", "99213", "25", ""), "HC:99213:25"), (Repetition(("30", "98")), "30^98"),
    ],
)  # fmt: skip
def test_an_element_as_text(value: object, text: str) -> None:
    assert written(value) == text


def test_trailing_empty_elements_are_left_out() -> None:
    assert segment_text("CLP", "A", "", "1", "", "") == "CLP*A**1~"


def test_the_isa_is_106_characters_whatever_the_names() -> None:
    for name in ("", "X", "A VERY LONG NAME INDEED"):
        partner = Address("ZZ", name, name)
        text = isa(Envelope(partner, partner, 42, "P", datetime(2026, 3, 2, 9, 5, tzinfo=UTC)))
        assert len(text) == 106
        assert text.endswith("*000000042*0*P*:~")
