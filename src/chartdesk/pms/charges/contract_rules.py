"""What a contract allows for a line, with its working. Pure: terms and figures in, dollars and words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chartdesk.kit.money import ZERO, dollars, money
from chartdesk.pms.charges.reductions import ENDOSCOPY, EXPENSE, LOSSES, OPERATION, THERAPY, Cut, Part, reduced
from chartdesk.pms.edits.rules import Place, Weights, expense, in_facility, payment, working

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
#: Both sides by the fee schedule's column: 150 % of one side, each side by itself, or no more than one.
SIDES = {"1": Decimal("1.5"), "3": Decimal(2), "0": Decimal(1), "2": Decimal(1), "9": Decimal(1)}
#: What Medicare pays clinicians who are no physicians, in percent of its schedule, by how their taxonomy begins: nurse
#: practitioners, clinical nurse specialists, physician assistants, dietitians; social workers, counselors, therapists.
PERCENT_OF = {
    "363L": Decimal(85), "364S": Decimal(85), "363A": Decimal(85), "133V": Decimal(85),
    "1041C": Decimal(75), "101YM": Decimal(75), "106H": Decimal(75),
}  # fmt: skip
#: Modifiers for which the payer sets the amount by the report: nothing is expected.
BY_REPORT = frozenset({"52", "53", "66"})
#: Modifiers of a part of an operation, before, during or after it: how large a part, the contract does not say.
IN_PART = frozenset({"54", "55", "56", "78"})


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

    Lines of one ``claim`` are procedures of one session where their days are the same. ``taxonomy`` is that of who
    rendered it.
    """

    payer_id: str
    code: str
    on: date
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge: Decimal | None = None
    place_of_service: str = "11"
    claim: int = 0
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Dollars that the contract allows for all units of a line, None where it does not say; and how they came."""

    amount: Decimal | None
    words: str = ""
    cut: Cut | None = field(default=None, compare=False)


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


def percent_of(taxonomy: str) -> Decimal:
    """What Medicare pays of its schedule to a clinician of that taxonomy, in percent."""
    return next((share for begins, share in PERCENT_OF.items() if taxonomy.startswith(begins)), Decimal(100))


def component(modifiers: Sequence[str]) -> str:
    """The modifier under which the fee schedule lists the line."""
    return next((one for one in modifiers if one in COMPONENTS), "")


def allowed(
    line: Asked,
    term: Term | None,
    weights: Weights | None,
    place: Place | None,
    technical: Weights | None = None,
    *,
    by_clinician: bool = False,
) -> Expected:
    """What a term allows for a line, before other procedures of the session and the charge are looked at.

    ``technical`` is the relative value of the code's technical component, where it has one. ``by_clinician`` says that
    the payer pays clinicians who are no physicians what Medicare pays them.
    """
    if term is None or term.basis == "outside":
        return Expected(None, "The contract does not say." if term is None else "Not part of the contract.")
    report = next((one for one in line.modifiers if one in BY_REPORT and one != term.modifier), "")
    if report and not (weights is not None and weights.modifier == report):
        return Expected(None, f"With modifier {report} the payer decides by the report.")
    part_of = next((one for one in line.modifiers if one in IN_PART and one != term.modifier), "")
    if part_of and term.basis != "charge":
        return Expected(None, f"With modifier {part_of} a part of the operation is paid.")
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
        share = percent_of(line.taxonomy) if by_clinician and "TC" not in line.modifiers else Decimal(100)
        term = replace(term, figure=term.figure * share / 100)
        rate = money(unit * term.figure / 100)
        words = f"{_percent(term.figure)} of Medicare {working(weights, place, facility=facility)}"
        words += f", as {_percent(share)} is paid to such a clinician" if share != 100 else ""
        cut = _cut(line, term, weights, place, technical)
    else:
        part = component(line.modifiers)
        if part and term.modifier != part:
            return Expected(None, f"{dollars(term.figure)} is agreed for the whole procedure, not for its part {part}.")
        rate, words = term.figure, f"agreed {dollars(term.figure)}"
        cut = Cut(OPERATION) if weights is not None and weights.multiple == OPERATION else None
    amount = rate * line.units
    if line.units != 1:
        words += f", {line.units.normalize():f} units"
    for modifier in line.modifiers:
        if modifier in SHARES and modifier != term.modifier:
            share, why = SHARES[modifier]
            share = SIDES.get(weights.bilateral, share) if modifier == "50" and weights is not None else share
            amount *= share
            words += f", {why} × {share}"
    return Expected(money(amount), words, cut)


def _cut(line: Asked, term: Term, weights: Weights, place: Place, technical: Weights | None) -> Cut | None:
    """How the line stands beside others of its session, by the fee schedule."""
    share, units, kind = term.figure / 100, line.units, weights.multiple
    facility = in_facility(line.place_of_service)
    if kind == THERAPY:
        return Cut(kind, expense(weights, place, facility=facility) * share * EXPENSE, units=units)
    if kind in LOSSES:
        whole = payment(weights, place, facility=facility)
        test = whole if weights.modifier == "TC" else ZERO
        if technical is not None and not weights.modifier:
            test = min(payment(technical, place, facility=facility), whole)
        of_test, of_reading, _ = LOSSES[kind]
        return Cut(kind, (test * of_test + (whole - test) * of_reading) * share * units)
    return Cut(kind, base=weights.endoscopy) if kind in (OPERATION, ENDOSCOPY) else None


def session(lines: Sequence[Asked], found: Sequence[Expected]) -> list[Expected]:
    """The lines of one session, with what Medicare takes off of procedures that stand beside each other."""
    parts = [
        Part(line.code, one.amount, one.words, one.cut, marked="51" in line.modifiers)
        for line, one in zip(lines, found, strict=True)
    ]
    return [replace(one, amount=part.amount, words=part.words) for one, part in zip(found, reduced(parts), strict=True)]


def lesser(line: Asked, found: Expected, deal: Deal) -> Expected:
    """Never more than was charged, where the contract says so."""
    if not deal.lesser or found.amount is None or line.charge is None or found.amount <= line.charge:
        return found
    return replace(found, amount=money(line.charge), words=f"{found.words}, not more than the charge")


def _percent(figure: Decimal) -> str:
    return f"{figure.normalize():f} %"
