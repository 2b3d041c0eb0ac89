"""Telling open pages that something changed.

A notice rides on PostgreSQL's NOTIFY: it leaves when the transaction commits and never when it rolls back.
It carries a topic and an identifier, no content; the page asks for what it may see. A lost notice costs
freshness, nothing else, so notices need no storage.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from chartdesk.kit import database
from chartdesk.kit.transactions import HasPractice

CHANNEL = "chartdesk_live"
#: More things than this at once are told as one notice, at which every page looks again.
SEVERAL = 20


def announce(scope: HasPractice, topic: str, reference: str = "") -> None:
    """Tell the practice's open pages that ``topic`` (such as ``day`` or ``claims``) changed."""
    notice = json.dumps({"practice": scope.practice, "topic": topic, "reference": reference})
    database.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])


def announce_many(scope: HasPractice, topic: str, references: Sequence[str]) -> None:
    """The same of several things: a notice for each, or one that says ``refresh`` where they are many."""
    if len(references) > SEVERAL:
        announce(scope, "refresh")
        return
    for reference in references:
        announce(scope, topic, reference)
