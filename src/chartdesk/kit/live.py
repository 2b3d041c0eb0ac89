"""Telling open pages that something changed.

A notice rides on PostgreSQL's NOTIFY: it leaves when the transaction commits and never when it rolls back.
It carries a topic and an identifier, no content; the page asks for what it may see. A lost notice costs
freshness, nothing else, so notices need no storage.
"""

from __future__ import annotations

import json

from chartdesk.kit import database
from chartdesk.kit.transactions import HasPractice

CHANNEL = "chartdesk_live"


def announce(scope: HasPractice, topic: str, reference: str = "") -> None:
    """Tell the practice's open pages that ``topic`` (such as ``day`` or ``claims``) changed."""
    notice = json.dumps({"practice": scope.practice, "topic": topic, "reference": reference})
    database.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])
