"""What people do with messages."""

from __future__ import annotations

import pytest
from tests.unit.exchange.engine.conftest import adt, names, out_to
from tests.unit.exchange.engine.test_accepting import accept
from tests.unit.exchange.engine.test_routing import work


def test_a_message_is_mended_and_sent_again(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction
    from chartdesk.standards.hl7v2 import Unreadable

    (one,) = accept(opened(), adt("bad1"))
    work(subject)
    with pytest.raises(Unreadable):
        commands.resend(subject, one.message_id, b"no message")
    made = commands.resend(subject, one.message_id, adt("good1", "300^MRB"))
    work(subject)
    assert names(subject, "p300") == ["good1"]
    before, after = read(one.message_id), read(made)
    assert (before.row.status, before.why) == ("closed", f"Sent again edited as message {made}.")
    assert (after.row.status, after.row.replay_of, after.row.patient_key) == ("applied", one.message_id, "300^MRB")
    with transaction(subject):
        assert not worklist.items(subject, kinds=["interface_messages"]).exists()


def test_what_is_sent_again_comes_after_everything_before(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands

    first, _ = accept(opened(), adt("M1"), adt("M2"))
    work(subject)
    again = commands.resend(subject, first.message_id)
    work(subject)
    assert names(subject, "p100") == ["M1", "M2", "M1"] and read(first.message_id).replays == [again]
    assert read(first.message_id).row.status == "applied"


def test_a_range_is_replayed_in_order(subject, opened, taker, monkeypatch):
    from chartdesk.exchange.engine import commands

    monkeypatch.setattr(commands, "PART", 4)
    found = accept(opened(), *[adt(f"M{place}", f"{place % 2}^MRB") for place in range(10)], b"no message")
    work(subject)
    assert commands.replay(subject, "adt", found[2].message_id, found[-1].message_id) == 8
    work(subject)
    assert names(subject, "p0") == ["M0", "M2", "M4", "M6", "M8", "M2", "M4", "M6", "M8"]
    assert commands.replay(subject, "adt", found[0].message_id, 2**60) == 10


def test_a_closed_message_lets_its_patient_go_on(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands

    held, behind = accept(opened(), adt("hold1"), adt("M2"))
    work(subject)
    assert commands.close(subject, [held.message_id], "Not our patient.") == 1
    work(subject)
    assert names(subject, "p100") == ["M2"]
    assert (read(held.message_id).row.status, read(held.message_id).why) == ("closed", "Not our patient.")
    assert commands.close(subject, [held.message_id, behind.message_id], "Again.") == 0


def test_what_is_under_way_is_not_sent_again(subject, opened, taker):
    from chartdesk.exchange.engine import commands
    from chartdesk.kit.errors import Conflict, NotFound

    (one,) = accept(opened(), adt("M1"))
    with pytest.raises(Conflict):
        commands.resend(subject, one.message_id)
    with pytest.raises(NotFound):
        commands.resend(subject, 2**60)


def test_only_who_connects_programs_may(subject, opened, taker):
    from dataclasses import replace

    from chartdesk.exchange.engine import commands, queries
    from chartdesk.kit.errors import Forbidden
    from chartdesk.record.access.subject import Role

    (one,) = accept(opened(), adt("M1"))
    desk = replace(subject, roles=frozenset({Role.FRONT_DESK}))
    for call in (
        lambda: queries.message(desk, one.message_id), lambda: queries.search(desk, queries.Wanted()),
        lambda: queries.every_channel(desk), lambda: commands.resend(desk, one.message_id),
        lambda: commands.pause(desk, "adt"), lambda: commands.close(desk, [one.message_id], "x"),
        lambda: commands.replay(desk, "adt", 1, 2), lambda: commands.deliver_again(desk, [1]),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            call()


def test_reading_a_message_leaves_a_note(subject, opened, taker, read):
    from chartdesk.record import audit

    (one,) = accept(opened(), adt("M1"))
    work(subject)
    read(one.message_id)
    assert any(row.what == "InterfaceMessage" and row.action == "R" for row in audit.trail(subject, "p100"))


def test_messages_of_a_merged_patient_are_found_with_the_one_that_stays(subject, opened, taker):
    from chartdesk.exchange.engine import queries
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.merging import rows

    accept(opened(), adt("M1", "1^MRB"), adt("M2", "2^MRB"))
    work(subject)
    with transaction(subject):
        rows.move(subject, "p1", "p2")
    found = queries.search(subject, queries.Wanted(patient="Patient/p2"))
    assert [one.control_id for one in found.rows] == ["M2", "M1"]


def test_channels_are_written_in_versions_and_faults_are_told_together(subject, opened, taker, partner, read):
    from chartdesk.exchange.engine import channels, commands, queries
    from chartdesk.kit.errors import Conflict, Invalid, Stale

    channel = opened()
    (one,) = accept(channel, adt("M1"))
    document = channels.document({**channel.document, "title": "Admissions"})
    assert commands.save(subject, document, version=1).version == 2
    with pytest.raises(Stale):
        commands.save(subject, channels.document({**channel.document, "title": "Other"}), version=1)
    assert read(one.message_id).document.title == "" and queries.channel(subject, "adt").document.title == "Admissions"
    assert [version.version for version in queries.versions(subject, "adt", most=5)] == [2, 1]
    with pytest.raises(Invalid) as fault:
        opened("wrong", direction="in", character_set="KLINGON", filter={"conditions": [{"place": "PID"}]},
               destinations=[out_to("a"), out_to("a")], source={"type": "internal"})  # fmt: skip
    assert len(fault.value.issues) == 5
    with pytest.raises(Invalid):
        channels.document({"name": "Not A Name"})
    with pytest.raises(Conflict):
        commands.remove(subject, "adt")
    opened("unused")
    commands.remove(subject, "unused")
    assert [view.name for view in queries.every_channel(subject)] == ["adt"]
