"""The in-box: signing results, giving them to somebody, and not letting any get lost."""

from __future__ import annotations

from datetime import timedelta

from chartdesk.ehr.orders import catalog, events, rules
from chartdesk.ehr.orders.filing import FOLLOW_WORK, UNASSIGNED_WORK, UNSIGNED_WORK, tidy
from chartdesk.ehr.orders.models import Order, Result, SignOff
from chartdesk.ehr.orders.ordering import WAITING_WORK
from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject

_LONGEST = 4000
#: Lines that one round looks at.
_ROUND = 500


def sign_off(subject: Subject, result_id: int, *, version: int, next: str = "none", comment: str = "") -> int:
    """Sign a result as it stood at ``version``, and say what is to follow; returns the signature's number.

    What follows becomes a work item of whoever does it. Raises Stale where a later state came in between, Conflict
    where it is signed already, Invalid for an unknown next step.
    """
    subject.require(Role.CLINICIAN)
    if next not in rules.NEXT:
        raise Invalid(f"{next!r} is no next step.", where="next", cure=f"One of {', '.join(rules.NEXT)}.")
    words = comment.strip()
    if len(words) > _LONGEST:
        raise Invalid("The comment is too long.", where="comment", cure=f"At most {_LONGEST} characters.")
    with transaction(subject):
        row = _locked(subject, result_id)
        if row.version != version:
            raise Stale(
                "A later state of this result has come.",
                current=row.version,
                cure="Read it, then sign.",
                where="version",
            )
        if row.state == "signed":
            raise Conflict(f"{row.signed_name} has signed this already.", where="state", cure="There is nothing to do.")
        moment = clock.now()
        made = SignOff.objects.create(
            practice=subject.practice,
            result=row,
            patient=row.patient,
            version=row.version,
            status=row.status,
            next=next,
            comment=words,
            actor=subject.actor,
            name=subject.name,
            at=moment,
        )
        row.state, row.signed, row.signed_name = "signed", moment, subject.name
        row.save(update_fields=["state", "signed", "signed_name"])
        for kind in (UNASSIGNED_WORK, UNSIGNED_WORK):
            worklist.close_items(subject, kind, [str(row.pk)], by=subject.actor)
        if next != "none":
            worklist.raise_item(subject, _follow(row, made))
        audit.record(subject, "E", "result signature", patient=row.patient, resource_id=str(row.pk))
        reference = f"{row.type}/{row.resource}"
        events.announce(subject, events.SIGNED, row.patient, result_id=str(row.pk), reference=reference)
        live.announce(subject, "results", row.resource)
        live.announce(subject, "chart", row.patient)
    return int(made.pk)


def assign(subject: Subject, result_id: int, practitioner_id: str) -> None:
    """Put a result into a clinician's in-box. Raises Conflict once it is signed, NotFound for nobody."""
    subject.require(Role.CLINICIAN, Role.NURSE, Role.MANAGER)
    with transaction(subject):
        row = _locked(subject, result_id)
        if row.state == "signed":
            raise Conflict(f"{row.signed_name} has signed this already.", where="state", cure="There is nothing to do.")
        store.get(subject, "Practitioner", practitioner_id, why="result given to")
        row.practitioner, row.state = practitioner_id, "open"
        row.save(update_fields=["practitioner", "state"])
        worklist.close_items(subject, UNASSIGNED_WORK, [str(row.pk)], by=subject.actor)
        audit.record(subject, "U", "result", patient=row.patient, resource_id=str(row.pk), detail="given to another")
        live.announce(subject, "results", row.resource)


def assign_named(subject: Subject, orderer: str, practitioner_id: str) -> int:
    """Put nobody's results that named ``orderer`` into the in-box of whom that turned out to be; returns how many."""
    with transaction(subject):
        rows = Result.objects.filter(practice=subject.practice, state="open", practitioner="", orderer=orderer)
        found = list(rows.order_by("pk").values_list("pk", flat=True)) if orderer else []
        for result_id in found:
            assign(subject, result_id, practitioner_id)
    return len(found)


def watch(subject: Subject) -> int:
    """Put on the work list what nobody has signed in time, and orders that nothing came of; returns how many.

    Every clinician sees it there, whoever's in-box it is in. Safe to run again: what is there stays as it is.
    """
    with transaction(subject):
        late = _late(subject)
        worklist.raise_items(subject, [_unsigned(row) for row in late])
        Result.objects.filter(pk__in=[row.pk for row in late]).update(escalated=clock.now())
        waiting = _waiting(subject)
        worklist.raise_items(subject, [_overdue(row) for row in waiting])
        _close_answered(subject)
        if late:
            live.announce(subject, "results")
    return len(late) + len(waiting)


def _late(subject: Subject) -> list[Result]:
    rows = Result.objects.filter(practice=subject.practice, state="open", escalated__isnull=True, due__lt=clock.now())
    return list(rows.order_by("due")[:_ROUND])


def _waiting(subject: Subject) -> list[Order]:
    """Orders of laboratories and imaging that have waited too long."""
    limit = clock.now() - timedelta(days=catalog.days(subject).waiting)
    rows = Order.objects.filter(
        practice=subject.practice,
        status="active",
        reported__isnull=True,
        ordered__lt=limit,
        kind__in=("lab", "imaging"),
    )
    return list(rows.order_by("ordered")[:_ROUND])


def _close_answered(subject: Subject) -> None:
    """Take orders off the list that have been answered or taken back."""
    keys = [item.key for item in worklist.items(subject, kinds=[WAITING_WORK])]
    done = Order.objects.filter(practice=subject.practice, request__in=keys).exclude(
        status="active", reported__isnull=True
    )
    closed = list(done.values_list("request", flat=True))
    if closed:
        worklist.close_items(subject, WAITING_WORK, closed, by=subject.actor)


def _locked(subject: Subject, result_id: int) -> Result:
    row: Result | None = Result.objects.select_for_update().filter(practice=subject.practice, pk=result_id).first()
    if row is None:
        raise NotFound(f"There is no result {result_id}.", where="result")
    return row


def _follow(row: Result, signed: SignOff) -> worklist.Task:
    _, role, words = rules.NEXT[signed.next]
    return worklist.Task(
        kind=FOLLOW_WORK,
        key=str(signed.pk),
        role=role,
        title=f"{words} {tidy(row)}",
        detail=signed.comment,
        cure=f"As {signed.name} asked. Close this when it is done.",
        about=f"Patient/{row.patient}",
        link=("result", str(row.pk)),
    )


def _unsigned(row: Result) -> worklist.Task:
    return worklist.Task(
        kind=UNSIGNED_WORK,
        key=str(row.pk),
        role=Role.CLINICIAN.value,
        title=f"Not signed in time: {tidy(row)}",
        detail=f"Received {row.received:%b %-d, %Y}; it was to be signed by {row.due:%b %-d, %Y}.",
        cure="Any clinician may sign it.",
        about=f"Patient/{row.patient}",
        link=("result", str(row.pk)),
        due=row.due.date(),
    )


def _overdue(row: Order) -> worklist.Task:
    return worklist.Task(
        kind=WAITING_WORK,
        key=row.request,
        role=Role.NURSE.value,
        title=f"No result yet: {row.name}",
        detail=f"Order {row.number} of {row.ordered:%b %-d, %Y}.",
        cure="Ask the patient and the laboratory; take the order back if it will not be done.",
        about=f"Patient/{row.patient}",
        link=("order", row.request),
    )
