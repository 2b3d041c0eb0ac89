"""The browser finds by everything it offers, newest first, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.exchange.engine.conftest import RECORD, adt, out_to
from tests.unit.exchange.engine.test_accepting import accept
from tests.unit.exchange.engine.test_routing import work

START = datetime(2026, 3, 1, tzinfo=UTC)


def several(subject, channel, messages):
    """A receiver that finds every message's patient, and has no record to write to."""
    from chartdesk.exchange.engine.receivers import Outcome
    from chartdesk.kit.errors import Invalid

    if any(one.message.control_id.startswith("bad") for one in messages):
        raise Invalid("The day of birth is none.", where="PID-7")
    return [
        Outcome("held", reason="Not known.")
        if one.message.control_id.startswith("hold")
        else Outcome("applied", patient=f"p{one.message.get('PID-3.1')}")
        for one in messages
    ]


@pytest.fixture(scope="module")
def full(database):
    """A thousand messages of two channels, an hour apart, most of them in blocks."""
    from chartdesk.exchange.engine import channels, commands, receivers, words
    from chartdesk.kit import clock
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice("searching", "Searching").pk, "test")
    before = dict(receivers._receivers)
    channels.forget()
    receivers.register(["ADT^*"], several)

    def opened(name, **more):
        content = {"name": name, "source": {"type": "folder", "path": "/in"}, "destinations": [RECORD], **more}
        return commands.save(subject, channels.document(content))

    adts = opened("adt")
    other = opened("other", destinations=[RECORD, out_to("lab")], filter={"kinds": ["ADT^A08", "ADT^A04"]})
    for lot in range(20):
        with clock.at(START + timedelta(hours=lot)):
            kinds = ["ADT^A08" if n % 7 else "ADT^A04" for n in range(30)]
            accept(adts, *[adt(f"A{lot}-{n}", f"{n}^MRB", kind=kind) for n, kind in enumerate(kinds)])
            names = [b"GRACE%d^Q%02d" % (lot, n) for n in range(19)]
            raw = [adt(f"B{lot}-{n}", f"{n}^LAB").replace(b"ADA", name) for n, name in enumerate(names)]
            accept(other, *raw, adt(f"B{lot}-odd", kind="ADT^A31"))
    work(subject)
    words.build_all(subject.practice)
    late = adt("late", "9^MRB").replace(b"MOSS", b"Zebra")
    accept(adts, adt("bad1"), adt("hold2", "7^MRB"), late, b"no message")
    work(subject)
    yield subject
    receivers._receivers.clear()
    receivers._receivers.update(before)
    channels.forget()


def found(subject, **wanted) -> list[str]:
    from chartdesk.exchange.engine import queries

    ids, before = [], 0
    while True:
        page = queries.search(subject, queries.Wanted(before=before, **wanted))
        ids += [row.control_id for row in page.rows]
        if not page.before:
            return ids
        before = page.before


def test_by_everything(full):
    assert found(full, control_id="A3-7") == ["A3-7"]
    assert found(full, patient="5^MRB") == [f"A{lot}-5" for lot in reversed(range(20))]
    assert found(full, patient="5") == [f"{c}{lot}-5" for lot in reversed(range(20)) for c in "BA"]
    assert len(found(full, patient="Patient/p9")) == 41
    assert len(found(full, kind="ADT^A04")) == 100
    assert len(found(full, channel="other")) == 400
    assert len(found(full, channel="adt", kind="ADT^A04", text="moss")) == 100
    assert len(found(full)) == 1004


def test_by_status(full):
    assert found(full, status="error") == ["bad1"]
    assert found(full, status="held") == ["hold2"]
    assert found(full, status="refused") == [""]
    assert found(full, status="filtered") == [f"B{lot}-odd" for lot in reversed(range(20))]
    assert len(found(full, status="queued")) == 380
    assert len(found(full, status="applied", channel="adt")) == 601
    assert found(full, status="dead") == found(full, status="received") == []


def test_by_text(full):
    assert found(full, text="zebra") == ["late"]
    assert len(found(full, text="grace11")) == 19
    assert found(full, text="GRACE11 q04") == ["B11-4"]
    assert found(full, text="grace11 ada") == [] == found(full, text="nobody")
    assert found(full, text="grace11", kind="ADT^A04") == []
    assert found(full, text="19800203", patient="5^LAB", status="queued")[0] == "B19-5"


def test_by_time(full):
    day = {"since": START + timedelta(hours=3), "until": START + timedelta(hours=4, minutes=30)}
    assert len(found(full, **day)) == 100
    assert len(found(full, **day, status="filtered")) == 2
    assert found(full, **day, text="grace3 q01") == ["B3-1"]
    assert found(full, since=START + timedelta(days=10_000)) == []
    assert len(found(full, until=START)) == 50


def test_pages_go_on_where_the_last_ended(full):
    from chartdesk.exchange.engine import queries

    first = queries.search(full, queries.Wanted(kind="ADT^A04", most=30))
    second = queries.search(full, queries.Wanted(kind="ADT^A04", most=30, before=first.before))
    assert len(first.rows) == len(second.rows) == 30 and first.rows[-1].id > second.rows[0].id


def test_a_search_that_takes_too_long_says_how_far_it_looked(full, monkeypatch):
    from chartdesk.exchange.engine import queries, searching

    monkeypatch.setattr(searching, "SECONDS", -1)
    page = queries.search(full, queries.Wanted(text="grace0 q01"))
    assert not page.whole and page.before
    assert found(full, text="grace0 q01") == ["B0-1"]


def test_what_cannot_be_looked_for_is_said(full):
    from chartdesk.exchange.engine import queries
    from chartdesk.kit.errors import Invalid, NotFound

    with pytest.raises(Invalid):
        queries.search(full, queries.Wanted(text="-"))
    with pytest.raises(NotFound):
        queries.search(full, queries.Wanted(channel="nowhere"))


def test_papers_are_no_words():
    from chartdesk.exchange.engine import words

    raw = b"OBX|1|ED|PDF||^AP^^Base64^" + b"QUJD" * 400 + b"|name O\xc3\x96ne\r"
    assert words.words(raw) == {"obx", "ed", "pdf", "ap", "base64", "name", "oöne"}
    assert "oöne" in words.words("PID|OÖne".encode("latin-1"))


def test_what_was_done_after_its_block_was_made_is_found_by_what_became_of_it(subject, opened, partner, registries):
    from chartdesk.exchange.engine import commands, delivery, receivers, words
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database

    receivers.register(["ADT^*"], several)
    routed = {"filter": {"kinds": ["ADT^A04"]}}
    waiting, line = opened("waiting", **routed), opened("line", destinations=[out_to("lab")])
    commands.pause(subject, "waiting")
    commands.pause_destination(subject, "line", "lab")
    kinds = ["ADT^A04", "ADT^A31"]
    accept(waiting, *[adt(f"W{n}", f"{n}^MRB", kind=kinds[n % 2]) for n in range(70)])
    accept(line, *[adt(f"L{n}", f"{n}^LAB") for n in range(70)])
    work(subject)
    assert len(found(subject, status="received")) == len(found(subject, status="queued")) == 70
    words.build_all(subject.practice)
    with transaction(subject):
        assert database.row("SELECT count(*) FROM engine_wordblock WHERE practice = %s", [subject.practice]) == (1,)
    commands.resume(subject, "waiting")
    commands.resume_destination(subject, "line", "lab")
    work(subject)
    delivery.deliver_all(subject.practice)
    assert found(subject, status="filtered") == [f"W{n}" for n in reversed(range(70)) if n % 2]
    assert found(subject, status="applied", channel="waiting") == [f"W{n}" for n in reversed(range(70)) if not n % 2]
    assert found(subject, status="sent", channel="line") == [f"L{n}" for n in reversed(range(70))]
    assert found(subject, status="received") == found(subject, status="queued") == []
