"""Adjustments of the payment as a whole (PLB): each reason in an account of its own, none ever dropped.

A recovery that names a claim is held against what already stands in the account for that claim: a payer that
reverses a claim now and recovers later makes two entries that cancel out. A recovery without a reversal of ours
leaves a sum open; a work item asks whether the claim's debt is reopened or the recovery accepted.
"""

from __future__ import annotations

from datetime import date

from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import days, rules
from chartdesk.pms.remittance.models import ClaimPayment, ProviderAdjustment, Remittance
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards.x12.codes import payments

TAKEN_BACK = "take_back"


def post(subject: Subject, adjustment_id: int) -> bool:
    """Post one PLB in a transaction of its own; False when it was posted before."""
    with transaction(subject):
        one = (
            ProviderAdjustment.objects.select_for_update(of=("self",))
            .select_related("remittance")
            .get(practice=subject.practice, pk=adjustment_id)
        )
        if one.posted:
            return False
        one.claim_payment = _named(subject, one)
        patient = one.claim_payment.patient if one.claim_payment else ""
        one.tries += 1
        recovers = one.code in rules.RECOVERIES and one.amount > ZERO
        if one.amount:
            clearing, whole = _clearing(subject, one, patient) if recovers else ([], False)
            one.posting = _to_ledger(subject, one, patient, clearing)
            one.state = "" if not recovers else "matched" if whole else "open"
        one.posted = True
        one.save()
        audit.record(subject, "U", "provider adjustment", patient=patient, resource_id=str(one.pk))
        if one.state == "open":
            _raise_item(subject, one)
        return True


def _to_ledger(subject: Subject, one: ProviderAdjustment, patient: str, clearing: list[Line]) -> int:
    entries = rules.provider_adjustment(
        one.code,
        one.amount,
        bank=rules.bank_account(one.remittance.method),
        reference=_reference(one),
        patient=patient,
        memo=f"{payments.provider_adjustment(one.code)} (PLB {one.code}) {one.reference}".strip(),
    )
    return ledger.post(
        subject,
        "provider adjustment",
        f"{one.pk}/{one.tries}",
        [*entries, *clearing],
        on=days.today(subject),
        memo=f"{one.remittance.payer_name}, payment {one.remittance.trace}",
    )


def undo_all(subject: Subject, remittance: Remittance, reason: str, *, on: date) -> None:
    """Take the adjustments of a remittance back, and what was decided about its recoveries. Joins the transaction."""
    rows = remittance.provider_adjustments.select_for_update().filter(practice=subject.practice, posted=True)
    for one in rows.order_by("position"):
        for posting in [one.posting, books.posting_of(subject, "take-back", f"{one.pk}/{one.tries}")]:
            if posting is not None:
                source = f"provider adjustment {one.pk}/{one.tries} {posting}"
                ledger.reverse(subject, posting, on=on, source=source, memo=f"Taken back: {reason}")
        one.posted, one.posting, one.state = False, None, ""
        one.save(update_fields=["posted", "posting", "state"])
        worklist.close_items(subject, TAKEN_BACK, [str(one.pk)], by=subject.actor)
        audit.record(subject, "U", "provider adjustment", resource_id=str(one.pk), detail="taken back")


def _clearing(subject: Subject, one: ProviderAdjustment, patient: str) -> tuple[list[Line], bool]:
    """Entries that hold a recovery against what a payer had advanced for the same claim, in whatever file and under
    whatever reason: a balance carried forward, a recovery announced with the reversal. And whether that covers it:
    where it does not, a person decides about the whole."""
    reference, mine = _reference(one), rules.provider_account(one.code)
    if not reference:
        return [], False
    standing = books.by_account(subject, reference)
    left = one.amount + standing.pop(mine, ZERO)
    made: list[Line] = []
    for account, balance in standing.items():
        if account.startswith("provider_adjustment.") and balance < ZERO < left:
            part = min(-balance, left)
            memo = f"Held against {account.removeprefix('provider_adjustment.')} of an earlier remittance"
            made += [
                Line(account, part, patient, reference, memo=memo),
                Line(mine, -part, patient, reference, memo=memo),
            ]
            left -= part
    return (made, True) if left <= ZERO else ([], False)


def settle(subject: Subject, adjustment_id: int, outcome: str, note: str) -> None:
    """Decide about an open recovery: ``reopened`` makes it the payer's debt for the claim again, ``accepted``
    takes it as an adjustment. Raises NotFound, Invalid, and Conflict when it is not open or names no claim."""
    subject.require(Role.BILLER, Role.MANAGER)
    if outcome not in ("reopened", "accepted"):
        raise Invalid(f"{outcome!r} is no outcome.", where="outcome", cure="reopened or accepted.")
    with transaction(subject):
        one = (
            ProviderAdjustment.objects.select_for_update(of=("self",))
            .filter(practice=subject.practice, pk=adjustment_id)
            .first()
        )
        if one is None:
            raise NotFound(f"There is no provider adjustment {adjustment_id}.")
        if one.state != "open":
            raise Conflict("There is nothing left to decide about this recovery.")
        payment = ClaimPayment.objects.filter(practice=subject.practice, pk=one.claim_payment_id).first()
        patient = payment.patient if payment else ""
        ledger.post(
            subject,
            "take-back",
            f"{one.pk}/{one.tries}",
            [
                Line(f"provider_adjustment.{one.code}", -one.amount, patient, _reference(one), memo=note),
                *_takers(subject, one, outcome, payment, note),
            ],
            on=days.today(subject),
            memo=f"Recovery {outcome}: {note}",
        )
        one.state = outcome
        one.save(update_fields=["state"])
        worklist.close_items(subject, TAKEN_BACK, [str(one.pk)], by=subject.actor)
        audit.record(subject, "U", "provider adjustment", patient=patient, resource_id=str(one.pk), detail=outcome)
        if payment is not None and payment.claim is not None:
            claim = Claim.objects.get(practice=subject.practice, pk=payment.claim)
            text = f"{dollars(one.amount)} taken back by the payer was {outcome}: {note}"
            claims.note_outcome(subject, claim.pk, claim.status, text)


def _takers(
    subject: Subject, one: ProviderAdjustment, outcome: str, payment: ClaimPayment | None, note: str
) -> list[Line]:
    """The other side: the claim's lines in proportion to their charges, or the account of adjustments."""
    if outcome == "accepted":
        return [Line("adjustment.other", one.amount, payment.patient if payment else "", memo=note)]
    claim = (
        Claim.objects.filter(practice=subject.practice, pk=payment.claim).first()
        if payment is not None and payment.claim is not None
        else None
    )
    if claim is None:
        raise Conflict("The recovery names no claim of ours.", cure="Accept it, or ask the payer which claim it is.")
    lines = list(ClaimLine.objects.filter(practice=subject.practice, claim=claim).order_by("position"))
    shares = rules.spread(one.amount, [line.amount for line in lines])
    return [
        Line("ar", share, claim.patient, f"charge:{line.charge_line}", f"payer:{claim.payer_id}", note)
        for line, share in zip(lines, shares, strict=True)
    ]


def _named(subject: Subject, one: ProviderAdjustment) -> ClaimPayment | None:
    """The claim payment whose number, the payer's or ours, the reference gives."""
    wanted = one.reference.strip()
    if not wanted:
        return None
    mine = ClaimPayment.objects.filter(practice=subject.practice, payer_key=one.payer_key, reverses__isnull=True)
    for part in dict.fromkeys([wanted, *wanted.split()]):
        found = (
            mine.filter(payer_claim_number=part).order_by("-pk").first()
            or mine.filter(claim_number=part.upper()).order_by("-pk").first()
        )
        if found is not None:
            return found
    return None


def _reference(one: ProviderAdjustment) -> str:
    """What the entries are filed under, so that a recovery meets what it recovers."""
    if one.claim_payment_id and one.claim_payment:
        return f"recovery:{one.payer_key}:{one.claim_payment.claim_number}"
    return f"recovery:{one.payer_key}:{one.reference}" if one.reference else ""


def _raise_item(subject: Subject, one: ProviderAdjustment) -> None:
    payment = one.claim_payment
    about = f" of claim {payment.claim_number}" if payment else ""
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=TAKEN_BACK,
            key=str(one.pk),
            role=Role.BILLER,
            title=f"{one.remittance.payer_name} took back {dollars(one.amount)}{about}",
            detail=(
                f"{payments.provider_adjustment(one.code)} (PLB {one.code}), reference {one.reference or 'none'}, "
                f"payment {one.remittance.trace}. No reversal of the claim came with it."
            ),
            cure="Ask the payer why. Reopen the claim's debt, or accept the recovery.",
            about=f"Patient/{payment.patient}" if payment and payment.patient else "",
            link=("remittance", str(one.remittance_id)),
            amount=one.amount,
        ),
    )
