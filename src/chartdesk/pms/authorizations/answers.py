"""What a 278 answer says, for the front desk: a state, a number, for how long and how many. Pure.

Guide section: 005010X217, loops 2000A to 2000F of the response.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chartdesk.pms.authorizations import words
from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12.review_278.model import Refusal, Review, Service


@dataclass
class Reading:
    """An answer understood. What it does not say is None; ``reason`` and ``cure`` say what to do."""

    state: str
    number: str = ""
    visits: int | None = None
    effective: date | None = None
    expires: date | None = None
    reason: str = ""
    cure: str = ""
    messages: list[str] = field(default_factory=list)


def reading(response: x278.Response) -> Reading:
    """What the payer decided; its refusal where it did not look at the request."""
    decision, review = response.decision, response.review
    if decision is None or review is None:
        return _refused(response.all_refusals)
    state = words.STATES.get(decision.action, "pended")
    parts: list[Review | Service] = [review, *review.services]
    made = Reading(state, response.number, *_validity(parts))
    reasons = [words.reason(code) for code in dict.fromkeys(_reasons(parts))]
    made.reason, made.cure = " ".join(reasons) or decision.words + ".", words.CURES.get(state, "")
    made.messages = [f"{decision.words}.", *reasons]
    made.messages += [one.message for one in parts if one.message]
    made.messages += _of_services(review)
    made.messages += [_refusal(one) for one in response.all_refusals]
    made.messages = list(dict.fromkeys(made.messages))
    return made


def _validity(parts: Sequence[Review | Service]) -> tuple[int | None, date | None, date | None]:
    """Visits, first and last day: what stands at the event, else at the first service that says it."""
    quantities = (one.quantity for one in parts if one.quantity is not None and one.quantity.kind in ("VS", ""))
    count = next((one.count for one in quantities if one.count is not None), None)
    first = next((one.effective_from for one in parts if one.effective_from), None)
    last = next((one.expires or one.effective_to for one in parts if one.expires or one.effective_to), None)
    return None if count is None else int(count.to_integral_value(rounding="ROUND_FLOOR")), first, last


def _reasons(parts: Sequence[Review | Service]) -> list[str]:
    return [code for one in parts if one.decision is not None for code in one.decision.reasons]


def _of_services(review: Review) -> list[str]:
    """Services that were decided otherwise than the whole."""
    whole = review.decision.action if review.decision is not None else ""
    return [
        f"{one.code}: {one.decision.words}."
        for one in review.services
        if one.decision is not None and one.decision.action != whole
    ]


def _refused(refusals: Sequence[Refusal]) -> Reading:
    if not refusals:
        return Reading("failed", reason="The payer answered without a decision.", cure="Call the payer.")
    first = refusals[0]
    return Reading(
        "refused",
        reason=words.refusal(first.reason),
        cure=words.follow_up(first.follow_up) or "Compare the card with what is written here, and ask again.",
        messages=list(dict.fromkeys(_refusal(one) for one in refusals)),
    )


def _refusal(one: Refusal) -> str:
    return f"{words.refusal(one.reason)} {words.follow_up(one.follow_up)}".strip()
