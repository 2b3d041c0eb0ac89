"""The chart of accounts. An account comes into being with its first entry; only these codes are accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chartdesk.kit.errors import Invalid


@dataclass(frozen=True)
class Account:
    """One account: its code, its name for people, and the side on which it normally stands."""

    code: str
    name: str
    side: str


ACCOUNTS: dict[str, Account] = {
    account.code: account
    for account in (
        Account("ar", "Accounts receivable", "debit"),
        Account("revenue", "Charges", "credit"),
        Account("adjustment.contractual", "Contractual adjustments", "debit"),
        Account("adjustment.capitation", "Covered by capitation", "debit"),
        Account("adjustment.other", "Other adjustments", "debit"),
        Account("writeoff.bad_debt", "Bad debt", "debit"),
        Account("writeoff.small_balance", "Small balances written off", "debit"),
        Account("over_short", "Cash over and short", "credit"),
        Account("cash", "Cash", "debit"),
        Account("card", "Card payments", "debit"),
        Account("check", "Checks", "debit"),
        Account("eft", "Electronic payments of payers", "debit"),
        Account("unapplied", "Money received and not yet matched", "credit"),
        Account("interest", "Interest received from payers", "credit"),
        Account("capitation", "Capitation received from payers", "credit"),
        Account("refund", "Refunds", "debit"),
        Account("patient_credit", "Credit of patients", "credit"),
    )
}

#: Adjustments that a payer makes against the provider and no claim: one account per PLB reason.
_PROVIDER_ADJUSTMENT = re.compile(r"provider_adjustment\.([A-Za-z0-9]{1,6})")

#: Who may owe a receivable: the patient, or a payer by its identifier.
_HOLDER = re.compile(r"patient|payer:.{1,60}")


def account(code: str) -> Account:
    """The account with that code. Raises Invalid for a code that the chart does not have."""
    known = ACCOUNTS.get(code)
    if known is not None:
        return known
    found = _PROVIDER_ADJUSTMENT.fullmatch(code)
    if found is None:
        raise Invalid(f"There is no account {code!r} in the chart of accounts.", where="account")
    return Account(code, f"Provider adjustment {found[1]}", "debit")


def check_holder(code: str, holder: str) -> None:
    """Raise Invalid unless a receivable says who owes it, and nothing else does."""
    if code == "ar" and not _HOLDER.fullmatch(holder):
        raise Invalid(
            f"A receivable needs a holder, not {holder!r}.",
            where="holder",
            cure="Give patient or payer:<id>.",
        )
