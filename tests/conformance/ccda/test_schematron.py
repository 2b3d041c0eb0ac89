"""What we write, held against HL7's schematron; and our own table of demands, held against it too."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.samples import ccda_written as sample

from chartdesk.standards import ccda
from chartdesk.standards.ccda.shalls import EVERYTHING

WRITTEN = {
    "summary": (sample.SUMMARY, ccda.CCD),
    "referral": (sample.REFERRAL, ccda.REFERRAL_NOTE),
    "bare": (sample.BARE, ccda.CCD),
}
_V3 = "{urn:hl7-org:v3}"
#: What is taken out of a document → the demand that both then miss.
BROKEN = {
    "realmCode": "1198-16791",
    "title": "1198-5254",
    "languageCode": "1198-5372",
    "recordTarget/patientRole/telecom": "1198-5280",
    "recordTarget/patientRole/patient/raceCode": "1198-5322",
    "recordTarget/patientRole/patient/birthTime": "1198-5298",
    "author/assignedAuthor/telecom": "1198-5428",
    "custodian/assignedCustodian/representedCustodianOrganization/name": "1198-5524",
    "documentationOf/serviceEvent/effectiveTime/high": "1198-8455",
    "component/structuredBody/component/section/title": "1198-7534",
    "component/structuredBody/component/section/entry/act/effectiveTime/low": "1198-9032",
    "component/structuredBody/component/section/entry/substanceAdministration/doseQuantity": "1098-7516",
    "component/structuredBody/component/section/entry/substanceAdministration/consumable": "1098-7520",
    "component/structuredBody/component/section/entry/organizer/component/observation/value": "1198-7143",
    "component/structuredBody/component/section/entry/organizer/component/observation/statusCode": "1098-19119",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_we_write_meets_every_demand(schematron, name):
    given, kind = WRITTEN[name]
    assert schematron.faults(ccda.write(given, kind)) == []


@pytest.mark.parametrize("path", BROKEN)
def test_both_miss_what_is_taken_out(schematron, path):
    root = etree.fromstring(ccda.write(sample.SUMMARY))
    for node in root.findall("/".join(f"{_V3}{name}" for name in path.split("/"))):
        node.getparent().remove(node)
    raw = etree.tostring(root)
    number = BROKEN[path]
    assert number in {one.number for one in ccda.check(raw)}
    assert any(one.startswith(number) for one in schematron.faults(raw))


def test_our_table_names_demands_that_there_are(schematron):
    known = {
        number.removesuffix("-c")
        for rules in schematron.patterns
        for _, _, assertions in rules
        for number, _, _ in assertions
    }
    ours = {row.number for context in EVERYTHING for row in context.rows}
    assert ours - known == set()
