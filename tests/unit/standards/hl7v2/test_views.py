"""Segments with their fields named, read and written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.clinical_views import FT1, OBX
from chartdesk.standards.hl7v2.datatypes import CWE, CX, FN, HD, SAD, XAD, XCN, XPN
from chartdesk.standards.hl7v2.times import moment, written
from chartdesk.standards.hl7v2.views import IN1, MSH, PID, PV1, SCH

RAW = (
    "MSH|^~\\&|PMS&2.16&ISO|RIVER|||20260314093000.1234-0500||SIU^S12^SIU_S12|42|P|2.5.1||||||UNICODE UTF-8~8859/1\r"
    "SCH|A1^PMS||||||ROUTINE^Routine^HL70276||20|min^minutes|^^20^20260320093000^20260320095000\r"
    "PID|1||1001^^^RIVER&2.16.840&ISO^MR~~999^^^USA^SS||Moss&Van^Ada^Q^Jr^Dr^MD^L||19800203|F||2106-3^White^HL70005|"
    '1 Elm St&Elm&1^Apt 2^Columbus^OH^43085^USA^H^^Franklin||^PRN^PH^a@b.example^1^614^5550101||""\r'
    "IN1|1|PPO|NPHP1^^^NPHP|Northpoint||||||||20260101|\r"
    "FT1|1|T1||20260314|20260314|CG|99213^Office visit^C4|||2|100.00&USD|50.00|||||||I10^Essential^I10C~E11.9|"
    "1234567893^Chen^Amy^^^^MD^^NPPES^^^^NPI|||||99213^Office visit^C4|25^^~59\r"
    "FT1|2||||||||1e3x|two\r"
    "OBX|1|ED|PDF^Report||^application^pdf^Base64^JVBERi0=||||||F|||20260314\r"
)


@pytest.fixture
def message():
    return Message(RAW.encode())


def test_a_patient(message):
    pid = PID.first(message)
    assert pid.identifiers == [
        CX("1001", authority=HD("RIVER", "2.16.840", "ISO"), type="MR"),
        CX("999", authority=HD("USA"), type="SS"),
    ]
    assert pid.names == [XPN(FN("Moss"), "Ada", "Q", "Jr", "Dr", "MD", "L")]
    assert pid.birth.day == date(1980, 2, 3) and pid.birth.precision == "day" and pid.sex == "F"
    assert pid.addresses == [
        XAD(SAD("1 Elm St", "Elm", "1"), "Apt 2", "Columbus", "OH", "43085", "USA", "H", "Franklin")
    ]
    phone = pid.home_phones[0]
    assert (phone.use, phone.equipment, phone.email, phone.area, phone.local) == (
        "PRN",
        "PH",
        "a@b.example",
        "614",
        "5550101",
    )
    assert pid.deletes(15) and not pid.language and not pid.deletes(13)
    assert pid.died is None and pid.birth_order is None and pid.work_phones == []


def test_header_schedule_insurance(message):
    msh, sch, insurance = MSH.first(message), SCH.first(message), IN1.first(message)
    # One component where several are meant: partners who write deeper than the type goes mean its first part.
    assert msh.sending_application == HD("PMS")
    assert msh.type.structure == "SIU_S12" and msh.charsets == ["UNICODE UTF-8", "8859/1"]
    assert msh.sent.at == datetime(2026, 3, 14, 9, 30, 0, 123400, timezone(timedelta(hours=-5)))
    assert msh.sent.precision == "fraction"
    assert sch.timing == ("20260320093000", "20260320095000") and sch.duration == Decimal(20)
    assert sch.placer_id.id == "A1" and sch.reason.code == "ROUTINE"
    assert insurance.begins == date(2026, 1, 1) and insurance.ends is None and insurance.companies[0].id == "NPHP1"
    assert PV1.first(message) is None and PV1.all(message) == []
    with pytest.raises(ValueError, match="MSH is not PID"):
        PID(message.header)


def test_a_charge(message):
    one, two = FT1.all(message)
    assert one.type == "CG" and one.item.code == "99213" and one.procedure == CWE("99213", "Office visit", "C4")
    assert [diagnosis.code for diagnosis in one.diagnoses] == ["I10", "E11.9"]
    assert (one.quantity, one.extended_amount.amount, one.unit_amount.amount) == (Decimal(2), "100.00", "50.00")
    assert one.performers[0].type == "NPI" and one.performers[0].authority.namespace == "NPPES"
    assert [modifier.code for modifier in one.modifiers] == ["25", "59"]
    with pytest.raises(Unreadable) as caught:
        _ = two.quantity
    assert caught.value.where == "FT1-10" and "'two' is not a number" in caught.value.message


def test_a_document_in_a_result(message):
    assert OBX.first(message).attachment == ("application", "pdf", "Base64", "JVBERi0=")


def test_what_is_written_is_read_and_only_that_changes(message):
    pid, charge = PID.first(message), FT1.first(message)
    pid.names = [XPN(FN("O^Neil"), "Zoë"), XPN(FN("Old"), type="M")]
    pid.identifiers = [CX("7", authority=HD("A&B", "1.2", "ISO"), type="MR")]
    pid.birth = datetime(1980, 2, 3, 4, 5, tzinfo=UTC)
    charge.quantity = Decimal("2.50")
    charge.performers = [XCN("1", FN("Chen"), type="NPI")]
    IN1.first(message).ends = date(2026, 12, 31)
    again = Message(bytes(message))
    pid, charge = PID.first(again), FT1.first(again)
    assert pid.names == [XPN(FN("O^Neil"), "Zoë"), XPN(FN("Old"), type="M")]
    assert pid.segment.raw(3) == "7^^^A\\T\\B&1.2&ISO^MR" and pid.segment.raw(5) == "O\\S\\Neil^Zoë~Old^^^^^^M"
    assert pid.birth.at == datetime(1980, 2, 3, 4, 5, tzinfo=UTC)
    assert charge.quantity == Decimal("2.50") and charge.segment.raw(20) == "1^Chen^^^^^^^^^^^NPI"
    assert IN1.first(again).ends == date(2026, 12, 31)
    assert pid.sex == "F" and again.header.text == message.header.text


@pytest.mark.parametrize(
    ("text", "precision", "back"),
    [
        ("2026", "year", None), ("202603", "month", None), ("20260314", "day", "20260314"),
        ("2026031409", "hour", None), ("202603140930", "minute", None), ("20260314093015", "second", "20260314093015"),
        ("20260314093015.5", "fraction", None), ("20260314093015-0500", "second", "20260314093015-0500"),
        ("2026031409+0000", "hour", None), ("00010101", "day", None),
    ],
)  # fmt: skip
def test_times(text, precision, back):
    found = moment(text)
    assert found.precision == precision
    if back:
        assert written(found.day if precision == "day" else found.at) == back


@pytest.mark.parametrize(
    "text", ["2026-03-14", "20261301", "20260230", "2026031425", "x", "20260314093015+9900", "203"]
)
def test_what_is_no_time_says_where(text):
    with pytest.raises(Unreadable) as caught:
        moment(text, "PID-7")
    assert caught.value.message


@pytest.mark.parametrize("text", ["", '""', "  "])
def test_no_time(text):
    assert moment(text) is None
