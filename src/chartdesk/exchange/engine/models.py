"""Channels, the message log, and the open work.

``Turn`` is the open work of all practices: identifiers only, read by the worker without a practice. Everything else is
fenced. A message keeps its number for ever; of one channel's, a later number was stored later.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from chartdesk.kit.rows import PracticeRow

#: Where a message can stand. The last four need no more work; ``held``, ``error`` and ``dead`` need a person.
STATUSES = ("received", "mapped", "queued", "held", "error", "dead", "filtered", "sent", "applied", "replaced")
#: Those that a person has to look at, or that are under way.
OPEN = ("received", "mapped", "queued", "held", "error", "dead")


class Channel(PracticeRow):
    """A channel; ``document`` is a ``documents.ChannelDocument``."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(db_collation="C")
    document = models.JSONField()
    state = models.TextField(db_collation="C", default="running", help_text="running or paused")
    version = models.IntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.TextField()
    heard = models.DateTimeField(null=True, help_text="when its last message came, kept by the watch")

    class Meta:
        app_label = "engine"
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="engine_channel_name")]


class ChannelVersion(PracticeRow):
    """A document as it was: what a message met can be looked up."""

    pk = models.CompositePrimaryKey("channel_id", "version")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE)
    version = models.IntegerField()
    document = models.JSONField()
    changed = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        app_label = "engine"


class ChannelSecret(PracticeRow):
    """A password, key, certificate or token of a channel, sealed with a key of the installation's secret."""

    id = models.BigAutoField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE)
    name = models.TextField(db_collation="C")
    sealed = models.TextField()
    changed = models.DateTimeField()

    class Meta:
        app_label = "engine"
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="engine_secret_name")]


class DestinationState(PracticeRow):
    """How a destination fares; a row from its first delivery on."""

    id = models.BigAutoField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE)
    name = models.TextField(db_collation="C")
    paused = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0, help_text="times it was not reached since it last was")
    due = models.DateTimeField(null=True, help_text="when it is tried again; empty: at once")
    error = models.TextField(default="")
    reached = models.DateTimeField(null=True)

    class Meta:
        app_label = "engine"
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="engine_destination_name")]


class InterfaceMessage(PracticeRow):
    """What is known of a message, kept longer than its content."""

    id = models.BigAutoField(primary_key=True)
    channel = models.BigIntegerField()
    direction = models.TextField(db_collation="C", help_text="in or out")
    received = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    control_id = models.TextField(db_collation="C")
    kind = models.TextField(db_collation="C", help_text="such as ADT^A04; FRAGMENT for what is no message")
    sender = models.TextField(db_collation="C", help_text="application and facility, MSH-3 and MSH-4")
    peer = models.TextField(db_collation="C", help_text="the address it came from, or what made us send it")
    patient_key = models.TextField(db_collation="C", help_text="the first identifier of PID-3 with its authority")
    patient = models.TextField(db_collation="C", help_text="id of our Patient; empty until it is known")
    digest = models.BinaryField(help_text="16 bytes of a hash of the content")
    size = models.IntegerField()
    status = models.TextField(db_collation="C")
    reason = models.TextField(help_text="why it waits or failed, in words")
    attempts = models.IntegerField(default=0, help_text="times it failed in a way that may pass")
    replay_of = models.BigIntegerField(null=True)
    version = models.IntegerField(help_text="of the channel's document when it was stored")

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("practice", "channel", F("id").desc(), name="engine_message_channel"),
            models.Index("practice", "control_id", F("id").desc(), name="engine_message_control"),
            models.Index("practice", "kind", F("id").desc(), name="engine_message_kind"),
            models.Index(
                "practice", "patient_key", F("id").desc(), name="engine_message_key", condition=~Q(patient_key="")
            ),
            models.Index(
                "practice", "patient", F("id").desc(), name="engine_message_patient", condition=~Q(patient="")
            ),
            models.Index(
                "practice", "status", F("id").desc(), name="engine_message_open", condition=Q(status__in=OPEN)
            ),
        ]


class MessageContent(PracticeRow):
    """The bytes of a message: what came, what was answered, what the channel's mapping made of it."""

    message = models.BigIntegerField(primary_key=True)
    raw = models.BinaryField()
    answer = models.BinaryField()
    mapped = models.BinaryField(null=True)
    media = models.TextField(default="", help_text="media type of ``mapped``")

    class Meta:
        app_label = "engine"


class MessageEffect(PracticeRow):
    """What a message changed in the record: a version of a resource."""

    id = models.BigAutoField(primary_key=True)
    message = models.BigIntegerField()
    reference = models.TextField(db_collation="C")
    version = models.IntegerField()
    what = models.TextField(help_text="created, updated, merged and so on")

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("message", name="engine_effect_message"),
            models.Index("practice", "reference", F("id").desc(), name="engine_effect_reference"),
        ]


class MessageDelivery(PracticeRow):
    """A message on its way to one destination."""

    id = models.BigAutoField(primary_key=True)
    message = models.BigIntegerField()
    channel = models.BigIntegerField()
    destination = models.TextField(db_collation="C")
    state = models.TextField(db_collation="C", help_text="waiting, sent, dead or withdrawn")
    attempts = models.IntegerField(default=0)
    tried = models.DateTimeField(null=True)
    error = models.TextField(default="")
    response = models.BinaryField(default=b"", help_text="what the partner answered")
    content = models.BinaryField(null=True, help_text="what its own mapping made; empty: as the channel's made it")
    media = models.TextField(default="")

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("message", name="engine_delivery_message"),
            models.Index(
                "practice", "channel", "destination", F("id").desc(), name="engine_delivery_dead",
                condition=Q(state="dead"),
            ),
        ]  # fmt: skip


class MessageTurn(PracticeRow):
    """Open work: a message waits in a queue of its channel, once for each stream. Identifiers only, not fenced.

    ``queue`` is empty for what is to be routed, and the name of a destination for what is to be delivered. ``stream``
    is a hash of channel, queue and patient. A message's turn has come when it is the first in all its streams.
    """

    pk = models.CompositePrimaryKey("stream", "message")
    stream = models.BigIntegerField()
    message = models.BigIntegerField()
    channel = models.BigIntegerField()
    queue = models.TextField(db_collation="C")
    due = models.DateTimeField()
    held = models.BooleanField(default=False)

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("practice", "channel", "queue", "message", name="engine_turn_lane"),
            models.Index("message", name="engine_turn_message"),
        ]


class WordBlock(PracticeRow):
    """The words of some messages in a row, as hashes: where to look for a text. Made behind the traffic."""

    first = models.BigIntegerField(primary_key=True)
    last = models.BigIntegerField()
    words = ArrayField(models.BigIntegerField())

    class Meta:
        app_label = "engine"
        indexes = [
            GinIndex("words", name="engine_words", fastupdate=True),
            models.Index("practice", F("last").desc(), name="engine_words_last"),
        ]
