"""The splitting rules as a Django application: their table."""

from django.apps import AppConfig


class SplitsConfig(AppConfig):
    name = "chartdesk.pms.splits"
    label = "splits"
