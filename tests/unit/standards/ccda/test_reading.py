"""Documents in the manner of different senders: what they say is found wherever they put it."""

from __future__ import annotations

import base64
import contextlib
import copy
import random
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from chartdesk.kit.errors import Invalid
from chartdesk.standards import ccda
from chartdesk.standards.ccda import oids, values

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "ccda"


def _read(name: str):
    return ccda.read((SAMPLES / f"{name}.xml").read_bytes())


@pytest.fixture(scope="module")
def hospital():
    return _read("hospital_transition")


def test_the_header_of_a_hospital(hospital):
    patient = hospital.patient
    assert (str(patient.name), patient.birth_date, patient.gender) == ("Ivy Rose Moss", "1980-05-04", "female")
    assert patient.address.postal_code == "43215" and patient.telecoms == ("tel:(614) 555-0146",)
    assert [str(one) for one in patient.identifiers] == ["88106 (2.16.840.1.113883.19.7.1)"]
    assert [str(one) for one in hospital.authors] == ["Lakeside Document Generator"]
    assert hospital.custodian.organization == "Lakeside Hospital"
    assert hospital.at == "2026-07-17T11:44:46-05:00" and hospital.care.low == "2026-07-10T21:44:00-05:00"


def test_problems_of_one_concern_without_a_concern_in_words_and_denied(hospital):
    angina, pressure, pneumonia, diabetes = hospital.items("problems")
    assert angina.what.words == "Exercise-induced angina" and angina.what.code_in(oids.ICD10) == "I20.89"
    assert angina.what.code_in(oids.SNOMED) == "194828000" and angina.status == "active"
    assert pressure.what.words == "Hypertensive disorder" and pressure.what.code_in(oids.ICD10) == "I10"
    assert pressure.span.low == "2019" and pressure.what.text == "High blood pressure"
    assert (pneumonia.what.words, pneumonia.status, pneumonia.span.high) == ("Pneumonia", "resolved", "2024-01-20")
    assert diabetes.negated
    section = next(one for one in hospital.sections if one.kind == "problems")
    assert section.unread == 1 and "Ruled out" in section.text


def test_the_name_of_an_allergens_code_goes_before_words_that_point_at_the_reaction(hospital):
    penicillin, bee = hospital.items("allergies")
    assert penicillin.substance.words == "Penicillin" and penicillin.category == "medication"
    assert [(one.what.words, one.severity) for one in penicillin.reactions] == [("Hives", "severe")]
    assert penicillin.status == "active" and penicillin.span.low == "2007-05-01"
    assert bee.substance.words == "Bee sting"


def test_a_medicine_with_its_times_and_instruction(hospital):
    (one,) = hospital.items("medications")
    assert one.drug.words == "lisinopril 20 MG Oral Tablet" and one.drug.text == "lisinopril 20 mg tablet"
    assert (one.sig, one.frequency, one.dose, one.unit) == ("1 tablet by mouth every day", "every 24 hours", "1", "")
    assert (one.route.words, one.span.low, one.status) == ("ORAL", "2026-07-15", "active")


def test_a_section_within_another_is_read_too(hospital):
    assert [(one.title, one.depth) for one in hospital.sections][-2:] == [("Hospital Course", 0), ("Vital Signs", 1)]
    (panel,) = hospital.items("vitals")
    systolic, pain = panel.observations
    assert (systolic.quantity, systolic.unit, systolic.interpretation) == (Decimal(150), "mm[Hg]", "H")
    assert systolic.range == "90 to 140 mm[Hg]" and (pain.what.words, pain.shown) == ("Pain", "4 to 6")


def test_no_templates_a_prefix_latin_1_and_a_name_in_one_text():
    found = _read("clinic_bare")
    assert str(found.patient.name) == "IVY MOSS" and [str(one) for one in found.authors] == ["José Muñoz"]
    assert (found.at, found.title) == ("2026-09", "Referral note")
    assert [one.kind for one in found.sections] == ["referral", "allergies", "medications", ""]
    (none,) = found.items("allergies")
    assert none.none_known
    (one,) = found.items("medications")
    assert (one.drug.words, one.sig, one.span.low) == ("Ibuprofen", "Ibuprofen 400 mg as needed", "2026-08-01")
    assert found.sections[3].html == "Pain since June."


def test_the_templates_of_an_older_guide_and_codes_that_are_none():
    found = _read("registry_c32")
    (allergy,) = found.items("allergies")
    assert allergy.substance.words == "CODEINE" and [one.what.words for one in allergy.reactions] == ["URTICARIA"]
    (problem,) = found.items("problems")
    assert problem.what.codings == ((oids.ICD9, "401.9"),) and problem.status == "inactive"
    (one,) = found.items("medications")
    assert (one.drug.words, one.status, one.frequency, one.dose) == ("codeine 30 mg", "stopped", "at bedtime", "1")
    assert [str(one) for one in found.authors] == ["State Registry"]
    assert str(found.patient.name) == "Ivy Moss"


def test_a_scanned_letter_in_a_wrapper_without_a_namespace():
    found = _read("scanned_letter")
    assert found.attached and found.attached.media_type == "application/pdf"
    assert found.attached.content.startswith(b"%PDF-1.4") and found.sections == ()
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"PID|1", "cannot be read as XML"),
        (b"<a/>", "no ClinicalDocument"),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'><component/></ClinicalDocument>", "no body"),
        (
            b"<ClinicalDocument xmlns='urn:hl7-org:v3'><component><structuredBody/></component></ClinicalDocument>",
            "no patient",
        ),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><ClinicalDocument>&b;</ClinicalDocument>', "not safe"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><ClinicalDocument/>', "not safe"),
        (b"<ClinicalDocument>" + b"<a>" * 300 + b"</a>" * 300 + b"</ClinicalDocument>", "cannot be read|no body"),
    ],
)
def test_what_is_no_document_is_refused_in_words(raw, words):
    with pytest.raises(Invalid, match=words):
        ccda.read(raw)


def test_an_entity_in_another_encoding_is_refused_too():
    raw = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><ClinicalDocument/>'.encode("utf-16")
    with pytest.raises(Invalid, match="not safe"):
        ccda.read(raw)


def _whole(text: str) -> bytes:
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient><name><family>A</family></name>'
        "</patient></patientRole></recordTarget><component><structuredBody><component><section><title>T</title>"
        f"<text>{text}</text></section></component></structuredBody></component></ClinicalDocument>"
    ).encode()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>x", "x"),
        ('<linkHtml href="javascript:alert(1)">y</linkHtml>', "<span>y</span>"),
        ('<paragraph onclick="a()" styleCode="x">&lt;b&gt;</paragraph>', "<p>&lt;b&gt;</p>"),
        ('<renderMultiMedia referencedObject="M"><caption>c</caption></renderMultiMedia>z', "z"),
        ('<content styleCode="Bold xEmph">a</content>', "<strong>a</strong>"),
        ('<list listType="ordered"><item>1</item></list>', "<ol><li>1</li></ol>"),
        ('<table><tr><td colspan="2" rowspan="x">a</td></tr></table>', None),
        ('<iframe src="http://127.0.0.1"/><style>*{}</style>', ""),
        ("a<br/>b<sup>2</sup>", "a<br>b<sup>2</sup>"),
        ("<unknown><paragraph>kept</paragraph></unknown>", "<p>kept</p>"),
    ],
)
def test_a_narrative_is_shown_without_what_acts(text, html):
    found = ccda.read(_whole(text)).sections[0].html
    expected = '<table class="table table-sm table-vcenter"><tr><td colspan="2">a</td></tr></table>'
    assert found == (expected if html is None else html)


def test_what_is_forgiven_is_said():
    found = ccda.read(_whole("caf&eacute; &amp; bar"))
    assert found.sections[0].text == "café & bar" and "HTML" in found.notes[0]
    wrong = b'<?xml version="1.0" encoding="UTF-8"?>' + _whole("caf\u00e9").replace("é".encode(), b"\xe9")
    found = ccda.read(wrong)
    assert found.sections[0].text == "café" and "Windows-1252" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", "2026"),
        ("202609", "2026-09"),
        ("20260930", "2026-09-30"),
        ("202609300915", "2026-09-30T09:15:00"),
        ("202609300915-0500", "2026-09-30T09:15:00-05:00"),
        ("20260930091501.123+0000", "2026-09-30T09:15:01+00:00"),
        ("20260930000000", "2026-09-30T00:00:00"),
        ("2026-09-30", "2026-09-30"),
        ("20260000", "2026"),
        ("00000000", ""),
        ("20261345", ""),
        ("20260230", ""),
        ("2026-02-30", ""),
        ("yesterday", ""),
        ("20260015", "2026"),
        ("20260930256100", "2026-09-30"),
        ("20260930091575", "2026-09-30"),
        ("202609300915+9900", "2026-09-30"),
        ("2026-09-30T25:00:00", "2026-09-30"),
        ("2026-09-30T09:15:01.123456789012-05:00", "2026-09-30T09:15:01-05:00"),
    ],
)
def test_times(text, moment):
    assert values.moment(text) == moment


def test_a_document_is_known_by_its_head():
    assert ccda.looks_like((SAMPLES / "clinic_bare.xml").read_bytes())
    assert ccda.looks_like((SAMPLES / "scanned_letter.xml").read_bytes())
    assert not ccda.looks_like(b"%PDF-1.4") and not ccda.looks_like(b"<Bundle xmlns='http://hl7.org/fhir'/>")


def test_a_document_that_comes_alone_is_the_message_that_brings_it():
    from chartdesk.standards.hl7v2 import Message
    from chartdesk.standards.hl7v2.clinical_views import OBX, TXA
    from chartdesk.standards.hl7v2.views import PID

    raw = (SAMPLES / "hospital_transition.xml").read_bytes()
    message = Message(ccda.carried(raw), "utf-8")
    assert message.header.get(9) == "MDM^T02^MDM_T02" and message.control_id
    assert Message(ccda.carried(raw), "utf-8").control_id == message.control_id
    (number,) = PID.first(message).identifiers
    assert (number.id, number.authority.universal_id) == ("88106", "2.16.840.1.113883.19.7.1")
    document = TXA.first(message)
    assert (document.id.id, document.title, document.completion) == ("280004", "Transition of Care", "AU")
    assert base64.b64decode(OBX.first(message).attachment[3]) == raw


def test_what_was_damaged_is_read_or_refused_in_words():
    """Elements and attributes go missing, come twice, change their names: nothing but a refusal comes of it."""
    dice = random.Random(20261122)
    documents = [file.read_bytes() for file in sorted(SAMPLES.glob("*.xml"))]
    junk = ("", "0", "x", "-1", "20261399", "٣", "#", "#x", "1e999", "NaN", " ", "2.16.840.1.113883.6.96")
    read = 0
    for _ in range(40):
        root = etree.fromstring(dice.choice(documents))
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        for _ in range(dice.randint(1, 12)):
            node, how = dice.choice(nodes[1:]), dice.randint(0, 4)
            if how == 0 and node.getparent() is not None:
                node.getparent().remove(node)
            elif how == 1 and node.getparent() is not None:
                node.getparent().append(copy.deepcopy(node))
            elif how == 2 and node.attrib:
                node.set(dice.choice(sorted(node.attrib)), dice.choice(junk))
            elif how == 3:
                node.text = dice.choice(junk)
            else:
                node.tag = dice.choice(nodes).tag
        with contextlib.suppress(Invalid):
            raw = etree.tostring(root)
            ccda.read(raw)
            ccda.check(raw)
            read += 1
    assert read > 20


def test_an_attached_body_that_is_not_base64_is_told_as_such():
    raw = (SAMPLES / "scanned_letter.xml").read_bytes()
    start = raw.index(b">", raw.index(b"B64")) + 1
    with pytest.raises(Invalid, match="not base64"):
        ccda.read(raw[:start] + "é".encode() + raw[start:])
