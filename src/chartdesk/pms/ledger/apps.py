"""The ledger as a Django application: its tables, and its part in merges."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "chartdesk.pms.ledger"
    label = "ledger"

    def ready(self) -> None:
        from chartdesk.pms.ledger import merging

        merging.register()
