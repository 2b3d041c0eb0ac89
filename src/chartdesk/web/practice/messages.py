"""The message browser: what was exchanged, one message with everything about it, and what a person does with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.exchange.engine import channels, commands, queries
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import TROUBLE
from chartdesk.exchange.engine.queries import MessageView, Wanted
from chartdesk.exchange.engine.transports import FHIR
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access.subject import CONNECTORS, Subject
from chartdesk.standards.hl7v2 import Message, Unreadable
from chartdesk.standards.hl7v2.charsets import codec_of
from chartdesk.standards.hl7v2.naming import field_words, segment_words
from chartdesk.standards.hl7v2.separators import HEADERS
from chartdesk.web.errors import noticed, words
from chartdesk.web.request import StaffRequest, moment, staff, whole

#: Every status a message may have, as the filter offers it.
STATUSES = ("received", "held", "queued", "applied", "sent", "filtered", "refused", "error", "dead", "closed")
#: Types whose pages show what a message changed, and the address of each.
_PAGES = {"Patient": "patient", "Appointment": "check_in"}
#: Characters of a raw message that a page shows.
LONGEST = 400_000


@dataclass(frozen=True)
class Part:
    """A field of a segment as it stands: ``place`` such as PID-3, what the field is called, its repetitions."""

    place: str
    words: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A segment: its text, and its filled fields."""

    name: str
    words: str
    text: str
    parts: tuple[Part, ...]


def page(request: HttpRequest) -> HttpResponse:
    """The newest messages that meet everything that was asked for."""
    asked = staff(request, *CONNECTORS)
    fault, found = "", queries.Page([], 0, True)
    try:
        found = queries.search(asked.subject, _wanted(asked))
    except ChartdeskError as refusal:
        fault = words(refusal)
    known = queries.titles(asked.subject)
    context = {
        "tab": "interfaces",
        "fault": fault,
        "found": found,
        "rows": [(row, known.get(row.channel, ("", ""))[1]) for row in found.rows],
        "channels": list(known.values()),
        "statuses": STATUSES,
        "narrowed": any(value for name, value in asked.GET.items() if name != "before"),
    }
    part = request.headers.get("HX-Target") == "messages"
    return render(request, "practice/message_rows.html" if part else "practice/messages.html", context)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One message: raw, parsed, mapped, what it changed, its deliveries, and why it stands where it does."""
    asked = staff(request, *CONNECTORS)
    return render(request, "practice/message.html", _context(asked.subject, number))


@require_POST
def resend(request: HttpRequest, number: int) -> HttpResponse:
    """Put it into its channel once more, edited or as it is."""
    asked = staff(request, *CONNECTORS)
    text = request.POST.get("text", "") if request.POST.get("edited") == "1" else None
    try:
        if text is not None and not text.strip():
            raise Invalid("There is nothing to send.", cure="Write the message, one segment a line.")
        raw = None if text is None else _segments(text, _read(queries.message(asked.subject, number)))
        made = commands.resend(asked.subject, number, raw)
    except ChartdeskError as fault:
        context = {**_context(asked.subject, number), "fault": fault, "edited": text}
        return render(request, "practice/message.html", context, status=422)
    messages.success(request, f"Sent again as message {made}.")
    return redirect("practice_message", number=made)


@require_POST
def act(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Deliver what is dead once more, or do nothing more with it."""
    asked = staff(request, *CONNECTORS)
    with noticed(request):
        if what == "deliver":
            count = commands.deliver_again(asked.subject, [number], request.POST.get("destination", ""))
            messages.success(request, f"{count} {'delivery is' if count == 1 else 'deliveries are'} on the way again.")
        elif what == "close":
            reason = request.POST.get("reason", "").strip()
            if not reason:
                raise Invalid("A message is let go for a reason.", where="reason", cure="Say why.")
            commands.close(asked.subject, [number], reason)
            messages.success(request, "Nothing more is done with it.")
        else:
            raise Invalid(f"{what!r} is nothing that is done with a message.")
    return redirect("practice_message", number=number)


@require_POST
def replay(request: HttpRequest, name: str) -> HttpResponse:
    """Put a range of a channel's messages into it once more, in their order."""
    asked = staff(request, *CONNECTORS)
    with noticed(request):
        first, last = whole(request.POST, "first"), whole(request.POST, "last")
        if last < first:
            raise Invalid("The range ends before it begins.", where="last", cure="Write the smaller number first.")
        count = commands.replay(asked.subject, name, first, last)
        messages.success(request, f"{count} {'message goes' if count == 1 else 'messages go'} again.")
    return redirect("practice_interface", name=name)


# --------------------------------------------------------------------------------------------- inside


def _wanted(asked: StaffRequest) -> Wanted:
    """What the form looks for. Raises Invalid."""
    given = {name: asked.GET.get(name, "").strip() for name in ("channel", "kind", "status", "patient", "text")}
    before = asked.GET.get("before", "0")
    return Wanted(
        **given,
        control_id=asked.GET.get("control", "").strip(),
        since=_moment(asked, "since"),
        until=_moment(asked, "until"),
        before=int(before) if before.isdecimal() and len(before) < 19 else 0,
    )


def _moment(asked: StaffRequest, name: str) -> datetime | None:
    text = asked.GET.get(name, "").strip()
    return moment(text, asked.practice.zone, name) if text else None


def _segments(text: str, before: Message | None) -> bytes:
    """What was typed, one segment a line, as a message in the characters of the one before. Raises Invalid."""
    written = text.replace("\r\n", "\n").strip("\n").replace("\n", "\r") + "\r"
    codec = before.codec if before is not None else "utf-8"
    try:
        return written.encode(codec)
    except UnicodeEncodeError as fault:
        raise Invalid(
            f"{fault.object[fault.start]!r} is no character of {codec}, in which the message is written.",
            cure="Leave it out, or say another character set in MSH-18.",
        ) from None


def _context(subject: Subject, number: int) -> dict[str, Any]:
    view = queries.message(subject, number)
    message = _read(view)
    return {
        "tab": "interfaces",
        "one": view,
        "row": view.row,
        "text": _text(view.raw, message),
        "lines": _lines(message) if message is not None else [],
        "answer": _text(view.answer, None),
        "mapped": _shown(view.mapped, view.media),
        "effects": [(one, _page_of(one.reference)) for one in view.effects],
        "deliveries": [(one, _text(bytes(one.response), None)) for one in view.deliveries],
        "in_trouble": view.row.status in TROUBLE,
        "movable": view.row.status not in ("received", "queued") and view.raw is not None,
        "closable": view.row.status in ("received", "queued", *TROUBLE),
        "dead": any(one.state == "dead" for one in view.deliveries),
        "mapped_for": _mapped_for(channels.document(view.channel.document)),
    }


def _mapped_for(document: ChannelDocument) -> str:
    """The destination whose mapping, as it is now, a message is tried in; empty: the channel's own."""
    if document.mapping is not None:
        return ""
    return next((one.name for one in document.destinations if one.mapping is not None), "")


def _read(view: MessageView) -> Message | None:
    """The message, where it can be read."""
    try:
        charset = view.document.character_set
        return Message(view.raw, codec_of(charset) if charset else "") if view.raw else None
    except Unreadable:
        return None


def _text(raw: bytes | None, message: Message | None) -> str:
    """Bytes as a page shows them, one segment a line."""
    if raw is None:
        return ""
    if message is not None:
        text = "\n".join(segment.text for segment in message.segments)
    else:
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text[:LONGEST] + (f"\n… {len(text) - LONGEST:,} more characters" if len(text) > LONGEST else "")


def _shown(mapped: bytes | None, media: str) -> str:
    """What the mapping made, laid out to be read."""
    if mapped is None:
        return ""
    if media == FHIR:
        return msgspec.json.format(mapped, indent=2).decode()[:LONGEST]
    return _text(mapped, None)


def _lines(message: Message) -> list[Line]:
    """The message segment by segment, with the words for what is known."""
    found = []
    for segment in message.segments:
        parts = []
        for number, text in enumerate(segment.fields):
            if not number or not text or (segment.name in HEADERS and number <= 2):
                continue
            shown = tuple(one[:2000] for one in segment.repetitions(number) if one)
            parts.append(Part(f"{segment.name}-{number}", field_words(segment.name, number), shown))
        found.append(
            Line(segment.name, segment_words(segment.name).partition(";")[0], segment.text[:2000], tuple(parts))
        )
    return found


def _page_of(reference: str) -> tuple[str, str]:
    """The URL name and identifier of the page that shows what a message changed; empty where there is none."""
    kind, _, name = reference.partition("/")
    return (_PAGES.get(kind, ""), name)
