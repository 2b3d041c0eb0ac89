"""What templates say often: icons, money, ages, phone numbers, times in the practice's zone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chartdesk.kit import clock, days, phones
from chartdesk.kit.money import dollars

register = template.Library()


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite, hidden from screen readers; the words beside it carry the meaning."""
    sprite = static("vendor/icons.svg")
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        sprite,
        name,
    )


@register.filter
def usd(amount: Decimal | None) -> str:
    """``$1,024.00``; an em dash for an amount that is not known."""
    return "—" if amount is None else dollars(amount)


@register.filter
def age(born: date | None) -> str:
    """Years, or months below two years, as of today; empty when unknown."""
    if born is None:
        return ""
    today = clock.now().date()
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return f"{months // 12} y" if months >= 24 else f"{months} mo"


@register.filter
def phone(number: str) -> str:
    """``(614) 555-0100`` for a US number; anything else as it is."""
    return phones.readable(number)


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


@register.filter
def clock_time(moment: datetime | None, zone: str) -> str:
    """``9:05 AM`` in the zone; empty when there is none."""
    return f"{_local(moment, zone):%-I:%M %p}" if moment else ""


@register.filter
def day(moment: datetime | date | None, zone: str = "UTC") -> str:
    """``Nov 21, 2026``; a moment is taken in the zone."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = _local(moment, zone)
    return days.written(moment)


@register.filter
def stamp(moment: datetime | None, zone: str) -> str:
    """``Nov 21, 2026, 9:05 AM`` in the zone."""
    return f"{day(moment, zone)}, {clock_time(moment, zone)}" if moment else ""


_STATUS_COLORS = {
    "booked": "secondary", "confirmed": "azure", "arrived": "green", "roomed": "teal", "departed": "blue",
    "cancelled": "red", "noshow": "orange", "active": "green", "inactive": "red", "refused": "red", "failed": "orange",
    "unknown": "secondary", "asked": "secondary", "review": "orange", "approved": "azure", "billed": "blue",
    "void": "secondary", "built": "secondary", "held": "orange", "ready": "azure", "submitted": "azure",
    "accepted": "cyan", "acknowledged": "teal", "rejected": "red", "paid": "green", "partly_paid": "lime",
    "denied": "red", "closed": "secondary", "posted": "green", "partly_posted": "lime", "received": "azure",
    "open": "orange", "draft": "orange", "signed": "green", "error": "red", "requested": "azure", "paused": "orange",
    "succeeded": "green", "declined": "red", "not_done": "secondary", "sending": "azure", "counted": "green",
    "done": "green", "ended": "secondary", "card": "azure", "abnormal": "orange", "critical": "red", "final": "green",
    "preliminary": "azure", "corrected": "purple", "completed": "green", "revoked": "secondary", "to sign": "orange",
    "reported": "azure", "running": "green", "queued": "azure", "applied": "green", "sent": "green",
    "filtered": "secondary", "dead": "red", "waiting": "azure", "withdrawn": "secondary",
}  # fmt: skip
_STATUS_WORDS = {
    "noshow": "no-show", "departed": "checked out", "roomed": "in room", "partly_paid": "partly paid",
    "partly_posted": "partly posted", "not_done": "not charged", "sending": "on its way", "card": "card to be typed",
    "revoked": "taken back", "entered-in-error": "sent in error", "completed": "done",
}  # fmt: skip


@register.filter
def status(code: str) -> SafeString:
    """A status as a badge: always its word, color only besides."""
    color = _STATUS_COLORS.get(code, "secondary")
    words = _STATUS_WORDS.get(code, code.replace("_", " "))
    return format_html('<span class="badge bg-{}-lt text-{}-lt-fg">{}</span>', color, color, words)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The present address's query with ``changes`` made; None removes a parameter."""
    parameters = context["request"].GET.copy()
    for name, text in changes.items():
        if text is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(text)
    return f"?{parameters.urlencode()}"


@register.filter
def percent(fraction: Decimal | None) -> str:
    """``20 %`` for 0.2; an em dash when it is not known."""
    return "—" if fraction is None else f"{(fraction * 100).normalize():f} %"


@register.filter
def value_of(values: dict[str, str], name: str) -> str:
    """What stands under ``name``; empty where nothing does."""
    return values.get(name, "")


_FLAGS = {
    "H": "high", "HH": "critically high", "HU": "much too high", "L": "low",
    "LL": "critically low", "LU": "much too low",
    "A": "abnormal", "AA": "critically abnormal", ">": "above what can be measured", "<": "below what can be measured",
    "POS": "positive", "R": "resistant", "I": "intermediate", "U": "up", "D": "down", "W": "worse", "B": "better",
}  # fmt: skip


@register.filter
def flagged(code: str) -> str:
    """How a value lies, in words, for a code of HL7 table 0078: ``critically high`` for HH."""
    return _FLAGS.get(code, code)


@register.filter
def as_day(told: str) -> str:
    """``Nov 18, 2026`` for 2026-11-18 and what follows it, ``Nov 2026`` for 2026-11; anything else as it is."""
    return days.told(told)


@register.filter
def words(code: str) -> str:
    """``Charged twice`` for ``charged_twice``."""
    return code.replace("_", " ").capitalize()


@register.filter
def at(values: dict[str, object], name: str) -> object:
    """What stands under a name that is only known to the page; None for nothing."""
    return values.get(name)


@register.filter
def under(path: str, place: str) -> bool:
    """Whether an address is that place, or lies below it."""
    return path == place or path.startswith(place.rstrip("/") + "/")


@register.filter
def under_any(path: str, places: tuple[str, ...]) -> bool:
    """Whether an address is one of those places, or lies below one."""
    return any(under(path, place) for place in places)
