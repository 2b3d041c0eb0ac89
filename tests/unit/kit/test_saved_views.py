"""Views of lists: one's own and everybody's, each of its page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chartdesk.kit import saved_views
from chartdesk.kit.errors import Invalid, NotFound


def test_views_are_kept_by_person_and_page_and_shared_ones_by_all(subject):
    mine, other = (replace(subject, actor=f"user:{number}") for number in (1, 2))
    own = saved_views.save(mine, "/claims", "Old ones", "?age=121%2B")
    saved_views.save(mine, "/claims", " Old ones ", "age=121%2B&order=age&page=7&format=csv")
    shared = saved_views.save(other, "/claims", "Ours", "status=denied", shared=True)
    saved_views.save(other, "/claims", "Theirs", "status=held")
    saved_views.save(mine, "/files", "Old ones", "direction=in")
    assert [(one.name, one.query) for one in saved_views.of_page(mine, "/claims")] == [
        ("Old ones", "age=121%2B&order=age"),
        ("Ours", "status=denied"),
    ]
    for person, view, manager in ((other, own, True), (mine, shared, False)):
        with pytest.raises(NotFound):
            saved_views.forget(person, view.pk, shared=manager)
    saved_views.forget(mine, own.pk)
    saved_views.forget(mine, shared.pk, shared=True)
    assert saved_views.of_page(mine, "/claims") == []


@pytest.mark.parametrize(("name", "query"), [(" ", ""), ("x" * 61, ""), ("Long", "a=" + "x" * 1000)])
def test_what_cannot_be_kept_is_told(subject, name, query):
    with pytest.raises(Invalid):
        saved_views.save(subject, "/claims", name, query)
