"""The pages as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "chartdesk.web"
    label = "web"
