"""Two records of one patient: find the other one, compare side by side, merge, undo. For the manager."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import merging, rules
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.queries import PatientView
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements import queries as statements
from chartdesk.web.front_desk import patient_form
from chartdesk.web.request import StaffRequest, staff, whole
from chartdesk.web.templatetags.chartdesk import phone

#: Tables whose rows people know under a name; other rows are counted together.
_TABLES = {
    "charges_superbill": "Superbills",
    "charting_dayvisit": "Visits on day lists",
    "charting_note": "Notes",
    "claims_claim": "Claims",
    "coverage_eligibilitycheck": "Eligibility answers",
    "kit_workitem": "Work items",
    "ledger_entry": "Ledger entries",
    "remittance_claimpayment": "Insurance payments",
    "remittance_denial": "Denials",
    "statements_payment": "Patient payments",
    "statements_statement": "Statements",
}


@dataclass(frozen=True)
class Line:
    """One line of the comparison. ``alike`` is None where one of the two says nothing."""

    label: str
    goes: str
    stays: str
    alike: bool | None = None


def index(request: HttpRequest) -> HttpResponse:
    """The merges that were made, the newest first."""
    asked = staff(request, *merging.ROLES)
    found = merging.merges(asked.subject)
    names = registration.names(asked.subject, [one for made in found for one in (made.source, made.target)])
    rows = [(made, names.get(made.source), names.get(made.target)) for made in found]
    return render(request, "front_desk/merges.html", {"rows": rows})


def choose(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Who may be the same person: by the rules of registration, or by a search."""
    asked = staff(request, *merging.ROLES)
    view = registration.patient(asked.subject, patient_id)
    text = request.GET.get("q", "").strip()
    hits = registration.find(asked.subject, text, limit=20) if text else []
    context = {
        "patient": view,
        "candidates": registration.candidates(asked.subject, view.person, besides=view.patient_id),
        "text": text,
        "hits": [hit for hit in hits if hit.patient_id != view.patient_id],
    }
    return render(request, "front_desk/merge_choose.html", context)


def compare(request: HttpRequest) -> HttpResponse:
    """Both records side by side and what a merge would do; a POST merges them."""
    asked = staff(request, *merging.ROLES)
    data = request.POST if request.method == "POST" else request.GET
    source, target = data.get("goes", ""), data.get("stays", "")
    if request.method == "POST":
        try:
            return _merge(asked, source, target)
        except ChartdeskError as fault:
            return _page(asked, source, target, fault=fault, status=409)
    return _page(asked, source, target)


@require_POST
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Put back what a merge moved; says what had been changed since."""
    asked = staff(request)
    done = merging.undo(asked.subject, merge_id)
    messages.success(request, f"Undone: {done.resources + done.rows} things are back where they were.")
    for sentence in done.changed:
        messages.warning(request, sentence)
    return redirect("patient", done.source)


def _merge(asked: StaffRequest, source: str, target: str) -> HttpResponse:
    post = asked.POST
    seen = merging.preview(asked.subject, source, target)
    if seen.match.score < rules.SUSPECT and post.get("confirmed") != "1":
        raise Invalid("They are not alike.", cure="Say that you have looked.", where="confirmed")
    made = merging.merge(
        asked.subject,
        source,
        target,
        reason=post.get("reason", "").strip()[:200],
        seen=(whole(post, "goes_version"), whole(post, "stays_version")),
    )
    messages.success(asked, f"Merged. {made.moved} things belong to this patient now.")
    return redirect("patient", target)


def _page(
    asked: StaffRequest, source: str, target: str, *, fault: ChartdeskError | None = None, status: int = 200
) -> HttpResponse:
    seen = merging.preview(asked.subject, source, target)
    goes, stays = (_view(asked, stored.id) for stored in (seen.source, seen.target))
    context: dict[str, Any] = {
        "seen": seen,
        "goes": goes,
        "stays": stays,
        "lines": [*_lines(goes, stays), *_beside(asked, source, target)],
        "counts": _counted(seen.counts),
        "alike": seen.match.score >= rules.SUSPECT,
        "swap": f"{reverse('merge_compare')}?goes={target}&stays={source}",
        "fault": f"{fault.message} {fault.cure}".strip() if fault is not None and not seen.objections else "",
        "reason": asked.POST.get("reason", ""),
    }
    return render(asked, "front_desk/merge_compare.html", context, status=status)


def _view(asked: StaffRequest, patient: str) -> PatientView:
    return registration.patient(asked.subject, patient)


def _lines(goes: PatientView, stays: PatientView) -> list[Line]:
    said = []
    for view in (goes, stays):
        person = view.person
        said.append(
            {
                "Name": view.full_name,
                "Goes by": person.preferred,
                "Born": f"{person.birth_date:%b %-d, %Y}" if person.birth_date else "",
                "Sex": person.sex if person.sex != "unknown" else "",
                "MRN": view.mrn,
                "SSN": patient_form.masked(person.ssn),
                "Phones": ", ".join(map(phone, person.phones)),
                "Email": person.email,
                "Address": person.address.one_line,
                "Language": person.language,
                "Guarantor": view.guarantor.person.full_name if view.guarantor.person else "the patient",
                "Alert": view.alerts,
            }
        )
    told = [label for label in said[0] if said[0][label] or said[1][label]]
    return [_line(label, said[0][label], said[1][label], compares=label != "MRN") for label in told]


def _beside(asked: StaffRequest, source: str, target: str) -> list[Line]:
    """What hangs on each record, in short."""
    said = []
    for patient in (source, target):
        account = statements.account(asked.subject, patient)
        policies = coverage.coverages(asked.subject, patient)
        visits = scheduling.of_patient(asked.subject, patient)
        said.append(
            {
                "Insurance": ", ".join(f"{one.rank}. {one.payer_name} {one.member_id}" for one in policies),
                "Visits": str(len(visits)) if visits else "",
                "Owes": f"${account.balance_patient:,.2f}",
            }
        )
    return [_line(label, said[0][label], said[1][label], compares=False) for label in said[0]]


def _line(label: str, goes: str, stays: str, *, compares: bool) -> Line:
    known = bool(goes and stays and compares)
    return Line(label, goes, stays, goes.casefold() == stays.casefold() if known else None)


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What would move, in words, the most first."""
    found: dict[str, int] = {}
    for name, count in counts.items():
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) if name[:1].isupper() else _TABLES.get(name, "Other entries")
        found[words] = found.get(words, 0) + count
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
