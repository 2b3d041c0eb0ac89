"""The kit as a Django application: its tables."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "chartdesk.kit"
    label = "kit"
