"""The parent of every model whose rows belong to one practice."""

from __future__ import annotations

from django.db import models


class PracticeRow(models.Model):
    """The parent of every model whose rows belong to one practice."""

    practice = models.IntegerField()

    class Meta:
        abstract = True
