"""What a contract allows is kept with the line when the claim is built; an 835 is held against that figure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.money.office import PAYER, Cut, Paid, decided, reversed_
from tests.unit.pms.edits import files

from chartdesk.insight import kpis
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import contract_commands
from chartdesk.pms.charges.contract_commands import Terms
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims.models import ClaimLine
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.edits import commands as edits
from chartdesk.pms.remittance import unposting
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.scheduling.models import Resource

JANUARY = date(2026, 1, 1)
CHARGES = Terms(terms=[Term("charge", Decimal(80)), Term("fixed", Decimal(20), "87880", "87880")])


def _kept(office, *numbers):
    with transaction(office.subject):
        rows = ClaimLine.objects.filter(claim__in=numbers).order_by("claim", "position")
        return [None if one.expected is None else str(one.expected) for one in rows]


def test_one_claim_and_many_keep_the_same_figures(office):
    contract_commands.save_contract(office.subject, PAYER, JANUARY, CHARGES)
    lines = [("99213", "140"), ("87880", "32")]
    alone = office.claim(lines)
    assert _kept(office, alone.claim_id) == ["112.00", "20.00"]
    bills = [office.charge(office.patient(), lines) for _ in range(3)]
    built = claims.build_many(office.subject, bills)
    assert built.left == {}
    assert _kept(office, *built.numbers) == ["112.00", "20.00"] * 3


def test_a_contract_that_was_mended_since_does_not_hide_what_was_agreed(office):
    contract_commands.save_contract(office.subject, PAYER, JANUARY, CHARGES)
    claim = office.claim([("99213", "140")])
    contract_commands.save_contract(office.subject, PAYER, JANUARY, Terms(terms=[Term("charge", Decimal(10))]))
    paid = [Paid("99213", "140", "110", [Cut("CO", "45", "30")])]
    office.receive(office.remit(decided(claim, paid)))
    (item,) = office.items("underpayment")
    assert item.amount == Decimal("2.00")
    assert "allowed $110.00, agreed $112.00" in item.detail


def test_medicares_amount_is_what_is_expected_of_a_share_of_it(office, tmp_path):
    values = files.RELATIVE_VALUES.replace("10001,", "99213,")
    edits.import_file(files.write(tmp_path, "PPRRVU26_JAN.csv", values))
    edits.import_file(files.write(tmp_path, "GPCI2026.csv", files.LOCALITIES))
    contract = Terms(locality="15202-00", terms=[Term("medicare", Decimal(110))])
    contract_commands.save_contract(office.subject, PAYER, JANUARY, contract)
    claim = office.claim([("99213", "140")])
    assert _kept(office, claim.claim_id) == ["99.87"]
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "99.87", [Cut("CO", "45", "40.13")])])))
    assert office.items("underpayment") == []


def test_no_contract_expects_nothing_and_a_later_one_is_asked_when_the_payment_comes(office):
    claim = office.claim([("99213", "140")])
    assert _kept(office, claim.claim_id) == [None]
    contract_commands.save_contract(office.subject, PAYER, JANUARY, CHARGES)
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])])))
    assert office.items("underpayment")[0].amount == Decimal("12.00")


def _short(office):
    """A claim of which the payer allowed 100 where 112 were agreed, and what it decided."""
    contract_commands.save_contract(office.subject, PAYER, JANUARY, CHARGES)
    claim = office.claim([("99213", "140")])
    short = decided(claim, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])])
    office.receive(office.remit(short))
    assert [one.amount for one in office.items("underpayment")] == [Decimal("12.00")]
    return claim, short


def _figure(office) -> Decimal:
    """What the dashboard says was underpaid in these weeks."""
    day = clock.now().date()
    shown = kpis.dashboard(office.subject, day - timedelta(days=day.weekday()), day)
    return Decimal(next(one.value for one in shown.figures if one.name == "underpaid") or 0)


def test_what_the_payer_took_back_and_paid_rightly_is_not_underpaid_any_more(office):
    claim, short = _short(office)
    assert _figure(office) == 12
    right = decided(claim, [Paid("99213", "140", "112", [Cut("CO", "45", "28")])])
    office.receive(office.remit(reversed_(short), right))
    assert office.items("underpayment") == []
    assert _figure(office) == 0


def test_a_correction_that_is_still_too_low_is_said_by_itself(office):
    claim, short = _short(office)
    better = decided(claim, [Paid("99213", "140", "110", [Cut("CO", "45", "30")])])
    office.receive(office.remit(reversed_(short), better))
    assert [one.amount for one in office.items("underpayment")] == [Decimal("2.00")]


def test_what_we_take_out_of_a_claim_is_not_underpaid(office):
    _short(office)
    with transaction(office.subject):
        payment = ClaimPayment.objects.get()
    unposting.unpost_claim(office.subject, payment.pk, "Another patient's money.")
    assert office.items("underpayment") == []


def test_interest_does_not_hide_what_lacks_and_withholding_is_no_lack(office):
    contract_commands.save_contract(office.subject, PAYER, JANUARY, CHARGES)
    hidden = office.claim([("99213", "140")])
    cuts = [Cut("CO", "45", "40"), Cut("CO", "225", "-12")]
    office.receive(office.remit(decided(hidden, [Paid("99213", "140", "112", cuts)])))
    assert [one.amount for one in office.items("underpayment")] == [Decimal("12.00")]
    kept = office.claim([("99213", "140")])
    cuts = [Cut("CO", "45", "28"), Cut("CO", "104", "11"), Cut("CO", "237", "2"), Cut("CO", "253", "2")]
    office.receive(office.remit(decided(kept, [Paid("99213", "140", "97", cuts)])))
    assert len(office.items("underpayment")) == 1


def test_of_a_nurse_practitioners_line_medicare_is_expected_to_pay_its_part(office, tmp_path):
    values = files.RELATIVE_VALUES.replace("10001,", "99213,")
    edits.import_file(files.write(tmp_path, "PPRRVU26_JAN.csv", values))
    edits.import_file(files.write(tmp_path, "GPCI2026.csv", files.LOCALITIES))
    contract = Terms(locality="15202-00", terms=[Term("medicare", Decimal(100))])
    contract_commands.save_contract(office.subject, PAYER, JANUARY, contract)
    with transaction(office.subject):
        Payer.objects.filter(payer_id=PAYER).update(settings={"pays_by_clinician": True})
        Resource.objects.filter(practitioner=office.practitioner).update(taxonomy="363LF0000X")
    claim = office.claim([("99213", "140")])
    assert _kept(office, claim.claim_id) == ["77.17"]
    # Sequestration is no part of what is allowed.
    cuts = [Cut("CO", "45", "62.83"), Cut("CO", "253", "1.54")]
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "75.63", cuts)])))
    assert office.items("underpayment") == []
