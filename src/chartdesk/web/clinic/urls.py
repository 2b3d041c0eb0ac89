"""The addresses of the clinic."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.clinic import charts, days, notes

urlpatterns: list[URLPattern] = [
    path("my-day", days.page, name="my_day"),
    path("encounters/<str:encounter_id>", notes.page, name="note"),
    path("encounters/<str:encounter_id>/save", notes.save, name="note_save"),
    path("encounters/<str:encounter_id>/sign", notes.sign, name="note_sign"),
    path("encounters/<str:encounter_id>/addenda", notes.addend, name="note_addend"),
    path("encounters/<str:encounter_id>/vitals", notes.record_vitals, name="note_vitals"),
    path("encounters/<str:encounter_id>/print", notes.printed, name="note_print"),
    path("encounters/<str:encounter_id>/diagnoses", notes.diagnoses, name="diagnosis_search"),
    path("encounters/<str:encounter_id>/procedures", notes.procedures, name="procedure_search"),
    path("patients/<str:patient_id>/chart", charts.page, name="chart"),
    path("patients/<str:patient_id>/chart/<str:what>", charts.change, name="chart_change"),
]
