"""The addresses of billing."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.billing import accounts, charges, claims, denials, files, receivables, remittances, work

urlpatterns: list[URLPattern] = [
    path("work", work.page, name="work"),
    path("work/count", work.count, name="work_count"),
    path("work/<int:item_id>/close", work.settle, name="work_settle"),
    path("charges", charges.review, name="charge_review"),
    path("charges/codes", charges.codes, name="codes"),
    path("charges/<int:superbill_id>", charges.superbill, name="superbill"),
    path("charges/<int:superbill_id>/pdf", charges.printed, name="superbill_pdf"),
    path("charges/<int:superbill_id>/ask/<str:action>", charges.ask, name="superbill_ask"),
    path("charges/<int:superbill_id>/<str:action>", charges.act, name="superbill_act"),
    path("claims", claims.index, name="claims"),
    path("claims/send", claims.send, name="claims_send"),
    path("claims/<int:claim_id>", claims.page, name="claim"),
    path("claims/<int:claim_id>/text", claims.text, name="claim_text"),
    path("claims/<int:claim_id>/ask/<str:action>", claims.ask, name="claim_ask"),
    path("claims/<int:claim_id>/<str:action>", claims.act, name="claim_act"),
    path("files", files.index, name="files"),
    path("files/upload", files.upload, name="file_upload"),
    path("files/<int:interchange_id>", files.page, name="interchange"),
    path("files/<int:interchange_id>/download", files.download, name="file_download"),
    path("files/<int:interchange_id>/read", files.again, name="file_again"),
    path("remittances", remittances.index, name="remittances"),
    path("remittances/<int:remittance_id>", remittances.page, name="remittance"),
    path("remittances/<int:remittance_id>/post", remittances.post, name="remittance_post"),
    path("remittances/<int:remittance_id>/payments/<int:payment_id>", remittances.assign, name="payment_assign"),
    path(
        "remittances/<int:remittance_id>/adjustments/<int:adjustment_id>",
        remittances.take_back,
        name="take_back_settle",
    ),
    path("denials", denials.index, name="denials"),
    path("denials/<int:denial_id>", denials.page, name="denial"),
    path("denials/<int:denial_id>/settle", denials.settle, name="denial_settle"),
    path("denials/<int:denial_id>/owner", denials.assign, name="denial_assign"),
    path("receivables", receivables.page, name="receivables"),
    path("receivables/patients", receivables.owing_file, name="owing_file"),
    path("payments/<int:payment_id>/void", accounts.void, name="payment_void"),
    path("patients/<str:patient_id>/account", accounts.page, name="account"),
    path("patients/<str:patient_id>/account/pay", accounts.pay, name="account_pay"),
    path("patients/<str:patient_id>/account/refund", accounts.refund, name="account_refund"),
    path("patients/<str:patient_id>/account/bill", accounts.bill, name="account_bill"),
    path("patients/<str:patient_id>/statements/<int:statement_id>", accounts.statement, name="statement"),
    path("patients/<str:patient_id>/payments/<int:payment_id>", accounts.receipt, name="receipt"),
]
