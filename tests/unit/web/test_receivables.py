"""Receivables of a large practice: sums beyond what one input may say, and no more read than is shown."""

from __future__ import annotations

from decimal import Decimal

from tests.money.office import DAY

from chartdesk.kit.money import LIMIT, dollars

OWING = 60


def _post(office) -> None:
    from chartdesk.pms.ledger import commands
    from chartdesk.pms.ledger.commands import Draft
    from chartdesk.pms.ledger.rules import Line

    drafts = []
    for number in range(OWING):
        amount, patient, reference = LIMIT - number, f"p{number:02}", f"charge:{9_000_000 + number}"
        for holder in ("patient", "payer:60054"):
            lines = [Line("ar", amount, patient, reference, holder), Line("revenue", -amount, patient, reference)]
            drafts.append(Draft("charge", f"{holder} {number}", lines))
    commands.post_many(office.subject, drafts, on=DAY)


def _read(office) -> int:
    """How many accounts the audit trail says were read in lists."""
    from chartdesk.kit import database
    from chartdesk.kit.transactions import transaction

    with transaction(office.subject):
        statement = "SELECT count(*) FROM record_audit WHERE practice = %s AND what = 'patient account'"
        return int(database.rows(statement, [office.subject.practice])[0][0])


def test_sums_are_shown_however_large_and_a_page_reads_its_own_patients_only(office, staff):
    _post(office)
    owed = sum((LIMIT - number for number in range(OWING)), Decimal(0))
    biller = staff("biller")
    for page, shown in (("1", 50), ("2", OWING - 50), ("9", OWING - 50)):
        before = _read(office)
        answer = biller.get("/receivables", {"page": page})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert _read(office) - before == shown
        assert f"Patients who owe today ({OWING})" in text
        assert "in balance" in text
        assert dollars(owed) in text
        assert dollars(2 * owed) in text
    assert "p50" in text and "p49" not in text
    file = biller.get("/receivables", {"format": "csv"}).content.decode()
    assert f",{owed}" in file
    before = _read(office)
    rows = biller.get("/receivables/patients").content.decode().splitlines()
    assert _read(office) - before == OWING
    assert rows[0].startswith("\ufeffPatient,")
    assert biller.get("/receivables", {"date": str(DAY)}).status_code == 200


def test_the_dashboard_shows_sums_however_large(office, staff):
    _post(office)
    text = staff("manager").get("/dashboard", {"first": str(DAY), "last": str(DAY)}).content.decode()
    assert dollars(2 * sum((LIMIT - number for number in range(OWING)), Decimal(0))) in text
