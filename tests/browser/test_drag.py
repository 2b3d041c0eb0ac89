"""A visit is dragged in the calendar with the mouse: it moves; where the time is taken it goes back, and says why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PATIENCE
from tests.browser.hours import ZONE
from tests.browser.people import Person, book, register

CALM = 400  # milliseconds, as Playwright counts


@pytest.fixture
def desk(browser, program):
    person = Person(browser, program, "frontdesk").log_in()
    yield person
    person.close()


def _place(block: Locator) -> dict[str, float]:
    """Where the block lies, once it lies still: the calendar draws its visits anew when it hears of a booking."""
    before = None
    for _ in range(PATIENCE // CALM):
        now = block.bounding_box()
        if now is not None and now == before:
            return dict(now)
        before = now
        block.page.wait_for_timeout(CALM)
    raise AssertionError("the visit does not come to rest in the calendar")


def _drag(desk: Person, block: Locator, to_x: float, to_y: float) -> None:
    """As a hand does it: press, move in steps, let go. Coordinates are those of the block's upper edge afterwards."""
    box = _place(block)
    mouse = desk.page.mouse
    grip = (box["x"] + box["width"] / 2, box["y"] + 4)
    mouse.move(*grip)
    mouse.down()
    mouse.move(grip[0], grip[1] + 5, steps=3)
    mouse.move(to_x, to_y + 4, steps=12)
    mouse.up()


def test_a_visit_is_dragged_to_a_free_time_and_back_from_a_taken_one(desk, program):
    page = desk.page
    monday = datetime.now(ZONE) + timedelta(days=14)
    monday = monday.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=monday.weekday())
    for given, family, hour in (("Ida", "Dragge", 9), ("Otto", "Stayput", 11)):
        register(desk, given, family, f"NPP{family}")
        book(desk, family, monday.replace(hour=hour), site="River Street")
        expect(page.locator(".ec-event", has_text=family)).to_be_visible()

    moving, staying = (page.locator(".ec-event", has_text=family) for family in ("Dragge", "Stayput"))
    first, taken = _place(moving), _place(staying)
    hour = (taken["y"] - first["y"]) / 2
    desk.shot("desk-drag-before")
    _drag(desk, moving, first["x"] + first["width"] / 2, first["y"] + hour)
    expect(page.locator("#notices")).to_contain_text("moved to 10:00")
    expect(moving).to_contain_text("10:00")
    desk.shot("desk-drag-moved")

    _drag(desk, moving, first["x"] + first["width"] / 2, taken["y"])
    expect(page.locator("#notices")).to_contain_text("is taken")
    expect(moving).to_contain_text("10:00")
    desk.shot("desk-drag-refused")
    # Not only on this page: the visit is at ten for everybody.
    desk.go(f"/calendar/list?date={monday:%Y-%m-%d}")
    expect(page.locator("tr", has_text="Dragge")).to_contain_text("10:00")
    expect(page.locator("tr", has_text="Stayput")).to_contain_text("11:00")
