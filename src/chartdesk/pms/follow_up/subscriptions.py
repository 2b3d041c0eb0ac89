"""Follow-up takes the answers to status questions (277) that claims receives, and hears of refused questions."""

from __future__ import annotations

from chartdesk.pms.claims import acknowledgements
from chartdesk.pms.follow_up import answers, inquiries


def connect() -> None:
    """Register. Safe to call twice."""
    acknowledgements.register("277", answers.receive)
    acknowledgements.when_refused(inquiries.KIND, inquiries.refused)
