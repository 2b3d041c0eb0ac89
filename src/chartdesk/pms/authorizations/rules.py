"""Which visits need an authorization, and which one each stands on. Pure: plain data in, decisions out.

A visit that took place keeps the authorization it was counted against, and one that somebody chose keeps that. The
others take, day by day, the oldest authorization that fits and has a visit left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chartdesk.pms.registration.named import Named


@dataclass(frozen=True)
class Rule:
    """When one is needed; see ``Requirement``."""

    id: int
    kind: str
    payer_id: str
    visit_types: tuple[str, ...]
    codes: tuple[str, ...]
    effective: date
    ends: date | None
    note: str = ""


@dataclass(frozen=True)
class Visit:
    """A visit as far as authorizations go. ``held`` is the authorization it stands on now."""

    appointment: str
    day: date
    payer_id: str
    visit_type: str = ""
    codes: tuple[str, ...] = ()
    took_place: bool = False
    held: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Permit:
    """An authorization as far as visits go. ``visits`` None is any number."""

    id: int
    kind: str
    payer_id: str
    state: str
    number: str = ""
    visits: int | None = None
    effective: date | None = None
    expires: date | None = None
    codes: tuple[str, ...] = ()
    referred_by: Named | None = None

    @property
    def granted(self) -> bool:
        """Whether visits may stand on it."""
        return self.state in ("approved", "modified", "not_needed")


@dataclass
class Standing:
    """How a visit stands: the rule that asks for one, the authorization it is on, or what is wrong."""

    visit: Visit
    rule: Rule | None
    permit: int | None = None
    problem: str = ""
    detail: str = ""


@dataclass
class _Taken:
    """Visits counted against each authorization so far."""

    counts: dict[int, int] = field(default_factory=dict)

    def left(self, permit: Permit) -> bool:
        return permit.visits is None or self.counts.get(permit.id, 0) < permit.visits

    def take(self, number: int) -> None:
        self.counts[number] = self.counts.get(number, 0) + 1


def among(code: str, codes: Iterable[str]) -> bool:
    """Whether a procedure code is one of ``codes``, which may be ranges like ``97010-97799``."""
    for one in codes:
        first, _, last = one.partition("-")
        if code == one or (last and len(code) == len(first) == len(last) and first <= code <= last):
            return True
    return False


def needed(rules: Iterable[Rule], visit: Visit) -> Rule | None:
    """The rule by which a visit needs an authorization; one of its own payer before one of all payers."""
    found = [
        one
        for one in rules
        if one.payer_id in ("", visit.payer_id)
        and one.effective <= visit.day
        and (one.ends is None or visit.day <= one.ends)
        and _means(one, visit)
    ]
    return min(found, key=lambda one: (one.payer_id == "", one.id), default=None) if visit.payer_id else None


def _means(rule: Rule, visit: Visit) -> bool:
    if not rule.visit_types and not rule.codes:
        return True
    return visit.visit_type in rule.visit_types or any(among(code, rule.codes) for code in visit.codes)


def covers(permit: Permit, visit: Visit) -> bool:
    """Whether an authorization of the right kind speaks of such a visit of that payer."""
    about = not permit.codes or not visit.codes or any(among(code, permit.codes) for code in visit.codes)
    return permit.payer_id == visit.payer_id and about


def in_time(permit: Permit, day: date) -> bool:
    """Whether it holds on a day."""
    return (permit.effective is None or permit.effective <= day) and (permit.expires is None or day <= permit.expires)


def allocate(visits: Iterable[Visit], permits: Sequence[Permit], rules: Sequence[Rule]) -> list[Standing]:
    """How every visit stands, in the order of their days."""
    known = {one.id: one for one in permits}
    oldest = sorted(permits, key=lambda one: one.id)
    made = [Standing(one, needed(rules, one)) for one in visits]
    taken = _Taken()
    for one in made:
        if one.visit.held in known and (one.visit.took_place or one.visit.chosen):
            one.permit = one.visit.held
            taken.take(known[one.visit.held].id)
    for one in sorted(made, key=lambda one: (not one.visit.took_place, one.visit.day, one.visit.appointment)):
        if one.permit is None and one.rule is not None:
            _seat(one, oldest, taken)
    over: dict[int, int] = {}
    for one in sorted(made, key=lambda one: (not one.visit.took_place, one.visit.day)):
        if one.permit is not None:
            over[one.permit] = over.get(one.permit, 0) + 1
            _judge(one, known[one.permit], over[one.permit])
    return sorted(made, key=lambda one: (one.visit.day, one.visit.appointment))


def _seat(standing: Standing, permits: Sequence[Permit], taken: _Taken) -> None:
    """Put a visit on the oldest authorization that fits and has a visit left, else say what is wrong."""
    assert standing.rule is not None
    fitting = [one for one in permits if one.kind == standing.rule.kind and covers(one, standing.visit)]
    day = standing.visit.day
    for one in fitting:
        if one.granted and in_time(one, day) and taken.left(one):
            standing.permit = one.id
            taken.take(one.id)
            return
    standing.problem, standing.detail = _lack(fitting, day, taken)


def _judge(standing: Standing, permit: Permit, place: int) -> None:
    """What is wrong with the authorization that a visit is on, by choice or since it took place."""
    day = standing.visit.day
    strange = "" if standing.visit.took_place else _strange(standing, permit)
    if strange:
        standing.problem, standing.detail = "missing", strange
    elif not permit.granted:
        standing.problem, standing.detail = _lack([permit], day, _Taken())
    elif not in_time(permit, day):
        standing.problem, standing.detail = _out_of_time(permit, day)
    elif permit.visits is not None and place > permit.visits:
        standing.problem, standing.detail = "used_up", _used_up(permit)


def _strange(standing: Standing, permit: Permit) -> str:
    """Why an authorization that somebody chose does not speak of the visit: the policy or the plan changed since."""
    name, visit, rule = permit.number or "The one that was chosen", standing.visit, standing.rule
    if permit.payer_id != visit.payer_id:
        return f"{name} was given by another payer than the one who is billed."
    if rule is not None and permit.kind != rule.kind:
        return f"{name} is of the kind {permit.kind}, and the visit needs the kind {rule.kind}."
    return "" if covers(permit, visit) else f"{name} is for other codes than those planned."


def _lack(fitting: Sequence[Permit], day: date, taken: _Taken) -> tuple[str, str]:
    """Why none of the authorizations that speak of a visit carries it: the youngest that is nearest to doing so."""
    youngest = fitting[::-1]
    for one in youngest:
        if one.state in ("asked", "pended", "call"):
            waits = "wants to be called" if one.state == "call" else "has not decided yet"
            return "pended", f"The payer {waits}."
    for one in youngest:
        if one.granted and in_time(one, day) and not taken.left(one):
            return "used_up", _used_up(one)
    for one in youngest:
        if one.granted and not in_time(one, day):
            return _out_of_time(one, day)
    if any(one.state == "denied" for one in youngest):
        return "denied", "The payer denied it."
    return "missing", "None was asked for."


def _used_up(permit: Permit) -> str:
    return f"All {permit.visits} visits of {permit.number or 'the authorization'} are used or planned."


def _out_of_time(permit: Permit, day: date) -> tuple[str, str]:
    if permit.expires is not None and day > permit.expires:
        return "expired", f"{permit.number or 'The authorization'} runs out on {permit.expires:%b %-d, %Y}."
    return "early", f"{permit.number or 'The authorization'} begins on {permit.effective:%b %-d, %Y}."


#: What to do about each problem.
CURES = {
    "missing": "Ask the payer for one, or write down the number.",
    "pended": "Ask the payer again, or move the visit.",
    "denied": "Appeal or move the visit, or tell the patient what it costs.",
    "expired": "Ask the payer to extend it, or move the visit.",
    "early": "Move the visit, or ask for another one.",
    "used_up": "Ask the payer for more visits.",
}
#: The same problems as a few words for a list.
FLAGS = {
    "missing": "needs {kind}",
    "pended": "{kind} pending",
    "denied": "{kind} denied",
    "expired": "{kind} expired",
    "early": "{kind} not yet in force",
    "used_up": "{kind} used up",
}


def flag(problem: str, kind: str) -> str:
    """A problem in a few words; empty for none."""
    return FLAGS[problem].format(kind=kind or "authorization") if problem else ""
