"""What the gateway does: card pages, charges, refunds, and the events that tell of them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from chartdesk.exchange.card_sandbox import cards
from chartdesk.exchange.card_sandbox.store import Store, new_id

LARGEST_CENTS = 99_999_999
#: Seconds between the tries of an event, doubling; after so many tries it is given up.
FIRST_PAUSE, TRIES = 0.25, 14


class Refused(Exception):
    """A request that is answered with an error; ``status`` is HTTP's."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Answer:
    """What a request gets, and how: ``fate`` is answered, late, dropped or error."""

    body: dict[str, Any]
    fate: str = "answered"


_FATES = {"timeout_charged": "late", "dropped_charged": "dropped", "error_charged": "error"}


class Gateway:
    """The gateway over a folder. ``secret`` signs events, which go to ``events_to``; empty keeps them."""

    def __init__(self, folder: Path, secret: str, events_to: str = "") -> None:
        self.store, self._secret, self.events_to = Store(folder), secret.encode(), events_to

    def close(self) -> None:
        """Close the memory."""
        self.store.close()

    # ------------------------------------------------------------------------------ cards

    def open_session(self, wanted: dict[str, Any], base: str) -> dict[str, Any]:
        """A page where somebody types a card; its address is ``url``."""
        return_url = str(wanted.get("return_url", ""))
        if not return_url.startswith(("http://", "https://")):
            raise Refused(400, "invalid", "return_url must be an address")
        number = new_id("cs")
        self.store.run(
            "INSERT INTO session VALUES (?, ?, ?, ?, NULL)",
            number,
            str(wanted.get("amount", "")),
            str(wanted.get("description", ""))[:200],
            return_url,
        )
        return {"id": number, "url": f"{base}/pay/{number}", "status": "open"}

    def session(self, number: str) -> dict[str, Any]:
        """A session, with its card where one was typed."""
        row = self.store.row("SELECT * FROM session WHERE id = ?", number)
        if row is None:
            raise Refused(404, "not_found", "there is no such session")
        card = self.card(row["token"]) if row["token"] else None
        return {
            "id": number,
            "status": "complete" if card else "open",
            "amount": row["amount"],
            "description": row["description"],
            "return_url": row["return_url"],
            "card": card,
        }

    def typed(self, number: str, fields: dict[str, str]) -> str:
        """Take the card that was typed; where the browser goes on. Raises ValueError, Refused."""
        session = self.session(number)
        if session["card"] is None:
            digits, month, year, code = (fields.get(name, "").strip() for name in ("number", "month", "year", "code"))
            card = cards.read(digits, month, year, code, datetime.now(UTC).date())
            token = new_id("tok")
            with self.store.transaction():
                self.store.run(
                    "INSERT INTO card (token, brand, last4, month, year, behavior) VALUES (?, ?, ?, ?, ?, ?)",
                    *(token, card.brand, card.last4, card.month, card.year, card.behavior),
                )
                self.store.run("UPDATE session SET token = ? WHERE id = ? AND token IS NULL", token, number)
        return str(session["return_url"])

    def card(self, token: str) -> dict[str, Any]:
        """A card by its token."""
        row = self.store.row("SELECT * FROM card WHERE token = ? AND NOT removed", token)
        if row is None:
            raise Refused(404, "not_found", "there is no such card")
        return {
            "token": token,
            "brand": row["brand"],
            "last4": row["last4"],
            "exp_month": row["month"],
            "exp_year": row["year"],
        }

    def remove(self, token: str) -> dict[str, Any]:
        """Forget a card. Again changes nothing."""
        self.store.run("UPDATE card SET removed = 1 WHERE token = ?", token)
        return {"token": token, "removed": True}

    # ------------------------------------------------------------------------------ charges

    def charge(self, key: str, wanted: dict[str, Any]) -> Answer:
        """Charge a card, once for each key."""
        with self.store.transaction():
            known = self._repeated("charge", key, wanted)
            if known is not None:
                return Answer(known)
            cents, token = _cents(wanted.get("amount")), str(wanted.get("token", ""))
            card = self.store.row("SELECT * FROM card WHERE token = ? AND NOT removed", token)
            if card is None:
                raise Refused(404, "no_card", "there is no card with this token")
            behavior = card["behavior"]
            if behavior == "timeout_not_charged":
                return Answer({}, "late")
            if behavior == "error_not_charged":
                raise Refused(503, "unavailable", "the gateway is out of order")
            declined = _declined(behavior, card["charges"])
            body = self._charge(key, cents, card, declined, wanted.get("metadata") or {})
            self.store.remember("charge", key, _digest(wanted), body)
            if behavior == "disputed":
                self._tell("charge.disputed", body)
        return Answer(body, _FATES.get(behavior, "answered"))

    def _charge(self, key: str, cents: int, card: Any, declined: str, metadata: dict[str, Any]) -> dict[str, Any]:
        number, status = new_id("ch"), "declined" if declined else "succeeded"
        body = {
            "id": number,
            "idempotency_key": key,
            "status": status,
            "amount": _dollars(cents),
            "decline_code": declined,
            "message": next((words for name, words in cards.BEHAVIORS.values() if name == declined), ""),
            "authorization": "" if declined else number[-6:].upper(),
            "card": {"brand": card["brand"], "last4": card["last4"]},
            "metadata": metadata,
        }
        self.store.run(
            "INSERT INTO charge (id, key, token, cents, status, metadata) VALUES (?, ?, ?, ?, ?, ?)",
            *(number, key, card["token"], cents, status, json.dumps(metadata)),
        )
        if not declined:
            self.store.run("UPDATE card SET charges = charges + 1 WHERE token = ?", card["token"])
        self._tell(f"charge.{status}", body)
        return body

    def refund(self, key: str, wanted: dict[str, Any]) -> Answer:
        """Give a charge back, wholly or in part, once for each key."""
        with self.store.transaction():
            known = self._repeated("refund", key, wanted)
            if known is not None:
                return Answer(known)
            cents = _cents(wanted.get("amount"))
            charge = self.store.row("SELECT * FROM charge WHERE id = ?", str(wanted.get("charge", "")))
            if charge is None or charge["status"] != "succeeded":
                raise Refused(404, "no_charge", "there is no such charge")
            if charge["refunded"] + cents > charge["cents"]:
                raise Refused(400, "too_much", "more than what is left of the charge")
            card = self.store.row("SELECT * FROM card WHERE token = ?", charge["token"])
            behavior = card["behavior"] if card else ""
            refused = behavior == "refund_declined"
            body = {
                "id": new_id("re"),
                "idempotency_key": key,
                "charge": charge["id"],
                "status": "declined" if refused else "succeeded",
                "amount": _dollars(cents),
                "message": "The bank does not take the refund." if refused else "",
                "metadata": wanted.get("metadata") or {},
            }
            if not refused:
                self.store.run("UPDATE charge SET refunded = refunded + ? WHERE id = ?", cents, charge["id"])
            self.store.remember("refund", key, _digest(wanted), body)
            self._tell(f"refund.{body['status']}", body)
        return Answer(body, _FATES.get(behavior, "answered"))

    def by_key(self, kind: str, key: str) -> dict[str, Any]:
        """The charge or refund that has this key, as a list of one or none."""
        known = self.store.answered(kind, key)
        return {"data": [] if known is None else [known[1]]}

    def _repeated(self, kind: str, key: str, wanted: dict[str, Any]) -> dict[str, Any] | None:
        if not key:
            raise Refused(400, "no_key", "every charge and refund needs an Idempotency-Key")
        known = self.store.answered(kind, key)
        if known is None:
            return None
        if known[0] != _digest(wanted):
            raise Refused(409, "key_reused", "this key was used for another request")
        return known[1]

    # ------------------------------------------------------------------------------ events

    def _tell(self, kind: str, about: dict[str, Any]) -> None:
        number = new_id("ev")
        body = {"id": number, "type": kind, "created": int(time.time()), "data": about}
        self.store.run("INSERT INTO event (id, body, due) VALUES (?, ?, ?)", number, json.dumps(body), time.time())

    def sign(self, content: bytes, at: int) -> str:
        """The signature of an event as its header says it."""
        mac = hmac.new(self._secret, f"{at}.".encode() + content, hashlib.sha256).hexdigest()
        return f"t={at},v1={mac}"

    def deliver(self) -> int:
        """Send the events that are due; how many arrived. What does not arrive is tried again later."""
        if not self.events_to:
            return 0
        arrived = 0
        for row in self.store.rows("SELECT * FROM event WHERE NOT done AND due <= ? ORDER BY rowid", time.time()):
            if self._send(row["body"].encode()):
                self.store.run("UPDATE event SET done = 1 WHERE id = ?", row["id"])
                arrived += 1
                continue
            tries = row["tries"] + 1
            due = time.time() + FIRST_PAUSE * 2 ** min(tries, 8)
            self.store.run(
                "UPDATE event SET tries = ?, due = ?, done = ? WHERE id = ?", tries, due, tries >= TRIES, row["id"]
            )
        return arrived

    def _send(self, content: bytes) -> bool:
        headers = {"Content-Type": "application/json", "Gateway-Signature": self.sign(content, int(time.time()))}
        request = urllib.request.Request(self.events_to, content, headers)
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return 200 <= answer.status < 300
        except (urllib.error.URLError, OSError):
            return False


def _declined(behavior: str, charges: int) -> str:
    if behavior in cards.DECLINES:
        return behavior
    return "declined" if behavior == "declines_later" and charges else ""


def _cents(amount: Any) -> int:
    try:
        cents = Decimal(str(amount)) * 100
    except InvalidOperation:
        raise Refused(400, "invalid", "amount must be like 25.00") from None
    if not cents.is_finite() or cents != int(cents) or not 0 < cents <= LARGEST_CENTS:
        raise Refused(400, "invalid", "amount must be like 25.00")
    return int(cents)


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _digest(wanted: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
