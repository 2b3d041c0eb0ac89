"""What the table of a room's versions looks like."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class RuleVersion(PracticeRow):
    """All the rules as they stood in one version. Only a draft changes; what was live once stays as it was."""

    id = models.AutoField(primary_key=True)
    number = models.IntegerField(help_text="1, 2, 3 … within the practice")
    state = models.TextField(help_text="draft, live or withdrawn")
    content = models.JSONField(help_text="the rules, as the room keeps them")
    note = models.TextField(default="", help_text="why it was made")
    tried = models.TextField(default="", help_text="digest of what was tried last")
    trial = models.JSONField(default=dict, help_text="what the last trial counted")
    made_at = models.DateTimeField()
    made_by = models.TextField()
    live_at = models.DateTimeField(null=True)
    live_by = models.TextField(default="")
    revision = models.IntegerField(default=1, help_text="counts the changes of the draft")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="%(app_label)s_version_once"),
            models.UniqueConstraint(fields=["practice"], condition=Q(state="draft"), name="%(app_label)s_draft_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "live", "withdrawn"]), name="%(app_label)s_version_state"
            ),
        ]
