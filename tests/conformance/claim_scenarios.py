"""Claims built from the rows of a practice, one for each shape that an 837P can take.

What needs Django is imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec

NOW = datetime(2026, 3, 16, 15, tzinfo=UTC)
DAY = date(2026, 3, 2)
#: Billable codes, as many as a claim holds.
TWELVE = ["J02.0", "I10", "R05.1", "N39.0", "K21.9", "F41.1", "E11.9", "R11.0", "R53.83", "R42", "R35.0", "R07.0"]
_numbers = itertools.count(1)
_CENT = Decimal("0.01")

#: (code, modifiers, units, pointers), and the day where it is another than the visit's
VISIT = [("99213", ["25"], 1, [1]), ("87880", ["QW"], 1, [1])]


class Scenarios:
    """The practice, and claims by the name of their shape: name → claim."""

    def __init__(self, place: Any) -> None:
        from chartdesk.record.access.models import Practice

        Practice.objects.filter(pk=place.practice.pk).update(settings={"edi_sender": "CHARTDESK", "auto_submit": False})
        self.place, self.subject = place, place.subject("conformance")
        self.claims: dict[str, int] = {}
        #: Those that go into an 837I.
        self.facility: set[str] = set()

    def make(self) -> None:
        """Build every claim."""
        self.subscribers()
        self.sites_and_lines()
        self.payers()
        self.corrections()
        self.later_payers()
        self.numbered_and_spread()
        self.denied_before()
        self.disabled()
        self.circumstances()
        self.casualty()
        self.facilities()

    def subscribers(self) -> None:
        """The patient is the subscriber, a child, a spouse, somebody else; names with letters beyond ASCII."""
        self._add("self", self._bill(self._patient("NPHP1")))
        for relationship, payer in (("child", "BLUE3"), ("spouse", "GRAN6"), ("other", "CASC2")):
            self._add(relationship, self._bill(self._patient(payer, relationship=relationship)))
        self._add("letters", self._bill(self._patient("NPHP1", family="Núñez-O'Brien", given="Zoë")))

    def sites_and_lines(self) -> None:
        """The second site as the place of service; as many lines and diagnoses as a claim holds; units."""
        patient = self._patient("CASC2")
        self._add("second_site", self._bill(patient, site=str(self.place.sites[1])))
        whole = [("99214", ["25", "59", "76", "LT"], 1, [1, 2, 3, 4])]
        whole += [("96127", ["59"] if n % 2 else ["76"], 1 + n % 3, [1 + n % 12]) for n in range(2)]
        whole += [("J1885", [], Decimal("2.5"), [5, 6]), ("36415", [], 1, [12])]
        self._add("full", self._bill(self._patient("NPHP1"), whole, TWELVE))
        many = [("96127", [f"{letter}{n}"], 1, [1]) for letter in "ABCDE" for n in range(10)]
        self._add("fifty_lines", self._bill(self._patient("MCD77"), many))
        self._add("telehealth", self._bill(self._patient("BLUE3"), [("99213", ["95"], 1, [1])], place="10"))

    def payers(self) -> None:
        """A claim to each payer of the sandbox."""
        from chartdesk.exchange.sandbox import directory

        for payer in directory.payers():
            self._add(f"payer_{payer.id}", self._bill(self._patient(payer.id)))

    def numbered_and_spread(self) -> None:
        """Behind an authorization and a referral that the payer gave; lines of other days than the visit's."""
        from chartdesk.pms.authorizations import commands
        from chartdesk.pms.coverage import queries

        patient = self._patient("NPHP1")
        policy = queries.coverages(self.subject, patient)[0].coverage_id
        for kind, number in (("authorization", "AUTH7001"), ("referral", "REF8002")):
            commands.enter(self.subject, policy, commands.Entered(number, DAY, date(2026, 6, 30), 5, kind=kind))
        self._add("authorized", self._bill(patient))
        days = [("99213", [], 1, [1], DAY), ("96127", [], 1, [2], date(2026, 3, 3)), ("36415", [], 1, [1], DAY)]
        self._add("days", self._bill(self._patient("GRAN6"), days))

    def corrections(self) -> None:
        """A replacement and a void of a paid claim."""
        from chartdesk.pms.claims import commands

        for name, correct in (("replacement", commands.replace), ("void", commands.void)):
            first = self._build(self._bill(self._patient("NPHP1")))
            commands.submit(self.subject, [first])
            commands.note_outcome(self.subject, first, "paid", "Paid.", payer_claim_number="ICN0001")
            self.claims[name] = correct(self.subject, first)

    def later_payers(self) -> None:
        """Behind a payer that decided line by line, one that decided as a whole, and Medicare; a third payer."""
        for name, payers, by_line in (
            ("secondary", ("NPHP1", "BLUE3"), True),
            ("secondary_whole", ("NPHP1", "GRAN6"), False),
            ("secondary_medicare", ("BLUE3", "MCR05"), True),
            ("tertiary", ("NPHP1", "BLUE3", "MCD77"), True),
        ):
            bill = self._bill(self._patient(*payers))
            prior: tuple[Any, ...] = ()
            for rank in range(1, len(payers)):
                prior += (self._decided(self._build(bill, rank, prior), by_line, Decimal("0.4") / rank),)
            self._add(name, bill, len(payers), prior)

    def denied_before(self) -> None:
        """Behind a payer that paid one line and denied the other."""
        from chartdesk.pms.claims.content import Adjusted, PriorLine

        bill = self._bill(self._patient("NPHP1", "BLUE3"))
        said = self._decided(self._build(bill), True, Decimal("0.4"))
        last = said.lines[-1]
        whole = last.paid + sum((one.amount for one in last.adjustments), Decimal(0))
        denied = PriorLine(last.charge_line, Decimal("0.00"), (Adjusted("PR", "204", whole),))
        lines = (*said.lines[:-1], denied)
        paid = sum((one.paid for one in lines), Decimal(0))
        self._add("secondary_denied", bill, 2, (msgspec.structs.replace(said, lines=lines, paid=paid),))

    def disabled(self) -> None:
        """Medicare behind a large employer's plan, for another reason than the usual one."""
        bill = self._bill(self._patient("BLUE3", "MCR05", second="43"))
        prior = self._decided(self._build(bill), True, Decimal("0.4"))
        self._add("medicare_disabled", bill, 2, (prior,))

    def circumstances(self) -> None:
        """Why the patient came: accidents, dates of illness and hospital, who referred, ordered and supervised."""
        from chartdesk.pms.charges.circumstances import Circumstances
        from chartdesk.pms.claims import attachments
        from chartdesk.pms.coverage import commands as coverage
        from chartdesk.pms.registration.named import Named

        before, reed = date(2026, 2, 27), Named("Okafor", "Ngozi", "1993999998", "OH35071234")
        reader, chief = Named("Reader", "Rae", "1104999994"), Named("Chief", "Cal", "1003999996")
        details = coverage.PayerDetails(
            "WCI09",
            "State Compensation Fund",
            "WC",
            line1="1 Fund Way",
            city="Columbus",
            state="OH",
            postal_code="43215",
        )
        coverage.add_payer(self.subject, details)
        coverage.add_coverage(self.subject, (hurt := self._patient()), coverage.Card("WCI09", 1, "WC123456789"))
        for name, patient, said, codes, place in (
            ("accident_auto", self._patient("NPHP1"), Circumstances(("auto",), before, "OH"), ["S93.401A"], "11"),
            ("accident_work", hurt, Circumstances(("employment",), before, unable_from=DAY), ["S93.401A"], "11"),
            ("accident_other", self._patient("BLUE3"), Circumstances(("other",), before), ["S93.401A"], "11"),
            ("illness", self._patient("GRAN6"), Circumstances(
                ("none",), onset=before, last_period=date(2026, 1, 3), first_treated=before,
                unable_from=before, unable_to=date(2026, 3, 9)), ["J02.0"], "11"),
            ("hospital", self._patient("MCR05"), Circumstances(
                admitted=before, discharged=date(2026, 3, 6), referring=reed), ["J02.0"], "21"),
            ("named", self._patient("NPHP1"), Circumstances(
                referring=reed, ordering=reader, supervising=chief), ["J02.0"], "11"),
        ):  # fmt: skip
            bill = self._bill(patient, diagnoses=codes, place=place, said=said, lines=[
                ("99213", ["25"], 1, [1]), ("87880", ["QW"], 1, [1]),
            ])  # fmt: skip
            self._add(name, bill)
        bill = self._bill(self._patient("BLUE3"))
        for way, report, file in (
            ("EL", "09", b"%PDF-1.4 note"),
            ("BM", "RB", b"%PDF-1.4 film"),
            ("AA", "OB", b"%PDF"),
        ):
            attachments.attach(self.subject, bill, attachments.Given(f"{report}.pdf", file, report, way))
        self._add("documents", bill)
        bill = self._bill(self._patient("BLUE3"))
        for way, line in (("BM", "99213 25"), ("EL", "87880 QW"), ("EL", "")):
            given = attachments.Given("09.pdf", b"%PDF-1.4 note", "09", way, line=line)
            attachments.attach(self.subject, bill, given)
        self._add("document_of_line", bill)

    def casualty(self) -> None:
        """The number of the case at the insurer of work and of a car, with the patient as insured person and not."""
        from chartdesk.pms.charges.circumstances import Circumstances
        from chartdesk.pms.coverage import commands as coverage

        before = date(2026, 2, 27)
        details = coverage.PayerDetails(
            "AUTO7", "Motor Mutual", "AM", line1="7 Road", city="Columbus", state="OH", postal_code="43215"
        )
        coverage.add_payer(self.subject, details)
        home = self._home()
        for name, payer, relationship, causes in (
            ("casualty_work", "WCI09", "self", ("employment",)),
            ("casualty_auto", "AUTO7", "child", ("auto",)),
        ):
            patient, parent = self._patient(), self._person("Holder", home)
            card = coverage.Card(
                payer,
                1,
                "WC123456789",
                relationship=relationship,
                subscriber=None if relationship == "self" else parent,
            )
            coverage.add_coverage(self.subject, patient, card)
            state = "OH" if "auto" in causes else ""
            said = Circumstances(causes, before, state, claim_number="2026-0042/A")
            self._add(name, self._bill(patient, diagnoses=["S93.401A"], said=said))

    def facilities(self) -> None:
        """A clinic that bills on the UB-04: a rural health clinic, a department of a hospital, and a stay."""
        from chartdesk.kit import clock
        from chartdesk.kit.transactions import transaction
        from chartdesk.pms.charges.circumstances import Circumstances
        from chartdesk.pms.claims import attachments
        from chartdesk.pms.registration.named import Named
        from chartdesk.pms.splits import queries
        from chartdesk.pms.splits.models import SplitVersion
        from chartdesk.pms.splits.rules import Rule

        said = (
            Rule("rhc", "Rural health clinic", "institutional", places=("72",), bill_type="71", revenue="0521"),
            Rule("ward", "Stays", "institutional", places=("61",), bill_type="11"),
            Rule("department", "Department", "institutional", places=("22",), bill_type="13"),
        )
        content = msgspec.to_builtins((*said, *queries.on(self.subject, DAY)))
        with transaction(self.subject):
            SplitVersion.objects.create(
                practice=self.subject.practice, number=99, state="live", effective=DAY, made_by="office",
                made_at=clock.now(), live_at=clock.now(), content=content,
            )  # fmt: skip
        before, seen = date(2026, 2, 27), len(self.claims)
        clinic = [("99213", ["CG"], 1, [1], None), ("36415", [], 1, [1], None), ("90471", [], 1, [2], None)]
        self._add("clinic", self._bill(self._patient("MCR05"), clinic, TWELVE[:3], place="72"))
        hurt = Circumstances(
            ("auto",), before, "NY", onset=before, attending=Named("Okafor", "Ngozi", "1993999998"),
            admission_type="1", admission_source="1", referring=Named("Reader", "Rae", "1104999994"),
        )  # fmt: skip
        codes = ["S93.401A", "I10", "V43.52XA", "Y92.411"]
        bill = self._bill(self._patient("BLUE3"), diagnoses=codes, place="22", said=hurt, site=str(self.place.sites[1]))
        way = attachments.Given("09.pdf", b"%PDF-1.4 note", "09", "EL", line="87880 QW")
        attachments.attach(self.subject, bill, way)
        self._add("department", bill)
        stay = Circumstances(
            admitted=DAY, discharged=date(2026, 3, 6), admission_type="3", admission_source="2", patient_status="06",
            admitted_at="0815", discharged_at="1130",
        )  # fmt: skip
        self._add("stay", self._bill(self._patient("GRAN6", relationship="spouse"), place="61", said=stay))
        bill = self._bill(self._patient("BLUE3", "MCR05", second="43"), clinic, place="72")
        self._add("clinic_secondary", bill, 2, (self._decided(self._build(bill), True, Decimal("0.4")),))
        self.facility = {*list(self.claims)[seen:]}

    def _add(self, name: str, bill: int, rank: int = 1, prior: tuple[Any, ...] = ()) -> None:
        self.claims[name] = self._build(bill, rank, prior)

    def _build(self, bill: int, rank: int = 1, prior: tuple[Any, ...] = ()) -> int:
        from chartdesk.pms.claims import commands

        number = commands.build(self.subject, bill, rank=rank, prior=prior)
        faults = [one for one in commands.scrub(self.subject, number) if one.severity == "error"]
        assert faults == []
        return number

    def _decided(self, claim: int, by_line: bool, share: Decimal) -> Any:
        """The payer of a claim paid ``share`` of it, wrote half off, and left the rest to the patient."""
        from chartdesk.pms.claims import queries
        from chartdesk.pms.claims.content import Adjusted, Prior, PriorLine

        content = queries.claim(self.subject, claim).content

        def split(charge: Decimal) -> tuple[Decimal, tuple[Adjusted, ...]]:
            paid, off = (charge * share).quantize(_CENT), (charge / 2).quantize(_CENT)
            return paid, (Adjusted("CO", "45", off), Adjusted("PR", "2", charge - paid - off))

        lines = tuple(PriorLine(line.charge_line, *split(line.amount)) for line in content.lines)
        paid, whole = split(content.total)
        if by_line:
            paid = sum((line.paid for line in lines), Decimal(0))
        return Prior(
            rank=content.rank, payer=content.payer, insured=content.insured, paid=paid, adjudicated=date(2026, 3, 12),
            payer_claim_number=f"ICN{content.rank}", adjustments=() if by_line else whole,
            lines=lines if by_line else (),
        )  # fmt: skip

    def _patient(
        self, *payers: str, relationship: str = "self", family: str = "", given: str = "Robin", second: str = ""
    ) -> str:
        from chartdesk.exchange.sandbox import directory
        from chartdesk.pms.coverage import commands as coverage
        from chartdesk.pms.registration.commands import register
        from chartdesk.pms.registration.people import Guarantor, Person, Registration

        number, home = next(_numbers), self._home()
        person = Person(
            family=family or "Marlow", given=given, middle="Lee", suffix="Jr", sex="female",
            birth_date=date(1980, 1 + number % 12, 3), address=home,
        )  # fmt: skip
        made = register(self.subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        parent = self._person("Holder", home)
        for rank, payer in enumerate(payers, start=1):
            plan = directory.plans(payer)[0]
            card = coverage.Card(
                payer, rank, directory.member_id(payer, plan.id, 100 + number % 7), f"GRP{rank}", plan.name,
                relationship=relationship, subscriber=None if relationship == "self" else parent,
                medicare_second=second if rank > 1 else "",
            )  # fmt: skip
            coverage.add_coverage(self.subject, made.patient_id, card)
        return made.patient_id

    def _home(self) -> Any:
        from chartdesk.pms.registration.people import Address

        return Address("12 Elm Street", "Apt 4", "Columbus", "OH", "43215")

    def _person(self, family: str, home: Any) -> Any:
        from chartdesk.pms.registration.people import Person

        return Person(family=family, given="Pat", birth_date=date(1955, 5, 5), sex="male", address=home)

    def _bill(
        self,
        patient: str,
        lines: Sequence[tuple[Any, ...]] = tuple(VISIT),
        diagnoses: Sequence[str] = ("J02.0", "R05.1"),
        *,
        site: str = "",
        place: str = "11",
        said: Any = None,
    ) -> int:
        from chartdesk.pms.charges import commands as charges
        from chartdesk.pms.charges import stating

        bill = charges.capture(
            self.subject,
            charges.EncounterCharges(
                source_id=f"scenario-{next(_numbers)}", encounter_id="", appointment_id="", patient_id=patient,
                practitioner=self.place.practitioners[0], service_date=DAY, place_of_service=place, site=site,
                signed_at=NOW, minutes=20, diagnoses=list(diagnoses),
                procedures=[
                    charges.Procedure(
                        code, modifiers, Decimal(units), pointers, service_date=day[0] if day else None
                    )
                    for code, modifiers, units, pointers, *day in lines
                ],
            ),
        )  # fmt: skip
        if said is not None:
            stating.state(self.subject, bill, said)
        charges.approve(self.subject, bill)
        return bill


def comparable(content: bytes) -> str:
    """A file of one claim with a segment a line, and its numbers in the order in which they come."""
    seen: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        return seen.setdefault(found[0], f"NUMBER{len(seen) + 1}")

    return re.sub(r"\bC\d{7}(-\d+)?\b|\bA\d+-\d{7}\b", renamed, content.decode().replace("~", "~\n"))
