"""``Patient/$merge`` and ``Patient/$undo-merge``.

R4 has no such operation; the parameters are those that HL7 has drafted since
(https://build.fhir.org/patient-operation-merge.html), with ``preview``. What is done is ``pms.registration.merging``'s.
"""

from __future__ import annotations

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration import merging
from chartdesk.record import search, store
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue, r4

_SIDES = ("source-patient", "source-patient-identifier", "target-patient", "target-patient-identifier")


def merge(request: Request, subject: Subject, names: list[str]) -> Response:
    """Merge the source patient into the target, or with ``preview`` say what that would do."""
    given = arguments(request)
    given.only((*_SIDES, "preview"))
    source, target = _patient(subject, given, "source"), _patient(subject, given, "target")
    if given.flag("preview"):
        seen = merging.preview(subject, source, target)
        issues = [Issue("error", "conflict", "", sentence) for sentence in seen.objections]
        issues += [Issue("warning", "business-rule", "", sentence) for sentence in seen.warnings]
        return _answered(issues or [_would(seen)], fhir.encode(seen.result))
    made = merging.merge(
        subject, source, target, reason=f"$merge {request.headers.get('x-request-id', '')[:64]}".strip()
    )
    told = f"Merge {made.merge_id}: {made.moved} resources and rows went from Patient/{source} to Patient/{target}."
    return _answered([Issue("information", "informational", "", told)], _body(subject, target))


def undo(request: Request, subject: Subject, names: list[str]) -> Response:
    """Undo the merge of these two patients; what others changed since is kept, and named as a warning."""
    given = arguments(request)
    given.only(_SIDES)
    source, target = _patient(subject, given, "source"), _patient(subject, given, "target")
    done = merging.undo(subject, merging.standing(subject, source, target))
    told = f"Merge {done.merge_id} is undone: {done.resources} resources and {done.rows} rows are back."
    issues = [Issue("information", "informational", "", told)]
    issues += [Issue("warning", "business-rule", "", sentence) for sentence in done.changed]
    return _answered(issues, _body(subject, source))


def _patient(subject: Subject, given: Arguments, side: str) -> str:
    """The id of the patient on one side, by reference or by an identifier that only one patient has."""
    reference = given.element(f"{side}-patient", r4.Reference)
    if reference is not None:
        type, _, id = (reference.reference or "").partition("/")
        if type != "Patient" or not id or "/" in id:
            raise Refused(
                400, Invalid(f"{side}-patient must be a reference such as Patient/1.", where=f"{side}-patient")
            )
        return id
    identifier = given.element(f"{side}-patient-identifier", r4.Identifier)
    if identifier is None or not identifier.value:
        raise Refused(400, Invalid(f"Which patient is the {side}?", cure=f"Give {side}-patient, a Reference."))
    asked = f"{identifier.system or ''}|{identifier.value}" if identifier.system else identifier.value
    found = search.find(subject, "Patient", [("identifier", asked)], count=2).entries
    if len(found) != 1:
        many = "several patients have" if found else "no patient has"
        raise Refused(422, Invalid(f"For the {side}, {many} that identifier.", where=f"{side}-patient-identifier"))
    return found[0].id


def _would(seen: merging.Preview) -> Issue:
    told = ", ".join(f"{count} {what}" for what, count in sorted(seen.counts.items())) or "nothing"
    return Issue("information", "informational", "", f"The merge would move {told}.")


def _body(subject: Subject, patient: str) -> bytes:
    return store.get(subject, "Patient", patient, why="merge").body


def _answered(issues: list[Issue], patient: bytes) -> Response:
    parameters = [
        {"name": "outcome", "resource": msgspec.Raw(fhir.outcome(issues))},
        {"name": "result", "resource": msgspec.Raw(patient)},
    ]
    return answer(200, msgspec.json.encode({"resourceType": "Parameters", "parameter": parameters}))
