"""Instalments that a stored card pays by itself: each once, again after a decline, and then a person looks at it."""

from __future__ import annotations

from datetime import date, timedelta

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
    """Charge what is due today or before of every plan that pays by itself; returns how many charges went through."""
    if not connections.there():
        return 0
    today = clock.today(practice_of(subject).zone)
    through = 0
    for one in plan_queries.active(subject):
        if one.plan.autopay and one.standing.next is not None and one.standing.next.due <= today:
            through += _pay(subject, one, today)
    return through


def _pay(subject: Subject, one: PlanView, today: date) -> int:
    step = one.standing.next
    assert step is not None and one.plan.card is not None
    with reading(subject):
        tried = list(
            CardOperation.objects.filter(practice=subject.practice, plan=one.plan.pk, instalment=step.number).order_by(
                "pk"
            )
        )
    if tried and tried[-1].state in rules.OPEN:
        return 0
    if tried and (clock.now() - tried[-1].created) < timedelta(days=rules.RETRY_DAYS):
        return 0
    if len(tried) >= rules.ATTEMPTS:
        return 0
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
        return 0
    if made.state in ("declined", "not_done") and len(tried) + 1 >= rules.ATTEMPTS:
        _raise(subject, one, made.message)
    elif made.state == "succeeded":
        with transaction(subject):
            worklist.close_items(subject, DECLINED, [str(one.plan.pk)], by=subject.actor)
    return int(made.state == "succeeded")


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
