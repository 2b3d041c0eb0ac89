"""A patient's insurance as another system tells of it: all policies that there are now.

A policy is recognized by payer and member number. What says the same writes nothing. One that is not named any more
ends the day before, where the sender says that it named all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.coverage import commands, queries
from chartdesk.pms.coverage.cards import Card, CoverageView, PayerDetails
from chartdesk.pms.coverage.models import Payer
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities.identifiers import PAYER, PAYER_ID, Identifier


@dataclass(frozen=True)
class Policy:
    """One policy that was told: the card, the payer's name for one that is new here, and our id where it is known."""

    card: Card
    payer_name: str = ""
    coverage_id: str = ""
    filing_indicator: str = ""


@dataclass(frozen=True)
class Arrived:
    """What became of one policy: ``what`` is created, amended, ended, or empty where nothing was new."""

    coverage_id: str
    version: int
    what: str


def register() -> None:
    """Know our own payers by their electronic numbers. Called once, at the start."""
    identities.found_by(PAYER, _own_payers)


def unchanged(policies: Sequence[Policy], held: Sequence[CoverageView], *, whole: bool = True) -> bool:
    """Whether what was told is what is here: then there is nothing to take in."""
    running = {one.rank: one for one in held if not one.expired}
    if whole and len(running) != len(policies):
        return False
    for policy in policies:
        view = running.get(policy.card.rank)
        if view is None or _wanted(policy.card, view) != view.card:
            return False
    return True


def take_in(subject: Subject, patient_id: str, policies: Sequence[Policy], *, whole: bool = True) -> list[Arrived]:
    """Bring the patient's policies to what was told; one answer for each of ``policies``, then one for each that ended.

    Raises Invalid for an unknown payer or a card that is not right, Conflict where two of them have one rank.
    """
    ranks = [one.card.rank for one in policies]
    if len(set(ranks)) != len(ranks):
        raise Conflict("Two policies have the same rank.", where="IN1-1", cure="Number them in the order of payment.")
    with transaction(subject):
        advisory_lock("coverage", subject.practice, patient_id)
        held = queries.coverages(subject, patient_id)
        left = [one for one in held if not one.expired]
        pairs: list[tuple[Policy, CoverageView | None]] = []
        for policy in policies:
            view = _held(policy, left, held)
            if view is not None:
                left = [one for one in left if one.coverage_id != view.coverage_id]
            pairs.append((policy, view))
        # First what ends, so that its rank is free for what begins.
        today = clock.today(practice_of(subject).zone)
        cards = [one.card for one in policies]
        ended = [_end(subject, one, today, cards) for one in left] if whole else []
        return [*(_keep(subject, patient_id, policy, view) for policy, view in pairs), *ended]


def add_payer(subject: Subject, payer_id: str, name: str, filing_indicator: str = "") -> Payer:
    """A payer that another system keeps the books of, as it is told. Raises Invalid."""
    return commands.add_payer(subject, PayerDetails(payer_id, name, filing_indicator=filing_indicator or "CI"))


def _held(policy: Policy, left: Sequence[CoverageView], held: Sequence[CoverageView]) -> CoverageView | None:
    """The policy here that is meant."""
    card = policy.card
    if policy.coverage_id:
        return next((one for one in held if one.coverage_id == policy.coverage_id), None)
    number = "".join(card.member_id.split()).upper()
    same = [one for one in left if (one.payer_id, one.member_id) == (card.payer_id, number)]
    return next((one for one in same if one.rank == card.rank), same[0] if same else None)


def _keep(subject: Subject, patient_id: str, policy: Policy, view: CoverageView | None) -> Arrived:
    card = policy.card
    if view is None:
        coverage_id = commands.add_coverage(subject, patient_id, card)
        return Arrived(coverage_id, 1, "created")
    wanted = _wanted(card, view)
    if wanted == view.card:
        return Arrived(view.coverage_id, view.version, "")
    stored = commands.amend_coverage(subject, view.coverage_id, wanted, view.version)
    return Arrived(view.coverage_id, stored.version, "amended")


def _wanted(card: Card, view: CoverageView) -> Card:
    """The card as it is kept. A copay is printed on a card and in no message: what was typed here stays."""
    return replace(
        card,
        member_id="".join(card.member_id.split()).upper(),
        group_number=card.group_number.strip(),
        plan_name=" ".join(card.plan_name.split()),
        employer=view.employer if card.employer is None else " ".join(card.employer.split()),
        medicare_second=view.medicare_second if card.medicare_second is None else card.medicare_second,
        printed_copay=view.printed_copay if card.printed_copay is None else card.printed_copay,
    )


def _own_payers(subject: Subject, numbers: Sequence[Identifier]) -> dict[Identifier, str]:
    wanted = {one.value: one for one in numbers if one.authority == PAYER_ID}
    rows = Payer.objects.filter(practice=subject.practice, payer_id__in=list(wanted)) if wanted else []
    return {wanted[row.payer_id]: row.organization for row in rows}


def _end(subject: Subject, view: CoverageView, today: date, told: Sequence[Card]) -> Arrived:
    """Let a policy be over: with yesterday; or as if it had never been, where another has had its rank all the time."""
    last = today - timedelta(days=1)
    never = any(one.rank == view.rank and (one.effective is None or one.effective <= last) for one in told)
    if never or (view.effective is not None and view.effective > last):
        stored = commands.withdraw_coverage(subject, view.coverage_id, view.version)
    else:
        stored = commands.end_coverage(subject, view.coverage_id, last)
    return Arrived(view.coverage_id, stored.version, "ended")
