"""``chartdesk import-tables`` as a program: what it takes, what it lists, where the refused lines are."""

from __future__ import annotations

import csv

from tests.unit.app.test_command_line import run
from tests.unit.pms.edits import files


def test_tables_are_imported_listed_and_refused_lines_told(practice, tmp_path):
    pairs = files.packed(tmp_path, "medicare-ncci.zip", {"ccipra-v320r0-f1.TXT": files.PAIRS.replace("1000", "4000")})
    letter = files.write(tmp_path, "letter.txt", "Dear reader,\nthis is a letter.\n")
    report = tmp_path / "refused.csv"
    done = run("import-tables", str(pairs), "--report", str(report))
    assert done.returncode == 1, done.stderr
    assert "NCCI pairs (PTP): 4 lines, 4 new or changed, 4 refused" in done.stdout
    rows = list(csv.reader(report.open()))
    assert [row[:3] for row in rows[:2]] == [
        ["file", "line", "reason"],
        ["ccipra-v320r0-f1.TXT", "11", "4000X2 is not a CPT or HCPCS code"],
    ]
    listed = run("import-tables")
    assert listed.returncode == 0
    assert "NCCI pairs (PTP)" in listed.stdout
    refused = run("import-tables", str(letter))
    assert refused.returncode == 2
    assert "No headings of a known table stand in letter.txt" in refused.stderr


def test_one_file_that_cannot_be_read_does_not_hold_up_the_others(practice, tmp_path):
    whole = files.packed(tmp_path, "ncci.zip", {"ccipra-v320r0-f2.TXT": files.PAIRS.replace("1000", "5000")})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:200])
    done = run("import-tables", str(cut), str(whole), "--report", str(tmp_path / "refused.csv"))
    assert done.returncode == 2
    assert "cut.zip is not a ZIP that can be read" in done.stderr
    assert "NCCI pairs (PTP): 4 lines, 4 new or changed" in done.stdout
