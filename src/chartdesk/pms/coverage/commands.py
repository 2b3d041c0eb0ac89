"""Writing payers and policies, and asking payers. ``check`` is in ``eligibility``; it is named here too."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Gone, Invalid, NotFound
from chartdesk.kit.money import money
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.coverage import parties, queries, resources, rules
from chartdesk.pms.coverage.cards import MEDICARE_SECOND, RANKS, RELATIONSHIPS, Card, CoverageView, PayerDetails
from chartdesk.pms.coverage.eligibility import check, settle_unanswered
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.registration.resources import related_person
from chartdesk.pms.registration.validation import Faults, checked_address, checked_person, phone
from chartdesk.record import store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

__all__ = [
    "Card",
    "PayerDetails",
    "add_coverage",
    "add_payer",
    "amend_coverage",
    "amend_payer",
    "check",
    "end_coverage",
    "settle_unanswered",
    "withdraw_coverage",
]

#: Who may write down insurance.
ROLES = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.NURSE, Role.CLINICIAN)
_SUBSCRIBER_IS = {"child": "parent", "spouse": "spouse", "other": "other"}


# ---------------------------------------------------------------------------------------------- payers
def add_payer(subject: Subject, details: PayerDetails) -> Payer:
    """Add a payer to the practice. Raises Invalid with every wrong field, Conflict for a number in use."""
    subject.require(Role.BILLER, Role.MANAGER)
    wanted = _checked_payer(details)
    with transaction(subject):
        advisory_lock("payer", subject.practice, wanted.payer_id)
        if Payer.objects.filter(practice=subject.practice, payer_id=wanted.payer_id).exists():
            raise Conflict(f"There is a payer {wanted.payer_id} already.", where="payer_id", cure="Amend that one.")
        stored = store.put(subject, resources.organization(wanted))
        made = Payer(practice=subject.practice, organization=stored.id, **asdict(wanted))
        made.save()
        parties.changed(made)
        return made


def amend_payer(subject: Subject, details: PayerDetails, *, active: bool = True) -> Payer:
    """Replace what is known about the payer with that number. Raises Invalid, NotFound."""
    subject.require(Role.BILLER, Role.MANAGER)
    wanted = _checked_payer(details)
    with transaction(subject):
        rows = Payer.objects.select_for_update().filter(practice=subject.practice, payer_id=wanted.payer_id)
        row: Payer | None = rows.first()
        if row is None:
            raise NotFound(f"There is no payer {wanted.payer_id} in this practice.", cure="Add it.")
        old = store.read(subject, r4.Organization, row.organization)
        store.put(subject, resources.organization(wanted, old))
        for name, value in {**asdict(wanted), "active": active}.items():
            setattr(row, name, value)
        row.save()
        parties.changed(row)
        return row


def _checked_payer(details: PayerDetails) -> PayerDetails:
    faults = Faults()
    number, name = details.payer_id.strip(), " ".join(details.name.split())
    if not number or len(number) > 80 or not number.isalnum():
        faults.add("payer_id", f"{number!r} is not a payer number.", "Write the number from the payer list.")
    if not name:
        faults.add("name", "The payer has no name.", "Write it as it stands on the card.")
    place = Address(details.line1, details.line2, details.city, details.state, details.postal_code)
    address = checked_address(place, faults, "")
    try:
        number_to_call = phone(details.phone) if details.phone.strip() else ""
    except Invalid as fault:
        faults.take("phone", fault)
        number_to_call = details.phone
    if details.timely_filing_days < 1:
        faults.add("timely_filing_days", "Timely filing needs at least one day.", "Write the days in the contract.")
    faults.raise_any("The payer")
    return replace(details, payer_id=number, name=name, phone=number_to_call, **asdict(address))


# -------------------------------------------------------------------------------------------- policies
def add_coverage(subject: Subject, patient_id: str, card: Card) -> str:
    """Write down an insurance card; returns the coverage's id.

    Raises Invalid with every wrong field in ``issues`` (an unknown payer among them), and Conflict when the
    patient has a policy of that rank at the same time.
    """
    subject.require(*ROLES)
    with transaction(subject):
        advisory_lock("coverage", subject.practice, patient_id)
        store.get(subject, "Patient", patient_id, why="coverage")
        wanted, payer = _checked_card(subject, card)
        _refuse_clash(wanted, queries.coverages(subject, patient_id))
        return _save(subject, patient_id, wanted, payer).id


def amend_coverage(subject: Subject, coverage_id: str, card: Card, version: int) -> Stored:
    """Replace what a card says; ``version`` is the one that was seen. Raises as adding, and Stale."""
    subject.require(*ROLES)
    with transaction(subject):
        held = store.get(subject, "Coverage", coverage_id, why="amend")
        advisory_lock("coverage", subject.practice, held.patient)
        wanted, payer = _checked_card(subject, card, queries.coverage(subject, coverage_id).payer_id)
        _refuse_clash(wanted, queries.coverages(subject, held.patient), besides=coverage_id)
        assert isinstance(held.resource, r4.Coverage)
        return _save(subject, held.patient, wanted, payer, held.resource, version)


def end_coverage(subject: Subject, coverage_id: str, on: date) -> Stored:
    """Let a policy end with the day ``on``. Raises Invalid when it begins later, NotFound, Gone."""
    subject.require(*ROLES)
    with transaction(subject):
        view = queries.coverage(subject, coverage_id)
        return amend_coverage(subject, coverage_id, replace(view.card, ends=on), view.version)


def withdraw_coverage(subject: Subject, coverage_id: str, version: int) -> Stored:
    """Take back a card that was written down by mistake; it stays in the history. Raises Stale, NotFound."""
    subject.require(*ROLES)
    with transaction(subject):
        resource = store.read(subject, r4.Coverage, coverage_id, why="withdraw")
        resource.status = "entered-in-error"
        return store.put(subject, resource, expect=version)


def _save(
    subject: Subject,
    patient_id: str,
    card: Card,
    payer: Payer,
    old: r4.Coverage | None = None,
    version: int | None = None,
) -> Stored:
    """Write the Coverage, and the RelatedPerson of a subscriber who is not the patient."""
    holder = f"Patient/{patient_id}"
    if card.subscriber is not None:
        holder = _subscriber(subject, patient_id, card, card.subscriber, old)
    made = resources.coverage(
        card,
        patient_id=patient_id,
        organization=payer.organization,
        payer_name=payer.name,
        subscriber=holder,
        old=old,
    )
    return store.put(subject, made, expect=version)


def _subscriber(subject: Subject, patient_id: str, card: Card, person: Person, old: r4.Coverage | None) -> str:
    """The reference to the RelatedPerson of the subscriber, written or amended."""
    kind, _, id = resources.subscriber_reference(old).rpartition("/") if old else ("", "", "")
    known = None
    if kind == "RelatedPerson":
        try:
            known = store.read(subject, r4.RelatedPerson, id, why="subscriber")
        except (NotFound, Gone):
            known = None  # a partner took the person away: write a new one
    made = related_person(patient_id, person, _SUBSCRIBER_IS[card.relationship], old=known)
    return store.put(subject, made).reference


def _checked_card(subject: Subject, card: Card, held_payer: str = "") -> tuple[Card, Payer]:
    """The card in stored form and its payer. Raises Invalid with every wrong field."""
    faults = Faults()
    payer = Payer.objects.filter(practice=subject.practice, payer_id=card.payer_id.strip()).first()
    if payer is None:
        message = f"Payer {card.payer_id!r} is not known to this practice." if card.payer_id else "No payer is chosen."
        faults.add("payer_id", message, "Choose the payer from the list, or have a biller add it.")
    elif not payer.active and payer.payer_id != held_payer:
        faults.add("payer_id", f"{payer.name} is no longer billed by this practice.", "Choose another payer.")
    if card.rank not in RANKS:
        faults.add("rank", f"{card.rank} is not a rank.", "Choose primary, secondary or tertiary.")
    number = "".join(card.member_id.split()).upper()
    if not 2 <= len(number) <= 80 or not number.isascii() or not number.replace("-", "").isalnum():
        faults.add("member_id", "The member number is missing or not right.", "Write it as it stands on the card.")
    if card.effective and card.ends and card.ends < card.effective:
        faults.add("ends", "The policy ends before it begins.", "Check both dates on the card.")
    if card.printed_copay is not None and card.printed_copay < 0:
        faults.add("printed_copay", "A copay cannot be negative.", "Write it as it stands on the card.")
    if card.medicare_second and card.medicare_second not in MEDICARE_SECOND:
        faults.add("medicare_second", f"{card.medicare_second!r} is no reason.", "Choose from the list, or none.")
    subscriber = _checked_subscriber(subject, card, faults)
    faults.raise_any("The insurance")
    assert payer is not None
    copay = None if card.printed_copay is None else money(card.printed_copay)
    made = replace(
        card,
        payer_id=payer.payer_id,
        member_id=number,
        group_number=card.group_number.strip(),
        plan_name=" ".join(card.plan_name.split()),
        employer=" ".join((card.employer or "").split()),
        subscriber=subscriber,
        printed_copay=copay,
    )
    return made, payer


def _checked_subscriber(subject: Subject, card: Card, faults: Faults) -> Person | None:
    if card.relationship not in RELATIONSHIPS:
        faults.add(
            "relationship",
            f"{card.relationship!r} is not one of {', '.join(RELATIONSHIPS)}.",
            "Choose from the list.",
        )
    if card.relationship == "self":
        return None
    if card.subscriber is None:
        faults.add("subscriber", "The subscriber is missing.", "Write who holds the policy, or choose self.")
        return None
    today = clock.today(practice_of(subject).zone)
    checked = checked_person(card.subscriber, today, faults, "subscriber.")
    if checked.birth_date is None:
        faults.add("subscriber.birth_date", "The subscriber's birth date is missing.", "The payer asks for it.")
    return checked


def _refuse_clash(card: Card, held: list[CoverageView], besides: str = "") -> None:
    other = rules.clash(card, held, besides)
    if other is not None:
        message, cure = rules.clash_words(card, other)
        raise Conflict(message, where="rank", cure=cure)
