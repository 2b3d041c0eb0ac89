"""``chartdesk x12 check``: findings with line, segment, rule and cure, and an exit status that a script can use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "samples"))

import x12_examples as examples

from chartdesk.app.cli import main
from chartdesk.standards.x12 import claim_837p, eligibility_270, remittance_835, review_278

CLAIM = claim_837p.write(examples.interchange())


def check(folder: Path, *contents: bytes, options: tuple[str, ...] = ()) -> int:
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.x12")
        files[-1].write_bytes(content)
    return main(["x12", "check", *options, *map(str, files)])


def test_a_right_file_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, CLAIM) == 0
    assert capsys.readouterr().out == f"{tmp_path / '0.x12'}: clean: Professional claim (837P)\n"


def test_several_interchanges_of_several_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = (
        CLAIM,
        remittance_835.write(examples.envelope(control=2), [examples.remittance()]),
        eligibility_270.write(examples.envelope(control=3), [examples.inquiry()]),
        review_278.write_requests(examples.envelope(control=4), [examples.review_request()]),
    )
    assert check(tmp_path, b"\n".join(sets)) == 0
    said = capsys.readouterr().out
    for name in ("837P", "835", "270", "278"):
        assert f"({name})" in said


def test_a_finding_has_line_segment_rule_and_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = CLAIM.replace(b"UN*1***1~", b"UN*1***3~", 1).replace(b"~", b"~\r\n")
    assert check(tmp_path, wrong) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        f"{tmp_path / '0.x12'}:27: error: segment 27 SV107-1 in 2400: The line points to diagnosis 3; the claim has 2."
        " Point to a diagnosis of the claim. [pointer]"
    )
    assert said[1] == f"{tmp_path / '0.x12'}: 1 error, 0 warnings: Professional claim (837P)"


def test_lines_are_counted_over_interchanges(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = b"noise\n" + CLAIM + b"\n\n" + CLAIM.replace(b"CLM*A1001*150.5", b"CLM*A1001*150").replace(b"~", b"~\n")
    assert check(tmp_path, wrong) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if "[claim-total]" in line]
    place = wrong[: wrong.index(b"CLM*A1001*150*")].count(b"\n") + 1
    assert [int(line.split(":")[1]) for line in said] == [place]


@pytest.mark.parametrize("content", [b"", b"GS*HC*A~", CLAIM[:-30], CLAIM[:60]])
def test_what_cannot_be_read_exits_with_2(tmp_path: Path, content: bytes) -> None:
    assert check(tmp_path, CLAIM, content) == 2


def test_a_file_that_is_not_there_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["x12", "check", str(tmp_path / "none.x12")]) == 2
    assert "cannot be read: No such file" in capsys.readouterr().out


def test_test_files_may_have_their_npis_and_diagnoses(tmp_path: Path) -> None:
    spoiled = CLAIM.replace(f"XX*{examples.npi(1)}".encode(), b"XX*1234567890").replace(b"ABF:R509", b"ABF:R599")
    assert check(tmp_path, spoiled) == 1
    assert check(tmp_path, spoiled, options=("--test-npis", "--any-diagnosis")) == 0
