"""The note: written, coded, signed, added to. The server holds the state; every change is saved."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.ehr.charting import commands, vitals
from chartdesk.ehr.charting import queries as charting
from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure, Vitals
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access.subject import Role
from chartdesk.standards.terminology import icd10
from chartdesk.standards.terminology.decision_making import ELEMENTS, LEVELS
from chartdesk.web.banner import banner
from chartdesk.web.request import StaffRequest, optional, staff, whole

#: Name of a vital sign → label with its unit.
VITALS = (
    ("systolic", "Systolic, mmHg"),
    ("diastolic", "Diastolic, mmHg"),
    ("pulse", "Pulse, /min"),
    ("temperature_f", "Temp., °F"),
    ("respirations", "Breaths, /min"),
    ("spo2", "SpO₂, %"),
    ("weight_lb", "Weight, lb"),
    ("height_in", "Height, in"),
)


def page(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """The note with the chart beside it."""
    asked = staff(request)
    note = charting.note(asked.subject, encounter_id)
    context = {"banner": banner(asked, note.visit.patient_id), "vital_fields": VITALS, **_state(asked, note)}
    return render(request, "clinic/note.html", context)


@require_POST
def save(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Save the draft; also adds or removes a code when a button of the form asked for it."""
    asked = staff(request)
    note = charting.note(asked.subject, encounter_id)
    content = _content(request.POST, note)
    version = commands.save_note(asked.subject, note.note_id, content, version=whole(request.POST, "version"))
    note = charting.note(asked.subject, encounter_id)
    response = render(request, "clinic/note_codes.html", _state(asked, note))
    response["HX-Trigger"] = json.dumps({"noteSaved": {"version": version}})
    return response


@require_POST
def sign(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Save what stands in the form, then sign exactly that."""
    asked = staff(request)
    note = charting.note(asked.subject, encounter_id)
    try:
        version = commands.save_note(
            asked.subject, note.note_id, _content(request.POST, note), version=whole(request.POST, "version")
        )
        commands.sign(asked.subject, note.note_id, version=version)
    except Invalid as fault:
        messages.error(request, str(fault))
        return redirect("note", encounter_id)
    except ChartdeskError as fault:
        messages.error(request, str(fault))
        return redirect("note", encounter_id)
    messages.success(request, "Signed. The charges are on their way to billing.")
    return redirect("my_day")


@require_POST
def addend(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Add to a signed note."""
    asked = staff(request)
    note = charting.note(asked.subject, encounter_id)
    commands.addend(asked.subject, note.note_id, request.POST.get("text", ""))
    messages.success(request, "The addendum was added and signed.")
    return redirect("note", encounter_id)


@require_POST
def record_vitals(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Record one set of vital signs; implausible figures are refused in words."""
    asked = staff(request, Role.CLINICIAN, Role.NURSE)
    faults: list[str] = []
    try:
        vitals.record(asked.subject, encounter_id, _vitals(request.POST))
    except Invalid as fault:
        faults = [f"{getattr(one, 'message', one)} {getattr(one, 'cure', '')}" for one in fault.issues or [fault]]
    note = charting.note(asked.subject, encounter_id)
    context = {**_state(asked, note), "vital_fields": VITALS, "vital_faults": faults, "typed": request.POST}
    return render(request, "clinic/vitals.html", context)


def printed(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """The visit summary for paper."""
    asked = staff(request)
    note = charting.note(asked.subject, encounter_id)
    return render(
        request,
        "clinic/note_print.html",
        {**_state(asked, note), "banner": banner(asked, note.visit.patient_id)},
    )


def diagnoses(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """ICD-10-CM codes for the words typed so far."""
    text = request.GET.get("diagnosis", "").strip()
    context = {"hits": icd10.search(text, 12) if text else [], "text": text, "encounter": encounter_id}
    return render(request, "clinic/diagnosis_hits.html", context)


def procedures(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Offered procedures for the words typed so far."""
    asked = staff(request)
    text = request.GET.get("procedure", "").strip()
    hits = charting.search_procedures(asked.subject, text, limit=12) if text else []
    return render(request, "clinic/procedure_hits.html", {"hits": hits, "text": text, "encounter": encounter_id})


def _state(asked: StaffRequest, note: charting.NoteView) -> dict[str, object]:
    return {
        "note": note,
        "visit": note.visit,
        "draft": note.status == "draft",
        "decision": [
            (name, title, note.decision.get(name, ""), list(zip(LEVELS, meanings, strict=True)))
            for name, (title, meanings) in ELEMENTS.items()
        ],
        "may_sign": asked.subject.has(Role.CLINICIAN),
        "may_write": asked.subject.has(Role.CLINICIAN, Role.NURSE) and note.status == "draft",
        "errors": [issue for issue in note.issues if issue.severity == "error"],
    }


def _content(data: QueryDict, note: charting.NoteView) -> NoteContent:
    """The note as the form says it, after the button that was pressed."""
    sections = {part.key: data.get(f"section-{part.key}", part.text) for part in note.sections}
    codes = [Diagnosis(code) for code in data.getlist("diagnosis-code")]
    removed = optional(data, "remove-diagnosis")
    if removed is not None and removed < len(codes):
        codes.pop(removed)
    added = data.get("add-diagnosis")
    if added and added not in [one.code for one in codes]:
        codes.append(Diagnosis(added))
    done = _procedures(data)
    dropped = optional(data, "remove-procedure")
    if dropped is not None and dropped < len(done):
        done.pop(dropped)
    if removed is not None:
        done = [_without_pointer(one, removed + 1) for one in done]
    if data.get("add-procedure"):
        done.append(Procedure(code=data["add-procedure"], pointers=[1] if codes else []))
    decision = {name: data.get(f"decision-{name}", note.decision.get(name, "")) for name in ELEMENTS}
    minutes = optional(data, "minutes")
    return NoteContent(sections=sections, diagnoses=codes, procedures=done, minutes=minutes, decision=decision)


def _procedures(data: QueryDict) -> list[Procedure]:
    rows = zip(
        data.getlist("procedure-code"),
        data.getlist("procedure-modifiers"),
        data.getlist("procedure-units"),
        data.getlist("procedure-pointers"),
        strict=False,
    )
    return [
        Procedure(
            code=code,
            modifiers=modifiers.replace(",", " ").upper().split(),
            units=_decimal(units, f"procedures[{number}].units") or Decimal(1),
            pointers=[int(part) for part in pointers.replace(",", " ").split() if part.isdecimal()],
        )
        for number, (code, modifiers, units, pointers) in enumerate(rows)
    ]


def _without_pointer(one: Procedure, gone: int) -> Procedure:
    """The same procedure after diagnosis ``gone`` was taken out: later ones move up by one."""
    kept = [pointer - (pointer > gone) for pointer in one.pointers if pointer != gone]
    return Procedure(one.code, one.modifiers, one.units, kept, one.description)


def _vitals(data: QueryDict) -> Vitals:
    return Vitals(**{name: _decimal(data.get(name, ""), name) for name, _ in VITALS})


def _decimal(text: str, where: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise Invalid(f"{text!r} is not a number.", where=where, cure="Write it with digits, such as 98.6.") from None
