"""What the practice's bank says arrived: a BAI2 file for each payment, as a bank sends it the same evening.

The number of the remittance stands in the addenda, as the payer's own bank passes it on (CCD+, TRN). A payer of the
scenario NOMONEY announces a payment that does not come, one of LESSMONEY a dollar more than comes.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from chartdesk.kit.money import ZERO, money

SUFFIX = ".bai"
NO_MONEY, LESS_MONEY = "NOMONEY", "LESSMONEY"
_BANK, _CUSTOMER, _ACCOUNT = "121000248", "PRACTICE", "999999992"
#: BAI2 types: a preauthorized ACH credit, a lockbox deposit.
_TRANSFER, _LOCKBOX = "165", "115"


class Credit(msgspec.Struct, frozen=True):
    """Money on its way: dollars, the remittance's number, who sent it and by which tax number, and how."""

    amount: Decimal
    trace: str
    payer: str
    tax_id: str
    check: bool = False


def arriving(word: str, announced: Decimal) -> Decimal:
    """What comes of an announced payment, in dollars: none, a dollar less, or all of it."""
    if word == NO_MONEY:
        return ZERO
    return max(announced - 1, ZERO) if word == LESS_MONEY else announced


def statement(credit: Credit, number: int, at: datetime) -> str:
    """The file of one credit; ``number`` is the file's."""
    cents = str(int(money(credit.amount) * 100))
    kind = _LOCKBOX if credit.check else _TRANSFER
    said = f"{_plain(credit.payer)} " + (
        f"CHECK {credit.trace}" if credit.check else f"HCCLAIMPMT TRN*1*{credit.trace}*1{credit.tax_id}"
    )
    day, hour = f"{at:%y%m%d}", f"{at:%H%M}"
    account = [
        f"03,{_ACCOUNT},USD,010,,,/",
        f"16,{kind},{cents},0,{number:09d},{credit.trace if credit.check else ''},{said}",
    ]
    group = [f"02,{_CUSTOMER},{_BANK},1,{day},{hour},USD,2/", *account, f"49,{cents},{len(account) + 1}/"]
    lines = [
        f"01,{_BANK},{_CUSTOMER},{day},{hour},{number},80,,2/", *group, f"98,{cents},1,{len(group) + 1}/",
        f"99,{cents},1,{len(group) + 3}/",
    ]  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines)


def _plain(text: str) -> str:
    """Without what ends a field or a record."""
    return text.replace(",", " ").replace("/", " ").upper()
