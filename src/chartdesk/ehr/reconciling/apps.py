"""Reconciling as a Django application: its tables, and what it follows in the record."""

from django.apps import AppConfig


class ReconcilingConfig(AppConfig):
    name = "chartdesk.ehr.reconciling"
    label = "reconciling"

    def ready(self) -> None:
        from chartdesk.ehr.reconciling import projections

        projections.register()
