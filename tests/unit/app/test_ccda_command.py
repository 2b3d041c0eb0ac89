"""``chartdesk ccda``: findings with their lines, what a document holds in words, and exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import ccda_written as sample

from chartdesk.app.cli import main
from chartdesk.standards import ccda

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "ccda"


@pytest.fixture
def written(tmp_path):
    file = tmp_path / "summary.xml"
    file.write_bytes(ccda.write(sample.SUMMARY))
    return file


def test_a_clean_document(written, capsys):
    assert main(["ccda", "check", str(written)]) == 0
    assert capsys.readouterr().out == f"{written}: clean\n"


def test_findings_have_numbers_and_lines(capsys, written):
    broken = written.with_name("broken.xml")
    broken.write_bytes(written.read_bytes().replace(b'<realmCode code="US"/>', b"").replace(b"#problems-1", b"#gone"))
    hospital = SAMPLES / "hospital_transition.xml"
    assert main(["ccda", "check", str(written), str(broken), str(hospital)]) == 1
    said = capsys.readouterr().out
    assert f"{broken}:2: CONF:1198-16791: in the header realmCode is not US." in said
    assert "pointer: Nothing in the narrative has the ID gone." in said
    assert f"{hospital}:194: schema: code stands too late in section." in said


def test_what_cannot_be_read(capsys, tmp_path):
    file = tmp_path / "a.xml"
    file.write_text("PID|1")
    assert main(["ccda", "check", str(file)]) == 2
    assert main(["ccda", "show", str(tmp_path / "absent.xml")]) == 2
    said = capsys.readouterr().out
    assert "cannot be read as XML" in said and "No such file" in said


def test_a_document_in_words(capsys, written):
    assert main(["ccda", "show", str(written)]) == 0
    said = capsys.readouterr().out
    for line in (
        "Patient: Mary Ann Ölander, born 1961-04-02, female",
        "  penicillin G | Hives, itching | severe | active | 2001",
        "  lisinopril 10 mg tablet | Take one tablet daily | active | 2020-02-03 | blood pressure",
        "  Hemoglobin | 13.20 g/dL | N | 12 to 15.5 g/dL | 2026-10-01",
    ):
        assert line in said
