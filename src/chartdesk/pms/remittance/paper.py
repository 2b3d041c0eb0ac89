"""Remittances on paper, keyed in claim by claim, held to the same sums as an 835, and then taken in as one.

What was keyed becomes an 835 of our own making, kept like any other file: so it is balanced, posted once, matched,
denied, previewed and taken back by the very same steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.claims.models import OPEN, Claim, ClaimLine
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.models import PaperRemittance, Remittance
from chartdesk.pms.remittance.receiving import BILLING, receive_all
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.x12 import remittance_835 as x12
from chartdesk.standards.x12.codes import adjustment_reasons, payments
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Adjustment, Party

METHODS = ("CHK", "ACH", "FWT")
#: Claims that may be on the paper, and how many of them are offered.
_UNDECIDED, _EXPECTED = (*OPEN, "partly_paid", "denied"), 300


@dataclass(frozen=True)
class PaperCut:
    """An adjustment as it stands on the paper: group, reason, dollars that it lowers the payment by."""

    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True)
class PaperLine:
    """A line of a claim on the paper. ``control`` is the number of our line that it is about."""

    code: str
    charge: Decimal
    paid: Decimal
    control: str = ""
    cuts: list[PaperCut] = field(default_factory=list)


@dataclass(frozen=True)
class PaperClaim:
    """What the paper says about one claim of ours. ``status`` is CLP02: 1 primary, 2 secondary, 4 denied."""

    number: str
    lines: list[PaperLine]
    status: str = "1"
    payer_claim_number: str = ""

    @property
    def charge(self) -> Decimal:
        """What was charged."""
        return total(line.charge for line in self.lines)

    @property
    def paid(self) -> Decimal:
        """What was paid."""
        return total(line.paid for line in self.lines)


@dataclass
class PaperView:
    """A remittance being keyed in. ``difference`` is what is still missing between the claims and the check."""

    row: PaperRemittance
    claims: list[PaperClaim]
    adjustments: list[tuple[str, str, Decimal]]
    paid: Decimal
    adjusted: Decimal

    @property
    def difference(self) -> Decimal:
        """The amount less what the claims and adjustments come to; it may be taken in once this is zero."""
        return money(self.row.amount) - (self.paid - self.adjusted)


def start(subject: Subject, payer_id: str, trace: str, paid_on: date, amount: Decimal, method: str = "CHK") -> int:
    """Begin a remittance of a payer of ours; its number, and that of one that was begun for the same payment.

    Raises NotFound, Invalid.
    """
    subject.require(*BILLING)
    if not trace.strip():
        raise Invalid("The payment has no number.", where="trace", cure="Type the number of the check.")
    if method not in METHODS:
        raise Invalid(f"{method!r} is no way to pay.", where="method", cure=f"One of {', '.join(METHODS)}.")
    if money(amount) < ZERO:
        raise Invalid("The payment is below zero.", where="amount", cure="Key what was taken back as an adjustment.")
    with transaction(subject):
        coverage.payer(subject, payer_id)
        advisory_lock("paper remittance", subject.practice, payer_id)
        payment = {
            "payer_id": payer_id,
            "trace": trace.strip(),
            "paid_on": paid_on,
            "method": method,
            "amount": money(amount),
        }
        begun = PaperRemittance.objects.filter(practice=subject.practice, remittance__isnull=True, **payment).first()
        if begun is not None:
            return int(begun.pk)
        made = PaperRemittance.objects.create(
            practice=subject.practice, started=clock.now(), actor=subject.actor, **payment
        )
        audit.record(subject, "C", "paper remittance", resource_id=str(made.pk))
        return int(made.pk)


def blank(subject: Subject, claim_number: str) -> PaperClaim:
    """A claim of ours as a form begins: its lines with their charges, nothing paid. Raises NotFound."""
    with reading(subject):
        claim = _claim(subject, claim_number)
        lines = ClaimLine.objects.filter(practice=subject.practice, claim=claim).order_by("position")
        audit.record(subject, "R", "claim", patient=claim.patient, resource_id=str(claim.pk))
        return PaperClaim(
            claim.number, [PaperLine(one.code, money(one.amount), ZERO, one.control_number) for one in lines]
        )


def expected(subject: Subject, payer_id: str) -> list[tuple[str, str]]:
    """Claims that the payer has not decided, or not wholly paid: number, and patient, day and dollars in words.

    The latest first.
    """
    with reading(subject):
        rows = Claim.objects.filter(practice=subject.practice, payer_id=payer_id, status__in=_UNDECIDED)
        found = list(rows.defer("content").order_by("-service_date", "-pk")[:_EXPECTED])
        names = registration.names(subject, sorted({one.patient for one in found}))
        touched = [audit.Touched("R", "claim", str(one.pk), 0, one.patient) for one in found]
        audit.record_many(subject, touched, detail="list")
    told = {one: hit.name for one, hit in names.items()}
    return [
        (one.number, f"{told.get(one.patient, one.patient)}, {one.service_date:%b %-d, %Y}, {dollars(one.total)}")
        for one in found
    ]


def set_claim(subject: Subject, paper_id: int, claim: PaperClaim) -> None:
    """Keep what the paper says about a claim, instead of what was keyed for it before.

    Raises Invalid where a line does not add up (with its figures), NotFound for a claim that is not ours.
    """
    subject.require(*BILLING)
    if claim.status not in payments.CLAIM_STATUS:
        raise Invalid(f"{claim.status!r} is no claim status.", where="status", cure="Choose from the list.")
    for place, line in enumerate(claim.lines, start=1):
        _check_line(place, line)
    with transaction(subject):
        row = _open(subject, paper_id)
        ours = _claim(subject, claim.number)
        others = [one for one in row.claims if one["number"] != ours.number]
        row.claims = [*others, _plain(claim, ours.number)]
        row.save(update_fields=["claims"])
        audit.record(subject, "U", "paper remittance", patient=ours.patient, resource_id=str(row.pk))


def _check_line(place: int, line: PaperLine) -> None:
    for cut in line.cuts:
        if cut.group not in adjustment_reasons.GROUPS:
            raise Invalid(f"{cut.group!r} is no group.", where=f"line {place}", cure="One of CO, PR, OA, PI, CR.")
        if cut.reason not in adjustment_reasons.REASONS:
            raise Invalid(
                f"{cut.reason!r} is no reason code.", where=f"line {place}", cure="Look at the legend of the paper."
            )
    cuts = total(cut.amount for cut in line.cuts)
    if line.charge - cuts != line.paid:
        raise Invalid(
            f"{line.code}: charged {dollars(line.charge)} less {dollars(cuts)} is not {dollars(line.paid)}: "
            f"{dollars(line.charge - cuts - line.paid)} apart.",
            where=f"line {place}",
            cure="Compare the line with the paper.",
        )


def remove_claim(subject: Subject, paper_id: int, number: str) -> None:
    """Forget what was keyed for a claim. Raises NotFound."""
    subject.require(*BILLING)
    with transaction(subject):
        row = _open(subject, paper_id)
        row.claims = [one for one in row.claims if one["number"] != number]
        row.save(update_fields=["claims"])


def set_adjustments(subject: Subject, paper_id: int, adjustments: list[tuple[str, str, Decimal]]) -> None:
    """Keep the adjustments of the payment as a whole: (code, reference, dollars that lower it). Raises Invalid."""
    subject.require(*BILLING)
    for code, _, _ in adjustments:
        if code not in payments.PROVIDER_ADJUSTMENTS:
            raise Invalid(f"{code!r} is no adjustment code.", where="code", cure="Such as WO, FB, L6 or CT.")
    with transaction(subject):
        row = _open(subject, paper_id)
        row.adjustments = [
            {"code": code, "reference": reference.strip(), "amount": str(money(amount))}
            for code, reference, amount in adjustments
        ]
        row.save(update_fields=["adjustments"])


def view(subject: Subject, paper_id: int) -> PaperView:
    """What was keyed so far. Raises NotFound."""
    with reading(subject):
        row = PaperRemittance.objects.filter(practice=subject.practice, pk=paper_id).first()
        if row is None:
            raise NotFound(f"There is no paper remittance {paper_id}.")
        audit.record(subject, "R", "paper remittance", resource_id=str(row.pk))
    claims = [_restored(one) for one in row.claims]
    plb = [(one["code"], one["reference"], money(one["amount"])) for one in row.adjustments]
    return PaperView(row, claims, plb, total(one.paid for one in claims), total(amount for _, _, amount in plb))


def came_before(subject: Subject, row: PaperRemittance) -> Remittance | None:
    """The payment of this number and payer that is here already, by file or keyed in; None where there is none."""
    with reading(subject):
        payer = coverage.payer(subject, row.payer_id)
        key = rules.payer_form(_originator(subject, payer), payer.name)
        rows = Remittance.objects.filter(practice=subject.practice, payer_key=key, trace_key=rules.one_form(row.trace))
        return rows.exclude(status="refused").order_by("-pk").first()


def unfinished(subject: Subject) -> list[PaperRemittance]:
    """Those that are not taken in yet, the newest first."""
    with reading(subject):
        rows = PaperRemittance.objects.filter(practice=subject.practice, remittance__isnull=True)
        return list(rows.order_by("-started"))


def discard(subject: Subject, paper_id: int) -> None:
    """Throw away what was keyed and not taken in. Raises NotFound, Conflict."""
    subject.require(*BILLING)
    with transaction(subject):
        row = _open(subject, paper_id)
        audit.record(subject, "D", "paper remittance", resource_id=str(row.pk))
        row.delete()


def take_in(subject: Subject, paper_id: int) -> int:
    """Make a remittance of it, which posts like any other; its number. Raises Conflict where it does not add up."""
    subject.require(*BILLING)
    with transaction(subject):
        row = _open(subject, paper_id)
        seen = view(subject, paper_id)
        if seen.difference != ZERO:
            raise Conflict(
                f"Claims of {dollars(seen.paid)} less adjustments of {dollars(seen.adjusted)} are not "
                f"{dollars(row.amount)}: {dollars(seen.difference)} apart.",
                cure="Key what is missing, or correct the amount.",
            )
        payment = _payment(subject, row, seen)
        faults = [str(one) for one in x12.balance(payment)]
        if faults:
            raise Conflict(" ".join(faults), cure="Correct the claims named.")
        number = next_number(subject, "paper remittance")
        envelope = Envelope(
            sender="PAPER", receiver="PRACTICE", control=number, created=clock.now().replace(tzinfo=None)
        )
        row.remittance = receive_all(subject, x12.write(envelope, [payment], check=False))[0]
        row.save(update_fields=["remittance"])
        audit.record(subject, "U", "paper remittance", resource_id=str(row.pk), detail="taken in")
        return int(row.remittance)


def _payment(subject: Subject, row: PaperRemittance, seen: PaperView) -> x12.Remittance:
    payer, practice = coverage.payer(subject, row.payer_id), practice_of(subject)
    return x12.Remittance(
        payer=Party(last=payer.name, id_qualifier="XV", id=payer.payer_id),
        payee=Party(last=practice.name, id_qualifier="XX", id=practice.npi),
        total=money(row.amount),
        trace=row.trace,
        payer_trace_id=_originator(subject, payer),
        paid_on=row.paid_on,
        method=row.method,
        claims=[_claim_payment(one) for one in seen.claims],
        provider_adjustments=[
            x12.ProviderAdjustment(
                provider=practice.npi, fiscal_year_end=date(row.paid_on.year, 12, 31), reason=code,
                reference=reference, amount=amount,
            )
            for code, reference, amount in seen.adjustments
        ],
    )  # fmt: skip


def _originator(subject: Subject, payer: Payer) -> str:
    """TRN03 of the payer's own files, so that the same payment on paper and by file is known to be one."""
    rows = Remittance.objects.filter(Q(payer_name__iexact=payer.name) | Q(payer_id=payer.payer_id))
    known = rows.filter(practice=subject.practice).exclude(payer_key="").order_by("-pk").first()
    if known is None:
        return ""
    return f"1{known.payer_key}" if known.payer_key.isdigit() and len(known.payer_key) == 9 else known.payer_key


def _claim_payment(claim: PaperClaim) -> x12.ClaimPayment:
    return x12.ClaimPayment(
        pcn=claim.number,
        status=claim.status,
        charge=claim.charge,
        paid=claim.paid,
        payer_claim_number=claim.payer_claim_number,
        lines=[
            x12.ServicePayment(
                code=line.code,
                charge=line.charge,
                paid=line.paid,
                line_control=line.control,
                adjustments=[Adjustment(group=one.group, reason=one.reason, amount=one.amount) for one in line.cuts],
            )
            for line in claim.lines
        ],
    )


def _claim(subject: Subject, number: str) -> Claim:
    found = Claim.objects.filter(practice=subject.practice, number=number.strip().upper()).first()
    if found is None:
        raise NotFound(f"There is no claim {number}.", where="claim", cure="Use the number from the claim list.")
    return found


def _open(subject: Subject, paper_id: int) -> PaperRemittance:
    rows = PaperRemittance.objects.select_for_update().filter(practice=subject.practice, pk=paper_id)
    found: PaperRemittance | None = rows.first()
    if found is None:
        raise NotFound(f"There is no paper remittance {paper_id}.")
    if found.remittance is not None:
        raise Conflict("It was taken in already.", cure="Take the remittance back, and key it anew.")
    return found


def _plain(claim: PaperClaim, number: str) -> dict[str, Any]:
    made = asdict(claim) | {"number": number}
    for line in made["lines"]:
        line["charge"], line["paid"] = str(money(line["charge"])), str(money(line["paid"]))
        for cut in line["cuts"]:
            cut["amount"] = str(money(cut["amount"]))
    return made


def _restored(plain: Mapping[str, Any]) -> PaperClaim:
    lines = [
        PaperLine(
            line["code"], money(line["charge"]), money(line["paid"]), line["control"],
            [PaperCut(one["group"], one["reason"], money(one["amount"])) for one in line["cuts"]],
        )
        for line in plain["lines"]
    ]  # fmt: skip
    return PaperClaim(plain["number"], lines, plain["status"], plain["payer_claim_number"])
