"""Work items about files: what could not be sent, read or matched."""

from __future__ import annotations

from chartdesk.kit import worklist
from chartdesk.record.access import Subject

FILE_WORK, UNMATCHED_WORK = "file_unreadable", "answer_unmatched"


def raise_file(subject: Subject, interchange_id: int, title: str, cure: str) -> None:
    """A file needs a person."""
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=FILE_WORK,
            key=str(interchange_id),
            role="biller",
            title=title,
            detail="The file is kept byte for byte.",
            cure=cure or "Ask the clearinghouse to send it again.",
            link=("interchange", str(interchange_id)),
        ),
    )


def raise_unmatched(subject: Subject, interchange_id: int, what: str, key: str) -> None:
    """An answer speaks of something that this practice did not send."""
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=UNMATCHED_WORK,
            key=f"{interchange_id}:{key}",
            role="biller",
            title=what,
            detail="No claim of this practice has that number.",
            cure="Look whether the file was meant for another practice, or the claim was sent from elsewhere.",
            link=("interchange", str(interchange_id)),
        ),
    )
