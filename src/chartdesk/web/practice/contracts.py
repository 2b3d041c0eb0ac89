"""Contracts with payers: the list, one with its terms and rates, changed from a day on, weighed against the fees."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.charges import contract_commands, price_queries, prices
from chartdesk.pms.charges.contract_commands import Terms
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.charges.price_queries import AgreedView
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.edits import queries as edits
from chartdesk.record.access import Subject
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.fields import day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.practice.fees import percent_of, uploaded
from chartdesk.web.request import StaffRequest, staff, whole

BASES = {
    "medicare": "percent of Medicare",
    "charge": "percent of the charge",
    "fixed": "dollars for a unit",
    "outside": "not part of the contract",
}
PLACES = {"": "anywhere", "N": "outside a facility", "F": "in a facility"}
#: Empty rows for further terms.
SPARE = 3
#: What a term says that speaks of every code.
_FROM, _TO = "00000", "ZZZZZ"
_PARTS = ("first", "last", "modifier", "place", "basis", "figure")


def index(request: HttpRequest) -> HttpResponse:
    """The contracts by payer, and payers without one."""
    asked = staff(request, *MONEY)
    today = clock.today(asked.practice.zone)
    names = _names(asked.subject)
    rows = [(one, names.get(one.payer_id, one.payer_id), _state(one, today)) for one in _agreements(asked)]
    having = {one.payer_id for one, _, _ in rows}
    without = [
        (payer_id, name, len(price_queries.contract(asked.subject, payer_id)))
        for payer_id, name in names.items()
        if payer_id not in having
    ]
    return render(request, "practice/contracts.html", {"tab": "contracts", "contracts": rows, "without": without})


def edit(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A contract with its terms, new or known; on POST it is saved."""
    asked = staff(request, *MONEY)
    known = price_queries.agreement(asked.subject, number) if number else None
    typed = _typed(known, request.GET.get("payer", ""))
    fault: ChartdeskError | None = None
    if request.method == "POST":
        typed = _sent(request.POST, known)
        try:
            saved = _save(asked.subject, typed, known)
        except ChartdeskError as refused:
            fault = refused
        else:
            messages.success(request, "The contract was saved. Claims built from now on expect its amounts.")
            return redirect("contract", saved)
    today = clock.today(asked.practice.zone)
    names = _names(asked.subject)
    context: dict[str, Any] = {
        "tab": "contracts",
        "known": known,
        "payer": names.get(typed["payer_id"], typed["payer_id"]),
        "payers": names.items(),
        "typed": typed,
        "fault": fault,
        "bases": BASES.items(),
        "places": PLACES.items(),
        "localities": edits.localities(today),
        "today": today,
        "future": known is not None and known.effective > today,
        "listing": lists.paged(asked, known.rates) if known else None,
    }
    return render(request, "practice/contract.html", context, status=422 if fault else 200)


@require_POST
def change(request: HttpRequest, payer_id: str, what: str) -> HttpResponse:
    """Make a later contract of the one in force, import rates, or take one away that has not begun."""
    asked = staff(request, *MONEY)
    data, subject = request.POST, asked.subject
    try:
        if what == "remove":
            contract_commands.remove_contract(subject, whole(data, "contract"))
            messages.success(request, "The contract was taken away.")
            return redirect("practice_contracts")
        effective = day_of(data.dict(), "effective")
        if effective is None:
            raise Invalid("Say from which day on it holds.", where="effective")
        if payer_id not in _names(subject):
            raise Invalid(f"There is no payer {payer_id}.", cure="Choose one of the list.")
        if what == "rates":
            count = contract_commands.import_rates(subject, payer_id, effective, uploaded(asked))
            ends = [one.effective for one in price_queries.agreements(subject, payer_id) if one.effective > effective]
            until = f" until {min(ends):%b %-d, %Y}, when the next contract begins" if ends else " on"
            messages.success(request, f"{count} rates hold from {effective:%b %-d, %Y}{until}.")
        else:
            number = contract_commands.change_from(subject, payer_id, effective, percent=percent_of(data))
            messages.success(request, "The new contract holds from that day on.")
            return redirect("contract", number)
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    back = data.get("contract", "")
    return redirect("contract", int(back)) if back.isdecimal() else redirect("practice_contracts")


def weigh(request: HttpRequest, payer_id: str) -> HttpResponse:
    """The practice's fees beside what a payer allows for them, and Medicare's amounts."""
    asked = staff(request, *MONEY)
    today = lists.date_of(asked, "on") or clock.today(asked.practice.zone)
    agreed = next((one for one in price_queries.agreements(asked.subject, payer_id) if one.holds(today)), None)
    places = edits.localities(today)
    locality = request.GET.get("locality") or (
        price_queries.agreement(asked.subject, agreed.id).locality if agreed else ""
    )
    header = ["code", "modifier", "description", "fee", "allowed", "medicare", "percent of Medicare", "how"]
    if lists.exporting(asked):
        rows = price_queries.weighed(asked.subject, payer_id, today, locality=locality)
        cells = (
            (one.code, one.modifier, one.description, one.fee, one.allowed, one.medicare, one.of_medicare, one.words)
            for one in rows
        )
        return lists.exported(asked, f"contract-{payer_id}", header, cells)
    wanted = request.GET.get("q", "").lower().split()
    fees = prices.prices_on(asked.subject, today)
    keys = [
        (one.code, one.modifier)
        for one in fees
        if all(word in f"{one.code} {one.description}".lower() for word in wanted)
    ]
    listing = lists.paged(asked, keys)
    rows = price_queries.weighed(asked.subject, payer_id, today, listing.rows, locality=locality)
    context = {
        "tab": "contracts", "payer_id": payer_id, "payer": _names(asked.subject).get(payer_id, payer_id), "rows": rows,
        "listing": listing, "agreed": agreed, "on": today, "localities": places, "locality": locality,
    }  # fmt: skip
    return render(request, "practice/contract_weighed.html", context)


def _agreements(asked: StaffRequest) -> list[Any]:
    return price_queries.agreements(asked.subject)


def _names(subject: Subject) -> dict[str, str]:
    return {one.payer_id: one.name for one in coverage.payers(subject)}


def _state(one: Any, today: Any) -> str:
    return "active" if one.holds(today) else "planned" if one.effective > today else "ended"


def _typed(known: AgreedView | None, payer_id: str) -> dict[str, Any]:
    """What the form shows at first."""
    if known is None:
        rows = [{"place": "", "basis": "medicare"}] + [{"basis": ""}] * SPARE
        return {"payer_id": payer_id, "lesser": True, "rows": rows}
    shown = [
        {
            "first": "" if one.first == _FROM else one.first, "last": "" if one.last in (_TO, one.first) else one.last,
            "modifier": one.modifier, "place": one.place, "basis": one.basis, "figure": one.figure,
        }
        for one in known.terms
    ]  # fmt: skip
    return {
        "payer_id": known.payer_id, "name": known.name, "effective": known.effective.isoformat(),
        "locality": known.locality, "lesser": known.lesser, "note": known.note,
        "medicare_on": known.medicare_on.isoformat() if known.medicare_on else "",
        "rows": shown + [{"basis": ""}] * SPARE,
    }  # fmt: skip


def _sent(data: QueryDict, known: AgreedView | None) -> dict[str, Any]:
    """What was typed, so that a refused form loses nothing."""
    columns = [data.getlist(f"term-{part}") for part in _PARTS]
    rows = [dict(zip(_PARTS, (text.strip() for text in row), strict=True)) for row in zip(*columns, strict=False)]
    filled = [row for row in rows if any(row[part] for part in _PARTS if part != "place")]
    typed: dict[str, Any] = {name: text.strip() for name, text in data.dict().items() if not name.startswith("term-")}
    typed |= {"lesser": data.get("lesser") == "1", "rows": filled + [{"basis": ""}] * SPARE, "filled": filled}
    if known is not None:
        typed |= {"payer_id": known.payer_id, "effective": known.effective.isoformat()}
    return typed


def _save(subject: Subject, typed: dict[str, Any], known: AgreedView | None) -> int:
    effective = known.effective if known else day_of(typed, "effective")
    if effective is None:
        raise Invalid("Say from which day on the contract holds.", where="effective")
    if typed["payer_id"] not in _names(subject):
        raise Invalid("Choose a payer.", where="payer_id")
    terms = [_term(place, row) for place, row in enumerate(typed["filled"], start=1)]
    said = Terms(
        terms,
        name=typed.get("name", ""),
        locality=typed.get("locality", ""),
        medicare_on=day_of(typed, "medicare_on"),
        lesser=typed["lesser"],
        note=typed.get("note", ""),
    )
    return contract_commands.save_contract(subject, typed["payer_id"], effective, said, anew=known is None)


def _term(place: int, row: dict[str, str]) -> Term:
    first = row["first"].upper() or _FROM
    last = row["last"].upper() or (row["first"].upper() or _TO)
    if not row["basis"]:
        raise Invalid(f"Term {place} does not say how it counts.", cure="Choose percent, dollars or not part.")
    text = row["figure"].replace("$", "").replace("%", "").replace(",", "").strip()
    try:
        figure = Decimal(text or ("0" if row["basis"] == "outside" else "none")).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Invalid(f"Term {place}: {row['figure'] or 'an empty field'} is not a figure.", where="figure") from None
    return Term(row["basis"], figure, first, last, row["modifier"].upper(), row["place"])
