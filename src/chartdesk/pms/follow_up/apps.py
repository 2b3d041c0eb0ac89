"""Follow-up as a Django application: its tables."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "chartdesk.pms.follow_up"
    label = "follow_up"
