"""What other programs write is followed alike, whether it comes one by one or all at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.unit.ehr.conftest import clinician
from tests.unit.ehr.orders.test_orders import AT, now

from chartdesk.ehr.orders.models import Order, Result
from chartdesk.kit.transactions import transaction
from chartdesk.record import store
from chartdesk.standards.fhir import r4

__all__ = ["clinician", "now"]
FLAGS = ("", "H", "LL")


def chart(mark: str, patient: str, doctor: str) -> list[r4.Resource]:
    """An order with its report, reports of three levels, one of long ago, one that counts no more."""
    about, by = r4.Reference(reference=f"Patient/{patient}"), r4.Reference(reference=f"Practitioner/{doctor}")
    made: list[r4.Resource] = [
        r4.ServiceRequest(
            id=f"{mark}-order", status="active", intent="order", subject=about, requester=by,
            code=r4.CodeableConcept(text="Panel"), authoredOn=AT.isoformat(),
        )
    ]  # fmt: skip
    for number, flag in enumerate(FLAGS):
        said = [r4.CodeableConcept(coding=[r4.Coding(code=flag)])] if flag else []
        made.append(
            r4.Observation(
                id=f"{mark}-value-{number}", status="final", subject=about, interpretation=said,
                code=r4.CodeableConcept(text="Potassium"),
            )
        )  # fmt: skip
    for number in range(5):
        made.append(
            r4.DiagnosticReport(
                id=f"{mark}-report-{number}", status="entered-in-error" if number == 4 else "final", subject=about,
                code=r4.CodeableConcept(text=f"Report {number}"),
                issued=(AT - timedelta(days=400 if number == 3 else 0, minutes=number)).isoformat(),
                basedOn=[r4.Reference(reference=f"ServiceRequest/{mark}-order")] if number == 0 else [],
                result=[r4.Reference(reference=f"Observation/{mark}-value-{number}")] if number < len(FLAGS) else [],
            )
        )  # fmt: skip
    return made


def outcome(subject: Any, mark: str) -> tuple[list[Any], list[Any]]:
    with transaction(subject):
        orders = Order.objects.filter(practice=subject.practice, request__startswith=mark)
        results = Result.objects.filter(practice=subject.practice, resource__startswith=mark).order_by("resource")
        return (
            [(one.practitioner, one.name, one.status, one.ordered, one.reported) for one in orders],
            [
                (one.resource.removeprefix(mark), one.practitioner, one.name, one.status, one.level, one.state, one.due)
                for one in results
            ],
        )


@pytest.fixture
def patients(subject: Any) -> list[str]:
    return [store.put(subject, r4.Patient(name=[r4.HumanName(family="Moss")])).id for _ in range(2)]


def test_at_once_as_one_by_one(subject: Any, clinician: Any, patients: list[str], now: Any) -> None:
    for one in chart("single", patients[0], clinician.practitioner):
        store.put(subject, one)
    entries = [
        r4.BundleEntry(resource=one, request=r4.BundleEntryRequest(method="PUT", url=f"{one.resourceType}/{one.id}"))
        for one in chart("many", patients[1], clinician.practitioner)
    ]
    store.transact(subject, r4.Bundle(type="transaction", entry=entries))
    orders, results = outcome(subject, "single")
    assert outcome(subject, "many") == (orders, results)
    assert [one[-1] for one in orders] == [AT] and orders[0][0] == clinician.practitioner
    assert [(one[4], one[5]) for one in results] == [
        (0, "open"), (1, "open"), (2, "open"), (0, "filed"), (0, "filed"),
    ]  # fmt: skip
    assert [one[1] for one in results] == [clinician.practitioner, "", "", "", ""]
    gone = [
        r4.BundleEntry(request=r4.BundleEntryRequest(method="DELETE", url=f"DiagnosticReport/many-report-{number}"))
        for number in range(2)
    ]
    store.transact(subject, r4.Bundle(type="transaction", entry=gone))
    assert [one[3] for one in outcome(subject, "many")[1][:3]] == ["entered-in-error", "entered-in-error", "final"]
