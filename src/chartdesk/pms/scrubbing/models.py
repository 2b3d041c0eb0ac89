"""The versions of what a practice has set about scrubbing."""

from __future__ import annotations

from chartdesk.pms.versions.models import RuleVersion


class ScrubVersion(RuleVersion):
    """Every setting and every own rule (see ``rules.RuleSet``); of the live versions the last counts."""

    class Meta(RuleVersion.Meta):
        app_label = "scrubbing"
