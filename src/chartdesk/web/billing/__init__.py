"""Billing: work list, charge review, claims, remittances, denials, patient accounts."""
