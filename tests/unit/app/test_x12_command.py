"""``chartdesk x12 check``: findings with line, segment, rule and cure, and an exit status that a script can use."""

from __future__ import annotations

import os
import subprocess
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


#: What comes from a disk or a partner: the file, its status, and the words that the first line must hold.
ARRIVED = {
    "nothing": (b"", 2, "The file is empty"),
    "pictures": (bytes(range(256)) * 40, 2, "no ISA segment"),
    "two bytes a character": (CLAIM.decode().encode("utf-16"), 2, "UTF-16"),
    "half": (CLAIM[: len(CLAIM) // 2], 2, "cut off on its way"),
    "no terminators": (CLAIM.replace(b"~", b""), 2, "does not tell its separators"),
    "a segment without end": (CLAIM.replace(b"WALKER", b"W" * 3_000_000), 2, "has no end"),
    "a very long name": (CLAIM.replace(b"WALKER", b"W" * 300_000), 1, "300000 characters"),
    "a byte order mark": (b"\xef\xbb\xbf" + CLAIM, 1, "byte order mark"),
    "lower case": (CLAIM.lower(), 1, "lower case"),
    "Windows Latin": (CLAIM.replace(b"WALKER", b"M\xdcLLER"), 1, "outside the X12 character set"),
    "escape sequences": (CLAIM.replace(b"A1001", b"A\x1b[31m1"), 1, "outside the X12 character set"),
    "numbers too long": (CLAIM.replace(b"SE*32", b"SE*" + b"9" * 5000), 1, "there are 32"),
    "no number at all": (CLAIM.replace(b"CLM*A1001*150.5", b"CLM*A1001*9E999999"), 1, "no number"),
    "no last terminator": (CLAIM.rstrip(b"~"), 1, "no terminator"),
    "the same again": (CLAIM * 2, 1, "used before"),
    "line breaks of Windows": (CLAIM.replace(b"~", b"~\r\n"), 0, "clean"),
    "other separators": (CLAIM.replace(b"*", b"|").replace(b":", b">").replace(b"~", b"\n"), 0, "clean"),
}


@pytest.mark.parametrize("name", ARRIVED)
def test_whatever_arrives_is_told_in_words(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    content, status, words = ARRIVED[name]
    assert check(tmp_path, content) == status
    said = capsys.readouterr().out
    assert words in said and said.replace("\n", "").isprintable()


def test_an_answer_of_a_278_is_called_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, review_278.write_responses(examples.envelope(), [examples.review_response()])) == 0
    assert "clean: Services review answer (278)" in capsys.readouterr().out


def test_output_that_nobody_reads_to_its_end(tmp_path: Path) -> None:
    """Behind ``head`` the command ends quietly; where the terminal has few characters the others are spelled out."""
    file = tmp_path / "wrong.x12"
    file.write_bytes(CLAIM.replace(b"WALKER", "WÄLKER".encode()).replace(b"DTP*472*D8*2026", b"DTP*472*D8*20") * 300)
    command = [sys.executable, "-c", "import sys; from chartdesk.app.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "x12", "check", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.wait(60) == 1
        assert running.stderr.read() == b""
    file.write_bytes(b"W\xc3\x84LTER " + CLAIM)
    told = subprocess.run(
        [*command, "x12", "check", str(file), str(tmp_path / "Ä.x12")],
        capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False,
    )  # fmt: skip
    assert told.returncode == 2 and told.stderr == b"" and b"\\xc4.x12: cannot be read" in told.stdout
