"""The sandbox over real HTTP, asked by our own eligibility connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from chartdesk.exchange.eligibility.http import HttpEligibility
from chartdesk.exchange.sandbox import Sandbox
from chartdesk.exchange.sandbox.server import SandboxServer
from chartdesk.kit.errors import Unavailable

Sample = Callable[..., bytes]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A running sandbox; its address."""
    sandbox = Sandbox(tmp_path)
    server = SandboxServer(sandbox, port=0, every=0.1)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    sandbox.close()


@pytest.fixture
def connection(address: str) -> Iterator[HttpEligibility]:
    """Patient enough for any machine; who wants to see it lose its patience takes `hasty`."""
    made = HttpEligibility(f"{address}/eligibility", timeout_seconds=120)
    yield made
    made.close()


@pytest.fixture
def hasty(address: str) -> Iterator[HttpEligibility]:
    made = HttpEligibility(f"{address}/eligibility", timeout_seconds=1)
    yield made
    made.close()


def control(address: str, **wanted: object) -> httpx.Response:
    return httpx.post(f"{address}/control", json=wanted)


def test_a_question_is_answered(sample: Sample, connection: HttpEligibility) -> None:
    answer = connection.ask(sample("subscriber.270"), payer_id="NPHP1")
    assert b"EB*B*IND*98***27*25*****Y~" in answer


def test_a_refusal_is_an_answer(sample: Sample, connection: HttpEligibility) -> None:
    unknown = sample("subscriber.270", "NPP10000001", "NPP10000001UNKNOWN")
    assert b"AAA*N**75*C~" in connection.ask(unknown, payer_id="NPHP1")
    assert b"TA1*000000000*" in connection.ask(b"nonsense", payer_id="NPHP1")


@pytest.mark.parametrize(
    ("behavior", "reason"),
    [
        ({"eligibility": "down"}, "answered with HTTP error 503"),
        ({"eligibility": "garbage"}, "answered with something that is not X12"),
        ({"timeout_seconds": 600}, "did not answer within 1 seconds"),
    ],
)
def test_what_goes_wrong_is_said_in_words(
    sample: Sample,
    address: str,
    connection: HttpEligibility,
    hasty: HttpEligibility,
    behavior: dict[str, object],
    reason: str,
) -> None:
    assert control(address, **behavior).status_code == 200
    asked = hasty if "timeout_seconds" in behavior else connection
    with pytest.raises(Unavailable) as caught:
        asked.ask(sample("subscriber.270"), payer_id="NPHP1")
    assert caught.value.message == f"The eligibility service for payer NPHP1 {reason}."
    assert "NPP10000001" not in str(caught.value)
    assert control(address, reset=True).json()["behavior"] == {"eligibility": "up", "timeout_seconds": 0}
    assert connection.ask(sample("subscriber.270"), payer_id="NPHP1").startswith(b"ISA")


def test_a_slow_member_exceeds_the_patience_of_the_front_desk(sample: Sample, hasty: HttpEligibility) -> None:
    with pytest.raises(Unavailable, match="did not answer"):
        hasty.ask(sample("subscriber.270", "NPP10000001", "NPP10000001SLOW"), payer_id="NPHP1")


def test_health_and_wrong_addresses(address: str) -> None:
    assert httpx.get(f"{address}/health").json() == {"status": "up"}
    assert httpx.get(f"{address}/nothing").status_code == 404
    assert httpx.post(f"{address}/nothing").status_code == 404


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"eligibility": "sideways"}', b'{"unknown": 1}', b"7"])
def test_control_refuses_what_it_does_not_know(address: str, body: bytes) -> None:
    answer = httpx.post(f"{address}/control", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_clock_of_the_server_runs_the_cycles(sample: Sample, address: str, tmp_path: Path) -> None:
    out = tmp_path / "river" / "to_clearinghouse"
    out.mkdir(parents=True)
    (out / "a.x12").write_bytes(sample("office_visit.837p"))
    back, until = tmp_path / "river" / "from_clearinghouse", time.monotonic() + 60
    while not list(back.glob("*-835.x12")) and time.monotonic() < until:
        time.sleep(0.05)
    assert [path.stem.split("-")[1] for path in sorted(back.iterdir())] == ["999", "277CA", "835"]


def test_pay_now(sample: Sample, address: str, tmp_path: Path) -> None:
    out = tmp_path / "hill" / "to_clearinghouse"
    out.mkdir(parents=True)
    (out / "a.x12").write_bytes(sample("office_visit.837p"))
    assert control(address, pay=True).json()["cycle"]["delivered"] >= 0
    assert list((tmp_path / "hill" / "from_clearinghouse").glob("*-835.x12"))


def test_the_server_is_only_on_this_machine(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
