"""What a remittance must say beyond its single segments (005010X221A1): known reasons, figures that agree."""

from __future__ import annotations

import re
from decimal import Decimal

from chartdesk.standards.x12.codes import payments, remarks
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.npi import is_npi
from chartdesk.standards.x12.rules.claims import check_reasons
from chartdesk.standards.x12.rules.figures import ZERO, adjusted, figure, total
from chartdesk.standards.x12.segments import Loop, Segment


def claim_rules(claim: Loop, judge: Judge) -> None:
    """One claim payment, judged when loop 2100 ends; its payment is remembered for the whole."""
    clp = claim.segments[0]
    charge, paid = figure(clp, 3), figure(clp, 4)
    if paid is not None:
        judge.notes["paid"] = judge.notes.get("paid", ZERO) + paid
    changed = adjusted(claim)
    check_reasons(claim, judge)
    charged: Decimal | None = None
    for line in claim.loops:
        if line.id != "2110":
            continue
        of_line = adjusted(line)
        changed = None if changed is None or of_line is None else changed + of_line
        of_charge = _line(line, of_line, judge)
        charged = of_charge if charged is None or of_charge is None else charged + of_charge
        _reasons(line, judge)
    if charge is not None and paid is not None and changed is not None and charge - changed != paid:
        judge.fault(
            clp,
            "claim-balance",
            f"Claim {clp[1]}: charge {charge} less adjustments {changed} is not {paid} (CLP04).",
            "CLP03 - adjustments = CLP04.",
            element=4,
            code="I12",
            loop="2100",
        )
    _outcome_remarks(claim, judge)
    _reversal(clp, charge, judge)
    _whole(clp, charge, charged, paid, judge)


def _whole(clp: Segment, charge: Decimal | None, charged: Decimal | None, paid: Decimal | None, judge: Judge) -> None:
    """What is ``charged`` for the lines, where there are any, is what is charged for the claim; what is denied is not
    paid."""
    if charge is not None and charged is not None and charged != charge:
        judge.fault(
            clp,
            "claim-lines",
            f"Claim {clp[1]}: its charge is {charge}, its lines sum to {charged}.",
            "CLP03 = Σ SVC02, where lines are sent.",
            element=3,
            code="I12",
            loop="2100",
            level="warning",
        )
    if clp[2] == "4" and paid:
        judge.fault(
            clp,
            "denied-paid",
            f"Claim {clp[1]} is denied (CLP02 4), and {paid} is paid for it.",
            "Send the status as which it was paid: 1, 2 or 3.",
            element=2,
            code="7",
            loop="2100",
            level="warning",
        )


def _line(line: Loop, changed: Decimal | None, judge: Judge) -> Decimal | None:
    """Judges a line, and gives its charge."""
    svc = line.segments[0]
    charge, paid = figure(svc, 2), figure(svc, 3)
    if charge is not None and paid is not None and changed is not None and charge - changed != paid:
        judge.fault(
            svc,
            "line-balance",
            f"Line {svc.part(1, 2)}: charge {charge} less adjustments {changed} is not {paid} (SVC03).",
            "SVC02 - adjustments = SVC03.",
            element=3,
            code="I12",
            loop="2110",
        )
    return charge


def _reasons(loop: Loop, judge: Judge) -> None:
    check_reasons(loop, judge)
    for lq in loop.segments:
        if lq.elements[0] == "LQ" and lq[1] == "HE":
            _remark(lq, 2, loop, judge)


_TEN = re.compile("[12][0-9]{9}")
_REMARK = re.compile(r"(M|MA|N)[0-9]{1,4}")
_OUTCOMES = {"MIA": (5, 20, 21, 22, 23), "MOA": (3, 4, 5, 6, 7)}


def _outcome_remarks(claim: Loop, judge: Judge) -> None:
    """The remark codes of MIA and MOA."""
    for outcome in claim.segments:
        for place in _OUTCOMES.get(outcome.elements[0], ()):
            if outcome[place]:
                _remark(outcome, place, claim, judge)


def _remark(one: Segment, place: int, loop: Loop, judge: Judge) -> None:
    """A remark code is one we know; new ones come, so one that only looks like a remark code is a warning."""
    code = one[place]
    if not remarks.is_known(code):
        level = "warning" if _REMARK.fullmatch(code) else "error"
        judge.fault(one, "remark", f"{code!r} is no remark code.", element=place, code="7", loop=loop.id, level=level)


def _reversal(clp: Segment, charge: Decimal | None, judge: Judge) -> None:
    if clp[2] == "22" and charge is not None and charge > 0:
        judge.fault(
            clp,
            "reversal",
            f"Claim {clp[1]} is a reversal, but its charge {charge} is not negated.",
            "A reversal negates every amount.",
            element=3,
            code="I12",
            loop="2100",
            level="warning",
        )


def payment_rules(root: Loop, judge: Judge) -> None:
    """The whole payment, judged at SE: claims less provider adjustments make what was paid."""
    bpr = root.first("BPR")
    if bpr is None:
        return
    for plb in root.inner("PLB"):
        _provider_adjustment(plb.segments[0], judge)
    amount = figure(bpr, 2)
    paid = judge.notes.get("paid", ZERO)
    taken = total(figure(plb.segments[0], place) for plb in root.inner("PLB") for place in range(4, 15, 2))
    if amount is None or taken is None:
        return
    sent = -amount if bpr[3] == "D" else amount
    if paid - taken != sent:
        judge.fault(
            bpr,
            "payment-balance",
            f"Claims {paid} less provider adjustments {taken} are not {sent} (BPR02).",
            "Σ CLP04 - Σ PLB = BPR02.",
            element=2,
            code="I12",
            loop="ST",
        )
    if amount < 0:
        cure = "Carry what could not be recovered forward (PLB FB)."
        judge.fault(bpr, "payment-below-zero", f"BPR02 is {amount}.", cure, element=2, code="7", loop="ST")
    if bpr[4] == "NON" and amount:
        judge.fault(bpr, "no-payment", f"BPR04 says no payment, BPR02 {amount}.", element=2, code="7", loop="ST")


def _provider_adjustment(plb: Segment, judge: Judge) -> None:
    """The reasons of a PLB are those that have an account; a new one is told, for it would be booked as unknown."""
    if judge.settings.npi_check_digit and _TEN.fullmatch(plb[1]) and not is_npi(plb[1]):
        judge.fault(
            plb,
            "npi",
            f"{plb[1]!r} is no NPI: ten digits with the right check digit.",
            "Send the payee's NPI, or its tax number.",
            element=1,
            code="I12",
            loop="PLB",
        )
    for place in range(3, len(plb.elements), 2):
        reason = plb.part(place, 1)
        if reason and reason not in payments.PROVIDER_ADJUSTMENTS:
            judge.fault(
                plb,
                "provider-adjustment",
                f"{reason!r} is no reason of a provider adjustment that we know.",
                "Ask the payer what it means.",
                element=place,
                component=1,
                code="7",
                loop="PLB",
                level="warning",
                value=reason,
            )
