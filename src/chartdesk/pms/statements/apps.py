"""Statements as a Django application: its tables."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "chartdesk.pms.statements"
    label = "statements"
