"""``Patient/$match``: who of our patients may be the one described, with a score and a grade.

The rules are those of the front desk (``pms.registration.rules``). Guide section: Patient $match
(https://hl7.org/fhir/R4/patient-operation-match.html).
"""

from __future__ import annotations

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import reading
from chartdesk.pms.registration import queries, rules
from chartdesk.pms.registration.duplicates import Candidate
from chartdesk.record import rules as record_rules
from chartdesk.record import store
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue, r4

#: Patients in one answer, and the most.
COUNT, MOST = 10, 50
_GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade"


def match(request: Request, subject: Subject, names: list[str]) -> Response:
    """A searchset of the patients who may be meant, the likeliest first.

    With ``onlyCertainMatches`` there is one certain patient or nobody: where two are certain, a person has to look.
    """
    given = arguments(request, "resource")
    given.only({"resource", "onlyCertainMatches", "count"})
    patient = given.element("resource", r4.Patient)
    if patient is None:
        raise Refused(400, Invalid("Whom to match?", cure="Give resource, a Patient.", where="resource"))
    if any(scopes.confine(subject, "Patient", interaction) for interaction in (scopes.SEARCH, scopes.READ)):
        raise Forbidden(
            "A token for one patient cannot look among all.", cure="Use a system or user scope for Patient."
        )
    certain, count = given.flag("onlyCertainMatches"), given.number("count", COUNT, MOST)
    notes = []
    with reading(subject):
        with record_rules.trusted():
            found = queries.matches(subject, patient)
        if certain:
            found = [one for one in found if one.score >= rules.CERTAIN]
            if len(found) > 1:
                notes = [f"{len(found)} patients match with certainty; ask without onlyCertainMatches, and look."]
                found = []
        entries = [entry for one in found[:count] if (entry := _entry(request, subject, one))]
    if notes:
        entries.append({"resource": msgspec.Raw(_outcome(notes)), "search": {"mode": "outcome"}})
    bundle = {"resourceType": "Bundle", "id": new_id(), "type": "searchset", "total": len(found)}
    return answer(200, msgspec.json.encode({**bundle, **({"entry": entries} if entries else {})}))


def _entry(request: Request, subject: Subject, one: Candidate) -> dict[str, object] | None:
    """The entry of a patient; None for one whom the token's scopes do not show."""
    try:
        stored = store.get(subject, "Patient", one.patient_id, why="match")
    except NotFound:
        return None
    grade = {"url": _GRADE, "valueCode": rules.grade(one.score)}
    return {
        "fullUrl": f"{request.base}/Patient/{stored.id}",
        "resource": msgspec.Raw(stored.body),
        "search": {"extension": [grade], "mode": "match", "score": one.score / 100},
    }


def _outcome(notes: list[str]) -> bytes:
    return fhir.outcome([Issue("warning", "multiple-matches", "", note) for note in notes])
