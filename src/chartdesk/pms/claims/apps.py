"""Claims as a Django application: its tables, and what of them is owned in the record."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "chartdesk.pms.claims"
    label = "claims"

    def ready(self) -> None:
        from chartdesk.pms.claims import merging, projections

        projections.register()
        merging.register()
