"""The interface engine as a Django application: its tables."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    name = "chartdesk.exchange.engine"
    label = "engine"
