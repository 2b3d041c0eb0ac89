"""Alerts, and what need not be kept any longer."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.exchange.engine.conftest import adt, out_to
from tests.unit.exchange.engine.test_accepting import accept
from tests.unit.exchange.engine.test_routing import later, work


def alerts(subject) -> list[str]:
    from chartdesk.exchange.engine import watching
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    watching.watch(subject.practice)
    with transaction(subject):
        return sorted(worklist.items(subject, kinds=[watching.TASK]).values_list("detail", flat=True))


def test_a_channel_that_is_taken_out_leaves_nothing_on_the_work_list(subject, opened, taker):
    from chartdesk.exchange.engine import commands

    opened(alerts={"silence_minutes": 60})
    with later(3 * 3600):
        assert len(alerts(subject)) == 1
        commands.remove(subject, "adt")
        assert alerts(subject) == []


def test_age_silence_and_errors(subject, opened, taker):
    channel = opened(alerts={"age_minutes": 15, "silence_minutes": 60, "error_percent": 10})
    accept(channel, adt("M1"))
    assert alerts(subject) == []
    with later(20 * 60):
        assert alerts(subject) == ["The oldest of 1 messages has waited to be taken for 20 minutes."]
    with later(3 * 3600):
        assert len(alerts(subject)) == 2
    work(subject)
    accept(channel, *[adt(f"{'bad' if place < 5 else 'N'}{place}", f"{place}^MRB") for place in range(30)])
    work(subject)
    assert alerts(subject) == ["Of 31 messages of the last hour 5 went wrong."]


def test_contents_go_before_what_is_known_of_them(subject, opened, taker, partner, read):
    from chartdesk.exchange.engine import delivery, watching
    from chartdesk.exchange.engine.models import InterfaceMessage
    from chartdesk.kit.transactions import transaction

    channel = opened(
        destinations=[{"name": "record", "transport": {"type": "record"}}, out_to("lab")],
        retention={"content_days": 30, "metadata_days": 365},
    )
    first, _, bad = accept(channel, adt("M1"), adt("M2"), adt("bad3"))
    work(subject)
    delivery.deliver_all(subject.practice)
    assert watching.prune(subject.practice) == 0
    with later(31 * 86_400):
        assert watching.prune(subject.practice) == 2
        assert watching.prune(subject.practice) == 0
        (again,) = accept(channel, adt("M1"))
    assert read(first.message_id).raw is None and read(first.message_id).row.status == "applied"
    assert again.state == "taken", "its control id is older than the channel looks back"
    assert read(bad.message_id).raw is not None
    with later(366 * 86_400):
        watching.prune(subject.practice)
    with transaction(subject):
        left = InterfaceMessage.objects.filter(practice=subject.practice).order_by("pk")
        assert list(left.values_list("control_id", flat=True)) == ["bad3", "M1"]


def test_a_duplicate_whose_answer_is_no_longer_kept_gets_one_like_it(subject, opened, taker):
    from chartdesk.exchange.engine import watching

    channel = opened(retention={"content_days": 1, "metadata_days": 365})
    accept(channel, adt("M1"))
    work(subject)
    with later(2 * 86_400):
        watching.prune(subject.practice)
        (again,) = accept(channel, adt("M1"))
    assert again.state == "again" and b"MSA|AA|M1" in again.answer


def test_figures_of_a_channel(subject, opened, taker):
    from chartdesk.exchange.engine import queries

    channel = opened()
    accept(channel, adt("M1"), adt("bad2"), adt("M1"), b"no message")
    work(subject)
    view = queries.channel(subject, "adt")
    assert view.hour == {"received": 3, "repeated": 1, "refused": 1, "applied": 1, "error": 1}
    assert view.trouble == {"error": 1, "refused": 1} and view.routing.waiting == 0
    assert view.last is not None and view.last + timedelta(minutes=1) > view.changed
