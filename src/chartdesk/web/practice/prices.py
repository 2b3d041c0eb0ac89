"""Payers: who is billed, what each wants, and what its contract allows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.charges import price_queries
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as payers
from chartdesk.pms.coverage.cards import PayerDetails
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.registration.vocabulary import STATES
from chartdesk.web.fields import Field, Form
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: The kinds of payer, as claims name them (SBR09).
FILING = {
    "CI": "Commercial", "BL": "Blue Cross Blue Shield", "HM": "Health maintenance organization",
    "MB": "Medicare Part B", "MA": "Medicare Part A", "MC": "Medicaid", "CH": "TRICARE", "16": "Medicare Advantage",
    "AM": "Automobile", "LM": "Liability", "WC": "Workers' compensation", "VA": "Veterans Affairs", "ZZ": "Other",
}  # fmt: skip
#: What a payer may want besides the usual.
WANTS = {
    "needs_taxonomy": "Wants the provider's taxonomy",
    "needs_referral": "Wants a referral number",
    "needs_referring": "Wants the referring clinician on every claim",
    "needs_ordering": "Wants who ordered laboratory, imaging and equipment, besides the visit too",
    "paper": "Takes claims on paper only",
    "pays_by_clinician": "Pays nurse practitioners and physician assistants 85 % of Medicare, as Medicare does",
    "out_of_network": "The practice is not in its network",
}
#: How a payer is asked about coming visits: what stands in its settings, and in words. Empty: as the practice does.
ASKED = {"": "As the practice asks", "1": "By the file", "0": "One by one"}
#: Days of follow-up that differ by payer: what they are for; an empty one is the usual.
DAYS = {
    "status_after_days": "Is asked for the status after days (0 never)",
    "status_again_days": "and again after days",
    "appeal_days": "Takes an appeal for days",
    "appeal_days_next": "and the next level for days",
    "appeal_answer_days": "Answers an appeal within days",
}
_TEXTS = ("payer_id", "name", "filing_indicator", "phone", "line1", "line2", "city", "state", "postal_code")


def index(request: HttpRequest) -> HttpResponse:
    """The payers of the practice."""
    asked = staff(request, *MONEY)
    found = payers.payers(asked.subject, active=False)
    context = {"payers": [(one, FILING.get(one.filing_indicator, one.filing_indicator)) for one in found]}
    return render(request, "practice/payers.html", {**context, "tab": "payers"})


def payer(request: HttpRequest, payer_id: str = "") -> HttpResponse:
    """One payer, new or known, with what its contract allows; on POST it is saved."""
    asked = staff(request, *MONEY)
    known = payers.payer(asked.subject, payer_id) if payer_id else None
    form = _form(known)
    status = 200
    if request.method == "POST":
        data = {name: text.strip() for name, text in request.POST.dict().items()}
        if known is not None:
            data["payer_id"] = known.payer_id
        form.fill({one.name: data.get(one.name, "") for one in form.fields()})
        try:
            details = _details(data, known)
            if known is None:
                coverage.add_payer(asked.subject, details)
            else:
                coverage.amend_payer(asked.subject, details, active=data.get("active") == "1")
        except ChartdeskError as fault:
            form.mark(fault)
            status = 422
        else:
            messages.success(request, f"{details.name} was saved.")
            return redirect("practice_payers")
    rates = price_queries.contract(asked.subject, payer_id) if known else []
    context = {"form": form, "payer": known, "rates": rates, "tab": "payers"}
    return render(request, "practice/payer.html", context, status=status)


def _details(data: dict[str, str], known: Payer | None) -> PayerDetails:
    days = data.get("timely_filing_days", "")
    if not days.isdecimal() or len(days) > 5:
        raise Invalid(f"{days!r} is not a number of days.", where="timely_filing_days", cure="Write it like 365.")
    settings = {**(known.settings if known else {}), **{name: data.get(name) == "1" for name in WANTS}}
    settings.pop("eligibility_batch", None)
    if data.get("eligibility_batch"):
        settings["eligibility_batch"] = data["eligibility_batch"] == "1"
    for name in DAYS:
        text = data.get(name, "")
        if text and (not text.isdecimal() or len(text) > 4):
            raise Invalid(f"{text!r} is not a number of days.", where=name, cure="Write it like 30, or leave it empty.")
        settings.pop(name, None)
        settings |= {name: int(text)} if text else {}
    return PayerDetails(
        **{name: data.get(name, "") for name in _TEXTS}, timely_filing_days=int(days), settings=settings
    )


def _form(known: Payer | None) -> Form:
    states = [("", ""), *((code, code) for code in sorted(STATES))]
    form = Form([
        ("Payer", [
            *([] if known else [Field("payer_id", "Electronic number", width=3, required=True)]),
            Field("name", "Name", width=5, required=True),
            Field("filing_indicator", "Kind", width=4, choices=list(FILING.items())),
            Field("phone", "Phone", "tel", width=3),
            Field("timely_filing_days", "Takes claims for days", "number", width=3, value="365"),
            *([Field("active", "Is billed", "check", width=2)] if known else []),
        ]),
        ("Address", [
            Field("line1", "Street", width=8), Field("line2", "Suite", width=4), Field("city", "City", width=6),
            Field("state", "State", width=2, choices=states), Field("postal_code", "ZIP", width=4),
        ]),
        ("What it wants", [
            *(Field(name, words, "check", width=4) for name, words in WANTS.items()),
            Field("eligibility_batch", "Is asked about coming visits", width=4, choices=list(ASKED.items())),
        ]),
        ("Follow-up", [Field(name, words, "number", width=4) for name, words in DAYS.items()]),
    ])  # fmt: skip
    if known is not None:
        values: dict[str, Any] = {name: getattr(known, name) for name in (*_TEXTS, "timely_filing_days")}
        values |= {name: "1" if known.settings.get(name) else "" for name in WANTS}
        values |= {name: str(known.settings.get(name, "")) for name in DAYS}
        asked = known.settings.get("eligibility_batch")
        values["eligibility_batch"] = "" if asked is None else "1" if asked else "0"
        form.fill({**values, "active": "1" if known.active else ""})
    return form
