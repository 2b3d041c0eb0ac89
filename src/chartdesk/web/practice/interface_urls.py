"""The addresses of the interface engine's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.practice import channel_versions, interfaces, mappings, messages, unmatched

_CHANNEL = "practice/interfaces/channels/<str:name>"
_MESSAGE = "practice/interfaces/messages/<int:number>"

urlpatterns: list[URLPattern] = [
    path("practice/interfaces", interfaces.page, name="practice_interfaces"),
    path("practice/interfaces/new", interfaces.new, name="practice_interface_new"),
    path("practice/interfaces/messages", messages.page, name="practice_messages"),
    path(_MESSAGE, messages.one, name="practice_message"),
    path(f"{_MESSAGE}/again", messages.resend, name="practice_message_resend"),
    path(f"{_MESSAGE}/<str:what>", messages.act, name="practice_message_act"),
    path("practice/interfaces/unmatched", unmatched.page, name="unmatched"),
    path("practice/interfaces/unmatched/<int:number>", unmatched.settle, name="unmatched_settle"),
    path(_CHANNEL, interfaces.one, name="practice_interface"),
    path(f"{_CHANNEL}/form", interfaces.edit, name="practice_interface_form"),
    path(f"{_CHANNEL}/versions", channel_versions.page, name="practice_interface_versions"),
    path(f"{_CHANNEL}/file", interfaces.download, name="practice_interface_file"),
    path(f"{_CHANNEL}/secret", interfaces.secret, name="practice_interface_secret"),
    path(f"{_CHANNEL}/replay", messages.replay, name="practice_replay"),
    path(f"{_CHANNEL}/mapping", mappings.page, name="practice_mapping"),
    path(f"{_CHANNEL}/mapping/<str:destination>", mappings.page, name="practice_mapping_of"),
    path(f"{_CHANNEL}/do/<str:what>", interfaces.act, name="practice_interface_act"),
]
