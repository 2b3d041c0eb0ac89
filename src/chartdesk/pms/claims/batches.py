"""Claims of many superbills at once: gathered, built, scrubbed and kept in a few statements for all of them.

The same functions decide as for one claim: what is gathered is the same, the rules are the same. Charges that have a
claim already, or that this cannot bill, go the way of ``building`` one by one, and do not hold up the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chartdesk.kit import clock, database, fetching, worklist
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import ChartdeskError, Conflict, NotFound
from chartdesk.kit.transactions import advisory_locks, transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.claims import (
    building,
    control_numbers,
    events,
    expecting,
    facts,
    gathering,
    holding,
    projections,
    rules,
    scrubbing,
    splitting,
    timeline,
)
from chartdesk.pms.claims.content import ClaimContent, tell, written
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.claims.rules import Finding
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.record import audit
from chartdesk.record.access import Subject

#: Superbills that are billed together in one transaction.
PART = 200

_BILLED = """
    SELECT DISTINCT superbill FROM claims_claim
     WHERE practice = %s AND superbill = ANY(%s::int8[]) AND rank = 1 AND status <> 'closed'
"""
_CLAIMS = """
    INSERT INTO claims_claim (practice, id, number, superbill, part, patient, coverage, payer_id, rank, frequency,
                              payer_claim_number, status, total, service_date, signed_at, built_at, content, findings,
                              set_control, version)
    SELECT %s::int4, g.id, g.number, g.superbill, g.part, g.patient, g.coverage, g.payer, 1, '1', '', g.status, g.total,
           g.day, g.signed, %s::timestamptz, g.content::jsonb, g.findings::jsonb, '', 1
      FROM unnest(%s::int8[], %b::text[], %s::int8[], %s::int2[], %b::text[], %b::text[], %b::text[], %b::text[],
                  %s::numeric[], %s::date[], %s::timestamptz[], %b::text[], %b::text[])
           AS g(id, number, superbill, part, patient, coverage, payer, status, total, day, signed, content, findings)
"""
_LINES = """
    INSERT INTO claims_claimline (practice, id, claim_id, charge_line, position, control_number, code, modifiers, units,
                                  amount, pointers, expected)
    SELECT %s::int4, g.id, g.claim, g.charge_line, g.position, g.control, g.code, g.modifiers::jsonb, g.units,
           g.amount, g.pointers::jsonb, nullif(g.expected, '')::numeric
      FROM unnest(%s::int8[], %s::int8[], %s::int8[], %s::int2[], %b::text[], %b::text[], %b::text[], %s::numeric[],
                  %s::numeric[], %b::text[], %b::text[])
           AS g(id, claim, charge_line, position, control, code, modifiers, units, amount, pointers, expected)
"""


@dataclass
class Built:
    """What came of several superbills: the claims of each, and why the others have none. ``again``: superbills that
    had claims before."""

    claims: dict[int, list[int]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    left: dict[int, ChartdeskError] = field(default_factory=dict)

    @property
    def numbers(self) -> list[int]:
        """The ids of all claims."""
        return [claim for made in self.claims.values() for claim in made]


@dataclass(frozen=True)
class _Portion:
    """One claim to be: what it bills, its place among the claims of its superbill, and under which policy."""

    bill: SuperbillView
    place: int
    policy: CoverageView


@dataclass(frozen=True)
class _Made:
    """A claim that was built and scrubbed, and the ids of its lines."""

    claim: Claim
    content: ClaimContent
    findings: list[Finding]
    lines: list[int]


def build_many(subject: Subject, superbill_ids: Iterable[int]) -> Built:
    """Build and scrub the claims of superbills to their first payers; what ``build_all`` and ``scrub`` do for one.

    A superbill that cannot be billed is ``left`` with what building it alone raises.
    """
    subject.require(*building.BILLING)
    wanted, whole = sorted(set(superbill_ids)), Built()
    for start in range(0, len(wanted), PART):
        with transaction(subject):
            _build(subject, wanted[start : start + PART], whole)
    return whole


def _build(subject: Subject, wanted: list[int], whole: Built) -> None:
    advisory_locks("claims", subject.practice, of=wanted)
    billed = {number for (number,) in database.rows(_BILLED, [subject.practice, numbers(wanted)])}
    found = charges.superbills(subject, wanted)
    new = [found[number] for number in wanted if number in found and number not in billed]
    fresh = [bill for bill in new if bill.status in building.BILLABLE]
    for made in _made(subject, _portions(subject, fresh)):
        whole.claims.setdefault(made.claim.superbill, []).append(made.claim.pk)
    for number in wanted:
        if number not in whole.claims:
            _alone(subject, number, whole)
            if number in billed and number in whole.claims:
                whole.again.append(number)


def _alone(subject: Subject, number: int, whole: Built) -> None:
    try:
        with transaction(subject):
            whole.claims[number] = building.build_all(subject, number)
            for claim in whole.claims[number]:
                building.scrub(subject, claim)
    except (Conflict, NotFound) as fault:
        whole.claims.pop(number, None)
        whole.left[number] = fault


def _portions(subject: Subject, bills: Sequence[SuperbillView]) -> list[_Portion]:
    """What becomes a claim. Charges of which one part has no policy at hand are left for another way."""
    cut = [(bill, splitting.portion(bill, part)) for bill in bills for part in gathering.parts_of(subject, bill)]
    policies = gathering.policies_of(subject, [portion for _, portion in cut])
    without = {bill.id for (bill, _), policy in zip(cut, policies, strict=True) if policy is None}
    places: dict[int, int] = {}
    found = []
    for (bill, portion), policy in zip(cut, policies, strict=True):
        if policy is not None and bill.id not in without:
            places[bill.id] = places.get(bill.id, 0) + 1
            found.append(_Portion(portion, places[bill.id], policy))
    return found


def _made(subject: Subject, portions: Sequence[_Portion]) -> list[_Made]:
    """The claims of ``portions``, scrubbed and kept."""
    if not portions:
        return []
    claims, lines = control_numbers.draw(len(portions), sum(len(one.bill.lines) for one in portions))
    mine = iter(lines)
    given = [[next(mine) for _ in one.bill.lines] for one in portions]
    contents = [_content(subject, one, number, own) for one, number, own in zip(portions, claims, given, strict=True)]
    found = scrubbing.scrub_many(subject, facts.beside(subject, contents))
    made = [
        _Made(_claim(subject, one, number, content, findings), content, findings, own)
        for one, number, content, findings, own in zip(portions, claims, contents, found, given, strict=True)
    ]
    _insert(subject, made)
    _follow(subject, made)
    return made


def _content(subject: Subject, portion: _Portion, number: int, lines: Sequence[int]) -> ClaimContent:
    name = control_numbers.claim_number(number)
    controls = [control_numbers.line_number(name, one) for one in lines]
    return gathering.said(subject, portion.bill, portion.policy, number=name, controls=controls)


def _claim(subject: Subject, portion: _Portion, number: int, made: ClaimContent, found: list[Finding]) -> Claim:
    """The row, as it will lie in the table."""
    claim = fetching.made(
        Claim, practice=subject.practice, id=number, number=made.number, superbill=portion.bill.id, part=portion.place,
        patient=made.patient_id, coverage=portion.policy.coverage_id, payer_id=made.payer.payer_id, rank=1,
        frequency="1", payer_claim_number="", replaces_id=None, status="held" if rules.errors(found) else "ready",
        total=made.total, service_date=made.service_date, signed_at=portion.bill.signed_at, built_at=clock.now(),
        submitted_at=None, content=None, findings=[rules.plain(one) for one in found], interchange_id=None,
        set_control="", version=1,
    )  # fmt: skip
    tell(claim, made)
    return claim


def _insert(subject: Subject, made: Sequence[_Made]) -> None:
    rows = [one.claim for one in made]
    values: list[object] = [
        numbers(row.pk for row in rows),
        Texts([row.number for row in rows]),
        numbers(row.superbill for row in rows),
        numbers(row.part for row in rows),
        Texts([row.patient for row in rows]),
        Texts([row.coverage for row in rows]),
        Texts([row.payer_id for row in rows]),
        Texts([row.status for row in rows]),
        numbers(row.total for row in rows),
        numbers(row.service_date for row in rows),
        [row.signed_at for row in rows],
        Texts([written(one.content) for one in made]),
        Texts([json.dumps(row.findings) if row.findings else "[]" for row in rows]),
    ]
    database.execute(_CLAIMS, [subject.practice, clock.now(), *values])
    agreed = expecting.expected(subject, [one.content for one in made])
    lines = [
        (one.claim.pk, number, position, line)
        for one in made
        for position, (number, line) in enumerate(zip(one.lines, one.content.lines, strict=True), start=1)
    ]
    values = [
        numbers(number for _, number, _, _ in lines),
        numbers(claim for claim, _, _, _ in lines),
        numbers(line.charge_line for *_, line in lines),
        numbers(position for _, _, position, _ in lines),
        Texts([line.control for *_, line in lines]),
        Texts([line.code for *_, line in lines]),
        Texts([json.dumps(line.modifiers) if line.modifiers else "[]" for *_, line in lines]),
        numbers(line.units for *_, line in lines),
        numbers(line.amount for *_, line in lines),
        Texts([str([*line.pointers]) for *_, line in lines]),
        Texts(["" if amount is None else str(amount) for amounts in agreed for amount in amounts]),
    ]
    database.execute(_LINES, [subject.practice, *values])


def _follow(subject: Subject, made: Sequence[_Made]) -> None:
    """Audit, time line, work list, events and what the record shows."""
    rows = [holding.holding(one.claim) for one in made]
    projections.project_many(subject, rows)
    audit.record_many(subject, [audit.Touched("C", "claim", str(row.pk), 0, row.patient) for row in rows])
    timeline.note_many(subject, [(one.claim, building.built_words(one.content)) for one in made], "built")
    events.announce_many(subject, events.BUILT, rows)
    ready = [row for row in rows if row.status == "ready"]
    timeline.note_many(subject, [(row, building.READY_WORDS) for row in ready], "ready")
    faulty = [(one.claim, rules.errors(one.findings)) for one in made if one.claim.status == "held"]
    timeline.note_many(subject, [(claim, building.held_words(faults)) for claim, faults in faulty], "held")
    worklist.raise_items(subject, [building.task_of(claim, fault) for claim, faults in faulty for fault in faults])
    events.announce_many(subject, events.HELD, [claim for claim, _ in faulty])
