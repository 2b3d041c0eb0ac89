"""The addresses of orders, results and immunizations."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.clinic import immunizations, orders, results

urlpatterns: list[URLPattern] = [
    path("results", results.index, name="results"),
    path("results/<int:result_id>", results.page, name="result"),
    path("results/<int:result_id>/sign", results.sign, name="result_sign"),
    path("results/<int:result_id>/assign", results.assign, name="result_assign"),
    path("results/documents/<str:key>", results.document, name="result_document"),
    path("orders/<str:request_id>", orders.page, name="order"),
    path("orders/<str:request_id>/cancel", orders.cancel, name="order_cancel"),
    path("patients/<str:patient_id>/orders", orders.index, name="orders"),
    path("patients/<str:patient_id>/orders/latest", orders.latest, name="orders_latest"),
    path("patients/<str:patient_id>/orders/new", orders.place, name="order_new"),
    path("patients/<str:patient_id>/course", results.course, name="course"),
    path("patients/<str:patient_id>/immunizations", immunizations.page, name="immunizations"),
    path(
        "patients/<str:patient_id>/immunizations/<str:immunization_id>/withdraw",
        immunizations.withdraw,
        name="immunization_withdraw",
    ),
]
