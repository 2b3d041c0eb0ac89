"""Documents shared with other organizations: what came in, shown and reconciled, and the summaries that we write."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from chartdesk.ehr.reconciling import commands, queries
from chartdesk.ehr.reconciling.rules import ALLERGIES, KINDS, MEDICATIONS, PROBLEMS, Line, Theirs
from chartdesk.exchange.halves import clinical_summaries
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.pms.registration import queries as registration
from chartdesk.standards import ccda
from chartdesk.standards.ccda import parsing
from chartdesk.standards.terminology import icd10
from chartdesk.web.banner import banner
from chartdesk.web.errors import noticed, words
from chartdesk.web.navigation import CARE
from chartdesk.web.request import staff
from chartdesk.web.templatetags.chartdesk import as_day

TITLES = {PROBLEMS: "Problems", ALLERGIES: "Allergies", MEDICATIONS: "Medicines"}
#: The choices in the words of a button.
CHOICES = {
    "add": "Add to ours",
    "take": "Take theirs for ours",
    "keep": "Keep ours",
    "leave": "Leave it out",
    "resolve": "Resolve ours",
    "withdraw": "Withdraw ours",
    "stop": "Stop ours",
}
#: What was decided, in the words of a list.
DECIDED = {
    "add": "added to ours",
    "take": "theirs taken for ours",
    "keep": "ours kept",
    "leave": "left out",
    "resolve": "ours resolved",
    "withdraw": "ours withdrawn",
    "stop": "ours stopped",
}
_STATES = {
    "new": "new",
    "differs": "differs",
    "same": "the same",
    "ours": "ours only",
    "past": "not current",
    "told": "told",
}
_SUGGESTED = 6


@dataclass(frozen=True)
class Row:
    """A line as the page shows it. ``asks`` for a code, with ``codes`` offered, where a problem comes without one."""

    line: Line
    state: str
    choices: list[tuple[str, str]]
    asks: bool
    codes: list[icd10.Code]
    told: list[str]


def index(request: HttpRequest) -> HttpResponse:
    """The documents from outside that nobody has finished with."""
    asked = staff(request)
    found = queries.waiting(asked.subject)
    patients = registration.names(asked.subject, sorted({one.patient_id for one in found}))
    documents = [(one, patients[one.patient_id].name if one.patient_id in patients else "Unknown") for one in found]
    context = {"documents": documents, "whole": len(found) < queries.MOST}
    return render(request, "clinic/outside_documents.html", context)


def of_patient(request: HttpRequest, patient_id: str) -> HttpResponse:
    """A patient's documents from outside, the summaries that we wrote, and forms for more of both."""
    asked = staff(request)
    context = {
        "banner": banner(asked, patient_id),
        "documents": queries.of_patient(asked.subject, patient_id),
        "summaries": queries.summaries(asked.subject, patient_id),
        "cares": asked.subject.has(*CARE),
    }
    return render(request, "clinic/patient_documents.html", context)


@require_POST
def upload(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Take in a document that came another way, for this patient."""
    asked = staff(request)
    given = request.FILES.get("file")
    if given is None:
        raise Invalid("There is no file.", where="file", cure="Choose the document on your computer.")
    if (given.size or 0) > parsing.LARGEST:
        raise Invalid("The file is too large.", where="file", cure=f"At most {parsing.LARGEST:,} bytes are read.")
    try:
        incoming = commands.receive(
            asked.subject, patient_id, given.read(), source="uploaded", sure=request.POST.get("sure") == "1"
        )
    except (Invalid, Conflict) as fault:
        messages.error(request, words(fault))
        return redirect("patient_documents", patient_id)
    if not asked.subject.has(*CARE):
        messages.success(request, "The document is in the chart. A clinician will look at it.")
        return redirect("patient_documents", patient_id)
    return redirect("outside_document", incoming)


def page(request: HttpRequest, incoming_id: int) -> HttpResponse:
    """One document: its lists beside ours, then its header and sections."""
    asked = staff(request)
    found = queries.reconciliation(asked.subject, incoming_id)
    lists = [
        {
            "kind": kind,
            "title": TITLES[kind],
            "rows": [_row(line) for line in found.lines.get(kind, [])],
            "decisions": [(one, DECIDED.get(one.choice, one.choice)) for one in found.decisions[kind]],
            "silent": kind in found.silent,
        }
        for kind in KINDS
    ]
    context = {
        "banner": banner(asked, found.view.patient_id),
        "view": found.view,
        "document": found.document,
        "lists": lists,
        "undecided": found.undecided,
        "open": found.view.state == "open",
    }
    return render(request, "clinic/outside_document.html", context)


def _row(line: Line) -> Row:
    theirs = line.theirs
    asks = line.kind == PROBLEMS and "add" in line.choices and theirs is not None and not theirs.told("code")
    codes = _suggested(theirs) if asks and theirs is not None else []
    choices = [(choice, CHOICES[choice]) for choice in line.choices]
    return Row(line, _STATES[line.state], choices, asks, codes, _told(line.kind, theirs) if theirs else [])


def _told(kind: str, theirs: Theirs) -> list[str]:
    """What they say of an item, beside its name."""
    if theirs.negated:
        return ["they say: not taken" if kind == MEDICATIONS else "they say that the patient does not have it"]
    told = [f"{name}: {text}" for name, text in theirs.facts if text]
    return [*told, f"since {as_day(theirs.since)}"] if theirs.since else told


def _suggested(theirs: Theirs) -> list[icd10.Code]:
    """Billable codes for a problem that comes without one: below the category that it names, else by its words."""
    below = [code for system, code in sorted(theirs.codes) if system == icd10.SYSTEM]
    found = (icd10.search(asked, _SUGGESTED) for asked in (*below, theirs.words))
    return next((codes for codes in found if codes), [])


@require_POST
def decide(request: HttpRequest, incoming_id: int) -> HttpResponse:
    """Decide about one line; back to its list."""
    asked = staff(request)
    data = request.POST
    kind = data.get("kind", "")
    with noticed(request):
        warnings = commands.decide(
            asked.subject,
            incoming_id,
            kind,
            data.get("key", ""),
            data.get("choice", ""),
            seen=data.get("seen", ""),
            code=data.get("other", "").strip() or data.get("code", ""),
        )
        for warning in warnings:
            messages.warning(request, warning)
    response = redirect("outside_document", incoming_id)
    response["Location"] += f"#{kind}" if kind in KINDS else ""
    return response


@require_POST
def finish(request: HttpRequest, incoming_id: int) -> HttpResponse:
    """Say that a document is reconciled, or not to be reconciled."""
    asked = staff(request)
    reason = request.POST.get("reason", "")
    with noticed(request):
        if request.POST.get("how") == "dismiss":
            commands.dismiss(asked.subject, incoming_id, reason)
        else:
            commands.finish(asked.subject, incoming_id, rest=request.POST.get("rest") == "1")
        messages.success(request, "Done. The document stays in the chart.")
    return redirect("outside_document", incoming_id)


def original(request: HttpRequest, incoming_id: int) -> HttpResponse:
    """The document as it came, as a file."""
    asked = staff(request)
    return _file(queries.original(asked.subject, incoming_id).content, f"document-{incoming_id}.xml")


def attached(request: HttpRequest, incoming_id: int) -> HttpResponse:
    """The file that a document carries instead of sections."""
    asked = staff(request)
    found = queries.attached(asked.subject, incoming_id)
    ending = mimetypes.guess_extension(found.media_type.partition(";")[0].strip()) or ".bin"
    return _file(found.content, f"document-{incoming_id}{ending}", "application/octet-stream")


@require_POST
def write(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Write a summary of care, or a referral where a reason is given."""
    asked = staff(request)
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    try:
        if data.get("kind") == "referral":
            referral = commands.Referral(
                data.get("name", ""), data.get("organization", ""), data.get("reason", ""), data.get("assessment", "")
            )
            made = commands.write_referral(asked.subject, patient_id, referral)
        else:
            made = commands.write_summary(asked.subject, patient_id, recipient=data.get("recipient", "")[:200])
    except (Invalid, Conflict) as fault:
        messages.error(request, words(fault))
        return redirect("patient_documents", patient_id)
    return redirect("summary", made)


def summary(request: HttpRequest, summary_id: int) -> HttpResponse:
    """A summary of ours as its reader sees it; with ``?file`` as a file."""
    asked = staff(request)
    view, content = queries.written(asked.subject, summary_id)
    if "file" in request.GET:
        return _file(content, f"{view.kind}-{summary_id}.xml")
    context = {
        "banner": banner(asked, view.patient_id),
        "view": view,
        "document": ccda.read(content),
        "partners": clinical_summaries.partners(asked.subject),
    }
    return render(request, "clinic/summary.html", context)


@require_POST
def send(request: HttpRequest, summary_id: int) -> HttpResponse:
    """Send a summary to a partner."""
    asked = staff(request)
    with noticed(request):
        clinical_summaries.send(asked.subject, summary_id, request.POST.get("channel", ""))
        messages.success(request, "It is on its way.")
    return redirect("summary", summary_id)


def _file(content: bytes, name: str, media_type: str = "application/xml") -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)
