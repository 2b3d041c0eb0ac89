"""Insurance that was told: of many patients at once where it is what is here already, which most of it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chartdesk.exchange.halves.facts import CoverageIn, PolicyIn
from chartdesk.exchange.halves.taking import Course, Held, Refused
from chartdesk.kit.transactions import once
from chartdesk.pms.coverage import arrivals
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.arrivals import Policy
from chartdesk.pms.coverage.cards import Card
from chartdesk.pms.coverage.models import Payer
from chartdesk.record.access import Subject, modes
from chartdesk.record.identities import commands as identities
from chartdesk.record.identities import queries, telling
from chartdesk.record.identities.identifiers import PAYER, PAYER_ID, Identifier
from chartdesk.record.identities.unmatched import Missing


def settled(subject: Subject, told: Sequence[tuple[Course, CoverageIn]]) -> set[int]:
    """Which of these facts (by their id in this process) need nothing done: older news, or what is here already.

    Only of patients whose course is known; asked in a few statements for all of them.
    """
    known = [(course, fact) for course, fact in told if course.patient and not course.over]
    newest: dict[str, datetime] = {}
    for course, fact in known:
        newest[course.patient] = max(fact.at, newest.get(course.patient, fact.at))
    fresh = _fresh(subject, newest)
    held = coverage.coverages_of(subject, newest)
    done: set[int] = set()
    for course, fact in known:
        if course.patient not in fresh or fact.at < newest[course.patient]:
            course.notes.append(f"Newer news of the insurance than of {fact.at:%Y-%m-%d %H:%M:%S} is here.")
            done.add(id(fact))
            continue
        cards = [_known_card(subject, one) for one in fact.policies]
        policies = [Policy(card) for card in cards if card is not None]
        if len(policies) == len(cards) and arrivals.unchanged(policies, held.get(course.patient, []), whole=fact.whole):
            done.add(id(fact))
    return done


def take_in(subject: Subject, course: Course, fact: CoverageIn, patient: str) -> None:
    """Bring the patient's policies to what was told, news or not: ``settled`` has asked. Raises Held, Refused."""
    told = [Policy(_card(one, _payer(subject, course, one)), one.payer_name) for one in fact.policies]
    for arrived in arrivals.take_in(subject, patient, told, whole=fact.whole):
        course.did(f"Coverage/{arrived.coverage_id}", arrived.version, arrived.what)


def _fresh(subject: Subject, newest: dict[str, datetime]) -> set[str]:
    asked = [(f"Patient/{id}", at) for id, at in newest.items()]
    answers = telling.newer_many(subject, telling.COVERAGE, asked)
    return {id for id, fresh in zip(newest, answers, strict=True) if fresh}


def _card(one: PolicyIn, payer_id: str) -> Card:
    return Card(
        payer_id=payer_id,
        rank=one.rank,
        member_id=one.member_id,
        group_number=one.group_number,
        plan_name=one.plan_name,
        employer=one.employer,
        relationship=one.relationship,
        subscriber=None if one.relationship == "self" else one.subscriber,
        effective=one.effective,
        ends=one.ends,
        printed_copay=one.copay,
    )


def _known_card(subject: Subject, one: PolicyIn) -> Card | None:
    payer = _known_payer(subject, one)
    return _card(one, str(payer.payer_id)) if payer is not None else None


def _known_payer(subject: Subject, one: PolicyIn) -> Payer | None:
    """The payer of a policy, looked up once in a transaction for each number."""
    organization = once(("payer numbers", one.payer), lambda: queries.resolve(subject, PAYER, one.payer) or None)
    if organization is None:
        return None
    every: dict[str, Payer] = once(
        "payers by organization",
        lambda: {row.organization: row for row in coverage.payers(subject, active=False)},
    )
    return every.get(organization)


def _payer(subject: Subject, course: Course, one: PolicyIn) -> str:
    """The payer's electronic number. Where the books are kept elsewhere an unknown one is added, else it is held."""
    organization = queries.resolve(subject, PAYER, one.payer)
    if organization:
        rows = coverage.payers(subject, active=False)
        return next((str(row.payer_id) for row in rows if row.organization == organization), "")
    numbered = next((number.value for number in one.payer if number.authority == PAYER_ID), "")
    if numbered and modes.mode_of(subject) == modes.EHR:
        made = arrivals.add_payer(subject, numbered, one.payer_name or numbered, one.filing_indicator)
        identities.link(subject, PAYER, made.organization, _others(one))
        return str(made.payer_id)
    if not one.payer:
        raise Refused("The policy names no payer by a number.", where="IN1-3")
    missing = Missing(PAYER, one.payer[0], one.payer_name, course.message)
    raise Held(missing, f"No payer here has the number {one.payer[0].shown}.")


def _others(one: PolicyIn) -> list[Identifier]:
    return [number for number in one.payer if number.authority != PAYER_ID]
