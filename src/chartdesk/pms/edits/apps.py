"""The published tables as a Django application."""

from django.apps import AppConfig


class EditsConfig(AppConfig):
    name = "chartdesk.pms.edits"
    label = "edits"
