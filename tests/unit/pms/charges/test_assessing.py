"""Review against the database: earlier operations, the record of the level, the practice's weights, copying forward."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.money.office import DAY, Office, office

from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import copying, levels, queries
from chartdesk.pms.charges.levels import Documented
from chartdesk.record.access import practices

__all__ = ["office"]
_numbers = itertools.count(1)


def _visit(office: Office, patient: str, *codes: str, on: date = DAY, minutes: int | None = None, **said) -> int:
    return charges.capture(
        office.subject,
        charges.EncounterCharges(
            source_id=f"assess-{next(_numbers)}", encounter_id="", appointment_id="", patient_id=patient,
            practitioner=office.practitioner, service_date=on, place_of_service="11",
            signed_at=datetime(on.year, on.month, on.day, 20, tzinfo=UTC), minutes=minutes,
            diagnoses=list(said.pop("diagnoses", ["J02.0"])),
            procedures=[
                charges.Procedure(code.split("-")[0], code.split("-")[1:], pointers=[1], amount=Decimal(100))
                for code in codes
            ],
            **said,
        ),
    )  # fmt: skip


def _found(office: Office, number: int) -> list[str]:
    return [one.rule for one in queries.superbill(office.subject, number).findings]


@pytest.fixture
def weighed(database):
    """What Medicare's fee schedule says about an operation and a visit; taken away afterwards."""
    from chartdesk.pms.edits.models import RelativeValue

    none = dict.fromkeys(("work", "practice_expense", "facility_expense", "malpractice", "factor"), Decimal(0))
    rows = [("27447", "090", "2", "1"), ("99213", "XXX", "0", "0")]
    made = RelativeValue.objects.bulk_create(
        RelativeValue(
            effective=DAY, code=code, description="An item", status="A", global_days=days,
            multiple=multiple, bilateral=bilateral, assistant="2", **none,
        )
        for code, days, multiple, bilateral in rows
    )  # fmt: skip
    yield
    RelativeValue.objects.filter(effective=DAY, code__in=[one.code for one in made]).delete()


def test_a_visit_after_an_operation_waits_until_the_modifier_says_why(office, weighed):
    patient = office.patient()
    surgery = _visit(office, patient, "27447")
    charges.approve(office.subject, surgery)
    number = _visit(office, patient, "99213", on=DAY + timedelta(days=14))
    assert _found(office, number) == ["global_period"]
    with pytest.raises(Invalid, match="global period of 27447"):
        charges.approve(office.subject, number)
    charges.amend(office.subject, number, [charges.Procedure("99213", ["24"], pointers=[1])], ["J02.0"])
    assert _found(office, number) == []
    later = _visit(office, patient, "99213", on=DAY + timedelta(days=91))
    assert "global_period" not in _found(office, later)
    charges.void(office.subject, number, "Mistake")
    assert _found(office, _visit(office, office.patient(), "27447-50-RT")) == ["bilateral"]


def test_a_new_patient_is_new_to_the_specialty(office):
    patient = office.patient()
    assert _found(office, _visit(office, patient, "99203")) == []
    assert _found(office, _visit(office, patient, "99203", on=DAY + timedelta(days=9))) == ["new_patient"]


def test_the_level_is_held_against_what_is_documented(office):
    number = _visit(office, office.patient(), "99214", minutes=20)
    assert _found(office, number) == ["level_time"]
    lines = [charges.Procedure("99214", pointers=[1], amount=Decimal(100))]
    low = Documented("low", "minimal", "low", "Kim")
    charges.amend(office.subject, number, lines, ["J02.0"], documented=low, minutes=20)
    assert _found(office, number) == ["level_above"]
    bill = queries.superbill(office.subject, number)
    assert (levels.documented(bill.documented), bill.minutes) == (low, 20)
    charges.amend(office.subject, number, lines, ["J02.0"])
    assert queries.superbill(office.subject, number).documented["by"] == "Kim"
    charges.amend(
        office.subject, number, lines, ["J02.0"], documented=dataclasses.replace(low, risk="high"), minutes=31
    )
    assert _found(office, number) == []
    with pytest.raises(Invalid, match="'enormous' is no level"):
        charges.amend(office.subject, number, lines, ["J02.0"], documented=Documented("enormous"))
    came = _visit(office, office.patient(), "99215", documented={"problems": "low", "risk": "low", "by": "Dr. Reed"})
    assert _found(office, came) == ["level_above"]


def test_the_practice_weighs_the_rules(office):
    practices.switch(office.subject, charge_review={"level_time": "error", "new_patient": "off"})
    patient = office.patient()
    number = _visit(office, patient, "99214", minutes=20)
    with pytest.raises(Invalid, match="By its 20 minutes"):
        charges.approve(office.subject, number)
    assert _found(office, _visit(office, patient, "99203", on=DAY + timedelta(days=9), minutes=30)) == []


def test_the_last_visit_is_copied_forward_at_todays_prices(office):
    patient = office.patient()
    other = dataclasses.replace(office, practitioner="another")
    _visit(office, patient, "87880", "99213-25", diagnoses=["J02.0", "I10"])
    _visit(other, patient, "36415", on=DAY + timedelta(days=3))
    number = _visit(office, patient, "99213", on=DAY + timedelta(days=7), diagnoses=["E11.9"])
    version = queries.superbill(office.subject, number).version
    copying.copy_forward(office.subject, number, version=version)
    bill = queries.superbill(office.subject, number)
    assert bill.diagnoses == ["E11.9", "J02.0", "I10"]
    assert [(line.code, line.pointers, line.amount) for line in bill.lines] == [
        ("99213", [1], Decimal("100.00")),
        ("87880", [2], Decimal("32.00")),
    ]
    with pytest.raises(Stale):
        copying.copy_forward(office.subject, number, version=version)
    charges.approve(office.subject, number)
    with pytest.raises(Conflict):
        copying.copy_forward(office.subject, number)
    with pytest.raises(NotFound, match="No earlier visit"):
        copying.copy_forward(office.subject, _visit(office, office.patient(), "99213"))
    assert copying.shown(office.subject, bill) == ["3 diagnoses", "1 test charged"]


def test_components_are_copied_as_the_whole_and_split_by_the_rules_of_the_day(office):
    patient = office.patient()
    _visit(office, patient, "87880-26", "87880-TC", "99213-25-26")
    number = _visit(office, patient, "36415", on=DAY + timedelta(days=7))
    copying.copy_forward(office.subject, number)
    lines = queries.superbill(office.subject, number).lines
    assert [(line.code, line.modifiers, line.amount) for line in lines[1:]] == [
        ("87880", [], Decimal("32.00")),
        ("99213", ["25", "26"], Decimal("140.00")),
    ]
