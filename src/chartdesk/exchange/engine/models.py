"""Channels, the message log, and the open work.

``MessageTurn`` is the open work of all practices, ``ChannelChange`` says whose channels changed: identifiers only, read
without a practice. Everything else is fenced. A message keeps its number for ever; of one channel's, a later number was
stored later.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from chartdesk.kit.rows import PracticeRow

#: Where a message can stand. ``applied``: the record took it; ``sent``: every destination has it; ``filtered``: nobody
#: wanted it; ``closed``: a person decided that nothing more is done with it, or sent it again.
FINISHED = ("applied", "sent", "filtered", "closed")
#: Under way: ``received`` waits for its turn, ``queued`` for its destinations.
UNDER_WAY = ("received", "queued")
#: A person has to look: ``refused`` was answered with AE or AR, ``held`` waits for something to be matched, ``error``
#: could not be mapped or applied, ``dead`` could not be delivered.
TROUBLE = ("refused", "held", "error", "dead")


class Channel(PracticeRow):
    """A channel; ``document`` is a ``documents.ChannelDocument``."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(db_collation="C")
    document = models.JSONField()
    state = models.TextField(db_collation="C", default="running", help_text="running or paused")
    version = models.IntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.TextField()
    pruned = models.BigIntegerField(default=0, help_text="number up to which contents were dropped")

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


class ChannelChange(PracticeRow):
    """How often channels of a practice or their secrets were changed, counted by PostgreSQL itself (``functions``).

    Not fenced: whoever serves the channels of all practices sees in one look which of them to read again.
    """

    id = models.BigAutoField(primary_key=True)
    times = models.BigIntegerField()

    class Meta:
        app_label = "engine"
        constraints = [models.UniqueConstraint(fields=["practice"], name="engine_change_once")]


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
    """What is known of a message, kept longer than its content.

    No index holds a column that changes: a message is written twice in its life, and the second time must not touch
    the indexes of ten million others. What has to be found by its status is in ``MessageTurn`` and ``MessageTrouble``.
    """

    id = models.BigAutoField(primary_key=True)
    channel = models.BigIntegerField()
    direction = models.TextField(db_collation="C", help_text="in or out")
    received = models.DateTimeField()
    control_id = models.TextField(db_collation="C")
    kind = models.TextField(db_collation="C", help_text="such as ADT^A04; FRAGMENT for what is no message")
    sender = models.TextField(db_collation="C", help_text="application and facility, MSH-3 and MSH-4")
    peer = models.TextField(db_collation="C", help_text="the address it came from, or what made us send it")
    patient_key = models.TextField(db_collation="C", help_text="the first identifier of PID-3 with its authority")
    digest = models.BinaryField(help_text="16 bytes of a hash of the content")
    size = models.IntegerField()
    replay_of = models.BigIntegerField(null=True)
    version = models.IntegerField(help_text="of the channel's document when it was stored")
    status = models.TextField(db_collation="C", help_text="one of FINISHED, UNDER_WAY or TROUBLE")
    outcome = models.TextField(db_collation="C", help_text="what the record said: applied, ignored, error; or nothing")
    reason = models.TextField(help_text="why it waits or failed, in words")
    attempts = models.IntegerField(default=0, help_text="times it failed in a way that may pass")
    repeats = models.IntegerField(default=0, help_text="times the same came again and got the same answer")
    finished = models.DateTimeField(null=True)

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("practice", "channel", F("id").desc(), name="engine_message_channel"),
            models.Index("practice", "channel", "kind", F("id").desc(), name="engine_message_kind"),
            models.Index("practice", "control_id", "channel", F("id").desc(), name="engine_message_control"),
            models.Index(
                "practice", "patient_key", F("id").desc(), name="engine_message_key", condition=~Q(patient_key="")
            ),
            models.Index("practice", "received", "id", name="engine_message_received"),
        ]


class MessagePatient(PracticeRow):
    """Whom a message was about, as our Patient; the rows go with a merged patient."""

    id = models.BigAutoField(primary_key=True)
    patient = models.TextField(db_collation="C")
    message = models.BigIntegerField()

    class Meta:
        app_label = "engine"
        verbose_name = "message"
        indexes = [
            models.Index("practice", "patient", F("message").desc(), name="engine_patient"),
            models.Index("message", name="engine_patient_message"),
        ]


class MessageTrouble(PracticeRow):
    """A message that a person has to look at, as long as its status is one of TROUBLE, or that a person closed."""

    message = models.BigIntegerField(primary_key=True)
    channel = models.BigIntegerField()
    status = models.TextField(db_collation="C")
    since = models.DateTimeField()

    class Meta:
        app_label = "engine"
        indexes = [
            models.Index("practice", "status", F("message").desc(), name="engine_trouble_status"),
            models.Index("practice", "channel", F("message").desc(), name="engine_trouble_channel"),
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
            models.Index("practice", "channel", "destination", name="engine_delivery_dead", condition=Q(state="dead")),
        ]


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
    """What is said in some messages in a row, as hashes: where to look for a text (``words``)."""

    first = models.BigIntegerField(primary_key=True)
    last = models.BigIntegerField()
    words = ArrayField(models.IntegerField())

    class Meta:
        app_label = "engine"
        indexes = [
            GinIndex("words", name="engine_words", fastupdate=True),
            models.Index("practice", F("last").desc(), name="engine_words_last"),
        ]


class ChannelCount(PracticeRow):
    """How many messages of a channel met with what in ten minutes."""

    pk = models.CompositePrimaryKey("channel", "at", "what")
    channel = models.BigIntegerField()
    at = models.DateTimeField(help_text="the beginning of the ten minutes")
    what = models.TextField(db_collation="C", help_text="received, repeated, or a status")
    count = models.BigIntegerField()

    class Meta:
        app_label = "engine"
