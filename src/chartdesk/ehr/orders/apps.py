"""Orders as a Django application: its tables, and what it follows in the record."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "chartdesk.ehr.orders"
    label = "orders"

    def ready(self) -> None:
        from chartdesk.ehr.orders import projections

        projections.register()
