"""Remittances as a Django application: its tables, and what of them is owned in the record."""

from django.apps import AppConfig


class RemittanceConfig(AppConfig):
    name = "chartdesk.pms.remittance"
    label = "remittance"

    def ready(self) -> None:
        from chartdesk.pms.remittance import merging, projections, resting

        projections.register()
        merging.register()
        resting.register()
