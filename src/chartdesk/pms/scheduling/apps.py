"""Scheduling as a Django application: its tables, and the rules that a write of an Appointment passes."""

from __future__ import annotations

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "chartdesk.pms.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        from chartdesk.pms.scheduling import appointments, arrivals, merging

        appointments.register()
        merging.register()
        arrivals.register()
