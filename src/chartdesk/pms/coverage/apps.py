"""Coverage as a Django application: its tables, and what follows a written Coverage."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "chartdesk.pms.coverage"
    label = "coverage"

    def ready(self) -> None:
        """Announce every write of a Coverage."""
        from chartdesk.pms.coverage import projections

        projections.register()
