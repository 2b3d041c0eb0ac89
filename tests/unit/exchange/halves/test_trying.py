"""The test of a connection over HL7 v2: a test patient goes over a real line, and is gone again at both ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.ports import free_port
from tests.unit.exchange.halves.pair import Half, open_half

from chartdesk.app import wiring
from chartdesk.exchange.engine import delivery, routing, steering
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, MllpSource, MllpTarget, RecordTarget
from chartdesk.exchange.engine.models import InterfaceMessage
from chartdesk.exchange.halves import letting_go, trying
from chartdesk.exchange.halves.hl7v2 import deletions
from chartdesk.exchange.subscriptions import endpoints
from chartdesk.exchange.transports import installation
from chartdesk.exchange.transports.program import Interfaces
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import commands as registration_commands
from chartdesk.pms.registration import queries as registration
from chartdesk.record import search
from chartdesk.record.access import Role


@pytest.fixture
def line(database: str) -> Iterator[tuple[Half, Half, Callable[[], None]]]:
    """A PMS whose handoff goes to the port of an EHR, and what lets both sides work; at the time that it is."""
    wiring.connect()
    pms, ehr = open_half("pms"), open_half("ehr")
    port = free_port()
    record = [Destination(name="record", transport=RecordTarget())]
    come = ChannelDocument(
        name="line", source=MllpSource(port=port), unknown_patient="create",
        options={"halves": {"own_half": True}}, destinations=record,
    )  # fmt: skip
    steering.save(ehr.subject, come)
    steering.resume(ehr.subject, "line")
    there = [Destination(name="other-half", transport=MllpTarget(host="127.0.0.1", port=port, answer_seconds=10))]
    steering.save(pms.subject, ChannelDocument(name="handoff", direction="out", destinations=there))
    for name in ("handoff", "in"):
        steering.resume(pms.subject, name)
    policy = endpoints.Policy(http=True, networks=endpoints.networks("127.0.0.0/8"))
    installation.use(installation.Installation(policy, "127.0.0.1"))
    program = Interfaces(lambda: database, rounds=False)
    thread = threading.Thread(target=program.run, daemon=True)
    thread.start()
    assert program.ready.wait(120)

    def work() -> None:
        pms.deliver()
        routing.work_all(pms.subject.practice)
        delivery.deliver_all(pms.subject.practice)
        routing.work_all(ehr.subject.practice)
        ehr.deliver()

    yield pms, ehr, work
    program.stop()
    thread.join(120)
    installation.use(installation.Installation())


def _manager(half: Half) -> Any:
    return replace(half.subject, actor="user:9", name="Mo Manager", roles=frozenset({Role.MANAGER}))


def _patients(half: Half) -> list[str]:
    return [one.id for one in search.all(half.subject, "Patient", [])]


def _run(pms: Half, work: Callable[[], None], *, until: str = "") -> Any:
    """Go on until the test is over, or has done the step ``until``."""
    trial = trying.begin(_manager(pms))
    for _ in range(20):
        trial = trying.advance(_manager(pms))
        done = {one["name"] for one in trial.steps if one["state"] == "done"}
        if trial.state != "running" or until in done:
            return trial
        work()
    return trial


def test_a_test_patient_goes_over_the_line_and_is_gone_at_both_ends(line):
    pms, ehr, work = line
    trial = _run(pms, work, until="answer")
    assert [one["state"] for one in trial.steps] == ["done", "done", "done", "done", "open", "open"], trial.steps
    assert "It acknowledged ADT^A04" in trial.steps[3]["words"] and len(_patients(ehr)) == 1
    for _ in range(10):
        trial = trying.advance(_manager(pms))
        work()
    assert trial.state == "passed", trial.steps
    assert "ADT^A29" in trial.steps[4]["words"] and "It acknowledged ADT^A29" in trial.steps[5]["words"]
    assert _patients(pms) == _patients(ehr) == []
    with transaction(ehr.subject):
        rows = InterfaceMessage.objects.filter(kind__startswith="ADT").order_by("id")
        came = list(rows.values_list("kind", "status", "reason"))
    assert came == [("ADT^A04", "applied", ""), ("ADT^A29", "applied", "")]


def test_one_who_has_something_written_about_them_stays_and_the_front_desk_hears_of_it(line):
    pms, ehr, work = line
    patient = pms.register("Moss")
    pms.insure(patient)
    work()
    [there] = _patients(ehr)
    with transaction(pms.subject):
        kind, raw = deletions.told(pms.subject, patient)
    [came] = ehr.hear([raw], "line")
    assert kind == "ADT^A29"
    assert (came.status, came.reason) == ("filtered", "Something is written about the patient here, who stays.")
    assert _patients(ehr) == [there]
    with transaction(ehr.subject):
        [item] = WorkItem.objects.filter(practice=ehr.subject.practice, kind=letting_go.STAYS, state="open")
    assert (item.role, item.about) == ("front_desk", f"Patient/{there}") and "Moss, Ida" in item.detail


def test_an_older_deletion_that_comes_again_deletes_nobody(line):
    pms, ehr, work = line
    patient = pms.register("Moss")
    with transaction(pms.subject):
        _, raw = deletions.told(pms.subject, patient)
    view = registration.patient(pms.subject, patient)
    registration_commands.amend(
        pms.desk, patient, replace(view.registration, person=replace(view.person, given="Ada")), version=view.version
    )
    work()
    [came] = ehr.hear([raw], "line")
    assert came.status == "filtered" and came.reason.startswith("Newer news of Patient/")
    assert len(_patients(ehr)) == 1


def test_a_test_that_fails_takes_its_patient_back_from_the_other_half_too(line):
    pms, ehr, work = line
    trial = _run(pms, work, until="send")
    pms.deliver()  # the message about the patient waits, and nobody is there to take it
    steering.pause(pms.subject, "handoff")
    trial.steps[3]["state"] = "failed"
    with transaction(pms.subject):
        trial.save()
    trying.begin(_manager(pms))
    steering.resume(pms.subject, "handoff")
    work()
    assert _patients(pms) == _patients(ehr) == []
    with transaction(ehr.subject):
        rows = InterfaceMessage.objects.filter(kind__startswith="ADT").order_by("id")
        assert list(rows.values_list("kind", flat=True)) == ["ADT^A04", "ADT^A29"]
