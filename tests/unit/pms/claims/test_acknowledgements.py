"""What the clearinghouse answers: matched, put in words on the time line, kept byte for byte, read once."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import acknowledgements, commands, queries
from chartdesk.pms.claims.models import ClaimEvent, Interchange
from chartdesk.standards.x12.envelope import isa


def _words(desk, number, kind):
    return [one.text for one in queries.claim(desk.subject, number).events if one.kind == kind]


def test_an_accepting_999_moves_the_claim_on(desk):
    number = desk.sent()
    file = desk.receive(desk.x999(number, "A"))
    claim = desk.claim(number)
    assert (claim.status, claim.interchange.status) == ("accepted", "accepted")
    assert (file.status, file.kind, file.direction) == ("read", "999", "in")
    assert _words(desk, number, "999") == ["The file was accepted (999)."]
    assert file in queries.claim(desk.subject, number).files


def test_a_rejecting_999_says_where(desk):
    number = desk.sent()
    desk.receive(desk.x999(number, "R"))
    claim = desk.claim(number)
    assert (claim.status, claim.interchange.status) == ("rejected", "rejected")
    (words,) = _words(desk, number, "rejected")
    assert "segment 22, CLM" in words and claim.number in words and "7Q" in words
    (item,) = desk.office.items("claim_rejected")
    assert (item.link_kind, item.link_id) == ("claim", str(number))
    assert words in item.title


def test_a_999_of_an_unknown_group_is_shown_to_a_person(desk):
    number = desk.sent()
    file = desk.receive(desk.x999(number, "A", group=777))
    assert (file.status, desk.claim(number).status) == ("read", "submitted")
    (item,) = desk.office.items("answer_unmatched")
    assert "777" in item.title and item.link_id == str(file.pk)


def test_an_accepting_ta1_changes_nothing(desk):
    number = desk.sent()
    assert desk.receive(desk.ta1(number, "A", "000")).kind == "TA1"
    assert desk.claim(number).status == "submitted"


def test_a_rejecting_ta1_rejects_every_claim_of_the_file(desk):
    number = desk.sent()
    desk.receive(desk.ta1(number, "R", "006"))
    claim = desk.claim(number)
    assert (claim.status, claim.interchange.status) == ("rejected", "rejected")
    assert "The sender is not known" in _words(desk, number, "rejected")[0]
    assert len(desk.office.items("claim_rejected")) == 1


def test_a_ta1_about_a_file_that_came_twice_rejects_nothing(desk):
    number = desk.sent()
    desk.receive(desk.x999(number, "A"))
    desk.receive(desk.ta1(number, "R", "025"))
    assert desk.claim(number).status == "accepted"
    assert _words(desk, number, "TA1") == ["The clearinghouse got this file twice."]


def test_a_277ca_that_takes_the_claim_in(desk):
    number = desk.sent()
    desk.receive(desk.x999(number, "A"))
    desk.receive(desk.report((desk.claim(number).number, True)))
    claim = desk.claim(number)
    assert (claim.status, claim.payer_claim_number) == ("acknowledged", "ICN1")
    (words,) = _words(desk, number, "277CA")
    assert words.startswith("Taken in by the payer, not paid yet:") and "ICN1" in words


def test_a_277ca_that_rejects_says_why(desk):
    number = desk.sent()
    desk.receive(desk.report((desk.claim(number).number, False)))
    assert desk.claim(number).status == "rejected"
    assert "BILLING NPI NOT ON FILE" in _words(desk, number, "rejected")[0]
    assert len(desk.office.items("claim_rejected")) == 1


def test_a_claim_taken_in_after_all_leaves_the_list(desk):
    number = desk.sent()
    desk.receive(desk.report((desk.claim(number).number, False)))
    desk.receive(desk.report((desk.claim(number).number, True)))
    assert desk.claim(number).status == "acknowledged"
    assert desk.office.items("claim_rejected") == []


@pytest.mark.parametrize("good", [True, False])
def test_a_late_277ca_does_not_undo_a_decision(desk, good):
    number = desk.sent()
    commands.note_outcome(desk.subject, number, "paid", "Paid.")
    desk.receive(desk.report((desk.claim(number).number, good)))
    assert desk.claim(number).status == "paid"
    assert "A late 277CA" in _words(desk, number, "277CA")[0]


def test_a_277ca_of_an_unknown_claim_and_one_of_ours(desk):
    number = desk.sent()
    desk.receive(desk.report(("NOBODY", True), (desk.claim(number).number, True)))
    assert desk.claim(number).status == "acknowledged"
    (item,) = desk.office.items("answer_unmatched")
    assert "NOBODY" in item.title


def test_the_same_file_again_does_nothing(desk):
    number = desk.sent()
    content = desk.x999(number, "A")
    first, second = desk.receive(content, "a.x12"), desk.receive(content, "b.x12")
    assert first.pk == second.pk
    assert desk.story(number).count("999") == 1


def _broken(desk, number):
    whole = desk.x999(number, "A")
    unknown = whole.replace(b"ST*999", b"ST*864")
    return {
        "truncated": whole[: whole.index(b"AK2")],
        "without its end": whole[: whole.rindex(b"IEA")],
        "garbage": b"\x00\xff this is no X12 \xf0\x9f",
        "empty": b"",
        "an unknown set": unknown,
        "nothing inside": isa_only(),
    }


def isa_only():
    from tests.unit.pms.claims.conftest import _envelope

    return f"{isa(_envelope())}IEA*0*000000001~".encode()


@pytest.mark.parametrize(
    "what", ["truncated", "without its end", "garbage", "empty", "an unknown set", "nothing inside"]
)
def test_what_cannot_be_read_is_kept_and_shown(desk, what):
    number = desk.sent()
    content = _broken(desk, number)[what]
    file = desk.receive(content, "answer.x12")
    assert (file.status, desk.claim(number).status) == ("error", "submitted")
    assert bytes(queries.interchange(desk.subject, file.pk).content) == content
    (item,) = desk.office.items("file_unreadable")
    assert "answer.x12 cannot be read" in item.title
    assert (item.link_kind, item.link_id, bool(item.cure)) == ("interchange", str(file.pk), True)


def test_a_file_is_read_again_once_its_cause_is_mended(desk):
    number = desk.sent()
    content = desk.x999(number, "A").replace(b"ST*999", b"ST*864")
    heard = []
    file = desk.receive(content)
    assert file.status == "error"
    acknowledgements.register("864", lambda subject, one: heard.append(one.pk))
    try:
        again = commands.read_again(desk.subject, file.pk)
    finally:
        acknowledgements._handlers.pop("864")
    assert (again.status, heard) == ("read", [file.pk])
    assert desk.office.items("file_unreadable") == []
    assert commands.read_again(desk.subject, file.pk).status == "read"
    with pytest.raises(NotFound):
        commands.read_again(desk.subject, 987654321)


def test_a_defect_of_a_reader_loses_nothing(desk):
    number = desk.sent()

    def fails(subject, file):
        ClaimEvent.objects.filter(claim=number).delete()
        raise ZeroDivisionError

    acknowledgements.register("864", fails)
    try:
        file = desk.receive(desk.x999(number, "A").replace(b"ST*999", b"ST*864"))
    finally:
        acknowledgements._handlers.pop("864")
    assert (file.status, desk.story(number)[-1]) == ("error", "sent")
    assert "ZeroDivisionError" in desk.office.items("file_unreadable")[0].title


def test_the_mailbox_is_emptied_in_order_and_nothing_is_lost(desk):
    number = desk.sent()
    back = desk.folder / "from_clearinghouse"
    contents = {"1-999.x12": desk.x999(number, "A"), "2-277CA.x12": desk.report((desk.claim(number).number, True)),
                "3-junk.x12": b"junk"}  # fmt: skip
    for name, content in contents.items():
        (back / name).write_bytes(content)
    assert commands.collect(desk.subject) == 3
    assert list(back.iterdir()) == []
    assert desk.claim(number).status == "acknowledged"
    with transaction(desk.subject):
        kept = Interchange.objects.filter(practice=desk.subject.practice, direction="in")
        assert {one.name: bytes(one.content) for one in kept} == contents
    assert {one.name for one in (desk.folder / "archive").iterdir()} == set(contents)


def test_a_file_that_was_stored_but_not_read_is_read_when_it_is_met_again(desk):
    number = desk.sent()
    content = desk.x999(number, "A")
    acknowledgements._stored(desk.subject, "killed.x12", content)
    (desk.folder / "from_clearinghouse" / "killed.x12").write_bytes(content)
    assert commands.collect(desk.subject) == 1
    assert desk.claim(number).status == "accepted"


# ---------------------------------------------------------------------------------------- correcting


@pytest.mark.parametrize(("correct", "frequency", "word"), [("replace", "7", "replacement"), ("void", "8", "void")])
def test_a_decided_claim_is_corrected(desk, correct, frequency, word):
    number = desk.taken_in()
    commands.note_outcome(desk.subject, number, "denied", "Denied.", payer_claim_number="ICN2")
    new = getattr(commands, correct)(desk.subject, number)
    old, made = queries.claim(desk.subject, number), queries.claim(desk.subject, new)
    assert (old.claim.status, old.replaced_by.pk) == ("closed", new)
    assert f"A {word} was built: claim {made.claim.number}." in [one.text for one in old.events]
    assert (made.claim.frequency, made.claim.payer_claim_number, made.claim.status) == (frequency, "ICN2", "ready")
    assert made.content.payer_claim_number == "ICN2"
    assert made.claim.total == old.claim.total
    assert {one.control_number for one in made.lines}.isdisjoint({one.control_number for one in old.lines})
    assert commands.submit(desk.subject, [new])


def test_only_what_the_payer_has_is_corrected(desk):
    number = desk.ready()
    for correct in (commands.replace, commands.void):
        with pytest.raises(Conflict, match="Only a claim the payer has"):
            correct(desk.subject, number)
    with pytest.raises(Conflict, match="Only a rejected claim"):
        commands.resubmit(desk.subject, number)
    commands.submit(desk.subject, [number])
    commands.note_outcome(desk.subject, number, "paid", "Paid.")
    with pytest.raises(Conflict, match="number of claim"):
        commands.replace(desk.subject, number)


@pytest.mark.parametrize(("correct", "frequency"), [("replace", "7"), ("void", "8")])
def test_a_rejected_correction_is_followed_by_a_correction(desk, correct, frequency):
    first = desk.taken_in()
    second = getattr(commands, correct)(desk.subject, first)
    commands.submit(desk.subject, [second])
    desk.receive(desk.report((desk.claim(second).number, False)))
    third = commands.resubmit(desk.subject, second)
    claim = desk.claim(third)
    assert (claim.frequency, claim.payer_claim_number, claim.replaces_id, claim.status) == (
        frequency, "ICN1", first, "ready",
    )  # fmt: skip


def test_a_void_says_what_was_sent_even_when_the_rows_change(desk):
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.coverage import queries as coverages

    number = desk.taken_in()
    void = commands.void(desk.subject, number)
    patient = desk.claim(number).patient
    (policy,) = coverages.coverages(desk.subject, patient)
    coverage.amend_coverage(
        desk.subject, policy.coverage_id, coverage.Card("ACME1", 1, "CHANGED1"), version=policy.version
    )
    commands.refresh(desk.subject, patient)
    content = queries.claim(desk.subject, void).content
    assert content.insured == queries.claim(desk.subject, number).content.insured
    assert (content.frequency, desk.claim(void).status) == ("8", "ready")


def test_closing_ends_the_work_and_is_refused_while_the_payer_has_it(desk):
    number = desk.sent()
    with pytest.raises(Conflict, match="with the payer"):
        commands.close(desk.subject, number, "Enough")
    desk.receive(desk.report((desk.claim(number).number, False)))
    commands.close(desk.subject, number, "Enough")
    assert desk.claim(number).status == "closed"
    assert desk.office.items("claim_rejected") == []
    commands.note_outcome(desk.subject, number, "paid", "Paid after all.")
    assert desk.claim(number).status == "closed"
    with pytest.raises(NotFound):
        commands.close(desk.subject, 987654321, "Nothing")
