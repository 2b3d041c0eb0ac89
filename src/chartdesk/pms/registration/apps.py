"""Registration as a Django application: its tables, and its projection of patients."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "chartdesk.pms.registration"
    label = "registration"

    def ready(self) -> None:
        """Let every write of a Patient reach the index."""
        from chartdesk.pms.registration import arrivals, projections

        projections.register()
        arrivals.register()
