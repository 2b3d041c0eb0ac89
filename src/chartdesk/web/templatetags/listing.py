"""Template tags of lists: headings that sort, and how long something has waited."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chartdesk.kit import clock
from chartdesk.kit import saved_views as views
from chartdesk.web.templatetags.chartdesk import icon, query

register = template.Library()


@register.simple_tag(takes_context=True)
def sorts(context: template.Context, name: str, words: str, classes: str = "") -> SafeString:
    """A column heading that sorts by ``name``; a second click turns the order around."""
    present = str(context.get("order", ""))
    chosen = present.removeprefix("-") == name
    descending = chosen and present.startswith("-")
    target = query(context, order=name if descending or not chosen else f"-{name}", page=None, format=None)
    mark = icon("chevron-down" if descending else "chevron-up", "icon-sm") if chosen else ""
    said = format_html(' aria-sort="{}"', "descending" if descending else "ascending") if chosen else ""
    link = '<th scope="col" class="{}"{}><a class="text-reset text-nowrap" href="{}">{}{}</a></th>'
    return format_html(link, classes, said, target, words, mark)


@register.simple_tag(takes_context=True)
def saved_views(context: template.Context) -> dict[str, object]:
    """The person's views of this list and everybody's, and the filter that is shown now."""
    request = context["request"]
    known = views.of_page(request.subject, request.path)
    return {"views": known, "query": views.filter_of(request.META.get("QUERY_STRING", ""))}


@register.filter
def waited(since: datetime | None) -> str:
    """How long ago: ``5 min``, ``3 h``, ``12 d``; empty when unknown."""
    if since is None:
        return ""
    minutes = max(int((clock.now() - since).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


@register.filter
def span(length: timedelta | None) -> str:
    """How long something took: ``40 s``, ``12 min``, ``3 h 5 min``, ``4 d 2 h``; an em dash when unknown."""
    if length is None:
        return "—"
    seconds = max(int(length.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours = seconds // 60, seconds // 3600
    if hours < 1:
        return f"{minutes} min"
    if hours < 48:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{hours // 24} d {hours % 24} h" if hours % 24 else f"{hours // 24} d"
