"""What an 835 means for the books (005010X221A1, 1.10.2). Pure functions: figures in, entries out.

Every adjustment either moves money off the payer's debt or leaves it there. Contractual reductions are written
off; the patient's share moves to the patient; what a denying reason takes away stays the payer's debt until
somebody decides; what an earlier payer did is information.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

import msgspec

from chartdesk.kit.money import CENT, ZERO, money
from chartdesk.pms.ledger.rules import Line
from chartdesk.standards.x12.codes import adjustment_reasons as reasons

PATIENT = "patient"
#: CLP02 of decisions that are no payment of ours.
DENIED, REVERSAL, ELSEWHERE, PREDETERMINATION = "4", "22", "23", "25"
#: CLP02 of a payer that is not the first, and of one that passes the claim on to the next.
LATER, PASSED_ON = ("2", "3", "20", "21"), ("19", "20", "21")
#: Reasons that only say that the decision is still to come.
_PENDING = {"101", "133", "143"}
#: What changes the payment and not the price: managed care and tax withholding, incentives and penalties of quality
#: programs (144, 161, 237), interest, sequestration.
_NOT_THE_PRICE = {"104", "105", "144", "161", "225", "237", "253"}
#: Interest that the payer pays with the claim.
_INTEREST = "225"
#: What the payer pays for by capitation: nothing for the visit, and nobody owes it.
_CAPITATED = "24"
#: Effects that leave nothing for anybody.
_TAKEN = ("contract", "deny")
#: PLB reasons whose account has a name; each other has one named after it.
_NAMED_ACCOUNTS = {"L6": "interest", "51": "interest", "CR": "interest", "CT": "capitation"}
#: PLB reasons by which a payer takes an earlier payment back.
RECOVERIES = {"WO", "WU", "AP", "72", "B3", "RA"}
#: BPR04 of paper; everything else goes to the account of electronic payments.
_CHECK = "CHK"


class Adjusted(msgspec.Struct, frozen=True):
    """One adjustment: group, reason (CARC), dollars; positive lowers the payment."""

    group: str
    reason: str
    amount: Decimal

    @property
    def words(self) -> str:
        """The adjustment in words, with its code."""
        return f"{reasons.label(self.reason)} ({self.group}-{self.reason})"


def adjusted(plain: Sequence[Mapping[str, str]]) -> tuple[Adjusted, ...]:
    """Adjustments from their JSON data."""
    return tuple(_known(one["group"], one["reason"], one["amount"]) for one in plain)


@lru_cache(maxsize=8192)
def _known(group: str, reason: str, amount: str) -> Adjusted:
    return Adjusted(group, reason, money(amount))


class Decided(msgspec.Struct, frozen=True):
    """What a payer decided about one of our charge lines; ``charge_line`` None where no line of ours matches."""

    charge_line: int | None
    charged: Decimal
    paid: Decimal
    adjustments: tuple[Adjusted, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class Debt:
    """Who owes a claim. ``holder`` owes it now, ``share_holder`` gets what this payer leaves to the patient: the
    patient, or the next payer. ``open`` is charge line → dollars still owed, for a payer after the first one: what
    an earlier payer has written off is not written off again. None where nothing limits it. ``again`` is a payer that
    decides a second time: what the first decision gave to the patient is not given again either, nor denied."""

    holder: str
    share_holder: str = PATIENT
    open: dict[int, Decimal] | None = None
    again: bool = False

    def left(self, line: int | None) -> Decimal | None:
        """What a second decision may still give to the patient or deny of a charge line; None where it is the first."""
        return (self.open or {}).get(line or 0, ZERO) if self.again else None


class Refused(msgspec.Struct, frozen=True):
    """An amount that the payer denied on a charge line."""

    charge_line: int
    group: str
    carc: str
    rarc: tuple[str, ...]
    amount: Decimal


@dataclass
class Outcome:
    """What follows from a claim payment: ledger ``lines``, ``denials``, the patient's share in dollars, dollars
    held because no line of ours matches, how many lines are held, dollars still pending, dollars refused as the payer
    states them, and the ``status`` of the claim: paid, partly_paid, denied, or empty where nothing was decided.
    ``credit`` is what a second decision pays beyond what was still open."""

    lines: list[Line] = field(default_factory=list)
    denials: list[Refused] = field(default_factory=list)
    patient_share: Decimal = ZERO
    unapplied: Decimal = ZERO
    held: int = 0
    pending: Decimal = ZERO
    refused: Decimal = ZERO
    credit: Decimal = ZERO
    status: str = "paid"

    @property
    def patient_change(self) -> Decimal:
        """How much more the patient owes, in dollars; negative when less."""
        return patient_change(self.lines)


def patient_change(lines: Sequence[Line]) -> Decimal:
    """How much more the patient owes after ``lines``."""
    return sum((line.amount for line in lines if (line.account, line.holder) == ("ar", PATIENT)), ZERO)


def one_form(text: str) -> str:
    """A number as we compare it: letters and digits only, upper case, without leading zeros.

    Payers, banks and clearinghouses write one check number as ``0001234``, ``1234 `` and ``ab-1234``.
    """
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    return plain.lstrip("0") or plain[:1]


def payer_form(originator: str, name: str) -> str:
    """Who paid, as we compare it: TRN03 (``1`` and the tax id) without that ``1``, or else the name."""
    plain = one_form(originator)
    if re.fullmatch(r"1\d{9}", plain):
        return plain[1:]
    return plain or one_form(name)


def bank_account(method: str) -> str:
    """The ledger account that BPR04 fills."""
    return "check" if method == _CHECK else "eft"


def effect(status: str, line: Decided, adjusted: Adjusted) -> str:
    """What an adjustment means: ``patient``, ``contract``, ``capitated``, ``interest``, ``other`` (all post), ``deny``,
    ``information`` or ``pending`` (none posts: the debt stays where it is)."""
    meaning = reasons.effect(adjusted.group, adjusted.reason)
    if adjusted.reason in _PENDING:
        return "pending"
    if adjusted.reason == _INTEREST:
        return "interest"
    if _is_capitated(status, adjusted):
        return "capitated"
    if meaning == "payer":
        return "information" if adjusted.group == "OA" and adjusted.reason != "22" else "deny"
    if meaning == "contract" and (status == DENIED or _nothing_paid(status, line)):
        return "deny"
    if meaning == "other" and status == DENIED:
        return "deny"
    return meaning


def _is_capitated(status: str, adjusted: Adjusted) -> bool:
    """What a payer that paid ahead reports about a visit; the same reason in a denial says: ask the other payer."""
    return adjusted.reason == _CAPITATED and adjusted.group == "CO" and status != DENIED


def _nothing_paid(status: str, line: Decided) -> bool:
    """A line of which nothing is left for anybody: not a discount, but a denial, whatever its reasons say."""
    if any(_is_capitated(status, one) for one in line.adjustments):
        return False
    written = [one.amount for one in line.adjustments if reasons.effect(one.group, one.reason) in _TAKEN]
    return line.paid == ZERO and line.charged > ZERO and sum(written, ZERO) >= line.charged


def outcome(
    status: str,
    lines: Sequence[Decided],
    *,
    bank: str,
    debt: Debt,
    patient: str,
    payer_name: str,
    held_reference: str,
) -> Outcome:
    """The entries and denials of a claim payment.

    ``held_reference`` is what unapplied money is filed under. The entries balance, and the bank gets the sum of
    what was paid.
    """
    made, still = Outcome(), dict(debt.open or {})
    for line in lines:
        if line.charge_line is None:
            made.unapplied += line.paid
            made.held += 1
            made.lines.append(Line("unapplied", -line.paid, patient, held_reference, memo="No line of ours matches"))
            continue
        _post_line(made, status, line, debt, patient, payer_name, still)
    paid = sum((line.paid for line in lines), ZERO)
    made.lines.insert(0, Line(bank, paid, patient, memo=f"Paid by {payer_name}"))
    nothing_open = debt.again and not any(debt.left(line.charge_line) for line in lines)
    made.status = "" if nothing_open else _status(status, made, paid)
    return made


#: The account that takes an adjustment off the payer's debt.
_ACCOUNTS = {
    "contract": "adjustment.contractual",
    "capitated": "adjustment.capitation",
    "other": "adjustment.other",
    "interest": "interest",
}


def _post_line(
    made: Outcome, status: str, line: Decided, debt: Debt, patient: str, payer: str, still: dict[int, Decimal]
) -> None:
    """The entries of one line; what it takes is taken off ``still``, what is open of each charge line."""
    reference, holder, accounts = f"charge:{line.charge_line}", debt.holder, _ACCOUNTS
    made.lines.append(Line("ar", -line.paid, patient, reference, holder, f"Paid by {payer}"))
    meant = [(one, effect(status, line, one)) for one in line.adjustments]
    room = _room(made, line, debt, meant, still)
    for (one, meaning), amount in zip(meant, _amounts(meant, room), strict=True):
        if meaning == "patient":
            if holder != debt.share_holder and amount:
                made.lines.append(Line("ar", amount, patient, reference, debt.share_holder, one.words))
                made.lines.append(Line("ar", -amount, patient, reference, holder, one.words))
            made.patient_share += amount
        elif meaning in accounts:
            made.lines.append(Line(accounts[meaning], amount, patient, reference, memo=one.words))
            made.lines.append(Line("ar", -amount, patient, reference, holder, one.words))
        elif meaning == "pending":
            made.pending += one.amount
        elif meaning == "deny" and line.charge_line is not None:
            # A later payer refuses the whole charge, and owes what the earlier ones left.
            made.refused += amount if debt.again else one.amount
            if amount:
                made.denials.append(Refused(line.charge_line, one.group, one.reason, line.remarks, amount))
        if line.charge_line in still and meaning in _SHARED_OUT:
            still[line.charge_line] -= amount


def _room(
    made: Outcome, line: Decided, debt: Debt, meant: Sequence[tuple[Adjusted, str]], still: dict[int, Decimal]
) -> Decimal | None:
    """What is left of a line when it is paid: for the patient, a denial or a write-off. None where the payer owes the
    whole charge. Interest is paid beside the charge (CAS 225 is negative)."""
    if debt.open is None or line.charge_line is None:
        return None
    due = still.get(line.charge_line, ZERO) - line.paid
    due -= sum((one.amount for one, meaning in meant if meaning == "interest"), ZERO)
    if debt.again:
        made.credit += max(-due, ZERO)
    still[line.charge_line] = max(due, ZERO)
    return still[line.charge_line]


#: What is shared out of the room of a line, in this order: the patient's share and denials before write-offs.
_FIRST, _THEN = ("patient", "deny"), ("contract", "capitated", "other")
_SHARED_OUT = (*_FIRST, *_THEN)


def _amounts(meant: Sequence[tuple[Adjusted, str]], room: Decimal | None) -> list[Decimal]:
    """What counts of each adjustment where ``room`` dollars are left to share out; all of it where that is None."""
    made = [one.amount for one, _ in meant]
    if room is None:
        return made
    for kinds in (_FIRST, _THEN):
        for place, (one, meaning) in enumerate(meant):
            if meaning in kinds:
                made[place] = min(one.amount, room)
                room -= made[place]
    return made


def _status(status: str, made: Outcome, paid: Decimal) -> str:
    if status == DENIED or (made.refused and not paid and not made.patient_share):
        return "denied"
    if made.refused or made.held:
        return "partly_paid"
    decided = paid or made.patient_share or any(line.account.startswith("adjustment") for line in made.lines)
    if not decided:
        return ""
    return "partly_paid" if made.pending else "paid"


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """``amount`` over ``weights`` in proportion, in whole cents; the last share takes the rest."""
    whole = sum(weights, ZERO)
    shares = [(amount * weight / whole).quantize(CENT, rounding=ROUND_DOWN) if whole else ZERO for weight in weights]
    shares[-1] += amount - sum(shares, ZERO)
    return shares


def with_claim_level(
    lines: Sequence[Decided], paid: Decimal, adjustments: Sequence[Adjusted], remarks: Sequence[str] = ()
) -> list[Decided]:
    """``lines`` with what stands at the level of the claim spread over them by charge: ``paid`` is what the
    claim pays beyond its lines."""
    if not lines or (not paid and not adjustments):
        return list(lines)
    weights = [abs(line.charged) for line in lines]
    paid_shares = spread(paid, weights)
    cut_shares = [spread(one.amount, weights) for one in adjustments]
    return [
        Decided(
            line.charge_line,
            line.charged,
            line.paid + paid_shares[place],
            (
                *line.adjustments,
                *(
                    Adjusted(one.group, one.reason, cut_shares[number][place])
                    for number, one in enumerate(adjustments)
                    if cut_shares[number][place]
                ),
            ),
            (*line.remarks, *remarks),
        )
        for place, line in enumerate(lines)
    ]


def unbundled(line: Decided, parts: Sequence[tuple[int, Decimal]]) -> list[Decided]:
    """A line that the payer made of several of ours, as (charge line, charge): its amounts over them by charge."""
    weights = [amount for _, amount in parts]
    paid = spread(line.paid, weights)
    cuts = [spread(one.amount, weights) for one in line.adjustments]
    return [
        Decided(
            number,
            charged,
            paid[place],
            tuple(
                Adjusted(one.group, one.reason, cut[place])
                for one, cut in zip(line.adjustments, cuts, strict=True)
                if cut[place]
            ),
            line.remarks,
        )
        for place, (number, charged) in enumerate(parts)
    ]


def provider_account(code: str) -> str:
    """The ledger account of a PLB reason."""
    return _NAMED_ACCOUNTS.get(code, f"provider_adjustment.{code}")


def provider_adjustment(
    code: str, amount: Decimal, *, bank: str, reference: str, patient: str, memo: str
) -> list[Line]:
    """The entries of a PLB: it leaves the bank (or comes to it) and stands in an account of its own."""
    account = provider_account(code)
    return [Line(bank, -amount, patient, memo=memo), Line(account, amount, patient, reference, memo=memo)]


def allowed_amount(line: Decided) -> Decimal:
    """What the payer allowed: paid, the patient's share, and what lowers or raises the payment alone."""
    kept = [
        one.amount
        for one in line.adjustments
        if one.reason in _NOT_THE_PRICE or reasons.effect(one.group, one.reason) == "patient"
    ]
    return line.paid + sum(kept, ZERO)
