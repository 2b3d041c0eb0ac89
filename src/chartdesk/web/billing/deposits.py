"""Deposits: what the bank shows, beside what the payers announced."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.money import money, total
from chartdesk.pms.remittance import deposits
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff, whole

#: Bytes of the largest bank file that is taken.
_LARGEST = 10_000_000


def index(request: HttpRequest) -> HttpResponse:
    """Deposits that no remittance explains, remittances whose money has not come, and what was matched lately."""
    asked = staff(request, *MONEY)
    standing = deposits.standing(asked.subject)
    context = {
        "tab": "deposits",
        "open": standing.open,
        "waiting": standing.waiting,
        "open_total": total(one.amount for one in standing.open),
        "waiting_total": total(one.amount for one in standing.waiting),
        "listing": lists.paged(asked, deposits.recent(asked.subject)),
        "today": clock.today(asked.practice.zone),
        "key": uuid.uuid4().hex,
    }
    return render(request, "billing/deposits.html", context)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take in a bank file, or one deposit that was keyed in."""
    asked = staff(request, *MONEY)
    try:
        if "file" in request.FILES:
            _import(asked)
        else:
            _key_in(asked)
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("deposits")


def _import(asked: StaffRequest) -> None:
    file = asked.FILES["file"]
    if (file.size or 0) > _LARGEST:
        raise Invalid("The file is too large.", where="file", cure="A bank file has at most 10 MB; split it.")
    made = deposits.import_file(asked.subject, file.read())
    messages.success(asked, f"{made.new} new deposits, {made.matched} matched; {made.known} had come before.")


def _key_in(asked: StaffRequest) -> None:
    given = asked.POST
    on = lists.posted_date(given.get("on", ""), "on")
    made = deposits.key_in(
        asked.subject,
        on,
        money(given.get("amount", "")),
        given.get("method", ""),
        given.get("trace", ""),
        given.get("payer", ""),
        key=given.get("key", ""),
    )
    messages.success(
        asked, "Matched to its remittance." if made.state == "matched" else "Entered; nothing matches yet."
    )


@require_POST
def act(request: HttpRequest, deposit_id: int, action: str) -> HttpResponse:
    """Match a deposit, set it aside, or take that back."""
    asked = staff(request, *MONEY)
    note = request.POST.get("note", "")
    try:
        if action == "match":
            deposits.match(asked.subject, deposit_id, whole(request.POST, "remittance"), note)
        elif action == "explain":
            deposits.explain(asked.subject, deposit_id, note)
        elif action == "part":
            deposits.part(asked.subject, deposit_id)
        else:
            raise Invalid(f"{action!r} is nothing to do with a deposit.", where="action")
        messages.success(request, "Noted.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("deposits")
