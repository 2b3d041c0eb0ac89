"""Changes of a message that leave it a message of HL7 v2: fields moved, set, translated, segments added and dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from chartdesk.exchange.mappings.conditions import NotACondition, Test, condition
from chartdesk.exchange.mappings.documents import Edit
from chartdesk.exchange.mappings.running import asked
from chartdesk.exchange.mappings.tables import Code, tables
from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import NULL, Message, Segment
from chartdesk.standards.hl7v2.message import Place, place

Change = Callable[[Message], None]
Codes = Mapping[str, Mapping[str, Code]]


def compiled(edits: Sequence[Edit], codes: Codes) -> Change:
    """The edits as one function that changes a message. Raises Invalid for one that cannot be done, saying which."""
    changes = [_compiled(edit, f"edits[{number}]", codes) for number, edit in enumerate(edits)]

    def change(message: Message) -> None:
        for one in changes:
            one(message)

    return change


def _compiled(edit: Edit, where: str, codes: Codes) -> Change:
    if edit.drop:
        if edit.drop == "MSH":
            raise Invalid("MSH cannot be dropped.", cure="Set its fields instead.", where=where)
        return _dropping(edit.drop, _test(edit, where))
    to = _place(edit.to, f"{where}.to")
    source = _place(edit.source, f"{where}.source") if edit.source else None
    if (source is None) == (edit.value is None):
        raise Invalid("An edit has either a source or a value.", cure="Give one of them.", where=where)
    if to.segment == "MSH" and to.field <= 2:
        raise Invalid("The separators of a message are not changed.", cure="Take the edit out.", where=where)
    table: Mapping[str, Code] = {}
    if edit.codes:
        table = {**tables().codes.get(edit.codes, {}), **codes.get(edit.codes, {})}
        if not table:
            raise Invalid(f"There is no code table {edit.codes}.", cure="Write it under codes.", where=f"{where}.codes")
    return _setting(edit, to, source, table, _test(edit, where))


def _place(text: str, where: str) -> Place:
    try:
        return place(text)
    except ValueError as fault:
        raise Invalid(f"{fault}.", cure="Write it like PID-3.4 or OBX[2]-5.", where=where) from None


def _test(edit: Edit, where: str) -> Test | None:
    try:
        return condition(edit.when) if edit.when else None
    except NotACondition as fault:
        raise Invalid(f"{edit.when!r} cannot be read: {fault}.", where=f"{where}.when") from None


def _dropping(name: str, test: Test | None) -> Change:
    def drop(message: Message) -> None:
        for segment in message.all(name):
            if test is None or test(_Asked(message, segment)):
                message.remove(segment)

    return drop


def _setting(edit: Edit, to: Place, source: Place | None, table: Mapping[str, Code], test: Test | None) -> Change:
    numbered = f"{to.segment}[" in edit.to

    def change(message: Message) -> None:
        found = message.all(to.segment)
        if not found and edit.add:
            found = [message.add(to.segment)]
        if numbered:
            found = found[to.nth - 1 : to.nth]
        for segment in found:
            if test is not None and not test(_Asked(message, segment)):
                continue
            if source is None:
                _set(segment, to, _translated(edit.value or "", table), raw=False)
                continue
            other = segment if source.segment == to.segment else _nth(message, source)
            whole = not source.component and not to.component and not table and source.repetition == 1
            text = "" if other is None else (other.raw(source.field) if whole else _read(other, source))
            if not text and not _read(segment, to):
                continue  # an empty place stays without separators
            _set(segment, to, _translated(text, table), raw=whole and "[" not in edit.to.partition("-")[2])

    return change


def _read(segment: Segment, at: Place) -> str:
    found = segment.get(at.field, at.component, at.subcomponent, at.repetition)
    return "" if found == NULL else found


def _set(segment: Segment, to: Place, text: str, raw: bool) -> None:
    if raw:
        segment.set_raw(text, to.field)
    else:
        segment.set(text, to.field, to.component, to.subcomponent, to.repetition)


def _nth(message: Message, at: Place) -> Segment | None:
    found = message.all(at.segment)
    return found[at.nth - 1] if at.nth <= len(found) else None


def _translated(text: str, table: Mapping[str, Code]) -> str:
    found = table.get(text) or table.get("*") if table else None
    return found.code if found else text


class _Asked:
    """Answers the conditions of edits: places of the segment at hand, else of the first of that name."""

    def __init__(self, message: Message, segment: Segment) -> None:
        self.message, self.segment = message, segment

    def _of(self, name: str) -> Segment | None:
        return self.segment if name == self.segment.name else self.message.first(name)

    def value(self, at: str) -> str:
        """The text at a place; ``valued`` for a segment that is there."""
        want = _asked(at)
        found = self._of(want.name)
        if found is None or not want.number:
            return "valued" if found is not None else ""
        text = found.get(want.number, want.component or 1, want.subcomponent, want.repetition or 1)
        return "" if text == NULL else text

    def count(self, at: str) -> int:
        """How many repetitions stand at a place."""
        want = _asked(at)
        found = self._of(want.name)
        return len(found.repetitions(want.number)) if found is not None else 0


_asked = lru_cache(maxsize=1024)(asked)
