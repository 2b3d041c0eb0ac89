"""Answers, in both modes, to messages that can be read and to bytes that cannot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.acknowledgements import acknowledge, asked, refuse, wanted
from chartdesk.standards.hl7v2.faults import MISSING, VERSION

AT = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
ADT = (
    "MSH|^~\\&|PMS|RIVER^2.16.1^ISO|EHR|HILL|20260314093000||ADT^A04^ADT_A01|42|T|2.5.1|||{accept}|{application}\r"
    "PID|1||7\r"
)


def message(accept: str = "", application: str = "") -> Message:
    return Message(ADT.format(accept=accept, application=application).encode())


def answer(to: Message, code: str, *faults: Unreadable) -> Message:
    return Message(acknowledge(to, code, control_id="900", at=AT, faults=faults))


def test_parties_change_places_and_the_control_id_is_named():
    found = answer(message(), "AA")
    assert [segment.name for segment in found] == ["MSH", "MSA"]
    header = "MSH|^~\\&|EHR|HILL|PMS|RIVER^2.16.1^ISO|20260314093000+0000||ACK^A04^ACK|900|T|2.5.1"
    assert found.header.text == header
    assert (found.get("MSA-1"), found.get("MSA-2")) == ("AA", "42")


def test_faults_say_place_code_and_words():
    found = answer(
        message(),
        "AE",
        Unreadable("The birth date 19801301 is none.", "Correct it.", where="PID-7"),
        Unreadable("There is no PV1.", "Send one.", where="PV1", condition=MISSING),
        Unreadable("Odd | and ^.", where="somewhere"),
    )
    first, second, third = found.all("ERR")
    assert first.raw(2) == "PID^1^7^1" and first.raw(3) == "102^Data type error^HL70357"
    assert first.get(8) == "The birth date 19801301 is none. Correct it." and first.get(4) == "E"
    assert second.raw(2) == "PV1" and second.raw(3).startswith("101^")
    assert third.raw(2) == "" and third.get(8) == "Odd | and ^."


def test_old_versions_have_the_words_in_msa():
    old = Message(ADT.format(accept="", application="").replace("2.5.1", "2.3").encode())
    found = answer(old, "AR", Unreadable("Version 2.9 is not taken.", condition=VERSION))
    assert found.get("MSA-3") == "Version 2.9 is not taken." and found.get("MSH-12") == "2.3"


@pytest.mark.parametrize(
    ("accept", "application", "enhanced"),
    [("", "", False), ("AL", "", True), ("", "NE", True), ("al", "ER", True)],
)
def test_the_mode_is_what_the_message_asks_for(accept, application, enhanced):
    found = asked(message(accept, application))
    assert found == (enhanced, accept.upper(), application)


@pytest.mark.parametrize(
    ("condition", "good", "bad"),
    [("AL", True, True), ("NE", False, False), ("ER", False, True), ("SU", True, False), ("", False, False)],
)  # fmt: skip
def test_when_an_answer_is_wanted(condition, good, bad):
    assert (wanted(condition, True), wanted(condition, False)) == (good, bad)


def test_an_odd_message_is_answered_in_its_own_letters():
    odd = Message(
        ADT.format(accept="", application="")
        .replace("|2.5.1||||", "|2.5.1||||||8859/1")
        .replace("|", "#")
        .replace("^", "@")
        .encode()
    )
    raw = acknowledge(odd, "AA", control_id="1", at=AT)
    assert raw.startswith(b"MSH#@~\\&#EHR#HILL#") and raw.split(b"\r")[0].endswith(b"#8859/1")
    assert Message(raw).get("MSA-2") == "42"


@pytest.mark.parametrize(
    ("raw", "named", "to"),
    [
        (b"MSH|^~\\&|PMS|RIVER|EHR|HILL|2026||ADT^A04|42|P|2.5.1||||||KLINGON\r", "42", "PMS"),
        (b"MSH|^~^&|PMS|RIVER|EHR|HILL|2026||ADT^A04|42|P|2.5.1", "42", ""),
        (b"PID|1||7", "", ""),
        (b"\x00\xff" * 50, "", ""),
        (b"", "", ""),
    ],
)
def test_bytes_that_are_no_message_are_refused(raw, named, to):
    with pytest.raises(Unreadable) as fault:
        Message(raw)
    found = Message(refuse(raw, fault.value, control_id="901", at=AT))
    assert (found.get("MSA-1"), found.get("MSA-2"), found.get("MSH-5")) == ("AR", named, to)
    assert found.get("ERR-8") == f"{fault.value.message} {fault.value.cure}"
