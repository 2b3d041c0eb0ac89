"""The addresses of patients' money: statements, plans, drawers, collections."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.billing import collections, day_close, plans, statement_runs, write_offs
from chartdesk.web.front_desk import estimates
from chartdesk.web.practice import patients_money

urlpatterns: list[URLPattern] = [
    path("statements", statement_runs.index, name="statement_runs"),
    path("statements/start", statement_runs.start, name="statement_run_start"),
    path("statements/<int:run_id>", statement_runs.page, name="statement_run"),
    path("statements/<int:run_id>/pdf", statement_runs.printed, name="statement_run_pdf"),
    path("patients/<str:patient_id>/statements/<int:statement_id>/mail", statement_runs.mail, name="statement_mail"),
    path("plans", plans.index, name="plans"),
    path("plans/<int:plan_id>", plans.page, name="plan"),
    path("plans/<int:plan_id>/end", plans.end, name="plan_end"),
    path("plans/<int:plan_id>/card", plans.card, name="plan_card"),
    path("patients/<str:patient_id>/account/plan", plans.agree, name="plan_agree"),
    path("patients/<str:patient_id>/account/write-off", write_offs.write_off, name="write_off"),
    path("write-offs/<int:posting_id>/back", write_offs.take_back, name="write_off_back"),
    path("day-close", day_close.page, name="day_close"),
    path("day-close/drawer", day_close.drawer, name="drawer"),
    path("day-close/close", day_close.close, name="day_close_close"),
    path("day-close/drawers/<int:till_id>", day_close.count, name="till_count"),
    path("day-close/<int:close_id>/reopen", day_close.reopen, name="day_reopen"),
    path("day-close/<int:close_id>/slip", day_close.slip, name="deposit_slip"),
    path("collections", collections.page, name="collections"),
    path("collections/hand-over", collections.hand_over, name="collections_hand_over"),
    path("collections/recall", collections.recall, name="collections_recall"),
    path("collections/small-balances", collections.write_off, name="small_balances"),
    path("collections/files/<int:hand_over_id>", collections.download, name="collections_file"),
    path("patients/<str:patient_id>/estimates", estimates.page, name="estimates"),
    path("patients/<str:patient_id>/estimates/<int:estimate_id>", estimates.printed, name="estimate_pdf"),
    path("patients/<str:patient_id>/estimates/<int:estimate_id>/give", estimates.give, name="estimate_give"),
    path("practice/money", patients_money.page, name="practice_money"),
]
