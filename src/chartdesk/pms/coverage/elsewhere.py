"""Coverage found elsewhere: a payer names another insurer, and somebody takes the card up or says why not.

What the answer names is offered once. A policy of that payer that the patient has already is not offered. Taken up at
a rank that is in use, the policies from there on move down by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.coverage import commands, queries
from chartdesk.pms.coverage.cards import Card
from chartdesk.pms.coverage.eligibility import ROLES, elsewhere_key, offered
from chartdesk.pms.coverage.models import FOUND_WORK, EligibilityCheck
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: Which rank an insurer has by the role that the answer gives it.
RANKS = {"PRP": 1, "SEP": 2, "TTP": 3}


@dataclass(frozen=True)
class Offer:
    """One insurer that an answer names, and the card as far as it is known from there."""

    place: int
    name: str
    said: str
    card: Card


def check(subject: Subject, check_id: int) -> EligibilityCheck:
    """One check. Raises NotFound."""
    with reading(subject):
        found: EligibilityCheck | None = EligibilityCheck.objects.filter(practice=subject.practice, pk=check_id).first()
        if found is None:
            raise NotFound(f"There is no answer {check_id}.", cure="Reload the page.")
        audit.record(subject, "R", "eligibility check", patient=found.patient, resource_id=str(found.pk))
        return found


def offers(subject: Subject, made: EligibilityCheck) -> list[Offer]:
    """What of an answer waits to be taken up or declined."""
    with reading(subject):
        known = {one.payer_id: one for one in queries.payers(subject)}
        named = {one.name.casefold(): one for one in known.values()}
        open_ones = [one for one in made.elsewhere if not one.get("state")]
        waiting = {one["name"] for one in offered(subject, made, open_ones)}
        return [
            _offer(place, one, known.get(one["payer_id"]) or named.get(one["name"].casefold()))
            for place, one in enumerate(made.elsewhere)
            if not one.get("state") and one["name"] in waiting
        ]


def _offer(place: int, one: dict[str, Any], payer: Any) -> Offer:
    rank = RANKS.get(one["role"], 2)
    first = {1: "before this one", 2: "after this one", 3: "third"}[rank]
    said = f"It pays {first}." + ("" if payer else " It is not on the practice's list of payers yet.")
    card = Card(payer_id=payer.payer_id if payer else "", rank=rank, member_id=one.get("member_id", ""))
    return Offer(place, one["name"], said, card)


def accept(subject: Subject, check_id: int, place: int, card: Card) -> str:
    """Take a card up; returns the coverage's id. Raises Invalid with every wrong field, Conflict, NotFound."""
    subject.require(*ROLES)
    with transaction(subject):
        made = _pending(subject, check_id, place)
        advisory_lock("coverage", subject.practice, made.patient)
        today = clock.today(practice_of(subject).zone)
        held = [one for one in queries.coverages(subject, made.patient, on=today) if not one.expired]
        ranks = {one.rank for one in held}
        last = card.rank
        while last in ranks:
            last += 1
        for one in sorted(held, key=lambda one: -one.rank):
            if card.rank <= one.rank < last:
                if one.rank == 3:
                    raise Conflict("The patient has three policies already.", where="rank", cure="End one first.")
                commands.amend_coverage(subject, one.coverage_id, replace(one.card, rank=one.rank + 1), one.version)
        coverage_id = commands.add_coverage(subject, made.patient, card)
        _settle(subject, made, place, "accepted")
    return coverage_id


def decline(subject: Subject, check_id: int, place: int, why: str) -> None:
    """Say why a card is not taken up. Raises Invalid, Conflict, NotFound."""
    subject.require(*ROLES)
    if not why.strip():
        raise Invalid("The reason is missing.", where="why", cure="Write what the patient said.")
    with transaction(subject):
        made = _pending(subject, check_id, place)
        made.elsewhere[place]["why"] = why.strip()
        _settle(subject, made, place, "declined")


def _pending(subject: Subject, check_id: int, place: int) -> EligibilityCheck:
    rows = EligibilityCheck.objects.select_for_update().filter(practice=subject.practice, pk=check_id)
    made: EligibilityCheck | None = rows.first()
    if made is None or not 0 <= place < len(made.elsewhere):
        raise NotFound("There is no such offer.", cure="Reload the page.")
    if made.elsewhere[place].get("state"):
        raise Conflict("Somebody has settled this already.", cure="Reload the page.")
    return made


def _settle(subject: Subject, made: EligibilityCheck, place: int, state: str) -> None:
    made.elsewhere[place] |= {"state": state, "by": subject.actor}
    made.save(update_fields=["elsewhere"])
    audit.record(subject, "U", "eligibility check", patient=made.patient, resource_id=str(made.pk), detail=state)
    key = elsewhere_key(made.patient, made.elsewhere[place]["name"])
    worklist.close_items(subject, FOUND_WORK, [key], by=subject.actor)
