"""Documents that go with the claims of a visit, and what payers ask to see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.charges.stating import DESK
from chartdesk.pms.claims import attachments, document_requests, record_documents
from chartdesk.pms.claims.attachment_words import REPORTS, WAYS
from chartdesk.pms.claims.attachments import Given
from chartdesk.web.banner import banner
from chartdesk.web.errors import noticed, words
from chartdesk.web.fields import Field, Form, options
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

#: What a document usually is: support for the claim.
_USUAL = "OZ"


def page(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """What goes with the claims, and what is asked for; on POST one more document is kept."""
    asked = staff(request, *DESK)
    bill = charges.superbill(asked.subject, superbill_id)
    form = _form(bill).fill({"report": _USUAL, "transmission": "EL"})
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            way, line = request.POST.get("transmission", ""), request.POST.get("line", "")
            attachments.attach(asked.subject, superbill_id, _given(asked, way, line))
            messages.success(request, "Kept. Claims that were not sent yet name it.")
            return redirect("claim_documents", superbill_id)
        except ChartdeskError as fault:
            return _page(asked, bill, form.mark(fault), 422)
    return _page(asked, bill, form)


@require_POST
def choose(request: HttpRequest, superbill_id: int, document_id: str) -> HttpResponse:
    """Let a document of the record, such as the signed note, go with the claims as it stands now."""
    asked = staff(request, *DESK)
    with noticed(request):
        line = request.POST.get("line", "")
        record_documents.choose(asked.subject, superbill_id, document_id, line=line)
        messages.success(request, "Kept as it is now. Claims that were not sent yet name it.")
    return redirect("claim_documents", superbill_id)


@require_POST
def answer(request: HttpRequest, superbill_id: int, request_id: int) -> HttpResponse:
    """Send the payer what it asked for: a new file, or documents that are kept here."""
    asked = staff(request, *DESK)
    held = [int(one) for one in request.POST.getlist("held") if one.isdecimal()]
    try:
        fresh = [_given(asked, "EL")] if "file" in request.FILES else []
        document_requests.answer(asked.subject, request_id, fresh, held)
        messages.success(request, "Sent to the payer.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("claim_documents", superbill_id)


def content(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """One document, to be saved: what others wrote is not shown as a page of ours."""
    asked = staff(request, *DESK)
    found = attachments.document(asked.subject, attachment_id)
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def remove(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """Take a document back that no payer has."""
    asked = staff(request, *DESK)
    superbill = attachments.document(asked.subject, attachment_id).superbill
    try:
        attachments.remove(asked.subject, attachment_id)
        messages.success(request, "Taken back.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("claim_documents", superbill)


def _page(asked: StaffRequest, bill: SuperbillView, form: Form, status: int = 200) -> HttpResponse:
    held = attachments.of_charges(asked.subject, bill.id)
    offered = record_documents.offered(asked.subject, bill)
    context = {
        "banner": banner(asked, bill.patient_id),
        "bill": bill,
        "documents": [(one, REPORTS.get(one.report, one.report), WAYS.get(one.transmission, "")) for one in held],
        "offered": [(one, REPORTS[one.report]) for one in offered],
        "lines": _lines(bill),
        "requests": document_requests.of_charges(asked.subject, bill.id),
        "reports": options(REPORTS),
        "usual": _USUAL,
        "form": form,
        "money": asked.subject.has(*MONEY),
    }
    return render(asked, "front_desk/claim_documents.html", context, status=status)


def _lines(bill: SuperbillView) -> list[tuple[str, str]]:
    """What a document may be about: the whole visit, or one of its charges."""
    named = {attachments.line_key(line): line.description for line in bill.lines}
    return [("", "The whole claim"), *((key, f"{key} {words}".strip()) for key, words in named.items())]


def _form(bill: SuperbillView) -> Form:
    return Form([("", [
        Field("report", "What it is", width=4, choices=options(REPORTS)),
        Field("transmission", "How it travels", width=4, choices=options(WAYS)),
        Field("line", "What it is about", width=4, choices=_lines(bill)),
        Field("file", "File", "file", width=12, hint="PDF, JPEG, PNG, TIFF, XML or text, up to 20 MB"),
    ])])  # fmt: skip


def _given(asked: StaffRequest, way: str, line: str = "") -> Given:
    file = asked.FILES.get("file")
    if file is None:
        raise Invalid("No file was chosen.", where="file", cure="Choose the document.")
    return Given(file.name or "", file.read(attachments.LARGEST + 1), asked.POST.get("report", ""), way, line)
