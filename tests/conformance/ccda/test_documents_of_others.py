"""Documents that others test their reader with: HL7's examples, a hospital's, the Department of Veterans Affairs'."""

from __future__ import annotations

import pytest

from chartdesk.standards import ccda
from chartdesk.standards.ccda import oids

#: File → what is in it: problems, allergies, medicines, results, vital signs, immunizations, procedures, encounters.
HELD = {
    "parser-ccda/CCD_1.xml": (2, 3, 1, 1, 2, 4, 3, 1),
    "parser-ccda/CCD_1_withNF.xml": (2, 3, 1, 1, 2, 4, 3, 1),
    "parser-ccda/CCDA_ReferencedValuesSample_v1.xml": (2, 3, 2, 1, 2, 2, 1, 1),
    "parser-ccda/CCDA_NullFlavorSample_v1.xml": (1, 3, 2, 1, 2, 2, 1, 1),
    "parser-ccd/SampleCCDDocument.xml": (5, 3, 5, 2, 2, 4, 1, 1),
    "parser-c32/VA_CCD_Sample_File_Version_12_5_1.xml": (10, 10, 0, 2, 1, 6, 4, 6),
}
_KINDS = ("problems", "allergies", "medications", "results", "vitals", "immunizations", "procedures", "encounters")


@pytest.mark.parametrize("name", HELD)
def test_everything_in_a_document_is_found(papers, name):
    found = ccda.read((papers / "documents" / name).read_bytes())
    assert tuple(len(found.items(kind)) for kind in _KINDS) == HELD[name]
    assert found.patient.name.family and found.patient.birth_date and str(found.custodian)
    assert all(
        "<script" not in section.html and " on" not in section.html.partition(">")[0] for section in found.sections
    )


def test_what_a_document_says(papers):
    found = ccda.read((papers / "documents" / "parser-ccda" / "CCD_1.xml").read_bytes())
    assert [(one.what.words, one.what.code, one.status) for one in found.items("problems")] == [
        ("Pneumonia", "233604007", "resolved"),
        ("Asthma", "195967001", "active"),
    ]
    assert [one.substance.code_in(oids.RXNORM) for one in found.items("allergies")] == ["314422", "2670", "1191"]
    (medicine,) = found.items("medications")
    assert (medicine.drug.words, medicine.frequency) == ("Proventil HFA", "every 6 hours")
    assert found.items("results")[0].observations[0].shown == "13.2 g/dl"


def test_an_allergens_name_is_that_of_its_code(papers):
    """The senders' words point at the reaction: aspirin would be called hives."""
    found = ccda.read((papers / "documents" / "parser-ccda" / "CCD_1.xml").read_bytes())
    assert [one.substance.words.casefold() for one in found.items("allergies")] == [
        "allergenic extract, penicillin",
        "codeine",
        "aspirin",
    ]
