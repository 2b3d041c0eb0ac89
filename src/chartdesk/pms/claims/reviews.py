"""Answers to requests for authorization (278) that come in a file, for the room that asked."""

from __future__ import annotations

from chartdesk.pms.authorizations import commands as authorizations
from chartdesk.pms.claims import unread
from chartdesk.pms.claims.models import Interchange
from chartdesk.record.access import Subject


def receive(subject: Subject, file: Interchange) -> None:
    """Read a file of answers, in the transaction that reads it. What nobody asked for goes to the work list."""
    for trace in authorizations.receive(subject, bytes(file.content)):
        unread.raise_unmatched(subject, file.pk, f"A 278 answers request {trace}, which was not made.", trace)
