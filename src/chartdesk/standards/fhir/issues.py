"""What is wrong with a resource: one Issue per fault, and the OperationOutcome that carries them.

Guide section: OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Issue(msgspec.Struct, frozen=True):
    """One fault. `expression` is a FHIRPath location such as `Patient.name[0].given`.

    `severity` is fatal, error, warning or information; `code` is from the issue-type code system;
    `diagnostics` is a sentence that a person can act on.
    """

    severity: str
    code: str
    expression: str
    diagnostics: str


class _OutcomeIssue(msgspec.Struct, omit_defaults=True):
    severity: str
    code: str
    diagnostics: str
    expression: tuple[str, ...] = ()


class _Outcome(msgspec.Struct, tag_field="resourceType", tag="OperationOutcome"):
    issue: list[_OutcomeIssue]


ALL_WELL = Issue("information", "informational", "", "No issues found.")


def outcome(issues: Iterable[Issue]) -> bytes:
    """The OperationOutcome for `issues` as JSON; with no issues, one that says all is well."""
    rows = [
        _OutcomeIssue(i.severity, i.code, i.diagnostics, (i.expression,) if i.expression else ())
        for i in (tuple(issues) or (ALL_WELL,))
    ]
    return msgspec.json.encode(_Outcome(rows))
