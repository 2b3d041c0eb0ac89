"""Reading claims: lists, counts, numbers, files; what another practice sees of it: nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.money.office import DAY

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands, queries
from chartdesk.record import audit, store
from chartdesk.record.access import people
from chartdesk.record.access.subject import system


def test_the_list_is_narrowed_and_ordered(desk):
    first = desk.ready()
    second = commands.build(desk.subject, desk.charges(desk.office.patient(), on=DAY + timedelta(days=1)))

    def numbers(**narrowed):
        with transaction(desk.subject):
            return [one.pk for one in queries.claims(desk.subject, **narrowed)]

    assert numbers() == [second, first]
    assert numbers(order="service_date") == [first, second]
    assert numbers(order="content") == [second, first]
    assert numbers(status="ready") == [first]
    assert numbers(payer_id="SECO2") == []
    assert numbers(patient_id=desk.claim(second).patient) == [second]
    assert numbers(since=DAY + timedelta(days=1)) == [second]
    assert numbers(until=DAY) == [first]
    with transaction(desk.subject):
        rows = list(queries.claims(desk.subject))
    listed = queries.listed(desk.subject, rows)
    assert all("Payne" in one.patient_name for one in listed)


def test_counts_by_status_come_in_the_order_of_a_claims_life(desk):
    sent = desk.sent()
    built = commands.build(desk.subject, desk.charges(desk.office.patient()))
    found = queries.by_status(desk.subject)
    assert [(one.status, one.count) for one in found] == [("built", 1), ("submitted", 1)]
    assert found[0].total == desk.claim(built).total
    assert found[1].total == desk.claim(sent).total


def test_a_claim_is_found_by_its_number_or_the_payers(desk):
    number = desk.taken_in()
    claim = desk.claim(number)
    for text in (claim.number, claim.number.lower()[:5], "ICN1", " icn "):
        assert number in [one.pk for one in queries.by_number(desk.subject, text)]
    for text in ("", "C0", "\x00\x00\x00", "nobody"):
        assert queries.by_number(desk.subject, text) == []


def test_reading_a_claim_is_noted(desk):
    number = desk.ready()
    patient = desk.claim(number).patient
    queries.claim(desk.subject, number)
    trail = audit.trail(desk.subject, patient, 50)
    assert ("R", "claim") in {(one.action, one.what) for one in trail}


def test_files_are_listed_without_and_read_with_their_content(desk):
    number = desk.sent()
    desk.receive(desk.x999(number, "A"))
    assert [one.kind for one in queries.interchanges(desk.subject)] == ["999", "837P"]
    file = queries.interchanges(desk.subject)[1]
    assert bytes(queries.interchange(desk.subject, file.pk).content).startswith(b"ISA")
    with pytest.raises(NotFound):
        queries.interchange(desk.subject, 987654321)


def test_the_claim_stands_in_the_record_as_it_goes(desk):
    number = desk.ready()
    resource = f"claim-{number}"
    assert store.get(desk.subject, "Claim", resource).resource.status == "draft"
    commands.submit(desk.subject, [number])
    shown = store.get(desk.subject, "Claim", resource).resource
    assert (shown.status, shown.use) == ("active", "claim")
    assert shown.total.value == desk.claim(number).total
    desk.receive(desk.report((desk.claim(number).number, False)))
    commands.close(desk.subject, number, "Enough")
    assert store.get(desk.subject, "Claim", resource).resource.status == "cancelled"


def test_another_practice_sees_and_touches_nothing(desk):
    number = desk.sent()
    file = queries.interchanges(desk.subject)[0]
    other = system(people.open_practice(f"other-{desk.subject.practice}", "Other").pk, "test")
    with transaction(other):
        assert list(queries.claims(other)) == []
    assert queries.interchanges(other) == []
    assert queries.by_number(other, desk.claim(number).number) == []
    assert queries.by_status(other) == []
    for refused in (
        lambda: queries.claim(other, number),
        lambda: queries.interchange(other, file.pk),
        lambda: commands.scrub(other, number),
        lambda: commands.resubmit(other, number),
        lambda: commands.close(other, number, "Mine"),
        lambda: commands.note_outcome(other, number, "paid", "Mine"),
        lambda: commands.build(other, desk.claim(number).superbill),
        lambda: commands.read_again(other, file.pk),
    ):
        with pytest.raises(NotFound):
            refused()
    assert commands.submit(other, [number]) is None
    commands.receive(other, "answer.x12", desk.report((desk.claim(number).number, False)))
    assert desk.claim(number).status == "submitted"


def test_two_practices_may_get_the_same_file(desk):
    content = desk.x999(desk.sent(), "A")
    other = system(people.open_practice(f"second-{desk.subject.practice}", "Second").pk, "test")
    assert desk.receive(content).pk != commands.receive(other, "a.x12", content).pk


def test_claims_of_a_patient_newest_first(desk):
    patient = desk.office.patient()
    days = [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 3)]
    for day in days:
        commands.build(desk.subject, desk.charges(patient, on=day))
    assert [one.service_date for one in queries.of_patient(desk.subject, patient)] == sorted(days, reverse=True)
