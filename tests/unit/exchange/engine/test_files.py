"""Channels as files, and the engine from the command line."""

from __future__ import annotations

import json

import pytest
from tests.unit.exchange.engine.conftest import adt, out_to
from tests.unit.exchange.engine.test_accepting import accept
from tests.unit.exchange.engine.test_routing import work


def test_what_is_exported_is_imported_as_it_was(subject, opened, taker, partner, tmp_path):
    from chartdesk.exchange.engine import files, queries
    from chartdesk.kit.errors import Invalid

    opened()
    opened("to-lab", direction="out", destinations=[out_to("lab", retries={"attempts": 3})], title="Labor Köln")
    made = files.export(subject, tmp_path)
    assert [one.name for one in made] == ["adt.json", "to-lab.json"]
    text = made[1].read_text("utf-8")
    assert "Köln" in text and text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert [one.state for one in files.compare(subject, tmp_path)] == ["same", "same"]
    made[1].write_text(text.replace("Köln", "Bonn"), "utf-8")
    (tmp_path / "third.json").write_text(text.replace("to-lab", "third"), "utf-8")
    (tmp_path / "wrong.json").write_text('{"name": "wrong"}', "utf-8")
    assert [one.state for one in files.compare(subject, tmp_path)] == ["same", "new", "changed", "wrong"]
    with pytest.raises(Invalid):
        files.bring_in(subject, tmp_path)
    (tmp_path / "wrong.json").unlink()
    files.bring_in(subject, tmp_path)
    views = {view.name: view for view in queries.every_channel(subject)}
    assert (views["to-lab"].document.title, views["to-lab"].version, views["to-lab"].state) == (
        "Labor Bonn",
        2,
        "running",
    )
    assert views["third"].state == "paused"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ('{"name": "other"}', "Name the file after it"),
        ('{"name": "file", "source": {"type": "pigeon"}}', "pigeon"),
        ('{"name": "file", "sauce": 1}', "sauce"),
    ],
)
def test_faults_of_files_name_the_file_and_the_place(tmp_path, content, words):
    from chartdesk.exchange.engine import files
    from chartdesk.kit.errors import Invalid

    file = tmp_path / "file.json"
    file.write_text(content)
    with pytest.raises(Invalid) as fault:
        files.read(file)
    assert words in str(fault.value) and str(file) in str(fault.value)


def test_the_command_line(subject, practice, opened, taker, tmp_path, capsys, monkeypatch):
    from contextlib import nullcontext

    from chartdesk.app.cli import channels, main

    monkeypatch.setattr(channels, "program", nullcontext)

    def run(*words: object) -> tuple[int, str]:
        status = main([*map(str, words), "--practice", practice.slug])
        return status, capsys.readouterr().out

    channel = opened()
    good, bad = accept(channel, adt("M1"), adt("bad2"))
    work(subject)
    assert run("channels", "list")[0] == 1
    assert "1 error" in run("channels", "list")[1]
    assert run("channels", "export", tmp_path) == (0, f"1 channels written to {tmp_path}.\n")
    assert run("channels", "import", tmp_path, "--check") == (0, "same     adt\n")
    assert "bad2" in run("messages", "list", "--status", "error")[1]
    assert "day of birth" in run("messages", "show", bad.message_id)[1]
    assert run("messages", "close", bad.message_id, "--reason", "Known.") == (0, "1 messages closed.\n")
    assert run("messages", "replay", "adt", good.message_id, good.message_id) == (0, "1 messages go again.\n")
    assert "goes again" in run("messages", "resend", good.message_id)[1]
    assert run("channels", "pause", "adt")[0] == 0 and "paused" in run("channels", "list")[1]
    assert main(["channels", "pause", "nowhere", "--practice", practice.slug]) == 2


def test_a_host_that_nobody_could_look_up_is_found_before_it_is_live(registries):
    from chartdesk.exchange.engine import channels, checking

    source = {"type": "mllp", "port": 6661, "host": "lab..example"}
    target = {"name": "out", "transport": {"type": "sftp", "host": "x" * 70, "user": "u", "path": "p", "host_key": "k"}}
    document = channels.document({"name": "lab", "source": source, "destinations": [target]})
    found = checking.findings(document)
    assert found == ["source.host: lab..example is no host.", f"destinations.out.host: {'x' * 70} is no host."]


def test_a_channel_and_the_one_that_it_answers_by_are_brought_in_together(subject, practice, opened, taker, tmp_path):
    from chartdesk.exchange.engine import files
    from chartdesk.exchange.engine.models import Channel
    from chartdesk.kit.errors import Invalid
    from chartdesk.kit.transactions import transaction

    opened("zz-answers", direction="out", destinations=[out_to("pms")])
    opened("adt", answers_to="zz-answers")
    files.export(subject, tmp_path)
    with transaction(subject):
        Channel.objects.all().delete()
    assert [(one.name, one.state) for one in files.bring_in(subject, tmp_path)] == [
        ("adt", "new"),
        ("zz-answers", "new"),
    ]
    (tmp_path / "zz-answers.json").unlink()
    with transaction(subject):
        Channel.objects.all().delete()
    with pytest.raises(Invalid) as fault:
        files.bring_in(subject, tmp_path)
    assert fault.value.issues[0].startswith("adt.json: answers_to: there is no channel zz-answers.")
