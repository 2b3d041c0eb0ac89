"""What may be known of the sandbox payers from outside: for a practice's payer list and its contracts.

Plain functions over ``rules.toml``. A demo practice loads its payers, plans and contract amounts from here,
so that expected and paid amounts agree.
"""

from __future__ import annotations

from decimal import Decimal

from chartdesk.exchange.sandbox.rulebook import Payer, Plan, rulebook
from chartdesk.exchange.sandbox.scenarios import FILE_SCENARIOS, PLB_SCENARIOS, SCENARIOS

#: The letters of a Medicare Beneficiary Identifier: the alphabet without S, L, O, I, B and Z.
_MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"


def payers() -> tuple[Payer, ...]:
    """The six payers: id, name, filing indicator, address, phone, plans and contract terms."""
    return rulebook().payers


def payer(payer_id: str) -> Payer:
    """The payer of that id. Raises KeyError where there is none."""
    found = rulebook().payer(payer_id)
    if found is None:
        raise KeyError(payer_id)
    return found


def plans(payer_id: str) -> tuple[Plan, ...]:
    """The payer's plans: id, name, copay, deductible, coinsurance (percent), out-of-pocket limit."""
    return payer(payer_id).plans


def procedure_codes() -> tuple[str, ...]:
    """The codes that every payer has a contract amount for."""
    return tuple(rulebook().fees)


def allowed_amounts(payer_id: str) -> dict[str, Decimal]:
    """The contract: allowed dollars for one unit of each code. Any other code: ``percent_of_charge``."""
    rules, found = rulebook(), payer(payer_id)
    amounts = {code: rules.contract(found, code) for code in (*rules.fees, *found.allowed)}
    return {code: amount for code, amount in amounts.items() if amount is not None}


def percent_of_charge(payer_id: str) -> Decimal:
    """What the payer allows for a code outside its contract, in percent of the charge."""
    return payer(payer_id).percent_of_charge


def member_id(payer_id: str, plan_id: str, number: int, scenario: str = "") -> str:
    """A valid member id of the plan: the ``number``-th (0 to 99,999,999), with a scenario word or none.

    Raises KeyError for an unknown payer, plan or scenario.
    """
    if scenario and scenario not in {**SCENARIOS, **FILE_SCENARIOS, **PLB_SCENARIOS}:
        raise KeyError(scenario)
    plan = next((one for one in plans(payer_id) if one.id == plan_id), None)
    if plan is None:
        raise KeyError(plan_id)
    if plan.member_prefix:
        return f"{plan.member_prefix}{number % 100_000_000:08d}{scenario}"
    return _beneficiary(number) + scenario


def _beneficiary(number: int) -> str:
    """A Medicare identifier, different for each number: digit, letter, 2 digits, letter, 2 digits, ..."""
    figures, letters = "0123456789", _MBI_LETTERS
    form = (
        "123456789",
        letters,
        figures,
        figures,
        letters,
        figures,
        figures,
        letters,
        letters,
        figures,
        figures,
    )
    picked, rest = [], number * 7919 + 104_729
    for alphabet in form:
        rest, at = divmod(rest, len(alphabet))
        picked.append(alphabet[at])
    return "".join(picked)


def scenarios() -> dict[str, str]:
    """The words that may end a member id, and what each summons."""
    return dict(SCENARIOS)


def adjustment_scenarios() -> dict[str, str]:
    """The words that may end a member id and summon a provider adjustment, one for each reason, and what each does."""
    return dict(PLB_SCENARIOS)


def file_scenarios() -> dict[str, str]:
    """The words that may end a member id and summon a file that goes wrong, and what each does."""
    return dict(FILE_SCENARIOS)
