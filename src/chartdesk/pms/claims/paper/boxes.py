"""The CMS-1500 (02/12) as tables: its boxes, and where the typewriter stands in each.

The form is made for ten characters and six lines an inch. Column 1 begins 0.3 inch from the left edge, and line 8,
the first that is typed on, begins 1.33 inch below the top: so line 1 stands a line below the paper's edge. A box goes
from a column and a line to a column and a line, both included; its upper line is the printed caption's.
"""

from __future__ import annotations

from dataclasses import dataclass

#: In tenths of a point: one column and one line, the left edge of column 1, the upper edge of line 1, and the paper.
COLUMN, LINE, LEFT, TOP = 72, 120, 216, 120
PAPER = (6120, 7920)
#: Service lines of one form.
ROWS = 6
_FIRST_ROW = 43


@dataclass(frozen=True)
class Box:
    """A box of the form with a caption of our own: columns and lines, both ends included."""

    caption: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom edge in tenths of a point from the paper's upper left corner."""
        left, right = LEFT + (self.left - 1) * COLUMN, LEFT + self.right * COLUMN
        return left, TOP + (self.top - 1) * LINE, right, TOP + self.bottom * LINE


@dataclass(frozen=True)
class Field:
    """A place for text in a box: its line, first column and width in characters; ``right`` aligns to the end."""

    box: str
    line: int
    column: int
    width: int
    right: bool = False


BOXES = {
    "payer": Box("", 40, 1, 79, 5),
    "1": Box("1. Kind of insurance", 1, 7, 49, 8), "1a": Box("1a. Insured's number", 50, 7, 79, 8),
    "2": Box("2. Patient's name", 1, 9, 29, 10), "3": Box("3. Birth date · sex", 30, 9, 49, 10),
    "4": Box("4. Insured's name", 50, 9, 79, 10),
    "5": Box("5. Patient's address", 1, 11, 29, 12), "6": Box("6. Relationship to insured", 30, 11, 49, 12),
    "7": Box("7. Insured's address", 50, 11, 79, 12),
    "5 city": Box("City", 1, 13, 24, 14), "5 state": Box("State", 25, 13, 29, 14),
    "8": Box("8. Reserved", 30, 13, 49, 16),
    "7 city": Box("City", 50, 13, 72, 14), "7 state": Box("State", 73, 13, 79, 14),
    "5 zip": Box("ZIP", 1, 15, 13, 16), "5 phone": Box("Telephone", 14, 15, 29, 16),
    "7 zip": Box("ZIP", 50, 15, 63, 16), "7 phone": Box("Telephone", 64, 15, 79, 16),
    "9": Box("9. Other insured's name", 1, 17, 29, 18), "10": Box("10. Condition related to", 30, 17, 49, 18),
    "11": Box("11. Policy or group number", 50, 17, 79, 18),
    "9a": Box("9a. Other policy or group", 1, 19, 29, 20), "10a": Box("10a. Employment", 30, 19, 49, 20),
    "11a": Box("11a. Insured's birth date · sex", 50, 19, 79, 20),
    "9b": Box("9b. Reserved", 1, 21, 29, 22), "10b": Box("10b. Car accident", 30, 21, 49, 22),
    "11b": Box("11b. Other claim number", 50, 21, 79, 22),
    "9c": Box("9c. Reserved", 1, 23, 29, 24), "10c": Box("10c. Other accident", 30, 23, 49, 24),
    "11c": Box("11c. Plan", 50, 23, 79, 24),
    "9d": Box("9d. Other plan", 1, 25, 29, 26), "10d": Box("10d. Claim codes", 30, 25, 49, 26),
    "11d": Box("11d. Another plan", 50, 25, 79, 26),
    "12": Box("12. Patient's signature", 1, 27, 49, 30), "13": Box("13. Insured's signature", 50, 27, 79, 30),
    "14": Box("14. Date of illness", 1, 31, 29, 32), "15": Box("15. Other date", 30, 31, 49, 32),
    "16": Box("16. Unable to work", 50, 31, 79, 32),
    "17": Box("17. Referring provider", 1, 33, 28, 34), "17a": Box("a", 29, 33, 49, 33),
    "17b": Box("17b. NPI", 29, 34, 49, 34),
    "18": Box("18. In hospital", 50, 33, 79, 34),
    "19": Box("19. Additional information", 1, 35, 49, 36),
    "20": Box("20. Outside laboratory", 50, 35, 79, 36),
    "21": Box("21. Diagnoses", 1, 37, 49, 40), "22": Box("22. Resubmission code · original number", 50, 37, 79, 38),
    "23": Box("23. Prior authorization", 50, 39, 79, 40),
    "24": Box("24. A from · to    B place  C    D procedure, modifiers     E    F charge    G units  H  I  J provider",
              1, 41, 79, 42),
    "25": Box("25. Tax number", 1, 55, 21, 56), "26": Box("26. Patient's account", 22, 55, 36, 56),
    "27": Box("27. Assignment", 37, 55, 49, 56), "28": Box("28. Total", 50, 55, 60, 56),
    "29": Box("29. Paid", 61, 55, 70, 56), "30": Box("30. Reserved", 71, 55, 79, 56),
    "31": Box("31. Signature", 1, 57, 21, 61), "32": Box("32. Where", 22, 57, 49, 60), "32a": Box("a", 22, 61, 34, 61),
    "32b": Box("b", 35, 61, 49, 61), "33": Box("33. Billing provider", 50, 57, 79, 60),
    "33a": Box("a", 50, 61, 62, 61), "33b": Box("b", 63, 61, 79, 61),
}  # fmt: skip
#: The columns of a service line: item 24 A to J.
_ROW = {"A": (1, 9), "A to": (10, 18), "B": (19, 21), "C": (22, 24), "D": (25, 43), "E": (44, 48), "F": (49, 57),
        "G": (58, 61), "H": (62, 63), "I": (64, 66), "J": (67, 79)}  # fmt: skip
BOXES.update({
    f"24{letter}.{row + 1}": Box("", left, _FIRST_ROW + 2 * row, right, _FIRST_ROW + 2 * row + 1)
    for row in range(ROWS) for letter, (left, right) in _ROW.items()
})  # fmt: skip


def _date(box: str, line: int, column: int, *, century: bool = True) -> dict[str, Field]:
    return {
        f"{box} month": Field(box, line, column, 2), f"{box} day": Field(box, line, column + 3, 2),
        f"{box} year": Field(box, line, column + 6, 4 if century else 2),
    }  # fmt: skip


def _dates(box: str, line: int) -> dict[str, Field]:
    """Two dates of a box on the right: from and to."""
    from_to = {"": 54, " to": 68}
    return {
        f"{box}{which} {part}": Field(box, line, column + at, width)
        for which, column in from_to.items()
        for part, at, width in (("month", 0, 2), ("day", 3, 2), ("year", 6, 4))
    }


def _ticks(box: str, line: int, **columns: int) -> dict[str, Field]:
    return {f"{box} {name}": Field(box, line, column, 1) for name, column in columns.items()}


FIELDS = {
    **{f"payer {line}": Field("payer", line + 1, 41, 39) for line in range(1, 5)},
    **_ticks("1", 8, medicare=1, medicaid=8, tricare=15, champva=24, group=31, feca=39, other=45),
    "1a": Field("1a", 8, 50, 29),
    "2": Field("2", 10, 1, 28), **_date("3", 10, 31), **_ticks("3", 10, male=42, female=47),
    "4": Field("4", 10, 50, 29), "5": Field("5", 12, 1, 28),
    **_ticks("6", 12, self=33, spouse=38, child=42, other=47), "7": Field("7", 12, 50, 29),
    "5 city": Field("5 city", 14, 1, 24), "5 state": Field("5 state", 14, 26, 2),
    "7 city": Field("7 city", 14, 50, 22), "7 state": Field("7 state", 14, 74, 2),
    "5 zip": Field("5 zip", 16, 1, 12), "5 area": Field("5 phone", 16, 15, 3), "5 phone": Field("5 phone", 16, 19, 8),
    "7 zip": Field("7 zip", 16, 50, 12), "7 area": Field("7 phone", 16, 65, 3), "7 phone": Field("7 phone", 16, 69, 8),
    "9": Field("9", 18, 1, 28), "11": Field("11", 18, 50, 29), "9a": Field("9a", 20, 1, 28),
    **_ticks("10a", 20, yes=35, no=41), **_date("11a", 20, 53), **_ticks("11a", 20, male=68, female=75),
    **_ticks("10b", 22, yes=35, no=41), "10b state": Field("10b", 22, 45, 2), **_ticks("10c", 24, yes=35, no=41),
    "11b qualifier": Field("11b", 22, 50, 2), "11b": Field("11b", 22, 53, 27),
    "11c": Field("11c", 24, 50, 29), "9d": Field("9d", 26, 1, 28), **_ticks("11d", 26, yes=52, no=57),
    "12": Field("12", 29, 7, 25), "13": Field("13", 29, 55, 24),
    **_date("14", 32, 2), "14 qualifier": Field("14", 32, 17, 3),
    "15 qualifier": Field("15", 32, 31, 3), **_date("15", 32, 37),
    **_dates("16", 32), **_dates("18", 34),
    "17a qualifier": Field("17a", 33, 30, 2), "17a": Field("17a", 33, 33, 17),
    "17 qualifier": Field("17", 34, 1, 2), "17": Field("17", 34, 4, 24), "17b": Field("17b", 34, 33, 10),
    "19": Field("19", 36, 1, 48), **_ticks("20", 36, yes=52, no=57),
    "21 version": Field("21", 37, 42, 1),
    **{f"21 {'ABCDEFGHIJKL'[place]}": Field("21", 38 + place // 4, 3 + 13 * (place % 4), 8) for place in range(12)},
    "22 code": Field("22", 38, 50, 10), "22": Field("22", 38, 62, 18), "23": Field("23", 40, 50, 29),
    "25": Field("25", 56, 1, 15), **_ticks("25", 56, ssn=17, ein=19), "26": Field("26", 56, 23, 14),
    **_ticks("27", 56, yes=38, no=43), "28": Field("28", 56, 50, 10, right=True),
    "29": Field("29", 56, 61, 9, right=True),
    "31": Field("31", 60, 1, 21), "31 date": Field("31", 61, 12, 10),
    **{f"32 {line}": Field("32", 57 + line, 23, 26) for line in range(1, 4)}, "32a": Field("32a", 61, 23, 10),
    "33 area": Field("33", 57, 66, 3), "33 phone": Field("33", 57, 70, 8),
    **{f"33 {line}": Field("33", 57 + line, 51, 29) for line in range(1, 4)}, "33a": Field("33a", 61, 51, 10),
}  # fmt: skip
for _row in range(ROWS):
    _line, _number = _FIRST_ROW + 2 * _row + 1, _row + 1
    FIELDS.update(_date(f"24A.{_number}", _line, 1, century=False))
    FIELDS.update(_date(f"24A to.{_number}", _line, 10, century=False))
    FIELDS.update({
        f"24B.{_number}": Field(f"24B.{_number}", _line, 19, 2),
        f"24D.{_number}": Field(f"24D.{_number}", _line, 25, 6),
        **{f"24D.{_number} {place + 1}": Field(f"24D.{_number}", _line, 32 + 3 * place, 2) for place in range(4)},
        f"24E.{_number}": Field(f"24E.{_number}", _line, 45, 4),
        f"24F.{_number}": Field(f"24F.{_number}", _line, 49, 9, right=True),
        f"24G.{_number}": Field(f"24G.{_number}", _line, 59, 3, right=True),
        f"24J.{_number}": Field(f"24J.{_number}", _line, 68, 10),
    })  # fmt: skip
#: What stands beside a place for a tick on the form that is drawn, by the end of the place's name.
_BESIDE = {
    "medicare": "Medicare", "medicaid": "Medicaid", "tricare": "Tricare", "champva": "Champva", "group": "Group",
    "feca": "FECA", "other": "Other", "self": "Self", "spouse": "Spouse", "child": "Child", "male": "M", "female": "F",
    "yes": "yes", "no": "no", "ein": "EIN",
}  # fmt: skip


def labels() -> list[tuple[int, int, str]]:
    """The small words of the drawn form: (column, line, text), to the right of each tick, to the left of diagnoses."""
    made = []
    for name, field in FIELDS.items():
        last = name.rpartition(" ")[2]
        if last in _BESIDE and field.width == 1:
            made.append((field.column + 1, field.line, _BESIDE[last]))
        elif field.box == "21" and len(last) == 1:
            made.append((field.column - 1, field.line, last))
    return made
