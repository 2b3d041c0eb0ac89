"""Work items: what a person must look at, and no machine may decide.

A rule that fails, a message that cannot be matched, an answer that did not come: each becomes one item with
a sentence, a cure and a link. Raising the same item twice updates the open one. When the cause is mended, the
room that raised it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from chartdesk.kit import clock, database, live
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import NotFound
from chartdesk.kit.models import WorkItem
from chartdesk.kit.transactions import HasPractice, joined, transaction


@dataclass(frozen=True)
class Task:
    """What to raise. ``link`` is (kind of thing, its identifier), where a page shows it for mending."""

    kind: str
    key: str
    role: str
    title: str
    detail: str = ""
    cure: str = ""
    about: str = ""
    link: tuple[str, str] = ("", "")
    amount: Decimal | None = None
    due: date | None = None


def raise_item(scope: HasPractice, task: Task) -> int:
    """Put ``task`` on the list of its role; an open item of the same kind and key is updated. Returns its id."""
    with transaction(scope):
        content = {
            "role": task.role,
            "title": task.title,
            "detail": task.detail,
            "cure": task.cure,
            "about": task.about,
            "link_kind": task.link[0],
            "link_id": task.link[1],
            "amount": task.amount,
            "due": task.due,
        }
        item, _ = WorkItem.objects.update_or_create(
            practice=scope.practice,
            kind=task.kind,
            key=task.key,
            state="open",
            defaults=content,
            create_defaults={**content, "raised": clock.now()},
        )
        live.announce(scope, "work", task.role)
        return item.pk


_RAISE = """
    INSERT INTO kit_workitem (practice, kind, key, role, title, detail, cure, about, link_kind, link_id, amount, due,
                              owner, note, state, raised, closed_by)
    SELECT %(practice)s::int4, g.*, '', '', 'open', %(moment)s::timestamptz, ''
      FROM unnest(%(kinds)b::text[], %(keys)b::text[], %(roles)b::text[], %(titles)b::text[], %(details)b::text[],
                  %(cures)b::text[], %(abouts)b::text[], %(link_kinds)b::text[], %(link_ids)b::text[],
                  %(amounts)s::numeric[], %(dues)s::date[]) AS g
        ON CONFLICT (practice, kind, key) WHERE state = 'open' DO UPDATE
       SET role = excluded.role, title = excluded.title, detail = excluded.detail, cure = excluded.cure,
           about = excluded.about, link_kind = excluded.link_kind, link_id = excluded.link_id,
           amount = excluded.amount, due = excluded.due
"""


def raise_items(scope: HasPractice, tasks: Iterable[Task]) -> None:
    """Put several tasks on their lists, in one statement; of two with the same kind and key the later one counts."""
    given = list({(task.kind, task.key): task for task in tasks}.values())
    if not given:
        return
    with joined(scope):
        values = {
            "practice": scope.practice,
            "moment": clock.now(),
            "kinds": Texts([task.kind for task in given]),
            "keys": Texts([task.key for task in given]),
            "roles": Texts([task.role for task in given]),
            "titles": Texts([task.title for task in given]),
            "details": Texts([task.detail for task in given]),
            "cures": Texts([task.cure for task in given]),
            "abouts": Texts([task.about for task in given]),
            "link_kinds": Texts([task.link[0] for task in given]),
            "link_ids": Texts([task.link[1] for task in given]),
            "amounts": numbers(task.amount for task in given),
            "dues": numbers(task.due for task in given),
        }
        database.execute(_RAISE, values)
        for role in sorted({task.role for task in given}):
            live.announce(scope, "work", role)


def close_items(scope: HasPractice, kind: str, keys: Iterable[str] | None, *, by: str, state: str = "done") -> int:
    """Close the open items of ``kind`` with one of ``keys`` (None: all of the kind); returns how many."""
    with joined(scope):
        rows = WorkItem.objects.filter(practice=scope.practice, kind=kind, state="open")
        if keys is not None:
            rows = rows.filter(key__in=list(keys))
        closed = rows.update(state=state, closed=clock.now(), closed_by=by)
        if closed:
            live.announce(scope, "work", "")
        return closed


def withdraw(scope: HasPractice, kind: str, keys: Iterable[str], *, by: str) -> None:
    """What was raised had no cause after all: the items are dismissed, also those that somebody has closed."""
    with joined(scope):
        rows = WorkItem.objects.filter(practice=scope.practice, kind=kind, key__in=list(keys), state="done")
        rows.update(state="dismissed")
        close_items(scope, kind, keys, by=by, state="dismissed")


def settle(scope: HasPractice, item_id: int, *, by: str, state: str = "done", note: str = "") -> None:
    """Close one item by hand. Raises NotFound when there is no open item with that number."""
    with joined(scope):
        done = WorkItem.objects.filter(practice=scope.practice, pk=item_id, state="open").update(
            state=state, closed=clock.now(), closed_by=by, note=note
        )
        if not done:
            raise NotFound(f"There is no open work item {item_id}.", cure="Reload the list.")
        live.announce(scope, "work", "")


def items(
    scope: HasPractice,
    *,
    roles: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    about: str = "",
) -> QuerySet[WorkItem]:
    """The open items, oldest first. Read them inside ``transaction(scope)``."""
    rows = WorkItem.objects.filter(practice=scope.practice, state="open")
    if roles is not None:
        rows = rows.filter(role__in=list(roles))
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if about:
        rows = rows.filter(Q(about=about))
    return rows.order_by("raised", "pk")
