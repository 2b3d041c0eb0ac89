"""What the cards mean: which policies clash, and what is wrong with one on a day. Pure.

What the patient will owe is in ``estimates``; it is named here too, as the room's rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chartdesk.pms.coverage.cards import RANKS, Card, CoverageView
from chartdesk.pms.coverage.estimates import Before, Estimate, Part, estimate, out_of_network

__all__ = ["Before", "Estimate", "Part", "clash", "clash_words", "estimate", "notice", "out_of_network"]


def clash(card: Card, held: Iterable[CoverageView], besides: str = "") -> CoverageView | None:
    """The policy that already has the card's rank on some day of its time; ``besides`` is the one changed."""
    for view in held:
        if view.coverage_id == besides or view.rank != card.rank:
            continue
        begins_after = view.effective and card.ends and view.effective > card.ends
        ends_before = view.ends and card.effective and view.ends < card.effective
        if not begins_after and not ends_before:
            return view
    return None


def clash_words(card: Card, other: CoverageView) -> tuple[str, str]:
    """Why the card cannot be added, and what to do."""
    since = f" since {other.effective:%b %-d, %Y}" if other.effective else ""
    until = f" until {other.ends:%b %-d, %Y}" if other.ends else ""
    message = (
        f"The patient has a {RANKS[card.rank]} insurance already: {other.payer_name}, "
        f"member {other.member_id}{since}{until}."
    )
    return message, "End that one the day before this one begins, or choose another rank."


def notice(
    effective: date | None,
    ends: date | None,
    on: date,
    *,
    payer_known: bool = True,
    payer_active: bool = True,
) -> str:
    """What is wrong with a policy on a day, in words; empty where nothing is."""
    if not payer_known:
        return "The payer is not one that this practice bills: add the payer, or correct the card."
    if ends is not None and ends < on:
        return f"Expired: this policy ended on {ends:%b %-d, %Y}. Ask for the present card."
    if effective is not None and effective > on:
        return f"Not yet in force: this policy begins on {effective:%b %-d, %Y}."
    if not payer_active:
        return "This payer is no longer billed by the practice."
    return ""
