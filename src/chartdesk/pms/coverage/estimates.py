"""What the patient will owe for a visit, before it happens, with the working shown. Pure.

An estimate follows the way plans pay:

* preventive care, laboratory and the like as the plan states for them, where it does;
* the first office visit of the day a copay, and nothing more where the plan states no coinsurance (0 %) for
  office visits;
* everything else what remains of the deductible, then coinsurance; no deductible where the plan states one of
  nothing for the kind of service;
* all of what the plan does not cover;
* never more than what remains of the out-of-pocket limit.

Claims that the payer has and has not decided come first: what they will use of the deductible and of the limit is
not left for the visit.

Each step names the segment of the answer that it rests on. A figure that the payer did not state, and that
matters, leaves the total unknown. What is stated for a procedure's code goes before what is for its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import structs

from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.pms.coverage import words
from chartdesk.pms.coverage.answers import best, limit
from chartdesk.pms.coverage.benefits import Benefit

OFFICE, PREVENTIVE, LABORATORY, IMAGING, IMMUNIZATION, GENERAL = "98", "81", "5", "4", "80", "30"
_KINDS = (
    (re.compile(r"992(0[2-5]|1[1-5])"), OFFICE),
    (re.compile(r"993(8[1-7]|9[1-7])|G0101|G043[89]|G044[2-7]"), PREVENTIVE),
    (re.compile(r"8\d{4}|36415"), LABORATORY),
    (re.compile(r"7\d{4}"), IMAGING),
    (re.compile(r"904(6\d|7[0-4]|80)|90[67]\d{2}|913\d{2}"), IMMUNIZATION),
)
CARD = "printed on the card"


@dataclass(frozen=True)
class Part:
    """One step: a sentence, the dollars it adds, and the statement it rests on."""

    sentence: str
    amount: Decimal
    cites: str = ""


@dataclass(frozen=True)
class Before:
    """A claim under way: what it is in words, its lines of (procedure code, allowed dollars), and whether these are
    all of them."""

    words: str
    lines: Sequence[tuple[str, Decimal]]
    whole: bool = True


@dataclass
class Estimate:
    """What the patient will owe; None where a figure that it depends on is unknown.

    ``at_least`` is the sum of what is known, ``unknown`` names what the payer did not state, ``allowed`` is
    the sum of the lines.
    """

    patient_owes: Decimal | None
    parts: list[Part] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    at_least: Decimal = ZERO
    allowed: Decimal = ZERO


def service_type(code: str) -> str:
    """The service type (EB03) under which plans speak of a procedure."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(code)), GENERAL)


def estimate(
    benefits: Sequence[Benefit],
    lines: Iterable[tuple[str, Decimal]],
    *,
    printed_copay: Decimal | None = None,
    before: Iterable[Before] = (),
) -> Estimate:
    """What the patient will owe for ``lines`` of (procedure code, allowed dollars), in their order.

    ``printed_copay`` is the one on the card; it stands in where the payer stated none, and its part says so.
    ``before`` are the claims under way.
    """
    working = _Working(benefits, printed_copay)
    for claim in before:
        working.reckon(claim)
    allowed = ZERO
    for code, amount in lines:
        allowed += money(amount)
        working.price(code, money(amount))
    unknown = list(dict.fromkeys(working.unknown))
    at_least = total(part.amount for part in working.parts)
    return Estimate(None if unknown else at_least, working.parts, unknown, at_least, allowed)


def out_of_network(benefits: Iterable[Benefit]) -> list[Benefit]:
    """The statements as they hold for a provider outside of the network: what is said of out of network counts."""
    swapped = {"Y": "N", "N": "Y"}
    return [structs.replace(one, in_network=swapped.get(one.in_network, one.in_network)) for one in benefits]


class _Working:
    """The lines priced so far, and what is left of the limits."""

    def __init__(self, benefits: Sequence[Benefit], printed_copay: Decimal | None) -> None:
        self.benefits, self.printed = benefits, printed_copay
        self.deductible, self.out_of_pocket = limit(benefits, "C"), limit(benefits, "G")
        self.left, self.room = self.deductible.remaining, self.out_of_pocket.remaining
        self.copay_taken = False
        self.parts: list[Part] = []
        self.unknown: list[str] = []

    def reckon(self, claim: Before) -> None:
        """Take off what a claim under way will use; a part of no dollars says so."""
        left, room, parts, unknown = self.left, self.room, self.parts, self.unknown
        self.parts, self.unknown = [], []
        for code, allowed in claim.lines:
            self.price(code, money(allowed))
        self.parts, self.unknown, self.copay_taken = parts, unknown, False
        used = [
            f"{dollars(before - after)} of the {what}"
            for before, after, what in ((left, self.left, "deductible"), (room, self.room, "out-of-pocket limit"))
            if before is not None and after is not None and before != after
        ]
        if used:
            self.parts.append(Part(f"{claim.words}: it will use {' and '.join(used)}", ZERO))
        if not claim.whole and (self.left or self.room):
            self.parts.append(Part(f"{claim.words}: not counted is what the contract has no figure for", ZERO))

    def price(self, code: str, allowed: Decimal) -> None:
        """Add what the patient owes for one line."""
        kind = service_type(code)
        if self._uncovered(code, kind, allowed):
            return
        copay = self._own("B", kind, code)
        share = self._own("A", kind, code)
        free = share is not None and share.percent == ZERO
        if kind == OFFICE:
            rest = self._visit(code, copay or self._stated("B", OFFICE, GENERAL), allowed)
            if rest is not None and not free:
                self._deductible_and_share(code, rest)
        elif copay is not None and copay.amount is not None:
            self._add(f"{_named(kind, code)}: copay", min(copay.amount, allowed), copay.text)
        elif free and share is not None:
            self._add(f"{_named(kind, code)}: nothing to pay", ZERO, share.text)
        else:
            self._deductible_and_share(code, allowed, share)

    def _uncovered(self, code: str, kind: str, allowed: Decimal) -> bool:
        """Whether the plan says that it does not cover such a service: it counts toward no limit."""
        for one in self.benefits:
            about = one.code == code if one.code else kind != GENERAL and kind in one.service_types
            if one.info == "I" and about and one.in_network != "N":
                self.parts.append(Part(f"{code}: not covered by the plan", allowed, one.text))
                return True
        return False

    def _visit(self, code: str, copay: Benefit | None, allowed: Decimal) -> Decimal | None:
        """Take the copay of an office visit, once a day; returns what is left to price, None if unknown."""
        if self.copay_taken:
            return allowed
        stated = copay.amount if copay is not None else None
        figure, cites = (self.printed, CARD) if copay is None or stated is None else (stated, copay.text)
        if figure is None:
            self.unknown.append("the copay for an office visit")
            return None
        self.copay_taken = True
        taken = min(money(figure), allowed)
        self._add(f"Office visit {code}: copay", taken, cites)
        return allowed - taken

    def _deductible_and_share(self, code: str, amount: Decimal, share: Benefit | None = None) -> None:
        if amount == ZERO:
            return
        waived = self._own("C", service_type(code), code)
        if waived is not None and waived.amount == ZERO and GENERAL not in waived.service_types:
            taken = ZERO
        elif self.left is None:
            self.unknown.append("what remains of the deductible")
            return
        else:
            taken = min(self.left, amount)
        if taken and self.left is not None:
            sentence = f"{code}: goes toward the deductible, of which {dollars(self.left)} remains"
            self.left -= self._add(sentence, taken, self.deductible.text)
        rest = amount - taken
        if rest == ZERO:
            return
        share = share or self._stated("A", GENERAL)
        if share is None or share.percent is None:
            self.unknown.append("the coinsurance")
            return
        sentence = f"{code}: {_percentage(share.percent)} coinsurance of {dollars(rest)}"
        self._add(sentence, money(rest * share.percent), share.text)

    def _add(self, sentence: str, amount: Decimal, cites: str) -> Decimal:
        """Note a step, held within the out-of-pocket limit; returns the dollars that count."""
        counted = amount if self.room is None else min(amount, self.room)
        if counted < amount:
            sentence += f"; the out-of-pocket limit leaves {dollars(counted)} of {dollars(amount)}"
            cites = f"{cites}, {self.out_of_pocket.text}"
        if self.room is not None:
            self.room -= counted
        self.parts.append(Part(sentence, counted, cites))
        return counted

    def _own(self, info: str, kind: str, code: str) -> Benefit | None:
        """What is stated for this very procedure, else for this very kind of service."""
        named = [structs.replace(one, code="", service_types=(kind,)) for one in self.benefits if one.code == code]
        found = self._one(info, named, (kind,))
        if found is not None or kind == GENERAL:
            return found
        return self._one(info, [one for one in self.benefits if kind in one.service_types], (kind,))

    def _stated(self, info: str, *kinds: str) -> Benefit | None:
        """What is stated for the first of the kinds that anything is stated for."""
        return self._one(info, self.benefits, kinds)

    @staticmethod
    def _one(info: str, benefits: Sequence[Benefit], kinds: tuple[str, ...]) -> Benefit | None:
        """The best statement; None where the best ones contradict each other."""

        def figure(one: Benefit) -> Decimal | None:
            return one.percent if info == "A" else one.amount

        found = best(benefits, info, kinds, figure)
        return found[0] if len({figure(one) for one in found}) == 1 else None


def _named(kind: str, code: str) -> str:
    return code if kind == GENERAL else f"{words.service([kind]).capitalize()} {code}"


def _percentage(fraction: Decimal) -> str:
    return f"{(fraction * 100).normalize():f} %"
