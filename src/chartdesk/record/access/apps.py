"""Practices and people as a Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "chartdesk.record.access"
    label = "access"

    def ready(self) -> None:
        from chartdesk.record.access import joined_logins

        joined_logins.register()
