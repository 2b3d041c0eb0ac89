"""What a payer decided about one claim, as its ClaimResponse and its ExplanationOfBenefit both say it.

Amounts keep the payer's own cut: each adjustment stands with its CARC and group code, and with the category that a
reader of benefits knows (deductible, coinsurance, discount ...), in the words of CARIN for Blue Button.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from chartdesk.kit import fetching
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import forget, once
from chartdesk.pms.charges import elements
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.content import ClaimContent, told
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine
from chartdesk.pms.remittance.rules import Adjusted, Decided, adjusted
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12.codes import adjustment_reasons, remarks

PAYMENT = "urn:chartdesk:claim-payment"
CARC, RARC = (
    "https://x12.org/codes/claim-adjustment-reason-codes",
    "https://x12.org/codes/remittance-advice-remark-codes",
)
GROUP = "https://x12.org/codes/claim-adjustment-group-codes"
_PLAIN = "http://terminology.hl7.org/CodeSystem/adjudication"
_CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
_DISCRIMINATOR = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator"
_OURS = "urn:chartdesk:adjudication"
_IDENTIFIER = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType"
_PAYMENT_TYPE = "http://terminology.hl7.org/CodeSystem/ex-paymenttype"

#: The category of an amount, by our name for it.
CATEGORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "submitted": ((_PLAIN, "submitted"),),
    "eligible": ((_PLAIN, "eligible"),),
    "deductible": ((_PLAIN, "deductible"),),
    "coinsurance": ((_CARIN, "coinsurance"),),
    "copay": ((_PLAIN, "copay"),),
    "discount": ((_CARIN, "discount"),),
    "noncovered": ((_CARIN, "noncovered"),),
    "denied": ((_CARIN, "noncovered"), (_DISCRIMINATOR, "denialreason")),
    "priorpayerpaid": ((_CARIN, "priorpayerpaid"),),
    "benefit": ((_PLAIN, "benefit"), (_CARIN, "paidtoprovider")),
    "memberliability": ((_CARIN, "memberliability"),),
    "pending": ((_OURS, "pending"),),
    "interest": ((_OURS, "interest"),),
    "other": ((_OURS, "other"),),
}
#: The patient's share by its reason.
_SHARES = {"1": "deductible", "2": "coinsurance", "3": "copay"}
#: What an adjustment means for the books, as a category.
_MEANINGS = {
    "contract": "discount",
    "capitated": "discount",
    "deny": "denied",
    "pending": "pending",
    "interest": "interest",
}
_PRIOR_PAYER = "23"
_LINES = "practice = %s AND claim_payment_id = ANY(%s::int8[]) ORDER BY position"
#: Where a transaction remembers what it read, and what it posted.
_READ, _HELD = "decisions", "decisions posted"
_Posted = tuple[ClaimPayment, Claim, list[PaymentLine]]


@dataclass(frozen=True)
class Amount:
    """One amount of a line or of the claim: its category, and the adjustment that gave it."""

    category: str
    amount: Decimal
    why: Adjusted | None = None


@dataclass(frozen=True)
class Part:
    """What was decided about one thing: amounts in order, the numbers of its notes, dollars left to the patient."""

    amounts: tuple[Amount, ...]
    notes: tuple[int, ...] = ()
    share: Decimal = ZERO

    @cached_property
    def adjudications(self) -> list[dict[str, Any]]:
        """The amounts as both types say them."""
        return [
            {
                "category": category(one.category),
                "reason": reason(one.why.group, one.why.reason) if one.why else None,
                "amount": elements.dollars(one.amount),
            }
            for one in self.amounts
        ]


@dataclass
class Decision:
    """A claim payment with its claim. ``parts`` are by the item's sequence, ``beside`` for lines that match none."""

    payment: ClaimPayment
    claim: Claim
    content: ClaimContent
    parts: dict[int, Part] = field(default_factory=dict)
    beside: list[tuple[PaymentLine, Part]] = field(default_factory=list)
    whole: Part | None = None
    notes: list[str] = field(default_factory=list)
    reversed: bool = False
    #: What both types say alike, once one of them has said it.
    common: dict[str, Any] | None = None

    @property
    def own(self) -> bool:
        """Whether the payer that the claim was sent to decided, and not a later one it was passed on to."""
        return self.claim.rank > 1 or self.payment.status_code not in rules.LATER

    @cached_property
    def outcome(self) -> str:
        """``partial`` while something is held or still to be decided, else ``complete``."""
        pending = any(one.category == "pending" for part in self._all for one in part.amounts)
        return "partial" if pending or self.payment.state == "held" else "complete"

    @cached_property
    def _all(self) -> list[Part]:
        return [*self.parts.values(), *(part for _, part in self.beside), *([self.whole] if self.whole else [])]

    @cached_property
    def totals(self) -> list[dict[str, Any]]:
        """The sums by category, as both types say them: submitted and paid as the payer states them, the rest added
        up."""
        sums = {"submitted": self.payment.charged}
        for part in self._all:
            for one in part.amounts:
                if one.category not in ("submitted", "benefit"):
                    name = "noncovered" if one.category == "denied" else one.category
                    sums[name] = sums.get(name, ZERO) + one.amount
        sums["memberliability"] = sum((part.share for part in self._all), ZERO)
        sums["benefit"] = self.payment.paid
        return [{"category": category(name), "amount": elements.dollars(amount)} for name, amount in sums.items()]


def decisions(subject: Subject, numbers: Sequence[int | str]) -> list[Decision]:
    """What these claim payments decided, as far as their claim is known; in their order.

    Both types ask for the same: the transaction reads it once, until it is told ``changed``.
    """
    remembered: dict[tuple[int | str, ...], list[Decision]] = once(_READ, dict)
    if tuple(numbers) not in remembered:
        remembered[tuple(numbers)] = _read(subject, numbers)
    return remembered[tuple(numbers)]


def changed(posted: Iterable[tuple[ClaimPayment, Claim, list[PaymentLine]]], others: Iterable[int] = ()) -> None:
    """Claim payments were ``posted``, with their claims and lines, or ``others`` taken back: what is remembered of
    them is no longer so. Those just posted are not read again; no reversal is tied to one of them yet."""
    forget(_READ)
    held: dict[int, _Posted] = once(_HELD, dict)
    held |= {payment.pk: (payment, claim, lines) for payment, claim, lines in posted}
    for number in others:
        held.pop(number, None)


def _read(subject: Subject, numbers: Sequence[int | str]) -> list[Decision]:
    held: dict[int, _Posted] = once(_HELD, dict)
    wanted = list(map(int, numbers))
    found = {number: held[number] for number in wanted if number in held}
    missing = [number for number in wanted if number not in found]
    back: set[int] = set()
    if missing:
        rows = ClaimPayment.objects.filter(practice=subject.practice, pk__in=missing, claim__isnull=False)
        payments = list(rows.exclude(state="waiting").select_related("remittance", "reversed_by"))
        back = {one.pk for one in payments if hasattr(one, "reversed_by")}
        claims = holding.these(subject, {one.claim for one in payments if one.claim})
        lines: dict[int, list[PaymentLine]] = {}
        for line in fetching.fetch(PaymentLine, _LINES, [subject.practice, [one.pk for one in payments]]):
            lines.setdefault(line.claim_payment_id, []).append(line)
        found |= {one.pk: (one, claims[one.claim], lines.get(one.pk, [])) for one in payments}
    known = [found[number] for number in sorted(found) if found[number][1].content]
    return [_decision(*one, reversed=one[0].pk in back) for one in known]


def _decision(payment: ClaimPayment, claim: Claim, lines: list[PaymentLine], *, reversed: bool) -> Decision:
    made = Decision(payment, claim, told(claim))
    made.reversed = reversed or payment.state == "unposted"
    places = {line.charge_line: number for number, line in enumerate(made.content.lines, start=1)}
    by_place: dict[int, list[PaymentLine]] = {}
    for line in lines:
        place = places.get(line.charge_line)
        if place is None:
            made.beside.append((line, _part(made, [line])))
        else:
            by_place.setdefault(place, []).append(line)
    made.parts = {place: _part(made, ours) for place, ours in sorted(by_place.items())}
    if not lines or payment.adjustments or payment.remarks:
        made.whole = _whole(made, lines)
    return made


def _part(made: Decision, lines: list[PaymentLine]) -> Part:
    """One line of ours; what the payer had split comes together again."""
    cuts: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        for one in adjusted(line.adjustments):
            cuts[one.group, one.reason] = cuts.get((one.group, one.reason), ZERO) + one.amount
    charged, paid = sum((one.charged for one in lines), ZERO), sum((one.paid for one in lines), ZERO)
    decided = Decided(
        lines[0].charge_line, charged, paid, tuple(Adjusted(*reason, amount) for reason, amount in cuts.items())
    )
    stated = [one.allowed for one in lines]
    allowed = None if None in stated else sum((one for one in stated if one is not None), ZERO)
    return _amounts(made, decided, allowed, [code for one in lines for code in one.remarks])


def _whole(made: Decision, lines: list[PaymentLine]) -> Part:
    """What the payer said about the claim as a whole, beyond its lines."""
    payment = made.payment
    charged = payment.charged - sum((one.charged for one in lines), ZERO)
    paid = payment.paid - sum((one.paid for one in lines), ZERO)
    decided = Decided(None, charged, paid, adjusted(payment.adjustments))
    return _amounts(made, decided, None, payment.remarks, stated=not lines)


def _amounts(
    made: Decision, decided: Decided, allowed: Decimal | None, codes: Iterable[str], *, stated: bool = True
) -> Part:
    """The amounts in the order of a remittance. ``stated`` false leaves out charge and payment."""
    found, share = [], ZERO
    if stated:
        kept = rules.allowed_amount(decided) if allowed is None else allowed
        found += [Amount("submitted", decided.charged), Amount("eligible", kept)]
    for one in decided.adjustments:
        meaning = rules.effect(made.payment.status_code, decided, one)
        found.append(Amount(_category(meaning, one), one.amount, one))
        share += one.amount if meaning == "patient" else ZERO
    if stated:
        found.append(Amount("benefit", decided.paid))
    return Part(tuple(found), tuple(_note(made, code) for code in dict.fromkeys(codes)), share)


def _category(meaning: str, one: Adjusted) -> str:
    if meaning == "patient":
        return _SHARES.get(one.reason, "noncovered")
    if one.reason == _PRIOR_PAYER:
        return "priorpayerpaid"
    return _MEANINGS.get(meaning, "other")


def _note(made: Decision, code: str) -> int:
    """The number of the note that says a remark code in words."""
    text = f"{code}: {remarks.label(code)}"
    if text not in made.notes:
        made.notes.append(text)
    return made.notes.index(text) + 1


# --------------------------------------------------------------------------------- as both types say it


@lru_cache(maxsize=64)
def category(name: str) -> r4.CodeableConcept:
    """The category of an amount."""
    return r4.CodeableConcept(coding=[r4.Coding(system=system, code=code) for system, code in CATEGORIES[name]])


@lru_cache(maxsize=2048)
def reason(group: str, code: str) -> r4.CodeableConcept:
    """A CARC with its group code, in our words."""
    codings = [r4.Coding(system=CARC, code=code), r4.Coding(system=GROUP, code=group)]
    return r4.CodeableConcept(coding=codings, text=adjustment_reasons.label(code))


def payment(made: Decision) -> dict[str, Any]:
    """What was paid, when, and under which trace number."""
    remittance = made.payment.remittance
    kind = "complete" if made.outcome == "complete" else "partial"
    return {
        "type": elements.concept(_PAYMENT_TYPE, kind),
        "date": remittance.paid_on.isoformat() if remittance.paid_on else None,
        "amount": elements.dollars(made.payment.paid),
        "identifier": r4.Identifier(value=remittance.trace) if remittance.trace else None,
    }


def notes(made: Decision) -> list[dict[str, Any]]:
    """The remark codes in words."""
    return [{"number": number, "type": "print", "text": text} for number, text in enumerate(made.notes, start=1)]


def beside(made: Decision) -> list[dict[str, Any]]:
    """Lines of the payer that match none of ours: their money is held."""
    return [
        {
            "productOrService": elements.procedure(line.code or "unknown"),
            "modifier": elements.modifiers(line.modifiers) or (),
            "servicedDate": line.service_date.isoformat() if line.service_date else None,
            "quantity": elements.quantity(line.units) if line.units is not None else None,
            "net": elements.dollars(line.charged),
            "noteNumber": part.notes,
            "adjudication": part.adjudications,
        }
        for line, part in made.beside
    ]


def identifiers(made: Decision) -> list[r4.Identifier]:
    """Our number of the decision, and the payer's of the claim."""
    found = [r4.Identifier(system=PAYMENT, value=str(made.payment.pk))]
    if made.payment.payer_claim_number:
        kind = elements.concept(_IDENTIFIER, "uc", "Unique Claim ID")
        found.append(r4.Identifier(type=kind, value=made.payment.payer_claim_number))
    return found
