"""What becomes of patients' logins when two records of one patient are merged, and when the merge is undone.

Memberships, grants and tokens go with their patient as all rows do. Here is seen to it that nobody sees more by
accident: a login that was ended for the record that stays is not let in again by the other one, and what a program was
allowed in between ends with the undo. Who sees the record afterwards is told before; where two people log in for one
patient then, somebody has to look.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.kit import worklist
from chartdesk.record import audit
from chartdesk.record.access import grants, tokens
from chartdesk.record.access.models import Grant, Membership, User
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.merging import rooms

#: Work: logins of two people see one patient since a merge. Its key is the record that went.
WORK = "logins_joined"


def register() -> None:
    """Take part in merges. Called once, when the program starts."""
    rooms.warns(told)
    rooms.arranges(before=follow, after_undo=give_back)


def told(subject: Subject, source: str, target: str) -> list[str]:
    """Who would log in for the record that stays, in sentences."""
    going, staying = _logins(subject, source), _logins(subject, target)
    ended = {one.pk for one in going} & _ended(subject, target)
    following = [one for one in going if one.pk not in ended | {one.pk for one in staying}]
    found = []
    if following:
        found.append(f"Who logs in for the record that goes sees the other one then: {_names(following)}.")
    if staying:
        found.append(f"Who logs in for the record that stays sees also what comes to it: {_names(staying)}.")
    if following and staying:
        found.append("Both see one record then: end the login of whoever is not to see it.")
    if ended:
        names = _names(one for one in going if one.pk in ended)
        found.append(f"The login for the record that stays was ended: {names} sees neither then.")
    programs = _programs(subject, source, [one for one in going if one.pk not in ended])
    if programs:
        found.append(f"Programs that were allowed to see the record that goes see the other one then: {programs}.")
    return found


def follow(subject: Subject, source: str, target: str) -> None:
    """Before the rows move: note who follows, end what must not, and ask somebody to look where two people log in."""
    going, staying, shut = _logins(subject, source), _logins(subject, target), _ended(subject, target)
    here = {one.pk for one in staying}
    following = [one for one in going if one.pk not in shut | here]
    for user in going:
        if user.pk in shut:
            _end(subject, source, user, "login ended for the record that stays")
    for user in following:
        for patient, detail in ((source, f"login goes on with Patient/{target}"), (target, "login came with a merge")):
            audit.record(subject, "U", "login", patient=patient, resource_id=str(user.pk), detail=detail)
    if following and staying:
        worklist.raise_item(
            subject,
            worklist.Task(
                WORK,
                source,
                Role.FRONT_DESK,
                "Two logins since a merge",
                f"Two records of this patient were merged. Both see it now: {_names([*staying, *following])}.",
                "Ask the patient who may see the record, and end the login of whoever may not.",
                about=f"Patient/{target}",
                link=("patient_login", target),
            ),
        )
    tokens.forget(subject.practice, source, target)


def give_back(subject: Subject, source: str, target: str) -> None:
    """After the rows are back: what the logins that went back were given since for the other record ends."""
    staying = {one.pk for one in _logins(subject, target)}
    for user in _logins(subject, source):
        if user.pk not in staying:
            _end(subject, target, user, "merge undone")
        detail = "login is back: merge undone"
        audit.record(subject, "U", "login", patient=source, resource_id=str(user.pk), detail=detail)
    # Tokens that a grant got since say the patient who stayed, and the grant is the other's again.
    tokens.withdraw(practice=subject.practice, grant__patient=source, patient=target)
    worklist.close_items(subject, WORK, [source], by=subject.actor)
    tokens.forget(subject.practice, source, target)


def _logins(subject: Subject, patient: str) -> list[User]:
    """Who logs in for the patient, the oldest first."""
    places = _places(subject, patient).filter(active=True).select_related("user")
    return [place.user for place in places.order_by("pk")]


def _ended(subject: Subject, patient: str) -> set[int]:
    """Whose login for the patient was ended."""
    return set(_places(subject, patient).filter(active=False).values_list("user", flat=True))


def _places(subject: Subject, patient: str):  # type: ignore[no-untyped-def]  # Django comes without types
    return Membership.objects.filter(practice=subject.practice, role=Role.PATIENT, patient=patient)


def _end(subject: Subject, patient: str, user: User, reason: str) -> None:
    for grant in _grants(subject, patient, [user]):
        grants.end(grant, reason, by=subject)


def _grants(subject: Subject, patient: str, users: Iterable[User]) -> list[Grant]:
    held = Grant.objects.filter(practice=subject.practice, patient=patient, user__in=list(users), ended=None)
    return list(held.select_related("client").order_by("pk"))


def _programs(subject: Subject, patient: str, users: list[User]) -> str:
    return ", ".join(sorted({grant.client.name for grant in _grants(subject, patient, users)}))


def _names(users: Iterable[User]) -> str:
    return ", ".join(f"{one.get_full_name()} ({one.username})" for one in users)
