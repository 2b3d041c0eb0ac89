"""How an operation ended: told by its sender, by the gateway's event, or asked for later. Each counts once."""

from __future__ import annotations

import logging
from dataclasses import replace

from django.db import IntegrityError
from django.db.models import Q

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import ChartdeskError, Conflict, NotFound, Unavailable
from chartdesk.kit.money import dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.cards import connections, rules
from chartdesk.pms.cards.connections import GatewayEvent, Outcome
from chartdesk.pms.cards.models import CardEvent, CardOperation
from chartdesk.pms.statements import commands as statements
from chartdesk.pms.statements import queries as accounts
from chartdesk.pms.statements import till_queries, tills
from chartdesk.pms.statements.models import Payment
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.subject import system

#: The work item of an operation whose outcome nobody knows.
UNKNOWN = "card_unknown"
_log = logging.getLogger(__name__)


def settle(subject: Subject, operation_id: int, outcome: Outcome) -> CardOperation:
    """Write down how an operation ended, and post its money with it. Whoever tells it first settles it."""
    with transaction(subject):
        made = CardOperation.objects.select_for_update(of=("self",)).select_related("card", "of").filter(
            practice=subject.practice, pk=operation_id
        ).first()  # fmt: skip
        if made is None:
            raise NotFound(f"There is no card operation {operation_id}.")
        state = rules.after(made.state, outcome.kind)
        if state is None:
            return made
        made.state, made.code, made.message = state, outcome.code, outcome.message
        made.gateway_id = outcome.id or made.gateway_id
        made.authorization = outcome.authorization or made.authorization
        if state == "unknown":
            _raise_unknown(subject, made)
        else:
            made.settled = clock.now()
            worklist.close_items(subject, UNKNOWN, [str(made.pk)], by=subject.actor)
            _post(subject, made)
        made.save()
        audit.record(subject, "U", f"card {made.kind}", patient=made.patient, resource_id=str(made.pk), detail=state)
        live.announce(subject, "account", made.patient)
        return made


def ask_again(subject: Subject) -> int:
    """Ask the gateway about every operation whose end is not known; returns how many are known now."""
    with transaction(subject):
        rows = list(CardOperation.objects.filter(practice=subject.practice, state__in=rules.OPEN).order_by("pk"))
    known = 0
    for made in rows:
        assert made.sent is not None
        if not rules.to_ask(made.state, made.sent, clock.now()):
            continue
        try:
            outcome = connections.current().find(made.kind, made.gateway_key)
        except Unavailable:
            outcome = Outcome("unknown")
        if outcome is None:
            outcome = (
                Outcome("refused", code="never_arrived", message="The gateway never heard of it; no money moved.")
                if rules.given_up(made.sent, clock.now())
                else Outcome("unknown")
            )
        try:
            known += settle(subject, made.pk, outcome).state not in rules.OPEN
        except ChartdeskError as fault:  # what keeps one from being posted keeps no other waiting
            _log.error("card operation %s: %s", made.pk, fault)
    return known


def take_event(event: GatewayEvent) -> bool:
    """Take in what the gateway told; False where it is known already or about nothing of ours."""
    from chartdesk.pms.cards import commands

    subject = system(event.practice, "cards")
    with transaction(subject):
        made = CardOperation.objects.filter(practice=event.practice, pk=event.operation).select_related("card").first()
        if made is None or made.gateway_key != event.key:
            return False
        try:
            with transaction(subject):
                CardEvent.objects.create(
                    practice=event.practice, event=event.id, kind=event.kind, operation=made.pk, at=clock.now()
                )
        except IntegrityError:
            return False
        if event.kind == "charge.disputed":
            commands.dispute(subject, made)
        else:
            settle(subject, made.pk, event.outcome)
    return True


def _post(subject: Subject, made: CardOperation) -> None:
    """The money's way into the patient's account, in the transaction that settles the operation."""
    if made.kind == "refund":
        _post_refund(subject, made)
    elif made.state == "succeeded":
        made.payment = _taken(subject, made)


def _taken(subject: Subject, made: CardOperation) -> int:
    """The payment of a charge that went through: in the person's drawer, or in nobody's where that is shut."""
    ending = made.card.last4 if made.card else ""
    given = {
        "idempotency_key": f"card:{made.gateway_key}",
        "reference": f"ending {ending}, {made.authorization}".strip(", "),
        "appointment_id": made.appointment,
        "plan": made.plan is not None,
    }
    today = tills.today(subject)
    # Whoever tells how it ended, it stands in the drawer of who began it.
    beginner = replace(system(subject.practice, "cards"), actor=made.actor, name=made.name)
    try:
        with transaction(subject):
            return statements.take_payment(beginner, made.patient, made.amount, "card", on=today, **given).pk
    except Conflict:
        online = system(subject.practice, "cards")
        day = till_queries.open_day(subject, today)
        return statements.take_payment(online, made.patient, made.amount, "card", on=day, **given).pk


def _post_refund(subject: Subject, made: CardOperation) -> None:
    """The books of a refund that ended. What somebody else voided meanwhile is not voided again."""
    online = system(subject.practice, "cards")
    day = till_queries.open_day(subject, tills.today(subject))
    if made.state == "succeeded" and made.whole:
        assert made.of is not None and made.of.payment is not None
        if not accounts.payment(online, made.of.payment).voided:
            statements.void_payment(online, made.of.payment, f"Given back to the card: {made.reason}", on=day)
        made.payment = made.of.payment
    elif made.payment is None:
        return
    elif made.state != "succeeded":
        # The credit that was used for it comes back.
        if not accounts.payment(online, made.payment).voided:
            statements.void_payment(online, made.payment, "The card did not take the refund", on=day)
    elif accounts.payment(online, made.payment).voided:
        # It had been given up, and went through after all: the money has left, whatever became of the credit.
        key = f"card:{made.gateway_key}:after all"
        made.payment = statements.refund(
            online, made.patient, made.amount, "card", idempotency_key=key, reason=made.reason, on=day, gone=True
        ).pk


def guard_void(subject: Subject, payment: Payment) -> None:
    """Nobody voids what is on its way to a card: the gateway's answer will. Raises Conflict."""
    if subject.has(Role.SYSTEM):
        return
    under_way = CardOperation.objects.filter(practice=subject.practice, state__in=rules.OPEN)
    if under_way.filter(Q(payment=payment.pk) | Q(of__payment=payment.pk)).exists():
        raise Conflict(
            f"It is not known yet whether the card took the refund of {payment.receipt_number}.",
            cure="Wait a few minutes; the gateway is asked every minute.",
        )


def _raise_unknown(subject: Subject, made: CardOperation) -> None:
    task = worklist.Task(
        kind=UNKNOWN,
        key=str(made.pk),
        role="front_desk",
        title=f"Card {made.kind} of {dollars(made.amount)}: not known whether it went through",
        detail="The gateway's answer did not come.",
        cure="Do not charge the card again. The gateway is asked every minute; this closes by itself.",
        about=f"Patient/{made.patient}",
        link=("account", made.patient),
        amount=made.amount,
    )
    worklist.raise_item(subject, task)


def sweep(practice: int) -> None:
    """The worker's round for one practice: ask again, where there is a gateway."""
    if connections.there():
        try:
            ask_again(system(practice, "cards"))
        except ChartdeskError as fault:
            _log.error("cards of practice %s: %s", practice, fault)
