"""Why a line is not paid: the rules in the order in which a payer applies them.

Each rule is a pure function of the claim, the line and the facts, and gives the name of a denial of
``rules.toml`` or an empty string. The first that answers decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from chartdesk.exchange.sandbox.claims import Claim, Line
from chartdesk.exchange.sandbox.rulebook import Payer, Plan, Rulebook


class Setting(msgspec.Struct, frozen=True):
    """What a claim is judged against. ``repeated`` and ``exhausted`` are line numbers."""

    rules: Rulebook
    payer: Payer
    plan: Plan
    scenario: str
    late: bool = False
    #: Whether the payer looked at the claim again and gave in.
    appealed: bool = False
    repeated: frozenset[int] = frozenset()
    exhausted: frozenset[int] = frozenset()


def _other_payer(setting: Setting, claim: Claim, line: Line) -> str:
    return "other_payer" if setting.scenario == "COB" and claim.turn == "P" else ""


def _timely_filing(setting: Setting, claim: Claim, line: Line) -> str:
    return "timely_filing" if setting.late else ""


def _duplicate(setting: Setting, claim: Claim, line: Line) -> str:
    return "duplicate" if line.number in setting.repeated else ""


def _modifier(setting: Setting, claim: Claim, line: Line) -> str:
    return "modifier" if any(one not in setting.rules.modifiers for one in line.modifiers) else ""


def _missing_information(setting: Setting, claim: Claim, line: Line) -> str:
    return "missing_information" if setting.scenario == "MISSING" else ""


def _not_covered(setting: Setting, claim: Claim, line: Line) -> str:
    if setting.scenario == "NOTCOV" or line.code in setting.payer.not_covered:
        return "not_covered"
    if line.code in setting.payer.not_covered_patient:
        return "not_covered_patient"
    return "not_in_plan" if line.code in setting.plan.not_covered else ""


def _not_necessary(setting: Setting, claim: Claim, line: Line) -> str:
    return "not_necessary" if setting.scenario == "OVERTURN" and not setting.appealed else ""


def _authorization(setting: Setting, claim: Claim, line: Line) -> str:
    needed = setting.scenario in ("NOAUTH", "AUTHNEEDED") or line.code in setting.payer.authorization_required
    return "no_authorization" if needed and not (claim.authorization or line.authorization) else ""


def _work(setting: Setting, claim: Claim, line: Line) -> str:
    return "work_related" if "EM" in claim.causes and setting.payer.filing != "WC" and claim.turn == "P" else ""


def _circumstances(setting: Setting, claim: Claim, line: Line) -> str:
    """What the words ACCIDENT, REFERRED and ORDERED let the payer ask for."""
    if setting.scenario == "ACCIDENT" and not (claim.causes and claim.accident_day):
        return "no_accident"
    if setting.scenario == "REFERRED" and not claim.referred_by:
        return "no_referrer"
    ordered = setting.scenario == "ORDERED" and line.code[:1] in "78EKL"
    return "no_orderer" if ordered and not line.ordered_by else ""


def _bundled(setting: Setting, claim: Claim, line: Line) -> str:
    if line.code in setting.rules.codes.always_bundled:
        return "bundled"
    beside = {other.code for other in claim.lines if other.first_day == line.first_day and other is not line}
    for bundle in setting.rules.bundles:
        if line.code in bundle.denied and bundle.present & beside and not bundle.unless & {*line.modifiers}:
            return "bundled"
    return ""


def _once_a_year(setting: Setting, claim: Claim, line: Line) -> str:
    return "once_a_year" if line.number in setting.exhausted else ""


def _partial(setting: Setting, claim: Claim, line: Line) -> str:
    last = len(claim.lines) > 1 and line is claim.lines[-1]
    return "missing_information" if setting.scenario == "PARTIAL" and last else ""


REASONS: tuple[Callable[[Setting, Claim, Line], str], ...] = (
    _other_payer,
    _timely_filing,
    _duplicate,
    _modifier,
    _missing_information,
    _not_covered,
    _not_necessary,
    _authorization,
    _work,
    _circumstances,
    _bundled,
    _once_a_year,
    _partial,
)


def denial(setting: Setting, claim: Claim, line: Line) -> str:
    """The name of the first denial that applies to the line; empty where it is payable."""
    return next((name for reason in REASONS if (name := reason(setting, claim, line))), "")


def is_late(payer: Payer, claim: Claim, received: date) -> bool:
    """True where the claim came after the payer's filing limit, counted from the last date of service."""
    return received > claim.last_day + timedelta(days=payer.timely_filing_days)
