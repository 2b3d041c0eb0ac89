"""The decisions of follow-up, without a database: ages, actions, deadlines, and what an answer means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

#: What may be done next about a claim.
ACTIONS = {
    "call": "Call the payer",
    "status": "Ask for the status",
    "correct": "Correct and send again",
    "records": "Send records",
    "appeal": "Appeal",
    "authorization": "Get the authorization",
    "coordination": "Settle which payer is first",
    "patient": "Ask the patient",
    "wait": "Wait for the payer",
    "write_off": "Decide about a write-off",
}
#: Why a claim is on the list.
KINDS = {
    "held": "Held",
    "rejected": "Rejected",
    "unanswered": "No answer",
    "undecided": "Taken in, not decided",
    "denied": "Denied",
    "kept": "Kept on the list",
}
#: Ages in days since the claim went out: name, from, to.
AGES = (("0-30", 0, 30), ("31-60", 31, 60), ("61-90", 61, 90), ("91-120", 91, 120), ("121+", 121, None))

#: Days after which a payer is asked where a claim stands, and between two questions, where nothing else is set.
ASK_AFTER, ASK_AGAIN = 30, 14
#: Days without an answer after which a question counts as unanswered.
ANSWER_WITHIN = 5
#: Days for the next level of an appeal, and within which payers answer one.
NEXT_LEVEL_DAYS, APPEAL_ANSWER_DAYS = 60, 60


@dataclass(frozen=True)
class Meaning:
    """What an answer to a status question means for the office.

    ``kind``: paid, denied, decided, pending, wanted (the payer wants something), missing (it has no such claim),
    refused (it cannot be processed), later (no answer now). ``action`` is one of ``ACTIONS`` or empty; ``days``
    until somebody should look at it, None where nobody need.
    """

    kind: str
    action: str
    days: int | None
    cure: str


_PENDING = Meaning("pending", "wait", None, "")
_MEANINGS = {
    "F0": Meaning("decided", "call", 10, "Look for the payment; ask for the remittance where none has come."),
    "F1": Meaning("paid", "call", 10, "Look for the payment; ask for the remittance where none has come."),
    "F2": Meaning("denied", "call", 10, "The remittance says why; ask for it where none has come."),
    "F3": Meaning("decided", "wait", 14, "The payer revised its decision: a remittance follows."),
    "F3F": Meaning("decided", "wait", 14, "The payer passed the claim on; the next payer answers."),
    "F3N": Meaning("decided", "call", 10, "The payer did not pass it on: bill the next payer."),
    "F4": Meaning("decided", "call", 10, "Nothing further comes by itself; ask for the remittance."),
    "P0": _PENDING, "P1": _PENDING, "P2": _PENDING, "P5": _PENDING,
    "P3": Meaning("wanted", "records", 7, "The payer waits for something from us: send it."),
    "P4": Meaning("wanted", "patient", 7, "The payer waits for the patient: remind the patient."),
    "A4": Meaning("missing", "correct", 3, "The payer has no such claim: check payer and member, and send it again."),
    "E0": Meaning("later", "", None, ""), "E1": Meaning("later", "", None, ""), "E2": Meaning("later", "", None, ""),
    "E3": Meaning("refused", "correct", 3, "Mend what is named and ask again."),
    "E4": Meaning("refused", "call", 3, "The payer does not answer such questions electronically: call."),
}  # fmt: skip
_REFUSED = Meaning("refused", "correct", 3, "Mend what is named and send the claim again.")
_WANTED = Meaning("wanted", "records", 7, "The payer waits for something from us: send it.")
_UNKNOWN = Meaning("pending", "call", 7, "The payer's answer is not one we know: call.")
#: Status codes that say that the payer has no such claim, whatever the category.
NOT_FOUND = ("35",)


def meaning(category: str, code: str = "") -> Meaning:
    """What a status category (STC01-1) and code (STC01-2) of a 277 mean for the office."""
    if category in _MEANINGS:
        found = _MEANINGS[category]
        return _MEANINGS["A4"] if code in NOT_FOUND and found.kind in ("pending", "refused", "later") else found
    if category[:1] == "R" or category == "DR01":
        return _WANTED
    if category in ("A3", "A6", "A7", "A8"):
        return _MEANINGS["A4"] if code in NOT_FOUND else _REFUSED
    return _PENDING if category[:1] in ("A", "P") else _UNKNOWN


def age_of(days: int) -> str:
    """The name of the bucket of an age."""
    return next(name for name, first, last in AGES if days >= first and (last is None or days <= last))


def is_due(days: int, *, after: int, again: int, last_asked: int | None) -> bool:
    """Whether to ask about a claim that went out ``days`` ago and was last asked about ``last_asked`` days ago.

    ``after`` 0 never asks.
    """
    if after <= 0 or days < after:
        return False
    return last_asked is None or last_asked >= max(again, 1)


def next_level(answered: date, days: int) -> date:
    """The last day of the next level after the payer has answered."""
    return answered + timedelta(days=days)
