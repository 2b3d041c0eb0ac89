"""271 (005010X279A1): what a plan covers, what the patient owes, or why the payer does not say.

Every amount comes from ``rules.toml`` and the member's accumulators, so an estimate made from the answer
can be compared with what the same payer later pays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.acceptance import coverage_end, luhn_npi
from chartdesk.exchange.sandbox.adjudication import Accumulators, deductible_of, remaining
from chartdesk.exchange.sandbox.claims import Person
from chartdesk.exchange.sandbox.denials import Setting
from chartdesk.exchange.sandbox.inquiries import Inquiry
from chartdesk.exchange.sandbox.rulebook import HUNDRED, Payer, Rulebook, member
from chartdesk.exchange.sandbox.wire import Envelope, Repetition, interchange_text, segment_text

VERSION_271 = "005010X279A1"
#: Service types told of besides the one asked for.
COVERED = ("30", "1", "5", "98", "UC")
Used = Callable[[Payer, str, int], Accumulators]


class Reply(msgspec.Struct, frozen=True):
    """The answers to one 270 transaction set."""

    reference: str
    inquiries: tuple[Inquiry, ...]


def benefit_reply(envelope: Envelope, rules: Rulebook, replies: list[Reply], used: Used) -> str:
    """A 271 interchange. ``used`` gives a member's accumulators for a year."""
    sets = [_body(envelope, rules, reply, used) for reply in replies]
    return interchange_text(envelope, "HB", VERSION_271, sets)


def _body(envelope: Envelope, rules: Rulebook, reply: Reply, used: Used) -> list[str]:
    moment = envelope.moment
    body = [segment_text("BHT", "0022", "11", reply.reference, moment, f"{moment:%H%M}")]
    number = 0
    for inquiry in reply.inquiries:
        payer = rules.payer(inquiry.payer_id)
        source = number + 1
        name = payer.name if payer else inquiry.payer_name
        body += [
            segment_text("HL", source, "", "20", 1 if payer else 0),
            segment_text("NM1", "PR", "2", name or "UNKNOWN", "", "", "", "", "PI", inquiry.payer_id),
        ]
        number = source
        if payer is None:
            body.append(_refusal("79", "C"))
            continue
        number += 1
        asker = inquiry.provider
        refused = asker[8] == "XX" and not luhn_npi(asker[9])
        body.append(segment_text("HL", number, source, "21", 0 if refused else 1))
        body.append(segment_text("NM1", *asker.elements))
        if refused:
            body.append(_refusal("43", "C"))
            continue
        reason = _reason(inquiry, payer, moment.date())
        body += _people(inquiry, number, reason)
        number += 2 if inquiry.patient and not reason else 1
        if not reason:
            body += _coverage(inquiry, payer, rules, used, moment.date())
    return body


def _refusal(reason: str, follow_up: str, valid: str = "N") -> str:
    return segment_text("AAA", valid, "", reason, follow_up)


def _people(inquiry: Inquiry, provider: int, reason: tuple[str, ...]) -> Iterator[str]:
    """The levels of the subscriber and the dependent; a refusal ends at the subscriber's."""
    dependent = None if reason else inquiry.patient
    trace = segment_text("TRN", "2", *inquiry.trace.elements[1:]) if inquiry.trace else ""
    yield segment_text("HL", provider + 1, provider, "22", 1 if dependent else 0)
    if trace and not dependent:
        yield trace
    yield from _named("IL", inquiry.insured, inquiry.member_id, reason)
    if dependent:
        yield segment_text("HL", provider + 2, provider + 1, "23", 0)
        if trace:
            yield trace
        yield from _named("03", dependent, "", ())


def _named(role: str, person: Person, member_id: str, reason: tuple[str, ...]) -> Iterator[str]:
    identified = ("MI", member_id) if member_id else ()
    yield segment_text("NM1", role, "1", person.last, person.first, person.middle, "", "", *identified)
    if reason:
        yield _refusal(*reason)
    if person.birth:
        yield segment_text("DMG", "D8", person.birth)


def _reason(inquiry: Inquiry, payer: Payer, today: date) -> tuple[str, ...]:
    """AAA03 and AAA04 (and AAA01 where it is not N) of a refusal; empty where benefits can be told."""
    found, patient = member(payer, inquiry.member_id), inquiry.patient or inquiry.insured
    if not inquiry.member_id:
        return ("72", "C")
    if found is None or found.scenario == "UNKNOWN":
        return ("75", "C")
    if found.scenario == "NAMEDIFF":
        return ("73", "C")
    if found.scenario == "NOREPLY":
        return ("42", "R", "Y")
    if patient.birth is None:
        return ("58", "C")
    if inquiry.day and inquiry.day < date(today.year - 2, 1, 1):
        return ("62", "C")
    return ()


def _coverage(inquiry: Inquiry, payer: Payer, rules: Rulebook, used: Used, today: date) -> Iterator[str]:
    """Dates, status, costs and limits of the coverage on the day asked about."""
    found = member(payer, inquiry.member_id)
    if found is None:
        raise ValueError("an unknown member was not refused")
    setting = Setting(rules, payer, found.plan, found.scenario)
    plan, kind, day = found.plan, payer.insurance_type, inquiry.day or today
    end = coverage_end(found.scenario, today)
    yield segment_text("DTP", "346", "D8", date(2018, 1, 1))
    if end:
        yield segment_text("DTP", "347", "D8", end)
    if end and day > end:
        yield segment_text("EB", "6", "", "30", kind, plan.name)
        return
    asked = (one for one in inquiry.service_types if one.isalnum())
    yield segment_text("EB", "1", "", Repetition(dict.fromkeys((*COVERED, *asked))), kind, plan.name)
    if found.scenario == "COB":
        yield segment_text("EB", "R", "", "30")
        yield segment_text("LS", "2120")
        other = next(one for one in rules.payers[::-1] if one.id != payer.id)
        yield segment_text("NM1", "PRP", "2", other.name, "", "", "", "", "PI", other.id)
        yield segment_text("LE", "2120")
    yield from _costs(setting, used(payer, inquiry.member_id, day.year))
    yield from _limits(found.scenario)
    if plan.not_covered:
        yield segment_text("EB", "I", "", "35", kind, plan.name)
    if plan.message:
        yield segment_text("EB", "1", "", "98", kind, plan.name)
        yield segment_text("MSG", plan.message)


def _limits(scenario: str) -> Iterator[str]:
    """What the words VISITS and AUTHNEEDED say of office visits: how many are left, that somebody has to be asked."""
    if scenario == "VISITS":
        yield segment_text("EB", "F", "IND", "98", "", "", "23", "", "", "VS", 20)
        yield segment_text("EB", "F", "IND", "98", "", "", "29", "", "", "VS", 3)
        yield segment_text("MSG", "VISITS ARE COUNTED PER CALENDAR YEAR")
    if scenario == "AUTHNEEDED":
        yield segment_text("EB", "D", "IND", "98", "", "", "", "", "", "", "", "Y", "Y")
        yield segment_text("MSG", "AUTHORIZATION IS REQUIRED BEFORE THE VISIT")


def _costs(setting: Setting, used: Accumulators) -> Iterator[str]:
    """Deductible, out-of-pocket limit, copay and coinsurance, in network."""
    plan = setting.plan
    left, room = remaining(setting, used)
    yield _eb("C", "IND", "30", "", "", "23", deductible_of(setting))
    yield _eb("C", "IND", "30", "", "", "29", left)
    if plan.out_of_pocket is not None and room is not None:
        yield _eb("G", "IND", "30", "", "", "23", plan.out_of_pocket)
        yield _eb("G", "IND", "30", "", "", "29", room)
    if setting.scenario != "NOCOPAY":
        yield _eb("B", "IND", "98", "", "", "27", plan.copay)
    yield _eb("B", "IND", "81", "", "", "27", Decimal(0))
    yield _eb("A", "IND", "30", "", "", "", "", plan.coinsurance / HUNDRED)
    if not plan.visits_meet_deductible:
        yield _eb("A", "IND", "98", "", "", "", "", Decimal(0))
    yield _eb("A", "IND", "80", "", "", "", "", Decimal(0))  # immunizations are among the preventive codes
    if plan.laboratory_free:
        yield _eb("A", "IND", "5", "", "", "", "", Decimal(0))


def _eb(*values: str | Decimal) -> str:
    """An EB segment of a cost, said to hold in network (EB12 Y)."""
    return segment_text("EB", *values, *[""] * (11 - len(values)), "Y")
