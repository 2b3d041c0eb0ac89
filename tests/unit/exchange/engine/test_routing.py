"""Taken once, in the order of each patient, whatever one message meets."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from tests.unit.exchange.engine.conftest import RECORD, adt, names, out_to, tasks
from tests.unit.exchange.engine.test_accepting import accept

from chartdesk.exchange.engine import steering, watching
from chartdesk.exchange.engine.models import Channel
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import transaction


def work(subject) -> int:
    from chartdesk.exchange.engine import routing

    return routing.work_all(subject.practice)


def later(seconds: float):
    from chartdesk.kit import clock

    return clock.at(clock.now() + timedelta(seconds=seconds))


def test_messages_are_applied_in_the_order_of_each_patient(subject, opened, taker, read):
    channel = opened()
    found = accept(channel, *[adt(f"M{place}", f"{place % 5}^MRB") for place in range(60)])
    assert work(subject) == 60
    for patient in range(5):
        assert names(subject, f"p{patient}") == [f"M{place}" for place in range(patient, 60, 5)]
    view = read(found[7].message_id)
    assert (view.row.status, view.patients) == ("applied", ["p2"])
    assert [(one.reference, one.version, one.what) for one in view.effects] == [("Patient/p2", 2, "updated")]
    assert len(taker.lots) == 12 and work(subject) == 0


def test_what_spoils_a_lot_spoils_no_other(subject, opened, taker, read):
    found = accept(opened(), *[adt(f"{'bad' if place == 11 else 'M'}{place}", f"{place}^MRB") for place in range(30)])
    work(subject)
    stands = [read(one.message_id).row.status for one in found]
    assert stands.count("applied") == 29 and stands[11] == "error"
    assert read(found[11].message_id).why == "PID-7: The day of birth is none."


def test_behind_an_error_the_patient_goes_on(subject, opened, taker):
    accept(opened(), adt("bad1"), adt("M2"))
    work(subject)
    assert names(subject, "p100") == ["M2"]


def test_behind_a_held_message_the_patient_waits_and_others_do_not(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    held, behind, other = accept(opened(), adt("hold1"), adt("M2"), adt("M3", "200^MRB"))
    work(subject)
    assert [read(one.message_id).row.status for one in (held, behind, other)] == ["held", "received", "applied"]
    assert f"behind message {held.message_id} of the same patient, which is held" in read(behind.message_id).why
    with transaction(subject):
        assert worklist.items(subject, kinds=["interface_messages"]).get().detail == "The clinician 77 is not known."
    taker.holding = False
    assert commands.release(subject, [held.message_id, other.message_id]) == 1
    work(subject)
    assert names(subject, "p100") == ["hold1", "M2"]
    with transaction(subject):
        assert not worklist.items(subject, kinds=["interface_messages"]).exists()


def test_a_channel_may_let_others_pass_a_held_message(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands

    held, _ = accept(opened(behind_held="pass"), adt("hold1"), adt("M2"))
    work(subject)
    taker.holding = False
    commands.release(subject, [held.message_id])
    work(subject)
    assert names(subject, "p100") == ["M2", "hold1"]


def test_a_merge_has_its_place_among_the_messages_of_both(subject, opened, taker):
    accept(
        opened(), adt("A1", "1^MRB"), adt("hold2", "2^MRB"), adt("MERGE", "1^MRB", kind="ADT^A40", merged="2^MRB"),
        adt("A3", "1^MRB"), adt("B3", "2^MRB"), adt("C1", "3^MRB"),
    )  # fmt: skip
    work(subject)
    assert [control for lot in taker.lots for control in lot] == ["A1", "hold2", "C1"]


def test_a_fault_of_ours_is_tried_again_and_then_an_error(subject, opened, taker, read):
    broken, behind = accept(opened(), adt("broken1"), adt("M2"))
    work(subject)
    assert read(broken.message_id).row.status == "received" and "tried again" in read(broken.message_id).why
    assert read(behind.message_id).row.status == "received"
    for hours in range(1, 6):
        with later(hours * 3600):
            work(subject)
    assert read(broken.message_id).row.status == "error"
    assert names(subject, "p100") == ["M2"]


def test_a_message_whose_round_cannot_end_is_an_error_that_somebody_is_told_of(subject, opened, taker, read):
    opened("nowhere", direction="out", destinations=[out_to("pms")])
    (one,) = accept(opened(answers_to="nowhere"), adt("M1", header="|||AL|AL"))
    with transaction(subject):  # as one that an older release took out
        Channel.objects.filter(name="nowhere").delete()
    for hours in range(6):
        with later(hours * 3600):
            work(subject)
    view = read(one.message_id)
    assert view.row.status == "error" and "There is no channel nowhere." in view.why
    assert tasks(subject) == [("adt/error", view.why, "adt")]


def test_a_channel_answers_by_one_that_is_there_and_sends(subject, opened):
    with pytest.raises(Invalid) as fault:
        opened(answers_to="nowhere")
    assert list(fault.value.issues) == [
        "answers_to: there is no channel nowhere. Make it first, with direction out, or leave it empty."
    ]
    opened("other")
    with pytest.raises(Invalid, match="cannot work") as fault:
        opened(answers_to="other")
    assert "answers_to: other takes messages, it sends none." in fault.value.issues[0]
    opened("answers", direction="out", destinations=[out_to("pms")])
    opened(answers_to="answers")
    with pytest.raises(Invalid) as fault:
        opened("answers")
    assert list(fault.value.issues) == ["direction: adt answers by this channel."]
    with pytest.raises(Conflict, match="adt answers by answers"):
        steering.remove(subject, "answers")
    opened()
    steering.remove(subject, "answers")


def test_an_answering_channel_that_is_gone_is_told_of_until_another_is_named(subject, opened):
    opened("answers", direction="out", destinations=[out_to("pms")])
    opened(answers_to="answers")
    watching.watch(subject.practice)
    assert tasks(subject, "interface_alert") == []
    with transaction(subject):
        Channel.objects.filter(name="answers").delete()
    watching.watch(subject.practice)
    [(key, detail, link)] = tasks(subject, "interface_alert")
    assert (key, link) == ("adt/answers", "adt") and detail.startswith("answers_to: there is no channel answers.")
    opened()
    watching.watch(subject.practice)
    assert tasks(subject, "interface_alert") == []


def test_a_fault_of_ours_that_passes_loses_no_order(subject, opened, taker):
    accept(opened(), adt("broken1"), adt("M2"))
    work(subject)
    taker.breaking = False
    with later(5):
        work(subject)
    assert names(subject, "p100") == ["broken1", "M2"]


def test_a_paused_channel_stores_and_waits(subject, opened, taker, read):
    from chartdesk.exchange.engine import commands

    channel = opened()
    commands.pause(subject, "adt")
    (one,) = accept(channel, adt("M1"))
    assert work(subject) == 0 and read(one.message_id).why == "The channel adt is paused."
    commands.resume(subject, "adt")
    assert work(subject) == 1 and read(one.message_id).row.status == "applied"


def test_filters_and_mappings(subject, opened, taker, partner, read, registries):
    from chartdesk.exchange.engine import mappers, transports
    from chartdesk.kit.errors import Invalid
    from chartdesk.standards.hl7v2 import Message

    class Mapper:
        def check(self, mapping):
            return ["its own test 1 fails."] if mapping.get("fails") else []

        def compiled(self, mapping):
            def convert(message):
                if message.get("PID-5.1") == mapping.get("refuses"):
                    raise Invalid("The name is not mapped.", where="PID-5")
                copy = Message(message.raw)
                copy.set("MSH-5", mapping["to"])
                return mappers.Mapped(bytes(copy), transports.HL7)

            return convert

    mappers.use(Mapper())
    channel = opened(
        filter={"conditions": [{"place": "PID-8", "test": "is", "values": ["F"]}]},
        mapping={"to": "ALL"},
        destinations=[
            {**RECORD, "filter": {"kinds": ["ADT^A08"]}},
            out_to("lab", mapping={"to": "LAB", "refuses": "ODD"}),
            out_to("archive", filter={"kinds": ["ADT^A04"]}),
        ],
    )
    odd = adt("M3").replace(b"MOSS^", b"ODD^")
    found = accept(channel, adt("M1"), adt("M2").replace(b"|F\r", b"|M\r"), odd, adt("M4", kind="ADT^A04"))
    work(subject)
    views = [read(one.message_id) for one in found]
    assert [one.row.status for one in views] == ["queued", "filtered", "dead", "queued"]
    assert views[1].why == "PID-8 does not meet: is F"
    assert "lab: PID-5: The name is not mapped." in views[2].why
    assert [delivery.destination for delivery in views[3].deliveries] == ["lab", "archive"]
    assert b"|ALL|" in views[0].mapped and b"|LAB|" in views[0].deliveries[0].content
    assert names(subject, "p100") == ["M1", "M3"]
    with pytest.raises(Invalid) as fault:
        opened("failing", mapping={"fails": True})
    assert "mapping: its own test 1 fails." in fault.value.issues


def test_application_answers_go_out_by_their_channel(subject, opened, taker, partner, read):
    from chartdesk.exchange.engine import delivery

    opened("answers", direction="out", destinations=[out_to("pms")])
    accept(opened(answers_to="answers"), adt("E1", header="|||AL|AL"), adt("bad2", header="|||AL|AL"), adt("E3"))
    work(subject)
    delivery.deliver_all(subject.practice)
    said = sorted(raw.split(b"MSA|")[1].split(b"\r")[0] for raw in partner.contents)
    assert said == [b"AA|E1", b"AE|bad2"]


def test_two_workers_at_once_keep_the_order(subject, opened, taker):
    from django.db import connection

    from chartdesk.exchange.engine import routing

    channel = opened()
    done = threading.Event()

    def run() -> None:
        try:
            while not done.is_set():
                routing.work(subject.practice)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for one in threads:
        one.start()
    for lot in range(12):
        accept(channel, *[adt(f"L{lot:02}-{place}", f"{place % 4}^MRB") for place in range(10)])
    for _ in range(600):
        if sum(len(names(subject, f"p{patient}")) for patient in range(4)) == 120:
            break
        done.wait(0.05)
    done.set()
    for one in threads:
        one.join()
    for patient in range(4):
        mine = [f"L{lot:02}-{place}" for lot in range(12) for place in range(10) if place % 4 == patient]
        assert names(subject, f"p{patient}") == mine


def test_a_channel_that_cannot_be_worked_keeps_no_other_waiting(subject, opened, taker, read):
    from chartdesk.exchange.engine import channels
    from chartdesk.exchange.engine.models import ChannelVersion
    from chartdesk.kit.transactions import transaction

    broken, whole = opened("broken"), opened("whole")
    [lost] = accept(broken, adt("M1", "1^MRB"))
    [fine] = accept(whole, adt("M2", "2^MRB"))
    with transaction(subject):
        ChannelVersion.objects.filter(channel=broken).delete()
    channels.forget()
    assert work_but_for_faults(subject) >= 1
    assert names(subject, "p2") == ["M2"] and read(fine.message_id).row.status == "applied"
    with transaction(subject):
        ChannelVersion.objects.create(
            practice=subject.practice, channel=broken, version=broken.version, document=broken.document,
            changed=broken.changed, changed_by=broken.changed_by,
        )  # fmt: skip
    assert work(subject) == 1 and read(lost.message_id).row.status == "applied"


def work_but_for_faults(subject) -> int:
    """One round: what cannot be worked is raised only where nothing else was done."""
    from chartdesk.exchange.engine import routing

    return routing.work(subject.practice)
