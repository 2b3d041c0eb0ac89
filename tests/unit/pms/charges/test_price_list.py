"""Price lists from CSV, as practices have them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.pms.charges.price_list import FeeLine, parse

VISIT = FeeLine("99213", "Office visit, established", Decimal("125.00"))


@pytest.mark.parametrize(
    "content",
    [
        'code,description,amount\n99213,"Office visit, established",125.00\n',
        "CPT;Description;Fee\n99213;Office visit, established;$125\n\n;;\n",
        "Procedure Code\tName\tCharge\r\n99213\tOffice visit, established\t125.0\r\n",
        '\ufeffamount,code,description,other\n"125.00",99213,"Office visit, established",x'.encode(),
    ],
)
def test_reads_what_spreadsheets_write(content):
    assert parse(content) == [VISIT]


def test_a_modifier_has_a_price_of_its_own():
    text = "code,mod,description,amount,category\n76830,,Scan,200,imaging\n76830,tc,Scan,120,imaging\n"
    assert [(fee.modifier, fee.amount, fee.kind) for fee in parse(text)] == [
        ("", Decimal("200.00"), "imaging"),
        ("TC", Decimal("120.00"), "imaging"),
    ]


def test_windows_letters_survive():
    assert parse("code,description,amount\n99213,Visite \xe9tablie,1".encode("cp1252"))[0].description == (
        "Visite établie"
    )


def test_every_faulty_line_is_named():
    text = (
        "code,description,amount\n9921,Visit,1.00\n99213,,1.00\n99214,Visit,abc\n99215,Visit,-3\n"
        "99211,Visit,20\n99211,Visit,21\n"
    )
    with pytest.raises(Invalid) as raised:
        parse(text)
    assert list(raised.value.issues) == [
        "line 2: 9921 is not a CPT or HCPCS code.",
        "line 3: 99213 has no description.",
        "line 4: 'abc' is not an amount of money.",
        "line 5: 99215 has a negative amount.",
        "line 7: 99211 stands on line 6 too.",
    ]
    assert "nothing was changed" in raised.value.cure


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        ("code,amount\n99213,1", "column description"),
        ("code,description,amount\n", "no prices"),
    ],
)
def test_what_is_no_price_list_is_refused(content, words):
    with pytest.raises(Invalid, match=words):
        parse(content)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('code,description,amount,kind\n99213,Visit,125,"visit\n99214,Visit,150,visit\n', "line 2"),
        ('code,description,amount\n99213,Visit,125\n99214,"Vis"it,150\n', "line 3"),
        ('code,description,amount\n99213,"' + "x" * 200_000 + "\n", "line 2"),
    ],
)
def test_an_open_quote_does_not_swallow_the_lines_below(content, line):
    with pytest.raises(Invalid) as raised:
        parse(content)
    assert raised.value.where == line


def test_what_is_no_text_and_no_price_is_refused():
    with pytest.raises(Invalid, match="not a text"):
        parse("code,description,amount\n99213,Vi\0sit,125\n")
    with pytest.raises(Invalid, match="is no price"):
        parse("code,description,amount\n99213,Visit,12500000\n")
