"""Bank files: the credits in a BAI2 file or a CSV list, each with the number that came with the money. Pure.

An electronic payment carries the number of its remittance in its addenda, as TRN*1*number*1payer. Banks pass it on in
a column of its own, or somewhere in the text; in BAI2 in the text of a transaction and its continuations.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import money

#: TRN02 and TRN03 as a bank repeats them.
_TRN = re.compile(r"TRN\s*\*\s*1\s*\*\s*([A-Za-z0-9 -]{1,50}?)\s*\*\s*([A-Za-z0-9]{1,10})")
#: Type codes of BAI2 for credits that a payer's money comes under: transfers, lockbox and cheques, wires.
_BAI_CREDITS = range(100, 400)
_BAI_CHECKS = {"115", "116", "175", "301", "302"}
#: What the columns of a list are called.
_COLUMNS = {
    "date": ("date", "posted", "posting date", "deposited", "value date"),
    "amount": ("amount", "credit", "credit amount", "deposit"),
    "trace": ("trace", "trace number", "reassociation", "check number", "cheque number", "check", "number"),
    "text": ("description", "details", "memo", "addenda", "text", "payee", "name"),
    "payer": ("payer", "originator", "company", "from"),
}
_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y%m%d", "%d-%b-%Y")


@dataclass(frozen=True)
class Credit:
    """One credit: its line in the file, day, dollars, eft or check, the number that came with it, who sent it."""

    line: int
    on: date
    amount: Decimal
    method: str
    trace: str = ""
    payer: str = ""


def read(content: bytes) -> list[Credit]:
    """The credits of a bank file. Raises Invalid with the line that cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if not text.strip():
        raise Invalid("The file is empty.", where="file", cure="Fetch it from the bank again.")
    return _bai(text) if text.lstrip().startswith("01,") else _list(text)


def trace_in(text: str) -> str:
    """The remittance's number in a bank's text; empty where there is none."""
    found = _TRN.search(text)
    return found[1].strip() if found else ""


# ---------------------------------------------------------------------------------------------------- a list


def _list(text: str) -> list[Credit]:
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    header = [name.strip().lower() for name in next(rows, [])]
    places = {key: next((header.index(n) for n in names if n in header), None) for key, names in _COLUMNS.items()}
    if places["date"] is None or places["amount"] is None:
        raise Invalid(
            "The first line names no date and amount.",
            where="line 1",
            cure="Its columns are called Date, Amount, Trace, Description and Payer; the first two are needed.",
        )
    found = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {k: row[at].strip() if at is not None and at < len(row) else "" for k, at in places.items()}
        amount = _amount(cells["amount"], number)
        if amount > 0:  # what the bank took is no deposit
            found.append(_credit(cells, amount, number))
    return found


def _credit(cells: dict[str, str], amount: Decimal, number: int) -> Credit:
    told = trace_in(f"{cells['text']} {cells['trace']}")
    check = "check" in cells["text"].lower() or "lockbox" in cells["text"].lower()
    trace = told or cells["trace"]
    return Credit(number, _date(cells["date"], number), amount, "check" if check and not told else "eft", trace,
                  cells["payer"] or cells["text"][:60])  # fmt: skip


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _date(text: str, line: int) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise Invalid(f"{text!r} is not a date.", where=f"line {line}", cure="Write it like 2026-11-21 or 11/21/2026.")


def _amount(text: str, line: int) -> Decimal:
    plain = text.strip()
    if not plain:
        return Decimal(0)
    negative = plain.startswith("(") and plain.endswith(")")
    try:
        found = money(plain.strip("()"))
    except Invalid as fault:
        raise Invalid(fault.message, where=f"line {line}", cure="Write it like 1250.00.") from fault
    return -found if negative else found


# ---------------------------------------------------------------------------------------------------- BAI2


def _bai(text: str) -> list[Credit]:
    found: list[Credit] = []
    on: date | None = None
    for number, line in _bai_records(text):
        fields = line.rstrip("/").split(",")
        if fields[0] == "02":
            on = _bai_date(fields, number)
        elif fields[0] == "16" and len(fields) > 2 and fields[1].isdigit() and int(fields[1]) in _BAI_CREDITS:
            if on is None:
                raise Invalid("A transaction stands before its group.", where=f"line {number}", cure="Ask the bank.")
            bank, customer, *rest = [*fields[3 + _funds(fields, number) :], "", ""]
            said = ",".join(part for part in rest if part)
            trace = trace_in(said) or customer.strip() or bank.strip()
            method = "check" if fields[1] in _BAI_CHECKS else "eft"
            found.append(Credit(number, on, _cents(fields[2], number), method, trace, said.strip()[:60]))
    return found


def _funds(fields: list[str], line: int) -> int:
    """How many fields tell when the money may be used: they stand between the amount and the references."""
    kind = fields[3] if len(fields) > 3 else ""
    if kind == "D" and len(fields) > 4 and fields[4].isdigit():
        return 2 + 2 * int(fields[4])
    if kind not in ("", "0", "1", "2", "S", "V", "Z"):
        raise Invalid(f"{kind!r} is no funds type.", where=f"line {line}", cure="Ask the bank for the file anew.")
    return {"S": 4, "V": 3}.get(kind, 1)


def _bai_records(text: str) -> list[tuple[int, str]]:
    """Records with the line they begin in, their continuations (88) joined."""
    records: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if plain.startswith("88,"):
            if not records:
                raise Invalid("The file begins with a continuation.", where=f"line {number}", cure="Ask the bank.")
            begun, before = records[-1]
            records[-1] = (begun, before.rstrip("/") + plain[3:])
        elif plain:
            records.append((number, plain))
    return records


def _bai_date(fields: list[str], line: int) -> date:
    try:
        return datetime.strptime(fields[4], "%y%m%d").replace(tzinfo=UTC).date()
    except (IndexError, ValueError):
        raise Invalid("The group has no date.", where=f"line {line}", cure="Ask the bank for the file anew.") from None


def _cents(text: str, line: int) -> Decimal:
    try:
        return money(Decimal(text) / 100)
    except InvalidOperation:
        raise Invalid(f"{text!r} is no amount.", where=f"line {line}", cure="Ask the bank for the file anew.") from None
