"""Reconciling as a Django application: its tables."""

from django.apps import AppConfig


class ReconcilingConfig(AppConfig):
    name = "chartdesk.ehr.reconciling"
    label = "reconciling"
