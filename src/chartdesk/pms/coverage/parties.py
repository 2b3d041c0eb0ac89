"""The practice and its payers as Organizations: what resources about money refer to."""

from __future__ import annotations

from chartdesk.kit import fetching
from chartdesk.kit.transactions import advisory_lock, forget, once
from chartdesk.pms.coverage.models import Payer
from chartdesk.record import rules, store
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.organization import with_facts
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4

_ORGANIZATION = "http://terminology.hl7.org/CodeSystem/organization-type"


def practice(subject: Subject) -> r4.Reference:
    """A reference to the practice's Organization, which is written where there is none yet."""
    row = practice_of(subject)
    if not row.organization:
        row = _opened(subject)
    return r4.Reference(reference=f"Organization/{row.organization}")


def known(subject: Subject, payer_id: str) -> Payer | None:
    """The practice's payer with that number, read once in a transaction."""
    values = [subject.practice, payer_id]
    return once(("payer", payer_id), lambda: fetching.first(Payer, "practice = %s AND payer_id = %s", values))


def of_organization(subject: Subject, organization: str) -> Payer | None:
    """The payer that an Organization stands for."""
    if not organization:
        return None
    wanted, values = "practice = %s AND organization = %s ORDER BY id LIMIT 1", [subject.practice, organization]
    found = once(("payer of", organization), lambda: fetching.first(Payer, wanted, values))
    return found and once(("payer", found.payer_id), lambda: found)


def changed(row: Payer) -> None:
    """A payer was written: the rest of the transaction reads it anew."""
    forget(("payer", row.payer_id))
    forget(("payer of", row.organization))


def payer(subject: Subject, payer_id: str, name: str = "") -> r4.Reference:
    """A reference to a payer's Organization, with its name at the time; only that where it is none of ours."""
    row = known(subject, payer_id)
    if row is None:
        return r4.Reference(display=name or payer_id or "unknown payer")
    return r4.Reference(reference=f"Organization/{row.organization}", display=name or None)


def _opened(subject: Subject) -> Practice:
    """The practice with an Organization of its own; two that need it at once agree on one."""
    advisory_lock("organization", subject.practice)
    row = Practice.objects.get(pk=subject.practice)
    if not row.organization:
        with rules.trusted():
            kind = r4.Coding(system=_ORGANIZATION, code="prov", display="Healthcare Provider")
            blank = r4.Organization(active=True, type=[r4.CodeableConcept(coding=[kind])])
            row.organization = store.put(subject, with_facts(blank, row)).id
        row.save(update_fields=["organization"])
    forget(("practice", subject.practice))
    return row
