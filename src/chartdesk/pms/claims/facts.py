"""What scrubbing knows beside the claims themselves, read for any number of claims in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.pms.claims.content import ClaimContent, Facts, Line
from chartdesk.pms.coverage.models import ANSWERS
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

# Original claims of other charges of the same patient, day and payer, line by line.
_TWINS = """
    SELECT g.place::int4, c.number, l.code, l.modifiers
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
    SELECT g.place::int4, COALESCE(v.id, l.id), COALESCE(v.status, l.status), COALESCE(v.service_date, l.service_date)
      FROM unnest(%(superbills)s::int8[], %(patients)b::text[], %(coverages)b::text[])
           WITH ORDINALITY AS g(superbill, patient, coverage, place)
      LEFT JOIN charges_superbill s ON s.practice = %(practice)s AND s.id = g.superbill
      LEFT JOIN LATERAL (
          SELECT * FROM (
              SELECT e.id, e.status, e.service_date FROM coverage_eligibilitycheck e
               WHERE e.practice = %(practice)s AND e.appointment = s.appointment AND s.appointment <> ''
                 AND e.patient = g.patient AND e.coverage = g.coverage ORDER BY e.id DESC LIMIT 1
          ) AS latest WHERE latest.status = ANY(%(answers)b::text[])
      ) v ON true
      LEFT JOIN LATERAL (
          SELECT e.id, e.status, e.service_date FROM coverage_eligibilitycheck e
           WHERE v.id IS NULL AND e.practice = %(practice)s AND e.coverage = g.coverage AND e.patient = g.patient
             AND e.status = ANY(%(answers)b::text[]) ORDER BY e.id DESC LIMIT 1
      ) l ON true
     WHERE COALESCE(v.id, l.id) IS NOT NULL
"""
_LineKey = tuple[str, tuple[str, ...]]


def beside(subject: Subject, claims: Sequence[ClaimContent]) -> list[ClaimContent]:
    """The claims with what the rules know beside each.

    Claims that are scrubbed together see each other as they would one after the other: the later one is the duplicate.
    """
    practice = practice_of(subject)
    today, check_npi = clock.today(practice.zone), bool(practice.settings.get("check_npi", True))
    eligibility, twins = _eligibility(subject, claims), _duplicates(subject, claims)
    return [
        msgspec.structs.replace(
            claim,
            facts=Facts(
                today=today, duplicates=tuple(twins[place]), eligibility=eligibility.get(place, ""),
                check_npi=check_npi,
            ),
        )
        for place, claim in enumerate(claims)
    ]  # fmt: skip


def _eligibility(subject: Subject, claims: Sequence[ClaimContent]) -> dict[int, str]:
    """What the payer last answered about each policy for the day of service, by the claim's place."""
    values = {
        "superbills": numbers(claim.superbill for claim in claims),
        "patients": Texts([claim.patient_id for claim in claims]),
        "coverages": Texts([claim.insured.coverage_id for claim in claims]),
        "practice": subject.practice,
        "answers": Texts(ANSWERS),
    }
    found = database.rows(_ANSWERS, values)
    read = {number: claims[place - 1].patient_id for place, number, _, _ in found}
    touched = [audit.Touched("R", "eligibility check", str(number), 0, patient) for number, patient in read.items()]
    audit.record_many(subject, touched)
    return {place - 1: status for place, _, status, day in found if day == claims[place - 1].service_date}


def _duplicates(subject: Subject, claims: Sequence[ClaimContent]) -> list[list[str]]:
    """The numbers of the claims that bill a line of each claim already: those that stand, then earlier of these."""
    lines = [{_key(line) for line in claim.lines} for claim in claims]
    found: list[list[str]] = [[] for _ in claims]
    for place, number, code, modifiers in database.rows(_TWINS, _asked(subject, claims)):
        if (code, tuple(modifiers)) in lines[place - 1] and number not in found[place - 1]:
            found[place - 1].append(number)
    before: dict[tuple[str, date, str, int], list[int]] = {}
    for place, claim in enumerate(claims):
        alike = before.setdefault((claim.patient_id, claim.service_date, claim.payer.payer_id, claim.rank), [])
        for other in alike:
            twin = claims[other]
            if twin.superbill != claim.superbill and twin.frequency == "1" and lines[place] & lines[other]:
                found[place] += [twin.number] if twin.number not in found[place] else []
        alike.append(place)
    return found


def _asked(subject: Subject, claims: Sequence[ClaimContent]) -> list[object]:
    return [
        numbers(claim.superbill for claim in claims),
        Texts([claim.patient_id for claim in claims]),
        numbers(claim.service_date for claim in claims),
        Texts([claim.payer.payer_id for claim in claims]),
        numbers(claim.rank for claim in claims),
        subject.practice,
    ]


def _key(line: Line) -> _LineKey:
    return line.code, line.modifiers
