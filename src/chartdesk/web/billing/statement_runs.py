"""Statements for many patients: starting a batch, who got one, the file for the printer, mail that came back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.statements import policy, run_queries, runs
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.fields import amount_of
from chartdesk.web.navigation import FRONT, MONEY
from chartdesk.web.request import optional, staff


def index(request: HttpRequest) -> HttpResponse:
    """The batches, and the form that starts one."""
    asked = staff(request, *MONEY)
    context = {"runs": run_queries.runs(asked.subject), "policy": policy.policy(asked.subject), "tab": "statements"}
    return render(request, "billing/statement_runs.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Choose who gets a statement, and begin. The worker makes them."""
    asked = staff(request, *MONEY)
    try:
        run = runs.start(
            asked.subject,
            minimum=amount_of(request.POST.dict(), "minimum"),
            cycle_days=optional(request.POST, "cycle"),
        )
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("statement_runs")
    if run.finished:
        messages.info(request, "Nobody is to be billed now.")
    return redirect("statement_run", run.pk)


def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """One batch with its delivery list; as a file for whoever prints and mails."""
    asked = staff(request, *MONEY)
    run = run_queries.run(asked.subject, run_id)
    rows = run_queries.deliveries(asked.subject, run_id)
    if lists.exporting(asked):
        header = [
            "Statement",
            "Record number",
            "Name",
            "Address",
            "Address 2",
            "City",
            "Balance",
            "Due",
            "Pay by",
            "To",
        ]
        cells = (
            [one.number, one.mrn, one.name, *_three(one.lines), one.balance, one.due, one.pay_by, one.addressee]
            for one in rows
        )
        return lists.exported(asked, f"statements-{run.day}-{run.pk}", header, cells)
    context = {"run": run, "listing": lists.paged(asked, rows), "left": len(run.chosen), "tab": "statements"}
    part = request.headers.get("HX-Target") == "run"
    return render(request, "billing/statement_run_rows.html" if part else "billing/statement_run.html", context)


def printed(request: HttpRequest, run_id: int) -> HttpResponse:
    """All statements of a batch as one PDF."""
    asked = staff(request, *MONEY)
    response = HttpResponse(run_queries.printed(asked.subject, run_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="statements-{run_id}.pdf"'
    return response


@require_POST
def mail(request: HttpRequest, patient_id: str, statement_id: int) -> HttpResponse:
    """Note that the mail brought a statement back, or that the address was looked at."""
    asked = staff(request, *FRONT, *MONEY)
    if request.POST.get("back") == "1":
        runs.came_back(asked.subject, statement_id)
        messages.success(request, "No more statements by mail until the address was looked at.")
    else:
        runs.address_mended(asked.subject, statement_id)
        messages.success(request, "The patient gets statements again.")
    return redirect("account", patient_id)


def _three(lines: list[str]) -> list[str]:
    """An address in three cells: street, more of it, town."""
    return [*([*lines[:-1], "", ""][:2]), lines[-1]] if lines else ["", "", ""]
