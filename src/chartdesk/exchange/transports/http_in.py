"""Messages that partners post: ``POST /interfaces/<practice>/<channel>``, with the channel's token.

The body is one message, or a batch; the answer's body is the acknowledgement, or a batch of them. It is sent when all
are stored.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from chartdesk.exchange.engine import channels
from chartdesk.exchange.engine.documents import ChannelDocument, HttpsSource
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receiving import Accepted
from chartdesk.exchange.transports import secrets
from chartdesk.exchange.transports.files import messages_of
from chartdesk.exchange.transports.gathering import Received
from chartdesk.exchange.transports.http_out import MEDIA
from chartdesk.exchange.transports.intake import Intake
from chartdesk.kit import clock, database
from chartdesk.kit.buckets import Buckets
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import reading
from chartdesk.record.access.models import Practice
from chartdesk.standards.hl7v2 import Unreadable, batches

PREFIX = "/interfaces/"
#: The secret that holds the token, where the channel names none.
TOKEN = "token"  # noqa: S105  (a name)
_PATH = re.compile(r"/interfaces/([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9_-]{0,59})/?")


@dataclass(frozen=True)
class Posted:
    """What the web server answers."""

    status: int
    body: bytes
    media: str = "text/plain; charset=utf-8"


_STRANGER = Posted(401, b"Show the token of the channel: Authorization: Bearer ...\n")
_TOO_OFTEN = Posted(429, b"Too many wrong tokens in a minute; try again in a while.\n")
_failures = Buckets((settings.FHIR_FAILURES or 1) / 60, settings.FHIR_FAILURES or 1)


def take(method: str, path: str, authorization: str, body: bytes, *, origin: str, too_large: bool) -> Posted:
    """Store what was posted and answer it. Gives the thread's database connection back."""
    try:
        return _taken(method, path, authorization, body, origin, too_large)
    except Exception as fault:
        if not database.may_pass(fault):
            raise
        return Posted(503, b"Nothing can be stored now; send it again.\n")
    finally:
        connection.close()


def _taken(method: str, path: str, authorization: str, body: bytes, origin: str, too_large: bool) -> Posted:
    if settings.FHIR_FAILURES and _failures.wait(origin):
        return _TOO_OFTEN
    found = _channel(path, authorization)
    if found is None:
        if settings.FHIR_FAILURES:
            _failures.take(origin)
        return _STRANGER
    if method != "POST":
        return Posted(405, b"Messages are posted.\n")
    channel, document = found
    if channel.state != "running":
        return Posted(503, b"The channel is paused; send it again later.\n")
    if too_large:
        return Posted(413, f"At most {document.largest:,} bytes.\n".encode())
    try:
        messages = messages_of(body).messages
    except Unreadable as fault:
        return Posted(400, f"{fault}\n".encode())
    if not messages:
        return Posted(400, b"The body is empty.\n")
    if any(len(one) > document.largest for one in messages):
        return Posted(413, f"A message has at most {document.largest:,} bytes.\n".encode())
    return _answered(Intake(channel).accept([Received(one, origin) for one in messages]))


def _answered(accepted: list[Accepted]) -> Posted:
    answers = [one.answer for one in accepted if one.answer]
    status = 400 if any(one.state == "refused" for one in accepted) else 200
    if not answers:
        return Posted(204 if status == 200 else status, b"")
    if len(answers) == 1:
        return Posted(status, answers[0], MEDIA)
    number = str(accepted[0].message_id)
    return Posted(status, batches.join(answers, sender="", receiver="", control_id=number, at=clock.now()), MEDIA)


def _channel(path: str, authorization: str) -> tuple[Channel, ChannelDocument] | None:
    """The channel that is posted to; None where it is not there or the token is not its own: which, is not told."""
    parts = _PATH.fullmatch(path)
    shown = _shown(authorization)
    practice = Practice.objects.filter(slug=parts[1]).first() if parts and shown else None
    if parts is None or practice is None:
        return None
    with reading(practice.pk):
        channel = Channel.objects.filter(name=parts[2]).first()
        if channel is None:
            return None
        document = channels.document(channel.document)
        if not isinstance(document.source, HttpsSource):
            return None
        try:
            known = secrets.read(practice.pk, channel.pk, document.source.secret or TOKEN)
        except Invalid:
            return None
    good = known and hmac.compare_digest(known.strip().encode(), shown.encode())
    return (channel, document) if good else None


def _shown(authorization: str) -> str:
    """The token of a header: after ``Bearer``, or the password after ``Basic``, which is all that some can send."""
    kind, _, rest = authorization.strip().partition(" ")
    if kind.lower() == "bearer":
        return rest.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""
