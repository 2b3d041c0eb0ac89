"""Texts of HL7 v2 as FHIR's primitives."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from chartdesk.exchange.mappings import values
from chartdesk.exchange.mappings.systems import authority, system

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1980", "1980"),
        ("198002", "1980-02"),
        ("19800203", "1980-02-03"),
        ("202603140930", "2026-03-14T09:30:00-04:00"),
        ("20260114093000.5", "2026-01-14T09:30:00.5-05:00"),
        ("20260314093000+0530", "2026-03-14T09:30:00+05:30"),
    ],
)
def test_moments(text: str, made: str) -> None:
    assert values.moment(text, NEW_YORK) == made


@pytest.mark.parametrize("text", ["19801301", "1980023", "0000", "yesterday", "20260230", "2026031499"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(values.NotAValue):
        values.moment(text, UTC)


def test_the_rest() -> None:
    assert values.instant("20260314", UTC) == "2026-03-14T00:00:00+00:00"
    assert values.clock("0930") == "09:30:00"
    assert values.number("1.50") == Decimal("1.50")
    assert values.truth("Y") is True and values.truth("n") is False
    assert values.encoded("JVBERi0=") == "JVBERi0=" and values.encoded("plain text") == "cGxhaW4gdGV4dA=="
    assert values.later("20260314093000", "90", "MIN", UTC) == "2026-03-14T11:00:00+00:00"
    for read, text in ((values.number, "1e400"), (values.whole, "1.5"), (values.positive, "0"), (values.truth, "U")):
        with pytest.raises(values.NotAValue):
            read(text)
    with pytest.raises(values.NotAValue, match="too long"):
        values.later("20260314093000", "1e12", "MIN", UTC)


def test_systems_and_authorities() -> None:
    assert system("LN", {}) == "http://loinc.org"
    assert system("HL70001", {}) == "http://terminology.hl7.org/CodeSystem/v2-0001"
    assert system("99ACME", {}) == "urn:v2-0396:99ACME"
    assert system("99ACME", {"99ACME": "https://acme.example/codes"}) == "https://acme.example/codes"
    assert authority("RIVERBEND", "1.2.840.114350", "ISO", {}) == "urn:oid:1.2.840.114350"
    assert authority("RIVERBEND", "", "", {}) == "urn:v2-0363:RIVERBEND"
    assert authority("RIVERBEND", "1.2.3", "ISO", {"RIVERBEND": "urn:ours"}) == "urn:ours"
    assert authority("", "", "", {}) == ""
