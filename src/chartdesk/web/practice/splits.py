"""How one visit is split for billing: the rules that hold, a draft of the next ones, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.pms.claims import split_trials
from chartdesk.pms.claims.split_trials import Made
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.splits import commands, queries, rules
from chartdesk.pms.splits.bill_types import BILL_TYPES
from chartdesk.pms.splits.rules import Rule
from chartdesk.record.access.subject import Subject
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Field, Form, day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.practice import versions
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.practice.versions import saved
from chartdesk.web.request import StaffRequest, optional, staff

#: Days of past visits that a trial looks at unless told otherwise.
_DAYS = 90
_LISTED = ("codes", "modifiers", "places")


@dataclass(frozen=True)
class Names:
    """Payers and providers by their numbers, for what a rule says."""

    payers: dict[str, str]
    providers: dict[str, str]
    sites: dict[str, str]

    def payer(self, number: str) -> str:
        """The payer's name; the patient where there is no number."""
        return self.payers.get(number, number) if number else "the patient"

    def provider(self, number: str) -> str:
        """The provider's name."""
        return self.providers.get(number, number)

    def site(self, number: str) -> str:
        """The site's name."""
        return self.sites.get(number, number)

    def say(self, rule: Rule) -> str:
        """A rule in a sentence."""
        return rules.words(rule, self.payer, self.provider, self.site)


def page(request: HttpRequest) -> HttpResponse:
    """The rules that hold today, the draft, and every version."""
    asked = staff(request, *MONEY)
    return _page(asked)


@require_POST
def change(request: HttpRequest, what: str) -> HttpResponse:
    """Begin a draft or discard it, let it go live, or withdraw a version."""
    return versions.change(request, what, commands, _go_live, "practice_splits")


@require_POST
def arrange(request: HttpRequest, rule_id: str, what: str) -> HttpResponse:
    """Move a rule of the draft up or down, or take it out."""
    asked = staff(request, *MANAGERS)
    revision = optional(request.POST, "revision")
    with noticed(request):
        if what == "remove":
            commands.remove(asked.subject, rule_id, revision=revision)
        elif what in ("up", "down"):
            commands.move(asked.subject, rule_id, -1 if what == "up" else 1, revision=revision)
        else:
            raise NotFound(f"There is no change {what!r}.")
    return redirect("practice_splits")


def rule(request: HttpRequest, rule_id: str = "") -> HttpResponse:
    """The form of one rule of the draft, new or known; on POST it is saved."""
    asked = staff(request, *MANAGERS)
    names = _names(asked.subject)
    draft = queries.draft(asked.subject, clock.today(asked.practice.zone))
    if draft is None:
        raise NotFound("No draft is open.", cure="Begin one on the page of the splitting rules.")
    known = next((one for one in draft.rules if one.id == rule_id), None)
    if rule_id and known is None:
        raise NotFound("The draft has no such rule.", cure="Go back to the list.")
    form = _form(names)
    form.fill(_values(known) if known else {"on": "1"})
    payers = set(known.payers if known else ())
    practitioners = set(known.practitioners if known else ())
    sites = set(known.sites if known else ())
    if request.method == "POST":
        data, revision = request.POST, optional(request.POST, "revision")
        payers, practitioners = set(data.getlist("payers")), set(data.getlist("practitioners"))
        sites = set(data.getlist("sites"))
        if saved(request, form, lambda: commands.put(asked.subject, _typed(data, rule_id), revision=revision)):
            return redirect("practice_splits")
    context = {
        "tab": "splits", "form": form, "known": known, "revision": draft.revision,
        "payers": [(number, name, number in payers) for number, name in names.payers.items()],
        "practitioners": [(number, name, number in practitioners) for number, name in names.providers.items()],
        "sites": [(number, name, number in sites) for number, name in names.sites.items()],
    }  # fmt: skip
    return render(request, "practice/split_rule.html", context, status=422 if request.method == "POST" else 200)


def attempt(request: HttpRequest) -> HttpResponse:
    """Try the draft on past visits; the differences, visit by visit."""
    asked = staff(request, *MANAGERS)
    today = clock.today(asked.practice.zone)
    if request.method != "POST":
        return redirect("practice_splits")
    data = request.POST.dict()
    try:
        since, until = day_of(data, "since") or today - timedelta(days=_DAYS), day_of(data, "until") or today
        found = split_trials.attempt(asked.subject, since, until)
    except ChartdeskError as fault:
        return _page(asked, fault=fault, typed=data)
    names = _names(asked.subject)
    patients = registration.names(asked.subject, sorted({one.patient_id for one in found.differences}))
    rows = [
        (
            one,
            patients[one.patient_id].name if one.patient_id in patients else "",
            [_said(made, names, one.service_date) for made in one.before],
            [_said(made, names, one.service_date) for made in one.after],
        )
        for one in found.differences
    ]
    context = {"tab": "splits", "trial": found, "rows": rows, "since": since, "until": until}
    return render(request, "practice/split_trial.html", context)


def _go_live(asked: StaffRequest) -> str:
    data = asked.POST
    effective = day_of(data.dict(), "effective")
    if effective is None:
        raise Invalid("Say from which date of service the rules hold.", where="effective")
    number = commands.go_live(asked.subject, effective, data.get("note", ""), revision=optional(data, "revision"))
    return f"Version {number} holds for visits from {effective:%b %-d, %Y} on."


def _page(
    asked: StaffRequest, *, fault: ChartdeskError | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    today, names = clock.today(asked.practice.zone), _names(asked.subject)
    found = queries.versions(asked.subject, today)
    held = queries.on(asked.subject, today)
    draft = next((one for one in found if one.state == "draft"), None)
    context: dict[str, Any] = {
        "tab": "splits",
        "held": [(one, names.say(one)) for one in held],
        "holding": next((one for one in found if one.stands == "live"), None),
        "draft": draft,
        "drafted": [(one, names.say(one)) for one in draft.rules] if draft else [],
        "versions": [(one, [names.say(told) for told in one.rules if told.on]) for one in found],
        "today": today,
        "since": (typed or {}).get("since") or (today - timedelta(days=_DAYS)).isoformat(),
        "until": (typed or {}).get("until") or today.isoformat(),
        "fault": fault,
    }
    return render(asked, "practice/splits.html", context, status=422 if fault else 200)


def _names(subject: Subject) -> Names:
    payers = {one.payer_id: one.name for one in coverage.payers(subject, active=False)}
    providers = {one.practitioner: one.name for one in scheduling.providers(subject, active=False)}
    return Names(payers, providers, {str(one.pk): one.name for one in scheduling.sites(subject)})


def _said(made: Made, names: Names, day: date) -> str:
    """A claim in a line."""
    when = f", {made.day:%b %-d}" if made.day != day else ""
    who = f"{names.payer(made.payer_id)}, {names.provider(made.practitioner)}{when}"
    form = f", type of bill {made.bill_type}" if made.bill_type else ""
    return f"{who}{form}: {', '.join(made.lines)} ({made.amount:,.2f})"


def _form(names: Names) -> Form:
    payers = [("", ""), *names.payers.items()]
    anyone = [("", "Who rendered the line"), *names.providers.items()]
    actions = [("", ""), *rules.ACTIONS.items()]
    bills = [("", ""), *((code, f"{code} {words}") for code, words in BILL_TYPES.items())]
    return Form([
        ("Which lines", [
            Field("name", "Name of the rule", width=8, required=True), Field("on", "The rule is on", "check", width=4),
            Field("codes", "Codes", width=6, hint="93000, 70010-76499, J1*: codes, ranges, beginnings. Empty: all."),
            Field("modifiers", "With one of the modifiers", width=3), Field("places", "At places of service", width=3),
            Field("first", "Dates of service from", "date", width=3), Field("last", "until", "date", width=3),
        ]),
        ("What becomes of them", [
            Field("action", "What the rule does", width=6, required=True, choices=actions),
            Field("target", "The other payer", width=6, choices=payers, hint="Where the patient has a policy there"),
            Field("professional", "26 is rendered by", width=4, choices=anyone),
            Field("technical", "TC is rendered by", width=4, choices=anyone),
            Field("share", "Professional share in percent", "number", width=4, hint="Where 26 and TC have no prices"),
            Field("most", "Lines on a claim, at most", "number", width=4, value=str(rules.MOST_LINES)),
            Field("bill_type", "Type of bill", width=4, choices=bills, hint="Of an institutional claim"),
            Field("revenue", "Usual revenue code", width=4, hint="Such as 0521; empty: by the table"),
        ]),
    ])  # fmt: skip


def _values(known: Rule) -> dict[str, Any]:
    values: dict[str, Any] = {name: ", ".join(getattr(known, name)) for name in _LISTED}
    for name in (
        "name",
        "action",
        "target",
        "professional",
        "technical",
        "first",
        "last",
        "most",
        "bill_type",
        "revenue",
    ):
        values[name] = getattr(known, name)
    return {**values, "share": known.share or "", "on": "1" if known.on else ""}


def _typed(data: QueryDict, rule_id: str) -> Rule:
    text = {name: given.strip() for name, given in data.dict().items()}
    lists = {name: tuple(text.get(name, "").upper().replace(",", " ").split()) for name in _LISTED}
    return Rule(
        rule_id, text.get("name", ""), text.get("action", ""), **lists,
        payers=tuple(data.getlist("payers")), practitioners=tuple(data.getlist("practitioners")),
        first=day_of(text, "first"), last=day_of(text, "last"), target=text.get("target", ""),
        professional=text.get("professional", ""), technical=text.get("technical", ""),
        sites=tuple(data.getlist("sites")), bill_type=text.get("bill_type", ""), revenue=text.get("revenue", ""),
        share=_number(text, "share", 0), most=_number(text, "most", rules.MOST_LINES), on=text.get("on") == "1",
    )  # fmt: skip


def _number(text: dict[str, str], name: str, usual: int) -> int:
    given = text.get(name, "")
    if given and not (given.isdecimal() and len(given) < 4):
        raise Invalid(f"{given!r} is not a number.", cure="Write it like 40.", where=name)
    return int(given) if given else usual
