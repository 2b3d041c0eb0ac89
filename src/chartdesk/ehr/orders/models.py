"""The tables of orders. The migration adds what Django cannot say: a signature is never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chartdesk.kit.rows import PracticeRow

#: Kinds of what is ordered.
KINDS = ("lab", "imaging", "referral")


class CatalogItem(PracticeRow):
    """Something that the practice orders."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=40, help_text="the practice's own short name of it")
    kind = models.CharField(max_length=10)
    name = models.TextField()
    system = models.TextField(default="", help_text="URL of the code system that the code is of")
    code = models.TextField(default="", help_text="LOINC, CPT, or the laboratory's own")
    specimen = models.TextField(default="", help_text="what is to be taken; empty where nothing is")
    performer = models.TextField(default="", help_text="who carries it out, in words")
    channel = models.TextField(default="", help_text="name of the channel it is sent by; empty: on paper")
    instructions = models.TextField(default="", help_text="what the patient or the nurse has to know")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "orders"
        constraints = [models.UniqueConstraint(fields=["practice", "key"], name="catalog_item_key")]


class Deadlines(PracticeRow):
    """What the practice has decided about results. Without a row the defaults stand."""

    id = models.BigAutoField(primary_key=True)
    normal = models.PositiveSmallIntegerField(default=7, help_text="days until a normal result must be signed")
    abnormal = models.PositiveSmallIntegerField(default=2)
    critical = models.PositiveSmallIntegerField(default=0, help_text="0: on the day it comes")
    waiting = models.PositiveSmallIntegerField(default=14, help_text="days after which an order has waited too long")
    registry = models.TextField(default="", help_text="name of the channel to the immunization registry")

    class Meta:
        app_label = "orders"
        constraints = [models.UniqueConstraint(fields=["practice"], name="deadlines_once")]


class Order(PracticeRow):
    """An order as lists need it. The ServiceRequest is the truth; this row follows it."""

    id = models.BigAutoField(primary_key=True)
    request = models.CharField(max_length=64, help_text="id of the ServiceRequest")
    number = models.TextField(help_text="the number that goes out with it and comes back")
    patient = models.CharField(max_length=64)
    practitioner = models.CharField(max_length=64, default="", help_text="id of the Practitioner who ordered")
    encounter = models.CharField(max_length=64, default="")
    kind = models.CharField(max_length=10)
    name = models.TextField()
    priority = models.CharField(max_length=10, default="routine")
    status = models.CharField(max_length=20, help_text="of the ServiceRequest: active, completed, revoked, ...")
    ordered = models.DateTimeField()
    filler = models.TextField(default="", help_text="the number that whoever carries it out gave to it")
    reported = models.DateTimeField(null=True, help_text="when the first result came")
    channel = models.TextField(default="", help_text="by which channel it was sent; empty: on paper")
    key = models.CharField(max_length=40, default="", help_text="of the catalog")

    class Meta:
        app_label = "orders"
        constraints = [
            models.UniqueConstraint(fields=["practice", "request"], name="order_request"),
            models.UniqueConstraint(fields=["practice", "number"], condition=~Q(number=""), name="order_number"),
        ]
        indexes = [
            models.Index("practice", "patient", "ordered", name="order_patient"),
            models.Index(
                fields=["practice", "ordered"],
                name="order_waiting",
                condition=Q(status="active", reported__isnull=True),
            ),
        ]


class Result(PracticeRow):
    """A report or a document in somebody's in-box, until it is signed."""

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=20, help_text="DiagnosticReport or DocumentReference")
    resource = models.CharField(max_length=64)
    version = models.IntegerField(help_text="of the resource that stands to be signed")
    patient = models.CharField(max_length=64)
    practitioner = models.CharField(max_length=64, default="", help_text="whose in-box it is in; empty: nobody's")
    orderer = models.TextField(default="", help_text="who was named, by number and authority, where nobody knew them")
    orderer_name = models.TextField(default="")
    order = models.CharField(max_length=64, default="", help_text="id of the ServiceRequest; empty: nobody asked")
    kind = models.CharField(max_length=10)
    name = models.TextField()
    status = models.CharField(max_length=20, help_text="preliminary, final, corrected, ...")
    level = models.PositiveSmallIntegerField(default=0, help_text="0 normal, 1 abnormal, 2 critical")
    source = models.TextField(default="", help_text="who reported it, in words")
    issued = models.DateTimeField()
    received = models.DateTimeField()
    due = models.DateTimeField(help_text="by when it must be signed")
    state = models.CharField(max_length=10, default="open", help_text="open, signed, or filed without anybody asked")
    escalated = models.DateTimeField(null=True)
    signed = models.DateTimeField(null=True)
    signed_name = models.TextField(default="")

    class Meta:
        app_label = "orders"
        constraints = [
            models.UniqueConstraint(fields=["practice", "type", "resource"], name="result_once"),
            models.CheckConstraint(condition=Q(state__in=["open", "signed", "filed"]), name="result_state"),
        ]
        indexes = [
            models.Index(
                fields=["practice", "practitioner", "-level", "received"], name="result_open", condition=Q(state="open")
            ),
            models.Index(
                fields=["practice", "due"], name="result_due", condition=Q(state="open", escalated__isnull=True)
            ),
            models.Index(
                fields=["practice", "practitioner", "-signed"], name="result_signed", condition=Q(state="signed")
            ),
            models.Index(fields=["practice", "-signed"], name="result_signed_all", condition=Q(state="signed")),
            models.Index("practice", "patient", "issued", name="result_patient"),
            models.Index(fields=["practice", "order"], name="result_order", condition=~Q(order="")),
        ]


class SignOff(PracticeRow):
    """A clinician's signature under a result. Never changed: a correction of the result asks for another."""

    id = models.BigAutoField(primary_key=True)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="signatures")
    patient = models.CharField(max_length=64)
    version = models.IntegerField(help_text="of the resource that was signed")
    status = models.CharField(max_length=20, help_text="of the result when it was signed")
    next = models.CharField(max_length=10, help_text="what is to follow: none, tell, repeat, visit, refer")
    comment = models.TextField(default="")
    actor = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"


class Attachment(PracticeRow):
    """The bytes of a document, once, outside of the resources that name it: they are read when somebody opens it."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, help_text="named by the resources as Binary/<key>")
    patient = models.CharField(max_length=64)
    document = models.CharField(max_length=64, help_text="id of the DocumentReference that speaks of it")
    media_type = models.TextField()
    name = models.TextField(default="")
    size = models.BigIntegerField(help_text="bytes")
    digest = models.CharField(max_length=64, help_text="SHA-256 in hexadecimal")
    content = models.BinaryField()

    class Meta:
        app_label = "orders"
        constraints = [models.UniqueConstraint(fields=["practice", "key"], name="attachment_key")]
        indexes = [models.Index("practice", "patient", "digest", name="attachment_digest")]
