"""Follow-up: every claim that waits for money, changed one by one or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.claims.models import OPEN
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.follow_up import cases, commands, queries, rules
from chartdesk.pms.follow_up.models import PENDING_APPEALS
from chartdesk.pms.follow_up.queries import Filter, Pursued
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.remittance import queries as remittance
from chartdesk.standards.x12.codes import adjustment_reasons
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff

#: What the list is narrowed by, as the page's address names it.
_FILTERS = ("age", "payer", "kind", "reason", "owner", "due", "action", "least", "most")
_DUES = {"late": "Overdue", "today": "Due today or before", "none": "No day set"}
#: In a bulk change: leave it as it is.
KEEP = "="


@dataclass(frozen=True)
class Row:
    """A claim of the list."""

    claim: Pursued
    patient: str
    payer: str
    kind: str
    reasons: list[tuple[str, str]]
    action: str
    late: bool


def index(request: HttpRequest) -> HttpResponse:
    """The list with its sums by age, a page of it, and the form that changes many at once."""
    asked = staff(request, *MONEY)
    wanted = narrowed(asked.GET)
    order = lists.order_of(asked, queries.ORDERS, "-amount")
    payers = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    if lists.exporting(asked):
        return _file(asked, queries.page(asked.subject, wanted, order=order, limit=lists.LARGEST_EXPORT), payers)
    text = asked.GET.get("page", "1")
    skip = (max(int(text), 1) - 1) * lists.SIZE if text.isdecimal() and len(text) < 9 else 0
    sums, found = queries.listed(asked.subject, wanted, order=order, skip=skip, limit=lists.SIZE)
    listing = lists.paged(asked, range(sums.count), sums.count)
    if not found and sums.count:
        found = queries.page(asked.subject, wanted, order=order, skip=listing.first - 1, limit=lists.SIZE)
    listing = lists.Listing(found, listing.total, listing.number, listing.pages)
    context = {
        "listing": listing,
        "rows": _rows(asked, listing.rows, payers),
        "sums": sums,
        "order": order,
        "wanted": wanted,
        "ages": [(name, sums.by["age"].get(name)) for name, _, _ in rules.AGES],
        "kinds": [(code, said, sums.by["kind"].get(code)) for code, said in rules.KINDS.items()],
        "payers": [(code, payers.get(code, code), share) for code, share in sorted(sums.by["payer"].items())],
        "owners": sorted({*queries.owners(asked.subject), *filter(None, sums.by["owner"])}),
        "reasons": _reasons(asked),
        "actions": rules.ACTIONS.items(),
        "dues": _DUES.items(),
        "query": _query(asked.GET),
        "keep": KEEP,
        "narrowed": any(asked.GET.get(name) for name in _FILTERS),
    }
    return render(request, "billing/follow_up.html", context)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Change the ticked claims, or every claim that fits the filter, all alike."""
    asked = staff(request, *MONEY)
    query = QueryDict(asked.POST.get("query", ""))
    try:
        if asked.POST.get("every") == "1":
            chosen = queries.fitting(asked.subject, narrowed(query), limit=cases.LARGEST + 1)
        else:
            chosen = [int(one) for one in asked.POST.getlist("claim") if one.isdecimal()]
        number = commands.pursue(asked.subject, chosen, changed(asked))
        messages.success(request, f"{number} claim{'s were' if number != 1 else ' was'} changed.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect(f"{reverse('follow_up')}?{query.urlencode()}")


def page(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One claim's follow-up: who, what next, until when, every note, inquiry and appeal; on POST it is changed."""
    asked = staff(request, *MONEY)
    if request.method == "POST":
        try:
            commands.pursue(asked.subject, [claim_id], changed(asked))
            messages.success(request, "Saved.")
        except ChartdeskError as fault:
            messages.error(request, words(fault))
        return redirect("claim_follow_up", claim_id)
    view = claims.claim(asked.subject, claim_id)
    case = queries.case(asked.subject, claim_id, view.claim.patient)
    context = {
        "claim": view.claim,
        "content": view.content,
        "case": case,
        "owners": queries.owners(asked.subject),
        "actions": rules.ACTIONS.items(),
        "action": rules.ACTIONS.get(case.case.next_action, "") if case.case else "",
        "denials": remittance.denials(asked.subject, claim_id=claim_id, state="pending"),
        "banner": banner(asked, view.claim.patient),
        "askable": view.claim.status in OPEN,
        "pending": next((one for one in case.appeals if one.state in PENDING_APPEALS), None),
    }
    return render(request, "billing/claim_follow_up.html", context)


@require_POST
def ask(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Ask the payer where a claim stands."""
    asked = staff(request, *MONEY)
    try:
        commands.ask_one(asked.subject, claim_id)
        messages.success(request, "The question goes out now. The answer appears here and on the claim's time line.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("claim_follow_up", claim_id)


def narrowed(given: QueryDict) -> Filter:
    """The filter that an address asks for. Raises Invalid for an amount that is none."""
    due = given.get("due", "")
    return Filter(
        age=given.get("age", ""), payer_id=given.get("payer", ""), kind=given.get("kind", ""),
        reason=given.get("reason", ""), owner=given.get("owner", ""), due=due if due in _DUES else "",
        action=given.get("action", ""), at_least=_dollars(given, "least"), at_most=_dollars(given, "most"),
    )  # fmt: skip


def changed(asked: StaffRequest) -> cases.Change:
    """The change that a form asks for: fields left at ``KEEP``, or an empty day of a bulk change, are not meant."""
    given = asked.POST
    owner, action, due = given.get("owner", KEEP), given.get("next_action", KEEP), given.get("due", "")
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:
        raise Invalid(f"{due!r} is not a date.", cure="Write it like 2026-11-21.", where="due") from None
    return cases.Change(
        owner=None if owner == KEEP else owner,
        next_action=None if action == KEEP else action,
        due=day,
        dated=bool(due) or given.get("dated") == "1",
        note=given.get("note", ""),
    )


def _dollars(given: QueryDict, name: str) -> Decimal | None:
    text = given.get(name, "").strip().lstrip("$").replace(",", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > 10**9:
        raise Invalid(f"{text!r} is not an amount.", cure="Write it like 250.00.", where=name)
    return amount


def _query(given: QueryDict) -> str:
    kept = {name: given[name] for name in (*_FILTERS, "order") if given.get(name)}
    return urlencode(kept)


def _rows(asked: StaffRequest, found: list[Pursued], payers: dict[str, str]) -> list[Row]:
    names = registration.names(asked.subject, sorted({one.patient_id for one in found})) if found else {}
    said = queries.said(asked.subject, [one.claim_id for one in found if not one.carcs])
    today = clock.today(asked.practice.zone)
    return [
        Row(
            one,
            names[one.patient_id].name if one.patient_id in names else "",
            payers.get(one.payer_id, one.payer_id),
            rules.KINDS[one.kind],
            [(code, adjustment_reasons.label(code)) for code in one.carcs] or said.get(one.claim_id, []),
            rules.ACTIONS.get(one.action, ""),
            one.due is not None and one.due < today,
        )
        for one in found
    ]


def _reasons(asked: StaffRequest) -> list[tuple[str, str, int]]:
    """What the list can be narrowed to by reason: (filter, words, how many)."""
    denied = [(f"carc:{code}", f"{code} {said}", count) for code, said, count, _ in
              remittance.denial_reasons(asked.subject)]  # fmt: skip
    rejected = [
        (f"rejected:{code}", f"{code} {said}", count) for code, said, count in queries.rejections(asked.subject)
    ]
    return denied + rejected


def _file(asked: StaffRequest, found: list[Pursued], payers: dict[str, str]) -> HttpResponse:
    header = ["Claim", "Patient", "Payer", "Why", "Reasons", "Service", "Days", "Amount", "Owner", "Next", "Due",
              "Appeal until"]  # fmt: skip
    rows: list[list[Any]] = [
        [
            row.claim.number, row.patient, row.payer, row.kind,
            "; ".join(f"{code} {said}" for code, said in row.reasons), row.claim.service_date, row.claim.days,
            row.claim.amount, row.claim.owner, row.action, row.claim.due, row.claim.deadline,
        ]
        for row in _rows(asked, found, payers)
    ]  # fmt: skip
    return lists.exported(asked, "follow-up", header, rows)
