"""Agreeing on a payment plan, and ending it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import plan_queries, plan_rules, policy, rules
from chartdesk.pms.statements.models import Instalment, Plan, PlanCharge
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

DESK = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER)
#: The work item of a plan whose instalment was missed.
MISSED = "plan_missed"


def agree(
    subject: Subject, patient_id: str, *, each: Decimal, first: date, every: str = "month", card: int | None = None
) -> Plan:
    """Agree that a patient pays all they owe now (beside other plans) in instalments of ``each`` dollars.

    ``card`` pays them by itself. Raises Conflict where nothing is owed, Invalid for an impossible plan.
    """
    subject.require(*DESK)
    decided, amount = policy.policy(subject), money(each)
    with transaction(subject):
        registration.patient(subject, patient_id)
        advisory_lock("patient account", subject.practice, patient_id)
        taken = plan_queries.references(subject, patient_id)
        owed = rules.patients_part(books.open_references(subject, patient_id))
        charges = {one: due for one, due in owed.items() if due > ZERO and one not in taken}
        whole = total(charges.values())
        if not whole:
            raise Conflict("The patient owes nothing that could be paid by a plan.", cure="There is nothing to agree.")
        if amount < min(decided.plan_minimum, whole):
            raise Invalid(
                f"{dollars(amount)} is less than the practice agrees to.",
                where="each",
                cure=f"At least {dollars(decided.plan_minimum)} each.",
            )
        if first < clock.today(practice_of(subject).zone):
            raise Invalid("The first instalment lies in the past.", where="first", cure="Choose today or later.")
        steps = plan_rules.schedule(whole, amount, first, every, decided.plan_longest)
        made = Plan.objects.create(
            practice=subject.practice,
            patient=patient_id,
            total=whole,
            every=every,
            agreed=clock.now(),
            by=subject.name,
            autopay=card is not None,
            card=card,
        )
        PlanCharge.objects.bulk_create(
            PlanCharge(practice=subject.practice, plan=made, reference=one, amount=due) for one, due in charges.items()
        )
        Instalment.objects.bulk_create(
            Instalment(practice=subject.practice, plan=made, number=number, due=due, amount=part)
            for number, (due, part) in enumerate(steps, start=1)
        )
        _note(subject, made, "C")
        return made


def pay_by_card(subject: Subject, plan_id: int, card: int | None) -> Plan:
    """Let a stored card pay the instalments by itself; None: no longer. Raises NotFound, Conflict."""
    subject.require(*DESK)
    with transaction(subject):
        plan = _held(subject, plan_id)
        plan.autopay, plan.card = card is not None, card
        plan.save(update_fields=["autopay", "card"])
        _note(subject, plan, "U")
        return plan


def end(subject: Subject, plan_id: int, reason: str) -> Plan:
    """End a plan: what is left of it ages as it does without one. Raises Invalid without a reason, NotFound."""
    subject.require(Role.BILLER, Role.MANAGER)
    if not reason.strip():
        raise Invalid("A plan is ended for a reason.", where="reason", cure="Say why.")
    with transaction(subject):
        return _finish(subject, _held(subject, plan_id), "ended", reason.strip())


def look_after(subject: Subject) -> int:
    """Close the plans that are paid, and put those on the work list that are behind by more than the grace days.

    Returns how many are behind. Called every night and after a payment.
    """
    grace = policy.policy(subject).plan_grace
    with transaction(subject):
        behind = []
        for one in plan_queries.active(subject):
            stand = one.standing
            if not stand.left:
                _finish(subject, one.plan, "done", "")
            elif stand.late_days > grace:
                behind.append(str(one.plan.pk))
                _raise_missed(subject, one)
        old = worklist.items(subject, kinds=[MISSED]).exclude(key__in=behind).values_list("key", flat=True)
        worklist.close_items(subject, MISSED, list(old), by=subject.actor)
        return len(behind)


def settle(subject: Subject, patient_id: str) -> None:
    """Close a patient's plans that nothing is owed of any more."""
    rows = Plan.objects.filter(practice=subject.practice, patient=patient_id, state="active")
    for one in plan_queries.views(subject, list(rows)):
        if not one.standing.left:
            _finish(subject, one.plan, "done", "")


def revive(subject: Subject, patient_id: str, since: datetime) -> None:
    """Let a patient's plans run again that were paid ``since`` and are owed again, as after a check that bounced."""
    rows = Plan.objects.filter(practice=subject.practice, patient=patient_id, state="done", ended__gte=since)
    taken = set(plan_queries.references(subject, patient_id))
    for one in plan_queries.views(subject, list(rows)):
        if one.standing.left and not taken & plan_queries.charges(subject, one.plan.pk):
            one.plan.state, one.plan.ended = "active", None
            one.plan.save(update_fields=["state", "ended"])
            _note(subject, one.plan, "U")


def _raise_missed(subject: Subject, one: plan_queries.PlanView) -> None:
    stand = one.standing
    task = worklist.Task(
        kind=MISSED,
        key=str(one.plan.pk),
        role="biller",
        title=f"Payment plan behind: {stand.missed} missed, {dollars(stand.past_due)}",
        detail=f"The oldest was due {stand.late_days} days ago.",
        cure="Call the patient; take a payment, agree on a new plan, or end this one.",
        about=f"Patient/{one.plan.patient}",
        link=("plan", str(one.plan.pk)),
        amount=stand.past_due,
    )
    worklist.raise_item(subject, task)


def _finish(subject: Subject, plan: Plan, state: str, reason: str) -> Plan:
    plan.state, plan.ended, plan.end_reason = state, clock.now(), reason
    plan.save(update_fields=["state", "ended", "end_reason"])
    worklist.close_items(subject, MISSED, [str(plan.pk)], by=subject.actor)
    _note(subject, plan, "U")
    return plan


def _held(subject: Subject, plan_id: int) -> Plan:
    plan = plan_queries.plan(subject, plan_id).plan
    found = Plan.objects.select_for_update().get(practice=subject.practice, pk=plan.pk)
    if found.state != "active":
        raise Conflict(f"The plan is {found.state} already.", cure="Agree on a new one.")
    return found


def _note(subject: Subject, plan: Plan, action: str) -> None:
    audit.record(subject, action, "payment plan", patient=plan.patient, resource_id=str(plan.pk), detail=plan.state)
    live.announce(subject, "account", plan.patient)
