"""Copying the charges of the last visit forward, and what the record shows about a visit's level."""

from __future__ import annotations

from collections.abc import Mapping

from chartdesk.kit import fetching
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.charges import assessment, commands, rules
from chartdesk.pms.charges.content import Procedure
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.splits.rules import PROFESSIONAL, TECHNICAL
from chartdesk.record import audit, search
from chartdesk.record.access import Role, Subject
from chartdesk.standards.fhir import r4

_LAST = """practice = %s AND patient = %s AND id <> %s AND status <> 'void' AND service_date <= %s
       AND EXISTS (SELECT FROM charges_chargeline l
                    WHERE l.superbill_id = charges_superbill.id AND l.practice = charges_superbill.practice
                      AND NOT l.superseded)
     ORDER BY (practitioner = %s) DESC, service_date DESC, id DESC LIMIT 1"""


def copy_forward(subject: Subject, superbill_id: int, *, version: int | None = None) -> list[rules.Finding]:
    """Add the lines and diagnoses of the patient's last charged visit to a superbill in review.

    The last one of the same clinician, else of anybody. What stands on the superbill stays; a code that is there
    already is not added again. Prices are those of the new date. Raises NotFound where there is no earlier visit,
    Conflict outside of review, Stale for an older ``version``.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = fetching.first(Superbill, "practice = %s AND id = %s FOR UPDATE", [subject.practice, superbill_id])
        if bill is None:
            raise NotFound(f"There is no superbill {superbill_id}.")
        values = [subject.practice, bill.patient, bill.pk, bill.service_date, bill.practitioner]
        last = fetching.first(Superbill, _LAST, values)
        if last is None:
            raise NotFound("No earlier visit of this patient was charged.", cure="Enter the charges by hand.")
        audit.record(subject, "R", "superbill", patient=last.patient, resource_id=str(last.pk), detail="copied")
        standing = assessment.current_lines(bill)
        diagnoses = [*bill.diagnoses, *(code for code in last.diagnoses if code not in bill.diagnoses)]
        places = {place: diagnoses.index(code) + 1 for place, code in enumerate(last.diagnoses, start=1)}
        here = {line.code for line in standing}
        added = [_again(line, places) for line in _whole(assessment.current_lines(last)) if line.code not in here]
        lines = [*(_kept(line) for line in standing), *added]
        return commands.amend(subject, superbill_id, lines, diagnoses, version=version)


def shown(subject: Subject, bill: SuperbillView) -> list[str]:
    """What the record shows about a visit, in words, for whoever judges its level."""
    with reading(subject):
        found = [_count(len(bill.diagnoses), "diagnosis", "diagnoses")]
        if bill.encounter_id:
            wanted = [("encounter", f"Encounter/{bill.encounter_id}")]
            written = [one.resource for one in search.all(subject, "MedicationRequest", wanted)]
            drugs = [
                one for one in written if isinstance(one, r4.MedicationRequest) and one.status != "entered-in-error"
            ]
            found.append(_count(len(drugs), "prescription", "prescriptions"))
        tests = [line for line in bill.lines if line.code[:1] in "78" and line.code.isdigit()]
        found.append(_count(len(tests), "test charged", "tests charged"))
        return found


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def _whole(lines: list[ChargeLine]) -> list[ChargeLine]:
    """The lines with components that stand beside each other as one: the rules of the new day split them anew."""
    both = {line.code for line in lines if PROFESSIONAL in line.modifiers} & {
        line.code for line in lines if TECHNICAL in line.modifiers
    }
    made = []
    for line in lines:
        if line.code in both:
            if TECHNICAL in line.modifiers:
                continue
            line.modifiers = [one for one in line.modifiers if one != PROFESSIONAL]
        made.append(line)
    return made


def _again(line: ChargeLine, places: Mapping[int, int]) -> Procedure:
    return Procedure(
        code=line.code, modifiers=list(line.modifiers), units=line.units, description=line.description,
        pointers=[places[one] for one in line.pointers if one in places], revenue=line.revenue,
    )  # fmt: skip


def _kept(line: ChargeLine) -> Procedure:
    return Procedure(
        code=line.code, modifiers=list(line.modifiers), units=line.units, pointers=list(line.pointers),
        description=line.description, amount=line.amount, practitioner=line.practitioner,
        service_date=line.service_date, revenue=line.revenue,
    )  # fmt: skip
