"""Charging cards and giving money back, through a gateway that may answer late or not at all.

An operation is committed as ``sending`` before the gateway hears of it, under a key that is made once. So whoever is
killed when: the gateway carries a key out at most once, and what became of it can be asked for by that key.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import connection

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.money import ZERO, dollars, money
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.cards import connections, rules, settling
from chartdesk.pms.cards.connections import Outcome
from chartdesk.pms.cards.models import CardOperation, StoredCard
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import commands as statements
from chartdesk.pms.statements import queries as accounts
from chartdesk.pms.statements import till_queries, tills
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

DESK = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER)
BILLING = (Role.BILLER, Role.MANAGER)


def begin(
    subject: Subject, patient_id: str, amount: Decimal, *, key: str, return_url: str, appointment_id: str = ""
) -> tuple[CardOperation, str]:
    """Prepare the charge of a card that is still to be typed; the address of the gateway's page for it.

    ``return_url`` may name the operation with ``{operation}``. Nothing is charged until ``complete``. Raises Conflict,
    Invalid, NotFound, Unavailable.
    """
    made, _ = _prepared(subject, patient_id, amount, key, "card", appointment=appointment_id)
    if made.state != "card":
        raise Conflict(f"This form was used before: {made.state}.", cure="Look at the account, then reload the page.")
    if made.page:
        return made, made.page
    page, address = connections.current().open_page(
        made.amount, "Payment to the practice", return_url.format(operation=made.pk)
    )
    with transaction(subject):
        fresh = CardOperation.objects.filter(practice=subject.practice, pk=made.pk, state="card", page="")
        if not fresh.update(session=page, page=address):
            # The other of two clicks was faster: the card is typed on the page that it opened.
            address = _operation(subject, made.pk).page
    return made, address


def typed(subject: Subject, operation_id: int) -> StoredCard:
    """The card that was typed for an operation. Raises NotFound, Conflict while there is none, Unavailable."""
    subject.require(*DESK)
    with transaction(subject):
        made = _operation(subject, operation_id)
    if made.card is not None:
        return made.card
    found = connections.current().typed(made.session) if made.session else None
    if found is None:
        raise Conflict("No card was typed yet.", cure="Go back to the gateway's page, or take another payment.")
    with transaction(subject):
        card, _ = StoredCard.objects.get_or_create(
            practice=subject.practice,
            token=found.token,
            defaults={
                "patient": made.patient,
                "brand": found.brand,
                "last4": found.last4,
                "month": found.month,
                "year": found.year,
                "created": clock.now(),
            },
        )
        CardOperation.objects.filter(practice=subject.practice, pk=made.pk, state="card").update(card=card)
        audit.record(subject, "C", "card", patient=made.patient, resource_id=str(card.pk), detail="token")
        return card


def complete(subject: Subject, operation_id: int, *, keep: bool = False) -> CardOperation:
    """Charge the card that was typed. Again, or at the same moment, charges nothing more.

    ``keep``: the patient agreed that the card stays on file. Raises NotFound, Conflict, Unavailable.
    """
    card = typed(subject, operation_id)
    with transaction(subject):
        if keep and not card.kept:
            card.kept, card.agreed_by = True, subject.name
            card.save(update_fields=["kept", "agreed_by"])
        made = _operation(subject, operation_id)
        _refuse_open(subject, made.patient, besides=made.pk)
        mine = CardOperation.objects.filter(practice=subject.practice, pk=operation_id, state="card").update(
            state="sending", sent=clock.now()
        )
    return _send(subject, operation_id) if mine else operation(subject, operation_id)


def charge(
    subject: Subject,
    patient_id: str,
    amount: Decimal,
    *,
    card_id: int,
    key: str,
    appointment_id: str = "",
    plan: tuple[int, int] | None = None,
) -> CardOperation:
    """Charge a card on file, once for each ``key``; ``plan`` is the plan and instalment that is paid.

    The result's ``state`` says how it ended: succeeded (and in the account), declined, not_done or unknown. Raises
    Conflict while another charge of the patient is unknown, Invalid, NotFound.
    """
    connections.current()
    with transaction(subject):
        card = StoredCard.objects.filter(practice=subject.practice, pk=card_id, removed=None).first()
        if card is None or card.patient != patient_id:
            raise NotFound("The patient has no such card on file.", where="card", cure="Choose another one.")
    made, new = _prepared(subject, patient_id, amount, key, "sending", card, appointment_id, plan)
    return _send(subject, made.pk) if new else operation(subject, made.pk)


def give_back(subject: Subject, payment_id: int, amount: Decimal, *, key: str, reason: str) -> CardOperation:
    """Give money of a card payment back to that card.

    The whole amount takes the payment back: what it had paid is owed again. A part must stand as credit, which is used
    for it at once. Raises Conflict where it is not there or too much, Invalid, NotFound.
    """
    subject.require(*BILLING)
    wanted = money(amount)
    if wanted <= ZERO or not reason.strip():
        raise Invalid("A refund needs an amount and a reason.", where="amount")
    with transaction(subject):
        origin = _of_payment(subject, payment_id)
        advisory_lock("patient account", subject.practice, origin.patient)
        known = CardOperation.objects.filter(practice=subject.practice, key=key).first()
        if known is not None:
            return known
        _check_refund(subject, origin, wanted)
        whole = wanted == origin.amount
        made = _insert(subject, origin.patient, wanted, key, "sending", origin.card, kind="refund")
        made.of, made.whole, made.reason, made.sent = origin, whole, reason.strip(), clock.now()
        if not whole:
            made.payment = statements.refund(
                subject,
                origin.patient,
                wanted,
                "card",
                idempotency_key=f"card:{made.gateway_key}",
                reason=reason,
                on=till_day(subject),
            ).pk
        made.save()
    return _send(subject, made.pk)


def remove_card(subject: Subject, card_id: int) -> None:
    """Take a card off file, here and at the gateway. Raises NotFound, Unavailable; again changes nothing."""
    subject.require(*DESK)
    with transaction(subject):
        card = StoredCard.objects.filter(practice=subject.practice, pk=card_id).first()
        if card is None:
            raise NotFound(f"There is no card {card_id}.")
    connections.current().forget(card.token)
    with transaction(subject):
        StoredCard.objects.filter(practice=subject.practice, pk=card_id).update(removed=clock.now(), kept=False)
        audit.record(subject, "D", "card", patient=card.patient, resource_id=str(card_id))
        live.announce(subject, "account", card.patient)


def operation(subject: Subject, operation_id: int) -> CardOperation:
    """One operation as it stands. Raises NotFound."""
    with transaction(subject):
        return _operation(subject, operation_id)


def till_day(subject: Subject) -> date:
    """The day for money that came by itself: today, or the first that is open."""
    return till_queries.open_day(subject, tills.today(subject))


def _prepared(
    subject: Subject,
    patient_id: str,
    amount: Decimal,
    key: str,
    state: str,
    card: StoredCard | None = None,
    appointment: str = "",
    plan: tuple[int, int] | None = None,
) -> tuple[CardOperation, bool]:
    """The operation for a form, new or as it is; committed before anything is asked of the gateway."""
    subject.require(*DESK)
    wanted = money(amount)
    if wanted <= ZERO:
        raise Invalid(f"{dollars(wanted)} cannot be charged.", where="amount", cure="Type what is to be paid.")
    if not key.strip():
        raise Invalid("The payment has no key of its own.", where="key", cure="Reload the page.")
    if connection.in_atomic_block:
        raise RuntimeError("a card is not charged inside an open transaction")
    with transaction(subject):
        registration.patient(subject, patient_id)
        advisory_lock("patient account", subject.practice, patient_id)
        known = CardOperation.objects.filter(practice=subject.practice, key=key).first()
        if known is not None:
            if (known.patient, known.amount, known.kind) != (patient_id, wanted, "charge"):
                raise Conflict("This form was used for another payment.", cure="Reload the page.", where="key")
            return known, False
        _refuse_open(subject, patient_id)
        # A day that is closed refuses before anything is charged, not after.
        if not subject.has(Role.SYSTEM):
            tills.taking(subject, tills.today(subject))
        made = _insert(subject, patient_id, wanted, key, state, card)
        made.appointment = appointment
        made.plan, made.instalment = plan or (None, None)
        made.sent = clock.now() if state == "sending" else None
        made.save()
        return made, True


def _insert(
    subject: Subject,
    patient: str,
    amount: Decimal,
    key: str,
    state: str,
    card: StoredCard | None,
    kind: str = "charge",
) -> CardOperation:
    made = CardOperation.objects.create(
        practice=subject.practice,
        patient=patient,
        kind=kind,
        amount=amount,
        key=key,
        gateway_key=new_id(),
        state=state,
        card=card,
        actor=subject.actor,
        name=subject.name,
        created=clock.now(),
    )
    audit.record(subject, "C", f"card {kind}", patient=patient, resource_id=str(made.pk))
    return made


def _send(subject: Subject, operation_id: int) -> CardOperation:
    """Ask the gateway, outside of any transaction, and write down what it said."""
    made = operation(subject, operation_id)
    gateway, about = connections.current(), {"practice": subject.practice, "operation": made.pk}
    if made.kind == "refund":
        assert made.of is not None
        outcome = gateway.refund(made.gateway_key, made.of.gateway_id, made.amount, about)
    elif made.card is None:
        outcome = Outcome("refused", message="No card was given.")
    else:
        outcome = gateway.charge(made.gateway_key, made.card.token, made.amount, about)
    return settling.settle(subject, operation_id, outcome)


def _refuse_open(subject: Subject, patient_id: str, besides: int = 0) -> None:
    """While nobody knows whether one charge went through, another would risk charging twice."""
    open_ = CardOperation.objects.filter(practice=subject.practice, patient=patient_id, state__in=rules.OPEN)
    found = open_.exclude(pk=besides).first()
    if found is not None:
        raise Conflict(
            f"Whether a {found.kind} of {dollars(found.amount)} went through is not known yet.",
            cure="Wait a few minutes; the gateway is asked every minute. Do not charge the card again.",
        )


def _check_refund(subject: Subject, origin: CardOperation, wanted: Decimal) -> None:
    if origin.state != "succeeded":
        raise Conflict("That charge brought no money.", cure="There is nothing to give back.")
    given = CardOperation.objects.filter(
        practice=subject.practice, of=origin, state__in=("succeeded", *rules.OPEN)
    ).values_list("amount", flat=True)
    left = origin.amount - sum(given, ZERO)
    if wanted > left:
        raise Conflict(f"{dollars(left)} of this charge are left.", where="amount", cure="Give back no more than that.")
    assert origin.payment is not None
    if accounts.payment(subject, origin.payment).voided:
        raise Conflict("The payment was voided.", cure="Voided money is not given back; take the payment again first.")
    if wanted < origin.amount:
        credit = accounts.balances(subject, origin.patient).credit
        if wanted > credit:
            raise Conflict(
                f"The patient's credit is {dollars(credit)}.",
                where="amount",
                cure="Give back no more than the credit, or the whole payment.",
            )


def _of_payment(subject: Subject, payment_id: int) -> CardOperation:
    found = CardOperation.objects.filter(practice=subject.practice, payment=payment_id, kind="charge").first()
    if found is None:
        raise NotFound("This payment was not charged through the gateway.", cure="Give it back as credit instead.")
    return found


def _operation(subject: Subject, operation_id: int) -> CardOperation:
    found = (
        CardOperation.objects.filter(practice=subject.practice, pk=operation_id).select_related("card", "of").first()
    )
    if found is None:
        raise NotFound(f"There is no card operation {operation_id}.")
    return found


def dispute(subject: Subject, made: CardOperation) -> None:
    """The holder disputes a charge: somebody has to answer the bank."""
    task = worklist.Task(
        kind="card_disputed",
        key=str(made.pk),
        role="biller",
        title=f"Card charge of {dollars(made.amount)} is disputed",
        detail=f"{made.card.words if made.card else 'Card'}, authorization {made.authorization}.",
        cure="Answer the bank on the gateway's page. If the money is taken away, void the payment.",
        about=f"Patient/{made.patient}",
        link=("account", made.patient),
        amount=made.amount,
    )
    worklist.raise_item(subject, task)
