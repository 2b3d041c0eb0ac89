"""Remittances as a Django application: its tables."""

from django.apps import AppConfig


class RemittanceConfig(AppConfig):
    name = "chartdesk.pms.remittance"
    label = "remittance"
