"""Submitting and sending: one file a batch, numbers used once, and a file that arrives once whatever dies when."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connections as databases

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid, Unavailable
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.claims import commands, connections, queries, sending
from chartdesk.pms.claims.models import ClaimEvent, Interchange
from chartdesk.standards.x12 import claim_837p
from chartdesk.standards.x12.check import check_file


def _files(desk, **narrowed):
    with transaction(desk.subject):
        return list(Interchange.objects.filter(practice=desk.subject.practice, **narrowed).order_by("pk"))


def test_a_batch_is_one_file_that_holds_every_claim(desk):
    numbers = [desk.ready() for _ in range(3)]
    interchange = commands.submit(desk.subject, numbers)
    (file,) = _files(desk, direction="out")
    assert (file.pk, file.status, file.kind) == (interchange, "built", "837P")
    content = bytes(file.content)
    assert check_file(content) == []
    (read,) = claim_837p.read(content)
    assert [one.pcn for one in read.sets[0].claims] == [desk.claim(one).number for one in numbers]
    for one in numbers:
        claim = desk.claim(one)
        assert (claim.status, claim.set_control) == ("submitted", "0001")
        assert claim.submitted_at == clock.now()
        assert charges.superbill(desk.subject, claim.superbill).status == "billed"
        assert desk.story(one) == ["built", "ready", "submitted"]


def test_the_time_from_signature_to_submission_is_said(desk):
    number = desk.sent()
    view = queries.claim(desk.subject, number)
    assert view.lag == view.claim.submitted_at - view.claim.signed_at
    assert any("13 days after the signature" in one.text for one in view.events)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "Less than a minute"), (5, "5 minutes"), (119, "119 minutes"), (180, "3 hours"), (2880, "2 days")],
)
def test_how_a_span_is_said(minutes, words):
    assert sending._span(minutes) == words


def test_only_what_is_ready_is_submitted(desk):
    ready, held = desk.ready(), commands.build(desk.subject, desk.charges(desk.office.patient()))
    commands.submit(desk.subject, [ready, held, 987654321])
    assert (desk.claim(ready).status, desk.claim(held).status) == ("submitted", "built")
    assert commands.submit(desk.subject, [ready, held]) is None
    assert commands.send_ready(desk.subject) is None


def test_numbers_are_never_used_twice(desk):
    for _ in range(4):
        commands.submit(desk.subject, [desk.ready()])
    files = _files(desk, direction="out")
    assert len({file.control_number for file in files}) == len({file.group_number for file in files}) == 4
    assert len({file.name for file in files}) == 4
    for file in files:
        (read,) = claim_837p.read(bytes(file.content))
        assert (read.envelope.control, read.envelope.group_control) == (file.control_number, file.group_number)


def test_two_that_submit_at_once_make_one_file(desk):
    numbers = [desk.ready() for _ in range(2)]
    start, made = threading.Barrier(4), []

    def submit():
        start.wait()
        try:
            made.append(commands.submit(desk.subject, numbers))
        finally:
            databases.close_all()

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made, key=str).count(None) == 3
    assert len(_files(desk, direction="out")) == 1


def test_a_claim_that_cannot_be_written_is_held_and_the_others_go(desk):
    good, bad = desk.ready(), desk.ready()
    with transaction(desk.subject):
        claim = desk.claim(bad)
        claim.content["insured"]["person"]["family"] = "\u674e"
        claim.content["patient"]["family"] = "\u674e"
        claim.save()
    commands.submit(desk.subject, [good, bad])
    assert desk.claim(good).status == "submitted"
    assert desk.claim(bad).status == "held"
    (item,) = desk.office.items("claim_scrub")
    assert desk.claim(bad).number in item.title
    commands.refresh(desk.subject, desk.claim(bad).patient)
    assert desk.office.items("claim_scrub") == []


def test_killed_between_commit_and_send_the_file_goes_with_the_next_round(desk):
    number = desk.ready()
    commands.submit(desk.subject, [number])
    assert desk.out == []
    assert commands.send_pending(desk.subject) == 1
    assert commands.send_pending(desk.subject) == 0
    (file,) = _files(desk, direction="out")
    assert (file.status, len(desk.out)) == ("sent", 1)
    assert desk.out[0].read_bytes() == bytes(file.content)
    assert desk.story(number)[-1] == "sent"


class _Dies:
    """A mailbox whose sender dies right after the file was put there."""

    def __init__(self, mailbox):
        self._mailbox = mailbox

    def send(self, name, content):
        self._mailbox.send(name, content)
        raise Unavailable("The line went dead.")


@pytest.mark.parametrize("taken", [False, True])
def test_killed_between_send_and_note_nothing_is_sent_twice(desk, taken):
    number = desk.ready()
    commands.submit(desk.subject, [number])
    connections.use(lambda practice: _Dies(desk.mailbox))
    with pytest.raises(Unavailable):
        commands.send_pending(desk.subject)
    (file,) = desk.out
    if taken:
        (file.parent / "taken").mkdir()
        file.rename(file.parent / "taken" / file.name)
    connections.use(lambda practice: desk.mailbox)
    assert commands.send_pending(desk.subject) == 1
    assert len(desk.out) == (0 if taken else 1)
    assert [one.status for one in _files(desk)] == ["sent"]
    with transaction(desk.subject):
        assert ClaimEvent.objects.filter(claim=number, kind="sent").count() == 1
    assert desk.office.items("file_unreadable") == []


def test_another_file_under_the_name_is_not_overwritten(desk):
    commands.submit(desk.subject, [desk.ready()])
    (file,) = _files(desk)
    desk.mailbox.send(file.name, b"another")
    assert commands.send_pending(desk.subject) == 0
    assert desk.out[0].read_bytes() == b"another"
    assert [one.status for one in _files(desk)] == ["error"]
    assert len(desk.office.items("file_unreadable")) == 1


def test_senders_at_once_put_the_file_there_once(desk):
    numbers = [desk.ready() for _ in range(3)]
    for one in numbers:
        commands.submit(desk.subject, [one])
    start, sent = threading.Barrier(4), []

    def send():
        start.wait()
        try:
            sent.append(commands.send_pending(desk.subject))
        finally:
            databases.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 3
    assert len(desk.out) == 3
    assert all(desk.story(one).count("sent") == 1 for one in numbers)


def test_without_a_clearinghouse_the_file_waits(desk):
    commands.submit(desk.subject, [desk.ready()])
    before, connections._factory = connections._factory, None
    with pytest.raises(Unavailable, match="No clearinghouse"):
        commands.send_pending(desk.subject)
    connections._factory = before
    assert commands.send_pending(desk.subject) == 1


def test_a_claim_can_be_looked_at_as_it_would_be_written(desk):
    number = desk.ready()
    content = sending.written_claim(desk.subject, number)
    assert check_file(content) == []
    assert desk.claim(number).status == "ready"
    assert _files(desk) == []
    with pytest.raises(Invalid, match="no claim"):
        sending.written_claim(desk.subject, 987654321)


def test_the_settings_of_the_partner_stand_in_the_envelope(desk):
    desk.settings(edi_sender="SND01", edi_receiver="RCV01", edi_receiver_name="OTHER HOUSE", edi_production=True)
    commands.submit(desk.subject, [desk.ready()])
    (read,) = claim_837p.read(bytes(_files(desk)[0].content))
    assert (read.envelope.sender.strip(), read.envelope.receiver.strip(), read.envelope.usage) == (
        "SND01",
        "RCV01",
        "P",
    )
    assert (read.sets[0].submitter.id, read.sets[0].receiver.name) == ("SND01", "OTHER HOUSE")


def test_a_payer_gets_claims_of_several_sets(desk, monkeypatch):
    monkeypatch.setattr(sending, "SET_SIZE", 2)
    numbers = [desk.ready() for _ in range(3)]
    commands.submit(desk.subject, numbers)
    assert [desk.claim(one).set_control for one in numbers] == ["0001", "0001", "0002"]
    (read,) = claim_837p.read(bytes(_files(desk)[0].content))
    assert [len(one.claims) for one in read.sets] == [2, 1]
    assert sum(claim.total for one in read.sets for claim in one.claims) == Decimal("30.00")


def test_a_claim_submitted_twice_keeps_the_first_moment(desk):
    number = desk.sent()
    with pytest.raises(Conflict):
        commands.scrub(desk.subject, number)
