"""The state of the index as a Django application: its tables, and a row for each new practice."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class DefinitionsConfig(AppConfig):
    name = "chartdesk.record.definitions"
    label = "definitions"

    def ready(self) -> None:
        """Note for each practice that is opened that its index begins with the present parameters."""
        from chartdesk.record.access.models import Practice

        post_save.connect(_opened, sender=Practice, dispatch_uid="definitions")


def _opened(instance: Any, created: bool, **_: Any) -> None:
    from chartdesk.record.definitions import state

    if created:
        state.begin(instance.pk)
