"""Why the patient came, said anew after the claim was built or sent."""

from __future__ import annotations

from datetime import date

from chartdesk.kit import outbox
from chartdesk.pms.charges import stating
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.claims import commands, queries, sending, subscriptions

AUTO = Circumstances(("auto",), date(2026, 2, 27), "OH")


def said(desk, claim, what):
    subscriptions.connect()
    stating.state(desk.subject, desk.claim(claim).superbill, what)
    outbox.deliver_all(desk.subject.practice)


def test_an_unsent_claim_says_it_too(desk):
    from chartdesk.record.access.models import Practice

    Practice.objects.filter(pk=desk.subject.practice).update(settings={"auto_submit": False})
    claim = desk.ready()
    said(desk, claim, AUTO)
    assert queries.claim(desk.subject, claim).content.circumstances == AUTO
    assert b"AA:::OH" in sending.written_claim(desk.subject, claim)
    said(desk, claim, Circumstances(("employment",), date(2026, 2, 27)))
    assert [one["rule"] for one in desk.claim(claim).findings] == ["work_accident"]
    (item,) = desk.office.items("claim_scrub")
    assert (item.link_kind, "employer's insurer" in item.title) == ("circumstances", True)
    said(desk, claim, Circumstances(("none",)))
    assert desk.claim(claim).status == "ready" and desk.office.items("claim_scrub") == []


def test_a_sent_claim_is_to_be_replaced_and_only_where_it_says_otherwise(desk):
    claim = desk.sent()
    said(desk, claim, Circumstances())
    assert desk.office.items("claim_outdated") == []
    said(desk, claim, AUTO)
    (item,) = desk.office.items("claim_outdated")
    assert "other circumstances" in item.title and "replacement" in item.cure
    commands.note_outcome(desk.subject, claim, "paid", "Paid.", payer_claim_number="ICN1")
    again = commands.replace(desk.subject, claim)
    assert queries.claim(desk.subject, again).content.circumstances == AUTO
    assert desk.office.items("claim_outdated") == []
