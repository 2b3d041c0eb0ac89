"""Claims whose payer wants more: a document before it pays, an accident's date, who referred and who ordered.

The sandbox payer is a stranger: it reads the PWK and the 275 with its own means, and asks with a 277 of its own.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.test_money_in import PAYER, _evening, practice_and_payer
from tests.money.office import NOW

from chartdesk.exchange.sandbox import directory
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.registration.named import Named

__all__ = ["practice_and_payer"]
PDF = b"%PDF-1.4 ~ * : ^ \x00\xff what was written"
OTHER = Named("Okafor", "Ngozi", "1993999998")


def _charged(office, number, scenario, said=None, document=None):
    """Charges of a member of that scenario, with what was said and kept; the claim is in its file."""
    from chartdesk.kit import clock
    from chartdesk.pms.charges import stating
    from chartdesk.pms.claims import attachments, commands
    from chartdesk.pms.claims import subscriptions as claims
    from chartdesk.pms.coverage import commands as coverage

    claims.connect()
    with clock.at(NOW - timedelta(days=1)):
        patient = office.patient(payers=())
        member = directory.member_id(PAYER, "PPO", number, scenario)
        coverage.add_coverage(office.subject, patient, coverage.Card(PAYER, 1, member))
        bill = office.charge(patient, [("99213", "160"), ("87880", "45")])
        if said is not None:
            stating.state(office.subject, bill, said)
        if document is not None:
            attachments.attach(office.subject, bill, document)
        claim = commands.build(office.subject, bill)
        commands.scrub(office.subject, claim)
        commands.submit(office.subject, [claim])
    return claim, bill


def _status(office, claim):
    from chartdesk.pms.claims import queries

    return queries.claim(office.subject, claim).claim.status


def _files(office):
    from chartdesk.pms.claims import queries

    return {(one.direction, one.kind, one.status) for one in queries.interchanges(office.subject)}


def test_what_the_payer_asks_for_is_sent_and_then_it_pays(practice_and_payer):
    from chartdesk.kit import clock
    from chartdesk.kit.errors import Conflict, Invalid
    from chartdesk.pms.claims import document_requests, queries
    from chartdesk.pms.claims.attachments import Given

    office, sandbox = practice_and_payer
    claim, bill = _charged(office, 1, "DOCUMENTS")
    for day in range(3):
        _evening(office, sandbox, NOW + timedelta(days=day))
    assert _status(office, claim) == "acknowledged"
    (item,) = office.items("document_wanted")
    assert "wants progress note by" in item.title and (item.link_kind, item.link_id) == ("documents", str(bill))
    (request,) = document_requests.of_charges(office.subject, bill)
    assert request.claim.payer_claim_number and request.trace == f"D{request.claim.payer_claim_number}"

    with clock.at(NOW + timedelta(days=4)):
        with pytest.raises(Invalid, match="no PDF"):
            document_requests.answer(office.subject, request.pk, [Given("note.exe", b"MZ\x00")])
        with pytest.raises(Invalid, match="No document is chosen"):
            document_requests.answer(office.subject, request.pk, [])
        document_requests.answer(office.subject, request.pk, [Given("note of 3/2.pdf", PDF, "09")])
        with pytest.raises(Conflict):
            document_requests.answer(office.subject, request.pk, [Given("again.pdf", PDF)])
    assert office.items("document_wanted") == []
    for day in range(5, 8):
        _evening(office, sandbox, NOW + timedelta(days=day))
    assert _status(office, claim) == "paid"
    assert ("out", "275", "accepted") in _files(office) and ("in", "277RFAI", "read") in _files(office)
    kinds = [one.kind for one in queries.claim(office.subject, claim).events]
    assert kinds.index("277RFAI") < kinds.index("275") < kinds.index("835")


def test_what_goes_with_the_claim_is_not_asked_for(practice_and_payer):
    from chartdesk.pms.claims import attachments, queries
    from chartdesk.pms.claims.attachments import Given
    from chartdesk.standards.x12 import attachment_275
    from chartdesk.standards.x12.check import check_file

    office, sandbox = practice_and_payer
    claim, bill = _charged(office, 2, "DOCUMENTS", document=Given("note.pdf", PDF, "09"))
    (kept,) = attachments.of_charges(office.subject, bill)
    said = queries.claim(office.subject, claim).content.attachments
    assert [(one.report, one.transmission, one.control) for one in said] == [("09", "EL", kept.control)]
    file = queries.interchange(office.subject, kept.interchange_id)
    assert check_file(bytes(file.content)) == []
    (whole,) = attachment_275.read(bytes(file.content))
    assert whole.attachments[0].control == kept.control and not whole.answers
    assert whole.attachments[0].documents[0].unwrapped() == (PDF, "application/pdf", "note.pdf")
    for day in range(3):
        _evening(office, sandbox, NOW + timedelta(days=day))
    assert office.items("document_wanted") == [] and _status(office, claim) == "paid"


AUTO = Circumstances(("auto",), date(2026, 2, 27), "OH")


@pytest.mark.parametrize(
    ("word", "said"),
    [("ACCIDENT", AUTO), ("REFERRED", Circumstances(referring=OTHER)), ("ORDERED", Circumstances(ordering=OTHER))],
)
def test_what_the_payer_wants_to_know_decides(practice_and_payer, word, said):
    office, sandbox = practice_and_payer
    without, _ = _charged(office, 3, word)
    told, _ = _charged(office, 4, word, said)
    for day in range(2):
        _evening(office, sandbox, NOW + timedelta(days=day))
    assert _status(office, without) == ("partly_paid" if word == "ORDERED" else "denied")
    assert _status(office, told) == "paid"
