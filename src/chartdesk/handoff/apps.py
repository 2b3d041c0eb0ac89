"""The handoff as a Django application: its message log."""

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    name = "chartdesk.handoff"
    label = "handoff"
