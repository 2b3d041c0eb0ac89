"""The remittance, 835 (005010X221A1)."""

from chartdesk.standards.x12.remittance_835.model import (
    BankAccount,
    ClaimPayment,
    GroupHeader,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)

__all__ = [
    "BankAccount",
    "ClaimPayment",
    "GroupHeader",
    "ProviderAdjustment",
    "Remittance",
    "ServicePayment",
]
