"""What a 271 says, for the front desk: a status, figures, and sentences. Pure.

A figure is taken from the statement that fits best: for the copay service type 98 (office visit) before 30
(the plan in general), for the others 30 before 98; in network before unstated; the individual before the
family. What is stated for out of network never counts. Where the best statements contradict each other, or
there is none, the figure is unknown.
Guide section: 005010X279A1, loops 2100C/D and 2110C/D.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO, dollars
from chartdesk.pms.coverage import words
from chartdesk.pms.coverage.benefits import Benefit
from chartdesk.standards.x12 import eligibility_271 as x271

ACTIVE = ("1", "2", "3", "4", "5")
INACTIVE = ("6", "7", "8")
#: Service types of a plan in general, best first.
GENERAL = ("30", "98")
REMAINING, TO_DATE = "29", "24"
_NETWORK = {"Y": 0, "W": 1, "": 2, "U": 3}
_LEVEL = {"IND": 0, "": 1, "EMP": 2, "ESP": 3, "ECH": 3, "CHD": 3, "DEP": 3, "SPO": 3, "FAM": 4}
_BEGINS, _ENDS = ("346", "356"), ("347", "357")


@dataclass
class Reading:
    """An answer understood. ``reason`` and ``cure`` say what to do when it is not simply active."""

    status: str
    reason: str = ""
    cure: str = ""
    plan_name: str = ""
    other_payer: str = ""
    copay: Decimal | None = None
    deductible: Decimal | None = None
    deductible_remaining: Decimal | None = None
    coinsurance: Decimal | None = None
    out_of_pocket: Decimal | None = None
    out_of_pocket_remaining: Decimal | None = None
    messages: list[str] = field(default_factory=list)


def reading(response: x271.Response, benefits: Sequence[Benefit], service_date: date) -> Reading:
    """What ``response`` says about care on ``service_date``; ``benefits`` are its own."""
    if response.is_refused:
        return _refusal(response.refusals)
    made = Reading(status="unknown", plan_name=_plan(benefits))
    _set_status(made, response, benefits, service_date)
    made.copay = _copay(made, benefits)
    made.coinsurance = _agreed(best(benefits, "A", GENERAL, _percent), _percent)
    deductible, out_of_pocket = limit(benefits, "C"), limit(benefits, "G")
    made.deductible, made.deductible_remaining = deductible.total, deductible.remaining
    made.out_of_pocket, made.out_of_pocket_remaining = out_of_pocket.total, out_of_pocket.remaining
    made.messages += _unstated(deductible, "deductible") + _unstated(out_of_pocket, "out-of-pocket limit")
    others = [name for one in benefits if one.info == "R" for name in (one.other or ("another payer",))]
    if others:
        made.other_payer = ", ".join(dict.fromkeys(others))
        made.messages.append(f"The payer says that the patient is also insured with {made.other_payer}.")
    made.messages += _refused_services(response.benefits)
    made.messages += _not_covered(benefits)
    made.messages += [text for one in benefits for text in one.messages]
    if made.status == "active" and made.copay is None:
        made.messages.append("The payer did not state a copay for office visits: it is unknown, not zero.")
    made.messages = list(dict.fromkeys(made.messages))
    return made


def _refusal(refusals: Sequence[x271.Refusal]) -> Reading:
    """A refused question: each reason once, with what to do about it."""
    sentences = [f"{words.reason(one.reason)} {words.follow_up(one.follow_up)}".strip() for one in refusals]
    first = refusals[0]
    return Reading(
        status="refused",
        reason=words.reason(first.reason),
        cure=words.follow_up(first.follow_up) or "Compare the card with what is written here.",
        messages=list(dict.fromkeys(sentences)),
    )


def _set_status(made: Reading, response: x271.Response, benefits: Sequence[Benefit], service_date: date) -> None:
    said = [one for one in benefits if one.info in ACTIVE + INACTIVE]
    general = [one for one in said if not one.service_types or "30" in one.service_types] or said
    ended = _first_day(response, _ENDS)
    begins = _first_day(response, _BEGINS)
    if not said:
        made.reason = "The payer answered without saying whether the policy is active."
        made.cure = "Call the payer."
    elif not any(one.info in ACTIVE for one in general):
        until = f" It ended on {ended:%b %-d, %Y}." if ended and ended < service_date else ""
        made.status, made.reason = "inactive", f"The payer says that the policy is not active.{until}"
        made.cure = "Ask the patient for their present insurance."
    elif ended and ended < service_date:
        made.status = "inactive"
        made.reason = f"The policy ended on {ended:%b %-d, %Y}, before the visit on {service_date:%b %-d, %Y}."
        made.cure = "Ask the patient for their present insurance."
    elif begins and begins > service_date:
        made.status = "inactive"
        made.reason = f"The policy begins on {begins:%b %-d, %Y}, after the visit on {service_date:%b %-d, %Y}."
        made.cure = "Ask the patient for the insurance they have on that day."
    else:
        made.status = "active"
    if made.reason:
        made.messages.append(made.reason)


def _first_day(response: x271.Response, qualifiers: tuple[str, ...]) -> date | None:
    """The day of a plan date; of a span (291, 307) its end or its beginning."""
    for one in response.dates:
        if one.qualifier in qualifiers:
            return one.start
    for one in response.dates:
        if one.qualifier in ("291", "307") and one.end is not None:
            return one.end if qualifiers is _ENDS else one.start
    return None


def _plan(benefits: Sequence[Benefit]) -> str:
    named = [one.plan for one in benefits if one.plan and one.info in ACTIVE + INACTIVE]
    return named[0] if named else next((one.plan for one in benefits if one.plan), "")


def best(
    benefits: Iterable[Benefit], info: str, types: Sequence[str], usable: Callable[[Benefit], object]
) -> list[Benefit]:
    """The statements of kind ``info`` that fit ``types`` best (earlier types first); all of equal rank."""
    ranked = [
        (rank, one)
        for one in benefits
        if one.info == info and not one.code and usable(one) is not None
        if (rank := _rank(one, types)) is not None
    ]
    least = min((rank for rank, _ in ranked), default=None)
    return [one for rank, one in ranked if rank == least]


def _rank(one: Benefit, types: Sequence[str]) -> tuple[int, int, int] | None:
    """How well a statement fits; None where it does not speak of it or is for out of network."""
    places = [place for place, kind in enumerate(types) if kind in one.service_types]
    if not one.service_types:
        places = [len(types)]
    network = _NETWORK.get(one.in_network)
    if not places or network is None:
        return None
    return places[0], network, _LEVEL.get(one.level, 5)


def _amount(one: Benefit) -> Decimal | None:
    return one.amount


def _percent(one: Benefit) -> Decimal | None:
    return one.percent


def _copay(made: Reading, benefits: Sequence[Benefit]) -> Decimal | None:
    """The copay of an office visit that the best statements agree on, else None with a sentence."""
    found = best(benefits, "B", ("98", "30"), _amount)
    figures = {one.amount for one in found}
    if len(figures) > 1:
        listed = "; ".join(_described(one) for one in found)
        made.messages.append(f"The payer states more than one copay for office visits: {listed}.")
    return _agreed(found, _amount)


def _described(one: Benefit) -> str:
    shown = dollars(one.amount or ZERO)
    return f"{shown} ({', '.join(one.messages)})" if one.messages else shown


@dataclass(frozen=True)
class Limit:
    """A yearly limit, what remains of it, and the statements that say so. None is unknown."""

    total: Decimal | None
    remaining: Decimal | None
    text: str


def limit(benefits: Sequence[Benefit], info: str) -> Limit:
    """The deductible (C) or out-of-pocket limit (G). The family's remainder counts where smaller."""

    def whole(one: Benefit) -> Decimal | None:
        return None if one.period in (REMAINING, TO_DATE, "33") else one.amount

    def left(one: Benefit) -> Decimal | None:
        return one.amount if one.period == REMAINING else None

    def met(one: Benefit) -> Decimal | None:
        return one.amount if one.period == TO_DATE else None

    types = GENERAL
    totals, uses = best(benefits, info, types, whole), best(benefits, info, types, met)
    total, used = _agreed(totals, whole), _agreed(uses, met)
    groups = [best([one for one in benefits if one.level != "FAM"], info, types, left)]
    groups.append(best([one for one in benefits if one.level == "FAM"], info, types, left))
    stated = [(figure, found[0].text) for found in groups if (figure := _agreed(found, left)) is not None]
    if stated:
        remaining, text = min(stated)
        return Limit(total, remaining, text)
    if total == ZERO:
        return Limit(total, ZERO, totals[0].text)
    if total is not None and used is not None:
        return Limit(total, max(total - used, ZERO), f"{totals[0].text}, {uses[0].text}")
    return Limit(total, None, totals[0].text if total is not None else "")


def _agreed(found: Sequence[Benefit], value: Callable[[Benefit], Decimal | None]) -> Decimal | None:
    figures = {value(one) for one in found}
    return figures.pop() if len(figures) == 1 else None


def _unstated(found: Limit, name: str) -> list[str]:
    if found.total is None or found.remaining is not None:
        return []
    return [f"The payer did not state what remains of the {name} of {dollars(found.total)}."]


def _refused_services(benefits: Iterable[x271.Benefit]) -> list[str]:
    return [
        f"{words.reason(one.reason)} {words.follow_up(one.follow_up)}".strip()
        for benefit in benefits
        for one in benefit.refusals
    ]


def _not_covered(benefits: Iterable[Benefit]) -> list[str]:
    return [
        f"Not covered by the plan: {words.service(one.service_types)}."
        for one in benefits
        if one.info == "I" and one.service_types
    ]
