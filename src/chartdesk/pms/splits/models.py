"""The versions of a practice's splitting rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.pms.versions.models import RuleVersion


class SplitVersion(RuleVersion):
    """A list of rules (see ``rules.Rule``), and the first date of service that it holds for."""

    effective = models.DateField(null=True, help_text="the first date of service it holds for, once live")

    class Meta(RuleVersion.Meta):
        app_label = "splits"
        constraints = [
            *RuleVersion.Meta.constraints,
            models.CheckConstraint(condition=Q(state="draft") | Q(effective__isnull=False), name="split_effective"),
        ]
