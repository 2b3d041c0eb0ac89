"""The pages of the scrubbing rules: a manager sets rules, writes one, tries it, lets it go live; a biller looks on."""

from __future__ import annotations

import re
from html import unescape

from tests.money.office import NOW

from chartdesk.kit import clock
from chartdesk.pms.claims import scrubbing

OWN = {
    "name": "Visits want 25", "severity": "error", "message": "A visit needs modifier 25.", "cure": "Add modifier 25.",
    "place": "superbill", "first": "", "last": "",
    "when0_field": "code", "when0_operator": "any", "when0": "99202-99215",
    "must0_field": "modifier", "must0_operator": "any", "must0": "25",
}  # fmt: skip
HOME = "/practice/scrubbing"


def test_rules_are_set_written_tried_and_go_live(staff, office):
    with clock.at(NOW):
        sent = office.claim()
        manager = staff("manager")
        page = manager.get(HOME).content.decode()
        assert "Timely filing" in page and "Published tables" in page and "Begin a draft" in page
        assert manager.get(f"{HOME}/own/new").status_code == 404
        manager.post(f"{HOME}/draft")
        refused = manager.post(f"{HOME}/rules/units", {"most": "a lot"})
        assert refused.status_code == 422 and "is not a figure" in refused.content.decode()
        assert manager.post(f"{HOME}/rules/units", {"severity": "warning", "most": "20"}).status_code == 302
        form = manager.get(f"{HOME}/rules/units").content.decode()
        assert 'value="20"' in form and re.search(r'value="warning" selected', form)
        refused = manager.post(f"{HOME}/own/new", {**OWN, "when0": ""})
        assert refused.status_code == 422 and "is one of” what?" in refused.content.decode()
        assert manager.post(f"{HOME}/own/new", {**OWN, "payers": ["ACME1"]}).status_code == 302
        page = manager.get(HOME).content.decode()
        assert "Where procedure code is one of 99202-99215: modifiers of the line is one of 25." in page
        assert "only Acme PPO" in page and "at most: 20" in page and "disabled" in page
        (own,) = set(re.findall(rf'href="{HOME}/own/(own_[^"/]+)"', page))
        form = manager.get(f"{HOME}/own/{own}").content.decode()
        assert 'value="99202-99215"' in form and re.search(r'value="ACME1" checked', form)
        tried = manager.post(f"{HOME}/try").content.decode()
        assert "Held newly" in tried and sent.number in tried and "99213: A visit needs modifier 25." in tried
        manager.post(f"{HOME}/live", {"note": "Contract"})
        page = manager.get(HOME).content.decode()
        assert "let live by pat manager" in page.lower() and "1 of the practice" in page
        manager.post(f"{HOME}/withdraw", {"number": "1"})
        assert "withdrawn" in manager.get(HOME).content.decode()


def test_an_own_rule_is_removed_and_a_draft_is_discarded(staff, office):
    with clock.at(NOW):
        manager = staff("manager")
        manager.post(f"{HOME}/draft")
        manager.post(f"{HOME}/own/new", OWN)
        (own,) = set(re.findall(rf'href="{HOME}/own/(own_[^"/]+)"', manager.get(HOME).content.decode()))
        late = manager.post(f"{HOME}/own/{own}/remove", {"revision": "1"})
        assert "Somebody else changed the draft" in manager.get(late["Location"]).content.decode()
        manager.post(f"{HOME}/own/{own}/remove", {"revision": "2"})
        assert own not in manager.get(HOME).content.decode()
        manager.post(f"{HOME}/discard")
        assert "Draft: version" not in manager.get(HOME).content.decode()


def test_every_rule_is_listed_with_its_reason_and_cure(staff, office):
    page = unescape(staff("manager").get(HOME).content.decode())
    for rule in scrubbing.RULES:
        assert f"<strong>{rule.id.replace('_', ' ').capitalize()}</strong>" in page, rule.id
        assert f"{rule.reason} {rule.cure}" in page, rule.id


def test_who_only_looks_on_is_shown_what_holds_and_not_a_draft(staff, office):
    with clock.at(NOW):
        manager = staff("manager")
        manager.post(f"{HOME}/draft")
        manager.post(f"{HOME}/rules/units", {"most": "20"})
        manager.post(f"{HOME}/own/new", OWN)
        assert "at most: 20" in manager.get(HOME).content.decode()
        page = staff("biller").get(HOME).content.decode()
        assert "at most: 20" not in page and OWN["name"] not in page and "None yet" in page


def test_a_biller_looks_on_and_others_do_not(staff, office):
    assert "own rules" in staff("biller").get(HOME).content.decode()
    assert staff("biller").post(f"{HOME}/draft").status_code == 403
    assert staff("biller").post(f"{HOME}/try").status_code == 403
    assert staff("front_desk").get(HOME).status_code == 403
