"""What is taken off where several procedures of a session stand beside each other, as Medicare counts them. Pure.

By the fee schedule's column of multiple procedures: 2 operations, all but the dearest at half; 3 endoscopies, which
share a base; 4 imaging, 6 heart and vessels, 7 eyes, of which all but the dearest lose a part; 5 therapy, of which all
units but one lose half of their practice expense.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chartdesk.kit.money import ZERO, money

OPERATION, ENDOSCOPY, IMAGING, THERAPY, HEART, EYES = "2", "3", "4", "5", "6", "7"
#: What is allowed for the second operation of a session and those after it.
FURTHER = Decimal("0.5")
#: What a further test loses of its technical and of its professional component.
LOSSES = {
    IMAGING: (Decimal("0.5"), Decimal("0.05"), "imaging"),
    HEART: (Decimal("0.25"), ZERO, "test of heart and vessels"),
    EYES: (Decimal("0.2"), ZERO, "test of the eyes"),
}
#: What a further unit of therapy loses of its practice expense.
EXPENSE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Cut:
    """How a line stands beside others. ``loss`` is what it loses as a further one (therapy: each further unit), in
    dollars; ``base`` the procedure that an endoscopy holds.
    """

    kind: str
    loss: Decimal = ZERO
    base: str = ""
    units: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a session: its dollars before, how they came, and how it stands beside others."""

    code: str
    amount: Decimal | None
    words: str
    cut: Cut | None
    marked: bool = False


def reduced(parts: Sequence[Part]) -> list[Part]:
    """The lines of one session, of one clinician and day, in their order, with what is taken off."""
    made = list(parts)
    _endoscopies(made)
    _operations(made)
    _therapy(made)
    for kind in LOSSES:
        _tests(made, kind)
    return made


def _of(parts: Sequence[Part], *kinds: str) -> list[int]:
    return [at for at, one in enumerate(parts) if one.cut is not None and one.cut.kind in kinds and one.amount]


def _dearest(parts: Sequence[Part], places: Iterable[int]) -> int:
    return max(places, key=lambda at: parts[at].amount or ZERO)


def _endoscopies(parts: list[Part]) -> None:
    """Of endoscopies with one base the dearest is whole; the others lose the base, whose price is not known here."""
    families: dict[str, list[int]] = {}
    for at in _of(parts, ENDOSCOPY):
        cut = parts[at].cut
        if cut is not None and cut.base:
            families.setdefault(cut.base, []).append(at)
    for base, places in families.items():
        dearest = _dearest(parts, places)
        for at, one in enumerate(parts):
            if at != dearest and (at in places or one.code == base) and one.amount is not None:
                parts[at] = replace(
                    one, amount=None, cut=None, words=f"Beside {parts[dearest].code} the payer takes {base} off."
                )


def _operations(parts: list[Part]) -> None:
    """Where the practice has marked the further ones with modifier 51, those are meant and no others."""
    several = _of(parts, OPERATION, ENDOSCOPY)
    further = {at for at, one in enumerate(parts) if one.marked and one.amount}
    if not further and len(several) > 1:
        further = set(several) - {_dearest(parts, several)}
    for at in further:
        one = parts[at]
        words = f"{one.words}, a further procedure × {FURTHER}"
        parts[at] = replace(one, amount=money((one.amount or ZERO) * FURTHER), words=words)


def _therapy(parts: list[Part]) -> None:
    places = _of(parts, THERAPY)
    if not places:
        return
    whole = max(places, key=lambda at: _cut(parts[at]).loss)
    for at in places:
        cut = _cut(parts[at])
        units = cut.units - (1 if at == whole else 0)
        if units > 0:
            _take(parts, at, cut.loss * units, f"the expense of {units.normalize():f} further units × {EXPENSE}")


def _tests(parts: list[Part], kind: str) -> None:
    places = _of(parts, kind)
    if len(places) > 1:
        whole = _dearest(parts, places)
        for at in places:
            if at != whole and _cut(parts[at]).loss:
                _take(parts, at, _cut(parts[at]).loss, f"a further {LOSSES[kind][2]}")


def _take(parts: list[Part], at: int, loss: Decimal, why: str) -> None:
    one = parts[at]
    parts[at] = replace(one, amount=money((one.amount or ZERO) - loss), words=f"{one.words}, {why}: less {money(loss)}")


def _cut(part: Part) -> Cut:
    assert part.cut is not None  # asked of parts that have one
    return part.cut
