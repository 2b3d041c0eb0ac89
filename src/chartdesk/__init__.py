"""Chartdesk: practice management, electronic health record, and the exchange between them."""

__version__ = "0.1.0"
