"""The record as a Django application: its tables."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "chartdesk.record"
    label = "record"
