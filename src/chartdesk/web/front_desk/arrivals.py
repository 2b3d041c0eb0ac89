"""Check-in: everything the desk settles when the patient stands there, on one page."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.ids import new_id
from chartdesk.pms.authorizations import queries as authorizations
from chartdesk.pms.charges import history
from chartdesk.pms.claims import in_flight
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.scheduling import commands as scheduling_commands
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.billing import cards
from chartdesk.web.errors import words
from chartdesk.web.fields import amount_of
from chartdesk.web.request import StaffRequest, optional, staff

DESK = (Role.FRONT_DESK, Role.MANAGER, Role.NURSE)
#: What a coming patient is most often here for, by visit type, while the practice has not charged such visits itself.
USUAL_CODES = {"new": "99203", "office": "99213", "followup": "99213", "sick": "99213", "wellness": "99396"}


def page(request: HttpRequest, appointment_id: str) -> HttpResponse:
    """Coverage, eligibility, estimate, copay, demographics: what to look at before the patient sits down."""
    asked = staff(request, *DESK)
    visit = scheduling.appointment(asked.subject, appointment_id)
    day = visit.starts.astimezone(ZoneInfo(asked.practice.zone)).date()
    coverages = coverage.coverages(asked.subject, visit.patient_id, on=day)
    standings = [
        (
            one,
            coverage.standing(
                asked.subject, visit.patient_id, appointment_id=appointment_id, coverage_id=one.coverage_id
            ),
        )
        for one in coverages
    ]
    codes, usual = _expected(asked, visit, day)
    running = [(one, standing) for one, standing in standings if one.covers(day)]
    first = running[0][1] if running else None
    made = _estimate(asked, visit, day, codes, first)
    context: dict[str, Any] = {
        "banner": banner(asked, visit.patient_id),
        "visit": visit,
        "standings": standings,
        "priced": made.lines if made else [],
        "estimate": made.estimate if made else None,
        "usual": usual,
        "first": first,
        "behind": [one.payer_name for one, _ in running[1:]],
        "payment_key": new_id(),
        "lately": accounts.lately(asked.subject, visit.patient_id),
        "flag": authorizations.flags(asked.subject, [appointment_id]).get(appointment_id),
        "methods": cards.methods(asked, visit.patient_id),
        "paid": accounts.paid_at(asked.subject, appointment_id),
        "may_take": asked.subject.has(Role.FRONT_DESK, Role.BILLER, Role.MANAGER),
        "rooms": scheduling.rooms(asked.subject, site_id=visit.site_id),
    }
    return render(request, "front_desk/check_in.html", context)


def _expected(asked: StaffRequest, visit: Any, day: date) -> tuple[list[str], bool]:
    """The services planned, else what is mostly charged for visits of this type, and whether it is the latter."""
    row = authorizations.of_visit(asked.subject, visit.appointment_id)
    if row is not None and row.codes:
        return list(row.codes), False
    usual = history.usual_codes(asked.subject, visit.visit_type, day)
    return usual or [one for one in [USUAL_CODES.get(visit.visit_type, "")] if one], True


def _estimate(asked: StaffRequest, visit: Any, day: date, codes: list[str], first: Any) -> Any:
    """What the patient will owe by the answer of the payer who is billed first.

    None where no policy runs on the day, its payer has not answered, or nothing says what will be done.
    """
    if not codes or first is None or first.answered is None:
        return None
    return in_flight.estimate(
        asked.subject, first.answered, codes, day, place_of_service=visit.place_of_service or "11",
        practitioner=visit.practitioner,
    )  # fmt: skip


@require_POST
def complete(request: HttpRequest, appointment_id: str) -> HttpResponse:
    """Check the patient in, then take the payment where one was typed. One click never charges twice.

    The check-in comes first: a refused one takes no money, and a refused payment leaves the patient checked in.
    """
    asked = staff(request, *DESK)
    visit = scheduling.appointment(asked.subject, appointment_id)
    done = []
    try:
        amount = amount_of(request.POST.dict(), "amount")
        if visit.status in ("booked", "confirmed"):
            scheduling_commands.check_in(asked.subject, appointment_id, version=optional(request.POST, "version"))
            done.append("Checked in.")
        if amount:
            told, onward = cards.take(asked, visit.patient_id, amount, appointment_id=appointment_id)
            if onward is not None:
                messages.success(request, " ".join([*done, "Now the card."]))
                return onward
            done.append(told)
    except ChartdeskError as fault:
        messages.error(request, f"{' '.join(done)} {words(fault)}".strip())
        return redirect("check_in", appointment_id)
    messages.success(request, " ".join(done) or "Nothing was to be done.")
    on = visit.starts.astimezone(ZoneInfo(asked.practice.zone))
    return redirect(f"/calendar/list?date={on:%Y-%m-%d}")
