"""The remittance, 835 (005010X221A1)."""

from chartdesk.standards.x12.remittance_835.balance import Imbalance, balance, claim_balance
from chartdesk.standards.x12.remittance_835.model import (
    BankAccount,
    ClaimPayment,
    GroupHeader,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from chartdesk.standards.x12.remittance_835.reading import read, remittances
from chartdesk.standards.x12.remittance_835.writing import write

__all__ = [
    "BankAccount",
    "ClaimPayment",
    "GroupHeader",
    "Imbalance",
    "ProviderAdjustment",
    "Remittance",
    "ServicePayment",
    "balance",
    "claim_balance",
    "read",
    "remittances",
    "write",
]
