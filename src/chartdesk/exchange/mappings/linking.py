"""Which resource a segment goes into, and what then refers to what."""

from __future__ import annotations

from typing import Any, NamedTuple

from chartdesk.exchange.mappings.paths import Step, UnknownPathError, path
from chartdesk.exchange.mappings.running import Run
from chartdesk.exchange.mappings.tables import Making
from chartdesk.standards.hl7v2 import Segment

Into = dict[str, Any]
Groups = tuple[tuple[str, int], ...]


class Link(NamedTuple):
    """A reference that a making sets: from which resource, where, to which. ``None``: the resource that is made."""

    of: str | None
    steps: tuple[Step, ...]
    to: str | None


def links(making: Making) -> list[Link]:
    """The links of a making, those left out that R4 has no place for."""
    made = []
    for of, way, to in making.links:
        try:
            steps = path(of.partition("[")[0], way).steps
        except UnknownPathError:
            continue
        if steps:
            own = None if _same(of, making.label) else of
            made.append(Link(own, steps, None if _same(to, making.label) else to))
    return made


def _same(one: str, other: str) -> bool:
    return one == other or (("[" not in one or "[n]" in other) and one.partition("[")[0] == other.partition("[")[0])


class Instances:
    """The resources under their labels, each for the group that it belongs to."""

    def __init__(self) -> None:
        self.current: dict[str, tuple[Into, Groups, Segment | None]] = {}
        #: The label of a type that came last.
        self.last: dict[str, str] = {}
        self.waiting: list[tuple[Into | str, tuple[Step, ...], Into | str]] = []
        #: Who refers to whom: by the reference, the resources that it was written into.
        self.referred: dict[str, list[Into]] = {}

    def resource(self, label: str, kind: str, home: Groups, creates: bool, run: Run) -> Into:
        """The resource that a segment goes into: its own, or the one that another of its group began."""
        there = self.current.get(label)
        segment = run.segment
        if there is None:
            self.last[kind] = label
        elif there[1] == home:
            begun = there[2]
            if not creates or begun is segment or begun is None or segment is None or begun.name != segment.name:
                return there[0]
        resource = run.create(kind)
        self.current[label] = (resource, home, segment)
        return resource

    def link(self, wanted: list[Link], resource: Into) -> None:
        """Set what refers to what now where both are there, else at the end."""
        for of, steps, to in wanted:
            subject = resource if of is None else self._find(of)
            target = resource if to is None else self._find(to)
            if subject is None or target is None:
                self.waiting.append((subject or of or resource, steps, target or to or resource))
            else:
                self._refer(subject, steps, target)

    def join(self) -> None:
        """Set what had to wait."""
        for of, steps, to in self.waiting:
            subject = self._find(of) if isinstance(of, str) else of
            if subject is None:
                continue
            target = self._find(to) if isinstance(to, str) else to
            if target is not None:
                self._refer(subject, steps, target)

    def _find(self, label: str) -> Into | None:
        found = self.current.get(label)
        if found is None:
            last = self.last.get(label.partition("[")[0])
            return self.current[last][0] if last is not None else None
        return found[0]

    def _refer(self, subject: Into, steps: tuple[Step, ...], target: Into) -> None:
        """Write the reference; of a list, into the first element that has none yet."""
        text = f"{target['resourceType']}/{target['id']}"
        known = self.referred.get(text)
        if known is None:
            self.referred[text] = [subject]
        else:
            known.append(subject)
        reference = {"reference": text}
        if len(steps) > 1:
            _deep(subject, steps, reference)
            return
        name, _, many, _, _ = steps[0]
        there = subject.get(name)
        if many:
            if there is None:
                subject[name] = [reference]
            elif reference not in there:
                there.append(reference)
        else:
            subject[name] = reference if there is None else {**reference, **there}


def _deep(into: Into, steps: tuple[Step, ...], reference: Into) -> None:
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        if last and step.many:
            if reference not in into.setdefault(step.name, []):
                into[step.name].append(reference)
        elif last:
            into[step.name] = {**reference, **into.get(step.name, {})}
        elif step.many:
            there = into.setdefault(step.name, [])
            following = steps[at + 1].name
            if any(one.get(following) == reference for one in there):
                return
            free = next((one for one in there if following not in one), None)
            if free is None:
                free = {}
                there.append(free)
            into = free
        else:
            into = into.setdefault(step.name, {})
