"""Fee schedules and contracts at the pages: made, changed from a day on, compared; a refusal loses no word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.money.office import PAYER as PAYER_OF_OFFICE
from tests.unit.pms.edits import files

from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import price_queries, prices, queries
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage.cards import PayerDetails
from chartdesk.pms.edits import commands as edits

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
PAYER = "60054"
PAGES = (
    "/practice/fees",
    "/practice/fees/compare",
    "/practice/tables",
    "/practice/contracts",
    "/practice/contracts/new",
)
TERM = {"term-first": [], "term-last": [], "term-modifier": [], "term-place": [], "term-basis": [], "term-figure": []}


def _terms(*rows):
    return {name: [row[place] for row in rows] for place, name in enumerate(TERM)}


@pytest.fixture
def agreed(subject, tmp_path):
    """A payer, Medicare's values, and fees of the practice."""
    edits.import_file(files.write(tmp_path, "PPRRVU26_JAN.csv", files.RELATIVE_VALUES))
    edits.import_file(files.write(tmp_path, "GPCI2026.csv", files.LOCALITIES))
    coverage.add_payer(subject, PayerDetails(payer_id=PAYER, name="Blue Plan"))
    charges.set_fees(subject, "Standard", JANUARY, [("10001", "Visit", "150"), ("99999", "Own thing", "20")])
    return subject


@pytest.mark.parametrize("page", PAGES)
def test_they_are_closed_to_other_roles(staff, page):
    assert staff("front_desk").get(page).status_code == 403


def test_every_page_opens_with_nothing_in_it(staff, subject):
    client = staff("manager")
    for page in PAGES:
        assert client.get(page).status_code == 200, page


def test_a_contract_is_made_weighed_and_changed_from_a_day_on(staff, agreed):
    client = staff("biller")
    form = {"payer_id": PAYER, "effective": "2026-01-01", "locality": "15202-00", "lesser": "1", "name": "Blue 2026"}
    rows = _terms(["", "", "", "", "medicare", "120"], ["99999", "", "", "", "charge", "70 %"], [""] * 6)
    made = client.post("/practice/contracts/new", form | rows)
    assert made.status_code == 302, made.content.decode()
    page = client.get(made.url).content.decode()
    assert "Blue Plan" in page
    assert 'value="120.00"' in page
    weighed = client.get(f"/practice/contracts/of/{PAYER}?on=2026-02-01").content.decode()
    assert all(words in weighed for words in ("$108.95", "$90.79", "120 %", "$14.00", "70 % of the charge $20.00"))
    assert "108.95" in client.get(f"/practice/contracts/of/{PAYER}?on=2026-02-01&format=csv").content.decode()
    file = SimpleUploadedFile("rates.csv", b"code,allowed\n10001,99.50\n")
    number = made.url.rsplit("/", 1)[-1]
    client.post(f"/practice/contracts/of/{PAYER}/rates", {"contract": number, "effective": "2026-03-01", "file": file})
    assert queries.allowed(agreed, PAYER, "10001", date(2026, 3, 2)) == Decimal("99.50")
    later = client.post(
        f"/practice/contracts/of/{PAYER}/later", {"contract": number, "effective": "2031-07-01", "percent": "110"}
    )
    assert queries.allowed(agreed, PAYER, "10001", date(2031, 7, 1)) == Decimal("109.45")
    listed = client.get("/practice/contracts").content.decode()
    assert listed.count("Blue Plan") >= 2
    # What has not begun may be taken away; what holds may not.
    taken = client.post(f"/practice/contracts/of/{PAYER}/remove", {"contract": later.url.rsplit("/", 1)[-1]})
    assert taken.status_code == 302
    client.post(f"/practice/contracts/of/{PAYER}/remove", {"contract": number})
    assert [one.effective for one in price_queries.agreements(agreed)] == [JANUARY]
    assert queries.allowed(agreed, PAYER, "10001", date(2031, 7, 1)) == Decimal("99.50")


def test_a_refused_contract_keeps_what_was_typed(staff, agreed):
    client = staff("biller")
    form = {"payer_id": PAYER, "effective": "2026-01-01", "note": "By phone"}
    refused = client.post("/practice/contracts/new", form | _terms(["10001", "", "", "", "fixed", "much"]))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "much is not a figure" in page
    assert "By phone" in page
    assert 'value="10001"' in page
    refused = client.post("/practice/contracts/new", form | _terms(["", "", "", "", "medicare", "120"]))
    assert "needs the locality" in refused.content.decode()
    assert price_queries.agreements(agreed) == []


def test_fees_of_medicare_and_from_a_day_on_and_compared(staff, agreed):
    client = staff("manager")
    form = {"form": "compute", "name": "Standard", "effective": "2026-07-01", "percent": "200", "step": "1"}
    refused = client.post("/practice/fees/compute", form | {"locality": "99999-99"})
    assert refused.status_code == 422
    assert "There is no locality 99999-99" in refused.content.decode()
    assert client.post("/practice/fees/compute", form | {"locality": "15202-00"}).status_code == 302
    # 200 % of 90.79, to the dollar; what Medicare does not price keeps its fee.
    assert queries.fee(agreed, "10001", JULY) == Decimal("182.00")
    assert queries.fee(agreed, "99999", JULY) == Decimal("20.00")
    assert queries.fee(agreed, "10001", date(2026, 6, 30)) == Decimal("150.00")
    [second, _] = price_queries.schedules(agreed)
    assert second.basis == "200 % of Medicare, OH Ohio (15202-00)"
    change = {"form": "change", "schedule": second.id, "effective": "2026-06-01", "raise": "103"}
    assert "is not after Jul 1, 2026" in client.post("/practice/fees/change", change).content.decode()
    single = {"effective": "2027-01-01", "amounts": "99999 much"}
    assert "is not an amount" in client.post("/practice/fees/change", change | single).content.decode()
    single["amounts"] = "99999 22.50\n"
    assert client.post("/practice/fees/change", change | single).status_code == 302
    assert queries.fee(agreed, "99999", date(2027, 1, 1)) == Decimal("22.50")
    assert queries.fee(agreed, "10001", date(2027, 1, 1)) == Decimal("187.46")
    third, second, first = price_queries.schedules(agreed)
    page = client.get(f"/practice/fees/compare?before={first.id}&after={second.id}").content.decode()
    assert "1 of 2 prices differ" in page
    assert "21.3 %" in page
    everything = prices.compute_fees(
        agreed, "All", date(2028, 1, 1), locality="15202-00", percent=Decimal(100), all_codes=True
    )
    codes = {(one.code, one.modifier) for one in price_queries.fees(agreed, everything)}
    assert codes == {("10001", ""), ("10002", ""), ("10003", ""), ("10003", "26"), ("10003", "TC"), ("99999", "")}
    assert third.basis == "103 % of Standard from Jul 1, 2026"
    # What has not begun may be taken away; what holds may not.
    assert "Take it away" in client.get(f"/practice/fees?schedule={everything}").content.decode()
    for schedule in (everything, first.id):
        client.post("/practice/fees/remove", {"schedule": schedule})
    left = {one.id for one in price_queries.schedules(agreed)}
    assert everything not in left
    assert first.id in left


def test_a_payers_own_list_goes_before_everybodys(office):
    subject = office.subject
    charges.set_fees(subject, "Standard", JANUARY, [("99213", "Visit", "150"), ("87880", "Test", "30")])
    prices.set_fees(subject, "Theirs", JANUARY, [("99213", "Visit", "77")], payer_id=PAYER_OF_OFFICE)
    prices.set_fees(subject, "Others'", JANUARY, [("87880", "Test", "9")], payer_id="SOMEBODY")
    assert queries.fee(subject, "99213", JULY) == Decimal("150.00")
    amounts = []
    for payers in ((PAYER_OF_OFFICE,), ()):
        wanted = [charges.Procedure("99213", pointers=[1]), charges.Procedure("87880", pointers=[1])]
        bill = charges.capture(
            subject,
            charges.EncounterCharges(
                f"source-{payers}", "", "", office.patient(payers=payers), office.practitioner, date(2026, 3, 2), "11",
                None, 20, ["J02.0"], wanted,
            ),
        )  # fmt: skip
        amounts.append([str(line.amount) for line in queries.superbill(subject, bill).lines])
    assert amounts == [["77.00", "30.00"], ["150.00", "30.00"]]
