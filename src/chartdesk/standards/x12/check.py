"""The check: a file against the envelope, its guides and their rules; every fault with its place and its
cure.

Streaming: of a long file no more than one claim is held. Whatever is wrong with a file, checking it gives
findings and never raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.elements import check_elements
from chartdesk.standards.x12.envelope import Envelope, read_envelope, whole
from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.guides import guide_for
from chartdesk.standards.x12.guides.envelope import ENVELOPE
from chartdesk.standards.x12.guides.model import Guide, SegmentRule
from chartdesk.standards.x12.judge import CheckedGroup, CheckedSet, CheckSettings, Judge
from chartdesk.standards.x12.misplaced import lacks, misplaced
from chartdesk.standards.x12.patterns import Glance, glance, glances, keeps
from chartdesk.standards.x12.placing import MOST_KEPT, Frame, Placer, release
from chartdesk.standards.x12.reader import Batch, Source, batches
from chartdesk.standards.x12.rules.levels import check_children, check_level, check_npi
from chartdesk.standards.x12.segments import Segment, Separators

#: Segments with a patient control number in element 1, and those that end what belongs to a claim.
_CLAIM_HEADS = frozenset({"CLM", "CLP"})
_CLAIM_ENDS = _CLAIM_HEADS | {"HL", "PLB"}
#: Pairs of partners, kinds of sets, and control numbers out of their order that are kept of a file.
_MOST_PARTNERS, _MOST_NUMBERS = 1_000, 50_000


@dataclass(slots=True, kw_only=True)
class CheckedInterchange:
    """An interchange that was looked at. ``received`` is how many groups came, also where they are not kept."""

    envelope: Envelope
    place: int
    groups: list[CheckedGroup] = field(default_factory=list)
    received: int = 0
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Examination:
    """What a check found: the interchanges with their groups and sets, and every finding in file order.

    ``faulty`` has interchange, group and set of every error, also of those that are not listed any more. ``held`` is
    how many sets of each kind there are, in words. Without ``CheckSettings.answers`` that and the findings are all.
    """

    interchanges: list[CheckedInterchange]
    findings: list[Finding]
    faulty: set[tuple[int, int, int]]
    held: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """The findings that make the file wrong, without the warnings."""
        return [one for one in self.findings if one.level == "error"]


def check_file(source: Source, settings: CheckSettings | None = None) -> list[Finding]:
    """Every finding about a file, in file order; empty where it is right. Takes bytes, a path or an open
    file."""
    return examine(source, settings).findings


def examine(source: Source, settings: CheckSettings | None = None) -> Examination:
    """Check a file and keep what an acknowledgement needs to know of its envelope."""
    run = _Run(Judge(settings or CheckSettings()))
    try:
        for batch in batches(source, run.judge.take):
            run.batch(batch)
    except Invalid as fault:
        run.judge.fault(None, "unreadable", fault.message, fault.cure, scope="interchange", code="023")
        run.cut_off = True
    run.end()
    findings = sorted(run.judge.findings, key=lambda one: one.number)
    return Examination(interchanges=run.interchanges, findings=findings, faulty=run.judge.faulty, held=run.held)


class Used:
    """Control numbers that were used, in little memory as long as they count on."""

    def __init__(self) -> None:
        self.first, self.last = 1, 0
        self.others: set[str] = set()

    def again(self, text: str) -> bool:
        """True where the number was used before; remembers it."""
        number = whole(text)
        if number and self.first <= number <= self.last:
            return True
        if number and (self.last < self.first or number == self.last + 1):
            self.first, self.last = (number if self.last < self.first else self.first), number
            return False
        if text in self.others:
            return True
        if len(self.others) < _MOST_NUMBERS:
            self.others.add(text)
        return False


class _Run:
    """One pass over a file."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.interchanges: list[CheckedInterchange] = []
        self.isa: Segment | None = None
        self.answered = False
        self.gs: Segment | None = None
        self.st: Segment | None = None
        self.placer: Placer | None = None
        self.last: Segment | None = None
        #: Control numbers: of interchanges by who sends to whom, of the groups of one, of the sets of a group.
        self.envelopes: dict[tuple[str, ...], Used] = {}
        self.groups, self.controls = Used(), Used()
        self.held: dict[str, int] = {}
        self.begun = False
        self.glances: dict[SegmentRule, Glance] = {}
        self.cut_off = False

    def batch(self, batch: Batch) -> None:
        """Take the next segments of the file."""
        marks, steps = batch.separators, self._STEPS
        self.glances = glances(marks)
        one = self.last
        for number, (row, raw) in enumerate(zip(batch.rows, batch.raws, strict=True), batch.number):
            one = Segment(row, number, marks)
            if row[0] in steps:
                steps[row[0]](self, one)
            elif self.st is None:
                self.judge.fault(one, "outside", f"{one.tag} stands outside a transaction set.", code="2")
            elif self.placer is not None:
                self._place(one, raw, self.placer if self.begun else self._placer_for(one, self.placer))
        self.last = one

    def end(self) -> None:
        """The file is over: say what was still open."""
        if self.isa is not None and not self.cut_off:
            last = self.last
            where = f"after segment {last.number}, {last.tag}," if last is not None else ""
            self.judge.fault(
                last,
                "cut-off",
                f"The file ends {where} without an IEA.",
                "It was cut off on its way: ask for it again.",
                scope="interchange",
                code="023",
            )
        self._close_set(None)

    def _elements(self, one: Segment) -> None:
        if one.tag == "ISA":
            # ISA11 and ISA16 are the separators themselves.
            marks = one.separators
            one = Segment(one.elements, one.number, Separators(marks.element, "", "", marks.segment))
        check_elements(self.judge, one, ENVELOPE[one.tag], "envelope")

    def _isa(self, one: Segment) -> None:
        if self.isa is not None:
            self._missing("IEA", one, "interchange", "023")
        self._close_set(one)
        judge = self.judge
        judge.interchange, judge.group, judge.set = judge.interchange + 1, 0, 0
        self.isa, self.gs, self.groups, self.answered = one, None, Used(), False
        if not judge.settings.answers:
            self.interchanges.clear()
        self.interchanges.append(CheckedInterchange(envelope=read_envelope(one, None), place=judge.interchange))
        self._elements(one)
        ends = (one[5], one[6].strip(), one[7], one[8].strip())
        if len(self.envelopes) < _MOST_PARTNERS and self.envelopes.setdefault(ends, Used()).again(one[13]):
            message = f"ISA13 {one[13]} was used before in this file."
            cure = "Number every interchange anew: the second one is not taken in."
            judge.fault(one, "interchange-number", message, cure, element=13, scope="interchange", code="025")

    def _iea(self, one: Segment) -> None:
        if self.gs is not None or self.st is not None:
            self._missing("GE", one, "group", "3")
        self._close_set(one)
        self.judge.set = self.judge.group = 0
        if self.isa is None:
            self.judge.fault(one, "outside", "IEA without an ISA.", scope="interchange", code="022")
            return
        self._elements(one)
        here = self.interchanges[-1]
        self._agree(one, "interchange", "001", 2, self.isa[13], "ISA13")
        self._count(one, "interchange", "021", here.received, "groups")
        if not here.received and not self.answered:
            self.judge.fault(self.isa, "empty", "The interchange holds nothing.", scope="interchange", code="024")
        here.closed = True
        self.isa = self.gs = None

    def _gs(self, one: Segment) -> None:
        if self.gs is not None:
            self._missing("GE", one, "group", "3")
        self._close_set(one)
        if self.isa is None:
            self.judge.fault(one, "outside", "GS without an ISA.", scope="interchange", code="022")
            return
        self.judge.group, self.judge.set = self.judge.group + 1, 0
        self.gs, self.controls = one, Used()
        here = self.interchanges[-1]
        here.received += 1
        if not self.judge.settings.answers:
            here.groups.clear()
        here.groups.append(
            CheckedGroup(functional=one[1], control=whole(one[6]), version=one[8], place=self.judge.group)
        )
        self._elements(one)
        if self.groups.again(one[6]):
            message = f"GS06 {one[6]} was used before in this interchange."
            cure = "Number every group anew."
            self.judge.fault(one, "group-number", message, cure, element=6, scope="group", code="19")

    def _ge(self, one: Segment) -> None:
        if self.st is not None:
            self._missing("SE", one, "set", "2")
        self._close_set(one)
        self.judge.set = 0
        if self.gs is None:
            self.judge.fault(one, "outside", "GE without a GS.", scope="interchange", code="024")
            return
        self._elements(one)
        group = self.interchanges[-1].groups[-1]
        group.declared = whole(one[1])
        self._agree(one, "group", "4", 2, self.gs[6], "GS06")
        self._count(one, "group", "5", group.received, "sets")
        if not group.received:
            self.judge.fault(self.gs, "empty", "The group holds no set.", scope="group", code="5")
        self.gs = None

    def _st(self, one: Segment) -> None:
        if self.st is not None:
            self._missing("SE", one, "set", "2")
        self._close_set(one)
        judge = self.judge
        if self.isa is None or self.gs is None:
            judge.fault(one, "outside", "ST without a GS.", scope="interchange", code="024")
            return
        judge.begin_set(one)
        self.st = one
        self._elements(one)
        version = one[3] or self.gs[8]
        guide = guide_for(one[1], version)
        group = self.interchanges[-1].groups[-1]
        group.received += 1
        if judge.settings.answers:
            group.sets.append(
                CheckedSet(set_code=one[1], control=one[2], version=version, place=judge.set, known=guide is not None)
            )
        if self.controls.again(one[2]):
            message, cure = f"ST02 {one[2]} was used before in this group.", "Number every set anew."
            judge.fault(one, "set-number", message, cure, scope="set", code="23")
        if guide is None:
            message = f"Set {one[1]} {version} is not one we know; only its envelope was checked."
            judge.fault(one, "unknown-set", message, level="warning", scope="set", code="1")
            return
        if one[3] and self.gs[8] and one[3] != self.gs[8]:
            judge.fault(one, "version", f"ST03 is {one[3]}, GS08 is {self.gs[8]}.", element=3, code="7", scope="set")
        if self.gs[1] != guide.functional:
            judge.fault(
                one,
                "functional",
                f"A {guide.name} in a group {self.gs[1]}.",
                scope="set",
                code="1",
                level="warning",
            )
        self.placer, self.begun = Placer(guide, MOST_KEPT, one.number), not guide.purposes

    def _placer_for(self, one: Segment, placer: Placer) -> Placer:
        """The placer at hand; where the set has just begun, that of the guide which its first segment tells."""
        if self.begun or self.st is None or self.gs is None:
            return placer
        self.begun = True
        guide = guide_for(self.st[1], self.st[3] or self.gs[8], one)
        if guide is not None and guide is not placer.guide:
            self.placer = placer = Placer(guide, MOST_KEPT, one.number)
        return placer

    def _se(self, one: Segment) -> None:
        if self.st is None:
            self.judge.fault(one, "outside", "SE without an ST.", scope="group", code="5")
            return
        st = self.st
        self._close_set(one)
        self._elements(one)
        self._agree(one, "set", "3", 2, st[2], "ST02")
        self._count(one, "set", "4", one.number - st.number + 1, "segments")

    def _ta1(self, one: Segment) -> None:
        self.answered = True
        self._elements(one)

    _STEPS = {"ISA": _isa, "IEA": _iea, "GS": _gs, "GE": _ge, "ST": _st, "SE": _se, "TA1": _ta1}

    def _agree(self, one: Segment, scope: str, code: str, place: int, expected: str, name: str) -> None:
        if one[place].strip() != expected.strip() and whole(one[place]) != (whole(expected) or -1):
            self.judge.fault(
                one,
                "control-number",
                f"{one.tag}{place:02d} is {one[place]!r:.40}, {name} is {expected!r:.40}.",
                "Header and trailer carry the same number.",
                element=place,
                scope=scope,
                code=code,
            )

    def _count(self, one: Segment, scope: str, code: str, expected: int, what: str) -> None:
        if whole(one[1]) != expected:
            self.judge.fault(
                one,
                "count",
                f"{one.tag}01 says {one[1]:.20} {what}; there are {expected}.",
                "Part of the file may be missing.",
                element=1,
                scope=scope,
                code=code,
            )

    def _missing(self, tag: str, before: Segment, scope: str, code: str) -> None:
        self.judge.fault(
            None,
            "trailer",
            f"{tag} is missing before {before.tag} (segment {before.number}).",
            "The sender's file is incomplete: ask for it again.",
            scope=scope,
            code=code,
            number=before.number,
            tag=tag,
        )

    def _place(self, one: Segment, raw: str, placer: Placer) -> None:
        move = placer.step(one)
        if placer.closed:
            for frame in placer.closed:
                self._closed(frame, placer.guide)
        tag, rule = one.elements[0], move.rule
        if tag in _CLAIM_ENDS:
            self.judge.claim = one[1] if tag in _CLAIM_HEADS else ""
        if placer.fault:
            misplaced(self.judge, one, rule, placer)
        if rule is None:
            return
        seen = self.glances.get(rule)
        if seen is None:
            seen = self.glances[rule] = glance(rule, one.separators)
        matches, notes = seen
        if matches(raw) is None or (notes and not keeps(notes, one.elements)):
            check_elements(self.judge, one, rule, placer.stack[-1].rule.id)
        if tag == "HL":
            check_level(self.judge, one, placer.stack[-1])
        elif (tag == "NM1" or tag == "N1") and self.judge.settings.npi_check_digit:
            check_npi(self.judge, one, placer.stack[-1].rule.id)

    def _closed(self, frame: Frame, guide: Guide) -> None:
        """A loop is complete: what it lacks, and what its rules say of it."""
        rule, loop = frame.rule, frame.loop
        if frame.lacks:
            lacks(self.judge, frame, self.st)
        opener = rule.parts[0].tag
        if opener == "HL":
            check_children(self.judge, frame)
        rules = guide.rules.get(rule.id)
        if rules is not None:
            for check in rules:
                check(loop, self.judge)
        if opener in _CLAIM_HEADS:
            self.judge.claim = ""
        if rule.id in guide.cut:
            release(loop)
            # What was judged is let go at once: loops know their parents, which would keep them until swept up.
            loop.loops = []

    def _close_set(self, before: Segment | None) -> None:
        if self.st is not None and self.placer is not None:
            for frame in self.placer.end():
                self._closed(frame, self.placer.guide)
        if self.st is not None:
            unknown = f"{self.st[1]:.3} {self.st[3] or (self.gs or self.st)[8]:.12}, which we do not know"
            name = self.placer.guide.name if self.placer is not None else unknown
            if name in self.held or len(self.held) < _MOST_PARTNERS:
                self.held[name] = self.held.get(name, 0) + 1
        self.st = self.placer = None
