"""The cards of the sandbox: which numbers can be right, and what the bank behind each one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: First eleven digits of the cards that summon a case; four digits name it, the last is the check digit.
_PREFIX = "40000000000"
#: What a bank does, by the four digits: its name here, and what it means for a person.
BEHAVIORS = {
    "0001": ("declined", "The bank declined the card."),
    "0002": ("insufficient_funds", "The card has not enough left."),
    "0003": ("expired_card", "The card has expired."),
    "0004": ("lost_card", "The card was reported lost."),
    "0005": ("incorrect_cvc", "The security code is wrong."),
    "0011": ("timeout_charged", "Charged, but the answer comes too late."),
    "0012": ("timeout_not_charged", "Never reaches the bank, and no answer comes."),
    "0013": ("dropped_charged", "Charged, but the connection breaks before the answer."),
    "0014": ("error_charged", "Charged, but the answer is an error of the gateway."),
    "0015": ("error_not_charged", "The gateway is out of order; nothing was charged."),
    "0016": ("declines_later", "Good once; later charges are declined."),
    "0017": ("refund_declined", "Charged; a refund is declined."),
    "0018": ("disputed", "Charged; the holder disputes it at once."),
}
#: Behaviors that decline a charge.
DECLINES = ("declined", "insufficient_funds", "expired_card", "lost_card")
_BRANDS = (("34", "amex"), ("37", "amex"), ("4", "visa"), ("5", "mastercard"), ("2", "mastercard"), ("6", "discover"))


@dataclass(frozen=True)
class Card:
    """A card without its number."""

    brand: str
    last4: str
    month: int
    year: int
    behavior: str


def check_digit(digits: str) -> int:
    """The last digit that makes a number of ``digits`` right (Luhn)."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        figure = int(character) * (2 if place % 2 == 0 else 1)
        total += figure - 9 if figure > 9 else figure
    return -total % 10


def number_for(behavior: str) -> str:
    """The number of the card that summons a behavior; ``approved`` for one that simply works."""
    code = next((code for code, (name, _) in BEHAVIORS.items() if name == behavior), None)
    if code is None and behavior != "approved":
        raise ValueError(f"there is no card for {behavior!r}")
    digits = _PREFIX + (code or "1000")
    return f"{digits}{check_digit(digits)}"


def read(number: str, month: str, year: str, code: str, today: date) -> Card:
    """The card that was typed. Raises ValueError with a sentence for whoever typed it."""
    digits = "".join(character for character in number if character not in " -")
    if not digits.isascii() or not digits.isdigit() or not 13 <= len(digits) <= 19:
        raise ValueError("A card number has 13 to 19 digits.")
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise ValueError("The card number is mistyped.")
    if not (month.isdigit() and year.isdigit() and 1 <= int(month) <= 12):
        raise ValueError("The expiry is month and year, such as 04 and 2030.")
    until = int(year) + (2000 if int(year) < 100 else 0)
    if (until, int(month)) < (today.year, today.month):
        raise ValueError("The card has expired.")
    if not (code.isdigit() and 3 <= len(code) <= 4):
        raise ValueError("The security code has three or four digits.")
    behavior = BEHAVIORS.get(digits[11:15], ("approved", ""))[0] if digits.startswith(_PREFIX) else "approved"
    if behavior == "incorrect_cvc":
        raise ValueError(BEHAVIORS["0005"][1])
    brand = next((name for start, name in _BRANDS if digits.startswith(start)), "card")
    return Card(brand, digits[-4:], int(month), until, behavior)
