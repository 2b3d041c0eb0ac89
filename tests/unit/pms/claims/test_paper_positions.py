"""The print of a claim against the form as it is published and as it is met on paper.

Published are the pitch and where print begins: ten characters and six lines an inch, 0.3 inch from the left edge and
1.33 inch below the top; and how many characters each item takes (the instruction manual of the form's committee).
Where the boxes themselves lie was measured on print that lies well on red forms: the upper left of what is typed, in
inches from the paper's upper left corner. A tick must hit its box, a text may begin a character and a half beside.
"""

from __future__ import annotations

import pytest
from tests.unit.pms.claims.test_paper import DAY, FULL, _texts

from chartdesk.pms.claims.paper import boxes, printing
from chartdesk.pms.claims.paper.content import forms

#: Tenths of a point to an inch.
INCH = 720
#: Item → characters that it takes, by the manual.
WIDTHS = {
    "1a": 29, "2": 28, "4": 29, "5": 28, "5 city": 24, "5 zip": 12, "7": 29, "9": 28, "9a": 28, "9d": 28, "11": 29,
    "11c": 29, "17 qualifier": 2, "17": 24, "17b": 10, "22": 18, "23": 29, "24B.1": 2, "24D.1": 6, "24D.1 1": 2,
    "24E.1": 4, "24F.1": 9, "24G.1": 3, "24J.1": 10, "25": 15, "26": 14, "28": 10, "29": 9, "32 1": 26, "32a": 10,
    "33 1": 29, "33a": 10,
}  # fmt: skip
#: Boxes of one letter: item → inches.
TICKS = {
    "1 medicare": (0.33, 1.41), "1 medicaid": (1.01, 1.41), "1 tricare": (1.71, 1.41), "1 champva": (2.61, 1.41),
    "1 group": (3.31, 1.41), "1 feca": (4.12, 1.41), "1 other": (4.72, 1.41), "3 male": (4.43, 1.74),
    "3 female": (4.93, 1.74), "6 self": (3.52, 2.06), "6 spouse": (4.03, 2.06), "6 child": (4.43, 2.06),
    "6 other": (4.93, 2.06), "10a yes": (3.73, 3.39), "10a no": (4.33, 3.39), "10b yes": (3.73, 3.73),
    "10b no": (4.33, 3.73), "10c yes": (3.73, 4.05), "10c no": (4.33, 4.05), "11a male": (7.02, 3.40),
    "11a female": (7.72, 3.40), "11d yes": (5.43, 4.39), "11d no": (5.94, 4.39), "20 yes": (5.43, 6.06),
    "20 no": (5.94, 6.06), "25 ssn": (1.94, 9.37), "25 ein": (2.14, 9.37), "27 yes": (4.04, 9.37),
    "27 no": (4.54, 9.37),
}  # fmt: skip
#: Texts that begin at the left of their place: item → inches.
TEXTS = {
    "payer 2": (4.44, 0.59), "payer 3": (4.44, 0.75), "1a": (5.25, 1.40), "2": (0.37, 1.73), "3 month": (3.33, 1.74),
    "3 day": (3.64, 1.74), "3 year": (3.92, 1.74), "4": (5.25, 1.73), "5": (0.37, 2.06), "7": (5.25, 2.06),
    "5 city": (0.37, 2.40), "5 state": (2.90, 2.40), "7 city": (5.25, 2.40), "7 state": (7.60, 2.40),
    "5 zip": (0.37, 2.72), "5 area": (1.75, 2.72), "5 phone": (2.14, 2.72), "7 zip": (5.25, 2.72),
    "7 area": (6.73, 2.72), "7 phone": (7.16, 2.72), "9": (0.37, 3.05), "11": (5.25, 3.05), "9a": (0.37, 3.40),
    "11a month": (5.51, 3.40), "11a day": (5.82, 3.40), "11a year": (6.23, 3.40), "10b state": (4.75, 3.74),
    "11c": (5.25, 4.05), "9d": (0.37, 4.39), "17b": (3.43, 5.72), "19": (0.37, 6.06), "22 code": (5.25, 6.40),
    "22": (6.37, 6.40), "23": (5.25, 6.71), "25": (0.43, 9.39), "26": (2.51, 9.39), "32a": (2.58, 10.25),
    "33 area": (6.81, 9.56), "33 phone": (7.23, 9.56), "33a": (5.32, 10.25),
}  # fmt: skip
#: The same of a service line, and where the first of its six stands; they are a third of an inch apart.
ROW = {
    "24A.{} month": 0.37, "24A.{} day": 0.68, "24A.{} year": 1.0, "24A to.{} month": 1.26, "24A to.{} day": 1.56,
    "24A to.{} year": 1.88, "24B.{}": 2.17, "24D.{}": 2.80, "24D.{} 1": 3.46, "24D.{} 2": 3.77, "24D.{} 3": 4.08,
    "24D.{} 4": 4.39, "24E.{}": 4.68, "24G.{}": 6.11, "24J.{}": 6.98,
}  # fmt: skip
FIRST_ROW = 7.37
#: Where the cents begin, right of the form's line.
CENTS = {"24F.1": (5.83, FIRST_ROW), "28": (6.04, 9.39), "29": (7.03, 9.39)}


def _upper_left(name: str, *, at: int = 0) -> tuple[float, float]:
    """The upper left of a place, or of its character ``at``, in inches, as the printer is told it."""
    x, y, _ = printing._placed(name, "X" * boxes.FIELDS[name].width)
    return (x + at * boxes.COLUMN) / INCH, y / INCH


def test_the_pitch_and_the_margins_are_the_published_ones():
    assert (boxes.COLUMN, boxes.LINE, boxes.LEFT) == (INCH / 10, INCH / 6, 0.3 * INCH)
    for name in ("1a", "1 medicare"):
        line = boxes.FIELDS[name].line
        assert boxes.TOP + (line - 1) * boxes.LINE == pytest.approx(1.33 * INCH, abs=INCH / 100)
    assert boxes.PAPER == (8.5 * INCH, 11 * INCH)


@pytest.mark.parametrize(("name", "width"), WIDTHS.items())
def test_an_item_takes_as_many_characters_as_the_manual_says(name, width):
    assert boxes.FIELDS[name].width == width


@pytest.mark.parametrize(("name", "place"), TICKS.items())
def test_a_tick_hits_its_box(name, place):
    assert _upper_left(name) == pytest.approx(place, abs=0.085)


@pytest.mark.parametrize(("name", "place"), TEXTS.items())
def test_a_text_begins_where_it_lies_well_on_red_forms(name, place):
    assert _upper_left(name) == pytest.approx(place, abs=0.15)


def test_the_six_service_lines_stand_in_the_unshaded_halves():
    for number in range(1, boxes.ROWS + 1):
        for name, left in ROW.items():
            place = _upper_left(name.format(number))
            assert place == pytest.approx((left, FIRST_ROW + (number - 1) / 3), abs=0.15), (name, number)


@pytest.mark.parametrize(("name", "place"), CENTS.items())
def test_the_cents_stand_right_of_the_line(name, place):
    assert _upper_left(name, at=boxes.FIELDS[name].width - 2) == pytest.approx(place, abs=0.1)


def test_the_printed_page_has_them_there():
    """Not only the tables: the text of the page itself stands on the same grid."""
    (found, _), (values, _) = _texts(printing.pdf([FULL], DAY, drawn=False)), forms(FULL, DAY)
    for name, text in values.items():
        field = boxes.FIELDS[name]
        x, y, _ = printing._placed(name, text)
        assert any(
            one[2] == text and one[0] == pytest.approx(x, abs=2) and 0 < one[1] - y < boxes.LINE for one in found
        ), (name, text, field.line, field.column)
