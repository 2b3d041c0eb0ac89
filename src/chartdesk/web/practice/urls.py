"""The addresses of the dashboard and of the practice's set-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.practice import dashboard, explorer, oversight, prices, schedule, setup, splits, subscriptions

urlpatterns: list[URLPattern] = [
    path("dashboard", dashboard.page, name="dashboard"),
    path("dashboard/<str:figure>", dashboard.rows, name="figure"),
    path("practice", setup.page, name="practice_setup"),
    path("practice/switch", setup.switch, name="practice_switch"),
    path("practice/people", setup.members, name="practice_people"),
    path("practice/people/integrator", setup.integrator, name="practice_integrator"),
    path("practice/explorer", explorer.page, name="explorer"),
    path("practice/explorer/types/<str:type>", explorer.one, name="explorer_type"),
    path("practice/explorer/run", explorer.run, name="explorer_run"),
    path("practice/notifications", subscriptions.page, name="practice_subscriptions"),
    path("practice/notifications/<str:subscription>/pause", subscriptions.pause, name="subscription_pause"),
    path("practice/notifications/<str:subscription>/resume", subscriptions.resume, name="subscription_resume"),
    path("practice/notifications/<str:subscription>/again", subscriptions.send_again, name="subscription_send_again"),
    path("practice/schedule", schedule.page, name="practice_schedule"),
    path("practice/schedule/<str:what>/new", schedule.edit, name="schedule_new"),
    path("practice/schedule/<str:what>/<int:number>", schedule.edit, name="schedule_edit"),
    path("practice/schedule/<str:what>/<int:number>/change", schedule.change, name="schedule_change"),
    path("practice/payers", prices.index, name="practice_payers"),
    path("practice/payers/new", prices.payer, name="payer_new"),
    path("practice/payers/known/<str:payer_id>", prices.payer, name="payer"),
    path("practice/fees", prices.fees, name="practice_fees"),
    path("practice/splitting", splits.page, name="practice_splits"),
    path("practice/splitting/try", splits.attempt, name="splits_try"),
    path("practice/splitting/rules/new", splits.rule, name="split_rule_new"),
    path("practice/splitting/rules/<str:rule_id>", splits.rule, name="split_rule"),
    path("practice/splitting/rules/<str:rule_id>/<str:what>", splits.arrange, name="split_arrange"),
    path("practice/splitting/<str:what>", splits.change, name="splits_change"),
    path("practice/audit", oversight.search, name="practice_trails"),
    path("practice/audit/<str:patient_id>", oversight.trail, name="trail"),
    path("practice/deliveries/<int:delivery_id>", oversight.delivery, name="delivery"),
]
