"""The transports as a Django application: its table."""

from django.apps import AppConfig


class TransportsConfig(AppConfig):
    name = "chartdesk.exchange.transports"
    label = "transports"
