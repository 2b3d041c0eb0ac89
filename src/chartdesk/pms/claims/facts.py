"""What scrubbing knows beside the claims themselves, read for any number of claims in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.pms.claims import published
from chartdesk.pms.claims.content import ClaimContent, Facts
from chartdesk.pms.coverage.models import ANSWERS
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

# Original claims of other charges of the same patient, day and payer, line by line.
_TWINS = """
    SELECT g.place::int4, c.number, l.code, l.modifiers, l.units
      FROM unnest(%s::int8[], %b::text[], %s::date[], %b::text[], %s::int4[])
           WITH ORDINALITY AS g(superbill, patient, day, payer, rank, place)
      JOIN claims_claim c ON c.practice = %s AND c.patient = g.patient AND c.service_date = g.day
                         AND c.payer_id = g.payer AND c.rank = g.rank AND c.superbill <> g.superbill
                         AND c.frequency = '1' AND c.status NOT IN ('closed', 'rejected')
      JOIN claims_claimline l ON l.practice = c.practice AND l.claim_id = c.id
     ORDER BY c.id
"""
# What a payer last answered about a policy: about the visit, else about any day.
_ANSWERS = """
    SELECT g.place::int4, COALESCE(v.id, l.id), COALESCE(v.status, l.status), COALESCE(v.service_date, l.service_date),
           COALESCE(v.other_payer, l.other_payer)
      FROM unnest(%(superbills)s::int8[], %(patients)b::text[], %(coverages)b::text[])
           WITH ORDINALITY AS g(superbill, patient, coverage, place)
      LEFT JOIN charges_superbill s ON s.practice = %(practice)s AND s.id = g.superbill
      LEFT JOIN LATERAL (
          SELECT * FROM (
              SELECT e.id, e.status, e.service_date, e.other_payer FROM coverage_eligibilitycheck e
               WHERE e.practice = %(practice)s AND e.appointment = s.appointment AND s.appointment <> ''
                 AND e.patient = g.patient AND e.coverage = g.coverage ORDER BY e.id DESC LIMIT 1
          ) AS latest WHERE latest.status = ANY(%(answers)b::text[])
      ) v ON true
      LEFT JOIN LATERAL (
          SELECT e.id, e.status, e.service_date, e.other_payer FROM coverage_eligibilitycheck e
           WHERE v.id IS NULL AND e.practice = %(practice)s AND e.coverage = g.coverage AND e.patient = g.patient
             AND e.status = ANY(%(answers)b::text[]) ORDER BY e.id DESC LIMIT 1
      ) l ON true
     WHERE COALESCE(v.id, l.id) IS NOT NULL
"""
#: A line of another claim: the claim's number, code, modifiers, units.
Billed = tuple[str, str, tuple[str, ...], Decimal]


def beside(subject: Subject, claims: Sequence[ClaimContent], *, new: bool = True) -> list[ClaimContent]:
    """The claims with what the rules know beside each.

    ``new`` claims that are scrubbed together, and are not kept yet, see each other as they would one after the other:
    the later one is the duplicate.
    """
    practice = practice_of(subject)
    today, check_npi = clock.today(practice.zone), bool(practice.settings.get("check_npi", True))
    answers, others = _eligibility(subject, claims), _beside(subject, claims, new=new)
    said = published.about(claims, [[code for _, code, _, _ in lines] for lines in others])
    return [
        msgspec.structs.replace(
            claim,
            facts=Facts(
                today=today, duplicates=duplicates(claim, others[place]), eligibility=answers.get(place, ("", ""))[0],
                other_payer=answers.get(place, ("", ""))[1], check_npi=check_npi, beside=tuple(others[place]),
                published=said[place],
            ),
        )
        for place, claim in enumerate(claims)
    ]  # fmt: skip


def _eligibility(subject: Subject, claims: Sequence[ClaimContent]) -> dict[int, tuple[str, str]]:
    """What the payer last answered about each policy for the day of service, and who else pays; by place."""
    values = {
        "superbills": numbers(claim.superbill for claim in claims),
        "patients": Texts([claim.patient_id for claim in claims]),
        "coverages": Texts([claim.insured.coverage_id for claim in claims]),
        "practice": subject.practice,
        "answers": Texts(ANSWERS),
    }
    found = database.rows(_ANSWERS, values)
    read = {number: claims[place - 1].patient_id for place, number, *_ in found}
    touched = [audit.Touched("R", "eligibility check", str(number), 0, patient) for number, patient in read.items()]
    audit.record_many(subject, touched)
    return {
        place - 1: (status, other) for place, _, status, day, other in found if day == claims[place - 1].service_date
    }


def _beside(subject: Subject, claims: Sequence[ClaimContent], *, new: bool) -> list[list[Billed]]:
    """The lines that other charges of the patient bill to the payer for the day: standing ones, then these."""
    found: list[list[Billed]] = [[] for _ in claims]
    for place, number, code, modifiers, units in database.rows(_TWINS, _asked(subject, claims)):
        found[place - 1].append((number, code, tuple(modifiers), units))
    before: dict[tuple[str, date, str, int], list[ClaimContent]] = {}
    known = [{number for number, *_ in lines} for lines in found]
    for place, claim in enumerate(claims if new else ()):
        alike = before.setdefault((claim.patient_id, claim.service_date, claim.payer.payer_id, claim.rank), [])
        for twin in alike:
            if twin.superbill != claim.superbill and twin.frequency == "1" and twin.number not in known[place]:
                found[place] += [(twin.number, line.code, line.modifiers, line.units) for line in twin.lines]
        alike.append(claim)
    return found


def duplicates(claim: ClaimContent, others: Sequence[Billed]) -> tuple[str, ...]:
    """The numbers of the other claims that bill a line of this one already."""
    mine = {(line.code, line.modifiers) for line in claim.lines}
    return tuple(dict.fromkeys(number for number, code, modifiers, _ in others if (code, modifiers) in mine))


def built_before(others: Sequence[Billed], number: str) -> tuple[Billed, ...]:
    """Those of claims that were numbered before this one: what stood beside it when it was built."""
    return tuple(one for one in others if (len(one[0]), one[0]) < (len(number), number))


def _asked(subject: Subject, claims: Sequence[ClaimContent]) -> list[object]:
    return [
        numbers(claim.superbill for claim in claims),
        Texts([claim.patient_id for claim in claims]),
        numbers(claim.service_date for claim in claims),
        Texts([claim.payer.payer_id for claim in claims]),
        numbers(claim.rank for claim in claims),
        subject.practice,
    ]
