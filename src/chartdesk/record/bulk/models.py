"""The tables of imports and exports. What they hold about resources are counts, places and reasons.

The one exception is ``ImportWaiting``: a line that refers to something which is still to come lies there as it came,
until the import ends.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from chartdesk.kit.rows import PracticeRow


class ImportRun(PracticeRow):
    """One import. ``finished`` is empty while it is not done; one that was killed is found by that and goes on."""

    id = models.BigAutoField(primary_key=True)
    policy = models.TextField()
    actor = models.TextField()
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)

    class Meta:
        app_label = "bulk"


class ImportFile(PracticeRow):
    """A file of a run. ``mark`` says whether it is the same one when the run goes on."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE)
    path = models.TextField()
    mark = models.TextField()
    size = models.BigIntegerField()

    class Meta:
        app_label = "bulk"
        constraints = [models.UniqueConstraint("run", "path", "mark", name="bulk_import_file_once")]


class ImportPart(PracticeRow):
    """A part of a file that is done: its resources are in the record."""

    pk = models.CompositePrimaryKey("file_id", "place")
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE)
    place = models.BigIntegerField()
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    class Meta:
        app_label = "bulk"


class ImportRefusal(PracticeRow):
    """Why a line was refused: a row for each fault."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE)
    line = models.BigIntegerField()
    expression = models.TextField()
    reason = models.TextField()

    class Meta:
        app_label = "bulk"


class ImportWaiting(PracticeRow):
    """A line, or a whole bundle (then ``body`` is empty), that refers to what may still come."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE)
    place = models.BigIntegerField()
    line = models.BigIntegerField()
    body = models.TextField()

    class Meta:
        app_label = "bulk"


class ImportAddress(PracticeRow):
    """What a temporary address (``urn:uuid:…``) of a bundle became, for the other bundles of the run."""

    pk = models.CompositePrimaryKey("run_id", "address")
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE)
    address = models.TextField()
    target = models.TextField()

    class Meta:
        app_label = "bulk"


class ExportJob(PracticeRow):
    """One export: who asked for what, and how far it is.

    ``state`` is waiting, running, done or failed. ``plan`` says what it covers; the sections before ``section`` are
    done. ``through`` is the instant up to which the files hold every change. ``patients`` are the only ones it is
    about; empty (null) for all.
    """

    id = models.TextField(primary_key=True)
    state = models.TextField()
    actor = models.TextField()
    subject = models.JSONField()
    request = models.TextField()
    plan = models.JSONField()
    patients = ArrayField(models.TextField(), null=True)
    asked = models.DateTimeField()
    through = models.DateTimeField(null=True)
    expires = models.DateTimeField()
    section = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    expected = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        app_label = "bulk"


class ExportFile(PracticeRow):
    """A finished file of an export. ``kind`` is output, deleted or error."""

    pk = models.CompositePrimaryKey("job_id", "name")
    job = models.ForeignKey(ExportJob, on_delete=models.CASCADE)
    name = models.TextField()
    kind = models.TextField()
    type = models.TextField()
    section = models.IntegerField()
    count = models.BigIntegerField()

    class Meta:
        app_label = "bulk"
