"""The question to a payer, as a 270. Pure: who asks whom about whom, in, bytes out.

Guide section: 005010X279A1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration.people import Person
from chartdesk.standards.x12 import eligibility_270 as x270
from chartdesk.standards.x12.eligibility_people import Insured, Trace
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Party

#: INS02 for what the patient is to the subscriber.
RELATIONS = {"spouse": "01", "child": "19", "other": "34"}
_SEXES = {"female": "F", "male": "M"}


@dataclass(frozen=True)
class Asking:
    """Everything a question says. ``patient`` is not the ``subscriber`` where a dependent is asked about."""

    practice_name: str
    npi: str
    tax_id: str
    payer_name: str
    payer_id: str
    member_id: str
    subscriber: Person
    patient: Person
    relationship: str
    service_date: date
    service_types: tuple[str, ...]
    control: int
    created: datetime
    sender: str
    receiver: str
    usage: str = "P"

    @property
    def trace(self) -> str:
        """TRN02: how the answer is known as the answer to this question."""
        return f"{self.control:09d}"


def written(asking: Asking) -> bytes:
    """The 270. Raises Invalid where something that it needs is missing, naming the field."""
    envelope = Envelope(
        sender=asking.sender,
        receiver=asking.receiver,
        control=asking.control,
        group_control=asking.control,
        created=asking.created,
        usage=asking.usage,
    )
    return x270.write(envelope, [question(asking)])


def question(asking: Asking) -> x270.Inquiry:
    """The question by itself, to stand in a file with others. Raises as ``written``."""
    check(asking.npi, asking.subscriber, asking.patient)
    dependent = None
    if asking.relationship != "self":
        dependent = insured(asking.patient, "", RELATIONS.get(asking.relationship, "34"))
    return x270.Inquiry(
        source=Party(last=asking.payer_name, id_qualifier="PI", id=asking.payer_id),
        receiver=Party(last=asking.practice_name, id_qualifier="XX", id=asking.npi),
        subscriber=insured(asking.subscriber, asking.member_id, ""),
        dependent=dependent,
        questions=[x270.Question(service_types=list(asking.service_types))],
        trace=Trace(number=asking.trace, originator=originator(asking.tax_id, asking.control)),
        service_day=asking.service_date,
        reference=asking.trace,
        created=asking.created,
    )


def check(npi: str, subscriber: Person, patient: Person) -> None:
    """Raises Invalid where something is missing without which no payer finds the patient, naming the field."""
    if not npi:
        raise Invalid("The practice has no NPI.", where="npi", cure="Write it in the practice's settings.")
    for person, whose in ((subscriber, "subscriber"), (patient, "patient")):
        if not person.family:
            raise Invalid(f"The {whose} has no family name.", where=f"{whose}.family", cure="Write it down.")
        if person.birth_date is None:
            raise Invalid(
                f"The {whose}'s birth date is not known.",
                where=f"{whose}.birth_date",
                cure="Ask for it: the payer finds nobody without it.",
            )


def insured(person: Person, member_id: str, relation: str) -> Insured:
    """A subscriber or dependent as a question names them; ``relation`` is INS02 of a dependent."""
    party = Party(
        last=person.family,
        first=person.given,
        middle=person.middle.split(" ")[0] if person.middle else "",
        suffix=person.suffix,
        person=True,
        id_qualifier="MI" if member_id else "",
        id=member_id,
    )
    return Insured(party=party, birth=person.birth_date, gender=_SEXES.get(person.sex, ""), relationship=relation)


def originator(tax_id: str, control: int) -> str:
    """TRN03, ten characters: 1 and the practice's EIN, or 9 and a number of its own."""
    return f"1{tax_id}" if len(tax_id) == 9 else f"9{control:09d}"
