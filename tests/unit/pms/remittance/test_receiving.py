"""What is taken in, what is refused whole, and what came before."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, decided, remittance, write_835

from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import transaction

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]


def _refused(office, content):
    from chartdesk.pms.remittance import commands, queries

    before = office.books()
    number = commands.receive(office.subject, content)
    view = queries.remittance(office.subject, number)
    assert view.row.status == "refused"
    with pytest.raises(Conflict, match="refused"):
        commands.post(office.subject, number)
    assert office.books() == before
    (item,) = office.items("remittance_refused")
    assert item.link_id == str(number)
    return view, item


@pytest.mark.parametrize(
    ("cut", "paid", "total", "words"),
    [
        ("39", "", "", "line 1 (99213): charge less adjustments, 140.00 - 39.00 is not 100.00: 1.00 apart."),
        ("40", "90", "", "charge less adjustments, 140.00 - 40.00 is not 90.00: 10.00 apart."),
        ("40", "", "101", "Payment: claims less provider adjustments, 100.00 - 0.00 is not 101.00: -1.00 apart."),
    ],
    ids=["line", "claim", "payment"],
)
def test_what_does_not_add_up_is_refused_whole_with_its_figures(office, cut, paid, total, words):
    claim = office.claim([("99213", "140")])
    line = Paid("99213", "140", "100", [Cut("CO", "45", cut)])
    view, item = _refused(office, office.remit(decided(claim, [line], paid=paid), total=total))
    assert words in item.detail
    assert any(words in finding for finding in view.row.findings)
    assert view.claims == []
    assert office.status(claim) == "submitted"


@pytest.mark.parametrize("content", [b"", b"not X12 at all", b"ISA*00*"], ids=["empty", "text", "cut off"])
def test_what_cannot_be_read_is_kept_and_refused(office, content):
    from chartdesk.pms.claims.models import Interchange

    view, _ = _refused(office, content)
    with transaction(office.subject):
        assert bytes(Interchange.objects.get(pk=view.row.interchange).content) == content


def test_a_truncated_file_posts_nothing(office):
    claim = office.claim([("99213", "140")])
    content = office.remit(decided(claim, GOOD))
    _refused(office, content[: len(content) * 2 // 3])


def test_a_payment_without_a_trace_cannot_be_told_from_another(office):
    claim = office.claim([("99213", "140")])
    payment = remittance(decided(claim, GOOD))
    payment.trace = " "
    _refused(office, write_835([payment]))


def test_the_same_file_again_is_the_same_remittance(office):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    content = office.remit(decided(claim, GOOD))
    number = commands.receive(office.subject, content)
    assert commands.receive(office.subject, content) == number
    assert commands.post(office.subject, number).posted == 1
    again = commands.post(office.subject, number)
    assert (again.posted, again.held, again.duplicates) == (0, 0, 1)
    assert office.balance("eft") == Decimal("100.00")


@pytest.mark.parametrize("trace", ["0001234567", "1234567", " 1234567", "1234-567", "0001234567"])
def test_whatever_form_the_check_number_takes_it_is_paid_once(office, trace):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD), trace="001234567"))
    view, report = office.receive(office.remit(decided(claim, GOOD), trace=trace))
    assert (report.posted, report.duplicates, view.row.status) == (0, 1, "duplicate")
    assert office.balance("eft") == Decimal("100.00")
    assert office.items("remittance_repeated") == []


def test_the_case_of_a_trace_does_not_matter_and_another_trace_does(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD), trace="EFTAB12"))
    office.receive(office.remit(decided(claim, GOOD), trace="eftab12", payer="ACME"))
    assert office.balance("eft") == Decimal("100.00")
    office.receive(office.remit(decided(claim, GOOD), trace="EFTAB13"))
    assert office.balance("eft") == Decimal("200.00")


def test_the_same_trace_of_another_payer_is_another_payment(office):
    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    office.receive(office.remit(decided(one, GOOD), trace="77"))
    office.receive(office.remit(decided(other, GOOD), trace="77", tax="841000999"))
    assert office.balance("eft") == Decimal("200.00")


def test_a_payment_that_comes_again_with_other_figures_is_a_work_item(office):
    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, GOOD), trace="77"))
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "140")]), trace="0077"))
    (item,) = office.items("remittance_repeated")
    assert claim.number in item.detail
    assert office.balance("eft") == Decimal("100.00")


def test_what_is_new_under_a_known_trace_is_posted(office):
    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    office.receive(office.remit(decided(one, GOOD), trace="77"))
    view, report = office.receive(office.remit(decided(one, GOOD), decided(other, GOOD), trace="77"))
    assert (report.posted, report.duplicates, view.row.status) == (1, 1, "partly_posted")
    assert office.balance("eft") == Decimal("200.00")
    assert len(office.items("remittance_repeated")) == 1


def test_one_claim_paid_twice_in_one_payment_is_two_payments(office):
    claim = office.claim([("99213", "140")])
    first = decided(claim, [Paid("99213", "140", "60", [Cut("OA", "133", "80")])])
    second = decided(claim, [Paid("99213", "140", "40", [Cut("CO", "45", "40"), Cut("OA", "23", "60")])])
    _, report = office.receive(office.remit(first, second))
    assert report.posted == 2
    assert office.balance("ar") == 0
    assert office.balance("eft") == Decimal("100.00")


def test_a_file_with_several_payments_becomes_several_remittances(office):
    from chartdesk.pms.remittance import commands, queries

    one, other = office.claim([("99213", "140")]), office.claim([("99213", "140")])
    bad = remittance(decided(other, GOOD), total="99")
    numbers = commands.receive_all(office.subject, write_835([remittance(decided(one, GOOD)), bad]))
    assert [queries.remittance(office.subject, number).row.status for number in numbers] == ["received", "refused"]
    commands.post(office.subject, numbers[0])
    assert office.balance("eft") == Decimal("100.00")


def test_an_835_from_the_mailbox_posts_itself(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.claims import acknowledgements
    from chartdesk.pms.remittance import queries, subscriptions

    subscriptions.connect()
    claims = [office.claim([("99213", "140")]) for _ in range(3)]
    was, subscriptions.AT_ONCE = subscriptions.AT_ONCE, 2
    try:
        file = acknowledgements.receive(
            office.subject, "era.835", office.remit(*(decided(claim, GOOD) for claim in claims))
        )
        assert (file.kind, file.status) == ("835", "read")
        assert office.balance("eft") == 0
        outbox.deliver_all(office.subject.practice)
    finally:
        subscriptions.AT_ONCE = was
    assert [row.status for row in queries.remittances(office.subject)] == ["posted"]
    assert office.balance("eft") == Decimal("300.00")


def test_an_unknown_remittance_is_not_found(office):
    from chartdesk.pms.remittance import commands, queries

    with pytest.raises(NotFound):
        commands.post(office.subject, 0)
    with pytest.raises(NotFound):
        queries.remittance(office.subject, 0)
    with pytest.raises(NotFound):
        commands.receive(office.subject, b"", interchange_id=0)
