"""The practice's scrubbing rules as a Django application: their table."""

from django.apps import AppConfig


class ScrubbingConfig(AppConfig):
    name = "chartdesk.pms.scrubbing"
    label = "scrubbing"
