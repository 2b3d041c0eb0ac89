"""Reading a price list from CSV: every fault is named with its line, and nothing is half imported."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import dollars, money

#: More dollars than this for one unit are a mistake.
MOST = Decimal(1_000_000)
_CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
#: Column names that are understood, by what they mean.
_COLUMNS = {
    "code": {"code", "cpt", "hcpcs", "cpt/hcpcs", "procedure", "procedure code"},
    "description": {"description", "name", "text", "short description"},
    "amount": {"amount", "fee", "price", "charge", "allowed", "rate"},
    "modifier": {"modifier", "mod"},
    "kind": {"kind", "category", "group", "type"},
}


@dataclass(frozen=True)
class FeeLine:
    """One price: dollars for one unit of ``code`` (with ``modifier``, where that has a price of its own)."""

    code: str
    description: str
    amount: Decimal
    modifier: str = ""
    kind: str = ""


def parse(content: bytes | str, *, described: bool = True) -> list[FeeLine]:
    """The prices of a CSV file; its first line names the columns code, description, amount (modifier, kind).

    Commas, semicolons and tabs separate. Without ``described`` no description is asked for. Raises Invalid with one
    issue per faulty line.
    """
    text = content if isinstance(content, str) else _decoded(content)
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or not lines[0].strip():
        raise Invalid("The price list is empty.", where="line 1", cure="Begin with code,description,amount.")
    separator = max(",;\t", key=lines[0].count)
    rows = _rows("\n".join(lines), separator)
    places = _places(next(rows), ("code", "description", "amount") if described else ("code", "amount"))
    found: list[FeeLine] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            fee = _fee(
                {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}, described=described
            )
        except Invalid as fault:
            faults.append(f"line {number}: {fault.message}")
            continue
        first = seen.setdefault((fee.code, fee.modifier), number)
        if first != number:
            faults.append(f"line {number}: {fee.code} {fee.modifier}".rstrip() + f" stands on line {first} too.")
        found.append(fee)
    if faults:
        words = "; ".join(faults[:3]) + (f"; and {len(faults) - 3} more" if len(faults) > 3 else "")
        raise Invalid(
            f"{len(faults)} lines of the price list are wrong: {words}",
            cure="Correct them and import the file again; nothing was changed.",
            issues=faults,
        )
    if not found:
        raise Invalid("The price list has no prices.", where="line 2", cure="Add a line for each code.")
    return found


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of the text. Raises Invalid where a quote is never closed: the rest of the file would be one cell."""
    if "\0" in text:
        raise Invalid("The price list is not a text.", where="line 1", cure="Save it as CSV, and choose that file.")
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            yield row
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise Invalid(
            f"A quotation mark in line {begins} is not closed, or stands where none may.",
            where=f"line {begins}",
            cure="Close it, or double it where it belongs to the text; nothing was changed.",
        ) from fault


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheet programs on Windows write this where they do not write UTF-8.
        return content.decode("cp1252", "replace")


def _places(header: list[str], needed: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    places = {
        meaning: next(at for at, name in enumerate(names) if name in known)
        for meaning, known in _COLUMNS.items()
        if known & set(names)
    }
    missing = [name for name in needed if name not in places]
    if missing:
        raise Invalid(
            f"The first line does not name the column {' or '.join(missing)}.",
            where="line 1",
            cure=f"Begin with {','.join(needed)}.",
        )
    return places


def check_amount(code: str, amount: Decimal) -> None:
    """Raise Invalid for a price that cannot be."""
    if amount < 0:
        raise Invalid(f"{code} has a negative amount.", where="amount")
    if amount > MOST:
        raise Invalid(f"{code} has the amount {dollars(amount)}: that is no price.", where="amount")


def _fee(cells: dict[str, str], *, described: bool = True) -> FeeLine:
    code, modifier = cells["code"].upper(), cells.get("modifier", "").upper()
    if not _CODE.fullmatch(code):
        raise Invalid(f"{code or 'an empty cell'} is not a CPT or HCPCS code.")
    if modifier and not re.fullmatch(r"[0-9A-Z]{2}", modifier):
        raise Invalid(f"{modifier} is not a modifier.")
    if described and not cells["description"]:
        raise Invalid(f"{code} has no description.")
    amount = money(cells["amount"])
    check_amount(code, amount)
    return FeeLine(code, cells.get("description", ""), amount, modifier, cells.get("kind", ""))
