"""The kit's own tables: outbox, work items, counters, saved views of lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chartdesk.kit.rows import PracticeRow


class OutboxEvent(PracticeRow):
    """Something that happened, written in the transaction that made it happen. Identifiers only."""

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField(help_text="events of one stream are delivered in order, e.g. Patient/123")
    kind = models.TextField()
    payload = models.JSONField()
    actor = models.TextField()
    happened = models.DateTimeField()

    class Meta:
        app_label = "kit"


class OutboxDelivery(PracticeRow):
    """One event on its way to one subscriber."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE)
    subscriber = models.TextField()
    stream = models.TextField()
    state = models.TextField(default="waiting", help_text="waiting, stuck or done")
    attempts = models.IntegerField(default=0)
    due = models.DateTimeField()
    error = models.TextField(default="")
    done = models.DateTimeField(null=True)

    class Meta:
        app_label = "kit"
        indexes = [
            models.Index("id", name="outbox_undone", condition=~Q(state="done")),
            models.Index("subscriber", "stream", "id", name="outbox_order", condition=~Q(state="done")),
        ]


class WorkItem(PracticeRow):
    """Something that a person must look at, in words, with the place to mend it."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    key = models.TextField(help_text="one open item per practice, kind and key")
    role = models.TextField(help_text="whose list it stands on: front_desk, biller, clinician, manager")
    title = models.TextField()
    detail = models.TextField(default="")
    cure = models.TextField(default="")
    about = models.TextField(default="", help_text="whom it concerns, e.g. Patient/123")
    link_kind = models.TextField(default="", help_text="the place to mend it, e.g. claim")
    link_id = models.TextField(default="")
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    due = models.DateField(null=True)
    owner = models.TextField(default="")
    note = models.TextField(default="")
    state = models.TextField(default="open", help_text="open, done or dismissed")
    raised = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")

    class Meta:
        app_label = "kit"
        constraints = [
            models.UniqueConstraint(
                F("practice"), F("kind"), F("key"), name="workitem_open_once", condition=Q(state="open")
            )
        ]
        indexes = [
            models.Index("practice", "role", "raised", name="workitem_list", condition=Q(state="open")),
            models.Index("practice", "about", name="workitem_about"),
            models.Index("practice", "kind", "raised", name="workitem_kind"),
        ]


class Counter(PracticeRow):
    """The last number given out under a name."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    value = models.BigIntegerField()

    class Meta:
        app_label = "kit"
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="counter_name")]


class SavedView(PracticeRow):
    """A list's filter and order under a name: of one person, or of everybody who sees the list."""

    id = models.BigAutoField(primary_key=True)
    page = models.TextField(help_text="the list's address, e.g. /claims")
    actor = models.TextField(help_text="whose it is")
    name = models.TextField()
    query = models.TextField(help_text="filter and order as the page's address has them")
    shared = models.BooleanField(default=False)

    class Meta:
        app_label = "kit"
        constraints = [models.UniqueConstraint(fields=["practice", "page", "actor", "name"], name="saved_view_once")]
