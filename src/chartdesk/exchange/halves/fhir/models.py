"""The other half's server, our subscriptions there, and what they told that was not acted on yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow


class Peer(PracticeRow):
    """The FHIR server of the other half. A practice has one at most."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(help_text="how people call it")
    base = models.TextField(help_text="its FHIR address, without a slash at the end")
    authority = models.TextField(help_text="the name under which its numbers are kept")
    client_id = models.TextField(default="", help_text="under which it knows us")
    token_url = models.TextField(default="", help_text="where tokens come from; empty: as its configuration says")
    secret = models.TextField(default="", help_text="our secret there, sealed; empty: we sign")
    key = models.TextField(help_text="our private key for it, sealed")
    hook = models.TextField(help_text="what it shows us with a notification, sealed")
    changed = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        app_label = "fhir_half"
        constraints = [models.UniqueConstraint(fields=["practice"], name="fhir_peer_once")]


class Door(PracticeRow):
    """Who comes with a notification: read before the practice is known, so it holds a hash only."""

    hook_hash = models.TextField(primary_key=True, db_collation="C")
    peer = models.BigIntegerField()

    class Meta:
        app_label = "fhir_half"


class Ear(PracticeRow):
    """One of our subscriptions at the peer. Every event up to ``seen`` was noted."""

    id = models.BigAutoField(primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.CASCADE)
    topic = models.TextField(help_text="code of the topic")
    subscription = models.TextField(db_collation="C", help_text="id of the Subscription at the peer")
    status = models.TextField(help_text="as the peer last told: requested, active, error or off")
    error = models.TextField(default="")
    seen = models.BigIntegerField(default=0, help_text="number of the last event that was noted, without a gap")
    told = models.BigIntegerField(default=0, help_text="number of the last event that the peer spoke of")
    begun = models.BooleanField(default=False, help_text="whether what stood there when it became active was read")
    heard = models.DateTimeField(null=True, help_text="when the last notification came")
    asked = models.DateTimeField(null=True, help_text="when the peer was last asked how it stands")

    class Meta:
        app_label = "fhir_half"
        constraints = [
            models.UniqueConstraint(fields=["practice", "subscription"], name="fhir_ear_once"),
            models.UniqueConstraint(fields=["peer", "topic"], name="fhir_ear_topic"),
        ]


class Hint(PracticeRow):
    """A resource of the peer that changed and was not read since. ``times`` it was told of; once for each resource."""

    id = models.BigAutoField(primary_key=True)
    type = models.TextField(db_collation="C")
    resource = models.TextField(db_collation="C")
    times = models.BigIntegerField(default=1, help_text="how often it was told of: one that grows was told of anew")
    state = models.TextField(default="waiting", help_text="waiting, held or error")
    reason = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    since = models.DateTimeField()
    due = models.DateTimeField(help_text="when it is read")

    class Meta:
        app_label = "fhir_half"
        constraints = [models.UniqueConstraint(fields=["practice", "type", "resource"], name="fhir_hint_once")]
        indexes = [models.Index("practice", "due", name="fhir_hint_due", condition=Q(state="waiting"))]


class Joined(PracticeRow):
    """Two patients of the peer whom it has merged, by its ids: an undo there is an undo here."""

    id = models.BigAutoField(primary_key=True)
    source = models.TextField(db_collation="C")
    target = models.TextField(db_collation="C")

    class Meta:
        app_label = "fhir_half"
        constraints = [models.UniqueConstraint(fields=["practice", "source"], name="fhir_joined_once")]


class Charged(PracticeRow):
    """What an encounter of the peer was charged with: read again, it changes nothing while that is the same."""

    id = models.BigAutoField(primary_key=True)
    encounter = models.TextField(db_collation="C", help_text="its id there")
    digest = models.TextField(db_collation="C")

    class Meta:
        app_label = "fhir_half"
        constraints = [models.UniqueConstraint(fields=["practice", "encounter"], name="fhir_charged_once")]


class Trial(PracticeRow):
    """A test of the connection, step by step, as its page shows it. A practice has the last one only."""

    id = models.BigAutoField(primary_key=True)
    carrier = models.TextField()
    state = models.TextField(default="running", help_text="running, passed or failed")
    steps = models.JSONField(default=list, help_text="list of {name, title, state, words}")
    tester = models.CharField(max_length=64, default="", help_text="id of the test patient, once there was one")
    removed = models.BooleanField(default=False, help_text="whether the test patient was removed here")
    waits = models.DateTimeField(help_text="since when the present step waits")
    started = models.DateTimeField()
    by_name = models.TextField(default="")

    class Meta:
        app_label = "fhir_half"
        constraints = [models.UniqueConstraint(fields=["practice"], name="connection_trial_once")]
