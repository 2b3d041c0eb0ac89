"""Channels of the interface engine: how each fares, its document, its secrets, pause and resume."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.exchange.engine import answering, channels, commands, files, queries
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.queries import ChannelView
from chartdesk.exchange.transports import secrets, standing
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access.subject import CONNECTORS, Role, Subject
from chartdesk.web.errors import noticed
from chartdesk.web.practice import channel_form
from chartdesk.web.practice.channel_changes import changes
from chartdesk.web.practice.interface_words import presets, source_words, target_words
from chartdesk.web.request import optional, staff

#: Bytes of a document that is given as a file.
LARGEST = 2_000_000


def page(request: HttpRequest) -> HttpResponse:
    """Every channel and how it fares. Refreshes itself when something changes."""
    asked = staff(request, *CONNECTORS)
    states = standing.of(asked.subject)
    rows = [(one, states.get(one.id), source_words(one.document)) for one in queries.every_channel(asked.subject)]
    part = request.headers.get("HX-Target") == "channels"
    context = {"tab": "interfaces", "rows": rows, "manager": asked.subject.has(Role.MANAGER)}
    return render(request, "practice/channel_rows.html" if part else "practice/channels.html", context)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One channel; on POST its document is written."""
    asked = staff(request, *CONNECTORS)
    view = queries.channel(asked.subject, name)
    if request.method != "POST":
        return render(request, "practice/channel.html", _context(asked.subject, view, written(view.document)))
    text = request.POST.get("document", "")
    looking = "file" in request.FILES or request.POST.get("look") == "1"
    try:
        text = _given(request)
        document = _named(read(text), name)
        if looking:
            context = _context(asked.subject, view, written(document))
            return render(request, "practice/channel.html", {**context, "changes": changes(view.document, document)})
        _save(asked.subject, document, request)
    except ChartdeskError as fault:
        return render(request, "practice/channel.html", _context(asked.subject, view, text, fault), status=422)
    messages.success(request, "Saved. What comes from now on is handled like this.")
    return redirect("practice_interface", name=name)


def edit(request: HttpRequest, name: str) -> HttpResponse:
    """The most used parts of a channel as a form; on POST they are written into its document."""
    asked = staff(request, *CONNECTORS)
    view = queries.channel(asked.subject, name)
    context: dict[str, Any] = {"tab": "interfaces", "one": view, "document": view.document}
    if request.method != "POST":
        return render(request, "practice/channel_form.html", {**context, "form": channel_form.form(view.document)})
    typed = request.POST.dict()
    try:
        _save(asked.subject, channel_form.written(view.document, typed), request)
    except ChartdeskError as fault:
        context |= {"form": channel_form.form(view.document, typed), "fault": fault}
        return render(request, "practice/channel_form.html", context, status=422)
    messages.success(request, "Saved. What comes from now on is handled like this.")
    return redirect("practice_interface", name=name)


def new(request: HttpRequest) -> HttpResponse:
    """Write a channel that is not there yet, from a preset, a file or nothing. It begins paused."""
    asked = staff(request, *CONNECTORS)
    given = presets()
    chosen = request.GET.get("preset", next(iter(given)))
    text = written(given[chosen].document) if chosen in given else ""
    context: dict[str, Any] = {"tab": "interfaces", "presets": given, "chosen": chosen, "text": text}
    if request.method == "POST":
        try:
            context["text"] = _given(request)
            document = read(context["text"])
            if any(name == document.name for name, _ in queries.titles(asked.subject).values()):
                raise Invalid(f"There is a channel {document.name}.", cure="Choose another name.", where="name")
            if "file" in request.FILES:
                context |= {"text": written(document), "changes": changes(None, document)}
                return render(request, "practice/channel_new.html", context)
            commands.save(asked.subject, document, version=0, paused=True)
        except ChartdeskError as fault:
            return render(request, "practice/channel_new.html", {**context, "fault": fault}, status=422)
        messages.success(request, "Added. It is paused: set its secrets, then resume it.")
        return redirect("practice_interface", name=document.name)
    return render(request, "practice/channel_new.html", context)


def download(request: HttpRequest, name: str) -> HttpResponse:
    """The document as a file, as version control keeps it."""
    asked = staff(request, *CONNECTORS)
    view = queries.channel(asked.subject, name)
    response = HttpResponse(files.written(view.document), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_POST
def act(request: HttpRequest, name: str, what: str) -> HttpResponse:
    """Pause or resume a channel, or one of its destinations; take out one that never took a message."""
    asked = staff(request, *CONNECTORS)
    destination = request.POST.get("destination", "")
    with noticed(request):
        if what == "remove":
            commands.remove(asked.subject, name)
            messages.success(request, f"The channel {name} is taken out.")
            return redirect("practice_interfaces")
        if what not in ("pause", "resume"):
            raise Invalid(f"{what!r} is nothing that is done with a channel.")
        if destination:
            steer = commands.pause_destination if what == "pause" else commands.resume_destination
            steer(asked.subject, name, destination)
        else:
            (commands.pause if what == "pause" else commands.resume)(asked.subject, name)
        messages.success(request, "Paused. What comes is kept." if what == "pause" else "Resumed.")
    return redirect("practice_interface", name=name)


@require_POST
def secret(request: HttpRequest, name: str) -> HttpResponse:
    """Keep a password, key or token, or drop one. It is never shown again."""
    asked = staff(request, *CONNECTORS)
    asked.subject.require(Role.MANAGER)
    with noticed(request):
        which, text = request.POST.get("name", "").strip(), request.POST.get("text", "")
        if request.POST.get("drop") == "1":
            secrets.drop(asked.subject, name, which)
            messages.success(request, f"The secret {which} is forgotten.")
        else:
            secrets.keep(asked.subject, name, which, text)
            messages.success(request, f"The secret {which} is kept, sealed.")
    return redirect("practice_interface", name=name)


# --------------------------------------------------------------------------------------------- inside


def read(text: str) -> ChannelDocument:
    """The document that somebody wrote. Raises Invalid."""
    try:
        content = json.loads(text)
    except ValueError as fault:
        raise Invalid(f"This is no JSON: {fault}.", where="document") from None
    if not isinstance(content, dict):
        raise Invalid("A channel is an object in JSON.", where="document")
    return channels.document(content)


def written(document: ChannelDocument) -> str:
    """A document as it is edited: the same text that a file has."""
    return files.written(document)


def _named(document: ChannelDocument, name: str) -> ChannelDocument:
    """The document, where it is of this channel. Raises Invalid."""
    if document.name != name:
        raise Invalid("A channel keeps its name.", cure=f"Write {name}, or add another channel.", where="name")
    return document


def _save(subject: Subject, document: ChannelDocument, request: HttpRequest) -> None:
    """Write the document in place of the version that the page showed."""
    commands.save(subject, document, version=optional(request.POST, "version"))


def _given(request: HttpRequest) -> str:
    """The text of a file, where one was given, else what was typed. Raises Invalid."""
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("document", ""))
    if file.size is not None and file.size > LARGEST:
        raise Invalid("The file is larger than a channel's document can be.", where="file")
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Invalid("The file is no text in UTF-8.", where="file") from None


def _context(subject: Subject, view: ChannelView, text: str, fault: ChartdeskError | None = None) -> dict[str, Any]:
    routes = {one.name: one for one in view.document.destinations}
    queues = {one.name: one for one in view.destinations}
    return {
        "tab": "interfaces",
        "one": view,
        "document": view.document,
        "source": source_words(view.document),
        "served": standing.of(subject).get(view.id),
        "answers": answering.fault(subject, view.document.answers_to),
        "routes": [(route, target_words(route), queues.get(name)) for name, route in routes.items()],
        "text": text,
        "fault": fault,
        "secrets": sorted(secrets.names(subject, view.id)),
        "wanted": sorted(secret_names(view.document)),
        "versions": queries.versions(subject, view.name, most=10),
        "counts": sorted(view.day.items()),
        "empty": view.last is None,
        "manager": subject.has(Role.MANAGER),
    }


def secret_names(document: ChannelDocument) -> set[str]:
    """The names of secrets that the document speaks of."""
    fields = ("secret", "certificate", "authority", "client_authority")
    parts = [document.source, *(one.transport for one in document.destinations)]
    return {name for part in parts for field in fields if (name := str(getattr(part, field, "")))}
