"""A clinic that bills on the UB-04: its claims go out in an 837I, the sandbox payer answers, and the money is posted.

One visit makes two claims, the facility's and the clinician's; both come back paid by their line numbers.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.journeys.test_money_in import PAYER, _evening, practice_and_payer
from tests.money.facility import bill_as_facility
from tests.money.office import NOW

from chartdesk.exchange.sandbox import directory
from chartdesk.pms.splits.rules import Rule
from chartdesk.standards.x12 import claim_837i, remittance_835
from chartdesk.standards.x12.check import check_file

__all__ = ["practice_and_payer"]
LINES = [("99213", "160"), ("87880", "45")]
CLINIC = Rule("clinic", "Rural health clinic", "institutional", codes=("99213",), bill_type="71", revenue="0521")


def _visit(office, number, scenario="", lines=LINES):
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands
    from chartdesk.pms.coverage import commands as coverage

    with clock.at(NOW - timedelta(days=1)):
        patient = office.patient(payers=())
        member = directory.member_id(PAYER, "PPO", number, scenario)
        coverage.add_coverage(office.subject, patient, coverage.Card(PAYER, 1, member))
        made = commands.build_all(office.subject, office.charge(patient, lines))
        for claim in made:
            commands.scrub(office.subject, claim)
    return made


def _claims(office, numbers):
    from chartdesk.pms.claims import queries

    return [queries.claim(office.subject, one) for one in numbers]


def _file(office, kind):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims.models import Interchange

    with transaction(office.subject):
        return Interchange.objects.filter(practice=office.subject.practice, kind=kind).order_by("pk").last()


def test_a_visit_of_a_clinic_goes_out_on_two_claims_and_both_are_paid(practice_and_payer):
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands

    office, sandbox = practice_and_payer
    bill_as_facility(office.subject, CLINIC)
    made = _visit(office, 1)
    assert len(made) == 2
    facility, professional = _claims(office, made)
    assert [one.content.institutional is not None for one in (facility, professional)] == [True, False]
    with clock.at(NOW - timedelta(days=1)):
        assert commands.send_ready(office.subject) == _file(office, "837P").pk
    out = _file(office, "837I")
    assert out.name.endswith("-837I.x12") and check_file(bytes(out.content)) == []
    ((claim,),) = ([one for part in whole.sets for one in part.claims] for whole in claim_837i.read(bytes(out.content)))
    assert (claim.bill_type, claim.frequency, claim.statement_from) == ("71", "1", date(2026, 3, 2))
    assert [(one.revenue_code, one.code, one.charge) for one in claim.lines] == [("0521", "99213", Decimal(160))]
    assert [(role, party.id) for role, party in claim.providers] == [("71", "1234567893")]
    for day in range(2):
        _evening(office, sandbox, NOW + timedelta(days=day))
    facility, professional = _claims(office, made)
    assert [one.claim.status for one in (facility, professional)] == ["paid", "paid"]
    assert facility.claim.payer_claim_number and "277CA" in {one.kind for one in facility.events}
    assert _file(office, "837I").status == "accepted"
    payments = remittance_835.read(bytes(_file(office, "835").content))
    lines = [line for one in payments for paid in one.claims for line in paid.lines]
    assert {line.revenue_code for line in lines} == {"", "0521"}
    assert office.items("remittance_unmatched") == [] and office.balance("eft") > 0
    office.books()


def test_a_paid_claim_of_the_clinic_is_replaced_and_paid_anew(practice_and_payer):
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands

    office, sandbox = practice_and_payer
    bill_as_facility(office.subject, CLINIC)
    made = _visit(office, 2, lines=LINES[:1])
    with clock.at(NOW - timedelta(days=1)):
        commands.send_ready(office.subject)
    _evening(office, sandbox, NOW)
    with clock.at(NOW + timedelta(days=1)):
        after = commands.replace(office.subject, made[0])
        commands.submit(office.subject, [after])
    text = bytes(_file(office, "837I").content).decode()
    [before] = _claims(office, made)
    assert "71:A:7" in text and f"REF*F8*{before.claim.payer_claim_number}~" in text
    _evening(office, sandbox, NOW + timedelta(days=1))
    assert [one.claim.status for one in _claims(office, [after])] == ["paid"]
    office.books()


def test_what_the_payer_does_not_take_in_is_mended_where_it_was_said(practice_and_payer):
    """The payer looks the attending clinician up; our own check of the NPI is off."""
    from chartdesk.kit import clock
    from chartdesk.pms.charges import stating
    from chartdesk.pms.charges.circumstances import Circumstances
    from chartdesk.pms.claims import commands, queries
    from chartdesk.record.access.models import Practice

    office, sandbox = practice_and_payer
    bill_as_facility(office.subject, CLINIC)
    [claim] = _visit(office, 3, lines=LINES[:1])
    number = _claims(office, [claim])[0].claim.superbill
    with clock.at(NOW - timedelta(days=1)):
        said = Circumstances(admission_type="2", patient_status="01")
        stating.state(office.subject, number, said)
        commands.build_all(office.subject, number)
        commands.scrub(office.subject, claim)
        commands.send_ready(office.subject)
    file = _file(office, "837I")
    broken = bytes(file.content).replace(b"XX*1234567893~PRV*AT", b"XX*1234567890~PRV*AT")
    assert broken != bytes(file.content) and b"CL1*2*1*01~" in broken
    with clock.at(NOW):
        from chartdesk.kit.transactions import transaction

        with transaction(office.subject):
            type(file).objects.filter(pk=file.pk).update(content=broken)
    _evening(office, sandbox, NOW)
    view = queries.claim(office.subject, claim)
    assert view.claim.status == "rejected"
    assert [(one.code, one.place) for one in view.rejections] == [("A7:562:71", "circumstances")]
    assert Practice.objects.filter(pk=office.subject.practice).exists()


@pytest.mark.parametrize(("revenue", "held"), [("", True), ("0513", False)])
def test_a_line_without_a_revenue_code_holds_the_claim_until_the_table_says_one(practice_and_payer, revenue, held):
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands, queries
    from chartdesk.pms.claims import revenue as table
    from chartdesk.record.access import practices

    office, _ = practice_and_payer
    bill_as_facility(office.subject, Rule("all", "All", "institutional", payers=(PAYER,), bill_type="77"))
    if revenue:
        rows = [table.Row(("H0031",), (), revenue)]
        practices.switch(office.subject, **{table.SETTING: table.kept(rows)})
    [claim] = _visit(office, 4, lines=[("H0031", "90")])
    with clock.at(NOW):
        found = queries.claim(office.subject, claim)
    errors = [one.rule for one in found.findings if one.severity == "error"]
    assert (found.claim.status, errors) == (("held", ["revenue_code"]) if held else ("ready", []))
    assert [line.revenue for line in found.content.lines] == [revenue]
    assert commands.send_ready(office.subject) is None or not held
