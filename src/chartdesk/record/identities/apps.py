"""Identities as a Django application: its tables."""

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    name = "chartdesk.record.identities"
    label = "identities"
