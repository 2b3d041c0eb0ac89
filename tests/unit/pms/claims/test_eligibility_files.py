"""Eligibility by the file: one 270 a payer through the mailbox, the 271 matched back; other payers in real time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.pms.scheduling.conftest import BEFORE, Clinic, clinic

from chartdesk.exchange.sandbox import Sandbox
from chartdesk.kit import clock, worklist
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands, connections, eligibility_files
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import connections as payers
from chartdesk.pms.coverage import queries
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
    from datetime import timedelta

    clinic, _, _ = night
    eligibility_files.ask_coming(clinic.subject, 3)
    with clock.at(BEFORE + timedelta(days=4)):
        assert coverage.settle_unanswered(clinic.subject) == 2
    assert _statuses(clinic) == ["failed", "failed", "active"]
