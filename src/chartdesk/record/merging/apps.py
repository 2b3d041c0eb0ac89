"""Merging as a Django application: its tables."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "chartdesk.record.merging"
    label = "merging"
