"""Excludes1: which diagnoses a note keeps apart, and that the table is the package's."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from chartdesk.standards.terminology.excludes import excluded

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    ("codes", "pairs"),
    [
        (["E11.9", "E10.9"], [("E11.9", "E10.9")]),
        (["I10", "J02.0", "J36"], [("J02.0", "J36")]),
        (["M54.50", "M54.41"], [("M54.50", "M54.41")]),
        (["Z86.11", "B90.9"], [("Z86.11", "B90.9")]),
        (["T48.0X5A", "T38.5X5A"], [("T48.0X5A", "T38.5X5A")]),
        (["E11.9", "E11.65"], []),
        (["J02.0", "R05.1"], []),
        (["I10"], []),
        ([], []),
        (["E119", "E109"], [("E119", "E109")]),
        (["nonsense", "E11.9"], []),
    ],
)
def test_which_are_kept_apart(codes, pairs):
    assert [(one.first, one.second) for one in excluded(codes)] == pairs


def test_the_note_is_told():
    (found,) = excluded(["E11.9", "E10.9"])
    assert (found.under, found.words) == ("E11", "type 1 diabetes mellitus (E10.-)")


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("peritonsillar abscess (J36)", ["J36"]),
        ("influenza (J09.X2, J10.1, J11.1)", ["J09X2", "J101", "J111"]),
        ("sequelae (B90-B94)", ["B90-B94"]),
        ("poisoning by estrogens (T38.4-T38.6)", ["T384-T386"]),
        ("lumbago with sciatica (M54.4-)", ["M544"]),
        ("angiostrongyliasis due to:", []),
    ],
)
def test_codes_are_read_out_of_a_note(note, named):
    assert runpy.run_path(str(ROOT / "tools/generate_excludes.py"))["targets"](note) == named


def test_the_table_is_the_package_s():
    generator = runpy.run_path(str(ROOT / "tools/generate_excludes.py"))
    assert generator["TARGET"].read_text(encoding="utf-8") == generator["table"]()
