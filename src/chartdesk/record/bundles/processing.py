"""Carrying out a bundle, or one write of the kind that bundles hold.

A transaction is ordered as the guide asks, its references are resolved, and its writes go to the database
together. A type with rules of its own is written after the plain ones, one by one, so that its rules find what
it refers to.
"""

from __future__ import annotations

from collections.abc import Callable

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject
from chartdesk.record.bundles.entries import Entry, Opened
from chartdesk.record.bundles.ordering import phase
from chartdesk.record.bundles.work import Ask, Result, Work, at

#: Runs a call, again where the database asks for it, and turns what is nobody's fault into an error to tell.
Guard = Callable[[Callable[[], list[Result]]], list[Result]]


def process(
    subject: Subject, bundle: Opened, *, ask: Ask | None = None, several: int = 1, guard: Guard | None = None
) -> list[Result]:
    """Carry out a transaction or a batch; results in the order of the entries.

    ``ask`` answers reads and operations; ``several`` is how many a conditional delete may take; ``guard`` runs each
    entry of a batch. Raises Invalid for another kind of bundle, and for a transaction what its first failing
    entry raises.
    """
    if bundle.type == "transaction":
        return transaction_of(subject, bundle.entries, ask=ask, several=several)
    if bundle.type == "batch":
        return batch(subject, bundle.entries, ask=ask, several=several, guard=guard)
    raise Invalid(
        f"A bundle of type {bundle.type[:40]!r} cannot be carried out.",
        cure="Send a transaction or a batch.",
        where="Bundle.type",
    )


def batch(
    subject: Subject,
    entries: list[Entry],
    *,
    ask: Ask | None = None,
    several: int = 1,
    guard: Guard | None = None,
) -> list[Result]:
    """Carry out each entry by itself; a failing one says why and disturbs no other."""
    results: list[Result] = []
    for entry in sorted(entries, key=phase):
        try:
            results += _alone(subject, entry, ask, several, guard)
        except ChartdeskError as fault:
            results.append(Result(entry, "", fault=fault))
    return sorted(results, key=lambda result: result.entry.position)


def transaction_of(
    subject: Subject,
    entries: list[Entry],
    *,
    linked: bool = True,
    projection: bool = False,
    detail: str = "",
    ask: Ask | None = None,
    several: int = 1,
) -> list[Result]:
    """Carry out all entries or none. ``linked`` resolves the references between them."""
    for entry in entries:
        if entry.asks and linked:
            raise at(entry, Invalid("A transaction calls no operation by POST.", cure="Send it by itself."))
    with transaction(subject):
        work = Work(subject, projection=projection, detail=detail, ask=ask, several=several)
        work.carry_out(entries, linked=linked)
    return sorted(work.results, key=lambda result: result.entry.position)


def single(subject: Subject, entry: Entry, *, several: int = 1) -> Result:
    """Carry out one write that came by itself: under a condition, or with a patch."""
    return transaction_of(subject, [entry], linked=False, several=several)[0]


def _alone(subject: Subject, entry: Entry, ask: Ask | None, several: int, guard: Guard | None) -> list[Result]:
    def run() -> list[Result]:
        if (entry.reads or entry.asks) and ask is not None:
            # A read needs no transaction around it, and an operation opens its own.
            answer = ask(subject, entry)
            return [Result(entry, str(answer.status), answer=answer)]
        return transaction_of(subject, [entry], linked=False, ask=ask, several=several)

    return guard(run) if guard is not None else run()
