"""Steps of billing on the pages: work items, superbills, files, denials, payments, set-up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.money.office import SECOND, Cut, Paid, decided
from tests.unit.web.test_billing_lists import _in_review


def _notices(client, answer):
    page = client.get(answer["Location"]).content.decode()
    return page[page.index('id="notices"') : page.index("</div>\n", page.index('id="notices"'))]


@pytest.fixture
def item(subject):
    from chartdesk.kit import worklist

    task = worklist.Task(kind="denial", key="7", role="biller", title="A payer denied something", cure="Look at it.")
    return worklist.raise_item(subject, task)


def test_an_item_is_dismissed_only_with_a_note(staff, item):
    client = staff("biller")
    htmx = {"HTTP_HX_REQUEST": "true"}
    refused = client.post(f"/work/{item}/close", {"state": "dismissed"}, **htmx)
    assert "with a note" in refused["HX-Trigger"]
    assert b"A payer denied something" in client.get("/work").content
    client.post(f"/work/{item}/close", {"state": "dismissed", "note": "Paid by phone"}, **htmx)
    assert b"A payer denied something" not in client.get("/work").content


def test_nobody_closes_an_item_of_another_list(staff, item):
    desk = staff("front_desk")
    assert b"A payer denied something" not in desk.get("/work").content
    assert desk.post(f"/work/{item}/close", {"state": "done"}).status_code == 403
    assert b"A payer denied something" in staff("manager").get("/work?role=biller").content


def _form(page):
    """The fields of the superbill's form as the page shows them: name → values in order."""
    import re

    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name = re.search(r' name="([^"]+)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        if name:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_a_line_that_changes_is_priced_anew_and_a_typed_amount_stays(staff, office):
    from chartdesk.pms.charges import queries

    number = _in_review(office)
    client = staff("biller")
    fields = _form(client.get(f"/charges/{number}").content.decode())
    fields["line-units"][0] = "2"  # 99213 at 140.00, untouched
    fields["line-amount"][1] = "55"  # 99499 has no price
    version = fields["version"][:1]
    assert client.post(f"/charges/{number}", {**fields, "version": version}).status_code == 302
    bill = queries.superbill(office.subject, number)
    assert [line.amount for line in bill.lines] == [Decimal("280.00"), Decimal("55.00")]
    late = client.post(f"/charges/{number}", {**fields, "version": version})
    assert late.status_code == 422
    assert "Somebody else changed the superbill" in late.content.decode()
    assert 'value="55"' in late.content.decode()


def test_emptying_a_code_takes_its_line_away(staff, office):
    from chartdesk.pms.charges import queries

    number = _in_review(office)
    client = staff("biller")
    fields = _form(client.get(f"/charges/{number}").content.decode())
    fields["line-code"][1] = ""
    client.post(f"/charges/{number}", {**fields, "version": fields["version"][:1]})
    assert [line.code for line in queries.superbill(office.subject, number).lines] == ["99213"]


def test_a_claim_page_shows_its_way_and_its_text(staff, office):
    sent = office.claim()
    client = staff("biller")
    page = client.get(f"/claims/{sent.claim_id}").content.decode()
    assert "From signature to submission" in page
    assert "Scrubbed, nothing stands in the way." in page
    assert f"CLM*{sent.number}" in client.get(f"/claims/{sent.claim_id}/text").content.decode()
    assert "Only a claim the payer has" in _notices(client, client.post(f"/claims/{sent.claim_id}/replace"))


def test_a_file_is_taken_in_once_and_a_broken_one_is_kept(staff, office):
    claim = office.claim([("99213", "140")])
    content = office.remit(decided(claim, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]))
    client = staff("biller")

    def upload(name, given):
        return client.post("/files/upload", {"file": SimpleUploadedFile(name, given), "then": "remittances"})

    from chartdesk.pms.remittance import subscriptions

    subscriptions.connect()
    assert "posted by itself" in _notices(client, upload("a.835", content))
    assert "came before" in _notices(client, upload("b.835", content))
    assert "could not be read" in _notices(client, upload("cut.835", content[:-40]))
    assert "refused" in _notices(client, upload("wrong.835", content.replace(b"*140*100", b"*140*90", 1)))
    assert "not empty" in _notices(client, upload("empty.835", b""))


def test_a_denial_is_settled_with_a_note(staff, office):
    from chartdesk.pms.remittance import queries

    claim = office.claim([("99213", "140")])
    office.receive(office.remit(decided(claim, [Paid("99213", "140", "0", [Cut("CO", "96", "140")])])))
    denial = queries.denials(office.subject)[0]
    client = staff("biller")
    assert b"See the remark codes" in client.get(f"/denials/{denial.id}").content or denial.reason
    without = client.post(f"/denials/{denial.id}/settle", {"outcome": "written_off", "note": ""})
    assert "settled with a note" in _notices(client, without)
    client.post(f"/denials/{denial.id}/settle", {"outcome": "written_off", "note": "Too old"})
    assert queries.denials(office.subject) == []
    assert office.balance("adjustment.other") == Decimal("140.00")


def test_a_payment_form_sent_twice_takes_one_payment(staff, office):
    patient = office.patient()
    office.charge(patient, [("99213", "140")], self_pay=True)
    client = staff("front_desk")
    assert "$140.00" in client.get(f"/patients/{patient}/account").content.decode()
    form = {"amount": "40", "method": "card", "payment_key": "form-1"}
    for _ in range(2):
        client.post(f"/patients/{patient}/account/pay", form)
    assert office.balance("card") == Decimal("40.00")
    wrong = client.post(f"/patients/{patient}/account/pay", {**form, "amount": "forty", "payment_key": "form-2"})
    assert "is not an amount" in _notices(client, wrong)
    client.post(f"/patients/{patient}/account/bill")
    page = client.get(f"/patients/{patient}/account").content.decode()
    statement = page[page.index("/statements/") :].split('"')[0]
    assert client.get(f"/patients/{patient}{statement}").content.startswith(b"%PDF")
    other = office.patient()
    assert client.get(f"/patients/{other}{statement}").status_code == 404


def test_a_price_list_with_a_fault_changes_nothing(staff, office):
    client = staff("biller")

    def take(content):
        file = SimpleUploadedFile("fees.csv", content)
        return client.post("/practice/fees", {"name": "standard", "effective": "2026-04-01", "file": file})

    refused = take(b"code,description,amount\n99213,Visit,free\n")
    assert refused.status_code == 422
    assert "line 2" in refused.content.decode()
    assert take(b"code,description,amount\n99213,Visit,151\n").status_code == 302
    assert "$151.00" in client.get("/practice/fees").content.decode()


def test_the_rest_is_billed_to_the_next_payer_from_the_claims_page(staff, office):
    from chartdesk.pms.coverage import commands as coverage

    first = office.claim()
    office.receive(
        office.remit(decided(first, [Paid("99213", "140", "80", [Cut("CO", "45", "40"), Cut("PR", "2", "20")])]))
    )
    biller, page = staff("biller"), f"/claims/{first.claim_id}"
    assert "Bill Second Mutual" not in biller.get(page).content.decode()
    coverage.add_coverage(office.subject, first.patient, coverage.Card(SECOND, 2, "LATE1"))
    assert "Bill Second Mutual" in biller.get(page).content.decode()
    assert "becomes the next payer" in biller.get(f"{page}/ask/next").content.decode()
    answer = biller.post(f"{page}/next")
    shown = biller.get(answer["Location"]).content.decode()
    assert "secondary" in shown and "Paid before" in shown and "$80.00" in shown
    account = biller.get(f"/patients/{first.patient}/account").content.decode()
    assert "Billed to Second Mutual" in account and "moved to the insurance" in account
    refused = biller.post(f"{page}/next", follow=True).content.decode()
    assert "is with the next payer" in refused and "Bill Second Mutual" not in refused


def test_a_file_names_its_claims(staff, office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.claims.models import Claim

    first, second = office.claim(), office.claim()
    with transaction(office.subject):
        file = Claim.objects.get(pk=first.claim_id).interchange_id
    page = staff("biller").get(f"/files/{file}").content.decode()
    assert f'href="/claims/{first.claim_id}"' in page and first.number in page
    assert f'href="/claims/{second.claim_id}"' not in page
