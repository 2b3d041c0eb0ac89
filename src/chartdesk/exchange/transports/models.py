"""How the sources of channels fare, as the process that serves them last said."""

from __future__ import annotations

from django.db import models

from chartdesk.kit.rows import PracticeRow


class SourceState(PracticeRow):
    """A port that is listened on, or a folder that is looked into; a row for each channel that has one."""

    channel = models.BigIntegerField(primary_key=True)
    state = models.TextField(db_collation="C", help_text="serving or failed")
    words = models.TextField(help_text="where it listens or looks, or why it does not")
    connections = models.IntegerField(default=0)
    turned_away = models.IntegerField(default=0, help_text="connections refused since the process began")
    process = models.TextField(db_collation="C")
    at = models.DateTimeField(help_text="when this was last said; what is old is nobody's word any more")

    class Meta:
        app_label = "transports"
