"""Deciding about the items of a document, one by one, through the commands of the chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chartdesk.ehr.charting import allergies, problems
from chartdesk.ehr.elements import clinician, reference, stamp
from chartdesk.ehr.medications import commands as medications
from chartdesk.ehr.reconciling import incoming, queries
from chartdesk.ehr.reconciling.models import Decision, IncomingDocument
from chartdesk.ehr.reconciling.rules import ALLERGIES, KINDS, MEDICATIONS, PROBLEMS, Line
from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4

_PROVENANCE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_LONGEST = 500
_LEFT = "left as it was when the document was finished"


def decide(
    subject: Subject,
    incoming_id: int,
    kind: str,
    key: str,
    choice: str,
    *,
    seen: str = "",
    code: str = "",
    note: str = "",
) -> list[str]:
    """Decide about one line: add, take, keep, leave, resolve, withdraw or stop; returns warnings of what was written.

    ``code`` is the ICD-10-CM code under which a problem is taken over where the document brings none to bill.
    ``seen`` is how the line stood for whoever decides (``Line.seen``). Raises Conflict where the chart has changed
    since, or it was decided already; what the chart's commands raise undoes the decision.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    if len(note) > _LONGEST:
        raise Invalid("The note is too long.", where="note", cure=f"At most {_LONGEST} characters.")
    with transaction(subject):
        row = incoming.locked(subject, incoming_id)
        advisory_lock("reconciling", subject.practice, row.patient)
        if Decision.objects.filter(practice=subject.practice, document=row, kind=kind, key=key).exists():
            raise Conflict("This was decided already.", where="key", cure="Reload the page.")
        line = _line(subject, row, kind, key)
        if seen and seen != line.seen:
            raise Conflict("Our chart has changed since the page was made.", where="key", cure="Look at it again.")
        if choice not in line.choices:
            raise Invalid(f"{choice!r} is no choice here.", where="choice", cure=f"One of {', '.join(line.choices)}.")
        changed, warnings = _carry_out(subject, row, line, choice, code)
        _keep(subject, row, line, choice, changed, note)
    return warnings


def finish(subject: Subject, incoming_id: int, *, rest: bool = False) -> None:
    """Say that a document is reconciled. With ``rest`` what nobody decided about stays as it is, and that is kept too.

    Raises Conflict while something is undecided and ``rest`` is not said.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    with transaction(subject):
        row = incoming.locked(subject, incoming_id)
        advisory_lock("reconciling", subject.practice, row.patient)
        left = [line for line in queries.undecided(subject, row) if line.open]
        if left and not rest:
            raise Conflict(
                f"{len(left)} items are undecided.",
                where="items",
                cure="Decide about them, or leave the rest as it is.",
            )
        for line in left:
            _keep(subject, row, line, "leave" if line.ours is None else "keep", [], _LEFT)
        incoming.close(subject, row, "done")


def _line(subject: Subject, row: IncomingDocument, kind: str, key: str) -> Line:
    if kind not in KINDS:
        raise NotFound(f"There is no list {kind!r}.", where="kind")
    found = next((line for line in queries.undecided(subject, row) if line.kind == kind and line.key == key), None)
    if found is None:
        raise NotFound("The item is not there any more.", where="key", cure="Reload the page.")
    return found


def _keep(subject: Subject, row: IncomingDocument, line: Line, choice: str, changed: list[str], note: str) -> None:
    """Keep the decision, and what it wrote came from which document."""
    Decision.objects.create(
        practice=subject.practice,
        document=row,
        kind=line.kind,
        key=line.key,
        state=line.state,
        choice=choice,
        theirs=line.theirs.words if line.theirs else "",
        ours=line.ours.words if line.ours else "",
        changed=changed,
        note=note,
        actor=subject.actor,
        name=subject.name,
        at=clock.now(),
    )
    audit.record(
        subject, "U", "reconciliation", patient=row.patient, resource_id=str(row.pk), detail=f"{line.kind}: {choice}"
    )
    if changed:
        store.put(subject, _provenance(subject, row, changed), why="reconciling")


def _provenance(subject: Subject, row: IncomingDocument, changed: list[str]) -> r4.Provenance:
    who = clinician(subject)
    role = r4.CodeableConcept(coding=[r4.Coding(system=_PROVENANCE, code="author")])
    source = r4.ProvenanceEntity(role="source", what=reference("DocumentReference", row.document, row.title))
    return r4.Provenance(
        target=[r4.Reference(reference=name) for name in changed],
        recorded=stamp(clock.now()),
        agent=[r4.ProvenanceAgent(type=role, who=who)],
        entity=[source],
    )


Done = tuple[list[str], list[str]]


def _carry_out(subject: Subject, row: IncomingDocument, line: Line, choice: str, code: str) -> Done:
    """What was changed, and the warnings that came of it."""
    if choice in ("keep", "leave"):
        return [], []
    if choice in ("resolve", "withdraw", "stop"):
        return [_end(subject, line, choice)], []
    changed = [_end(subject, line, _ENDS[line.kind])] if choice == "take" and line.ours else []
    made, warnings = _ADDERS[line.kind](subject, row.patient, line, code)
    return [*changed, made], warnings


_ALLERGY_FACTS = ("category", "reaction", "severity", "onset")
_ENDS = {ALLERGIES: "withdraw", MEDICATIONS: "stop", PROBLEMS: "resolve"}


def _end(subject: Subject, line: Line, how: str) -> str:
    ours = line.ours
    if ours is None:
        raise Conflict("There is nothing of ours to end.", where="choice")
    if how == "withdraw":
        allergies.withdraw(subject, ours.id, version=ours.version)
        return f"AllergyIntolerance/{ours.id}"
    if how == "stop":
        said = dict(line.theirs.facts).get("status", "") if line.theirs else ""
        why = f"outside document: {said}" if said else "reconciled with an outside document"
        medications.stop(subject, ours.id, reason=why, version=ours.version)
        return f"MedicationRequest/{ours.id}"
    ended = _day(line.theirs.told("ended")) if line.theirs else None
    problems.resolve(subject, ours.id, on=ended, version=ours.version)
    return f"Condition/{ours.id}"


def _add_problem(subject: Subject, patient_id: str, line: Line, code: str) -> tuple[str, list[str]]:
    assert line.theirs is not None
    wanted = line.theirs.told("code") or code.strip()
    if not wanted:
        raise Invalid(
            f"{line.theirs.words} comes without a billable ICD-10-CM code.",
            where="code",
            cure="Choose the code for it.",
        )
    said = f"From an outside document: {line.theirs.words}"
    made = problems.add(subject, patient_id, wanted, onset=_day(line.theirs.told("onset")), note=said)
    return f"Condition/{made}", []


def _add_allergy(subject: Subject, patient_id: str, line: Line, code: str) -> tuple[str, list[str]]:
    theirs = line.theirs
    assert theirs is not None
    if theirs.none_known:
        return f"AllergyIntolerance/{allergies.record_none(subject, patient_id)}", []
    # What they do not say, and ours did, is not lost by taking theirs.
    told = {name: theirs.told(name) or (line.ours.told(name) if line.ours else "") for name in _ALLERGY_FACTS}
    made = allergies.add(
        subject,
        patient_id,
        theirs.words,
        category=told["category"] or "medication",
        reaction=told["reaction"],
        severity=told["severity"] if told["reaction"] else "",
        onset=told["onset"],
    )
    return f"AllergyIntolerance/{made}", []


def _add_medication(subject: Subject, patient_id: str, line: Line, code: str) -> tuple[str, list[str]]:
    theirs = line.theirs
    assert theirs is not None
    made = medications.add(
        subject,
        patient_id,
        theirs.words,
        dosage=theirs.told("dosage"),
        reported=True,
        reason=theirs.told("reason"),
    )
    return f"MedicationRequest/{made.request_id}", made.warnings


_ADDERS: dict[str, Callable[[Subject, str, Line, str], tuple[str, list[str]]]] = {
    PROBLEMS: _add_problem,
    ALLERGIES: _add_allergy,
    MEDICATIONS: _add_medication,
}


def _day(text: str) -> date | None:
    """A whole date; a month or a year alone is no day and none is made up."""
    return date.fromisoformat(text) if len(text) == 10 else None
