"""The pages about money from payers: a look before posting, taking back, deposits, paper, credits, rules."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.money.office import PAYER, Cut, Paid, decided

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]


def _received(office, *, trace="99881"):
    from chartdesk.pms.remittance import commands

    claim = office.claim([("99213", "140")])
    return claim, commands.receive(office.subject, office.remit(decided(claim, GOOD), trace=trace))


def test_a_remittance_is_looked_at_posted_and_taken_back(office, staff):
    claim, number = _received(office)
    client = staff("biller")
    assert b"Preview" in client.get(f"/remittances/{number}").content
    page = client.get(f"/remittances/{number}/preview").content.decode()
    assert claim.number in page and "$100.00" in page and "Nothing is posted yet" in page
    assert office.balance("eft") == 0
    client.post(f"/remittances/{number}/post")
    view = client.get(f"/remittances/{number}").content.decode()
    payment = view.partition('id="payment-')[2].partition('"')[0]
    client.post(f"/remittances/{number}/unpost", {"payment": payment, "why": "Another patient"})
    assert office.balance("unapplied") == Decimal("-100.00")
    client.post(f"/remittances/{number}/unpost", {"why": "The wrong file"})
    assert (office.balance("unapplied"), office.balance("eft")) == (0, 0)
    assert b"Post again" in client.get(f"/remittances/{number}").content
    assert client.get(f"/remittances/{number}/preview").status_code == 302
    assert staff("front_desk").post(f"/remittances/{number}/unpost", {"why": "x"}).status_code == 403


def test_a_bank_file_is_taken_in_and_a_deposit_keyed(office, staff):
    _, number = _received(office)
    client = staff("biller")
    file = SimpleUploadedFile("bank.csv", b"Date,Amount,Trace\n2026-03-12,100.00,0099881\n2026-03-12,5,77\n")
    client.post("/remittances/deposits/add", {"file": file})
    page = client.get("/remittances/deposits").content.decode()
    assert f"/remittances/{number}" in page and "No money is missing." in page and "77" in page
    assert "The bank shows" in client.get(f"/remittances/{number}").content.decode()
    keyed = {"on": "2026-03-13", "amount": "12.50", "method": "check", "trace": "8", "payer": "Second", "key": "k"}
    client.post("/remittances/deposits/add", keyed)
    client.post("/remittances/deposits/add", keyed)
    page = client.get("/remittances/deposits").content.decode()
    assert page.count("$12.50") == 1
    deposit = page.partition("/remittances/deposits/")[2]
    assert deposit
    bad = SimpleUploadedFile("bank.csv", b"Name\nx\n")
    answer = client.post("/remittances/deposits/add", {"file": bad}, follow=True)
    assert b"names no date and amount" in answer.content
    assert staff("front_desk").get("/remittances/deposits").status_code == 403


def test_a_paper_remittance_from_the_check_to_the_books(office, staff):
    claim = office.claim([("99213", "140")])
    client = staff("biller")
    begun = {"payer": PAYER, "trace": "4711", "paid_on": "2026-03-12", "amount": "100", "method": "CHK"}
    where = client.post("/remittances/paper/start", begun)["Location"]
    assert b"4711" in client.get("/remittances/paper").content
    form = client.get(f"{where}?claim={claim.number}").content.decode()
    assert 'value="140.00"' in form
    control = claim.lines[0][1]
    keyed = {"claim": claim.number, "status": "1", "code": "99213", "control0": control, "charge0": "140",
             "paid0": "90", "group0_0": "CO", "reason0_0": "45", "cut0_0": "40"}  # fmt: skip
    wrong = client.post(f"{where}/claim", keyed, follow=True).content.decode()
    assert "$10.00 apart" in wrong
    client.post(f"{where}/claim", keyed | {"paid0": "100"})
    assert "it adds up" in client.get(where).content.decode()
    answer = client.post(f"{where}/take-in")
    client.post(f"{answer['Location']}/post")
    assert office.balance("check") == Decimal("100.00")
    assert office.status(claim) == "paid"


def test_a_payer_is_refunded_from_the_list_of_credits(office, staff):
    claim = office.claim([("99213", "140")])
    for _ in range(2):
        office.receive(office.remit(decided(claim, GOOD)))
    client = staff("biller")
    page = client.get("/remittances/credits").content.decode()
    assert "Acme PPO" in page and "$100.00" in page
    given = {"patient": claim.patient, "reference": f"charge:{claim.lines[0][0]}", "payer": PAYER, "amount": "100",
             "method": "check", "number": "1001", "reason": "Paid twice", "key": "one"}  # fmt: skip
    client.post("/remittances/credits/refund", given)
    client.post("/remittances/credits/refund", given)
    page = client.get("/remittances/credits").content.decode()
    assert "Nobody has paid too much" in page and page.count("Paid twice") == 1
    assert b"Too much" not in client.get("/remittances/credits?format=csv").content
    assert staff("front_desk").get("/remittances/credits").status_code == 403


def test_a_manager_sets_the_rules_and_a_biller_reads_them(office, staff):
    manager, biller = staff("manager"), staff("biller")
    manager.post("/remittances/rules/change", {"name": "Large", "over": "5000", "statuses": ["4", "22"]})
    page = biller.get("/remittances/rules").content.decode()
    assert "over $5,000.00" in page and "Denied" in page and "Keep the rule" not in page
    assert biller.post("/remittances/rules/change", {"name": "x", "over": "1"}).status_code == 403
    number = manager.get("/remittances/rules").content.decode().partition('name="remove" value="')[2].partition('"')[0]
    manager.post("/remittances/rules/change", {"remove": number})
    assert "No rule" in biller.get("/remittances/rules").content.decode()


def test_a_paper_remittance_offers_the_claims_and_reasons_in_words(office, staff):
    claim, other = office.claim([("99213", "140")]), office.claim([("87880", "32")], rank=1)
    client = staff("biller")
    begun = {"payer": PAYER, "trace": "4712", "paid_on": "2026-03-12", "amount": "100", "method": "CHK"}
    where = client.post("/remittances/paper/start", begun)["Location"]
    page = client.get(f"{where}?claim={claim.number}").content.decode()
    for number, dollars in ((claim.number, "$140.00"), (other.number, "$32.00")):
        offered = page.partition(f'<option value="{number}">')[2].partition("</option>")[0]
        assert offered.startswith("Payne") and offered.endswith(f"Mar 2, 2026, {dollars}")
    assert "Acme PPO, dated Mar 12, 2026" in page and "Patient responsibility" in page
    assert page.partition('<option value="45">')[2].partition("</option>")[0]
    assert "Acme PPO" in client.get("/remittances/paper").content.decode()


def test_a_refund_to_a_payer_is_told_in_words_and_taken_back(office, staff):
    claim = office.claim([("99213", "140")])
    for _ in range(2):
        office.receive(office.remit(decided(claim, GOOD)))
    client = staff("biller")
    page = client.get("/remittances/credits").content.decode()
    assert "99213 on Mar 2, 2026" in page and ">charge:" not in page
    csv = client.get("/remittances/credits?format=csv").content.decode()
    assert "99213 on Mar 2, 2026" in csv and "Payne" in csv and "Acme PPO" in csv
    given = {"patient": claim.patient, "reference": f"charge:{claim.lines[0][0]}", "payer": PAYER, "amount": "100",
             "method": "check", "number": "1001", "reason": "Paid twice", "key": "one"}  # fmt: skip
    client.post("/remittances/credits/refund", given)
    page = client.get("/remittances/credits").content.decode()
    address = "/remittances/credits/refunds/" + page.partition("/remittances/credits/refunds/")[2].partition('"')[0]
    for _ in range(2):
        client.post(address, {"reason": "The mail brought it back"})
    page = client.get("/remittances/credits").content.decode()
    assert "Taken back: The mail brought it back" in page and "$100.00" in page
    assert office.balance("check") == 0
    assert staff("front_desk").post(address, {"reason": "x"}).status_code == 403


def test_one_check_on_paper_is_keyed_once_and_taken_in_once(office, staff):
    claim = office.claim([("99213", "140")])
    client = staff("biller")
    begun = {"payer": PAYER, "trace": "4713", "paid_on": "2026-03-12", "amount": "100", "method": "CHK"}
    where = client.post("/remittances/paper/start", begun)["Location"]
    assert client.post("/remittances/paper/start", begun)["Location"] == where
    assert "is here already" not in client.get(where).content.decode()
    keyed = {"claim": claim.number, "status": "1", "code": "99213", "control0": claim.lines[0][1], "charge0": "140",
             "paid0": "100", "group0_0": "CO", "reason0_0": "45", "cut0_0": "40"}  # fmt: skip
    client.post(f"{where}/claim", keyed)
    made = {client.post(f"{where}/take-in")["Location"] for _ in range(2)}
    assert len(made) == 1
    assert client.get(where)["Location"] in made
    other = client.post("/remittances/paper/start", begun | {"trace": "0004713"})["Location"]
    assert other != where
    shown = client.get(other).content.decode()
    assert "is here already" in shown and made.pop() in shown
