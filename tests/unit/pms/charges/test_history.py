"""What visits of a type are mostly charged with: what an estimate is made of while nobody has said what is planned."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.pms.scheduling.conftest import BEFORE, MONDAY, clinic

from chartdesk.kit import clock
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import history
from chartdesk.pms.scheduling import commands as scheduling

__all__ = ["clinic"]
LATER = MONDAY + timedelta(days=7)


def _charged(clinic, hour: int, *codes: str) -> int:
    starts = clinic.at(hour)
    with clock.at(BEFORE):
        visit = clinic.book(starts, hour % len(clinic.patients)).appointment_id
    for place, step in enumerate(("check_in", "check_out")):
        with clock.at(starts + timedelta(minutes=5 * place)):
            getattr(scheduling, step)(clinic.subject, visit)
    return charges.capture(
        clinic.subject,
        charges.EncounterCharges(
            f"note-{visit}", "", visit, clinic.patients[hour % len(clinic.patients)], clinic.reed.practitioner, MONDAY,
            "11", None, None, ["I10"], [charges.Procedure(code, pointers=[1]) for code in codes],
        ),
    )  # fmt: skip


def test_codes_of_more_than_half_of_the_latest_visits_of_the_type_count(clinic):
    subject = clinic.subject
    for hour in (8, 9, 10):
        _charged(clinic, hour, "99214", "87880")
    taken_back = _charged(clinic, 11, "99213")
    assert history.usual_codes(subject, "office", LATER) == []  # from so few nothing is said
    for hour in (13, 14):
        _charged(clinic, hour, "99214")
    charges.void(subject, taken_back, "The wrong patient")
    assert history.usual_codes(subject, "office", LATER) == ["99214", "87880"]
    _charged(clinic, 15, "99214", "36415")
    assert history.usual_codes(subject, "office", LATER) == ["99214"]
    assert history.usual_codes(subject, "new", LATER) == []
    assert history.usual_codes(subject, "office", MONDAY) == []
    assert history.usual_codes(subject, "office", MONDAY + timedelta(days=100)) == []
