"""The next payer: what a payer leaves to the patient is billed to the patient's next coverage first.

The claim to the next payer is built from what was posted, not retyped (005010X222A1, 2320 and 2430). A payer
that passes the claim on by itself (CLP02 19, 20, 21) needs none from us.
"""

from __future__ import annotations

from chartdesk.kit import worklist
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import subscriptions
from chartdesk.pms.claims.content import Adjusted, ClaimContent, Prior, PriorLine, restored
from chartdesk.pms.claims.models import ADJUDICATED, OPEN, Claim
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.rules import Decided, Outcome
from chartdesk.pms.remittance.work import Work
from chartdesk.record.access import Role

NEXT_PAYER = "next_payer"


def next_policy(work: Work, claim: Claim, made: Outcome) -> CoverageView | None:
    """The coverage that pays after this claim's, where something is left to pay and nothing is in dispute."""
    if made.patient_share <= ZERO or made.denials or made.held or made.pending:
        return None
    rank = next((one.rank for one in work.policies if one.coverage_id == claim.coverage), claim.rank)
    if rank != claim.rank:
        return None  # A splitting rule bills this payer alone: what it leaves is the patient's.
    return next((one for one in work.policies if one.rank == claim.rank + 1 and not one.expired), None)


def bill(work: Work, claim: Claim, policy: CoverageView, decided: list[Decided]) -> None:
    """Build, scrub and, where claims go out by themselves, send the claim to the next payer."""
    if work.payment.status_code in rules.PASSED_ON:
        steps.tell(work, "", f"The payer passed the claim on; {policy.payer_name} answers next.")
        return
    try:
        with transaction(work.subject):
            made = build(work, claim, decided)
    except ChartdeskError as fault:
        _raise_item(work, claim, policy, str(fault))
        return
    number = Claim.objects.get(practice=work.subject.practice, pk=made).number
    steps.tell(work, "", f"The rest is billed to {policy.payer_name} with claim {number}.")


def prior_of(work: Work, claim: Claim, content: ClaimContent, decided: list[Decided]) -> Prior:
    """What the payer of ``claim`` decided, as the claim to the next one says it."""
    return Prior(
        rank=claim.rank,
        payer=content.payer,
        insured=content.insured,
        paid=work.payment.paid,
        adjudicated=work.remittance.paid_on or work.today,
        payer_claim_number=work.payment.payer_claim_number,
        lines=_by_charge_line(decided),
    )


def build(work: Work, claim: Claim, decided: list[Decided]) -> int:
    """The claim to the next payer, saying what this one decided: scrubbed and, where claims go out by themselves,
    sent. Raises what building raises."""
    content = restored(claim.content)
    prior = prior_of(work, claim, content, decided)
    number = claims.build_part(
        work.subject, claim.superbill, rank=claim.rank + 1, place=claim.part, prior=(*content.prior, prior)
    )
    claims.scrub(work.subject, number)
    if subscriptions.automatic(work.subject):
        claims.submit(work.subject, [number])
    return number


def _by_charge_line(decided: list[Decided]) -> tuple[PriorLine, ...]:
    """One prior line for each of ours; what the payer had split comes together again."""
    made: dict[int, PriorLine] = {}
    for line in decided:
        number = line.charge_line or 0
        before = made.get(number, PriorLine(number, ZERO))
        cuts = {(one.group, one.reason): one.amount for one in before.adjustments}
        for one in line.adjustments:
            cuts[one.group, one.reason] = cuts.get((one.group, one.reason), ZERO) + one.amount
        made[number] = PriorLine(
            number, before.paid + line.paid, tuple(Adjusted(*reason, amount) for reason, amount in cuts.items())
        )
    return tuple(made.values())


def _raise_item(work: Work, claim: Claim, policy: CoverageView, reason: str) -> None:
    share = work.payment.patient_responsibility
    sent = _under_way(work, claim)
    cure = f"Mend what is named, then press Bill {policy.payer_name} on the claim's page."
    if sent is not None:
        cure = (
            f"Send a replacement from the page of claim {sent.number}, once {policy.payer_name} has taken it in: it "
            f"says what {work.remittance.payer_name} has decided now."
        )
    work.batch.tasks.append(
        worklist.Task(
            kind=NEXT_PAYER,
            key=str(work.payment.pk),
            role=Role.BILLER,
            title=f"The rest of claim {claim.number} was not billed to {policy.payer_name}",
            detail=f"{reason} {work.remittance.payer_name} left {dollars(share or ZERO)}.",
            cure=cure,
            about=f"Patient/{claim.patient}",
            link=("claim", str(sent.pk if sent is not None else claim.pk)),
            amount=share,
        )
    )


def _under_way(work: Work, claim: Claim) -> Claim | None:
    """The claim that the next payer has already."""
    rows = Claim.objects.filter(
        practice=work.subject.practice, superbill=claim.superbill, part=claim.part, rank=claim.rank + 1
    )
    return rows.filter(status__in=(*OPEN, *ADJUDICATED)).order_by("-pk").first()
