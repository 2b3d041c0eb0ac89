"""The sandbox payers answer services reviews (278): every case by the word at the end of the member id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chartdesk.exchange.sandbox import Sandbox
from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12.eligibility_people import Insured, Trace
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Party

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(tmp_path)
    yield made
    made.close()


def asked(
    word: str = "", *, payer: str = "NPHP1", npi: str = "1993999998", kind: str = "I", earlier: str = ""
) -> bytes:
    """A request for six visits of physical therapy."""
    review = x278.Review(
        certification=kind,
        service_type="PT",
        place="11",
        diagnoses=["M545"],
        earlier_authorization=earlier,
        traces=[Trace(number="000000012", originator="9000000012")],
        quantity=x278.Quantity(kind="VS", count=Decimal(6)),
        services=[x278.Service(code="97110", day=DAY)],
    )
    request = x278.Request(
        payer=Party(last="NORTHPOINT", id_qualifier="PI", id=payer),
        requester=Party(last="PRACTICE", id_qualifier="XX", id=npi),
        subscriber=Insured(
            party=Party(last="SMITH", first="JOHN", person=True, id_qualifier="MI", id=f"NPP10000001{word}"),
            birth=date(1980, 2, 3),
            gender="M",
        ),
        reference="000000012",
        review=review,
    )
    envelope = Envelope(sender="PRACTICE", receiver="NPHP1", control=12, group_control=12, created=NOW)
    return x278.write_requests(envelope, [request])


@pytest.mark.parametrize(
    ("word", "kind", "action", "visits", "days", "reasons"),
    [
        ("", "I", "A1", 6, 90, []),
        ("AUTHLESS", "I", "A6", 3, 90, ["0L"]),
        ("AUTHSHORT", "I", "A1", 6, 7, []),
        ("AUTHDENY", "I", "A3", None, None, ["0F"]),
        ("AUTHPEND", "I", "A4", None, None, ["0V"]),
        ("AUTHPEND", "6", "A1", 6, 90, []),
        ("AUTHCALL", "I", "CT", None, None, ["0U"]),
        ("AUTHNONE", "I", "NA", None, None, ["0H"]),
    ],
)
def test_what_the_payer_decides(
    sandbox: Sandbox, word: str, kind: str, action: str, visits: int | None, days: int | None, reasons: list[str]
) -> None:
    [answer] = x278.read_responses(sandbox.answer_review(asked(word, kind=kind), NOW))
    assert answer.decision is not None and answer.review is not None
    assert (answer.decision.action, answer.decision.reasons) == (action, reasons)
    assert [one.number for one in answer.review.traces] == ["000000012"]
    quantity = answer.review.quantity
    assert (quantity.count if quantity else None) == visits
    assert answer.review.expires == (DAY + timedelta(days=days) if days else None)
    assert bool(answer.number) == (days is not None)
    assert [service.code for service in answer.review.services] == ["97110"]


def test_a_cancelled_authorization_is_said_to_be(sandbox: Sandbox) -> None:
    [answer] = x278.read_responses(sandbox.answer_review(asked(kind="3", earlier="AU1"), NOW))
    assert answer.decision is not None
    assert (answer.decision.action, answer.number) == ("C", "AU1")


@pytest.mark.parametrize(
    ("given", "level", "reason", "follow_up"),
    [
        ({"payer": "NOBODY9"}, "2010A", "79", "C"),
        ({"npi": "1993999999"}, "2010B", "43", "C"),
        ({"word": "UNKNOWN"}, "2010C", "75", "C"),
        ({"word": "NAMEDIFF"}, "2010C", "73", "C"),
        ({"word": "EXPIRED"}, "2010C", "95", "C"),
        ({"word": "NOREPLY"}, "2010A", "42", "R"),
    ],
)
def test_what_the_payer_refuses(
    sandbox: Sandbox, given: dict[str, str], level: str, reason: str, follow_up: str
) -> None:
    text = asked(**{**given, "npi": "1993999998"}) if "npi" not in given else _wrong_npi()
    [answer] = x278.read_responses(sandbox.answer_review(text, NOW))
    [refusal] = answer.all_refusals
    assert (refusal.level, refusal.reason, refusal.follow_up) == (level, reason, follow_up)
    assert answer.decision is None


def _wrong_npi() -> bytes:
    return asked().replace(b"1993999998", b"1993999999")
