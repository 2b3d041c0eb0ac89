"""Reading a 271: bytes in, one answer a patient out."""

from __future__ import annotations

from collections.abc import Iterator

from chartdesk.standards.x12.eligibility_271.model import Benefit, Delivery, Limit, Refusal, Response
from chartdesk.standards.x12.eligibility_people import take_insured, trace_of
from chartdesk.standards.x12.guides import ELIGIBILITY_271
from chartdesk.standards.x12.party_segments import reference_of, take_party
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.taking import Taking, left_over
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, dated_of, decimal_at, modifiers_at, moment_at


def read(source: Source) -> list[Response]:
    """Every answer of the file: one a patient, or one for the whole where the payer refused before that.

    Raises Invalid where the file cannot be read, or is no 271.
    """
    return [one for found in of_guide(source, ELIGIBILITY_271) for one in _responses(found)]


def _responses(transaction: Transaction) -> Iterator[Response]:
    root = tree(ELIGIBILITY_271, transaction.body)
    begin = root.first("BHT") or Segment(["BHT"])
    for source in root.inner("2000A"):
        for receiver in source.inner("2000B") or [Loop("2000B")]:
            for level, below in _patients(receiver):
                yield _response(transaction, begin, (source, receiver, level, below))


def _patients(receiver: Loop) -> Iterator[tuple[Loop | None, Loop | None]]:
    """Each patient's subscriber level and, for a dependent, their own level."""
    if not receiver.inner("2000C"):
        yield None, None
    for level in receiver.inner("2000C"):
        dependents = level.inner("2000D")
        name = level.one("2100C")
        spoken_of = name is not None and (name.inner("2110C") or name.every("AAA"))
        if not dependents or spoken_of:
            yield level, None
        for below in dependents:
            yield level, below


def _response(
    transaction: Transaction, begin: Segment, levels: tuple[Loop, Loop, Loop | None, Loop | None]
) -> Response:
    source_level, receiver_level, level, below = levels
    top_source, source = Taking(source_level), Taking(source_level.one("2100A"))
    receiver = Taking(receiver_level.one("2100B"))
    top, top_name = Taking(level), Taking(level.one("2100C") if level else None)
    low, low_name = Taking(below), Taking(below.one("2100D") if below else None)
    leaf, leaf_name = (low, low_name) if below is not None else (top, top_name)
    if below is not None and top_name.loop is not None:
        top_name.each("2110C")
    refusals = [
        one
        for taking in (top_source, source, receiver, top_name, low_name)
        for one in _refusals(taking, taking.loop.id if taking.loop else "")
    ]
    made = Response(
        source_role=_role(source, "PR"),
        receiver_role=_role(receiver, "1P"),
        source=take_party(source),
        receiver=take_party(receiver),
        subscriber=take_insured(top_name) if top_name.loop is not None else None,
        dependent=take_insured(low_name) if below is not None else None,
        traces=[trace_of(one) for one in leaf.every("TRN")],
        refusals=refusals,
        dates=[dated_of(one) for one in leaf_name.every("DTP")],
        benefits=[_benefit(one) for one in leaf_name.each("2110C", "2110D")],
        reference=begin[3],
        purpose=begin[2],
        control=transaction.control,
        created=moment_at(begin, 4, 5),
        envelope=transaction.envelope,
    )
    for taking in (top_source, top, low):
        taking.one("HL")
        taking.each("2100A", "2000B", "2100C", "2000D", "2100D")
    made.extras = left_over(top_source, source, receiver, top, top_name, low, low_name)
    return made


def _role(taking: Taking, usual: str) -> str:
    return taking.segments[0][1] if taking.segments else usual


def _refusals(taking: Taking, level: str) -> list[Refusal]:
    return [Refusal(valid=one[1] == "Y", reason=one[3], follow_up=one[4], level=level) for one in taking.every("AAA")]


def _benefit(loop: Loop) -> Benefit:
    taking = Taking(loop)
    eb = taking.one("EB")
    made = Benefit(
        info=eb[1],
        coverage_level=eb[2],
        service_types=eb.repeats(3),
        insurance_type=eb[4],
        plan=eb[5],
        period=eb[6],
        amount=amount_at(eb, 7),
        percent=decimal_at(eb, 8),
        quantity_qualifier=eb[9],
        quantity=decimal_at(eb, 10),
        authorization=eb[11],
        in_network=eb[12],
        code_qualifier=eb.part(13, 1),
        code=eb.part(13, 2),
        modifiers=modifiers_at(eb, 13),
        pointers=eb.parts(14),
        deliveries=[Delivery(elements=list(one.elements[1:])) for one in taking.every("HSD")],
        references=[reference_of(one) for one in taking.every("REF")],
        dates=[dated_of(one) for one in taking.every("DTP")],
        refusals=_refusals(taking, loop.id),
        messages=[one[1] for one in taking.every("MSG")],
        limits=[_limit(one.segments[0]) for one in taking.each("2115C", "2115D")],
        level=loop.id,
    )
    related = taking.inner(f"LS-2120{loop.id[-1]}")
    made.entities = [(one.segments[0][1], take_party(Taking(one))) for one in related.each(f"2120{loop.id[-1]}")]
    made.extras = taking.rest()
    return made


def _limit(iii: Segment) -> Limit:
    return Limit(qualifier=iii[1], code=iii[2], category=iii[3], text=iii[4])
