"""The addresses of documents shared with other organizations."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.clinic import documents

urlpatterns: list[URLPattern] = [
    path("outside-documents", documents.index, name="outside_documents"),
    path("outside-documents/<int:incoming_id>", documents.page, name="outside_document"),
    path("outside-documents/<int:incoming_id>/decide", documents.decide, name="outside_document_decide"),
    path("outside-documents/<int:incoming_id>/finish", documents.finish, name="outside_document_finish"),
    path("outside-documents/<int:incoming_id>/original", documents.original, name="outside_document_original"),
    path("outside-documents/<int:incoming_id>/attached", documents.attached, name="outside_document_attached"),
    path("patients/<str:patient_id>/documents", documents.of_patient, name="patient_documents"),
    path("patients/<str:patient_id>/documents/upload", documents.upload, name="outside_document_upload"),
    path("patients/<str:patient_id>/documents/write", documents.write, name="summary_write"),
    path("summaries/<int:summary_id>", documents.summary, name="summary"),
    path("summaries/<int:summary_id>/send", documents.send, name="summary_send"),
]
