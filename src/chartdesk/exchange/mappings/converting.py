"""A message becomes FHIR resources.

Guide: HL7 v2-to-FHIR 1.0 (https://build.fhir.org/ig/HL7/v2-to-fhir/). Each segment makes what its place in the message
says, by the tables; what refers to what is set last, because a patient may come after the appointment.
"""

from __future__ import annotations

import zoneinfo
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from chartdesk.exchange.mappings import bundling, completing, dosages, expressions, leaves
from chartdesk.exchange.mappings.compiling import Compiler
from chartdesk.exchange.mappings.conditions import Test, condition
from chartdesk.exchange.mappings.linking import Groups, Instances, links
from chartdesk.exchange.mappings.profiles import RECORD, Profile
from chartdesk.exchange.mappings.running import Into, Run
from chartdesk.exchange.mappings.structures import OTHER, Place, Seat, Walk, structure
from chartdesk.exchange.mappings.tables import Making, tables
from chartdesk.exchange.mappings.words import test as words_test
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import decode, r4
from chartdesk.standards.hl7v2 import Message

#: Sequences of segments that a plan keeps.
_WAYS = 512
_encoder = msgspec.json.Encoder(decimal_format="number")


class Origin(msgspec.Struct, frozen=True):
    """What made a value: ``target`` (``Patient/patient-1.name[0].family``), where it is from, and the rows' names."""

    target: str
    source: str
    rows: tuple[str, ...]


class Conversion(msgspec.Struct):
    """What became of a message. ``resources`` are plain FHIR JSON with ids and references within the message.

    ``trace`` is empty unless it was asked for. ``problems`` are values that could not be made, ``unmapped`` segments
    that no table knows, ``deleted`` places whose value the partner wants deleted (two quotation marks).
    """

    structure: str
    resources: list[Into]
    trace: list[Origin] = []
    problems: list[str] = []
    unmapped: list[str] = []
    deleted: list[str] = []

    def of(self, kind: str) -> list[Into]:
        """The resources of one type."""
        return [one for one in self.resources if one["resourceType"] == kind]

    def typed(self) -> list[r4.Resource]:
        """The resources as FHIR types. Raises Invalid for one that R4 does not allow."""
        return [decode(_encoder.encode(one)) for one in self.resources]

    def bundle(self) -> bytes:
        """All of it as a Bundle of type collection, in JSON."""
        return bundling.collection(self.resources)


def convert(message: Message, *, profile: Profile = RECORD, trace: bool = False) -> Conversion:
    """The resources of ``message`` by ``profile``. Raises Invalid where the profile is at fault, never the message."""
    name = structure(message)
    return _plan(_key(profile), name, trace).run(message, name, trace)


_profiles: dict[int, tuple[Profile, bytes]] = {}


def _key(profile: Profile) -> bytes:
    known = _profiles.get(id(profile))
    if known is not None and known[0] is profile:
        return known[1]
    key = msgspec.json.encode(profile)
    if len(_profiles) > 256:
        _profiles.clear()
    _profiles[id(profile)] = (profile, key)
    return key


@lru_cache(maxsize=128)
def _compiler(key: bytes, traced: bool) -> Compiler:
    return Compiler(typed.decode(key, Profile), traced)


@lru_cache(maxsize=512)
def _plan(key: bytes, name: str, traced: bool) -> Plan:
    return Plan(_compiler(key, traced), name)


#: What the profile's choice about relatives leaves out.
_RELATIVES = {
    "NK1[RelatedPerson]": "contacts",
    "PID[RelatedPerson-Mother]": "contacts",
    "NK1[Patient]": "persons",
}


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The groups that both are in."""
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


class _Made:
    """A making, compiled: its function, its condition, and where its links go."""

    __slots__ = ("creates", "depth", "fill", "kind", "label", "links", "map", "test")

    def __init__(self, making: Making, compiler: Compiler, segment: str, depth: int, creates: bool) -> None:
        self.label, self.map, self.depth, self.creates = making.label, making.map, depth, creates
        self.kind = making.label.partition("[")[0]
        self.fill = compiler.map(making.map, self.kind, 0)
        self.test: Test | None = None
        if making.when:
            self.test = expressions.test(making.when, segment)
            if self.test is None:
                own = leaves.access(segment, 0)
                self.test = words_test(making.when, "") if making.when[0] == "@" else condition(making.when, "", own)
        self.links = links(making)


class _Way(NamedTuple):
    """A sequence of segments: where each sits, which no table knows, and where something is made."""

    seats: list[Seat | None]
    unmapped: list[str]
    stops: list[tuple[int, str, Seat, list[tuple[_Made, Groups]]]]


class Plan:
    """What a message of one structure becomes by one profile, compiled."""

    def __init__(self, compiler: Compiler, name: str) -> None:
        self.profile, self.name = compiler.profile, name
        try:
            self.zone = zoneinfo.ZoneInfo(compiler.profile.zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise Invalid(
                f"There is no time zone {compiler.profile.zone}.", cure="Write it like America/New_York.", where="zone"
            ) from None
        self.makes: dict[tuple[str, tuple[str, ...]], list[_Made]] = {}
        self.compiler = compiler
        self.ways: dict[tuple[str, ...], _Way] = {}
        for structure_ in (name, OTHER):
            self._prepare(tables().messages[structure_])

    def _prepare(self, places: list[Place]) -> None:
        homes: dict[str, tuple[str, ...]] = {}
        first: dict[str, tuple[str, tuple[str, ...]]] = {}
        for place in places:
            for making in place.makes:
                first.setdefault(making.label, (place.segment, place.groups))
                homes[making.label] = _common(homes.get(making.label, place.groups), place.groups)
        for place in places:
            key = (place.segment, place.groups)
            if key in self.makes:
                continue
            made = []
            for making in place.makes:
                kind = making.label.partition("[")[0]
                if kind in self.profile.without or not self.compiler.rows(making.map):
                    continue
                if making.map in _RELATIVES and self.profile.relatives == _RELATIVES[making.map]:
                    continue
                creates = first[making.label] == key or making.label.endswith("[n]")
                made.append(_Made(making, self.compiler, place.segment, len(homes[making.label]), creates))
            self.makes[key] = made

    def run(self, message: Message, name: str, trace: bool) -> Conversion:
        """Convert one message."""
        run = Run(message, self.profile, self.zone, trace)
        walk = self._walk(name, tuple([segment.name for segment in message.segments]))
        run.seats = list(zip(message.segments, walk.seats, strict=True))
        instances = Instances()
        for at, where, seat, makings in walk.stops:
            segment = message.segments[at]
            texts = run.enter(segment, seat, where)
            if '""' in segment.text:
                run.deleted += [f"{where}-{number}" for number, text in enumerate(texts) if text == '""']
            for made, home in makings:
                if made.test is not None and not made.test(run):
                    continue
                resource = instances.resource(made.label, made.kind, home, made.creates, run)
                made.fill(resource, texts, run, (where, ()) if trace else None)
                if made.links:
                    instances.link(made.links, resource)
        instances.join()
        moved = dosages.join(run.resources)
        resources = completing.completed(run.resources, instances.referred)
        origins = list(_origins(run, resources, moved)) if trace else []
        return Conversion(name, resources, origins, run.problems, list(walk.unmapped), run.deleted)

    def _walk(self, name: str, segments: tuple[str, ...]) -> _Way:
        """Which segments make something, and what. Partners send the same few sequences again and again."""
        known = self.ways.get(segments)
        if known is not None:
            return known
        seats, unmapped = _seated(name, segments)
        counts: Counter[str] = Counter()
        stops = []
        for at, (segment, seat) in enumerate(zip(segments, seats, strict=True)):
            counts[segment] += 1
            makings = self.makes.get((seat.place.segment, seat.place.groups)) if seat else None
            if seat and makings:
                where = segment if counts[segment] == 1 else f"{segment}[{counts[segment]}]"
                stops.append((at, where, seat, [(made, seat.groups[: made.depth]) for made in makings]))
        if len(self.ways) >= _WAYS:
            self.ways.clear()
        found = self.ways[segments] = _Way(seats, unmapped, stops)
        return found


def _seated(name: str, segments: tuple[str, ...]) -> tuple[list[Seat | None], list[str]]:
    """Where the segments sit, and which no table knows."""
    walk, other = Walk(name), Walk(OTHER)
    seats = [walk.seat(segment) or other.seat(segment) for segment in segments]
    return seats, [segment for segment, seat in zip(segments, seats, strict=True) if seat is None]


def _origins(run: Run, resources: list[Into], moved: dict[int, Into]) -> Iterator[Origin]:
    """The trace by the paths that values have in the end."""
    places: dict[int, str] = {}

    def walk(value: Any, at: str) -> None:
        places[id(value)] = at
        if isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, dict | list):
                    walk(inner, f"{at}.{name}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                if isinstance(inner, dict | list):
                    walk(inner, f"{at}[{number}]")

    for resource in resources:
        walk(resource, f"{resource['resourceType']}/{resource['id']}")
    counts: dict[tuple[int, str], int] = {}
    for one in run.trace or ():
        at = places.get(id(moved.get(id(one.into), one.into)))
        if at is None or one.name not in one.into:
            continue
        target = f"{at}.{one.name}"
        if (
            isinstance(one.into, dict)
            and isinstance(one.into[one.name], list)
            and not isinstance(one.into[one.name][0], dict)
        ):
            key = (id(one.into), one.name)
            target += f"[{counts.get(key, 0)}]"
            counts[key] = counts.get(key, 0) + 1
        yield Origin(target, one.source, one.rows)
