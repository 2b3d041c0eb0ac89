"""Rules about when, to whom and after whom: payer, coverage, dates, corrections, prior payers, numbers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from chartdesk.kit.money import dollars, total
from chartdesk.kit.wording import counted
from chartdesk.pms.claims.content import ClaimContent, Prior
from chartdesk.pms.claims.rules import Faults, Figure, ScrubRule

_INDICATORS = frozenset({
    "11", "12", "13", "14", "15", "16", "17", "AM", "BL", "CH", "CI", "DS", "FI", "HM", "LM", "MA", "MB", "MC",
    "OF", "TV", "VA", "WC", "ZZ",
})  # fmt: skip


def _payer_unknown(claim: ClaimContent) -> Faults:
    if not claim.payer.known:
        yield 0, f"There is no payer {claim.payer.payer_id or 'without an id'} in the payer list."
    elif not claim.payer.active:
        yield 0, f"{claim.payer.name} is marked as a payer no longer billed."


def _payer_name(claim: ClaimContent) -> Faults:
    if claim.payer.known and not (claim.payer.name and claim.payer.payer_id):
        yield 0, "The payer has no name or no payer id."


def _indicator(claim: ClaimContent) -> Faults:
    if claim.payer.filing_indicator not in _INDICATORS:
        yield 0, f"{claim.payer.filing_indicator or 'An empty text'} is not a claim filing indicator."


def _coverage_dates(claim: ClaimContent) -> Faults:
    starts, ends, on = claim.insured.effective, claim.insured.ends, claim.service_date
    if starts is not None and on < starts:
        yield 0, f"The coverage begins on {starts:%b %-d, %Y}, after the service on {on:%b %-d, %Y}."
    if ends is not None and on > ends:
        yield 0, f"The coverage ended on {ends:%b %-d, %Y}, before the service on {on:%b %-d, %Y}."


def _eligibility(claim: ClaimContent) -> Faults:
    if claim.facts is not None and claim.facts.eligibility == "inactive":
        yield 0, f"{claim.payer.name} answered that the coverage was not active."


def _future(claim: ClaimContent) -> Faults:
    if claim.facts is not None and claim.service_date > claim.facts.today:
        yield 0, f"The date of service {claim.service_date:%b %-d, %Y} is in the future."


def _timely(claim: ClaimContent) -> Faults:
    # Corrections run on the payer's own, longer limits; a secondary's clock starts with the primary's decision.
    if claim.facts is None or claim.frequency != "1":
        return
    begins = max([claim.service_date, *(one.adjudicated for one in claim.prior if one.adjudicated)])
    limit = begins + timedelta(days=claim.payer.timely_filing_days)
    if claim.facts.today > limit:
        late = (claim.facts.today - limit).days
        yield 0, f"{claim.payer.name} takes claims until {limit:%b %-d, %Y}; that was {counted(late, 'day')} ago."


def _filing_soon(claim: ClaimContent, days: Decimal) -> Faults:
    if claim.facts is None or claim.frequency != "1" or claim.prior:
        return
    left = (claim.service_date + timedelta(days=claim.payer.timely_filing_days) - claim.facts.today).days
    if 0 <= left <= days:
        yield 0, f"{claim.payer.name} takes this claim for {counted(left, 'more day')} only."


def _duplicate(claim: ClaimContent) -> Faults:
    if claim.facts is not None and claim.facts.duplicates and claim.frequency == "1":
        others, day = ", ".join(claim.facts.duplicates), f"{claim.service_date:%b %-d, %Y}"
        yield 0, f"Claim {others} bills the same services of {day}."


def _frequency_number(claim: ClaimContent) -> Faults:
    words = {"7": "replacement", "8": "void"}
    if claim.frequency in words and not claim.payer_claim_number.strip():
        yield 0, f"The {words[claim.frequency]} names no claim number of the payer."


def _frequency_original(claim: ClaimContent) -> Faults:
    if claim.frequency == "1" and claim.payer_claim_number.strip():
        yield 0, "An original claim carries the payer's number of another claim."


def _prior_missing(claim: ClaimContent) -> Faults:
    if claim.rank > 1 and not any(one.rank < claim.rank for one in claim.prior):
        yield 0, "The claim for a later payer does not say what the payer before decided."
    elif claim.rank == 1 and claim.prior:
        yield 0, "The claim for the first payer names a payer before it."


def _prior_balance(claim: ClaimContent) -> Faults:
    for prior in claim.prior:
        for number, line in enumerate(claim.lines, start=1) if prior.lines else ():
            # A line that the payer split stands there in parts.
            parts = [one for one in prior.lines if one.charge_line == line.charge_line]
            paid, adjusted = total(one.paid for one in parts), total(a.amount for one in parts for a in one.adjustments)
            if not parts:
                yield number, f"{line.code}: {prior.payer.name} decided nothing about this line."
            elif line.amount != paid + adjusted:
                yield number, f"{line.code}: {_unequal(line.amount, prior, paid, adjusted)}"
        if not prior.lines:
            adjusted = total(one.amount for one in prior.adjustments)
            if claim.charged != prior.paid + adjusted:
                yield 0, _unequal(claim.charged, prior, prior.paid, adjusted)


def _unequal(charge: Decimal, prior: Prior, paid: Decimal, adjusted: Decimal) -> str:
    return f"The charge is {dollars(charge)}, {prior.payer.name} paid {dollars(paid)} and adjusted {dollars(adjusted)}."


def _prior_levels(claim: ClaimContent) -> Faults:
    for prior in claim.prior:
        if prior.adjustments and prior.lines:
            yield 0, f"Adjustments of {prior.payer.name} stand on the claim and on its lines."
        if prior.paid < 0 or any(line.paid < 0 for line in prior.lines):
            yield 0, f"{prior.payer.name} cannot have paid less than nothing."


def _other_payer(claim: ClaimContent) -> Faults:
    if claim.facts is not None and claim.facts.other_payer and claim.rank == 1:
        yield 0, f"{claim.payer.name} answered that another payer pays too: {claim.facts.other_payer}."


def _prior_number(claim: ClaimContent) -> Faults:
    for prior in claim.prior:
        if not prior.insured.member_id.strip():
            yield 0, f"The member id at {prior.payer.name}, the payer before, is not known."
        if prior.adjudicated is None:
            yield 0, f"It is not known when {prior.payer.name}, the payer before, decided."


def _authorization(claim: ClaimContent) -> Faults:
    if claim.wants == "authorization":
        yield 0, f"{claim.payer.name or 'The payer'} pays this only with an authorization."
    if claim.wants == "referral":
        yield 0, f"{claim.payer.name or 'The payer'} pays this only on referral."


def _referral(claim: ClaimContent) -> Faults:
    if claim.payer.needs_referral and not claim.referral_number:
        yield 0, f"{claim.payer.name} wants a referral number."


def _claim_number(claim: ClaimContent) -> Faults:
    if not 1 <= len(claim.number) <= 20:
        yield 0, f"The claim's number has {len(claim.number)} characters."


def _line_numbers(claim: ClaimContent) -> Faults:
    seen: set[str] = set()
    for number, line in enumerate(claim.lines, start=1):
        if not 1 <= len(line.control) <= 30:
            yield number, f"The control number of line {number} has {len(line.control)} characters."
        elif line.control in seen:
            yield number, f"Two lines have the control number {line.control}."
        seen.add(line.control)


RULES = (
    ScrubRule("payer_unknown", "error", "coverage", "A claim to nobody comes back.",
              "Correct the payer of the coverage, or add the payer.", _payer_unknown),
    ScrubRule("payer_name", "error", "payer", "The payer is found by name and id.",
              "Complete the payer.", _payer_name),
    ScrubRule("filing_indicator", "error", "payer", "The indicator says what kind of insurance it is.",
              "Correct the payer's filing indicator.", _indicator),
    ScrubRule("coverage_dates", "error", "coverage", "An insurance pays while it is in force.",
              "Ask for the present card and correct the coverage.", _coverage_dates),
    ScrubRule("eligibility_inactive", "warning", "coverage", "The payer has said that it will not pay.",
              "Check the coverage again, or ask the patient for another card.", _eligibility),
    ScrubRule("future_service", "error", "superbill", "What has not happened cannot be billed.",
              "Correct the date of service.", _future),
    ScrubRule("timely_filing", "error", "claim", "A payer refuses claims after its limit.",
              "Write it off, or file with proof of an earlier submission.", _timely),
    ScrubRule("filing_limit_near", "warning", "claim", "The payer's limit is near.",
              "Send it now.", _filing_soon, {"days": Figure("Days before the limit", Decimal(14))}),
    ScrubRule("duplicate_claim", "error", "claim", "The same services twice are denied.",
              "Void one of the two, or send a replacement.", _duplicate),
    ScrubRule("correction_number", "error", "claim", "A correction names what it corrects.",
              "Enter the payer's claim number from the remittance.", _frequency_number),
    ScrubRule("original_number", "error", "claim", "An original claim corrects nothing.",
              "Send it as a replacement, or remove the number.", _frequency_original),
    ScrubRule("prior_payer", "error", "claim", "A later payer pays what the earlier one left.",
              "Post the remittance of the payer before, then build the claim.", _prior_missing),
    ScrubRule("prior_balance", "error", "claim", "Charge = paid + adjustments, at each prior payer.",
              "Compare with the posted remittance.", _prior_balance),
    ScrubRule("prior_levels", "error", "claim", "Amounts stand at the claim or at its lines, never at both.",
              "Build the claim from the posted remittance.", _prior_levels, fixed=True),
    ScrubRule("prior_complete", "error", "claim", "The next payer checks who paid before it, whom, and when.",
              "Complete the policy of the payer before, then build the claim anew.", _prior_number),
    ScrubRule("other_payer", "warning", "coverage", "The payer may wait for another one that comes first.",
              "Ask the patient for the other card, and in which order they pay.", _other_payer),
    ScrubRule("authorization_missing", "error", "authorizations", "The payer wants an authorization or a referral.",
              "Ask for it under Authorizations of the patient; the claim goes on by itself then.", _authorization),
    ScrubRule("referral_missing", "error", "superbill", "This payer pays on referral only.",
              "Enter the referral number.", _referral),
    ScrubRule("claim_number", "error", "claim", "The number that comes back has 20 characters at most.",
              "Build the claim anew.", _claim_number, fixed=True),
    ScrubRule("line_numbers", "error", "claim", "Line numbers match payments to lines.",
              "Build the claim anew.", _line_numbers, fixed=True),
)  # fmt: skip
