"""Authorizations as a Django application: its tables."""

from django.apps import AppConfig


class AuthorizationsConfig(AppConfig):
    name = "chartdesk.pms.authorizations"
    label = "authorizations"
