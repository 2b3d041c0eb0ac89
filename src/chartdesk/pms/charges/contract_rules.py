"""What a contract allows for a line, with its working. Pure: terms and figures in, dollars and words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import dollars, money
from chartdesk.pms.edits.rules import Place, Weights, in_facility, payment, working

#: Modifiers whose codes have relative values of their own.
COMPONENTS = ("26", "TC", "53")
#: What payers make of a rate for these modifiers, as Medicare does.
SHARES = {
    "50": (Decimal("1.5"), "both sides"),
    "62": (Decimal("0.625"), "two surgeons"),
    "80": (Decimal("0.16"), "assistant"),
    "81": (Decimal("0.16"), "assistant"),
    "82": (Decimal("0.16"), "assistant"),
    "AS": (Decimal("0.136"), "assistant, not a physician"),
}
#: Modifiers for which the payer sets the amount by the report: nothing is expected.
BY_REPORT = frozenset({"52", "53", "66"})
#: What is allowed for the second procedure of a session and those after it.
FURTHER = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Term:
    """A rule of a contract. ``figure`` is dollars for a unit (fixed), or percent (medicare, charge)."""

    basis: str
    figure: Decimal
    first: str = "00000"
    last: str = "ZZZZZ"
    modifier: str = ""
    place: str = ""

    def fits(self, code: str, modifiers: Sequence[str], *, facility: bool) -> bool:
        """Whether the rule speaks of the line."""
        return (
            self.first <= code <= self.last
            and (not self.modifier or self.modifier in modifiers)
            and (not self.place or (self.place == "F") == facility)
        )

    @property
    def width(self) -> tuple[int, bool, bool]:
        """How wide the rule is: the narrowest holds. A modifier or a place makes it narrower."""
        return int(self.last, 36) - int(self.first, 36), not self.modifier, not self.place


@dataclass(frozen=True, slots=True)
class Asked:
    """A line whose allowed amount is asked for. ``charge`` in dollars for all its units, None where unknown.

    Lines of one ``claim`` are procedures of one session where their days are the same.
    """

    payer_id: str
    code: str
    on: date
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge: Decimal | None = None
    place_of_service: str = "11"
    claim: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """Dollars that the contract allows for all units of a line, None where it does not say; and how they came."""

    amount: Decimal | None
    words: str = ""
    multiple: bool = field(default=False, compare=False)


class Deal:
    """The contract in force: its terms and what they refer to."""

    def __init__(
        self, terms: Iterable[Term], locality: str = "", medicare_on: date | None = None, lesser: bool = True
    ) -> None:
        self.locality, self.medicare_on, self.lesser = locality, medicare_on, lesser
        self._exact: dict[str, list[Term]] = {}
        self._wide: list[Term] = []
        for one in terms:
            (self._exact.setdefault(one.first, []) if one.first == one.last else self._wide).append(one)

    def term(self, line: Asked) -> Term | None:
        """The narrowest term that speaks of the line; of equally narrow ones the first."""
        facility = in_facility(line.place_of_service)
        for terms in (self._exact.get(line.code, ()), self._wide):
            fitting = [one for one in terms if one.fits(line.code, line.modifiers, facility=facility)]
            if fitting:
                return min(fitting, key=lambda one: one.width) if len(fitting) > 1 else fitting[0]
        return None


def component(modifiers: Sequence[str]) -> str:
    """The modifier under which the fee schedule lists the line."""
    return next((one for one in modifiers if one in COMPONENTS), "")


def allowed(line: Asked, term: Term | None, weights: Weights | None, place: Place | None) -> Expected:
    """What a term allows for a line, before other procedures of the session and the charge are looked at."""
    if term is None or term.basis == "outside":
        return Expected(None, "The contract does not say." if term is None else "Not part of the contract.")
    report = next((one for one in line.modifiers if one in BY_REPORT and one != term.modifier), "")
    if report and not (weights is not None and weights.modifier == report):
        return Expected(None, f"With modifier {report} the payer decides by the report.")
    if term.basis == "charge":
        if line.charge is None:
            return Expected(None, f"{_percent(term.figure)} of a charge that is not known.")
        amount = money(line.charge * term.figure / 100)
        return Expected(amount, f"{_percent(term.figure)} of the charge {dollars(line.charge)}")
    if term.basis == "medicare":
        if weights is None or place is None or not weights.factor:
            lacking = "locality" if place is None else "relative value of the code"
            return Expected(None, f"{_percent(term.figure)} of Medicare, but its {lacking} is not known here.")
        facility = in_facility(line.place_of_service)
        unit = payment(weights, place, facility=facility)
        if not unit:
            return Expected(None, "Medicare has no amount for the code.")
        rate = money(unit * term.figure / 100)
        words = f"{_percent(term.figure)} of Medicare {working(weights, place, facility=facility)}"
    else:
        part = component(line.modifiers)
        if part and term.modifier != part:
            return Expected(None, f"{dollars(term.figure)} is agreed for the whole procedure, not for its part {part}.")
        rate, words = term.figure, f"agreed {dollars(term.figure)}"
    amount = rate * line.units
    if line.units != 1:
        words += f", {line.units.normalize():f} units"
    for modifier in line.modifiers:
        if modifier in SHARES and modifier != term.modifier:
            share, why = SHARES[modifier]
            amount *= share
            words += f", {why} × {share}"
    return Expected(money(amount), words, weights is not None and weights.multiple == "2")


def session(lines: Sequence[Asked], found: Sequence[Expected]) -> list[Expected]:
    """The lines of one session: of several procedures that Medicare reduces, all but the dearest at half.

    Where the practice has marked them with modifier 51, those are meant and no others.
    """
    marked = [at for at, line in enumerate(lines) if "51" in line.modifiers and found[at].amount]
    several = [at for at, one in enumerate(found) if one.multiple and one.amount]
    if marked:
        reduced = set(marked)
    elif len(several) > 1:
        dearest = max(several, key=lambda at: found[at].amount or 0)
        reduced = set(several) - {dearest}
    else:
        return list(found)
    return [
        replace(one, amount=money(one.amount * FURTHER), words=f"{one.words}, a further procedure × {FURTHER}")
        if at in reduced and one.amount is not None
        else one
        for at, one in enumerate(found)
    ]


def lesser(line: Asked, found: Expected, deal: Deal) -> Expected:
    """Never more than was charged, where the contract says so."""
    if not deal.lesser or found.amount is None or line.charge is None or found.amount <= line.charge:
        return found
    return replace(found, amount=money(line.charge), words=f"{found.words}, not more than the charge")


def _percent(figure: Decimal) -> str:
    return f"{figure.normalize():f} %"
