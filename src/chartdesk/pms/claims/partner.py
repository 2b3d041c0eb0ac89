"""What the practice's clearinghouse is called, and how we call ourselves there: settings of the practice."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chartdesk.kit import clock
from chartdesk.record.access.models import Practice
from chartdesk.standards.x12.envelope import Envelope

#: Who receives the files, where the practice's setting ``edi_receiver`` does not say.
RECEIVER, RECEIVER_NAME = "SBXCLEAR", "SANDBOX CLEARINGHOUSE"


def sender(practice: Practice) -> str:
    """The number under which the clearinghouse knows the practice: its setting ``edi_sender``, else one of ours."""
    return str(practice.settings.get("edi_sender") or f"CHARTDESK{practice.pk:04d}")


def envelope(practice: Practice, control: int, group: int) -> Envelope:
    """The envelope of a file to the clearinghouse, made now. ``edi_production`` makes it count."""
    return Envelope(
        sender=sender(practice),
        receiver=str(practice.settings.get("edi_receiver") or RECEIVER),
        control=control,
        group_control=group,
        created=clock.now().astimezone(ZoneInfo(practice.zone)).replace(tzinfo=None),
        usage="P" if practice.settings.get("edi_production") else "T",
    )
