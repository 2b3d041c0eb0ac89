"""The reader takes what senders send: any separators, any block size, and says what was odd."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import x12_examples as examples

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import claim_837p, reader
from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.segments import Separators

CLAIM = claim_837p.write(examples.interchange())


def read(content: bytes) -> tuple[list[list[str]], list[str]]:
    notes: list[Finding] = []
    rows = [list(one.elements) for one in reader.segments(content, notes.append)]
    return rows, [note.rule for note in notes]


def test_segments_are_numbered_from_one() -> None:
    found = list(reader.segments(CLAIM))
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert (found[0].tag, found[-1].tag) == ("ISA", "IEA")


@pytest.mark.parametrize("size", [1, 7, 106, 107, 400, 5000])
def test_the_block_size_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(CLAIM + CLAIM)
    monkeypatch.setattr(reader, "BLOCK", size)
    assert read(CLAIM + CLAIM) == expected


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        (lambda text: text.replace(b"~", b"~\r\n"), []),
        (lambda text: text.replace(b"~", b"~\n"), []),
        (lambda text: text.replace(b"~", b"\n"), []),
        (lambda text: text.replace(b"~", b"\r\n"), []),
        (lambda text: text.rstrip(b"~"), ["terminator"]),
        (lambda text: text + b"\r\n\r\n", []),
        (lambda text: b"\xef\xbb\xbf" + text, ["byte-order-mark"]),
        (lambda text: b"HTTP says hello\r\n" + text, ["text-before"]),
        (lambda text: text + b"and goodbye", ["text-after"]),
        (lambda text: text.replace(b"*", b"|").replace(b":", b">"), []),
        (lambda text: text.replace(b"ISA*", b"isa*").replace(b"CLM*", b"clm*"), ["lower-case"]),
    ],
)
def test_what_senders_do_is_read(change: object, notes: list[str]) -> None:
    rows, told = read(change(CLAIM))  # type: ignore[operator]
    assert [row[0].upper() for row in rows] == [row[0] for row in read(CLAIM)[0]]
    assert len(rows[-1]) == 3
    assert told == notes


def test_each_interchange_has_separators_of_its_own() -> None:
    other = claim_837p.write(examples.interchange(separators=Separators("|", "+", ">", "\n")))
    found = list(reader.segments(CLAIM + other))
    assert {one.separators.element for one in found} == {"*", "|"}
    claims = [one for one in found if one.tag == "CLM"]
    assert [one.part(5, 3) for one in claims] == ["1", "1"]


def test_bytes_that_are_not_utf8_are_read_as_windows_latin() -> None:
    assert read(CLAIM.replace(b"ANNA", b"ANN\xc9"))[0] == read(CLAIM.replace(b"ANNA", "ANNÉ".encode()))[0]


def test_a_path_and_an_open_file_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "claims.x12"
    path.write_bytes(CLAIM)
    expected = [one.elements for one in reader.segments(CLAIM)]
    assert [one.elements for one in reader.segments(path)] == expected
    assert [one.elements for one in reader.segments(io.BytesIO(CLAIM))] == expected


def test_an_isa_of_the_wrong_width_is_read_and_reported() -> None:
    rows, told = read(CLAIM.replace(b"RIVERCLINIC    ", b"RIVERCLINIC", 1))
    assert len(rows) == len(read(CLAIM)[0])
    assert told == ["isa-width"]


def test_a_name_that_ends_like_a_trailer_does_not_end_the_interchange() -> None:
    rows, _ = read(CLAIM.replace(b"WALKER*ANNA", b"WALKER*MARIEA"))
    assert len(rows) == len(read(CLAIM)[0])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"GS*HC*A*B~ST*837*1~", "no ISA segment; it begins with 'GS\\*HC\\*A\\*B~ST'"),
        (CLAIM[:60], "The ISA .segment 1. has 8 elements instead of 16"),
        (CLAIM[: CLAIM.index(b"CLM*") + 9], "The file ends inside segment 22, CLM"),
        (b"%PDF-1.4 not a claim", "begins with '%PDF-1.4 not'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        list(reader.segments(content))


def test_a_file_cut_between_segments_is_refused_with_its_place() -> None:
    cut = CLAIM[: CLAIM.index(b"HI*")]
    with pytest.raises(Invalid, match="The file ends after segment 22, CLM, inside set 0001"):
        claim_837p.read(cut)


def test_only_one_block_is_held_at_a_time() -> None:
    class Endless(io.RawIOBase):
        """A file of many gigabytes, made as it is read."""

        taken = 0

        def read(self, size: int = -1) -> bytes:
            self.taken += 1
            return CLAIM * 20

    source = Endless()
    stream = reader.segments(source)  # type: ignore[arg-type]
    for _ in range(5000):
        next(stream)
    assert source.taken < 12
