"""Money at the bank and the remittances that explain it; paper; money that goes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.money.office import PAYER, Cut, Paid, decided, reversed_

from chartdesk.kit.errors import Conflict, Invalid

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
DAY = date(2026, 3, 12)
CSV = b"""Date,Amount,Description,Trace
2026-03-12,100.00,"ACME PPO HCCLAIMPMT TRN*1*0099881*1841000101~",
03/12/2026,"1,250.50",CHECK DEPOSIT,88123
2026-03-12,(20.00),Fee,
"""
BAI = b"""01,BANK,US,260312,0800,1,80,1,2/
02,US,BANK,1,260312,0800,USD,2/
03,1234567,USD,010,100000,,/
16,142,10000,S,0,0,0,REF1,CUST,ACME PPO/
88,HCCLAIMPMT TRN*1*0099881*1841000101
16,475,5000,,,,CHECK PAID/
16,301,125050,,BANKREF,88123,SECOND MUTUAL/
49,100000,4/
"""


SEMICOLONS = CSV.replace(b",", b";").replace(b"1;250", b"1,250")


@pytest.mark.parametrize("content", [CSV, SEMICOLONS, BAI], ids=["csv", "semicolons", "bai2"])
def test_the_credits_of_a_bank_file(content):
    from chartdesk.pms.remittance import bank_files

    found = [(one.on, one.amount, one.trace, one.method) for one in bank_files.read(content)]
    assert found == [(DAY, Decimal("100.00"), "0099881", "eft"), (DAY, Decimal("1250.50"), "88123", "check")]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "file"),
        (b"Name,Sum\nx,1\n", "line 1"),
        (b"Date,Amount\n2026-13-40,5\n", "line 2"),
        (b"Date,Amount\n2026-03-12,five\n", "line 2"),
        (b"01,A/\n16,142,100,S/\n", "line 2"),
        (b"01,A/\n02,US,BANK,1,260312/\n16,142,ten,S/\n", "line 3"),
    ],
)
def test_a_bank_file_that_cannot_be_read_says_where(content, where):
    from chartdesk.pms.remittance import bank_files

    with pytest.raises(Invalid) as fault:
        bank_files.read(content)
    assert fault.value.where == where and fault.value.cure


def test_a_deposit_meets_its_remittance_whichever_comes_first(office):
    from chartdesk.pms.remittance import deposits

    first = office.claim([("99213", "140")])
    view, _ = office.receive(office.remit(decided(first, GOOD), trace="99881"))
    assert [one.pk for one in deposits.standing(office.subject).waiting] == [view.row.pk]
    assert deposits.import_file(office.subject, CSV) == deposits.Imported(2, 1, 0)
    assert deposits.import_file(office.subject, CSV) == deposits.Imported(0, 0, 2)
    standing = deposits.standing(office.subject)
    assert ([one.trace for one in standing.open], standing.waiting) == (["88123"], [])
    later = decided(office.claim([("99213", "140")]), [Paid("99213", "140", "99", [Cut("CO", "45", "41")])])
    other, _ = office.receive(office.remit(later, trace="88123"))
    (item,) = office.items("deposit_differs")
    assert "$99.00" in item.detail and "$1,250.50" in item.title
    open_ = deposits.standing(office.subject).open[0]
    with pytest.raises(Invalid, match="the remittance says"):
        deposits.match(office.subject, open_.pk, other.row.pk)
    deposits.match(office.subject, open_.pk, other.row.pk, "Two checks in one deposit.")
    assert office.items("deposit_differs") == []
    deposits.part(office.subject, open_.pk)
    deposits.explain(office.subject, open_.pk, "A loan.")
    assert deposits.standing(office.subject).open == []


def test_a_remittance_that_waits_for_its_money_posts_when_it_comes(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.remittance import autoposting, commands, deposits, queries, subscriptions

    subscriptions.connect()
    autoposting.set_rule(office.subject, autoposting.RuleDetails("Money first", undeposited=True))
    number = commands.receive(office.subject, office.remit(decided(office.claim([("99213", "140")]), GOOD), trace="7"))
    outbox.deliver_all(office.subject.practice)
    assert queries.remittance(office.subject, number).row.status == "review"
    given = (DAY, Decimal("100"), "eft", "0007", "Acme")
    made = deposits.key_in(office.subject, *given, key="form-1")
    assert deposits.key_in(office.subject, *given, key="form-1").pk == made.pk
    outbox.deliver_all(office.subject.practice)
    assert queries.remittance(office.subject, number).row.status == "posted"
    assert office.balance("eft") == Decimal("100.00")


def test_a_remittance_on_paper_is_keyed_in_and_taken_in_once_it_adds_up(office):
    from chartdesk.pms.remittance import commands, paper, queries

    claim = office.claim([("99213", "140"), ("87880", "32")])
    number = paper.start(office.subject, PAYER, "4711", DAY, Decimal("95"))
    form = paper.blank(office.subject, claim.number.lower())
    assert [(line.code, line.charge) for line in form.lines] == [("99213", Decimal("140")), ("87880", Decimal("32"))]
    cuts = ([paper.PaperCut("CO", "45", Decimal("40"))], [paper.PaperCut("CO", "16", Decimal("32"))])

    def keyed(paid):
        amounts = (paid, Decimal("0"))
        lines = [
            paper.PaperLine(one.code, one.charge, amount, one.control, cut)
            for one, amount, cut in zip(form.lines, amounts, cuts, strict=True)
        ]
        return paper.PaperClaim(claim.number, lines, "1", "PAPER-9")

    with pytest.raises(Invalid, match=r"\$10.00 apart"):
        paper.set_claim(office.subject, number, keyed(Decimal("90")))
    paper.set_claim(office.subject, number, keyed(Decimal("100")))
    with pytest.raises(Conflict, match=r"-\$5.00 apart"):
        paper.take_in(office.subject, number)
    paper.set_adjustments(office.subject, number, [("WO", "OLD", Decimal("5"))])
    assert paper.view(office.subject, number).difference == 0
    made = paper.take_in(office.subject, number)
    commands.post(office.subject, made)
    assert queries.remittance(office.subject, made).row.status == "posted"
    assert (office.balance("check"), office.balance("provider_adjustment.WO")) == (Decimal("95.00"), Decimal("5.00"))
    assert office.denied() == [("CO", "16", "32")]
    with pytest.raises(Conflict, match="taken in"):
        paper.take_in(office.subject, number)
    office.books()


def test_a_payer_that_paid_twice_gets_its_money_back_once(office):
    from chartdesk.pms.remittance import refunds

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD)))
    office.receive(office.remit(decided(claim, GOOD)))
    (over,) = refunds.credit_balances(office.subject)
    # What it paid twice, and no more: the discount that came with it was written off once.
    assert (over.payer_id, over.amount) == (PAYER, Decimal("100.00"))
    assert (office.balance("eft"), office.balance("adjustment.contractual")) == (Decimal("200.00"), Decimal("40.00"))
    assert [item.amount for item in office.items("paid_again")] == [Decimal("100.00")]
    given = {"method": "check", "number": "1001", "reason": "Paid twice", "idempotency_key": "k1"}
    with pytest.raises(Conflict, match="too much"):
        refunds.refund_payer(office.subject, over, amount=Decimal("150"), **given)
    made = refunds.refund_payer(office.subject, over, amount=Decimal("100"), **given)
    assert refunds.refund_payer(office.subject, over, amount=Decimal("100"), **given).pk == made.pk
    assert refunds.credit_balances(office.subject) == []
    assert office.balance("check") == Decimal("-100.00")
    office.books()


def test_a_recovery_under_another_reason_meets_the_balance_carried_forward(office):
    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    paid = decided(one, GOOD)
    office.receive(office.remit(paid))
    office.receive(office.remit(reversed_(paid), plb=[("FB", one.number, "-100")]))
    view, _ = office.receive(
        office.remit(decided(other, [Paid("99213", "140", "140")]), plb=[("WO", f"P{one.number}", "100")])
    )
    assert view.provider_adjustments[0].row.state == "matched"
    assert (office.balance("provider_adjustment.WO"), office.balance("provider_adjustment.FB")) == (0, 0)
    assert office.balance("eft") == Decimal("140.00")
    office.books()


def test_capitation_has_accounts_of_its_own(office):
    claim = office.claim([("99213", "140")])
    covered = decided(claim, [Paid("99213", "140", "0", [Cut("CO", "24", "140")])])
    office.receive(office.remit(covered, plb=[("CT", "MARCH", "-2500")]))
    assert (office.balance("adjustment.capitation"), office.balance("capitation")) == (Decimal("140"), Decimal("-2500"))
    assert (office.denied(), office.status(claim), office.balance("ar")) == ([], "paid", 0)
    refused = office.claim([("99213", "140")])
    office.receive(office.remit(decided(refused, [Paid("99213", "140", "0", [Cut("CO", "24", "140")])], status="4")))
    assert office.denied() == [("CO", "24", "140")]


def test_lines_that_the_payer_bundled_are_paid_in_proportion(office):
    claim = office.claim([("99213", "140"), ("87880", "32")])
    line = Paid("99499", "172", "86", [Cut("CO", "45", "86")], control="-", submitted="99213")
    _, report = office.receive(office.remit(decided(claim, [line])))
    assert (report.posted, report.held, office.balance("ar")) == (1, 0, 0)
    of_line = {one[0]: office.balance("ar", reference=f"charge:{one[0]}") for one in claim.lines}
    assert set(of_line.values()) == {Decimal("0.00")}
    assert office.balance("eft") == Decimal("86.00")


def test_a_refund_that_never_went_out_is_taken_back_once(office):
    from chartdesk.pms.remittance import refunds

    claim = office.claim([("99213", "140")])
    for _ in range(2):
        office.receive(office.remit(decided(claim, GOOD)))
    (over,) = refunds.credit_balances(office.subject)
    given = {"method": "check", "number": "1001", "reason": "Paid twice", "idempotency_key": "k1"}
    made = refunds.refund_payer(office.subject, over, amount=Decimal("100"), **given)
    with pytest.raises(Invalid):
        refunds.take_back(office.subject, made.pk, " ")
    refunds.take_back(office.subject, made.pk, "The mail brought the check back")
    with pytest.raises(Conflict, match="taken back before"):
        refunds.take_back(office.subject, made.pk, "Again")
    assert refunds.credit_balances(office.subject) == [over]
    assert [back for _, back in refunds.refunds(office.subject)] == ["Taken back: The mail brought the check back"]
    assert office.balance("check") == 0
    [(_, words)] = refunds.about(office.subject, [over]).values()
    assert words == "99213 on Mar 2, 2026"
    office.books()
