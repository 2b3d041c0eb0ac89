"""Questions in real time over HTTPS: the 270 or 278 is the body of a POST, its answer the body of the answer.

Twenty seconds is the longest that a real-time answer may take (CAQH CORE); after that the front desk should
know why there is none.
"""

from __future__ import annotations

import time
from functools import cached_property

import httpx

from chartdesk.kit.errors import Unavailable

CONTENT_TYPE = "application/edi-x12"
#: No 271 is anywhere near this long.
LARGEST_ANSWER = 2_000_000


class HttpEligibility:
    """Asks ``url``; ``service`` is how people call what answers there. One instance may be used by many threads."""

    def __init__(self, url: str, timeout_seconds: float = 20, service: str = "eligibility") -> None:
        self._url, self._service = url, service
        self._seconds = timeout_seconds

    @cached_property
    def _client(self) -> httpx.Client:
        # Made when first asked: a process that asks no payer need not read the trusted certificates.
        return httpx.Client(
            timeout=httpx.Timeout(self._seconds, connect=min(self._seconds, 5)),
            headers={"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE},
            follow_redirects=False,
        )

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        """Send a 270 or 278 and give back the answer's bytes: its answer, or a TA1 or 999 that refuses it.

        Raises Unavailable with a reason in words: no answer in time, no connection, an HTTP error, or an
        answer that is not X12. Nothing of the question or the answer appears in it.
        """
        try:
            content = self._answer(request, payer_id)
        except httpx.ConnectTimeout as fault:
            raise self._unavailable(payer_id, "could not be reached in time") from fault
        except httpx.TimeoutException as fault:
            raise self._late(payer_id) from fault
        except httpx.ConnectError as fault:
            raise self._unavailable(payer_id, "refused the connection") from fault
        except httpx.TransportError as fault:
            raise self._unavailable(payer_id, "broke off the connection") from fault
        if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"ISA"):
            raise self._unavailable(payer_id, "answered with something that is not X12")
        return content

    def _answer(self, request: bytes, payer_id: str) -> bytes:
        """The body of the answer, read against the clock: a trickle of bytes does not buy more time."""
        deadline, content = time.monotonic() + self._seconds, bytearray()
        with self._client.stream("POST", self._url, content=request) as answer:
            if answer.status_code != httpx.codes.OK:
                raise self._unavailable(payer_id, f"answered with HTTP error {answer.status_code}")
            for chunk in answer.iter_bytes():
                content += chunk
                if time.monotonic() > deadline:
                    raise self._late(payer_id)
                if len(content) > LARGEST_ANSWER:
                    raise self._unavailable(payer_id, "answered with more than an answer can hold")
        return bytes(content)

    def close(self) -> None:
        """Close the kept connections."""
        if "_client" in vars(self):
            self._client.close()

    def _late(self, payer_id: str) -> Unavailable:
        return self._unavailable(payer_id, f"did not answer within {self._seconds:g} seconds")

    def _unavailable(self, payer_id: str, why: str) -> Unavailable:
        return Unavailable(
            f"The {self._service} service for payer {payer_id} {why}.",
            cure="Check again in a few minutes, or call the payer. The visit can go on meanwhile.",
            where=self._url,
        )
