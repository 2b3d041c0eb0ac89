"""What posts by itself and what waits for a person: the practice's rules about remittances.

Without a rule every remittance that balances is posted. A rule names what somebody wants to see first; a remittance
that fits one waits under review with a work item that says why, until it is posted by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chartdesk.kit import live, worklist
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.money import dollars, money
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import events, reconciliations
from chartdesk.pms.remittance.models import ClaimPayment, PostingRule, Remittance
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards.x12.codes import payments

REVIEW = "remittance_review"
#: Claims that a reason names; the rest are counted.
_NAMED = 5


@dataclass(frozen=True)
class RuleDetails:
    """What a rule looks for. ``payer_id`` empty: of every payer; ``over`` None: whatever the amount."""

    name: str
    payer_id: str = ""
    over: Decimal | None = None
    statuses: list[str] = field(default_factory=list)
    unmatched: bool = False
    adjusted: bool = False
    undeposited: bool = False


def rules(subject: Subject) -> list[PostingRule]:
    """The rules by name."""
    with reading(subject):
        return list(PostingRule.objects.filter(practice=subject.practice).order_by("name"))


def set_rule(subject: Subject, details: RuleDetails) -> PostingRule:
    """Add a rule, or change the one of that name. Raises Invalid where it has no name or looks for nothing."""
    subject.require(Role.MANAGER)
    name = details.name.strip()
    if not name:
        raise Invalid("A rule has a name.", where="name", cure="Say in a word or two what it holds back.")
    unknown = [one for one in details.statuses if one not in payments.CLAIM_STATUS]
    if unknown:
        raise Invalid(f"{unknown[0]!r} is no claim status.", where="statuses", cure="Choose from the list.")
    if details.over is not None and details.over < 0:
        raise Invalid("The amount is below zero.", where="over", cure="Give the dollars above which somebody looks.")
    if not (details.over is not None or details.statuses or details.unmatched or details.adjusted or
            details.undeposited or details.payer_id):  # fmt: skip
        raise Invalid("The rule looks for nothing.", where="statuses", cure="Choose at least one thing, or a payer.")
    with transaction(subject):
        rule, _ = PostingRule.objects.update_or_create(
            practice=subject.practice,
            name=name,
            defaults={
                "payer_id": details.payer_id,
                "over": None if details.over is None else money(details.over),
                "statuses": list(details.statuses),
                "unmatched": details.unmatched,
                "adjusted": details.adjusted,
                "undeposited": details.undeposited,
                "active": True,
            },
        )
        audit.record(subject, "U", "posting rule", resource_id=str(rule.pk))
        return rule


def remove_rule(subject: Subject, rule_id: int) -> None:
    """Take a rule away; what waits because of it waits on until somebody posts it. Raises NotFound."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        if not PostingRule.objects.filter(practice=subject.practice, pk=rule_id).delete()[0]:
            raise NotFound(f"There is no rule {rule_id}.")
        audit.record(subject, "D", "posting rule", resource_id=str(rule_id))


def objections(subject: Subject, remittance: Remittance) -> list[str]:
    """Why a person should look before this remittance is posted, a sentence for each rule that fits."""
    with reading(subject):
        standing = [one for one in rules(subject) if one.active]
        if not standing:
            return []
        paid = list(ClaimPayment.objects.filter(practice=subject.practice, remittance=remittance).order_by("position"))
        known = Claim.objects.filter(practice=subject.practice, number__in=[one.claim_number for one in paid])
        payers = dict(known.values_list("number", "payer_id"))
        lowered = remittance.provider_adjustments.exists()
        banked = hasattr(remittance, "deposit")
    of = {remittance.payer_id, *payers.values()}
    found = []
    for rule in standing:
        if not rule.payer_id or rule.payer_id in of:
            found += [f"{rule.name}: {words}" for words in _reasons(rule, remittance, paid, payers, lowered, banked)]
    return found


def _reasons(
    rule: PostingRule,
    remittance: Remittance,
    paid: list[ClaimPayment],
    payers: dict[str, str],
    lowered: bool,
    banked: bool,
) -> list[str]:
    found = []
    if rule.over is not None and abs(remittance.amount) > rule.over:
        found.append(f"the payment of {dollars(remittance.amount)} is over {dollars(rule.over)}.")
    for status in rule.statuses:
        named = [one.claim_number for one in paid if one.status_code == status]
        if named:
            found.append(f"{payments.claim_status(status)}: {_list(named)}.")
    strangers = [one.claim_number for one in paid if one.claim_number not in payers]
    if rule.unmatched and strangers:
        found.append(f"no claim of ours: {_list(strangers)}.")
    if rule.adjusted and lowered:
        found.append("the payment as a whole was adjusted.")
    if rule.undeposited and not banked and remittance.amount > 0:
        found.append("the bank has not shown the money yet.")
    plain = not (rule.over is not None or rule.statuses or rule.unmatched or rule.adjusted or rule.undeposited)
    return ["every remittance of this payer."] if plain else found


def _list(numbers: list[str]) -> str:
    rest = len(numbers) - _NAMED
    return ", ".join(numbers[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def held_back(subject: Subject, remittance_id: int) -> bool:
    """Put a remittance under review where a rule objects; whether it waits for a person now."""
    with transaction(subject):
        rows = Remittance.objects.select_for_update().filter(practice=subject.practice, pk=remittance_id)
        remittance = rows.first()
        if remittance is None or remittance.status != "received":
            return remittance is not None and remittance.status == "review"
        begun = remittance.claim_payments.exclude(state="waiting").exists()
        found = [] if begun else objections(subject, remittance)
        if not found:
            return False
        remittance.status, remittance.findings = "review", [*remittance.findings, *found]
        remittance.save(update_fields=["status", "findings"])
        reconciliations.project(subject, remittance)
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=REVIEW,
                key=str(remittance.pk),
                role=Role.BILLER,
                title=f"Payment {remittance.trace} of {remittance.payer_name} waits for your look",
                detail="\n".join(found),
                cure="Look at the preview, then post it.",
                link=("remittance", str(remittance.pk)),
                amount=remittance.amount,
            ),
        )
        live.announce(subject, "remittances", str(remittance.pk))
        return True


def look_again(subject: Subject, remittance: Remittance) -> None:
    """The bank has shown the money: where nothing else is in the way, the remittance posts by itself after all."""
    if remittance.status != "review" or objections(subject, remittance):
        return
    released(subject, remittance)
    events.announce_received(subject, remittance.pk, remittance.payer_key)


def released(subject: Subject, remittance: Remittance) -> None:
    """Nothing is in the way any more: somebody posts it, or the bank has shown the money. Joins the transaction."""
    remittance.status, remittance.findings = "received", []
    remittance.save(update_fields=["status", "findings"])
    reconciliations.project(subject, remittance)
    worklist.close_items(subject, REVIEW, [str(remittance.pk)], by=subject.actor)
