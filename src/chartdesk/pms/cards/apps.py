"""Cards as a Django application: its tables, and what of patients' payments it has a say in."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "chartdesk.pms.cards"
    label = "cards"

    def ready(self) -> None:
        from chartdesk.pms.cards import settling
        from chartdesk.pms.statements import commands as statements

        statements.guard_voids(settling.guard_void)
