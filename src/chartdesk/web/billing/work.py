"""The work list: what waits for a person, in words, with the cure and the place to mend it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.kit import worklist
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access.subject import Role
from chartdesk.web import lists, places
from chartdesk.web.navigation import CARE, FRONT
from chartdesk.web.request import StaffRequest, staff

STAFF = (*FRONT, *CARE, Role.BILLER)
#: Kinds of work in words; others are said by their code.
KINDS = {
    "charge_review": "Charges to review",
    "logins_joined": "Two logins of a patient",
    "missing_charges": "Visit without charges",
    "charges_changed": "Charges changed after signing",
    "claim_scrub": "Claim held",
    "claim_rejected": "Claim rejected",
    "file_unreadable": "File not read",
    "answer_unmatched": "Answer without a claim",
    "denial": "Denial",
    "claim_status": "Payer wants something",
    "claim_outdated": "Sent claim no longer right",
    "claim_voided": "Claim taken back",
    "next_payer": "Next payer not billed",
    "paper_claims": "Paper claims to mail",
    "appeal": "Appeal",
    "payment_held": "Payment held",
    "underpayment": "Paid below contract",
    "paid_again": "Paid twice",
    "take_back": "Money taken back",
    "remittance_refused": "Remittance refused",
    "remittance_repeated": "Remittance came again",
    "remittance_review": "Remittance to look at",
    "deposit_differs": "Deposit differs",
    "bank_file": "Bank file not read",
    "eligibility": "Eligibility",
    "authorization": "Authorization",
    "coverage_found": "Insurance found",
    "signed_visit_withdrawn": "Signed visit withdrawn",
    "result_unassigned": "Nobody's result",
    "result_unsigned": "Result not signed",
    "result_follow_up": "To do after a result",
    "order_waiting": "Order without a result",
    "plan_missed": "Payment plan behind",
    "autopay_declined": "Instalment not charged",
    "card_unknown": "Card charge unknown",
    "card_disputed": "Card charge disputed",
    "good_faith_estimate": "Estimate to give",
    "delivery_stuck": "Message not delivered",
    "subscription_error": "Program not reached",
    "figure_out_of_range": "Figure out of its range",
}
#: Whose lists a manager can look at, besides their own.
ROLES = {"manager": "Manager", "biller": "Billing", "front_desk": "Front desk", "clinician": "Clinicians"}
_ORDERS = {"raised": ("raised",), "amount": ("amount",), "due": ("due",), "kind": ("kind", "raised")}


@dataclass(frozen=True)
class Row:
    """An item as the list shows it: with the page that mends it, and the patient it is about."""

    item: WorkItem
    kind: str
    target: str
    patient: registration.PatientHit | None


def page(request: HttpRequest) -> HttpResponse:
    """The open items of the person's roles; a manager can look at every list. Refreshes itself."""
    asked = staff(request, *STAFF)
    found = _found(asked)
    if lists.exporting(asked):
        return _file(asked, found.pop("all"))
    part = request.headers.get("HX-Target") == "work"
    return render(request, "billing/work_rows.html" if part else "billing/work.html", found)


def count(request: HttpRequest) -> HttpResponse:
    """The bell in the header with the number of open items of the person's own roles."""
    asked = staff(request)
    with transaction(asked.subject):
        number = worklist.items(asked.subject, roles=asked.subject.roles).count()
    return render(request, "billing/work_count.html", {"number": number})


def settle(request: HttpRequest, item_id: int) -> HttpResponse:
    """The dialog that closes an item by hand; on POST closes it, done or dismissed, with the note."""
    asked = staff(request, *STAFF)
    item = _item(asked, item_id)
    if request.method != "POST":
        return render(request, "billing/work_settle.html", {"item": item, "kind": KINDS.get(item.kind, item.kind)})
    state = request.POST.get("state", "done")
    note = request.POST.get("note", "").strip()
    if state not in ("done", "dismissed"):
        raise Invalid(f"{state!r} is no way to close an item.", cure="Choose done or dismissed.", where="state")
    if state == "dismissed" and not note:
        raise Invalid("An item is dismissed with a note.", cure="Say why nothing is to be done.", where="note")
    worklist.settle(asked.subject, item_id, by=asked.subject.actor, state=state, note=note)
    response = HttpResponse(status=204)
    notice = {"kind": "success", "text": "Done." if state == "done" else "Dismissed.", "cure": ""}
    response["HX-Trigger"] = json.dumps({"closeDialog": {}, "live:work": {}, "notice": notice})
    return response


def _found(asked: StaffRequest) -> dict[str, Any]:
    subject = asked.subject
    manages = subject.has(Role.MANAGER)
    chosen = asked.GET.get("role", "")
    roles = [chosen] if manages and chosen in ROLES else sorted(subject.roles)
    kind = asked.GET.get("kind", "")
    order = lists.order_of(asked, _ORDERS, "raised")
    with transaction(subject):
        rows = worklist.items(subject, roles=roles)
        kinds = Counter(rows.order_by().values_list("kind", flat=True))
        if kind:
            rows = rows.filter(kind=kind)
        sign = "-" if order.startswith("-") else ""
        rows = rows.order_by(*(sign + name for name in _ORDERS[order.removeprefix("-")]), "pk")
        listing = lists.paged(asked, rows)
        every = list(rows[: lists.LARGEST_EXPORT]) if lists.exporting(asked) else []
        of_role = Counter(worklist.items(subject).order_by().values_list("role", flat=True)) if manages else {}
    return {
        "listing": listing,
        "rows": _rows(asked, listing.rows),
        "all": every,
        "kinds": [(code, KINDS.get(code, code.replace("_", " ")), number) for code, number in sorted(kinds.items())],
        "kind": kind,
        "order": order,
        "roles": [(code, words, of_role.get(code, 0)) for code, words in ROLES.items()] if manages else [],
        "role": chosen if chosen in ROLES else "manager",
    }


def _rows(asked: StaffRequest, items: list[WorkItem]) -> list[Row]:
    """The items with the names of the patients they are about; each name is noted as read."""
    about = {item.pk: item.about.removeprefix("Patient/") for item in items if item.about.startswith("Patient/")}
    names = registration.names(asked.subject, sorted(set(about.values()))) if about else {}
    return [
        Row(
            item,
            KINDS.get(item.kind, item.kind.replace("_", " ")),
            places.mending(asked.subject, item.link_kind, item.link_id),
            names.get(about.get(item.pk, "")),
        )
        for item in items
    ]


def _item(asked: StaffRequest, item_id: int) -> WorkItem:
    with transaction(asked.subject):
        item = worklist.items(asked.subject).filter(pk=item_id).first()
    if item is None:
        raise NotFound("This item is closed already.", cure="Reload the list.")
    if item.role not in asked.subject.roles and not asked.subject.has(Role.MANAGER):
        raise Forbidden("This item stands on another list.", cure="Ask the practice's manager.")
    return item


def _file(asked: StaffRequest, items: list[WorkItem]) -> HttpResponse:
    header = ["Raised", "Kind", "What", "Detail", "What to do", "Patient", "Amount", "Due"]
    rows = (
        (
            row.item.raised,
            row.kind,
            row.item.title,
            row.item.detail,
            row.item.cure,
            row.patient.name if row.patient else "",
            row.item.amount,
            row.item.due,
        )
        for row in _rows(asked, items)
    )
    return lists.exported(asked, "work-list", header, rows)
