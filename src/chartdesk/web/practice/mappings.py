"""Mappings of a channel: a message on the left, what becomes of it on the right, and the rows that made each value."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.exchange.engine import commands, queries
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.mappings import documents, presets, showing
from chartdesk.exchange.mappings.documents import MappingDocument
from chartdesk.exchange.mappings.mapping import Mapping, check, trials
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.record.access.subject import CONNECTORS
from chartdesk.standards.hl7v2 import Message
from chartdesk.web.practice import mapping_view
from chartdesk.web.request import StaffRequest, staff, whole

#: Characters of a sample, and of a mapping, that a page takes.
LONGEST_SAMPLE, LONGEST = 200_000, 1_000_000


def page(request: HttpRequest, name: str, destination: str = "") -> HttpResponse:
    """The mapping of a channel or of one of its destinations, tried with a sample; on POST with ``save`` it goes live.

    A mapping of which a sample fails is shown with what is wrong and is not taken.
    """
    asked = staff(request, *CONNECTORS)
    view = queries.channel(asked.subject, name)
    kept = _kept(view.document, destination)
    text = request.POST.get("mapping") or _text(kept or {"name": f"{name}-mapping", "makes": "fhir"})
    context: dict[str, Any] = {
        "tab": "interfaces", "one": view, "destination": destination, "mapping": text, "live": kept is not None,
        "presets": presets.presets(), "sample": "",
        "version": request.POST.get("version") or view.version,
    }  # fmt: skip
    saving = request.method == "POST" and request.POST.get("save") == "1"
    try:
        if len(text) > LONGEST:
            raise Invalid("The mapping is longer than a page can take.", cure="Bring it in as a file.")
        document = _document(text)
        context["document"] = document
        context["faults"] = check(document)
        if all(one.where.startswith("samples.") for one in context["faults"]):
            context["trials"] = trials(document)
            context["failing"] = sum(not one.passed for one in context["trials"])
        if saving:
            changed = _with(view.document, destination, document)
            commands.save(asked.subject, changed, version=whole(request.POST, "version", view.version))
            messages.success(request, "The mapping is live: what comes from now on goes through it.")
            return redirect(request.path)
    except ChartdeskError as fault:
        context["fault"] = fault
    try:
        context["sample"] = _sample(asked, kept, view.document.mapping if destination else None)
        if context["sample"] and "document" in context:
            context |= _shown(context["document"], _message(context["sample"]))
    except ChartdeskError as fault:
        context.setdefault("fault", fault)
    return render(request, "practice/mapping.html", context, status=422 if saving else 200)


def _shown(document: MappingDocument, message: Message) -> dict[str, Any]:
    """What the mapping makes of the message, and the delimiters that its places are told apart by."""
    shown = showing.shown(document, message)
    header = message.segments[0].text
    return {"shown": shown, "view": mapping_view.view(shown), "marks": header[3:8].ljust(5)}


def _document(text: str) -> MappingDocument:
    """The mapping that stands in the text. Raises Invalid."""
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise Invalid(f"The mapping is no JSON: {fault}.", where="mapping") from None
    return documents.read(content)


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


def _kept(document: ChannelDocument, destination: str) -> dict[str, Any] | None:
    """The mapping that is live. Raises NotFound for a destination that is not there."""
    if not destination:
        return document.mapping
    for route in document.destinations:
        if route.name == destination:
            return route.mapping
    raise NotFound(f"The channel {document.name} has no destination {destination}.")


def _with(document: ChannelDocument, destination: str, mapping: MappingDocument) -> ChannelDocument:
    """The channel with the mapping at its place."""
    content = documents.written(mapping)
    if not destination:
        return msgspec.structs.replace(document, mapping=content)
    routes = [
        msgspec.structs.replace(route, mapping=content) if route.name == destination else route
        for route in document.destinations
    ]
    return msgspec.structs.replace(document, destinations=routes)


def _sample(asked: StaffRequest, kept: dict[str, Any] | None, before: dict[str, Any] | None) -> str:
    """The message to try with: what was typed, a message of the log, or the mapping's first sample.

    A message of the log is tried in a destination's mapping as the channel's, ``before``, hands it on.
    """
    if "sample" in asked.POST:
        return asked.POST["sample"].replace("\r\n", "\n")[:LONGEST_SAMPLE]
    number = asked.GET.get("message", "")
    if number.isdecimal() and len(number) < 19:
        raw = queries.message(asked.subject, int(number)).raw
        if raw is not None and before is not None and before.get("makes", "hl7v2") == "hl7v2":
            raw = Mapping(documents.read(before)).apply(Message(raw, "utf-8")).raw
        return "" if raw is None else raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    samples = (kept or {}).get("samples") or []
    return str(samples[0].get("message", "")) if samples else ""


def _message(text: str) -> Message:
    """The sample as a message. Raises Unreadable."""
    return Message(text.strip("\n").replace("\n", "\r").encode() + b"\r", "utf-8")
