"""Invented patients: plausible names, ages, households, addresses and insurance cards."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chartdesk.exchange.sandbox import directory
from chartdesk.pms.coverage.cards import Card
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration

_FEMALE = """Olivia Emma Charlotte Amelia Sophia Isabella Mia Evelyn Harper Luna Camila Sofia Eleanor Elizabeth Violet
Hazel Aurora Penelope Nora Ellie Lily Grace Chloe Zoe Ruth Alice Clara Naomi Ivy Esther Margaret Rose Judith Carol
Linda Patricia Barbara Susan Karen Nancy Betty Sandra Donna Sharon Michelle Laura Kimberly Angela Maria Rosa Fatima
Aisha Priya Mei Linh Yuki Ingrid""".split()
_MALE = """Liam Noah Oliver James Elijah William Henry Lucas Benjamin Theodore Mateo Levi Sebastian Daniel Jack Michael
Alexander Owen Samuel Ethan Joseph John David Wyatt Luke Asher Carter Julian Grayson Leo Isaac Thomas Charles Robert
Richard George Kenneth Steven Edward Brian Ronald Anthony Kevin Jason Jose Carlos Omar Ahmed Raj Wei Minh Kenji Lars
Walter Frank Raymond""".split()
_FAMILY = """Anderson Baker Bennett Brooks Bryant Butler Campbell Carter Castillo Clark Coleman Cooper Cruz Diaz Edwards
Ellis Evans Fisher Flores Ford Foster Freeman Gibson Gomez Graham Grant Gray Green Griffin Hall Hamilton Harris Hayes
Henderson Hill Howard Hughes Hunter Jackson Jenkins Jordan Kelly Kim King Lee Lewis Long Lopez Marshall Martinez Mason
McDonald Miller Mitchell Morgan Morris Murphy Murray Myers Nelson Nguyen Ortiz Owens Parker Patterson Perez Perry
Peterson Phillips Powell Price Ramirez Reed Reyes Reynolds Richardson Rivera Roberts Robinson Rogers Ross Russell
Sanchez Sanders Scott Shaw Simmons Simpson Singh Stewart Stone Sullivan Taylor Thompson Torres Tran Tucker Turner
Wagner Walker Wallace Ward Washington Watson Webb Wells West White Wood Wright Young""".split()
_STREETS = """Maple Oak Cedar Elm Walnut Chestnut Birch Sycamore Willow Spruce Hickory Linden Poplar Ash Magnolia Main
Church High Spring Park Washington Franklin Jefferson Lincoln Madison Monroe""".split()
_CITIES = (("Columbus", "43215"), ("Columbus", "43214"), ("Columbus", "43202"), ("Worthington", "43085"),
           ("Dublin", "43017"), ("Westerville", "43081"), ("Hilliard", "43026"))  # fmt: skip
#: How often a policy carries one of the sandbox payer's scenarios.
_SCENARIOS = {
    "": 82, "HIGHDED": 4, "DEDMET": 3, "NOTCOV": 2, "NOAUTH": 2, "MISSING": 1, "PARTIAL": 2, "UNKNOWN": 1,
    "INACTIVE": 1,    "NOCOPAY": 1, "INTEREST": 1, "TAKEBACK": 1, "UNDERPAY": 1,
}  # fmt: skip
_ENDINGS = ("Street", "Avenue", "Lane", "Court", "Drive", "Road")


@dataclass
class Invented:
    """One patient of the demo: what registration needs, and the cards in the wallet."""

    registration: Registration
    cards: list[Card]
    age: int
    patient_id: str = ""


class Maker:
    """Makes households from a seeded generator; ``today`` anchors the ages."""

    def __init__(self, chance: random.Random, today: date) -> None:
        self._chance = chance
        self._today = today
        self._numbers = iter(range(1001, 10_000))
        self._members = iter(range(1, 10_000))
        self._names: set[tuple[str, str]] = set()

    def households(self, people: int) -> list[Invented]:
        """About ``people`` patients in households of one to four."""
        made: list[Invented] = []
        while len(made) < people:
            made.extend(self._household())
        return made[:people]

    def _household(self) -> list[Invented]:
        chance = self._chance
        family = chance.choice(_FAMILY)
        address, home = self._address(), self._phone()
        head = self._person(family, chance.choices((24, 38, 52, 68, 78), (15, 30, 25, 20, 10))[0], address, home)
        policy = self._policy(head)
        members = [self._invented(head, policy, "self", head)]
        if head.birth_date and head.birth_date.year > self._today.year - 60 and chance.random() < 0.35:
            for _ in range(chance.choice((1, 1, 2))):
                child = self._person(family, chance.randint(1, 14), address, home, spread=1)
                members.append(self._invented(child, policy, "child", head))
        return members

    def _person(self, family: str, around: int, address: Address, home: str, *, spread: int = 7) -> Person:
        chance = self._chance
        sex = chance.choice(("female", "female", "male"))
        given = chance.choice(_FEMALE if sex == "female" else _MALE)
        while (given, family) in self._names:
            given = chance.choice(_FEMALE if sex == "female" else _MALE)
        self._names.add((given, family))
        years = max(1, around + chance.randint(-spread, spread))
        born = self._today - timedelta(days=years * 365 + chance.randint(1, 364))
        grown = years >= 18
        return Person(
            family=family,
            given=given,
            middle=chance.choice("ABCDEFGHJKLMNPRSTW") if chance.random() < 0.4 else "",
            birth_date=born,
            sex=sex,
            phone_mobile=self._phone() if grown else "",
            phone_home=home if chance.random() < 0.5 or not grown else "",
            email=f"{given}.{family}{born:%y}@example.com".lower() if grown and chance.random() < 0.7 else "",
            address=address,
            language="es" if family in ("Castillo", "Flores", "Lopez", "Ramirez") and chance.random() < 0.5 else "en",
        )

    def _address(self) -> Address:
        chance = self._chance
        city, code = chance.choice(_CITIES)
        line = f"{chance.randint(100, 2999)} {chance.choice(_STREETS)} {chance.choice(_ENDINGS)}"
        return Address(line1=line, city=city, state="OH", postal_code=code)

    def _phone(self) -> str:
        # 555-01xx is reserved for fiction, so no call reaches anybody; the area codes are Ohio's.
        number = next(self._numbers)
        return f"{self._chance.choice((614, 380, 740, 937, 513))}55501{number % 100:02d}"

    def _policy(self, head: Person) -> Card | None:
        """The head's card, or None for a household without insurance."""
        chance = self._chance
        years = self._today.year - (head.birth_date or self._today).year
        if years < 65 and chance.random() < 0.06:
            return None
        elderly = years >= 66
        payer = chance.choice([one for one in directory.payers() if (one.filing == "MB") == elderly])
        plan = chance.choice(directory.plans(payer.id))
        scenario = chance.choices(tuple(_SCENARIOS), tuple(_SCENARIOS.values()))[0]
        return Card(
            payer_id=payer.id,
            rank=1,
            member_id=directory.member_id(payer.id, plan.id, next(self._members), scenario),
            group_number=f"G{chance.randint(10000, 99999)}" if payer.filing in ("12", "HM", "CI", "BL") else "",
            plan_name=plan.name.title().replace("Hdhp", "HDHP").replace("Hmo", "HMO"),
            relationship="self",
            subscriber=None,
            effective=date(self._today.year - 2, 1, 1),
            ends=None,
            printed_copay=plan.copay or None,
        )

    def _invented(self, person: Person, policy: Card | None, relationship: str, head: Person) -> Invented:
        cards = []
        if policy is not None:
            own = relationship == "self"
            cards = [replace(policy, relationship=relationship, subscriber=None if own else head)]
        guarantor = Guarantor("self", None) if relationship == "self" else Guarantor("parent", head)
        contact = (
            Contact(f"{head.given} {head.family}", "parent", head.phone_mobile) if relationship != "self" else None
        )
        registration = Registration(person=person, contacts=[contact] if contact else [], guarantor=guarantor)
        return Invented(registration, cards, self._today.year - (person.birth_date or self._today).year)
