"""What an eligibility question and its answer must say beyond their single segments (005010X279A1)."""

from __future__ import annotations

from chartdesk.standards.x12.codes import coverage
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.rules.figures import figure
from chartdesk.standards.x12.segments import Loop, Segment


def question_rules(loop: Loop, judge: Judge) -> None:
    """The types of service that are asked about (EQ01)."""
    _service_types(loop.segments[0], 1, loop, judge)


def benefit_rules(loop: Loop, judge: Judge) -> None:
    """One EB: known types of service, and a share that is a part of one."""
    eb = loop.segments[0]
    _service_types(eb, 3, loop, judge)
    share = figure(eb, 8)
    if share is not None and share > 1:
        judge.fault(
            eb,
            "percent",
            f"EB08 is {share}: more than the whole.",
            "20 percent is 0.2.",
            element=8,
            code="7",
            loop=loop.id,
            level="warning",
        )
    refusal_rules(loop, judge)


def refusal_rules(loop: Loop, judge: Judge) -> None:
    """The reasons of a loop's refusals (AAA03)."""
    for aaa in loop.every("AAA"):
        if aaa[3] and aaa[3] not in coverage.REFUSALS:
            judge.fault(
                aaa,
                "refusal",
                f"{aaa[3]!r} is no reason of a refusal that we know.",
                "Ask the payer what it means.",
                element=3,
                code="7",
                loop=loop.id,
                level="warning",
            )


def answer_rules(level: Loop, judge: Judge) -> None:
    """A patient's level: it says something, a benefit or a refusal."""
    person = level.one("2100C") or level.one("2100D")
    said = person is not None and (person.first("AAA") or person.inner("2110C", "2110D"))
    if not said and not level.inner("2000D"):
        judge.fault(
            level.segments[0],
            "nothing-answered",
            "The patient's level holds neither a benefit nor a refusal.",
            "Send EB, or AAA with the reason.",
            code="I6",
            loop=level.id,
            level="warning",
        )


def _service_types(one: Segment, place: int, loop: Loop, judge: Judge) -> None:
    for code in one.repeats(place):
        if code and code not in coverage.SERVICE_TYPES:
            judge.fault(
                one,
                "service-type",
                f"{code!r} is no type of service that we know.",
                "Send a code of the service type list, such as 30.",
                element=place,
                code="7",
                loop=loop.id,
                level="warning",
                value=code,
            )
