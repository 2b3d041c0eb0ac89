"""The tables that mappings are made of: rows, code translations, and what stands where in a message.

The guide's are written by `tools/generate_v2_mappings.py` (`_generated/*.map`), ours stand in `tables/*.map` and
replace what they name. A row reads ``source > target : map of the data type ~ code table = value ? condition``; what
is not needed is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

import msgspec

from chartdesk.kit.errors import Invalid

_PARTS = (("when", " ? "), ("fixed", " = "), ("codes", " ~ "), ("via", " : "), ("target", " > "))


class Row(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What makes one value: from where, to where, by which map, code table, fixed value and condition.

    ``source`` is a place of the message (``PID-5``) or of a data type (``XPN.2``), ``target`` a path of the resource.
    """

    target: str
    source: str = ""
    via: str = ""
    codes: str = ""
    fixed: str = ""
    when: str = ""
    origin: str = ""


class Code(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a code of a partner or of HL7 becomes. ``system`` empty: the one that the target has anyway."""

    code: str
    display: str = ""
    system: str = ""


class Making(msgspec.Struct, frozen=True):
    """What a segment makes in a message: the resource it goes into, by which map, and what then refers to what."""

    label: str
    map: str
    links: tuple[tuple[str, str, str], ...] = ()
    when: str = ""


class Place(msgspec.Struct, frozen=True):
    """A segment's place in a message: the groups it stands in, outermost first, and what it makes."""

    segment: str
    groups: tuple[str, ...] = ()
    makes: tuple[Making, ...] = ()


class Tables(msgspec.Struct):
    """Everything that was read."""

    maps: dict[str, list[Row]] = {}
    codes: dict[str, dict[str, Code]] = {}
    messages: dict[str, list[Place]] = {}


def row(text: str, origin: str = "") -> Row:
    """A row from its line. Raises Invalid where it has no target."""
    rest, found = text, {}
    for name, mark in _PARTS:
        rest, _, found[name] = rest.partition(mark) if mark in rest else (rest, "", "")
    if not found["target"]:
        raise Invalid(f"{text!r} names no target.", cure="Write it like PID-5 > name : XPN[HumanName].")
    values = {name: value.strip() for name, value in found.items()}
    return Row(source="" if rest.strip() == "-" else rest.strip(), origin=origin, **values)


def line(one: Row) -> str:
    """The row as it is written in a file."""
    marks = dict(_PARTS)
    parts = [f"{marks[name]}{value}" for name, _ in reversed(_PARTS) if (value := getattr(one, name))]
    return (one.source or "-") + "".join(parts)


@cache
def tables() -> Tables:
    """The guide's and ours, read once."""
    found = Tables()
    for folder, names in (("_generated", ("guide", "codes", "messages")), ("tables", ("maps", "codes", "messages"))):
        for name in names:
            text = files(__package__).joinpath(f"{folder}/{name}.map").read_text("utf-8")
            read(text.splitlines(), found)
    return found


def read(lines: Iterable[str], into: Tables) -> None:
    """Add what the lines say. A map or a message that is there already is replaced; codes are added."""
    takes: Callable[[str], None] | None = None
    for text in lines:
        if not text.strip() or text.startswith("#"):
            continue
        if not text.startswith(" "):
            word, _, name = text.partition(" ")
            takes = _SECTIONS[word](into, name.strip())
        elif takes is not None:
            takes(text)


class _Map:
    def __init__(self, into: Tables, name: str) -> None:
        self.name = name
        self.rows = into.maps[name] = []

    def __call__(self, text: str) -> None:
        self.rows.append(row(text.strip(), f"{self.name}#{len(self.rows) + 1}"))


class _Changes(_Map):
    """Rows that come to a map of the guide's; those of it with the same source and target make way."""

    def __init__(self, into: Tables, name: str) -> None:
        self.name = name
        self.count = 0
        self.rows = into.maps[name] = list(into.maps[name])

    def __call__(self, text: str) -> None:
        text = text.strip()
        if text.startswith("without "):
            self._drop(text.removeprefix("without "))
            return
        self.count += 1
        self.rows.append(row(text, f"{self.name}#ours-{self.count}"))

    def _drop(self, text: str) -> None:
        source, _, target = (part.strip() for part in text.partition(" > "))
        kept = [one for one in self.rows if one.source != source or (target and one.target != target)]
        if len(kept) == len(self.rows):
            raise Invalid(f"{self.name} has no row {text}.", cure="Take it out of the changes.")
        self.rows[:] = kept


class _Codes:
    def __init__(self, into: Tables, name: str) -> None:
        self.codes = into.codes.setdefault(name, {})

    def __call__(self, text: str) -> None:
        code, _, rest = text.strip().partition(" > ")
        to, _, more = rest.partition(" | ")
        display, _, system = more.partition(" | ")
        self.codes[code.strip()] = Code(to.strip(), display.strip(), system.strip())


_LINK = re.compile(r"(?P<of>[^.]+?)\.(?P<path>.+?)=(?P<to>.+)")


class _Message:
    """Places indented by two spaces a group; what a segment makes stands below it behind an arrow."""

    def __init__(self, into: Tables, name: str) -> None:
        self.places = into.messages[name] = []
        self.open: list[str] = []

    def __call__(self, text: str) -> None:
        word = text.strip()
        if word.startswith("-> "):
            last = self.places[-1]
            self.places[-1] = msgspec.structs.replace(last, makes=(*last.makes, _making(word[3:])))
        elif word.endswith("{"):
            self.open.append(word[:-1].strip())
        elif word == "}":
            self.open.pop()
        else:
            self.places.append(Place(word, tuple(self.open)))


def _making(text: str) -> Making:
    rest, _, when = text.partition(" ? ")
    head, *links = (part.strip() for part in rest.split(";"))
    label, _, name = head.partition(" ")
    found = (_LINK.fullmatch(link) for link in links if link)
    made = tuple((one["of"].strip(), one["path"].strip(), one["to"].strip()) for one in found if one)
    return Making(label, name.strip(), made, when.strip())


class _Amended:
    """What comes to messages of the guide's: makings for a segment wherever it stands, or a segment after another.

    ``without MAP`` below a segment takes a making out; ``after SCH TQ1`` puts a segment in.
    """

    def __init__(self, into: Tables, names: str) -> None:
        self.messages = [into.messages[name] for name in names.split()]
        self.segment = self.group = ""

    def __call__(self, text: str) -> None:
        word = text.strip()
        if word.startswith("after "):
            _, before, self.segment = word.split()
            self.group = ""
            for places in self.messages:
                at = next(at for at, place in enumerate(places) if place.segment == before)
                places.insert(at + 1, Place(self.segment, places[at].groups))
        elif word.startswith("-> "):
            self._change(lambda makes: (*makes, _making(word[3:])))
        elif word.startswith("without "):
            gone = word.removeprefix("without ")
            self._change(lambda makes: tuple(making for making in makes if making.map != gone))
        else:
            # "NTE ORDER_OBSERVATION": only where it stands in that group itself.
            self.segment, _, self.group = word.partition(" ")

    def _change(self, change: Callable[[tuple[Making, ...]], tuple[Making, ...]]) -> None:
        for places in self.messages:
            for at, place in enumerate(places):
                if place.segment == self.segment and (not self.group or place.groups[-1:] == (self.group,)):
                    places[at] = msgspec.structs.replace(place, makes=change(place.makes))


_SECTIONS: dict[str, Callable[[Tables, str], Callable[[str], None]]] = {
    "amend": _Amended,
    "map": _Map,
    "change": _Changes,
    "codes": _Codes,
    "message": _Message,
}
