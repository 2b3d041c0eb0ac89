"""The card gateway over HTTPS."""

from chartdesk.exchange.cards.http import HttpGateway

__all__ = ["HttpGateway"]
