"""Who subscribed, what happened for them, and when to look at them next.

``Change`` and ``Turn`` are read by the worker for all practices and hold identifiers only; ``Subscriber`` and
``Event`` are fenced. A trigger on the record's table (``guards``) writes the changes.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Subscriber(PracticeRow):
    """How far one Subscription resource is. Its secrets stand here and nowhere else."""

    id = models.BigAutoField(primary_key=True)
    subscription = models.TextField(db_collation="C", help_text="id of its Subscription resource")
    topic = models.TextField(help_text="code of the topic")
    type = models.TextField(db_collation="C", help_text="resource type of the topic")
    filters = ArrayField(models.TextField(), help_text="queries such as patient=Patient/123; all must match")
    reason = models.TextField()
    endpoint = models.TextField()
    headers = models.JSONField(help_text="pairs of name and value, sent with each notification; secret")
    content = models.TextField(help_text="empty, id-only or full-resource")
    heartbeat = models.IntegerField(null=True, help_text="seconds of silence after which a heartbeat is sent")
    timeout = models.IntegerField(help_text="seconds that one delivery may take")
    max_count = models.IntegerField(help_text="most events of one notification")
    ends = models.DateTimeField(null=True)
    owner = models.JSONField(help_text="the subject that wrote it: actor, name, scopes and so on")
    status = models.TextField(help_text="requested, active, error or off, as in the resource")
    paused = models.BooleanField(default=False, help_text="off because the practice paused it; it listens on")
    listening = models.BooleanField(default=False, help_text="whether writes become its events")
    error = models.TextField(default="", help_text="why it failed last, in words; empty after a success")
    error_code = models.TextField(default="")
    attempts = models.IntegerField(default=0, help_text="failures since the last success")
    edition = models.IntegerField(default=1, help_text="counts what was asked of it; a late result of an older is void")
    number = models.BigIntegerField(default=0, help_text="number of its last event")
    delivered = models.BigIntegerField(default=0, help_text="number of the last event that its program took")
    tried = models.DateTimeField(null=True)
    reached = models.DateTimeField(null=True, help_text="when its program last took a notification")
    created = models.DateTimeField()

    class Meta:
        app_label = "subscriptions"
        constraints = [models.UniqueConstraint(fields=["practice", "subscription"], name="subscriber_once")]
        indexes = [models.Index("practice", "type", name="subscriber_listening", condition=Q(listening=True))]


class Event(PracticeRow):
    """One event of one subscriber: a version of a resource. Numbers begin at 1 and have no gaps."""

    pk = models.CompositePrimaryKey("subscriber_id", "number")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE)
    number = models.BigIntegerField()
    type = models.TextField(db_collation="C")
    resource = models.TextField(db_collation="C")
    version = models.IntegerField()
    deleted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        app_label = "subscriptions"
        indexes = [models.Index("practice", "at", name="subscription_event_age")]


class Change(PracticeRow):
    """A write that somebody listened to, waiting to be given numbers. Identifiers only."""

    id = models.BigAutoField(primary_key=True)
    type = models.TextField(db_collation="C")
    resource = models.TextField(db_collation="C")
    version = models.IntegerField()
    deleted = models.BooleanField()
    at = models.DateTimeField()
    listeners = ArrayField(models.BigIntegerField(), help_text="the subscribers who listened at that moment")

    class Meta:
        app_label = "subscriptions"


class Turn(PracticeRow):
    """When the worker looks at a subscriber next; none where nothing can come by itself. Identifiers only."""

    subscriber = models.BigIntegerField(primary_key=True)
    due = models.DateTimeField(null=True)

    class Meta:
        app_label = "subscriptions"
        indexes = [models.Index("due", name="subscription_turn", condition=Q(due__isnull=False))]
