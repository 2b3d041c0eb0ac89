"""Cards as a Django application: its tables."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "chartdesk.pms.cards"
    label = "cards"
