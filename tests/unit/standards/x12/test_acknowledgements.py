"""The answers to what was sent: TA1, 999 and 277CA, read, written, and made from what a check found."""

from __future__ import annotations

import pytest
import x12_examples as examples

from chartdesk.standards.x12 import (
    acknowledge,
    acknowledgement_999,
    claim_837p,
    remittance_835,
    status_277ca,
    ta1,
)
from chartdesk.standards.x12.check import check_file, examine
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.ta1 import InterchangeAnswer

CLAIM = claim_837p.write(examples.interchange())


def test_a_ta1_is_read_as_it_was_written() -> None:
    answers = [
        InterchangeAnswer(control=7, received=examples.NOW.replace(second=0), status="A"),
        InterchangeAnswer(control=8, received=examples.NOW.replace(second=0), status="R", note="025"),
    ]
    written = ta1.write(examples.envelope(9), answers)
    assert check_file(written) == []
    read = ta1.read(written)
    assert [one.envelope.control for one in read if one.envelope] == [9, 9]
    for one in read:
        one.envelope = None
    assert read == answers
    assert [one.accepted for one in read] == [True, False]
    assert read[1].words == "An interchange with this control number was received before."


def test_a_file_without_ta1_has_no_answers() -> None:
    assert ta1.read(CLAIM) == []


def test_a_999_is_read_as_it_was_written() -> None:
    written = acknowledgement_999.write(examples.envelope(), [examples.acknowledgement()])
    (read,) = acknowledgement_999.read(written)
    read.envelope = None
    assert read == examples.acknowledgement()
    assert not read.accepted
    assert [one.accepted for one in read.sets] == [True, False]


def test_a_277ca_is_read_as_it_was_written() -> None:
    written = status_277ca.write(examples.envelope(), [examples.status_report()])
    (read,) = status_277ca.read(written)
    read.envelope = read.created = None
    assert read == examples.status_report()
    accepted, rejected = read.claims
    assert (accepted.accepted, accepted.category, accepted.payer_claim_number) == (True, "A2", "NHP1")
    assert (rejected.accepted, rejected.category) == (False, "A7")


@pytest.mark.parametrize(
    ("category", "action", "rejects"),
    [("A1", "WQ", False), ("A2", "WQ", False), ("A3", "U", True), ("A6", "", True), ("A2", "U", True)],
)
def test_accepted_is_not_rejected(category: str, action: str, rejects: bool) -> None:
    code = status_277ca.StatusCode(category=category, code="20")
    assert status_277ca.Status(codes=[code], day=None, action=action).rejects is rejects


def test_a_right_file_is_accepted() -> None:
    (answer,) = acknowledge.acknowledgements(examine(CLAIM))
    assert (answer.status, answer.functional, answer.group_control) == ("A", "HC", 1)
    assert (answer.included, answer.received, answer.accepted_count) == (1, 1, 1)
    assert [(one.status, one.control, one.faults) for one in answer.sets] == [("A", "0001", [])]
    (interchange,) = acknowledge.interchange_answers(examine(CLAIM))
    assert (interchange.status, interchange.note, interchange.control) == ("A", "000", 1)


def test_a_fault_is_answered_by_segment_and_element() -> None:
    examination = examine(CLAIM.replace(b"*11:B:1*Y*", b"*11:B:7*Q*"))
    (answer,) = acknowledge.acknowledgements(examination)
    assert (answer.status, answer.accepted_count, answer.sets[0].status) == ("R", 0, "R")
    (fault,) = answer.sets[0].faults
    assert (fault.tag, fault.place, fault.code, fault.loop) == ("CLM", 20, "8", "2300")
    assert fault.subject == ("CLM01", "A1001")
    assert [(one.place, one.component, one.code, one.value) for one in fault.elements] == [
        (6, 0, "7", "Q"),
        (5, 3, "2", ""),
    ]


def test_one_bad_set_of_two_leaves_the_group_partly_accepted() -> None:
    interchange = examples.interchange()
    interchange.sets.append(examples.interchange(examples.dependent_claim()).sets[0])
    interchange.sets[1].control = "0002"
    broken = claim_837p.write(interchange).replace(b"CLM*A1002*150.5", b"CLM*A1002*150.6")
    (answer,) = acknowledge.acknowledgements(examine(broken))
    assert (answer.status, answer.received, answer.accepted_count) == ("P", 2, 1)
    assert [one.status for one in answer.sets] == ["A", "R"]


def test_a_set_we_do_not_know_is_rejected_as_such() -> None:
    (answer,) = acknowledge.acknowledgements(
        examine(CLAIM.replace(b"ST*837*0001*005010X222A1", b"ST*837*0001*005010X224A2"))
    )
    assert (answer.sets[0].status, answer.sets[0].codes) == ("R", ["1"])


def test_a_set_beyond_the_listed_findings_is_still_rejected() -> None:
    interchange = examples.interchange()
    interchange.sets.append(examples.interchange(examples.dependent_claim()).sets[0])
    interchange.sets[1].control = "0002"
    broken = claim_837p.write(interchange).replace(b"*Y*A*Y*Y~", b"*Q*A*Y*Y~")
    (answer,) = acknowledge.acknowledgements(examine(broken, CheckSettings(most=1)))
    assert [(one.status, one.codes) for one in answer.sets] == [("R", ["5"]), ("R", ["5"])]


def test_a_group_whose_count_is_wrong_is_rejected_whole() -> None:
    (answer,) = acknowledge.acknowledgements(examine(CLAIM.replace(b"GE*1*", b"GE*2*")))
    assert (answer.status, answer.codes, answer.included, answer.received) == ("R", ["5"], 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "status", "note"),
    [
        (b"IEA*1*000000001", b"IEA*1*000000009", "R", "001"),
        (b"IEA*1*", b"IEA*3*", "E", "021"),
        (b"IEA*1*000000001~", b"", "R", "023"),
        (b"*00501*", b"*00401*", "R", "017"),
        (b"*0*T*:", b"*0*Q*:", "R", "020"),
    ],
)
def test_an_interchange_is_answered_by_its_envelope(old: bytes, new: bytes, status: str, note: str) -> None:
    (answer,) = acknowledge.interchange_answers(examine(CLAIM.replace(old, new)))
    assert (answer.status, answer.note) == (status, note)


def test_an_acknowledgement_is_never_acknowledged() -> None:
    written = acknowledgement_999.write(examples.envelope(), [examples.acknowledgement()])
    assert acknowledge.acknowledgements(examine(written)) == []


def test_what_answers_a_broken_file_is_itself_right() -> None:
    for content in (CLAIM, remittance_835.write(examples.envelope(), [examples.remittance()])):
        for number, byte in enumerate((b"*", b":", b"N1", b"1")):
            broken = content.replace(byte, b"Q", number * 40 + 30).replace(b"Q", byte, number * 40 + 29)
            answers = acknowledge.acknowledgements(examine(broken))
            if answers:
                assert check_file(acknowledgement_999.write(examples.envelope(), answers)) == []
