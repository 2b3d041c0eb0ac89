"""The request to a payer, as a 278. Pure: who asks for what for whom, in, bytes out.

Guide section: 005010X217.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.pms.coverage import inquiry
from chartdesk.pms.registration.people import Person
from chartdesk.standards.x12 import review_278 as x278
from chartdesk.standards.x12.eligibility_people import Trace
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.parties import Dated, Party

#: UM02 by what is asked.
FIRST, CANCEL, EXTEND, VERIFY = "I", "3", "4", "6"
_CATEGORIES = {"authorization": "HS", "referral": "SC"}


@dataclass(frozen=True)
class Asking:
    """Everything a request says. ``earlier`` is the number that it extends or cancels."""

    kind: str
    purpose: str
    practice_name: str
    npi: str
    tax_id: str
    taxonomy: str
    payer_name: str
    payer_id: str
    member_id: str
    subscriber: Person
    patient: Person
    relationship: str
    first_day: date
    service_type: str
    place: str
    control: int
    created: datetime
    sender: str
    receiver: str
    usage: str = "P"
    codes: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    visits: int | None = None
    earlier: str = ""
    note: str = ""
    provider: Party | None = field(default=None)

    @property
    def trace(self) -> str:
        """TRN02: how the answer is known as the answer to this request."""
        return f"{self.control:09d}"


def written(asking: Asking) -> bytes:
    """The 278. Raises Invalid where something that it needs is missing, naming the field."""
    inquiry.check(asking.npi, asking.subscriber, asking.patient)
    dependent = None
    if asking.relationship != "self":
        dependent = inquiry.insured(asking.patient, "", inquiry.RELATIONS.get(asking.relationship, "34"))
    request = x278.Request(
        payer=Party(last=asking.payer_name, id_qualifier="PI", id=asking.payer_id),
        requester=Party(last=asking.practice_name, id_qualifier="XX", id=asking.npi, taxonomy=asking.taxonomy),
        subscriber=inquiry.insured(asking.subscriber, asking.member_id, ""),
        dependent=dependent,
        review=_review(asking),
        reference=asking.trace,
        purpose="01" if asking.purpose == CANCEL else "13",
        created=asking.created,
    )
    envelope = Envelope(
        sender=asking.sender,
        receiver=asking.receiver,
        control=asking.control,
        group_control=asking.control,
        created=asking.created,
        usage=asking.usage,
    )
    return x278.write_requests(envelope, [request])


def _review(asking: Asking) -> x278.Review:
    quantity = None if asking.visits is None else x278.Quantity(kind="VS", count=Decimal(asking.visits))
    services = [x278.Service(code=code, day=asking.first_day) for code in asking.codes if "-" not in code]
    return x278.Review(
        category=_CATEGORIES[asking.kind],
        certification=asking.purpose,
        service_type=asking.service_type,
        place=asking.place,
        diagnoses=[code.replace(".", "") for code in asking.diagnoses],
        traces=[Trace(number=asking.trace, originator=inquiry.originator(asking.tax_id, asking.control))],
        earlier_authorization=asking.earlier,
        dates=[Dated(qualifier="AAH", start=asking.first_day)],
        quantity=quantity,
        message=asking.note[:264],
        providers=[("SJ", asking.provider)] if asking.provider is not None else [],
        services=services,
    )
