"""Appeals: drafted from what was denied, sent and kept word for word, answered, and taken to the next level."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader
from tests.money.office import Cut, Paid, decided, reversed_

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.follow_up import commands, letters, queries
from chartdesk.pms.follow_up.models import Case
from chartdesk.pms.remittance import queries as remittance


@pytest.fixture
def denied(office):
    """A claim whose visit was denied for want of an authorization."""
    claim = office.claim([("99213", "140"), ("87880", "32")])
    cuts = [Cut("CO", "197", "140")]
    claim.answer = decided(claim, [Paid("99213", "140", "0", cuts), Paid("87880", "32", "32")])
    office.receive(office.remit(claim.answer))
    return claim


def _text(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_a_draft_is_written_from_the_claims_facts(office, denied):
    number = commands.draft_appeal(office.subject, denied.claim_id)
    appeal = queries.appeal(office.subject, number)
    assert (appeal.template, appeal.level, appeal.amount, appeal.state) == (
        "authorization", 1, Decimal("140.00"), "draft",
    )  # fmt: skip
    assert denied.number in appeal.title
    for words in ("$140.00", "CO-197", "99213", "03/02/2026"):
        assert words in appeal.body, words
    assert "87880" not in appeal.body and "{" not in appeal.body
    assert appeal.deadline == remittance.denials(office.subject)[0].deadline
    text = _text(queries.letter_pdf(office.subject, number))
    for words in ("Acme PPO", denied.number, "140.00", "DRAFT", "(614) 555-0100"):
        assert words in text, words


def test_a_claim_has_one_pending_appeal_and_something_denied(office, denied):
    commands.draft_appeal(office.subject, denied.claim_id)
    with pytest.raises(Conflict):
        commands.draft_appeal(office.subject, denied.claim_id)
    with pytest.raises(Conflict):
        commands.draft_appeal(office.subject, office.claim().claim_id)
    with pytest.raises(NotFound):
        commands.draft_appeal(office.subject, 987654321)


def test_what_was_sent_is_kept_and_the_denial_waits(office, denied):
    number = commands.draft_appeal(office.subject, denied.claim_id, letter="general")
    commands.amend_appeal(office.subject, number, title="Please look again", body="First.\r\n\r\nSecond.")
    commands.send_appeal(office.subject, number, "fax", number="614 555 0199")
    appeal = queries.appeal(office.subject, number)
    assert (appeal.state, appeal.sent_how) == ("sent", "fax 614 555 0199")
    assert [one.state for one in remittance.denials(office.subject)] == ["appealed"]
    assert office.items("denial") == []
    with transaction(office.subject):
        case = Case.objects.get(claim=denied.claim_id)
    assert (case.next_action, case.due) == ("wait", appeal.answer_by)
    with pytest.raises(Conflict):
        commands.amend_appeal(office.subject, number, title="x", body="y")
    text = _text(queries.letter_pdf(office.subject, number))
    assert "Please look again" in text and "Second." in text and "DRAFT" not in text
    assert any("went out by fax" in one.text for one in claims.claim(office.subject, denied.claim_id).events)
    with pytest.raises(Invalid):
        commands.send_appeal(office.subject, number, "pigeon")


def test_a_lost_appeal_opens_the_denial_for_the_next_level(office, denied):
    first = commands.draft_appeal(office.subject, denied.claim_id)
    commands.send_appeal(office.subject, first, "mail")
    with pytest.raises(Invalid):
        commands.settle_appeal(office.subject, first, "lost", " ")
    commands.settle_appeal(office.subject, first, "lost", "Upheld by letter of today.")
    (denial,) = remittance.denials(office.subject)
    deadline = clock.now().date() + timedelta(days=60)
    assert (denial.state, denial.deadline) == ("open", deadline)
    second = queries.appeal(office.subject, commands.draft_appeal(office.subject, denied.claim_id))
    assert (second.level, second.deadline) == (2, deadline)
    office.books()


@pytest.mark.parametrize(("won", "fine"), [("50", True), ("140", False), ("0", False), (None, False)])
def test_what_was_won_in_part_says_how_much(office, denied, won, fine):
    number = commands.draft_appeal(office.subject, denied.claim_id)
    commands.send_appeal(office.subject, number, "portal")
    given = {"won": Decimal(won) if won else None}
    if not fine:
        with pytest.raises(Invalid):
            commands.settle_appeal(office.subject, number, "partly_won", "Half.", **given)
        return
    commands.settle_appeal(office.subject, number, "partly_won", "Half.", **given)
    assert queries.appeal(office.subject, number).won == Decimal("50.00")
    assert [one.state for one in remittance.denials(office.subject)] == ["open"]


def test_a_withdrawn_draft_leaves_the_denial_alone(office, denied):
    number = commands.draft_appeal(office.subject, denied.claim_id)
    with pytest.raises(Conflict):
        commands.settle_appeal(office.subject, number, "won", "They called.")
    commands.settle_appeal(office.subject, number, "withdrawn", "We bill the patient.")
    assert queries.appeals(office.subject) == []
    assert [one.state for one in remittance.denials(office.subject)] == ["open"]


def test_the_nightly_look_reminds_and_sees_what_was_decided(office, denied):
    number = commands.draft_appeal(office.subject, denied.claim_id)
    assert commands.watch_appeals(office.subject) == 0
    deadline = queries.appeal(office.subject, number).deadline
    with clock.at(clock.now() + (deadline - clock.now().date() - timedelta(days=3))):
        assert commands.watch_appeals(office.subject) == 1
        assert "3 days are left" in office.items("appeal")[0].title
        commands.send_appeal(office.subject, number, "mail")
        assert office.items("appeal") == []
        assert commands.watch_appeals(office.subject) == 0
    with clock.at(clock.now() + timedelta(days=365)):
        assert commands.watch_appeals(office.subject) == 1
        assert "has not answered" in office.items("appeal")[0].title
    right = decided(denied, [Paid("99213", "140", "140"), Paid("87880", "32", "32")])
    office.receive(office.remit(reversed_(denied.answer), right))
    commands.watch_appeals(office.subject)
    appeal = queries.appeal(office.subject, number)
    assert (appeal.state, appeal.won, office.items("appeal")) == ("won", Decimal("140.00"), [])
    office.books()


def test_a_practice_writes_its_own_letters(office, denied):
    before = letters.letters(office.subject)["authorization"]
    commands.write_letter(office.subject, "authorization", "Ours", "About {claim_number}", "Number {authorization}.")
    own = letters.letters(office.subject)["authorization"]
    assert (own.own, own.name, own.reasons) == (True, "Ours", before.reasons)
    appeal = queries.appeal(office.subject, commands.draft_appeal(office.subject, denied.claim_id))
    assert (appeal.title, appeal.body) == (f"About {denied.number}", "Number none.")
    commands.forget_letter(office.subject, "authorization")
    assert letters.letters(office.subject)["authorization"] == before


@pytest.mark.parametrize(
    ("key", "title", "body"),
    [("Bad Key", "t", "b"), ("own", "", "b"), ("own", "t", " "), ("own", "t", "Dear {payer}"), ("own", "{x}", "b")],
)
def test_a_letter_that_cannot_be_filled_in_is_refused(office, key, title, body):
    with pytest.raises(Invalid) as refused:
        commands.write_letter(office.subject, key, "Name", title, body)
    assert refused.value.cure


def test_every_built_in_letter_can_be_filled_in():
    for one in letters.BUILT_IN.values():
        filled = letters.filled(one.title + one.body, dict.fromkeys(letters.PLACES, "·"))
        assert "{" not in filled
