"""The billing office and a card gateway, for every test here."""

from tests.money.gateway import gateway
from tests.money.office import office

__all__ = ["gateway", "office"]
