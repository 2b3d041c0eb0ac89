"""Saved views beside the lists: kept with the person, in every browser, or for everybody."""

from __future__ import annotations

import re

import pytest


def _numbers(page):
    return re.findall(r'action="/views/(\d+)/forget"', page)


def test_a_view_follows_the_person_to_another_browser(staff):
    from django.test import Client

    biller = staff("biller")
    sent = {"page": "/claims", "name": "Denied ones", "query": "status=denied&page=3"}
    answer = biller.post("/views", sent)
    assert answer.status_code == 302 and answer["Location"] == "/claims?status=denied"
    again = Client(SERVER_NAME="localhost")
    again.cookies = biller.cookies
    page = again.get("/claims?status=denied").content.decode()
    assert 'href="/claims?status=denied" aria-current="true"' in page and "Denied ones" in page
    assert "Denied ones" not in biller.get("/denials").content.decode(), "each list has its own"
    assert "Denied ones" not in staff("biller").get("/claims").content.decode(), "it is one's own"
    [number] = _numbers(page)
    assert staff("manager").post(f"/views/{number}/forget").status_code == 404
    assert biller.post(f"/views/{number}/forget")["Location"] == "/claims"
    assert "None saved yet" in biller.get("/claims").content.decode()


def test_one_for_everybody_is_dropped_by_its_owner_or_a_manager(staff):
    biller, other, manager = staff("biller"), staff("biller"), staff("manager")
    biller.post("/views", {"page": "/follow-up", "name": "To call", "query": "action=call", "shared": "1"})
    page = other.get("/follow-up").content.decode()
    assert "To call" in page and not _numbers(page)
    [number] = _numbers(manager.get("/follow-up").content.decode())
    assert manager.post(f"/views/{number}/forget").status_code == 302
    assert "None saved yet" in other.get("/follow-up").content.decode()


@pytest.mark.parametrize("page", ["work", "charges", "charges/missing", "claims", "files", "remittances", "denials"])
def test_every_list_offers_views(staff, page):
    assert f'name="page" value="/{page}"' in staff("biller").get(f"/{page}").content.decode()


@pytest.mark.parametrize("page", ["", "/practice", "https://elsewhere.example/", "//elsewhere.example", "/claims/1"])
def test_only_lists_have_views(staff, page):
    assert staff("biller").post("/views", {"page": page, "name": "x", "query": ""}).status_code == 404


def test_a_view_needs_a_name(staff):
    biller = staff("biller")
    page = biller.post("/views", {"page": "/claims", "name": " ", "query": "status=held"}, follow=True)
    assert "A view needs a name" in page.content.decode() and "None saved yet" in page.content.decode()
