"""Spreadsheets (XLSX) read row by row: the first sheet, as text. What the published tables need, and no more."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from chartdesk.kit.errors import Invalid

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Bytes that a part may unpack to: the largest published sheet has some 100 MB.
_LARGEST = 1 << 30


def rows(stream: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row of the first sheet with its number; empty cells are empty texts. Raises Invalid."""
    try:
        with zipfile.ZipFile(stream) as book:
            texts = _texts(book)
            with book.open(_first(book)) as sheet:
                for number, row in enumerate(_elements(sheet, f"{_MAIN}row"), start=1):
                    yield int(row.get("r") or number), _cells(row, texts)
    except (zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError) as fault:
        raise Invalid(f"{name} is not a spreadsheet that can be read: {fault}.", cure="Save it as CSV.") from fault


def _first(book: zipfile.ZipFile) -> str:
    sheets = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    if not sheets:
        raise KeyError("it has no sheet")
    first = min(sheets, key=lambda one: int(re.findall(r"\d+", one)[-1]))
    if book.getinfo(first).file_size > _LARGEST:
        raise ValueError("its sheet is too large")
    return first


def _texts(book: zipfile.ZipFile) -> list[str]:
    part = "xl/sharedStrings.xml"
    if part not in book.namelist():
        return []
    if book.getinfo(part).file_size > _LARGEST:
        raise ValueError("its texts are too large")
    with book.open(part) as stream:
        return ["".join(text.text or "" for text in one.iter(f"{_MAIN}t")) for one in _elements(stream, f"{_MAIN}si")]


def _elements(stream: IO[bytes], tag: str) -> Iterator[Element]:
    """Each element of a tag when it is complete; what was read before is let go."""
    around: list[Element] = []
    # The parser bounds what entities may grow to.
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314
        if event == "start":
            around.append(element)
            continue
        around.pop()
        if element.tag == tag:
            yield element
            around[-1].clear()


def _cells(row: Element, texts: list[str]) -> list[str]:
    found: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        place = _column(cell.get("r") or "", len(found))
        found.extend([""] * (place - len(found)))
        found.append(_text(cell, texts))
    return found


def _text(cell: Element, texts: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    return texts[int(value)] if cell.get("t") == "s" and value else value


def _column(reference: str, usual: int) -> int:
    """The 0-based column of a cell such as ``AB12``."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1 if number else usual
