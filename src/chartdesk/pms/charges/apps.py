"""Charges as a Django application: its tables, and what of them is owned in the record."""

from django.apps import AppConfig


class ChargesConfig(AppConfig):
    name = "chartdesk.pms.charges"
    label = "charges"

    def ready(self) -> None:
        from chartdesk.pms.charges import projections

        projections.register()
