"""The billing office, for every test here."""

from tests.money.office import office

__all__ = ["office"]
