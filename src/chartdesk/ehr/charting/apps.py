"""Charting as a Django application: its tables and what it asks of the record."""

from django.apps import AppConfig


class ChartingConfig(AppConfig):
    name = "chartdesk.ehr.charting"
    label = "charting"

    def ready(self) -> None:
        from chartdesk.ehr.charting import projections

        projections.register()
