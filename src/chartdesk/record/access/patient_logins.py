"""Patients' logins as the front desk gives and ends them: each begins with a link that sets the password.

The link is signed and holds no password. It works for three days, until a password is set with it, and until there is
another one. Whoever holds it chooses the password, so it is given to the patient and to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import audit
from chartdesk.record.access import grants, people
from chartdesk.record.access.faults import Fault
from chartdesk.record.access.models import Grant, Membership, User
from chartdesk.record.access.staffing import NAME_LENGTH, USERNAME, USERNAME_CURE
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.merging import aliases

#: Who gives logins to patients, and ends them.
ROLES = (Role.FRONT_DESK, Role.MANAGER)
#: For how long a link works.
LINK_LIFE = timedelta(days=3)
_SALT = "chartdesk.patient_logins"


@dataclass(frozen=True)
class Login:
    """A login that sees the patient. ``others``: how many further patients it sees here."""

    user: User
    others: int

    @property
    def waiting(self) -> bool:
        """Whether nobody has set a password with the link yet."""
        return not self.user.has_usable_password()

    @property
    def name(self) -> str:
        """Whose login it is."""
        return self.user.get_full_name() or self.user.username


@dataclass(frozen=True)
class Link:
    """What a login was given: ``token`` is the last part of the link, shown now and never again.

    It is empty where the login has a password already and keeps it.
    """

    user: User
    token: str
    until: datetime


def of_patient(subject: Subject, patient: str) -> list[Login]:
    """The logins that see the patient, the oldest first. Raises Forbidden."""
    subject.require(*ROLES)
    with transaction(subject):
        audit.record(subject, "R", "login", patient=patient, detail="who logs in for the patient")
        places = _places(subject, patient).select_related("user").order_by("pk")
        return [Login(place.user, _others(subject, place.user, patient)) for place in places]


def give(subject: Subject, patient: str, name: str, username: str, *, also: bool = False) -> Link:
    """Give the patient a login; ``name`` is who logs in, such as a child's parent. The patient has to exist.

    ``also`` lets a login that sees other patients of this practice see this one as well; it keeps its password. Raises
    Forbidden, Invalid with every wrong field, Conflict for a login that is somebody else's.
    """
    subject.require(*ROLES)
    _check(name, username)
    with transaction(subject):
        advisory_lock("login", username)  # two practices may want the same at once
        known = User.objects.filter(username=username).first()
        keeps = known is not None and _keeps_password(subject, known, patient, also=also)
        user = people.add_patient(people.practice_of(subject), username, patient, password=None, name=name.strip())
        audit.record(subject, "C", "login", patient=patient, resource_id=str(user.pk), detail="login given")
        return Link(user, "", clock.now()) if keeps else _link(_without_password(user))


def renew(subject: Subject, patient: str, user: int) -> Link:
    """Another link, for one that was lost or a password that was forgotten; the password stops at once.

    Raises Forbidden, NotFound.
    """
    subject.require(*ROLES)
    with transaction(subject):
        login = _login(subject, patient, user)
        if Membership.objects.filter(user=login, active=True).exclude(practice=subject.practice).exists():
            cure = "Your operator gives a new password."
            raise Forbidden(f"{login.username} sees patients of another practice too.", cure=cure)
        audit.record(subject, "U", "login", patient=patient, resource_id=str(user), detail="new link for the password")
        return _link(_without_password(login))


def end(subject: Subject, patient: str, user: int) -> None:
    """Let the login see the patient no more, nor any program that it let see them. Raises Forbidden, NotFound."""
    subject.require(*ROLES)
    with transaction(subject):
        login = _login(subject, patient, user)
        _places(subject, patient, *_former(subject, patient)).filter(user=login).update(active=False)
        for grant in Grant.objects.filter(user=login, patient=patient, ended=None).select_related("client"):
            grants.end(grant, "login ended", by=subject)
        audit.record(subject, "D", "login", patient=patient, resource_id=str(user), detail="login ended")


def opened(token: str) -> User:
    """Whose password the link sets. Raises Gone for one that is too old, was used, or is not ours."""
    try:
        held = signing.loads(token, salt=_SALT)
        user = User.objects.filter(pk=held["user"], is_active=True).first()
        good = user is not None and held["seal"] == _seal(user) and held["until"] > clock.now().timestamp()
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        user, good = None, False
    if user is None or not good or not _own(user).exists():
        raise Gone(
            "This link does not work any more.",
            cure="A link works for three days and sets one password. Ask the practice for a new one.",
        )
    return user


def set_password(token: str, password: str, *, origin: str = "") -> User:
    """Set the password with a link, which is used up then. Raises Gone, and Invalid for one that is easily guessed."""
    from django.contrib.auth.password_validation import validate_password

    user = opened(token)
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Invalid(" ".join(fault.messages), where="password") from fault
    places = list(_own(user).order_by("pk"))
    subject = people.subject_of(user, places[0].practice, origin=origin)
    with transaction(subject):
        User.objects.select_for_update().get(pk=user.pk)
        user = opened(token)  # the same link may be sent twice at once
        user.set_password(password)
        user.save(update_fields=["password", "password_given"])
        for place in places:
            if place.practice == subject.practice:
                detail = "password set by the patient"
                audit.record(subject, "U", "login", patient=place.patient, resource_id=str(user.pk), detail=detail)
    return user


def _link(user: User) -> Link:
    until = clock.now() + LINK_LIFE
    held = {"user": user.pk, "seal": _seal(user), "until": until.timestamp()}
    return Link(user, signing.dumps(held, salt=_SALT), until)


def _seal(user: User) -> str:
    """What changes with the password, so that a link is good for one only."""
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:32]


def _own(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, role=Role.PATIENT, active=True)


def _places(subject: Subject, *patients: str) -> QuerySet[Membership]:
    here = Membership.objects.filter(practice=subject.practice, role=Role.PATIENT, active=True)
    return here.filter(patient__in=patients)


def _former(subject: Subject, patient: str) -> list[str]:
    """The records that were merged into the patient's. A login that was given both has its place for one at rest."""
    return [old for old, now in aliases.standing(subject.practice).items() if now == patient]


def _others(subject: Subject, user: User, patient: str) -> int:
    return len({*people.own_patients(user, subject.practice)} - {patient})


def _login(subject: Subject, patient: str, user: int) -> User:
    found = _places(subject, patient).filter(user=user).select_related("user").first()
    if found is None:
        raise NotFound("This login does not see the patient.", where="user")
    login: User = found.user
    return login


def _without_password(user: User) -> User:
    """Whatever password or link there was stops, and whoever is logged in with it is out."""
    user.set_unusable_password()
    user.save(update_fields=["password", "password_given"])
    return user


def _keeps_password(subject: Subject, user: User, patient: str, *, also: bool) -> bool:
    """Whether a login that there is already goes on with its password. Raises Conflict where it is somebody else's.

    One that saw this patient before and was ended begins anew. One that sees others here keeps its own, if ``also``.
    """
    places = Membership.objects.filter(user=user, role=Role.PATIENT)
    before = places.filter(practice=subject.practice, patient=patient).exists()
    resting = Q(practice=subject.practice, patient__in=_former(subject, patient))
    if before and not Membership.objects.filter(user=user, active=True).exclude(resting).exists():
        return False
    here = _own(user).filter(practice=subject.practice)
    if here.filter(patient=patient).exists():
        raise Conflict(f"{user.username} sees this patient already.", where="username")
    if not here.exists():
        raise Conflict(f"The user name {user.username} is taken.", cure="Choose another.", where="username")
    if not also:
        raise Conflict(
            f"{user.username} is the login of {user.get_full_name() or user.username}, who sees another patient here.",
            cure="If they may see this one too, such as a parent, tick the box below.",
            where="username",
        )
    return True


def _check(name: str, username: str) -> None:
    checks = (
        ("name", bool(name.strip()), "There is no name.", "Write first and last name of who logs in."),
        ("name", len(name) <= NAME_LENGTH, "The name is too long.", f"Use at most {NAME_LENGTH} letters."),
        ("username", USERNAME.fullmatch(username), f"{username!r} cannot be a user name.", USERNAME_CURE),
    )
    faults = [Fault(where, message, cure) for where, right, message, cure in checks if not right]
    if faults:
        raise Invalid("The login cannot be given like this.", issues=faults, cure="Correct the fields marked.")
