"""What is written is read back the same, and holds what the guide demands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.samples import ccda_written as sample

from chartdesk.kit.errors import Invalid
from chartdesk.standards import ccda
from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import Allergy, Coded, Identifier, Medication, Party, Problem, Section, Span

WRITTEN = {"summary": (sample.SUMMARY, ccda.CCD), "referral": (sample.REFERRAL, ccda.REFERRAL_NOTE)}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_header_is_read_back(name):
    given, kind = WRITTEN[name]
    found = ccda.read(ccda.write(given, kind))
    assert found.patient == given.patient
    assert (found.title, found.id, found.at, found.set_id, found.version) == (
        given.title, given.id, given.at, given.set_id, given.version,
    )  # fmt: skip
    assert found.kind.code == kind.loinc and found.care == given.care
    assert found.custodian == given.custodian
    (author,) = found.authors
    assert (author.name, author.organization, author.at) == (
        sample.DOCTOR.name, sample.DOCTOR.organization, sample.DOCTOR.at,
    )  # fmt: skip
    assert [str(one) for one in found.recipients] == [str(one) for one in given.recipients]
    assert found.notes == ()


def _told(coded):
    return coded.words, set(coded.codings)


def test_problems_are_read_back():
    found = ccda.read(ccda.write(sample.SUMMARY)).items("problems")
    assert [(_told(one.what), one.status, one.span.low, one.span.high) for one in found] == [
        (_told(one.what), one.status, one.span.low, one.span.high) for one in sample.PROBLEMS
    ]
    assert str(found[0].author.name) == "Ada Grant MD"


def test_allergies_are_read_back():
    found = ccda.read(ccda.write(sample.SUMMARY)).items("allergies")
    assert [one.substance.words for one in found] == ["penicillin G", "latex", "egg"]
    assert [one.status for one in found] == ["active", "active", "resolved"]
    first = found[0]
    assert [(one.what.words, one.severity) for one in first.reactions] == [("Hives", "severe"), ("itching", "")]
    assert (first.criticality, first.category, first.span.low) == ("high", "medication", "2001")
    assert (found[1].severity, found[2].category) == ("moderate", "food")


def test_medicines_are_read_back():
    found = ccda.read(ccda.write(sample.SUMMARY)).items("medications")
    assert [(one.drug.words, one.status, one.sig) for one in found] == [
        ("lisinopril 10 mg tablet", "active", "Take one tablet daily"),
        ("home remedy", "stopped", "5 mL every 8 hours"),
    ]
    assert found[0].drug.code_in(oids.RXNORM) == "29046"
    assert (found[1].dose, found[1].unit) == ("5", "mL")


def test_results_vitals_and_the_rest_are_read_back():
    found = ccda.read(ccda.write(sample.SUMMARY))
    (panel,) = found.items("results")
    assert [one.shown for one in panel.observations] == ["13.20 g/dL", "yellow", "Positive"]
    assert (panel.observations[0].interpretation, panel.observations[0].range) == ("N", "12 to 15.5 g/dL")
    (signs,) = found.items("vitals")
    assert [(one.what.code, one.quantity, one.unit) for one in signs.observations] == [
        ("8480-6", 128, "mm[Hg]"),
        ("8462-4", 82, "mm[Hg]"),
    ]
    given, refused = found.items("immunizations")
    assert (given.vaccine.code, given.at, given.lot, given.manufacturer, given.refused) == (
        "150", "2026-10-05", "L42", "Acme Vaccines", False,
    )  # fmt: skip
    assert refused.refused and refused.reason.words == "patient objection"
    assert [one.shown for one in found.items("social")] == ["Former smoker", "two a week"]
    (visit,) = found.items("encounters")
    assert visit.what.code == "99213" and [one.what.code_in(oids.ICD10) for one in visit.diagnoses] == ["I10"]
    assert [one.kind for one in found.items("plan")] == ["observation", "procedure", "encounter", "act"]
    assert [one.what.words for one in found.items("procedures")] == ["Electrocardiogram"]
    assert not any(section.unread for section in found.sections)


@pytest.mark.parametrize("name", [*WRITTEN, "bare"])
def test_what_we_write_keeps_our_table_of_the_guide(name):
    given, kind = WRITTEN.get(name, (sample.BARE, ccda.CCD))
    assert ccda.check(ccda.write(given, kind)) == []


def test_a_summary_without_anything_says_that_there_is_no_information():
    found = ccda.read(ccda.write(sample.BARE))
    (none,) = found.items("allergies")
    assert none.none_known
    said = {section.kind: section.null for section in found.sections}
    assert said == {"allergies": "", **dict.fromkeys(("medications", "problems", "results", "vitals", "social"), "NI")}


@pytest.mark.parametrize("category", ["", "medication", "food", "environment"])
def test_none_known_keeps_of_what_it_speaks(category):
    none, denied = Allergy(Coded(), category, none_known=True), Allergy(Coded(text="peanut"), "food", negated=True)
    raw = ccda.write(replace(sample.SUMMARY, sections=(Section("allergies", "A", items=(none, denied)),)))
    first, second = ccda.read(raw).items("allergies")
    assert (first.none_known, first.negated, first.category) == (True, False, category)
    assert (second.none_known, second.negated, second.substance.words) == (False, True, "peanut")
    assert ccda.check(raw) == []


def test_the_same_document_is_written_the_same():
    assert ccda.write(sample.SUMMARY) == ccda.write(sample.SUMMARY)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"recipients": ()}, "a recipient with a name"),
        ({"sections": sample.SECTIONS}, "a reason for the referral"),
        ({"authors": ()}, "an author"),
        ({"custodian": Party()}, "the organization that keeps it"),
        ({"id": Identifier("")}, "an id"),
    ],
)
def test_a_referral_lacks_nothing(change, words):
    with pytest.raises(Invalid, match=words):
        ccda.write(replace(sample.REFERRAL, **change), ccda.REFERRAL_NOTE)


_words = st.text(st.characters(codec="utf-8"), max_size=40)


@given(words=_words, sig=_words, low=st.sampled_from(["", "2020", "2020-02", "2020-02-29"]))
@settings(max_examples=40, deadline=None)
def test_any_words_survive_but_what_xml_cannot_hold(words, sig, low):
    """Whatever somebody typed: the document can be read, and blanks and forbidden characters are all that is lost."""
    items = (Problem(Coded(text=words), span=Span(low)), Problem(Coded("I10", oids.ICD10, words)))
    medicine = Medication(Coded(text=f"x {words}"), sig=sig)
    sections = (Section("problems", "P", items=items), Section("medications", "M", items=(medicine,)))
    raw = ccda.write(replace(sample.SUMMARY, sections=sections))
    etree.fromstring(raw)
    (taken,) = ccda.read(raw).items("medications")
    allowed = "".join(one for one in words if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff"))
    assert taken.drug.words == " ".join(f"x {allowed}".split())
    assert ccda.check(raw) == []
