"""The writer: loops in, one interchange out, in the order of the guide, with numbers and counts that agree.

Words meant for people (names, streets, notes) are made upper-case ASCII, and a separator in them becomes a
space. Everything else, such as identifiers, is never altered: a character that may not stand there is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.check import examine
from chartdesk.standards.x12.dictionary import segment_type
from chartdesk.standards.x12.envelope import INTERCHANGE_VERSIONS, Envelope, gs, isa
from chartdesk.standards.x12.guides.model import Guide, LoopRule, SegmentRule
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.segments import Loop, Segment, Separators, Value, segment

_SPELLED = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "’": "'", "‘": "'",
        "“": '"', "”": '"',
        "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\t": " ", "\r": " ", "\n": " ",
    }
)  # fmt: skip


@dataclass(slots=True, frozen=True)
class SetContent:
    """What goes between ST and SE: the loops of one set, its control number (ST02) and version."""

    control: str
    root: Loop
    version: str = ""


def compose(
    envelope: Envelope,
    guide: Guide,
    sets: Sequence[SetContent],
    *,
    uppercase: bool = True,
    check: bool = True,
) -> bytes:
    """One interchange with one group of those sets, which has passed our own check (unless it is off).

    Raises Invalid where the guide cannot hold them, with every finding in ``issues``. The check digit of NPIs and the
    table of diagnoses are not looked at here: whether they stop a claim is the practice's setting.
    """
    if not sets:
        raise Invalid("There is nothing to send.", where="ST", cure="Give at least one transaction set.")
    marks = envelope.separators
    version = sets[0].version or guide.version
    lines = [
        isa(envelope, INTERCHANGE_VERSIONS.get(version[:6], "00501")),
        encode(gs(envelope, guide.functional, version), marks),
    ]
    for content in sets:
        arrange(content.root, guide.root)
        number_levels(content.root)
        body = list(content.root.flat())
        lines.append(encode(_st(guide, content.control, content.version or version), marks))
        lines.extend(encode(one, marks, uppercase=uppercase) for one in body)
        lines.append(encode(segment("SE", str(len(body) + 2), content.control), marks))
    lines.append(encode(segment("GE", str(len(sets)), str(envelope.group_control)), marks))
    lines.append(encode(segment("IEA", "1", f"{envelope.control:09d}"), marks))
    written = "".join(lines).encode("utf-8", "surrogateescape")
    if check:
        _refuse_faults(written)
    return written


def _refuse_faults(content: bytes) -> None:
    faults = examine(content, CheckSettings(npi_check_digit=False, diagnosis_codes=False)).errors
    if faults:
        more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
        where = f"{faults[0].segment} (segment {faults[0].number})"
        raise Invalid(faults[0].message + more, where=where, cure=faults[0].cure, issues=faults)


def _st(guide: Guide, control: str, version: str) -> Segment:
    return segment("ST", guide.set_code, control, version if guide.st03 else "")


def arrange(loop: Loop, rule: LoopRule) -> None:
    """Put a loop, and every loop inside it, into the order of the guide. What stands at one place there keeps
    the order it was given in. Raises Invalid for what has no place."""
    loop.segments.sort(key=lambda one: _segment_rule(one, rule).order)
    places = {part.id: part for part in rule.parts if isinstance(part, LoopRule)}
    for inner in loop.loops:
        if inner.id not in places:
            raise Invalid(f"Loop {inner.id} has no place in loop {rule.id}.", where=inner.id, cure="Leave it out.")
        inner.parent = loop
        arrange(inner, places[inner.id])
    loop.loops.sort(key=lambda one: places[one.id].order)


def _segment_rule(one: Segment, rule: LoopRule) -> SegmentRule:
    for part in rule.by_tag.get(one.tag, ()):
        if isinstance(part, SegmentRule) and part.matches(one):
            return part
    raise Invalid(f"{one!r} has no place in loop {rule.id} ({rule.name}).", where=one.tag, cure="Leave it out.")


def number_levels(root: Loop) -> None:
    """Number the HL segments from 1: own number, parent's number, and whether a level follows below."""
    count = 0

    def number(loop: Loop, parent: str) -> None:
        nonlocal count
        if loop.segments and loop.segments[0].tag == "HL":
            count += 1
            below = any(inner.segments and inner.segments[0].tag == "HL" for inner in loop.loops)
            old = loop.segments[0]
            child = "" if old[4] == "-" else "1" if below else "0"
            # Some guides leave HL04 out at the lowest level; their builders write "-" for that.
            loop.segments[0] = segment("HL", str(count), parent, old[3], child)
            parent = str(count)
        for inner in loop.loops:
            number(inner, parent)

    number(root, "")


def hl(level: str, *, child: bool = True) -> Segment:
    """An HL to be numbered by the writer; ``child=False`` where the guide has no HL04 at this level."""
    return segment("HL", "", "", level, "" if child else "-")


def encode(one: Segment, marks: Separators, *, uppercase: bool = True) -> str:
    """One segment as text with its terminator."""
    known = segment_type(one.tag)
    types = known.elements if known else ()
    texts = [one.tag]
    for place, value in enumerate(one.values()):
        kind = types[place].kind if place < len(types) else "AN"
        where = f"{one.tag}{place + 1:02d}"
        if isinstance(value, str):
            texts.append(_text(value, kind, where, marks, uppercase) if value else "")
        elif isinstance(value, tuple):
            texts.append(_composite(value, types[place].parts if place < len(types) else (), where, marks, uppercase))
        else:
            texts.append(_repeated(value, kind, where, marks, uppercase))
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return marks.element.join(texts) + marks.segment


def _repeated(values: Iterable[Value], kind: str, where: str, marks: Separators, uppercase: bool) -> str:
    if not marks.repetition:
        raise Invalid(
            "The partner's separators have none for repeats.", where=where, cure="Set a repetition separator."
        )
    texts = []
    for value in values:
        if isinstance(value, tuple):
            texts.append(_composite(value, (), where, marks, uppercase))
        elif isinstance(value, str):
            texts.append(_text(value, kind, where, marks, uppercase))
    return marks.repetition.join(texts)


def _composite(values: tuple[str, ...], parts: Sequence[object], where: str, marks: Separators, uppercase: bool) -> str:
    kinds = [getattr(part, "kind", "AN") for part in parts]
    texts = [
        _text(value, kinds[n] if n < len(kinds) else "AN", f"{where}-{n + 1}", marks, uppercase) if value else ""
        for n, value in enumerate(values)
    ]
    return marks.component.join(texts).rstrip(marks.component)


def _text(value: str, kind: str, where: str, marks: Separators, uppercase: bool) -> str:
    if kind == "B":
        return value
    if kind == "TX":
        return plain(value, marks, uppercase=uppercase)
    if _forbidden(marks.all()).search(value) is None:
        return value
    raise Invalid(
        f"{value!r} holds a character that cannot be sent.",
        where=where,
        cure=f"Take out {' '.join(sorted(set(marks.all())))} and everything that is not plain ASCII.",
    )


@lru_cache(maxsize=64)
def _forbidden(marks: str) -> re.Pattern[str]:
    """What may not stand in data: a separator, and all but plain ASCII."""
    return re.compile(f"[^ -~]|[{re.escape(marks)}]" if marks else "[^ -~]")


def plain(text: str, marks: Separators, *, uppercase: bool = True) -> str:
    """Words as the basic and extended character sets hold them: accents folded, separators to spaces."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.translate(_SPELLED))
        text = folded.encode("ascii", "ignore").decode()
    if _forbidden(marks.all()).search(text) is not None:
        text = "".join(" " if not c.isprintable() or c in marks.all() else c for c in text)
        text = " ".join(text.split())
    return text.upper().strip() if uppercase else text.strip()
