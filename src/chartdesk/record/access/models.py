"""Practices, people, memberships, and the programs that hold tokens."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


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


class User(AbstractUser):
    """A person who logs in. What they may do is said by their memberships, not here."""

    class Meta:
        app_label = "access"


class Membership(models.Model):
    """A person's place in a practice."""

    id = models.AutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    practice = models.IntegerField()
    role = models.TextField()
    practitioner = models.CharField(max_length=64, default="", help_text="id of their Practitioner resource")
    active = models.BooleanField(default=True)

    class Meta:
        app_label = "access"
        constraints = [
            models.UniqueConstraint(fields=["user", "practice", "role"], name="membership_once"),
        ]


class ApiClient(models.Model):
    """A program of a partner: it gets tokens for one practice with the scopes it was granted."""

    id = models.AutoField(primary_key=True)
    practice = models.IntegerField()
    name = models.TextField()
    client_id = models.TextField(unique=True)
    secret_hash = models.TextField(help_text="SHA-256 of the secret; the secret itself is shown once")
    scopes = models.TextField()
    active = models.BooleanField(default=True)
    created = models.DateTimeField()

    class Meta:
        app_label = "access"


class AccessToken(models.Model):
    """A bearer token that was handed out. Only its hash is kept."""

    id = models.BigAutoField(primary_key=True)
    practice = models.IntegerField()
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE)
    token_hash = models.TextField(unique=True)
    scopes = models.TextField()
    expires = models.DateTimeField()
    created = models.DateTimeField()

    class Meta:
        app_label = "access"
