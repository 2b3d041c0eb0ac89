"""Reading a 278: bytes in, typed requests or answers out."""

from __future__ import annotations

from typing import Any

from chartdesk.standards.x12.eligibility_people import Insured, take_insured, trace_of
from chartdesk.standards.x12.guides import REVIEW_REQUEST, REVIEW_RESPONSE
from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import take_party, whole_party
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.review_278.model import (
    Decision,
    Quantity,
    Refusal,
    Request,
    Response,
    Review,
    Service,
)
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.taking import Taking, left_over
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import amount_at, dated_of, decimal_at, modifiers_at, moment_at, span_at

_VALIDITY = ("102", "036", "007")


def read_requests(source: Source) -> list[Request]:
    """Every request of the file. Raises Invalid where it cannot be read, or holds none."""
    return [_request(one) for one in of_guide(source, REVIEW_REQUEST)]


def read_responses(source: Source) -> list[Response]:
    """Every answer of the file. Raises Invalid where it cannot be read, or holds none."""
    return [_response(one) for one in of_guide(source, REVIEW_RESPONSE)]


class _Levels:
    """The levels of a set, taken apart once: payer, requester, subscriber, dependent, event."""

    def __init__(self, root: Loop) -> None:
        self.refusals: list[Refusal] = []
        self.begin = root.first("BHT") or Segment(["BHT"])
        payer = root.one("2000A")
        requester = payer.one("2000B") if payer else None
        subscriber = requester.one("2000C") if requester else None
        dependent = subscriber.one("2000D") if subscriber else None
        self.top, self.payer = self._level(payer, "2010A", "2000B")
        self.asking, self.requester = self._level(requester, "2010B", "2000C")
        self.high, self.subscriber = self._level(subscriber, "2010C", "2000D", "2000E")
        self.low, self.dependent = self._level(dependent, "2010D", "2000E")
        patient = dependent or subscriber
        self.event = patient.one("2000E") if patient else None

    def _level(self, loop: Loop | None, name: str, *below: str) -> tuple[Taking, Taking]:
        """A level without what stands below it, and its name loop; their refusals are noted."""
        level = Taking(loop)
        level.one("HL")
        named = level.inner(name)
        level.each(*below)
        for taking in (level, named):
            if taking.loop is not None:
                self.refusals += _refusals(taking, taking.loop.id)
        return level, named

    def people(self, transaction: Transaction) -> dict[str, Any]:
        """The fields that a request and an answer have alike."""
        named = self.requester.segments[0] if self.requester.segments else Segment(["NM1"])
        specialty = next((one for one in self.requester.segments if one.tag == "PRV"), Segment(["PRV", "PE"]))
        requester = take_party(self.requester, provider=specialty[1])
        subscriber = take_insured(self.subscriber) if self.subscriber.loop is not None else None
        dependent = take_insured(self.dependent) if self.dependent.loop is not None else None
        found: dict[str, Any] = {
            "payer": take_party(self.payer),
            "requester": requester,
            "requester_role": named[1] or "1P",
            "requester_kind": specialty[1],
            "subscriber": subscriber,
            "dependent": dependent,
            "reference": self.begin[3],
            "kind": self.begin[6],
            "control": transaction.control,
            "created": moment_at(self.begin, 4, 5),
            "envelope": transaction.envelope,
        }
        return found

    def rest(self) -> list[Any]:
        """What nobody took of the levels."""
        levels = (self.top, self.payer, self.asking, self.requester, self.high, self.subscriber)
        return left_over(*levels, self.low, self.dependent)


def _request(transaction: Transaction) -> Request:
    levels = _Levels(tree(REVIEW_REQUEST, transaction.body))
    people = levels.people(transaction)
    people["subscriber"] = people["subscriber"] or Insured(party=Party())
    review = _review(levels.event) if levels.event is not None else Review(reviewed=False)
    return Request(**people, purpose=levels.begin[2], review=review, extras=levels.rest())


def _response(transaction: Transaction) -> Response:
    levels = _Levels(tree(REVIEW_RESPONSE, transaction.body))
    people = levels.people(transaction)
    if levels.requester.loop is None:
        people["requester"] = None
    return Response(
        **people,
        refusals=levels.refusals,
        traces=[trace_of(one) for one in levels.high.every("TRN")],
        review=_review(levels.event) if levels.event is not None else None,
        extras=levels.rest(),
    )


def _refusals(taking: Taking, level: str) -> list[Refusal]:
    return [Refusal(valid=one[1] == "Y", reason=one[3], follow_up=one[4], level=level) for one in taking.every("AAA")]


def _review(loop: Loop) -> Review:
    taking = Taking(loop)
    taking.one("HL")
    um = taking.one("UM")
    review = Review(
        reviewed=bool(um.tag),
        category=um[1],
        certification=um[2],
        service_type=um[3],
        place=um.part(4, 1),
        place_kind=um.part(4, 2) or "B",
        causes=um.parts(5),
        urgency=um[6],
        condition=um[7],
        prognosis=um[8],
        release=um[9],
        delay_reason=um[10],
        diagnoses=_diagnoses(taking),
        providers=[_provider(one) for one in taking.each("2010EA")],
        services=[_service(one) for one in taking.each("2000F")],
    )
    _decided(review, taking, "2000E")
    review.dates = [dated_of(one) for one in taking.every("DTP")]
    review.extras = taking.rest()
    return review


def _diagnoses(taking: Taking) -> list[str]:
    """The codes of HI where it holds plain ICD-10 diagnoses; anything else stays among the extras."""
    found = taking.one("HI", at=1)
    if not found.tag:
        return []
    codes = [found.parts(place) for place in range(1, len(found.elements))]
    kinds = ["ABK", *["ABF"] * (len(codes) - 1)]
    if [one[0] if one else "" for one in codes] != kinds or any(len(one) != 2 for one in codes):
        taking.segments.append(found)
        return []
    return [one[1] for one in codes]


def _provider(loop: Loop) -> tuple[str, Party]:
    return loop.segments[0][1], whole_party(loop)


def _decided(one: Review | Service, taking: Taking, level: str) -> None:
    """What review and service have alike: traces, decision, refusals, numbers, how long it holds, how much."""
    hcr, hsd = taking.one("HCR"), taking.one("HSD")
    one.traces = [trace_of(trn) for trn in taking.every("TRN")]
    one.refusals = _refusals(taking, level)
    if hcr.tag:
        one.decision = Decision(action=hcr[1], number=hcr[2], reasons=hcr.repeats(3), second_opinion=hcr[4])
    one.earlier_authorization = taking.one("REF", "BB")[2]
    one.administrative_number = taking.one("REF", "NT")[2]
    issued, expires, effective = (taking.one("DTP", code) for code in _VALIDITY)
    one.issued = span_at(issued, 2, 3)[0] if issued.tag else None
    one.expires = span_at(expires, 2, 3)[0] if expires.tag else None
    one.effective_from, one.effective_to = span_at(effective, 2, 3) if effective.tag else (None, None)
    if hsd.tag:
        one.quantity = Quantity(kind=hsd[1], count=decimal_at(hsd, 2), pattern=list(hsd.elements[3:]))
    one.message = taking.one("MSG")[1]


def _service(loop: Loop) -> Service:
    taking = Taking(loop)
    taking.one("HL")
    professional, institutional = taking.one("SV1"), taking.one("SV2")
    when = taking.one("DTP", "472")
    start, end = span_at(when, 2, 3) if when.tag else (None, None)
    sent, place = (institutional, 2) if institutional.tag else (professional, 1)
    code = [*sent.parts(place), *[""] * 8]
    service = Service(
        code_qualifier=code[0] or "HC",
        code=code[1],
        modifiers=modifiers_at(sent, place),
        description=code[6],
        code_end=code[7],
        revenue_code=institutional[1],
        charge=amount_at(sent, place + 1),
        unit=sent[place + 2],
        units=decimal_at(sent, place + 3),
        day=start,
        end=end,
        providers=[_provider(one) for one in taking.each("2010FA")],
    )
    _decided(service, taking, "2000F")
    service.extras = taking.rest()
    return service
