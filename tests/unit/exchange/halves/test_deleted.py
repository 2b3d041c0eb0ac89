"""A patient whom the other half has deleted (ADT^A29) does not come back by older news."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.unit.exchange.halves.pair import Half

from chartdesk.exchange.halves import letting_go
from chartdesk.exchange.halves.hl7v2 import deletions
from chartdesk.kit import clock
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.record import search


def _patients(half: Half) -> list[str]:
    with transaction(half.subject):
        return [one.id for one in search.all(half.subject, "Patient", [])]


def _items(half: Half) -> list[WorkItem]:
    with transaction(half.subject):
        rows = WorkItem.objects.filter(practice=half.subject.practice, kind=letting_go.OLD_NEWS, state="open")
        return list(rows.order_by("pk"))


def _again(raw: bytes, name: str) -> bytes:
    """The message once more, as a message of its own."""
    parts = raw.split(b"\r")
    fields = parts[0].split(b"|")
    fields[9] = name.encode()
    return b"\r".join([b"|".join(fields), *parts[1:]])


def _as_event(raw: bytes, event: str) -> bytes:
    return re.sub(rb"ADT\^A\d\d\^ADT_A\d\d", f"ADT^{event}^ADT_A01".encode(), raw).replace(
        b"EVN|A04", f"EVN|{event}".encode()
    )


@pytest.fixture
def told(halves):
    """An EHR, and of the same patient: the registration, the deletion after it, and a booking in between."""
    pms, ehr = halves("pms"), halves("ehr")
    patient = pms.register("Moss")
    pms.deliver()
    [registered] = [one for one in pms.said() if b"|ADT^A04^" in one]
    pms.book(patient, 9)
    pms.deliver()
    [booked] = [one for one in pms.said() if b"|SIU^" in one]
    with transaction(pms.subject):
        _, deleted = deletions.told(pms.subject, patient)
    return ehr, registered, booked, deleted


@pytest.mark.parametrize("event", ["A04", "A08", "A31"])
def test_older_news_brings_nobody_back(told, event):
    ehr, registered, _, deleted = told
    assert [one.status for one in ehr.hear([registered, deleted])] == ["applied", "applied"]
    assert _patients(ehr) == []
    old = _as_event(registered, event)
    first, second = ehr.hear([_again(old, "OLD1"), _again(old, "OLD2")])
    assert first.status == second.status == "filtered"
    assert re.fullmatch(r"News of 20.*: its sender deleted the number \S+ of \S+ at 20.*\.", first.reason)
    assert _patients(ehr) == []
    [item] = _items(ehr)  # one for the number, not one for each message
    assert item.role == "front_desk" and "Moss" in item.detail and first.reason in item.detail


def test_a_booking_that_is_older_than_the_deletion_makes_no_patient_and_no_visit(told):
    ehr, registered, booked, deleted = told
    ehr.hear([registered, deleted])
    [came] = ehr.hear([booked])
    assert came.kind.startswith("SIU") and came.status == "filtered"
    assert _patients(ehr) == [] and len(_items(ehr)) == 1


def test_a_deletion_that_overtakes_the_registration_counts_all_the_same(told):
    ehr, registered, _, deleted = told
    assert [one.status for one in ehr.hear([deleted, registered])] == ["filtered", "filtered"]
    assert _patients(ehr) == [] and len(_items(ehr)) == 1


def test_newer_news_registers_the_patient_again(told):
    ehr, registered, _, deleted = told
    ehr.hear([registered, deleted, _again(registered, "OLD")])
    assert len(_items(ehr)) == 1
    later = f"{clock.now() + timedelta(hours=1):%Y%m%d%H%M%S}+0000".encode()
    newer = re.sub(rb"(?m)(EVN\|A04\|)[^|\r]*", rb"\g<1>" + later, _again(registered, "NEW"))
    [came] = ehr.hear([newer])
    assert came.status == "applied"
    assert len(_patients(ehr)) == 1 and _items(ehr) == []
