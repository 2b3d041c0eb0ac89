"""The rules about remittances that wait for a person before they post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import money
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.remittance import autoposting
from chartdesk.record.access import Role
from chartdesk.standards.x12.codes import payments
from chartdesk.web.errors import words
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import staff

#: Claim statuses that a rule may name.
_STATUSES = ("2", "3", "4", "19", "20", "21", "22", "23", "25")


def index(request: HttpRequest) -> HttpResponse:
    """The rules, in words; a manager changes them."""
    asked = staff(request, *MONEY)
    names = {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}
    context = {
        "tab": "rules",
        "rules": [
            (one, names.get(one.payer_id, one.payer_id), [payments.claim_status(code) for code in one.statuses])
            for one in autoposting.rules(asked.subject)
        ],
        "payers": sorted(names.items(), key=lambda pair: pair[1]),
        "statuses": [(code, payments.claim_status(code)) for code in _STATUSES],
        "may_change": asked.subject.has(Role.MANAGER),
    }
    return render(request, "billing/posting_rules.html", context)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Add a rule, or remove one."""
    asked = staff(request, Role.MANAGER)
    given = request.POST
    try:
        if given.get("remove", "").isdecimal():
            autoposting.remove_rule(asked.subject, int(given["remove"]))
        else:
            over = given.get("over", "").strip()
            autoposting.set_rule(
                asked.subject,
                autoposting.RuleDetails(
                    given.get("name", ""),
                    given.get("payer", ""),
                    money(over) if over else None,
                    given.getlist("statuses"),
                    "unmatched" in given,
                    "adjusted" in given,
                    "undeposited" in given,
                ),
            )
        messages.success(request, "Kept. It holds for what comes in from now on.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("posting_rules")
