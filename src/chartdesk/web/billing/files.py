"""Files: everything that went to the clearinghouse and came from it, byte for byte."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.claims import commands
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.claims.paper import printing
from chartdesk.pms.remittance import queries as remittance
from chartdesk.pms.remittance.models import Remittance
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: The largest file that is taken by hand, and how much of one a page shows.
LARGEST = 20 * 1024 * 1024
SHOWN = 200_000
#: Claims of a file that its page names.
CLAIMS = 100
#: Files that the list looks through.
_LISTED = 2000
KINDS = ("837P", "837I", "CMS-1500", "276", "TA1", "999", "277CA", "277", "277RFAI", "275", "835")


def index(request: HttpRequest) -> HttpResponse:
    """The files, newest first, by direction and kind."""
    asked = staff(request, *MONEY)
    kind, direction = request.GET.get("kind", ""), request.GET.get("direction", "")
    found = [
        one
        for one in claims.interchanges(asked.subject, limit=_LISTED)
        if (not kind or kind in one.kind.split("+")) and direction in ("", one.direction)
    ]
    context = {
        "listing": lists.paged(asked, found),
        "kinds": KINDS,
        "kind": kind,
        "direction": direction,
    }
    part = request.headers.get("HX-Target") == "files"
    return render(request, "billing/file_rows.html" if part else "billing/files.html", context)


def page(request: HttpRequest, interchange_id: int) -> HttpResponse:
    """One file: what it is, what became of it, and its text."""
    asked = staff(request, *MONEY)
    file = claims.interchange(asked.subject, interchange_id)
    content = bytes(file.content)
    paper = file.kind == printing.KIND
    context = {
        "file": file,
        "size": len(content),
        "paper": paper,
        "text": "" if paper else _lines(content[:SHOWN]),
        "claims": claims.of_file(asked.subject, file.pk, limit=CLAIMS + 1),
        "most": CLAIMS,
        "cut": not paper and len(content) > SHOWN,
        "remittances": remittance.of_interchange(asked.subject, file.pk) if "835" in file.kind else [],
    }
    return render(request, "billing/file.html", context)


def download(request: HttpRequest, interchange_id: int) -> HttpResponse:
    """The file as it went or came."""
    asked = staff(request, *MONEY)
    file = claims.interchange(asked.subject, interchange_id)
    kind = "application/pdf" if file.kind == printing.KIND else "application/EDI-X12"
    response = HttpResponse(bytes(file.content), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_safe(file.name)}"'
    return response


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a file by hand: stored first, then read. Leads to what became of it."""
    asked = staff(request, *MONEY)
    back = "remittances" if request.POST.get("then") == "remittances" else "files"
    given = request.FILES.get("file")
    if given is None or not given.size:
        messages.error(request, "Choose a file that is not empty. Nothing was taken in.")
        return redirect(back)
    if given.size > LARGEST:
        messages.error(request, f"The file is larger than {LARGEST // 1024 // 1024} MB. Nothing was taken in.")
        return redirect(back)
    name, content = _safe(given.name or "file.x12"), given.read()
    before = claims.came_before(asked.subject, content)
    file = before or commands.receive(asked.subject, name, content)
    made = remittance.of_interchange(asked.subject, file.pk) if "835" in file.kind else []
    if before is not None:
        messages.warning(request, f"{name} came before, as {file.name}. Nothing is read or posted twice.")
    elif made and file.status == "read":
        _tell_remittances(request, name, made)
    else:
        _tell(request, file)
    if made and file.status == "read":
        return redirect("remittance", made[0].pk) if len(made) == 1 else redirect("remittances")
    return redirect("interchange", file.pk)


@require_POST
def again(request: HttpRequest, interchange_id: int) -> HttpResponse:
    """Read a stored file once more, after its cause was mended."""
    asked = staff(request, *MONEY)
    try:
        if claims.interchange(asked.subject, interchange_id).direction != "in":
            raise Invalid("Only files that came are read.")
        _tell(request, commands.read_again(asked.subject, interchange_id))
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("interchange", interchange_id)


@require_POST
def mailed(request: HttpRequest, interchange_id: int) -> HttpResponse:
    """The forms of a file of paper claims were printed and mailed."""
    asked = staff(request, *MONEY)
    try:
        commands.mailed(asked.subject, interchange_id)
        messages.success(request, "Noted as mailed on each claim.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("interchange", interchange_id)


def _tell(request: HttpRequest, file: Interchange) -> None:
    if file.status == "error":
        messages.error(request, f"{file.name} was kept, but could not be read. {file.detail}")
    else:
        messages.success(request, f"{file.name}: {file.kind} read. {file.detail}".strip())


def _tell_remittances(request: HttpRequest, name: str, made: list[Remittance]) -> None:
    refused = sum(one.status == "refused" for one in made)
    if refused:
        messages.error(request, f"{name} was kept, and {refused} of {len(made)} payments in it refused.")
    else:
        messages.success(request, f"{name} was taken in. What balances is posted by itself.")


def _lines(content: bytes) -> str:
    """A file as text, one segment on each line, whatever ends its segments."""
    text = content.decode("latin-1")
    end = text[105] if text.startswith("ISA") and len(text) > 105 else "~"
    if end in "\r\n":
        return text
    return "\n".join(part.strip("\r\n") + end for part in text.split(end) if part.strip())


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[-120:].strip(".-") or "file"
