"""Many events are told to the EHR at once as they would be told one by one."""

from __future__ import annotations

from dataclasses import replace

from chartdesk.ehr.charting.models import DayVisit
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit import outbox
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage.models import EligibilityCheck
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import merging
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.record import store

SHOWN = ("patient", "patient_name", "birth_date", "sex", "mrn", "alerts", "coverage_summary", "status")


def _told(at_work, *, alone: bool = False):
    """What the EHR is told of all that happened, and what its day list shows then."""
    subject = at_work.subject
    if alone:  # tried before: each by itself
        OutboxDelivery.objects.filter(practice=subject.practice, state="waiting").update(attempts=1)
    outbox.deliver_all(subject.practice)
    left = OutboxDelivery.objects.filter(practice=subject.practice).exclude(state="done")
    assert [(one.event.kind, one.error) for one in left] == []
    with transaction(subject):
        sent = HandoffMessage.objects.filter(practice=subject.practice).values_list(
            "event", "kind", "key", "stream", "direction", "carrier", "state", "body"
        )
        day = DayVisit.objects.filter(practice=subject.practice).order_by("appointment")
        return sorted(sent, key=lambda one: one[0]), list(day.values_list("appointment", *SHOWN))


def _amend(at_work, patient: str, **changes) -> None:
    view = patients.patient(at_work.desk, patient)
    person = replace(view.person, **changes.pop("person", {}))
    wanted = replace(view.registration, person=person, **changes)
    registration.amend(at_work.desk, patient, wanted, version=view.version)


def test_together_and_alone_say_the_same(at_work):
    people = [at_work.someone() for _ in range(6)]
    visits = [at_work.book(one, 9 + place) for place, one in enumerate(people)]
    _told(at_work)
    renamed, alert, gone, away, asked, _ = people
    _amend(at_work, renamed, person={"family": "Newname", "phone_home": "+16145550177"})
    _amend(at_work, alert, alerts="Hard of hearing")
    _amend(at_work, gone, person={"family": "Goesaway"})
    store.delete(at_work.subject, "Patient", gone)
    _amend(at_work, away, person={"family": "Wasdouble"})
    merging.merge(replace(at_work.subject, name="Dee"), source=away, target=renamed)
    with transaction(at_work.subject):
        EligibilityCheck.objects.filter(patient=asked).delete()
    _amend(at_work, asked, person={"given": "Asked"})
    scheduling.cancel(at_work.desk, visits[5], "better")
    together = _told(at_work)
    assert {"VisitWithdrawn", "PatientsMerged", "DemographicsChanged", "CoverageAnnounced"} <= {
        kind for _, kind, *_ in together[0]
    }
    assert any("Hard of hearing" in row for row in together[1]) and any(
        "Newname" in str(row) and "Acme PPO" in str(row) for row in together[1]
    )

    # All of it once more, told to a day list that knows nothing, in either way.
    _anew(at_work)
    again = _told(at_work)
    _anew(at_work)
    assert _told(at_work, alone=True) == again


def _anew(at_work) -> None:
    with transaction(at_work.subject):
        HandoffMessage.objects.filter(practice=at_work.subject.practice).delete()
        DayVisit.objects.filter(practice=at_work.subject.practice).update(
            patient_name="?", sex="", mrn="?", alerts="?", coverage_summary="?"
        )
    OutboxDelivery.objects.filter(practice=at_work.subject.practice, state="done").update(state="waiting", attempts=0)


def test_what_was_told_before_is_not_told_again(at_work):
    for _ in range(3):
        at_work.someone()
    before = _told(at_work)
    OutboxDelivery.objects.filter(practice=at_work.subject.practice, state="done").update(state="waiting")
    assert _told(at_work) == before
