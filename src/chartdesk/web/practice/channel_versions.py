"""The kept versions of a channel: who wrote each, when, what it changed; two of them side by side; an old one again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.exchange.engine import channels, commands, queries
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import ChannelVersion
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.record.access.subject import CONNECTORS
from chartdesk.web.practice.channel_changes import Change, differences
from chartdesk.web.request import StaffRequest, optional, staff

#: Versions on a page, and places that the list names of each.
SHOWN, NAMED = 50, 3


class Line(msgspec.Struct, frozen=True):
    """A version in the list. ``changes`` are the first places that it changed, ``count`` is how many there are.

    ``first`` is the one that the channel began with; ``words`` says why its changes cannot be told.
    """

    version: int
    changed: datetime
    by: str
    changes: list[Change]
    count: int
    first: bool
    words: str = ""


def page(request: HttpRequest, name: str) -> HttpResponse:
    """The versions and what differs between two of them; on POST an older one is written once more."""
    asked = staff(request, *CONNECTORS)
    if request.method == "POST":
        return _restored(asked, name)
    return _shown(asked, name)


def _shown(asked: StaffRequest, name: str, fault: ChartdeskError | None = None) -> HttpResponse:
    view = queries.channel(asked.subject, name)
    before = optional(asked.GET, "before")
    kept = queries.versions(asked.subject, name, most=SHOWN + 1, before=before)
    lines = [_line(one, kept[at + 1] if at + 1 < len(kept) else None) for at, one in enumerate(kept[:SHOWN])]
    older, newer = _chosen(asked, kept)
    context: dict[str, Any] = {
        "tab": "interfaces",
        "one": view,
        "document": view.document,
        "lines": lines,
        "next": kept[SHOWN - 1].version if len(kept) > SHOWN else 0,
        "older": older,
        "newer": newer,
        "fault": fault,
    }
    if older and newer:
        try:
            pair = [_document(queries.version(asked.subject, name, number)) for number in (older, newer)]
            context["changes"] = differences(*pair)
        except ChartdeskError as refusal:
            context["fault"] = fault or refusal
    return render(asked, "practice/channel_versions.html", context, status=422 if fault else 200)


def _restored(asked: StaffRequest, name: str) -> HttpResponse:
    """Write an older version in place of the one that the page showed, as an edit does."""
    try:
        number = optional(asked.POST, "restore")
        if number is None:
            raise Invalid("No version is chosen.", where="restore")
        seen = optional(asked.POST, "version")
        wanted = _document(queries.version(asked.subject, name, number))
        made = commands.save(asked.subject, wanted, version=seen)
    except ChartdeskError as fault:
        return _shown(asked, name, fault)
    if made.version == seen:
        messages.info(asked, f"Version {number} says what the channel says now.")
    else:
        messages.success(asked, f"Version {number} holds again, as version {made.version}.")
    return redirect("practice_interface_versions", name=name)


def _chosen(asked: StaffRequest, kept: Sequence[ChannelVersion]) -> tuple[int, int]:
    """Which two are compared, the older first: what was asked for, else the two newest; 0 where there are none."""
    usual = [one.version for one in kept[:2]][::-1]
    given = [optional(asked.GET, "older"), optional(asked.GET, "newer")]
    pair = [number for number in given if number] if all(given) else usual
    return (min(pair), max(pair)) if len(pair) == 2 else (0, 0)


def _line(one: ChannelVersion, before: ChannelVersion | None) -> Line:
    told: list[Change] = []
    words = ""
    if before is not None:
        try:
            told = differences(_document(before), _document(one))
        except Invalid as fault:
            words = f"It cannot be read any more: {fault.message}"
    return Line(one.version, one.changed, one.changed_by, told[:NAMED], len(told), before is None, words)


def _document(one: ChannelVersion | None) -> ChannelDocument:
    """The document of a version. Raises NotFound, Invalid for one that is none any more."""
    if one is None:
        raise NotFound("There is no such version of the channel.", cure="Choose one of the list.")
    return channels.document(one.document)
