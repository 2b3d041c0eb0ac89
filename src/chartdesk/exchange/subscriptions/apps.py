"""Subscriptions as a Django application: their tables, and the rules of the Subscription resource."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "chartdesk.exchange.subscriptions"
    label = "subscriptions"

    def ready(self) -> None:
        """Let every write of a Subscription pass this room."""
        from chartdesk.exchange.subscriptions import commands

        commands.register()
