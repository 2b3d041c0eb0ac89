"""What every transaction set says the same way: names, addresses, contacts, references, dates, adjustments.

Dates are ``datetime.date``; money is Decimal dollars with two places. An empty string means "not sent".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.standards.x12.segments import Segment


@dataclass(slots=True, kw_only=True)
class Address:
    """N3 and N4. ``country`` and ``subdivision`` only outside the United States."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal: str = ""
    country: str = ""
    subdivision: str = ""


@dataclass(slots=True, kw_only=True)
class Contact:
    """PER: a person or desk to ask. ``numbers`` are the qualifiers and numbers as read, in their order;
    where it is empty they are made of the named fields."""

    function: str = "IC"
    name: str = ""
    phone: str = ""
    extension: str = ""
    fax: str = ""
    email: str = ""
    numbers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Reference:
    """REF: a number and what kind of number it is (REF01). ``payer`` where it is that payer's (REF04, 2U)."""

    qualifier: str
    value: str
    description: str = ""
    payer: str = ""


@dataclass(slots=True, kw_only=True)
class Party:
    """NM1 with what hangs from it: a person (``person=True``: ``last``, ``first`` …) or an organization
    (its name in ``last``). ``id_qualifier`` is XX for an NPI, MI for a member number, PI for a payer."""

    last: str = ""
    first: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""
    person: bool = False
    id_qualifier: str = ""
    id: str = ""
    address: Address | None = None
    taxonomy: str = ""
    references: list[Reference] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    extras: list[Segment] = field(default_factory=list)  # read: what its loop held beyond these


@dataclass(slots=True, kw_only=True)
class Adjustment:
    """One reason of a CAS: group (CO, PR, OA, PI, CR), CARC, dollars (positive lowers payment), quantity."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(slots=True, kw_only=True)
class Dated:
    """DTP or DTM: a qualifier and a day, or the days from ``start`` to ``end``."""

    qualifier: str
    start: date
    end: date | None = None


@dataclass(slots=True, kw_only=True)
class Amount:
    """AMT: an informational amount and what it is (AMT01)."""

    qualifier: str
    amount: Decimal


@dataclass(slots=True, kw_only=True)
class Quantity:
    """QTY: a count and what it counts (QTY01)."""

    qualifier: str
    quantity: Decimal
