"""The pages of the splitting rules: a manager writes a draft, tries it, lets it go live; a biller looks on."""

from __future__ import annotations

import re

from tests.money.office import DAY, NOW

from chartdesk.kit import clock

RULE = {
    "name": "Chest in components", "on": "1", "codes": "71046, 71047", "modifiers": "", "places": "", "first": "",
    "last": "", "action": "components", "target": "", "professional": "", "technical": "", "share": "40", "most": "50",
}  # fmt: skip


def _ids(page: str) -> list[str]:
    return re.findall(r'href="/practice/splitting/rules/(?!new)([^"/]+)"', page)


def test_a_rule_is_written_tried_and_goes_live(staff, office):
    office.charge(office.patient(), [("99213", "140"), ("71046", "90")])
    with clock.at(NOW):
        manager = staff("manager")
        assert "Each rendering provider bills" in manager.get("/practice/splitting").content.decode()
        assert manager.get("/practice/splitting/rules/new").status_code == 404
        manager.post("/practice/splitting/draft")
        refused = manager.post("/practice/splitting/rules/new", {**RULE, "codes": "7104!", "share": "forty"})
        assert refused.status_code == 422
        assert "is not a number" in refused.content.decode()
        refused = manager.post("/practice/splitting/rules/new", {**RULE, "codes": "7104!"})
        assert "no code, range or beginning" in refused.content.decode()
        assert 'value="Chest in components"' in refused.content.decode()
        assert manager.post("/practice/splitting/rules/new", {**RULE, "payers": ["ACME1"]}).status_code == 302
        page = manager.get("/practice/splitting").content.decode()
        assert "Codes 71046, 71047 for visits of Acme PPO: as two lines, 26 and TC" in page
        assert "disabled" in page
        form = manager.get(f"/practice/splitting/rules/{_ids(page)[-1]}").content.decode()
        assert re.search(r'value="ACME1" checked', form)
        tried = manager.post("/practice/splitting/try", {"since": DAY.isoformat(), "until": "2026-03-16"})
        page = tried.content.decode()
        assert "99213, 71046 (230.00)" in page
        assert "71046-TC (54.00)" in page
        manager.post("/practice/splitting/live", {"effective": "2026-03-17", "note": "Contract"})
        page = manager.get("/practice/splitting").content.decode()
        assert "let live by Pat manager" in page
        assert "Mar 17, 2026" in page
        manager.post("/practice/splitting/withdraw", {"number": "1"})
        assert "withdrawn" in manager.get("/practice/splitting").content.decode()


def test_rules_are_moved_and_removed_and_a_draft_is_discarded(staff, office):
    with clock.at(NOW):
        manager = staff("manager")
        manager.post("/practice/splitting/draft")
        first, second, third = _ids(manager.get("/practice/splitting").content.decode())
        manager.post(f"/practice/splitting/rules/{third}/up", {"revision": "1"})
        late = manager.post(f"/practice/splitting/rules/{first}/remove", {"revision": "1"})
        assert "Somebody else changed the draft" in manager.get(late["Location"]).content.decode()
        assert _ids(manager.get("/practice/splitting").content.decode()) == [first, third, second]
        manager.post(f"/practice/splitting/rules/{first}/remove", {"revision": "2"})
        assert _ids(manager.get("/practice/splitting").content.decode()) == [third, second]
        none = manager.post("/practice/splitting/try", {"since": "2026-03-01", "until": "2026-02-01"})
        assert none.status_code == 422
        assert "before the first" in none.content.decode()
        manager.post("/practice/splitting/discard")
        assert _ids(manager.get("/practice/splitting").content.decode()) == []


def test_a_biller_looks_on_and_others_do_not(staff, office):
    assert "Splitting rules" in staff("biller").get("/practice/splitting").content.decode()
    assert staff("biller").post("/practice/splitting/draft").status_code == 403
    assert staff("front_desk").get("/practice/splitting").status_code == 403
