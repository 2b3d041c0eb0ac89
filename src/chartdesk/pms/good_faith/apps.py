"""Good-faith estimates as a Django application: their table."""

from django.apps import AppConfig


class GoodFaithConfig(AppConfig):
    name = "chartdesk.pms.good_faith"
    label = "good_faith"
