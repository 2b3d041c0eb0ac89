"""Reading an 837P: bytes in, typed claims out, one claim at a time where the file is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar, cast

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.claim_837p.lines import read_attachments, read_line
from chartdesk.standards.x12.claim_837p.model import (
    Accident,
    BillingProvider,
    Claim,
    ClaimSet,
    Interchange837P,
    Note,
    OtherPayer,
    Patient,
    Payer,
    Receiver,
    Submitter,
    Subscriber,
)
from chartdesk.standards.x12.envelope import Envelope, whole
from chartdesk.standards.x12.guides import CLAIM_837P
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.parties import Address, Dated, Party
from chartdesk.standards.x12.party_segments import (
    contact_segment,
    take_address,
    take_adjustments,
    take_party,
    take_references,
    whole_party,
)
from chartdesk.standards.x12.placing import loops
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, dated_of, day_at, dollars_at, moment_at, span_at

T = TypeVar("T")

_PROVIDER_LOOPS = ("2310A", "2310B", "2310C", "2310D")


def read(source: Source) -> list[Interchange837P]:
    """Every group of professional claims in the file. Raises Invalid where it cannot be read, or holds
    none."""
    found: list[Interchange837P] = []
    for transaction in of_guide(source, CLAIM_837P):
        reader = SetReader(transaction, CLAIM_837P, read_claim)
        read_claims = list(reader.claims())
        reader.header.claims = read_claims
        if not found or found[-1].envelope != transaction.envelope:
            found.append(Interchange837P(envelope=transaction.envelope, sets=[]))
        found[-1].sets.append(reader.header)
    return found


def claims(source: Source) -> Iterator[tuple[Envelope, ClaimSet, Claim]]:
    """Claim by claim with its envelope and set header (whose own list stays empty), for long files."""
    for transaction in of_guide(source, CLAIM_837P):
        reader = SetReader(transaction, CLAIM_837P, read_claim)
        for claim in reader.claims():
            yield transaction.envelope, reader.header, claim


class Below(Protocol):
    """A claim of either kind: it takes the levels above it."""

    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient: Patient | None


C = TypeVar("C", bound=Below)


class SetReader(Generic[C]):
    """Reads one ST of claims, professional or institutional: ``read_one`` reads a loop 2300 of theirs. The levels
    above a claim are read once and shared by the claims below them."""

    def __init__(self, transaction: Transaction, guide: Guide, read_one: Callable[[Loop], C]) -> None:
        self.transaction, self.guide, self.read_one = transaction, guide, read_one
        self.header = ClaimSet(
            submitter=Submitter(name="", id="", contacts=[]),
            receiver=Receiver(name="", id=""),
            claims=[],
            reference="",
            control=transaction.control,
            version=transaction.version,
        )
        self._levels: dict[str, tuple[Loop, object]] = {}

    def claims(self) -> Iterator[C]:
        """The claims in file order; ``header`` is complete once the first has come, or all have."""
        for loop in loops(self.guide, self.transaction.body, self.guide.cut):
            if loop.id == "ST":
                self._once("ST", loop, self._read_header)
                return
            if loop.id != "2300":
                continue
            root = loop.above("ST")
            assert root is not None
            self._once("ST", root, self._read_header)
            yield self._claim(loop)

    def _once(self, id: str, loop: Loop, make: Callable[[Loop], T]) -> T:
        """What ``make`` made of that loop, made once."""
        held = self._levels.get(id)
        if held is None or held[0] is not loop:
            held = (loop, make(loop))
            self._levels[id] = held
        return cast(T, held[1])

    def _read_header(self, root: Loop) -> ClaimSet:
        begin, header = root.first("BHT") or Segment(["BHT"]), self.header
        header.purpose, header.reference, header.kind = begin[2], begin[3], begin[6]
        header.created = moment_at(begin, 4, 5)
        sender = take_party(Taking(root.one("1000A")))
        header.submitter = Submitter(
            name=sender.last,
            first=sender.first,
            middle=sender.middle,
            person=sender.person,
            id=sender.id,
            contacts=sender.contacts,
        )
        receiver = take_party(Taking(root.one("1000B")))
        header.receiver = Receiver(name=receiver.last, id=receiver.id)
        return header

    def _claim(self, loop: Loop) -> C:
        level = loop.above("2000B")
        if level is None or level.parent is None:
            clm = loop.segments[0]
            raise Invalid(
                f"Claim {clm[1]} (segment {clm.number}) stands under no subscriber.",
                where=f"segment {clm.number}",
                cure="Ask the sender to mend the HL levels before it.",
            )
        below = loop.above("2000C")
        subscriber, payer = self._once("2000B", level, read_subscriber)
        claim = self.read_one(loop)
        claim.billing = self._once("2000A", level.parent, read_billing)
        claim.subscriber, claim.payer = subscriber, payer
        claim.patient = self._once("2000C", below, read_patient) if below is not None else None
        return claim


def read_billing(loop: Loop) -> BillingProvider:
    """The billing provider of a 2000A loop, and where to pay."""
    taking = Taking(loop)
    level, specialty = taking.one("HL"), taking.one("PRV")
    inner = taking.inner("2010AA")
    pay_to = taking.inner("2010AB")
    kind = pay_to.one("NM1")
    tax = inner.one("REF", "EI", "SY")
    party = take_party(inner)
    taking.each("2000B")
    return BillingProvider(
        name=party.last,
        first=party.first,
        middle=party.middle,
        suffix=party.suffix,
        person=party.person,
        npi=party.id,
        tax_id=tax[2],
        tax_id_kind=tax[1] or "EI",
        address=party.address or Address(),
        taxonomy=specialty[3],
        contacts=party.contacts,
        references=party.references,
        pay_to=take_address(pay_to),
        pay_to_person=kind[2] == "1",
        hl=whole(level[1]),
        extras=taking.rest(inner, pay_to),
    )


def read_subscriber(loop: Loop) -> tuple[Subscriber, Payer]:
    """The subscriber of a 2000B loop and the payer the claims below it go to."""
    taking = Taking(loop)
    level, cover = taking.one("HL"), taking.one("SBR")
    name, payer = taking.inner("2010BA"), taking.inner("2010BB")
    party, birth = take_party(name), name.one("DMG")
    taking.each("2300", "2000C")
    read_payer_of = read_payer(payer)
    subscriber = Subscriber(
        sequence=cover[1],
        relationship=cover[2],
        group_number=cover[3],
        group_name=cover[4],
        insurance_type=cover[5],
        filing_indicator=cover[9],
        last=party.last,
        first=party.first,
        middle=party.middle,
        suffix=party.suffix,
        person=party.person,
        member_id=party.id,
        member_id_qualifier=party.id_qualifier,
        address=party.address,
        birth=day_at(birth, 2),
        gender=birth[3],
        references=party.references,
        hl=whole(level[1]),
        extras=[*_contacts(name.loop.id if name.loop else "", party), *taking.rest(name)],
    )
    return subscriber, read_payer_of


def _contacts(id: str, party: Party) -> list[Segment | Loop]:
    """A contact of a subscriber or patient (property and casualty) has no field; it travels as it came."""
    return [Loop(id, [contact_segment(one) for one in party.contacts])] if party.contacts else []


def read_patient(loop: Loop) -> Patient:
    """The patient of a 2000C loop."""
    taking = Taking(loop)
    level, relation = taking.one("HL"), taking.one("PAT")
    name = taking.inner("2010CA")
    party, birth = take_party(name), name.one("DMG")
    taking.each("2300")
    return Patient(
        last=party.last,
        first=party.first,
        middle=party.middle,
        suffix=party.suffix,
        relationship=relation[1],
        address=party.address,
        birth=day_at(birth, 2),
        gender=birth[3],
        references=party.references,
        hl=whole(level[1]),
        extras=[*_contacts("2010CA", party), *taking.rest(name)],
    )


def read_payer(taking: Taking) -> Payer:
    """The payer of a 2010BB or 2330B loop."""
    party = take_party(taking)
    return Payer(
        name=party.last,
        id=party.id,
        id_qualifier=party.id_qualifier,
        address=party.address,
        references=party.references,
        extras=taking.rest(),
    )


def read_claim(loop: Loop) -> Claim:
    """A 2300 loop as a claim; its billing provider, subscriber and payer are still blank."""
    taking = Taking(loop)
    clm = taking.one("CLM")
    dates = [dated_of(one) for one in taking.every("DTP")]
    claim = Claim(
        pcn=clm[1],
        total=dollars_at(clm, 2),
        billing=BillingProvider(name="", npi="", tax_id="", address=Address()),
        subscriber=Subscriber(last="", member_id=""),
        payer=Payer(name="", id=""),
        place_of_service=clm.part(5, 1),
        frequency=clm.part(5, 3),
        signature=clm[6] == "Y",
        assignment=clm[7],
        benefits_assigned=clm[8],
        release=clm[9],
        signature_source=clm[10],
        special_program=clm[12],
        delay_reason=clm[20],
        diagnoses=[],
        lines=[read_line(one) for one in taking.each("2400")],
        attachments=read_attachments(taking),
        patient_paid=amount_at(taking.one("AMT", "F5"), 2),
        referral_number=taking.one("REF", "9F")[2],
        prior_authorization=taking.one("REF", "G1")[2],
        payer_claim_number=taking.one("REF", "F8")[2],
        references=take_references(taking),
        notes=[Note(kind=one[1], text=one[2]) for one in taking.every("NTE")],
        providers=[(one.segments[0][1], whole_party(one)) for one in taking.each(*_PROVIDER_LOOPS)],
        other_payers=[read_other_payer(one) for one in taking.each("2320")],
    )
    _read_accident(claim, clm, dates)
    _read_health_codes(claim, taking)
    claim.extras = taking.rest()
    return claim


def _read_accident(claim: Claim, clm: Segment, dates: list[Dated]) -> None:
    happened = next((one.start for one in dates if one.qualifier == "439"), None)
    causes = [one for one in clm.parts(11)[:2] if one]
    if causes:
        claim.accident = Accident(causes=causes, day=happened, state=clm.part(11, 4), country=clm.part(11, 5))
        dates = [one for one in dates if one.qualifier != "439"]
    claim.dates = dates


def _read_health_codes(claim: Claim, taking: Taking) -> None:
    for one in list(taking.segments):
        kind = one.part(1, 1)
        if one.tag != "HI" or kind not in ("ABK", "BK", "BG"):
            continue
        taking.segments = [other for other in taking.segments if other is not one]
        codes = [one.part(n, 2) for n in range(1, len(one.elements)) if one[n]]
        if kind == "BG":
            claim.condition_codes += codes
        else:
            claim.diagnoses = codes
            claim.icd_version = "10" if kind == "ABK" else "9"


def read_other_payer(loop: Loop) -> OtherPayer:
    """Loop 2320: another payer, and what it decided."""
    taking = Taking(loop)
    cover, insurance = taking.one("SBR"), taking.one("OI")
    name, payer = taking.inner("2330A"), taking.inner("2330B")
    decided = payer.one("DTP", "573")
    payer_claim_number = payer.one("REF", "F8")[2]
    return OtherPayer(
        sequence=cover[1],
        relationship=cover[2],
        group_number=cover[3],
        group_name=cover[4],
        insurance_type=cover[5],
        filing_indicator=cover[9],
        adjustments=take_adjustments(taking),
        paid=amount_at(taking.one("AMT", "D"), 2),
        remaining=amount_at(taking.one("AMT", "EAF"), 2),
        noncovered=amount_at(taking.one("AMT", "A8"), 2),
        benefits_assigned=insurance[3],
        signature_source=insurance[4],
        release=insurance[6],
        adjudicated=span_at(decided, 2, 3)[0] if decided.tag else None,
        payer_claim_number=payer_claim_number,
        subscriber=take_party(name),
        payer=read_payer(payer),
        extras=taking.rest(name),
    )
