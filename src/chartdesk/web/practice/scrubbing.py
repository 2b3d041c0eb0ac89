"""The rules of scrubbing: what holds, a draft of what the practice sets, its own rules, and what a draft would hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.pms.claims import (
    circumstance_rules,
    coding_rules,
    edit_rules,
    facility_rules,
    filing_rules,
    party_rules,
    scrub_trials,
    scrubbing,
)
from chartdesk.pms.claims.rules import ScrubRule
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.edits import queries as edits
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scrubbing import commands, conditions, queries, rules
from chartdesk.pms.scrubbing.conditions import FIELDS, OPERATORS, Condition
from chartdesk.pms.scrubbing.queries import VersionView
from chartdesk.pms.scrubbing.rules import OwnRule, RuleSet, Setting
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Field, Form, day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.practice import versions
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.practice.versions import saved
from chartdesk.web.request import StaffRequest, optional, staff

_GROUPS = (
    ("What was done and why", coding_rules.RULES), ("By the published tables", edit_rules.RULES),
    ("When, to whom and after whom", filing_rules.RULES), ("Who", party_rules.RULES),
    ("Accident, dates, referral", circumstance_rules.RULES), ("On an institutional claim", facility_rules.RULES),
)  # fmt: skip
#: Conditions that the form of an own rule has room for.
_WHEN, _MUST = 5, 3


@dataclass(frozen=True)
class Row:
    """A built-in rule as a rule set has it."""

    rule: ScrubRule
    severity: str
    said: str

    @property
    def name(self) -> str:
        """The rule's id in words."""
        return self.rule.id.replace("_", " ").capitalize()


def page(request: HttpRequest) -> HttpResponse:
    """The rules that hold, the draft, and every version."""
    asked = staff(request, *MONEY)
    return _page(asked)


@require_POST
def change(request: HttpRequest, what: str) -> HttpResponse:
    """Begin a draft or discard it, let it go live, or withdraw a version."""
    return versions.change(request, what, commands, _go_live, "practice_scrubbing")


def setting(request: HttpRequest, rule_id: str) -> HttpResponse:
    """The form of what the draft sets about one built-in rule; on POST it is saved."""
    asked = staff(request, *MANAGERS)
    draft, known = _draft(asked), scrubbing.rule(rule_id)
    said = draft.said.setting(rule_id)
    form, payers = _setting_form(known), set(said.payers)
    form.fill({"severity": said.severity, "first": said.first, "last": said.last, **said.figures})
    if request.method == "POST":
        data, revision = request.POST, optional(request.POST, "revision")
        payers = set(data.getlist("payers"))
        if saved(request, form, lambda: scrubbing.set_rule(asked.subject, _setting(data, known), revision=revision)):
            return redirect("practice_scrubbing")
    context = {"heading": Row(known, "", "").name, "rule": known}
    return _form_page(asked, form, draft, payers, context)


def own(request: HttpRequest, rule_id: str = "") -> HttpResponse:
    """The form of one of the practice's own rules in the draft, new or known; on POST it is saved."""
    asked = staff(request, *MANAGERS)
    draft = _draft(asked)
    known = next((one for one in draft.said.own if one.id == rule_id), None)
    if rule_id and known is None:
        raise NotFound("The draft has no such rule.", cure="Go back to the list.")
    form, payers = _own_form(), set(known.payers if known else ())
    form.fill(_values(known) if known else {"severity": "error", "place": "superbill"})
    if request.method == "POST":
        data, revision = request.POST, optional(request.POST, "revision")
        payers = set(data.getlist("payers"))
        if saved(request, form, lambda: commands.put_own(asked.subject, _own(data, rule_id), revision=revision)):
            return redirect("practice_scrubbing")
    return _form_page(asked, form, draft, payers, {"heading": known.name if known else "New rule", "own": known})


@require_POST
def remove(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Take one of the practice's own rules out of the draft."""
    asked = staff(request, *MANAGERS)
    with noticed(request):
        commands.remove_own(asked.subject, rule_id, revision=optional(request.POST, "revision"))
    return redirect("practice_scrubbing")


@require_POST
def attempt(request: HttpRequest) -> HttpResponse:
    """Try the draft on the newest claims; which it would hold newly, and which no longer."""
    asked = staff(request, *MANAGERS)
    draft = _draft(asked)
    trial = scrub_trials.attempt(asked.subject)
    names = _names(draft.said)
    patients = registration.names(asked.subject, sorted({one.patient_id for one in trial.differences}))
    rows = [
        (one, patients[one.patient_id].name if one.patient_id in patients else "") for one in trial.differences[:200]
    ]
    counts = [(names.get(rule, rule), before, after) for rule, (before, after) in trial.rules.items()]
    context = {"tab": "scrubbing", "trial": trial, "rows": rows, "counts": counts}
    return render(request, "practice/scrub_trial.html", context)


# ---------------------------------------------------------------------------------------------- inside


def _go_live(asked: StaffRequest) -> str:
    data = asked.POST
    number = commands.go_live(asked.subject, data.get("note", ""), revision=optional(data, "revision"))
    return f"Version {number} holds from now on, for claims that are scrubbed from now on."


def _page(asked: StaffRequest) -> HttpResponse:
    found = queries.versions(asked.subject)
    draft = next((one for one in found if one.state == "draft"), None)
    holding = next((one for one in found if one.stands == "live"), None)
    # Who may not change the draft is shown what holds.
    shown = draft if draft and asked.subject.has(*MANAGERS) else holding
    said = shown.said if shown else RuleSet()
    payers = _payers(asked)
    context = {
        "tab": "scrubbing",
        "draft": draft,
        "holding": holding,
        "groups": [(words, [_row(one, said, payers) for one in given]) for words, given in _GROUPS],
        "own": [(one, rules.said_of(one), _limits(one, payers)) for one in said.own],
        "versions": found,
        "loaded": edits.loaded(),
    }
    return render(asked, "practice/scrubbing.html", context)


def _row(rule: ScrubRule, said: RuleSet, payers: dict[str, str]) -> Row:
    setting = said.setting(rule.id)
    figures = [
        f"{figure.words}: {setting.figures.get(name, figure.usual).normalize():f}"
        for name, figure in rule.figures.items()
    ]
    limits = _limits(setting, payers)
    return Row(rule, setting.severity or rule.severity, "; ".join(one for one in (*figures, limits) if one))


def _limits(said: Setting | OwnRule, payers: dict[str, str]) -> str:
    parts = [f"only {', '.join(payers.get(one, one) for one in said.payers)}"] if said.payers else []
    if said.first or said.last:
        since = f" from {said.first:%b %-d, %Y}" if said.first else ""
        until = f" until {said.last:%b %-d, %Y}" if said.last else ""
        parts.append(f"services{since}{until}")
    return "; ".join(parts)


def _payers(asked: StaffRequest) -> dict[str, str]:
    return {one.payer_id: one.name for one in coverage.payers(asked.subject, active=False)}


def _names(said: RuleSet) -> dict[str, str]:
    return {one.id: Row(one, "", "").name for one in scrubbing.RULES} | {one.id: one.name for one in said.own}


def _draft(asked: StaffRequest) -> VersionView:
    draft = queries.draft(asked.subject)
    if draft is None:
        raise NotFound("No draft is open.", cure="Begin one on the page of the scrubbing rules.")
    return draft


def _form_page(
    asked: StaffRequest, form: Form, draft: VersionView, payers: set[str], more: dict[str, Any]
) -> HttpResponse:
    context = {
        "tab": "scrubbing", "form": form, "revision": draft.revision,
        "payers": [(number, name, number in payers) for number, name in _payers(asked).items()], **more,
    }  # fmt: skip
    return render(asked, "practice/scrub_rule.html", context, status=422 if asked.method == "POST" else 200)


def _setting_form(rule: ScrubRule) -> Form:
    usual = f"As built in: {rules.SEVERITIES[rule.severity]}"
    choices = [("", usual), *((name, f"A finding {words}") for name, words in rules.SEVERITIES.items())]
    figures = [
        Field(name, figure.words, width=4, hint=f"Unless set: {figure.usual:f}")
        for name, figure in rule.figures.items()
    ]
    return Form([
        ("What a finding does", [
            Field("severity", "Severity", width=6, choices=choices),
            Field("first", "Dates of service from", "date", width=3), Field("last", "until", "date", width=3),
        ]),
        *([("Figures", figures)] if figures else []),
    ])  # fmt: skip


def _setting(data: QueryDict, rule: ScrubRule) -> Setting:
    text = {name: given.strip() for name, given in data.dict().items()}
    figures = {name: _figure(text[name], name) for name in rule.figures if text.get(name)}
    return Setting(
        rule.id, text.get("severity", ""), tuple(data.getlist("payers")), day_of(text, "first"), day_of(text, "last"),
        {name: given for name, given in figures.items() if given != rule.figures[name].usual},
    )  # fmt: skip


def _own_form() -> Form:
    severities = [(name, f"A finding {words}") for name, words in rules.SEVERITIES.items()]
    return Form([
        ("The rule", [
            Field("name", "Name of the rule", width=6, required=True),
            Field("severity", "Severity", width=6, choices=severities),
            Field("message", "What it finds, in words", width=6, required=True),
            Field("cure", "What to do about it", width=6, required=True),
            Field("place", "Mended at", width=4, choices=list(rules.PLACES.items())),
            Field("first", "Dates of service from", "date", width=4), Field("last", "until", "date", width=4),
        ]),
        ("Where all of this holds", [one for place in range(_WHEN) for one in _condition_fields("when", place)]),
        ("this must hold as well", [one for place in range(_MUST) for one in _condition_fields("must", place)]),
    ])  # fmt: skip


def _condition_fields(kind: str, place: int) -> list[Field]:
    asked = [("", ""), *((name, field.words) for name, field in FIELDS.items())]
    return [
        Field(f"{kind}{place}_field", "What is asked", width=4, choices=asked),
        Field(f"{kind}{place}_operator", "How", width=3, choices=list(OPERATORS.items())),
        Field(
            f"{kind}{place}", "Values", width=5,
            hint="" if place else "Codes, ranges (97110-97140), beginnings (J1*), numbers; several with commas.",
        ),
    ]  # fmt: skip


def _values(known: OwnRule) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: getattr(known, name) for name in ("name", "severity", "message", "cure", "place", "first", "last")
    }
    for kind, given in (("when", known.when), ("must", known.must)):
        for place, one in enumerate(given):
            values |= {
                f"{kind}{place}_field": one.field,
                f"{kind}{place}_operator": one.operator,
                f"{kind}{place}": ", ".join(one.values),
            }
    return values


def _own(data: QueryDict, rule_id: str) -> OwnRule:
    text = {name: given.strip() for name, given in data.dict().items()}
    return OwnRule(
        rule_id, text.get("name", ""), text.get("message", ""), text.get("cure", ""), text.get("severity", ""),
        text.get("place", ""), tuple(data.getlist("payers")), day_of(text, "first"), day_of(text, "last"),
        _conditions(text, "when", _WHEN), _conditions(text, "must", _MUST),
    )  # fmt: skip


def _conditions(text: dict[str, str], kind: str, count: int) -> tuple[Condition, ...]:
    """The conditions that were chosen, each checked at its row."""
    found = []
    for place in range(count):
        field, values = text.get(f"{kind}{place}_field", ""), text.get(f"{kind}{place}", "")
        if field or values:
            given = Condition(field, text.get(f"{kind}{place}_operator", ""), tuple(values.split(",")))
            found.append(conditions.checked(given, f"{kind}{place}"))
    return tuple(found)


def _figure(text: str, name: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Invalid(f"{text!r} is not a figure.", cure="Write it like 14.", where=name) from None
