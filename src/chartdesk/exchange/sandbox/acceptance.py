"""Whether a payer takes a claim in: the statuses of the 277CA (005010X214).

A status is category, status code and entity as the claim status code lists have them: A2:20 accepted for
processing; A3 returned, A6 information missing, A7 information invalid, A8 information that does not fit
together.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from chartdesk.exchange.sandbox.adjudication import latest_prior
from chartdesk.exchange.sandbox.claims import Claim
from chartdesk.exchange.sandbox.rulebook import Member, Payer
from chartdesk.kit.money import total

PROCEDURE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]")


class Status(msgspec.Struct, frozen=True):
    """A claim status; ``line`` is a line number where it speaks of one line."""

    category: str
    code: str
    entity: str = ""
    line: int = 0

    @property
    def accepted(self) -> bool:
        """True for an acceptance."""
        return self.category == "A2"


ACCEPTED = Status("A2", "20")


class Known(msgspec.Struct, frozen=True):
    """What the payer's records say about a claim: a duplicate of it, and the claim it wants to replace."""

    duplicate: bool = False
    original_open: bool = False


def luhn_npi(npi: str) -> bool:
    """True where ``npi`` is ten digits with a right check digit (Luhn over 80840 and the number)."""
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    digits = [int(digit) for digit in "80840" + npi][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def coverage_end(scenario: str, today: date) -> date | None:
    """The last day of coverage where it has ended; None where it goes on."""
    if scenario == "EXPIRED":
        return date(today.year - 1, 12, 31)
    return date(2019, 12, 31) if scenario == "INACTIVE" else None


def statuses(claim: Claim, payer: Payer | None, member: Member | None, known: Known, today: date) -> list[Status]:
    """The claim's statuses: ``[ACCEPTED]``, or every reason for which it is rejected."""
    if payer is None:
        return [Status("A3", "116", "PR")]
    if member is None or member.scenario == "UNKNOWN":
        return [Status("A3", "33", "IL")]
    found = [*_eligibility(claim, member, today), *_content(claim), *_history(claim, known)]
    return found or [ACCEPTED]


def _eligibility(claim: Claim, member: Member, today: date) -> list[Status]:
    found = []
    if member.scenario == "REJECT":
        found.append(Status("A3", "21"))
    if member.scenario == "NAMEDIFF":
        found.append(Status("A8", "125", "IL"))
    end = coverage_end(member.scenario, today)
    if end and claim.last_day > end:
        found.append(Status("A3", "88", "IL"))
    return found


def _content(claim: Claim) -> list[Status]:
    found = []
    if not luhn_npi(claim.billing.npi):
        found.append(Status("A7", "562", "85"))
    if claim.rendering and not claim.institutional and not luhn_npi(claim.rendering.npi):
        found.append(Status("A7", "562", "82"))
    for npi, entity in ((claim.referred_by, "DN"), (claim.supervised_by, "DQ")):
        if npi and not luhn_npi(npi):
            found.append(Status("A7", "562", entity))
    if claim.institutional:
        found += _facility(claim)
    if {"AA", "OA"} & set(claim.causes) and claim.accident_day is None:
        found.append(Status("A6", "248"))
    if not claim.diagnoses:
        found.append(Status("A6", "254"))
    if claim.charge != total(line.charge for line in claim.lines):
        found.append(Status("A7", "400"))
    if claim.turn != "P" and not _paid_before(claim):
        found.append(Status("A6", "286"))
    for line in claim.lines:
        if line.ordered_by and not luhn_npi(line.ordered_by):
            found.append(Status("A7", "562", "DK", line=line.number))
        if line.qualifier == "HC" and line.code and not PROCEDURE.fullmatch(line.code):
            found.append(Status("A7", "454", line=line.number))
        if claim.diagnoses and any(one > len(claim.diagnoses) for one in line.pointers):
            found.append(Status("A8", "477", line=line.number))
    return found


def _facility(claim: Claim) -> list[Status]:
    """An institutional claim names who attended, a type of bill, and a revenue code on each line."""
    found = []
    if not claim.attended_by:
        found.append(Status("A6", "562", "71"))
    elif not luhn_npi(claim.attended_by):
        found.append(Status("A7", "562", "71"))
    if not re.fullmatch(r"[1-8]\d", claim.place):
        found.append(Status("A7", "228"))
    return found + [
        Status("A7", "455", line=line.number) for line in claim.lines if not re.fullmatch(r"\d{4}", line.revenue)
    ]


def _paid_before(claim: Claim) -> bool:
    """True where the payer before is named with what it did, on the claim or on every line."""
    if latest_prior(claim.priors, claim.turn) is None:
        return False
    whole = latest_prior(claim.priors, claim.turn)
    told = whole is not None and (whole.adjusted or whole.paid)
    return bool(told) or all(latest_prior(line.priors, claim.turn) for line in claim.lines)


def _history(claim: Claim, known: Known) -> list[Status]:
    if claim.frequency in ("7", "8"):
        if not claim.original:
            return [Status("A6", "464")]
        return [] if known.original_open else [Status("A7", "464")]
    return [Status("A3", "54")] if known.duplicate else []
