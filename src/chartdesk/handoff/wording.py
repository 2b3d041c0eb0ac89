"""The contract's facts in a clinician's words. Pure: data in, text out."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.handoff.contract import Insurance
from chartdesk.kit.money import dollars

NONE = "No insurance on file"
_STANDING = {
    "active": "active",
    "inactive": "not active, says the payer",
    "refused": "payer refused the inquiry",
    "failed": "check failed",
}


def insurance_line(policies: Sequence[Insurance]) -> str:
    """The policies in one line, the first to pay first: ``Acme PPO: active, copay $25.00``."""
    return "; ".join(_policy(policy) for policy in sorted(policies, key=lambda one: one.rank)) or NONE


def _policy(policy: Insurance) -> str:
    name = policy.plan_name or policy.payer_name
    if policy.plan_name and policy.payer_name not in policy.plan_name:
        name = f"{policy.payer_name} {policy.plan_name}"
    if policy.expired:
        return f"{name}: ended"
    copay = "copay unknown" if policy.copay is None else f"copay {dollars(policy.copay)}"
    return f"{name}: {_STANDING.get(policy.standing, 'not checked')}, {copay}"
