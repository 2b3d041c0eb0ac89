"""The versions of a practice's splitting rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class SplitVersion(PracticeRow):
    """All the rules as they stood in one version. Only a draft changes; what was live once stays as it was."""

    id = models.AutoField(primary_key=True)
    number = models.IntegerField(help_text="1, 2, 3 … within the practice")
    state = models.TextField(help_text="draft, live or withdrawn")
    effective = models.DateField(null=True, help_text="the first date of service it holds for, once live")
    rules = models.JSONField(default=list, help_text="see chartdesk.pms.splits.rules.Rule")
    note = models.TextField(default="", help_text="why it was made")
    tried = models.TextField(default="", help_text="digest of the rules that were tried last")
    trial = models.JSONField(default=dict, help_text="what the last trial counted")
    made_at = models.DateTimeField()
    made_by = models.TextField()
    live_at = models.DateTimeField(null=True)
    live_by = models.TextField(default="")
    revision = models.IntegerField(default=1, help_text="counts the changes of the draft")

    class Meta:
        app_label = "splits"
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="split_version_once"),
            models.UniqueConstraint(fields=["practice"], condition=Q(state="draft"), name="split_draft_once"),
            models.CheckConstraint(condition=Q(state__in=["draft", "live", "withdrawn"]), name="split_state"),
            models.CheckConstraint(condition=Q(state="draft") | Q(effective__isnull=False), name="split_effective"),
        ]
