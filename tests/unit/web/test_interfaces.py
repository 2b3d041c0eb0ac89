"""The pages of the interface engine, asked as a browser asks: channels, messages, mappings, what is not matched."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chartdesk.exchange.engine import channels as plans
from chartdesk.exchange.engine import receiving, routing
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.mappings import registering as mappings
from chartdesk.record.access.people import practice_of

HOME = "/practice/interfaces"
MESSAGE = (
    "MSH|^~\\&|PMS|RIVER|EHR|RIVER|20260314093000||ADT^A08^ADT_A01|{control}|P|2.5.1\rEVN||20260314093000\r"
    "PID|1||100^^^MRB^MR||MOSS^ADA||19800203|F|||12 ELM ST^^COLUMBUS^OH^43215\rPV1|1|O\r"
)


@pytest.fixture(autouse=True)
def reader_of_mappings():
    mappings.connect()
    plans.forget()


@pytest.fixture
def manager(staff):
    return staff("manager")


@pytest.fixture
def channel(manager, subject, tmp_path) -> Channel:
    """A channel into a folder, added by page."""
    document = {
        "name": "river-adt", "title": "River, patients", "source": {"type": "folder", "path": str(tmp_path / "in")},
        "destinations": [{"name": "archive", "transport": {"type": "folder", "path": str(tmp_path / "out")}}],
    }  # fmt: skip
    answer = manager.post(f"{HOME}/new", {"document": json.dumps(document)})
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}/channels/river-adt")
    assert "River, patients" in text(manager, HOME) and "paused" in text(manager, HOME)
    manager.post(f"{HOME}/channels/river-adt/do/resume")
    from chartdesk.kit.transactions import reading

    with reading(subject):
        return Channel.objects.get(practice=subject.practice, name="river-adt")


def text(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def arrived(channel: Channel, control: str = "M1", content: str = MESSAGE) -> int:
    [one] = receiving.accept(channel, [content.format(control=control).encode()], peer="test")
    return one.message_id


def test_every_preset_is_a_channel_that_can_be_written(manager):
    page = text(manager, f"{HOME}/new")
    keys = re.findall(r"preset=([a-z-]+)", page)
    assert len(keys) == 7
    for key in keys:
        shown = text(manager, f"{HOME}/new?preset={key}")
        document = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown, re.S)[1].replace("&quot;", '"')
        answer = manager.post(f"{HOME}/new", {"document": document})
        assert answer.status_code == 302, (key, answer.content.decode()[-3000:])
        assert answer["Location"].startswith(f"{HOME}/channels/partner-")


def test_a_document_that_cannot_work_is_given_back_with_every_fault(manager, channel):
    page = f"{HOME}/channels/river-adt"
    version = re.search(r'name="version" value="(\d+)"', text(manager, page))[1]
    answer = manager.post(page, {"document": "{not json", "version": version})
    assert answer.status_code == 422 and "This is no JSON" in answer.content.decode()
    other = {"name": "other", "destinations": []}
    answer = manager.post(page, {"document": json.dumps(other), "version": version})
    assert answer.status_code == 422 and "A channel keeps its name." in answer.content.decode()
    kept = json.loads(manager.get(f"{page}/file").content)
    kept["alerts"] = {"age_minutes": 3}
    assert manager.post(page, {"document": json.dumps(kept), "version": version}).status_code == 302
    answer = manager.post(page, {"document": json.dumps(kept), "version": version})
    assert answer.status_code == 422 and "was changed by" in answer.content.decode()
    assert '"age_minutes": 3' in text(manager, page).replace("&quot;", '"')


def test_a_file_is_shown_before_it_is_written(manager, channel, tmp_path):
    page = f"{HOME}/channels/river-adt"
    kept = json.loads(manager.get(f"{page}/file").content)
    given = {**kept, "title": "River", "alerts": {"age_minutes": 3}}
    file = SimpleUploadedFile("river-adt.json", json.dumps(given).encode())
    answer = manager.post(page, {"file": file, "version": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "What would change (2)" in shown and "Nothing is written yet" in shown
    assert re.search(r"<code>alerts.age_minutes</code></td>.*?>15</td>.*?>3</td>", shown)
    assert json.loads(manager.get(f"{page}/file").content) == kept
    text_of = html.unescape(re.search(r'<textarea[^>]*name="document"[^>]*>(.*?)</textarea>', shown, re.S)[1])
    assert manager.post(page, {"document": text_of, "version": "1"}).status_code == 302
    assert json.loads(manager.get(f"{page}/file").content)["title"] == "River"
    other = SimpleUploadedFile("lake.json", json.dumps({**kept, "name": "lake"}).encode())
    answer = manager.post(f"{HOME}/new", {"file": other})
    assert answer.status_code == 200 and "<code>name</code>" in answer.content.decode()
    assert 'data-channel="lake"' not in text(manager, HOME)


def typed(page: str) -> dict[str, str]:
    """What a form's fields say, as a browser would send it."""
    fields = {
        name: html.unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', page)
    }
    for name in re.findall(r'type="checkbox" name="([^"]+)" value="1"\s*(?!checked)>', page):
        fields.pop(name, None)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_the_form_writes_the_same_document(manager, channel, tmp_path):
    page = f"{HOME}/channels/river-adt"
    kept = json.loads(manager.get(f"{page}/file").content)
    same = typed(text(manager, f"{page}/form"))
    assert manager.post(f"{page}/form", same).status_code == 302
    assert json.loads(manager.get(f"{page}/file").content) == kept
    given = {
        **same, "title": "Lake", "kinds": "ADT^A04, ADT^A08", "source.type": "mllp", "source.mllp.port": "6699",
        "source.mllp.allowed": "10.2.0.0/16", "alerts.silence_minutes": "30",
        "to.0.kinds": "ADT^A04", "to.0.attempts": "3",
        "to.1.name": "server", "to.1.type": "fhir", "to.1.fhir.url": "https://fhir.example/r4",
    }  # fmt: skip
    answer = manager.post(f"{page}/form", {**given, "source.mllp.port": "many"})
    assert answer.status_code == 422 and "is not a number" in html.unescape(answer.content.decode())
    answer = manager.post(f"{page}/form", given)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert json.loads(manager.get(f"{page}/file").content) == {
        "name": "river-adt", "title": "Lake", "kinds": ["ADT^A04", "ADT^A08"], "alerts": {"silence_minutes": 30},
        "source": {"type": "mllp", "port": 6699, "allowed": ["10.2.0.0/16"]},
        "destinations": [
            {**kept["destinations"][0], "filter": {"kinds": ["ADT^A04"]}, "retries": {"attempts": 3}},
            {"name": "server", "transport": {"type": "fhir", "url": "https://fhir.example/r4"}},
        ],
    }  # fmt: skip
    answer = manager.post(f"{page}/form", {**given, "title": "Pond"})
    assert answer.status_code == 422 and "was changed by" in answer.content.decode()
    out = {**typed(text(manager, f"{page}/form")), "to.1.remove": "1"}
    assert manager.post(f"{page}/form", out).status_code == 302
    assert len(json.loads(manager.get(f"{page}/file").content)["destinations"]) == 1


def test_a_channel_says_by_which_other_it_answers_and_when_that_is_gone(manager, subject, channel):
    from chartdesk.kit.transactions import transaction

    there = {"name": "archive", "transport": {"type": "folder", "path": "out"}}
    document = {**channel.document, "answers_to": "answers"}
    page = f"{HOME}/channels/river-adt"
    answer = manager.post(page, {"document": json.dumps(document), "version": "1"})
    assert "there is no channel answers. Make it first" in answer.content.decode()
    out = {"name": "answers", "direction": "out", "destinations": [there]}
    assert manager.post(f"{HOME}/new", {"document": json.dumps(out)}).status_code == 302
    assert manager.post(page, {"document": json.dumps(document), "version": "1"}).status_code == 302
    assert f'href="{HOME}/channels/answers"' in text(manager, page)
    refused = manager.post(f"{HOME}/channels/answers/do/remove", follow=True)
    assert "river-adt answers by answers." in refused.content.decode()
    with transaction(subject):
        Channel.objects.filter(name="answers").delete()
    assert "answers_to: there is no channel answers." in text(manager, page)


def test_a_message_is_found_read_edited_and_let_go(manager, subject, channel):
    number = arrived(channel)
    found = text(manager, f"{HOME}/messages?patient=100&status=received&text=elm")
    assert f'data-message="{number}"' in found and "M1" in found
    assert "No message meets all of this." in text(manager, f"{HOME}/messages?control=M2")
    assert "Look for whole words" in text(manager, f"{HOME}/messages?text=%2A")
    page = text(manager, f"{HOME}/messages/{number}")
    assert "12 ELM ST^^COLUMBUS" in page and "PID-11" in page and "Addresses" in page and "The patient" in page
    again = f"{HOME}/messages/{number}/again"
    answer = manager.post(again, {"edited": "1", "text": "MSH|^~\\&|X"})
    assert answer.status_code == 422 and "is under way" in answer.content.decode()
    manager.post(f"{HOME}/messages/{number}/close", {"reason": "A test."})
    assert "A test." in text(manager, f"{HOME}/messages/{number}")
    answer = manager.post(again, {"edited": "1", "text": "no message at all"})
    assert answer.status_code == 422 and "It has to begin with MSH." in answer.content.decode()
    edited = MESSAGE.format(control="M9").replace("ADA", "EVE").replace("\r", "\r\n")
    answer = manager.post(again, {"edited": "1", "text": edited})
    assert answer.status_code == 302
    made = int(answer["Location"].rpartition("/")[2])
    page = text(manager, f"{HOME}/messages/{made}")
    assert "MOSS^EVE" in page and f"message {number}</a>" in page
    assert routing.work(subject.practice) == 1
    assert "archive" in text(manager, f"{HOME}/messages/{made}")
    manager.post(f"{HOME}/channels/river-adt/replay", {"first": number, "last": number})
    assert "again, of" in text(manager, f"{HOME}/messages?channel=river-adt")


def test_destinations_and_secrets(manager, channel):
    page, doing = f"{HOME}/channels/river-adt", f"{HOME}/channels/river-adt/do"
    manager.post(f"{doing}/pause", {"destination": "archive"})
    assert 'aria-label="Resume archive"' in text(manager, page)
    manager.post(f"{doing}/resume", {"destination": "archive"})
    assert 'aria-label="Pause archive"' in text(manager, page)
    manager.post(f"{page}/secret", {"name": "partner", "text": "very-secret-words"})
    shown = text(manager, page)
    assert "<code>partner</code>" in shown and "very-secret-words" not in shown
    manager.post(f"{page}/secret", {"name": "partner", "drop": "1"})
    assert "<code>partner</code>" not in text(manager, page)
    manager.post(f"{doing}/remove")
    assert 'data-channel="river-adt"' not in text(manager, HOME)


def test_a_mapping_is_tried_and_goes_live_only_when_its_tests_pass(manager, channel):
    page = f"{HOME}/channels/river-adt/mapping/archive"
    number = arrived(channel)
    shown = text(manager, f"{page}?message={number}")
    assert "Patient" in shown and "PID-5" in shown and "name[0].family" in shown and "not live yet" in shown
    sample = {
        "name": "a woman", "message": MESSAGE.format(control="S1").replace("\r", "\n"),
        "expected": [{"at": "Patient.gender", "value": "male"}],
    }  # fmt: skip
    mapping = {"name": "river", "makes": "fhir", "samples": [sample]}
    given = {"mapping": json.dumps(mapping), "sample": sample["message"], "save": "1"}
    answer = manager.post(page, given)
    assert answer.status_code == 422 and "cannot go live" in answer.content.decode()
    assert "1 of 1 fail" in answer.content.decode()
    sample["expected"][0]["value"] = "female"
    answer = manager.post(page, {**given, "mapping": json.dumps(mapping)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    shown = text(manager, page)
    assert "a woman" in shown and "not live yet" not in shown and "1 pass" in shown
    assert 'data-source="PID-5.2"' in shown and 'data-place="PID-5"' in shown
    assert re.search(r'data-made="Patient/[^"]+\.name\[0\]\.family">\s*&quot;family&quot;: &quot;MOSS&quot;', shown)
    assert f'href="{page}?message={number}"' in text(manager, f"{HOME}/messages/{number}")
    # Whoever saw an older version of the channel does not write over what another has done meanwhile.
    answer = manager.post(page, {**given, "mapping": json.dumps(mapping | {"title": "late"}), "version": "1"})
    assert answer.status_code == 422 and "was changed by" in answer.content.decode()
    answer = manager.post(page, {"mapping": "{", "sample": ""})
    assert "The mapping is no JSON" in answer.content.decode()


def test_a_number_is_matched_by_hand_or_is_nobodys(manager, subject, office):
    from chartdesk.record.identities import unmatched
    from chartdesk.record.identities.identifiers import PATIENT, Identifier

    patient = office.patient()
    first = unmatched.note(subject, unmatched.Missing(PATIENT, Identifier("LAB", "77"), "DOE, JO"))
    second = unmatched.note(subject, unmatched.Missing(PATIENT, Identifier("LAB", "78"), "NOBODY, ANN"))
    page = text(manager, f"{HOME}/unmatched?number={first}&q=1")
    assert "DOE, JO" in page and "NOBODY, ANN" in page
    manager.post(f"{HOME}/unmatched/{second}", {"nobody": "1"})
    manager.post(f"{HOME}/unmatched/{first}", {"id": patient})
    assert "Every number that came is known." in text(manager, f"{HOME}/unmatched")


def test_a_visit_of_two_patients_is_tried_again_and_matched_with_nothing(manager, subject):
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.identities import queries as identities
    from chartdesk.record.identities import unmatched
    from chartdesk.record.identities.identifiers import APPOINTMENT, Identifier

    number = Identifier("RIVER", "V77")
    for _ in range(2):
        with transaction(subject):
            waits = unmatched.note(subject, unmatched.Missing(APPOINTMENT, number, "Two patients have it."))
        page = text(manager, f"{HOME}/unmatched?number={waits}")
        assert "Visit V77" in page and "Try again" in page and "This is who it is" not in page
        shown = manager.post(f"{HOME}/unmatched/{waits}", {"id": "x"}, follow=True).content.decode()
        assert "Nobody asks what this number stands for" in shown
        assert identities.resolve(subject, APPOINTMENT, [number]) == ""
        shown = manager.post(f"{HOME}/unmatched/{waits}", {"again": "1"}, follow=True).content.decode()
        assert "Tried again." in shown and "V77" not in shown


def test_versions_are_compared_and_an_older_one_holds_again(manager, subject, channel, tmp_path):
    here = f"{HOME}/channels/river-adt"
    whole = json.loads(text(manager, f"{here}/file"))
    for change in ({"unknown_patient": "refuse"}, {"unknown_patient": "refuse", "title": "River <new>"}):
        version = typed(text(manager, f"{here}/form"))["version"]
        given = {"document": json.dumps({**whole, **change}), "version": version}
        assert manager.post(here, given).status_code == 302
    page = text(manager, f"{here}/versions")
    assert page.count('<div class="small text-secondary">by ') == 3
    assert "<code>unknown_patient</code> hold → refuse" in page and "The first." in page
    assert "From version 2 to 3 (1)" in page and "River &lt;new&gt;" in page
    page = text(manager, f"{here}/versions?older=3&newer=1")
    assert "From version 1 to 3 (2)" in page and "Restore version 1" in page
    assert "There is no such version" in text(manager, f"{here}/versions?older=1&newer=99")
    # Whoever restores after somebody else has saved is told so.
    answer = manager.post(f"{here}/versions", {"restore": "1", "version": "2"})
    assert answer.status_code == 422 and "was changed by" in answer.content.decode()
    shown = manager.post(f"{here}/versions", {"restore": "1", "version": "3"}, follow=True).content.decode()
    assert "Version 1 holds again, as version 4." in shown
    assert json.loads(text(manager, f"{here}/file")) == whole
    shown = manager.post(f"{here}/versions", {"restore": "1", "version": "4"}, follow=True).content.decode()
    assert "says what the channel says now" in shown
    assert manager.post(f"{here}/versions", {"version": "4"}).status_code == 422


def test_who_may_not(staff, subject, channel):
    number = arrived(channel)
    for role in ("biller", "front_desk", "nurse"):
        client = staff(role)
        for address in (HOME, f"{HOME}/messages", f"{HOME}/messages/{number}", f"{HOME}/channels/river-adt/mapping"):
            text(client, address, 403)
    assert practice_of(subject).pk == subject.practice


@pytest.mark.parametrize("address", ["/messages?before=²", "/channels/river-adt/mapping?message=²"])
def test_digits_that_are_no_number_are_left_aside(manager, channel, address):
    assert "River, patients" in text(manager, HOME + address)
