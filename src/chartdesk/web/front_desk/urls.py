"""The addresses of the front desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.front_desk import (
    arrivals,
    authorizations,
    booking,
    calendar,
    circumstances,
    coverages,
    coverages_found,
    merging,
    patient_logins,
    patients,
    visits,
)

urlpatterns: list[URLPattern] = [
    path("calendar", calendar.page, name="calendar"),
    path("calendar/events", calendar.events, name="calendar_events"),
    path("calendar/list", calendar.day_list, name="day_list"),
    path("calendar/print", calendar.printed, name="day_print"),
    path("book", booking.form, name="book"),
    path("book/patients", booking.patients, name="book_patients"),
    path("openings", booking.openings, name="openings"),
    path("appointments/<str:appointment_id>", visits.card, name="appointment"),
    path("appointments/<str:appointment_id>/check-in", arrivals.page, name="check_in"),
    path("appointments/<str:appointment_id>/check-in/done", arrivals.complete, name="check_in_done"),
    path("appointments/<str:appointment_id>/circumstances", circumstances.visit, name="visit_circumstances"),
    path("appointments/<str:appointment_id>/move", visits.move, name="appointment_move"),
    path("appointments/<str:appointment_id>/step/<str:step>", visits.step, name="appointment_step"),
    path("patients", patients.index, name="patients"),
    path("patients/new", patients.register, name="register"),
    path("patients/<str:patient_id>", patients.patient, name="patient"),
    path("patients/<str:patient_id>/merge", merging.choose, name="merge_choose"),
    path("merges", merging.index, name="merges"),
    path("merges/compare", merging.compare, name="merge_compare"),
    path("merges/<int:merge_id>/undo", merging.undo, name="merge_undo"),
    path("patients/<str:patient_id>/edit", patients.edit, name="patient_edit"),
    path("patients/<str:patient_id>/login", patient_logins.page, name="patient_login"),
    path("patients/<str:patient_id>/login/<int:user>/link", patient_logins.renew, name="patient_login_link"),
    path("patients/<str:patient_id>/login/<int:user>/end", patient_logins.end, name="patient_login_end"),
    path("patients/<str:patient_id>/coverages/new", coverages.add, name="coverage_add"),
    path("patients/<str:patient_id>/eligibility/<int:check_id>", coverages.answer, name="eligibility"),
    path("patients/<str:patient_id>/authorizations", authorizations.page, name="authorizations"),
    path("patients/<str:patient_id>/authorizations/ask", authorizations.ask, name="authorization_ask"),
    path("patients/<str:patient_id>/authorizations/enter", authorizations.enter, name="authorization_enter"),
    path("patients/<str:patient_id>/authorizations/visit", authorizations.visit, name="authorization_visit"),
    path("patients/<str:patient_id>/authorizations/<int:number>", authorizations.answer, name="authorization"),
    path("patients/<str:patient_id>/authorizations/<int:number>/act", authorizations.act, name="authorization_act"),
    path("charges/<int:superbill_id>/circumstances", circumstances.charges, name="circumstances"),
    path("coverages/found/<int:check_id>", coverages_found.page, name="coverage_found"),
    path("coverages/<str:coverage_id>", coverages.edit, name="coverage_edit"),
    path("coverages/<str:coverage_id>/check", coverages.check, name="coverage_check"),
]
