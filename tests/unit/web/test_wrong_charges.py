"""What is typed wrongly at charges, fees and contracts is refused in words, and nothing is saved."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.money.office import PAYER
from tests.unit.web.test_charge_review import _bill, _fields

from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import price_queries, queries

JANUARY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("line-units", "NaN"),
        ("line-units", "Infinity"),
        ("line-units", "1000000"),
        ("line-units", "two"),
        ("line-amount", "NaN"),
        ("line-amount", "1e12"),
        ("line-amount", "much"),
        ("line-pointers", "one"),
        ("line-code", "992131234"),
        ("line-date", "2026-13-01"),
        ("line-revenue", "12"),
        ("place_of_service", "123"),
        ("minutes", "99999999999"),
        ("minutes", "-5"),
    ],
)
def test_a_superbill_refuses_what_cannot_be(staff, office, field, typed):
    number, client = _bill(office, "99213"), staff("biller")
    before = queries.superbill(office.subject, number)
    fields = _fields(client, number)
    if field.startswith("line-"):
        fields[field][0] = typed
    else:
        # The page asks for the minutes together with what the note shows.
        fields |= {field: typed, "problems": "low", "data": "", "risk": "low"}
    refused = client.post(f"/charges/{number}", fields)
    assert refused.status_code == 422, refused.status_code
    assert queries.superbill(office.subject, number) == before


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/practice/fees/change", {"raise": "NaN"}),
        ("/practice/fees/change", {"raise": "100", "amounts": "99213 -152.00"}),
        ("/practice/fees/change", {"raise": "100", "amounts": "99213 152.00\n99213 153.00"}),
        ("/practice/fees/change", {"raise": "100", "amounts": "99213 cheap"}),
        ("/practice/fees/change", {"raise": "100", "effective": "2025-12-31"}),
        ("/practice/fees/change", {"raise": "100", "schedule": "9" * 30}),
        ("/practice/fees/change", {"raise": "100", "effective": "soon"}),
        ("/practice/fees/compute", {"name": "Medicare", "percent": "NaN", "locality": "15202-00"}),
        ("/practice/fees/compute", {"name": "Medicare", "percent": "100", "locality": "15202-00", "step": "NaN"}),
    ],
)
def test_fees_refuse_what_cannot_be(staff, office, address, form):
    number = charges.set_fees(office.subject, "Standard", JANUARY, [("99213", "Visit", "150")])
    before = price_queries.schedules(office.subject)
    given = {"schedule": str(number), "effective": "2031-07-01"} | form
    assert staff("manager").post(address, given).status_code == 422
    assert price_queries.schedules(office.subject) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"procedure,price list\n99213,150\n",
        b"code,description,amount\n",
        b"code,description,amount\n99213,Visit,-1\n",
        b"code,description,amount\n99213,Visit,1e400\n",
        b'code,description,amount\n99213,"Visit,150\n99214,Visit,200\n',
        b"code,description,amount\n99213,Vi\0sit,150\n",
        "code,description,amount\n99213,Visit,150\n".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"code,description,amount,modifier\n99213,Visit,150,TOO\n",
    ],
)
def test_a_price_list_is_imported_whole_or_not_at_all(staff, office, content):
    file, before = SimpleUploadedFile("fees.csv", content), price_queries.schedules(office.subject)
    form = {"form": "import", "name": "Standard", "effective": "2026-01-01", "file": file}
    refused = staff("manager").post("/practice/fees", form)
    assert refused.status_code == 422
    assert price_queries.schedules(office.subject) == before


def test_a_contract_takes_no_other_ones_place_at_the_page(staff, office):
    client = staff("biller")
    form = {"payer_id": PAYER, "effective": "2026-01-01", "name": "First", "lesser": "1"}
    term = {"term-first": "", "term-last": "", "term-modifier": "", "term-place": "", "term-basis": "charge"}
    made = client.post("/practice/contracts/new", form | term | {"term-figure": "60"})
    assert made.status_code == 302, made.content.decode()
    refused = client.post("/practice/contracts/new", form | term | {"term-figure": "10", "name": "Second"})
    assert refused.status_code == 422
    assert "begins on Jan 1, 2026 already" in refused.content.decode()
    [kept] = price_queries.agreements(office.subject)
    assert kept.name == "First"
    for figure in ("NaN", "-1", "1001", "Infinity"):
        wrong = client.post("/practice/contracts/new", form | term | {"term-figure": figure, "effective": "2026-06-01"})
        assert wrong.status_code == 422, figure
    backwards = term | {"term-first": "99215", "term-last": "99213", "term-figure": "50"}
    assert "before they begin" in client.post(made.url, form | backwards).content.decode()
    assert len(price_queries.agreements(office.subject)) == 1


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("remove", {"contract": "x"}),
        ("remove", {}),
        ("rates", {"effective": "soon"}),
        ("rates", {"effective": "2026-01-01"}),
        ("later", {"effective": "2026-07-01", "percent": "NaN"}),
        ("later", {"effective": "2026-07-01", "percent": "-10"}),
    ],
)
def test_steps_of_a_contract_refuse_what_cannot_be(staff, office, what, form):
    client = staff("biller")
    answer = client.post(f"/practice/contracts/of/{PAYER}/{what}", form, follow=True)
    assert answer.status_code in (200, 422)
    assert price_queries.agreements(office.subject) == []
    file = SimpleUploadedFile("rates.csv", b"code,allowed\n99213,90\n")
    strange = {"effective": "2026-01-01", "file": file}
    assert (
        "There is no payer" in client.post("/practice/contracts/of/NOBODY/rates", strange, follow=True).content.decode()
    )
    assert price_queries.contract(office.subject, "NOBODY") == []
