"""Practices, people, memberships, the programs that hold tokens, and who allowed them what.

Of every secret only the SHA-256 hash is kept, but for the signing keys, which are encrypted.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from chartdesk.kit.rows import PracticeRow


class Practice(models.Model):
    """One practice: the fence around its rows. ``zone`` is an IANA time zone name."""

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.TextField()
    zone = models.TextField(default="America/New_York")
    npi = models.CharField(max_length=10, default="")
    tax_id = models.CharField(max_length=9, default="")
    taxonomy = models.CharField(max_length=10, default="")
    phone = models.TextField(default="")
    line1 = models.TextField(default="")
    line2 = models.TextField(default="")
    city = models.TextField(default="")
    state = models.CharField(max_length=2, default="")
    postal_code = models.CharField(max_length=10, default="")
    organization = models.CharField(max_length=64, default="", help_text="id of its Organization resource")
    settings = models.JSONField(default=dict)
    created = models.DateTimeField()

    class Meta:
        app_label = "access"

    def __str__(self) -> str:
        return self.name

    def switched(self, name: str, usual: bool) -> bool:
        """Whether a setting is on; ``usual`` where nobody has said. Words count too: a program may have set it."""
        said = self.settings.get(name, usual)
        return said.strip().lower() not in ("", "0", "off", "false", "no") if isinstance(said, str) else bool(said)


class User(AbstractUser):
    """A person who logs in. What they may do is said by their memberships, not here.

    ``password_given``: somebody else knows the password, and its owner has to choose another first.
    """

    password_given = models.BooleanField(default=False)

    class Meta:
        app_label = "access"

    def set_password(self, raw_password: str | None) -> None:
        """Set a password that only its owner knows; whoever gives one away says so afterwards."""
        super().set_password(raw_password)
        self.password_given = False


class Membership(models.Model):
    """A person's place in a practice."""

    id = models.AutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    practice = models.IntegerField()
    role = models.TextField()
    practitioner = models.CharField(max_length=64, default="", help_text="id of their Practitioner resource")
    patient = models.CharField(max_length=64, default="", help_text="role patient: id of the Patient they may see")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "access"
        constraints = [
            models.UniqueConstraint(fields=["user", "practice", "role", "patient"], name="membership_once"),
        ]


class ApiClient(models.Model):
    """A program of a partner: it gets tokens for one practice, with the scopes it may ask for.

    ``authentication`` is ``secret``, ``key`` (it signs, and its public keys are in ``jwks`` or at ``jwks_uri``) or
    ``none`` (an app on a device, which keeps no secret). People are sent back to one of ``redirect_uris`` only.
    ``approved`` is false for one that registered itself and waits for the manager.
    """

    id = models.AutoField(primary_key=True)
    practice = models.IntegerField()
    name = models.TextField()
    client_id = models.TextField(unique=True)
    secret_hash = models.TextField(default="", help_text="SHA-256 of the secret; the secret itself is shown once")
    scopes = models.TextField()
    authentication = models.TextField(default="secret")
    redirect_uris = models.JSONField(default=list)
    launch_uri = models.TextField(default="")
    jwks = models.JSONField(null=True)
    jwks_uri = models.TextField(default="")
    about = models.TextField(default="")
    approved = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    created = models.DateTimeField()

    class Meta:
        app_label = "access"


class Grant(PracticeRow):
    """What somebody allowed a program: with which scopes, for which patient, until they take it back.

    ``session`` is the session whose end also ends it (``online_access``); empty where it outlasts the session.
    """

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    patient = models.CharField(max_length=64, default="")
    encounter = models.CharField(max_length=64, default="")
    scopes = models.TextField()
    session = models.CharField(max_length=40, default="")
    launched = models.BooleanField(default=False)
    created = models.DateTimeField()
    used = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    reason = models.TextField(default="")

    class Meta:
        app_label = "access"
        indexes = [models.Index(fields=["user", "client"], name="grant_of_user")]


class AuthorizationCode(PracticeRow):
    """A code on its way from the browser to the program: for one use, within a minute."""

    id = models.BigAutoField(primary_key=True)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE)
    code_hash = models.TextField(unique=True)
    redirect_uri = models.TextField()
    challenge = models.TextField()
    nonce = models.TextField(default="")
    authenticated = models.DateTimeField(help_text="when the person logged in")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"


class RefreshToken(PracticeRow):
    """A token that gets new ones. Each is used once; one that comes back a second time was stolen."""

    id = models.BigAutoField(primary_key=True)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE)
    token_hash = models.TextField(unique=True)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        app_label = "access"


class Launch(PracticeRow):
    """A program about to be opened from a patient's page: who opens which one, and with what on the screen."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token_hash = models.TextField(unique=True)
    patient = models.CharField(max_length=64)
    encounter = models.CharField(max_length=64, default="")
    created = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        app_label = "access"


class SeenAssertion(PracticeRow):
    """The identifier of a signed statement that a program has used: it opens nothing a second time."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE)
    identifier_hash = models.TextField()
    expires = models.DateTimeField()

    class Meta:
        app_label = "access"
        constraints = [
            models.UniqueConstraint(fields=["client", "identifier_hash"], name="assertion_once"),
        ]


class SigningKey(models.Model):
    """A key that signs identity tokens, of the whole installation. The private half is encrypted."""

    id = models.AutoField(primary_key=True)
    kid = models.TextField(unique=True)
    public = models.JSONField()
    private = models.TextField()
    created = models.DateTimeField()

    class Meta:
        app_label = "access"


class AccessToken(models.Model):
    """A bearer token that was handed out, for somebody (``grant``, ``user``) or to the program itself."""

    id = models.BigAutoField(primary_key=True)
    practice = models.IntegerField()
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, null=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    patient = models.CharField(max_length=64, default="")
    token_hash = models.TextField(unique=True)
    scopes = models.TextField()
    expires = models.DateTimeField()
    created = models.DateTimeField()

    class Meta:
        app_label = "access"
