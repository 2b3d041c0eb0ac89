"""The card gateway and its adapter over real sockets: keys, declines, late and lost answers, refunds, signed events."""

from __future__ import annotations

import http.server
import re
import threading
import time
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from tests.money.gateway import KEY, SECRET, gateway

from chartdesk.exchange.card_sandbox import cards
from chartdesk.exchange.cards import HttpGateway
from chartdesk.kit.errors import Forbidden, Invalid, Unavailable

__all__ = ["gateway"]
ABOUT = {"practice": 1, "operation": 7}
MISTYPED = str(int(cards.number_for("approved")) ^ 1)


@pytest.mark.parametrize(
    ("behavior", "kind", "known"),
    [
        ("approved", "succeeded", "succeeded"),
        ("declined", "declined", "declined"),
        ("insufficient_funds", "declined", "declined"),
        ("expired_card", "declined", "declined"),
        ("timeout_charged", "unknown", "succeeded"),
        ("timeout_not_charged", "unknown", None),
        ("dropped_charged", "unknown", "succeeded"),
        ("error_charged", "unknown", "succeeded"),
        ("error_not_charged", "unknown", None),
    ],
)
def test_what_a_card_does_and_what_is_known_afterwards(gateway, behavior, kind, known):
    outcome = gateway.adapter.charge("k1", gateway.token(behavior), Decimal("25.00"), ABOUT)
    assert outcome.kind == kind
    found = gateway.adapter.find("charge", "k1")
    assert (found and found.kind) == known
    assert [cents for status, cents in gateway.charged() if status == "succeeded"] == [2500] * (known == "succeeded")


def test_a_key_charges_once_and_is_for_one_request(gateway):
    token = gateway.token()
    first = gateway.adapter.charge("k", token, Decimal("25.00"), ABOUT)
    assert gateway.adapter.charge("k", token, Decimal("25.00"), ABOUT) == first
    assert gateway.adapter.charge("k", token, Decimal("26.00"), ABOUT).kind == "unknown"
    assert gateway.charged() == [("succeeded", 2500)]


def test_a_repeat_of_what_was_lost_charges_nothing_more(gateway):
    token = gateway.token("dropped_charged")
    assert gateway.adapter.charge("k", token, Decimal("9.50"), ABOUT).kind == "unknown"
    assert gateway.adapter.charge("k", token, Decimal("9.50"), ABOUT).kind == "succeeded"
    assert gateway.charged() == [("succeeded", 950)]


def test_refunds_are_no_more_than_the_charge(gateway):
    charge = gateway.adapter.charge("k", gateway.token(), Decimal("25.00"), ABOUT)
    assert gateway.adapter.refund("r1", charge.id, Decimal("10.00"), ABOUT).kind == "succeeded"
    assert gateway.adapter.refund("r1", charge.id, Decimal("10.00"), ABOUT).kind == "succeeded"
    assert gateway.adapter.refund("r2", charge.id, Decimal("15.01"), ABOUT).kind == "refused"
    assert gateway.adapter.refund("r3", charge.id, Decimal("15.00"), ABOUT).kind == "succeeded"
    stubborn = gateway.adapter.charge("k2", gateway.token("refund_declined"), Decimal("5.00"), ABOUT)
    assert gateway.adapter.refund("r4", stubborn.id, Decimal("5.00"), ABOUT).kind == "declined"


def test_what_was_never_sent_is_certainly_not_charged():
    nowhere = HttpGateway("http://127.0.0.1:9", KEY, SECRET, timeout_seconds=1)
    assert nowhere.charge("k", "tok", Decimal("1.00"), ABOUT).kind == "refused"
    with pytest.raises(Unavailable, match="could not be reached"):
        nowhere.find("charge", "k")
    nowhere.close()


def test_a_wrong_key_charges_nothing(gateway):
    stranger = HttpGateway(gateway.url, "wrong", SECRET, timeout_seconds=60)
    assert stranger.charge("k", gateway.token(), Decimal("1.00"), ABOUT).kind == "refused"
    with pytest.raises(Unavailable, match="401"):
        stranger.open_page(Decimal("1.00"), "x", "http://127.0.0.1/")
    stranger.close()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": MISTYPED}, "mistyped"),
        ({"number": "42"}, "13 to 19"),
        ({"month": "13"}, "expiry"),
        ({"year": "2001"}, "expired"),
        ({"code": "1"}, "security code"),
        ({"number": cards.number_for("incorrect_cvc")}, "security code"),
    ],
)
def test_a_card_that_cannot_be_right_stays_on_the_page(gateway, changed, words):
    number, address = gateway.adapter.open_page(Decimal("25.00"), "Visit <b>", "http://127.0.0.1/back")
    answer = gateway.type_card(address, **changed)
    assert answer.status_code == 422 and words in answer.text
    assert gateway.adapter.typed(number) is None
    assert "Visit &lt;b&gt;" in answer.text


def test_the_browser_comes_back_and_the_number_is_kept_nowhere(gateway, tmp_path):
    number, address = gateway.adapter.open_page(Decimal("25.00"), "Visit", "http://127.0.0.1/back?x=1")
    answer = gateway.type_card(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"http://127.0.0.1/back?x=1&session={number}")
    card = gateway.adapter.typed(number)
    assert (card.last4, card.month, card.year) == (cards.number_for("approved")[-4:], 12, 2039)
    gateway.gateway.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "gateway").iterdir())
    assert cards.number_for("approved").encode() not in kept and card.token.encode() in kept


def test_a_forgotten_card_is_charged_no_more(gateway):
    token = gateway.token()
    gateway.adapter.forget(token)
    assert gateway.adapter.charge("k", token, Decimal("1.00"), ABOUT).kind == "refused"


def test_events_arrive_signed_and_again_until_they_are_taken(gateway):
    taken: list[tuple[bytes, str]] = []

    class Ears(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append((self.rfile.read(int(self.headers["Content-Length"])), self.headers["Gateway-Signature"]))
            self.send_response(500 if len(taken) == 1 else 204)
            self.end_headers()

        def log_message(self, *args):
            pass

    ears = http.server.HTTPServer(("127.0.0.1", 0), Ears)
    threading.Thread(target=ears.serve_forever, daemon=True).start()
    gateway.gateway.events_to = f"http://127.0.0.1:{ears.server_address[1]}/"
    gateway.adapter.charge("k", gateway.token(), Decimal("25.00"), ABOUT)
    until = time.monotonic() + 60
    while len(taken) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    ears.shutdown()
    ears.server_close()
    (first, _), (again, signature) = taken
    assert first == again
    event = gateway.adapter.event(again, signature)
    assert (event.kind, event.practice, event.operation, event.key) == ("charge.succeeded", 1, 7, "k")
    with pytest.raises(Forbidden, match="not signed"):
        gateway.adapter.event(again + b" ", signature)
    old = int(time.time()) - 4000
    with pytest.raises(Forbidden, match="too old"):
        gateway.adapter.event(again, gateway.gateway.sign(again, old))
    nonsense = b'{"id": 3}'
    with pytest.raises(Invalid):
        gateway.adapter.event(nonsense, gateway.gateway.sign(nonsense, int(time.time())))


def test_requests_that_make_no_sense_are_refused(gateway):
    send = {"Authorization": f"Bearer {KEY}"}
    post = lambda path, **given: httpx.post(gateway.url + path, timeout=60, **given).status_code  # noqa: E731
    assert post("/v1/charges", json={"token": "x", "amount": "1.00"}, headers=send) == 400  # no key
    keyed = {**send, "Idempotency-Key": "k"}
    assert post("/v1/charges", json={"token": gateway.token(), "amount": "1.001"}, headers=keyed) == 400
    assert post("/v1/charges", json={"token": gateway.token(), "amount": "-1"}, headers=keyed) == 400
    assert post("/v1/charges", content=b"[1]", headers=keyed) == 400
    assert post("/v1/charges", json={}) == 401
    assert post("/elsewhere", json={}) == 404
    assert httpx.get(gateway.url + "/pay/none", timeout=60).status_code == 404


def test_the_guide_names_every_card_that_summons_a_case():
    guide = (Path(__file__).resolve().parents[4] / "docs" / "sandbox-gateway.md").read_text()
    named = re.findall(r"^\| (\d{16}) \|", guide, re.MULTILINE)
    cases = ["approved", *(name for name, _ in cards.BEHAVIORS.values())]
    assert named == [cards.number_for(one) for one in cases]
