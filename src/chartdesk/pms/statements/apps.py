"""Statements as a Django application: its tables, and what of them is owned in the record."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "chartdesk.pms.statements"
    label = "statements"

    def ready(self) -> None:
        from chartdesk.pms.remittance import days
        from chartdesk.pms.statements import projections, tills

        projections.register()
        days.keep(tills.held_open)
