"""The ledger as a Django application: its tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "chartdesk.pms.ledger"
    label = "ledger"
