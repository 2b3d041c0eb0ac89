"""The published tables. Each row says from when to when it holds; ``ends`` is the last day, empty: still in force.

Pairs, add-on codes and procedures carry dates of their own. Unit limits, diagnosis edits, relative values and
localities are published as whole editions: the one that began last before a day holds on that day.
"""

from __future__ import annotations

from django.db import models

#: Who is billed for: practitioners (and surgical centers), or a hospital's outpatients.
SETTINGS = {"P": "practitioner", "O": "outpatient hospital"}


class CodePair(models.Model):
    """NCCI PTP: of two codes on one day, the second is not paid beside the first."""

    pk = models.CompositePrimaryKey("setting", "column1", "column2", "effective")
    setting = models.CharField(max_length=1)
    column1 = models.CharField(max_length=5, help_text="the code that is paid")
    column2 = models.CharField(max_length=5, help_text="the code that is not")
    effective = models.DateField()
    ends = models.DateField(null=True)
    modifier = models.CharField(max_length=1, help_text="0 none helps, 1 a modifier may, 9 does not apply")
    rationale = models.TextField()

    class Meta:
        app_label = "edits"


class UnitLimit(models.Model):
    """MUE: the most units of a code for one patient."""

    pk = models.CompositePrimaryKey("setting", "code", "effective")
    setting = models.CharField(max_length=1)
    code = models.CharField(max_length=5)
    effective = models.DateField()
    units = models.IntegerField()
    indicator = models.CharField(max_length=1, help_text="1 by line, 2 by day and absolute, 3 by day")
    rationale = models.TextField()

    class Meta:
        app_label = "edits"
        indexes = [models.Index(fields=["setting", "effective"], name="unit_limit_edition")]


class AddOnCode(models.Model):
    """A code that is only paid beside one of its primary codes."""

    pk = models.CompositePrimaryKey("add_on", "primary_code", "effective")
    add_on = models.CharField(max_length=5)
    primary_code = models.CharField(max_length=5, help_text="empty: the payer decides which")
    effective = models.DateField()
    ends = models.DateField(null=True)
    kind = models.CharField(max_length=1, help_text="1 listed primaries only, 2 the payer's, 3 some listed")
    note = models.TextField(default="")

    class Meta:
        app_label = "edits"


class DiagnosisRule(models.Model):
    """MCE: a diagnosis that fits some ages or one sex, or may not come first."""

    pk = models.CompositePrimaryKey("code", "effective", "kind", "low")
    code = models.CharField(max_length=8, help_text="ICD-10-CM with its dot")
    effective = models.DateField()
    kind = models.CharField(max_length=13, help_text="age, sex, manifestation or principal")
    low = models.SmallIntegerField(help_text="youngest age in years; 0 where no age is meant")
    high = models.SmallIntegerField()
    sex = models.CharField(max_length=1, default="", help_text="F or M")
    words = models.TextField(help_text="the rule as published")

    class Meta:
        app_label = "edits"
        indexes = [models.Index(fields=["effective"], name="diagnosis_rule_edition")]


class Procedure(models.Model):
    """HCPCS Level II: a code with its texts and the days on which it may be used."""

    code = models.CharField(max_length=5, primary_key=True)
    short = models.TextField()
    long = models.TextField()
    added = models.DateField(null=True)
    ends = models.DateField(null=True)
    coverage = models.CharField(max_length=1, default="", help_text="Medicare's coverage code")

    class Meta:
        app_label = "edits"


class RelativeValue(models.Model):
    """PPRRVU: what a procedure weighs in the physician fee schedule, and its payment policies."""

    pk = models.CompositePrimaryKey("code", "modifier", "effective")
    effective = models.DateField()
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, default="")
    description = models.TextField()
    status = models.CharField(max_length=1, help_text="A, R and T are paid by relative values")
    work = models.DecimalField(max_digits=8, decimal_places=2)
    practice_expense = models.DecimalField(max_digits=8, decimal_places=2, help_text="outside a facility")
    facility_expense = models.DecimalField(max_digits=8, decimal_places=2, help_text="in a facility")
    malpractice = models.DecimalField(max_digits=8, decimal_places=2)
    factor = models.DecimalField(max_digits=9, decimal_places=4, help_text="dollars for one relative value unit")
    global_days = models.CharField(max_length=3, default="", help_text="000, 010, 090, MMM, XXX, YYY, ZZZ")
    components = models.CharField(max_length=1, default="", help_text="PC/TC indicator")
    multiple = models.CharField(max_length=1, default="", help_text="multiple procedures")
    bilateral = models.CharField(max_length=1, default="")
    assistant = models.CharField(max_length=1, default="")
    co_surgeons = models.CharField(max_length=1, default="")
    team = models.CharField(max_length=1, default="")
    endoscopy = models.CharField(max_length=5, default="", help_text="the family's first code")

    class Meta:
        app_label = "edits"
        indexes = [models.Index(fields=["effective"], name="relative_value_edition")]


class Locality(models.Model):
    """GPCI: how a place changes the three parts of a relative value."""

    pk = models.CompositePrimaryKey("effective", "mac", "number")
    effective = models.DateField()
    mac = models.CharField(max_length=5, help_text="the Medicare contractor")
    number = models.CharField(max_length=2)
    state = models.CharField(max_length=2)
    name = models.TextField()
    work = models.DecimalField(max_digits=6, decimal_places=3)
    expense = models.DecimalField(max_digits=6, decimal_places=3)
    malpractice = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        app_label = "edits"


class Import(models.Model):
    """One file that was imported: what it brought, and when."""

    id = models.BigAutoField(primary_key=True)
    table = models.TextField()
    setting = models.CharField(max_length=1, default="")
    file = models.TextField()
    effective = models.DateField(null=True, help_text="first day of the edition, where it is one")
    rows = models.IntegerField()
    changed = models.IntegerField()
    refused = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "edits"
        indexes = [models.Index(fields=["table", "at"], name="edits_import_time")]
