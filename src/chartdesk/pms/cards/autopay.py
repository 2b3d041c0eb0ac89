"""Instalments that a stored card pays by itself: each once, again after a decline, and then a person looks at it."""

from __future__ import annotations

from datetime import timedelta

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.cards import commands, connections, rules
from chartdesk.pms.cards.models import CardOperation
from chartdesk.pms.statements import plan_queries
from chartdesk.pms.statements.plan_queries import PlanView
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: The work item of a plan whose card was declined too often.
DECLINED = "autopay_declined"


def run(subject: Subject) -> int:
    """Charge what is due today or before of every plan that pays by itself; returns how many charges went through.

    The work items of plans for which nothing is left to be asked are closed.
    """
    if not connections.there():
        return 0
    today = clock.today(practice_of(subject).zone)
    through, stuck = 0, []
    for one in plan_queries.active(subject):
        if one.plan.autopay and one.standing.next is not None and one.standing.next.due <= today:
            made = _pay(subject, one)
            through += made == "succeeded"
            if made == "stuck":
                stuck.append(str(one.plan.pk))
    with transaction(subject):
        old = worklist.items(subject, kinds=[DECLINED]).exclude(key__in=stuck).values_list("key", flat=True)
        worklist.close_items(subject, DECLINED, list(old), by=subject.actor)
    return through


def _pay(subject: Subject, one: PlanView) -> str:
    """Charge the next instalment where it is time to; ``succeeded``, ``stuck`` where a person has to look, or empty.

    Attempts count for the card that pays now. One that went through and was taken back is not charged again by itself.
    """
    step = one.standing.next
    assert step is not None and one.plan.card is not None
    with reading(subject):
        tried = list(
            CardOperation.objects.filter(practice=subject.practice, plan=one.plan.pk, instalment=step.number).order_by(
                "pk"
            )
        )
    ours = [made for made in tried if made.card_id == one.plan.card]
    if tried and tried[-1].state in rules.OPEN:
        return ""
    if any(made.state == "succeeded" for made in tried):
        _raise(subject, one, "It was charged before and is owed again: a payment was taken back.")
        return "stuck"
    if len(ours) >= rules.ATTEMPTS:
        return "stuck"
    if ours and (clock.now() - ours[-1].created) < timedelta(days=rules.RETRY_DAYS):
        return ""
    try:
        made = commands.charge(
            subject,
            one.plan.patient,
            step.open,
            card_id=one.plan.card,
            key=f"plan-{one.plan.pk}-{step.number}-{len(tried) + 1}",
            plan=(one.plan.pk, step.number),
        )
    except ChartdeskError as fault:
        _raise(subject, one, str(fault))
        return "stuck"
    if made.state in ("declined", "not_done") and len(ours) + 1 >= rules.ATTEMPTS:
        _raise(subject, one, made.message)
        return "stuck"
    return "succeeded" if made.state == "succeeded" else ""


def _raise(subject: Subject, one: PlanView, why: str) -> None:
    step = one.standing.next
    assert step is not None
    task = worklist.Task(
        kind=DECLINED,
        key=str(one.plan.pk),
        role="biller",
        title=f"Instalment of {dollars(step.open)} could not be charged",
        detail=why,
        cure="Call the patient for another card or payment.",
        about=f"Patient/{one.plan.patient}",
        link=("plan", str(one.plan.pk)),
        amount=step.open,
    )
    worklist.raise_item(subject, task)
