"""Bulk data as a Django application: its tables, and its jobs."""

from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "chartdesk.record.bulk"
    label = "bulk"
