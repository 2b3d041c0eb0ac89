"""Views of lists that people keep: a filter and an order under a name, for themselves or for everybody.

A view is one of a page, whatever the page is about; it holds what stands in the page's address, and no data.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.models import SavedView
from chartdesk.kit.transactions import reading, transaction

#: Letters that a name may have, and an address.
NAME_LENGTH, QUERY_LENGTH = 60, 1000
#: What belongs to the moment and not to the view.
_PASSING = frozenset({"page", "format"})


class Person(Protocol):
    """Somebody of a practice, such as an access subject."""

    @property
    def practice(self) -> int: ...

    @property
    def actor(self) -> str: ...


def of_page(person: Person, page: str) -> list[SavedView]:
    """The person's own views of the page, then everybody's."""
    with reading(person):
        rows = SavedView.objects.filter(practice=person.practice, page=page)
        return list(rows.filter(Q(actor=person.actor) | Q(shared=True)).order_by("shared", "name"))


def save(person: Person, page: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep a filter under a name; the same name again replaces it. Raises Invalid without a name, or for a long one."""
    name, kept = name.strip(), filter_of(query)
    if not name or len(name) > NAME_LENGTH:
        cure = "Say what it shows."
        raise Invalid(f"A view needs a name of at most {NAME_LENGTH} letters.", where="name", cure=cure)
    if len(kept) > QUERY_LENGTH:
        raise Invalid("The filter is too long to be kept.", where="query", cure="Choose less.")
    with transaction(person):
        view, _ = SavedView.objects.update_or_create(
            practice=person.practice,
            page=page,
            actor=person.actor,
            name=name,
            defaults={"query": kept, "shared": shared},
        )
        return view


def forget(person: Person, number: int, *, shared: bool = False) -> SavedView:
    """Drop a view of one's own, or with ``shared`` (managers) one of everybody's. Raises NotFound."""
    with transaction(person):
        row = SavedView.objects.filter(practice=person.practice, pk=number).first()
        if row is None or not (row.actor == person.actor or (row.shared and shared)):
            raise NotFound("There is no such view of yours.", cure="Reload the page.")
        SavedView.objects.filter(pk=number).delete()
        return row


def filter_of(query: str) -> str:
    """An address's query without what belongs to the moment: the page of the list, the form of a file."""
    pairs = parse_qsl(query.lstrip("?"))
    return urlencode([(name, value) for name, value in pairs if name not in _PASSING])
