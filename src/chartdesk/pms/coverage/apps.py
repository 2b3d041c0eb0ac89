"""Coverage as a Django application: its tables, and what follows a written Coverage."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "chartdesk.pms.coverage"
    label = "coverage"

    def ready(self) -> None:
        """Announce every write of a Coverage, and know our payers by their numbers."""
        from chartdesk.pms.coverage import arrivals, projections

        projections.register()
        arrivals.register()
