"""Where a claim stands: asked (276), answered by the sandbox payer (277), told in words, with what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.follow_up import commands, queries, subscriptions
from chartdesk.pms.follow_up.models import Case, Inquiry
from chartdesk.standards.x12.check import check_file


@pytest.fixture(autouse=True)
def connected():
    subscriptions.connect()


def _inquiries(desk, claim):
    return queries.case(desk.subject, claim, "").inquiries


def _said(desk, claim, kind):
    from chartdesk.pms.claims import queries as claims

    return [one.text for one in claims.claim(desk.subject, claim).events if one.kind == kind]


def test_each_answer_of_the_payer_is_told_and_acted_on(desk, sandboxed):
    send, cycle = sandboxed
    waiting, records, lost = send("PEND", "RECORDS", "LOST")
    file = commands.ask(desk.subject, [waiting, records, lost])
    with transaction(desk.subject):
        content = bytes(Interchange.objects.get(pk=file).content)
    assert check_file(content) == []
    cycle()
    with transaction(desk.subject):
        assert Interchange.objects.get(pk=file).status == "accepted"
        (back,) = Interchange.objects.filter(practice=desk.subject.practice, kind="277")
    assert (back.status, back.detail) == ("read", "3 answers about claims")
    assert check_file(bytes(back.content)) == []
    answered = {one: _inquiries(desk, one)[0] for one in (waiting, records, lost)}
    assert [(one.state, one.category, one.code) for one in answered.values()] == [
        ("answered", "P1", "20"), ("answered", "R4", "297"), ("answered", "A4", "35"),
    ]  # fmt: skip
    assert _said(desk, waiting, "277") == ["The payer says: Pending: in adjudication. Accepted for processing."]
    assert desk.claim(waiting).status == desk.claim(records).status == "acknowledged"
    (item,) = desk.office.items("claim_status")
    assert desk.claim(records).number in item.title and "Medical notes" in item.title
    with transaction(desk.subject):
        assert Case.objects.get(claim=records).next_action == "records"
        assert not Case.objects.filter(claim=waiting).exists()
    assert desk.claim(lost).status == "rejected"
    (why,) = queries.case(desk.subject, lost, "").rejections
    assert (why.source, why.code, why.field) == ("277", "A4:35", "payer and member number")


def test_a_paid_claim_says_so_before_its_remittance_comes(desk, sandboxed, tmp_path):
    send, cycle = sandboxed
    (claim,) = send("")
    commands.ask_one(desk.subject, claim)
    from chartdesk.exchange.clearinghouse.folder import FolderConnection
    from chartdesk.pms.claims import commands as claims

    # The payer pays, and its 835 is lost on the way.
    claims.send_pending(desk.subject)
    mailbox = FolderConnection(tmp_path, "office")
    from chartdesk.exchange.sandbox.program import Sandbox

    with_payment = Sandbox(tmp_path)
    with_payment.cycle(clock.now(), pay_everything=True)
    for name in [one for one in mailbox.waiting() if "835" in one]:
        mailbox.done(name)
    with_payment.close()
    claims.collect(desk.subject)
    with transaction(desk.subject):
        Inquiry.objects.filter(claim=claim).update(state="unanswered")
    commands.ask_one(desk.subject, claim)
    cycle()
    first = _inquiries(desk, claim)[0]
    assert (first.category, first.paid, bool(first.check_number)) == ("F1", first.paid, True)
    assert first.paid > 0 and "paid with" in first.words
    with transaction(desk.subject):
        case = Case.objects.get(claim=claim)
    assert (case.next_action, (case.due - clock.now().date()).days) == ("call", 10)


def test_old_claims_are_asked_about_by_themselves_and_not_twice(desk, sandboxed):
    send, cycle = sandboxed
    old, _ = send("PEND", "PEND")
    with transaction(desk.subject):
        from chartdesk.pms.claims.models import Claim

        Claim.objects.filter(pk=old).update(submitted_at=clock.now() - timedelta(days=31))
    assert commands.ask_due(desk.subject) == 1
    assert commands.ask_due(desk.subject) == 0
    cycle()
    assert _inquiries(desk, old)[0].state == "answered"
    assert commands.ask_due(desk.subject) == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert commands.ask_due(desk.subject) == 1
    with pytest.raises(Conflict):
        commands.ask_one(desk.subject, old)
    with clock.at(clock.now() + timedelta(days=21)):
        commands.ask_due(desk.subject)
        assert [one.state for one in _inquiries(desk, old)] == ["unanswered", "answered"]


@pytest.mark.parametrize("settings", [{"status_after_days": 0}, {"paper": True}])
def test_a_payer_that_is_not_to_be_asked_is_not(desk, sandboxed, settings):
    send, _ = sandboxed
    (old,) = send("PEND")
    from chartdesk.pms.claims.models import Claim
    from chartdesk.pms.coverage.models import Payer

    with transaction(desk.subject):
        Claim.objects.filter(pk=old).update(submitted_at=clock.now() - timedelta(days=100))
        Payer.objects.filter(practice=desk.subject.practice).update(settings=settings)
    assert commands.ask_due(desk.subject) == 0


def test_a_refused_file_of_questions_is_shown(desk, sandboxed):
    send, _ = sandboxed
    (claim,) = send("PEND")
    file = commands.ask_one(desk.subject, claim)
    with transaction(desk.subject):
        asked = Interchange.objects.get(pk=file)
    from tests.unit.pms.claims.conftest import _envelope

    from chartdesk.standards.x12 import acknowledgement_999 as x999

    answer = x999.Acknowledgement(functional="HR", group_control=asked.group_number, status="R", codes=["1"],
                                  version="005010X212", included=1, received=1)  # fmt: skip
    desk.receive(x999.write(_envelope("FA"), [answer]))
    assert _inquiries(desk, claim)[0].state == "refused"
    assert "with 1 status question was" in desk.office.items("file_unreadable")[0].title


def test_an_answer_that_nobody_asked_for_is_shown(desk, sandboxed):
    send, cycle = sandboxed
    (claim,) = send("PEND")
    commands.ask_one(desk.subject, claim)
    with transaction(desk.subject):
        Inquiry.objects.filter(claim=claim).update(trace="ANOTHER")
    cycle()
    (item,) = desk.office.items("answer_unmatched")
    assert desk.claim(claim).number in item.title
