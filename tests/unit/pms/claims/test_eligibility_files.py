"""Eligibility by the file: one 270 a payer through the mailbox, the 271 matched back; other payers in real time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.pms.scheduling.conftest import BEFORE, Clinic, clinic

from chartdesk.exchange.sandbox import Sandbox
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Unavailable
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands, connections, eligibility_files
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import connections as payers
from chartdesk.pms.coverage import queries
from chartdesk.pms.scheduling import commands as bookings
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.standards.x12 import eligibility_270 as x270

__all__ = ["clinic"]


class Payers:
    """Payers in real time: the sandbox, asked without a wire."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.asked: list[str] = []

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        self.asked.append(payer_id)
        return self.sandbox.answer_eligibility(request, clock.now())


@pytest.fixture
def night(clinic: Clinic, tmp_path: Path) -> Any:
    """A clinic whose patients 0 to 2 have visits on Monday, with a mailbox and payers; Northpoint takes files."""
    from chartdesk.exchange.clearinghouse.folder import FolderConnection
    from chartdesk.exchange.sandbox import directory

    for payer in directory.payers():
        settings = {"eligibility_batch": payer.id == "NPHP1"}
        coverage.add_payer(clinic.subject, coverage.PayerDetails(payer.id, payer.name.title(), settings=settings))
    other = next(one for one in directory.payers() if one.id != "NPHP1")
    ids = ["NPP10000001", "NPP10000002UNKNOWN", directory.member_id(other.id, other.plans[0].id, 7)]
    for place, (payer, number) in enumerate(zip(["NPHP1", "NPHP1", other.id], ids, strict=True)):
        coverage.add_coverage(clinic.subject, clinic.patients[place], coverage.Card(payer, 1, number))
        clinic.book(clinic.at(9 + place), place)
    sandbox = Sandbox(tmp_path)
    real_time = Payers(sandbox)
    payers.use(real_time)
    before = connections._factory
    connections.use(lambda practice: FolderConnection(tmp_path, "clinic"))
    eligibility_files.connect()
    yield clinic, sandbox, real_time
    payers._current.clear()
    connections._factory = before
    sandbox.close()


def _statuses(clinic: Clinic) -> list[str]:
    found = [queries.latest_check(clinic.subject, patient) for patient in clinic.patients[:3]]
    return [one.status if one else "" for one in found]


def _through(clinic: Clinic, sandbox: Sandbox) -> None:
    commands.send_pending(clinic.subject)
    sandbox.cycle(clock.now())
    commands.collect(clinic.subject)


def test_one_file_for_the_payer_that_takes_files_and_answers_matched_back(night: Any) -> None:
    clinic, sandbox, real_time = night
    asked = eligibility_files.ask_coming(clinic.subject, 3)
    assert (asked.in_files, asked.files, asked.one_by_one) == (2, 1, 1)
    assert _statuses(clinic) == ["asked", "asked", "active"]
    assert real_time.asked == [payer for payer in real_time.asked if payer != "NPHP1"]
    with transaction(clinic.subject):
        [file] = Interchange.objects.filter(practice=clinic.subject.practice, kind="270")
    assert len(x270.read(bytes(file.content))) == 2
    assert file.detail.startswith("2 eligibility questions to Northpoint")

    again = eligibility_files.ask_coming(clinic.subject, 3)
    assert (again.in_files, again.files, again.one_by_one) == (0, 0, 0)
    coverage.settle_unanswered(clinic.subject)  # a file has its time
    assert _statuses(clinic)[0] == "asked"

    _through(clinic, sandbox)
    assert _statuses(clinic) == ["active", "refused", "active"]
    check = queries.latest_check(clinic.subject, clinic.patients[0])
    assert check is not None and check.copay is not None
    assert "EB*B*IND*98***27*25*****Y" in [one["text"] for one in check.benefits]
    assert check.response.startswith("ISA") and "NPP10000002" not in check.response
    with transaction(clinic.subject):
        [item] = worklist.items(clinic.subject, kinds=["eligibility"])
    assert "does not find this member" in item.detail


def test_the_same_answer_again_changes_nothing_and_a_strange_one_is_shown(night: Any) -> None:
    clinic, sandbox, _ = night
    eligibility_files.ask_coming(clinic.subject, 3)
    _through(clinic, sandbox)
    check = queries.latest_check(clinic.subject, clinic.patients[0])
    assert check is not None
    text = check.response.encode("latin-1")
    commands.receive(clinic.subject, "again.x12", text)
    commands.receive(clinic.subject, "strange.x12", text.replace(check.trace.encode(), b"999999999"))
    kept = queries.latest_check(clinic.subject, clinic.patients[0])
    assert kept is not None and (kept.pk, kept.answered) == (check.pk, check.answered)
    with transaction(clinic.subject):
        [item] = worklist.items(clinic.subject, kinds=["answer_unmatched"])
    assert "999999999" in item.title + item.detail


def test_a_refused_file_counts_as_not_asked(night: Any) -> None:
    clinic, sandbox, _ = night
    eligibility_files.ask_coming(clinic.subject, 3)
    with transaction(clinic.subject):
        file = Interchange.objects.get(practice=clinic.subject.practice, kind="270")
        file.content = bytes(file.content).replace(b"BHT*0022*13", b"BHT*0099*13")
        file.save()
    _through(clinic, sandbox)
    assert _statuses(clinic) == ["failed", "failed", "active"]


def test_a_file_that_is_never_answered_is_given_up(night: Any) -> None:
    clinic, _, _ = night
    eligibility_files.ask_coming(clinic.subject, 3)
    with clock.at(BEFORE + timedelta(days=4)):
        assert coverage.settle_unanswered(clinic.subject) == 2
    assert _statuses(clinic) == ["failed", "failed", "active"]


def _one_by_one(night: Any, ends: str = "") -> tuple[Clinic, Payers, str]:
    """The clinic, its payers, and patient 2, who is asked about in real time; ``ends`` is a word for the sandbox."""
    clinic, _, real_time = night
    patient = clinic.patients[2]
    if ends:
        [policy] = queries.coverages(clinic.subject, patient)
        card = replace(policy.card, member_id=policy.member_id + ends)
        coverage.amend_coverage(clinic.subject, policy.coverage_id, card, policy.version)
    return clinic, real_time, patient


def test_who_could_not_be_asked_in_one_night_is_asked_in_the_next(night: Any, monkeypatch: Any) -> None:
    clinic, real_time, patient = _one_by_one(night)

    def down(request: bytes, *, payer_id: str) -> bytes:
        raise Unavailable("The payer's system does not answer.", cure="Ask again later.")

    with monkeypatch.context() as broken:
        broken.setattr(real_time, "ask", down)
        assert eligibility_files.ask_coming(clinic.subject, 3).one_by_one == 1
    check = queries.latest_check(clinic.subject, patient)
    assert check is not None and check.status == "failed"
    with transaction(clinic.subject):
        assert worklist.items(clinic.subject, kinds=["eligibility"]).count() == 1

    assert eligibility_files.ask_coming(clinic.subject, 3).one_by_one == 1
    check = queries.latest_check(clinic.subject, patient)
    assert check is not None and check.status == "active"
    with transaction(clinic.subject):
        assert worklist.items(clinic.subject, kinds=["eligibility"]).count() == 0
    assert eligibility_files.ask_coming(clinic.subject, 3).one_by_one == 0


def test_a_payer_that_cannot_answer_now_is_asked_again_and_one_that_knows_nobody_is_not(night: Any) -> None:
    clinic, real_time, patient = _one_by_one(night, "NOREPLY")
    for asked in (1, 2):
        assert eligibility_files.ask_coming(clinic.subject, 3).one_by_one == 1
        assert len(real_time.asked) == asked
    check = queries.latest_check(clinic.subject, patient)
    assert check is not None and (check.status, check.cure) == ("refused", "Check again later.")


def test_a_visit_that_moved_is_asked_about_for_its_new_day(night: Any) -> None:
    clinic, _, patient = _one_by_one(night)
    eligibility_files.ask_coming(clinic.subject, 3)
    first = queries.latest_check(clinic.subject, patient)
    [visit] = scheduling.of_patient(clinic.subject, patient)
    bookings.move(clinic.subject, visit.appointment_id, starts=visit.starts + timedelta(days=1), version=visit.version)
    eligibility_files.ask_coming(clinic.subject, 4)
    moved = queries.latest_check(clinic.subject, patient)
    assert first is not None and moved is not None
    assert moved.service_date == first.service_date + timedelta(days=1)
    assert eligibility_files.ask_coming(clinic.subject, 4).one_by_one == 0


def test_an_answer_of_long_ago_does_not_count(night: Any) -> None:
    clinic, _, patient = _one_by_one(night)
    [visit] = scheduling.of_patient(clinic.subject, patient)
    [policy] = queries.coverages(clinic.subject, patient)
    day = visit.starts.date()
    with clock.at(BEFORE - timedelta(days=40)):
        made = coverage.check(clinic.subject, policy.coverage_id, service_date=day, appointment_id=visit.appointment_id)
    assert made.status == "active"
    assert eligibility_files.ask_coming(clinic.subject, 3).one_by_one == 1
