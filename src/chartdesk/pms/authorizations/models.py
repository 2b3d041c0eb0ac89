"""When an authorization is needed, which there are, and which visit stands on which."""

from __future__ import annotations

from django.db import models

from chartdesk.kit.rows import PracticeRow

KINDS = {"authorization": "Authorization", "referral": "Referral"}
#: States of an authorization, in words.
STATES = {
    "asked": "asked",
    "approved": "authorized",
    "modified": "authorized with changes",
    "denied": "denied",
    "pended": "pended",
    "call": "call the payer",
    "not_needed": "not needed",
    "cancelled": "cancelled",
    "refused": "refused",
    "failed": "not asked",
}
#: States in which visits may stand on it.
GRANTED = ("approved", "modified", "not_needed")


class Requirement(PracticeRow):
    """A rule of the practice: such visits of such a payer need an authorization or a referral.

    It means visits of one of its types, and those with one of its codes; all of the payer's where it names neither.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(default="authorization")
    payer_id = models.TextField(default="", help_text="empty for every payer")
    visit_types = models.JSONField(default=list, help_text="codes of visit types")
    codes = models.JSONField(default=list, help_text="procedure codes, or ranges like 97010-97799")
    effective = models.DateField()
    ends = models.DateField(null=True, help_text="the last day")
    note = models.TextField(default="")

    class Meta:
        app_label = "authorizations"
        indexes = [models.Index("practice", "effective", name="requirement_effective")]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="requirement_kind")]


class Authorization(PracticeRow):
    """One request to a payer and what came of it, or one that was given by phone or on paper."""

    id = models.BigAutoField(primary_key=True)
    patient = models.CharField(max_length=64)
    coverage = models.CharField(max_length=64)
    payer_id = models.TextField()
    kind = models.TextField(default="authorization")
    state = models.TextField(default="asked")
    number = models.TextField(default="", help_text="what claims carry: REF*G1, of a referral REF*9F")
    source = models.TextField(default="278", help_text="278, or phone, portal, fax, letter")
    service_type = models.TextField(default="", help_text="UM03")
    codes = models.JSONField(default=list, help_text="procedure codes; empty for any")
    diagnoses = models.JSONField(default=list)
    visits_asked = models.PositiveIntegerField(null=True)
    visits = models.PositiveIntegerField(null=True, help_text="how many it is for; empty for any number")
    effective = models.DateField(null=True)
    expires = models.DateField(null=True, help_text="the last day")
    first_day = models.DateField(help_text="the first day that was asked about")
    practitioner = models.CharField(max_length=64, default="")
    referred_by = models.JSONField(default=dict, db_default={}, help_text="who refers: see registration.named")
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    actor = models.TextField(default="")
    trace = models.TextField(default="")
    request = models.TextField(default="", help_text="the 278 as it was sent last")
    response = models.TextField(default="", help_text="the answer as it came last")
    reason = models.TextField(default="")
    cure = models.TextField(default="")
    messages = models.JSONField(default=list, help_text="what the answer says, as sentences")
    note = models.TextField(default="")
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "authorizations"
        indexes = [
            models.Index("practice", "patient", "id", name="authorization_patient"),
            models.Index("practice", "trace", name="authorization_trace"),
            models.Index(
                "practice", "id", name="authorization_open", condition=models.Q(state__in=["asked", "pended"])
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="authorization_kind"),
            models.CheckConstraint(condition=models.Q(state__in=list(STATES)), name="authorization_state"),
        ]

    @property
    def granted(self) -> bool:
        """Whether visits may stand on it."""
        return self.state in GRANTED

    @property
    def words(self) -> str:
        """Its state in words."""
        return STATES.get(self.state, self.state)


class VisitAuthorization(PracticeRow):
    """How one visit stands: why it needs an authorization, which one it stands on, or what is wrong.

    There is a row for each visit that needs one, and for those whose services were planned or that somebody put on an
    authorization by hand. ``used`` counts against the number of visits.
    """

    id = models.BigAutoField(primary_key=True)
    appointment = models.CharField(max_length=64)
    patient = models.CharField(max_length=64)
    day = models.DateField()
    coverage = models.CharField(max_length=64, default="")
    payer_id = models.TextField(default="")
    kind = models.TextField(default="", help_text="what it needs; empty for nothing")
    requirement = models.BigIntegerField(null=True)
    codes = models.JSONField(default=list, help_text="services planned, by procedure code")
    authorization = models.ForeignKey(Authorization, on_delete=models.PROTECT, null=True, db_index=False)
    chosen = models.BooleanField(default=False, help_text="somebody chose the authorization")
    used = models.BooleanField(default=False)
    problem = models.TextField(default="", help_text="missing, pended, denied, expired, early, used_up; empty for none")
    detail = models.TextField(default="")

    class Meta:
        app_label = "authorizations"
        constraints = [models.UniqueConstraint(fields=["practice", "appointment"], name="visit_authorization_once")]
        indexes = [
            models.Index("practice", "patient", "day", name="visit_authorization_patient"),
            models.Index("practice", "authorization", name="visit_authorization_of"),
            models.Index("practice", "day", name="visit_authorization_lack", condition=~models.Q(problem="")),
        ]
