"""Orders out, results and documents in, over the engine: as laboratories of different habits send them."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

import pytest
from tests.unit.exchange.halves.pair import NPI, Half

from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.clinical_views import OBR, ORC, RXA

PDF = base64.b64encode(b"%PDF-1.7\n" + b"y" * 400).decode()


def outgoing(name: str, options):
    """A channel of ours to a partner."""
    from chartdesk.exchange.engine.documents import ChannelDocument, Destination, FolderTarget

    partner = Destination(name="partner", transport=FolderTarget(path="nowhere"))
    return ChannelDocument(name=name, direction="out", options=options, destinations=[partner])


@pytest.fixture
def clinic(halves) -> Half:
    """A practice whose laboratory takes orders over HL7, with a catalog."""
    from chartdesk.ehr.orders import catalog
    from chartdesk.exchange.engine import steering
    from chartdesk.exchange.engine.documents import ChannelDocument, Destination, HttpsSource, RecordTarget

    half = halves("unified")
    record = Destination(name="record", transport=RecordTarget())
    steering.save(half.subject, ChannelDocument(name="letters", source=HttpsSource(), destinations=[record]))
    options = {"clinical": {"receiving_application": "LIS", "receiving_facility": "LAKESIDE"}}
    steering.save(half.subject, outgoing("lab", options))
    steering.save(half.subject, outgoing("registry", {}))
    catalog.begin(half.subject, performer="Lakeside Lab", channel="lab")
    catalog.decide(half.subject, catalog.Days(registry="registry"))
    return half


def mrn(half: Half, patient: str) -> str:
    from chartdesk.pms.registration import queries as registration

    return registration.patient(half.subject, patient).mrn


def authority(half: Half) -> str:
    from chartdesk.record.identities.identifiers import own_authority

    return own_authority(half.subject)


def order(half: Half, patient: str, item: str = "bmp", **asked) -> str:
    from chartdesk.ehr.orders import commands

    wanted = commands.NewOrder(item, diagnoses=(("E11.9", ""),), **asked)
    return commands.order(half.clinician, patient, wanted)


def oru(half: Half, patient: str, *lines: str, control: str = "1", status: str = "F", **change: str) -> bytes:
    """A result as a laboratory sends it; ``lines`` follow the OBR."""
    facts = {
        "pid": f"{patient}^^^{authority(half)}^MR" if patient else "",
        "name": "Ash^Ida",
        "born": "19800506",
        "placer": "",
        "filler": "F1",
        "provider": f"{NPI}^Reed^Ana^^^^^^NPI^L^^^NPI",
        "at": "20260302083000",
        "code": "24321-2^Basic metabolic panel^LN^BMP^Basic^L",
        "event": "ORU^R01^ORU_R01",
        **change,
    }
    obr = f"OBR|1|{facts['placer']}|{facts['filler']}^LIS|{facts['code']}|||20260302080000|||||||||"
    obr += f"{facts['provider']}||||||{facts['at']}||LAB|{status}"
    body = [
        f"MSH|^~\\&|LIS|LAKESIDE|CHARTDESK|HALF|{facts['at']}||{facts['event']}|{control}|P|2.5.1|||||||UNICODE UTF-8",
        f"PID|1||{facts['pid']}||{facts['name']}||{facts['born']}|F",
        f"ORC|RE|{facts['placer']}|{facts['filler']}^LIS",
        obr,
        *lines,
    ]
    return ("\r".join(body) + "\r").encode()


def results_of(half: Half, patient: str):
    from chartdesk.ehr.orders import queries

    return [queries.result(half.clinician, row.pk) for row in queries.of_patient(half.clinician, patient)]


def test_an_order_goes_out_and_its_result_comes_back(clinic):
    patient = clinic.register("Ash", ssn="219091234")
    clinic.insure(patient)
    request = order(clinic, patient, priority="stat", note="Fasting|12 h")
    clinic.deliver()
    (raw,) = clinic.said()
    sent = Message(raw)
    assert sent.type == "OML^O21" and (sent.get("MSH-5"), sent.get("MSH-6")) == ("LIS", "LAKESIDE")
    orc, obr = ORC.first(sent), OBR.first(sent)
    assert orc is not None and obr is not None
    assert (orc.control, orc.placer_id.namespace, sent.get("TQ1-9.1")) == ("NW", authority(clinic), "S")
    assert (obr.service.code, obr.service.system, obr.providers[0].id) == ("24321-2", "LN", NPI)
    assert (sent.get("DG1-3.1"), sent.get("NTE-3"), sent.get("IN1-36")) == ("E11.9", "Fasting|12 h", "M000001")
    assert sent.get("PID-3.1") == mrn(clinic, patient)
    assert sent.get("GT1-3.1") and b"219091234" not in raw
    placer = obr.segment.raw(2)
    lines = [
        "OBX|1|NM|2823-3^Potassium^LN||6.8|mmol/L^^UCUM|3.5-5.1|HH|||F|||20260302080000",
        "NTE|1||Repeated.",
        "OBX|2|SN|2951-2^Sodium^LN||>^150|mmol/L|136-145||||F",
        "OBX|3|ST|13457-7^LDL^LN||99|mg/dL|<100||||F",
        "OBX|4|CWE|882-1^Blood type^LN||A^A positive^L||||||F",
        f"OBX|5|ED|PDF^Report^L||LIS^application^pdf^Base64^{PDF}||||||F",
    ]
    (message,) = clinic.hear([oru(clinic, mrn(clinic, patient), *lines, placer=placer)])
    assert (message.status, message.outcome, message.reason) == ("applied", "applied", "")
    (found,) = results_of(clinic, patient)
    assert found.row.order == request and found.row.level == 2 and found.row.practitioner == clinic.practitioner
    said = {one.name: (one.said, one.flag) for one in found.values}
    assert said == {
        "Potassium": ("6.8 mmol/L", "HH"),
        "Sodium": (">150 mmol/L", "H"),
        "LDL": ("99 mg/dL", "N"),
        "Blood type": ("A positive", ""),
    }
    assert found.values[0].notes == ["Repeated."] and found.documents[0].media_type == "application/pdf"
    assert found.order is not None and found.order.status == "completed"


def test_an_order_taken_back_is_told(clinic):
    from chartdesk.ehr.orders import commands

    patient = clinic.register("Ash")
    request = order(clinic, patient)
    commands.cancel(clinic.clinician, request, "Entered twice.")
    clinic.deliver()
    placed, cancelled = map(Message, clinic.said())
    assert (placed.get("ORC-1"), cancelled.get("ORC-1")) == ("NW", "CA")
    assert placed.get("ORC-2.1") == cancelled.get("ORC-2.1")
    order(clinic, patient, item="cardio")
    clinic.deliver()
    assert clinic.said() == []


def test_a_partner_who_takes_orm(clinic):
    from chartdesk.exchange.engine import steering

    steering.save(clinic.subject, outgoing("lab", {"clinical": {"order_message": "ORM^O01"}}))
    order(clinic, clinic.register("Ash"))
    clinic.deliver()
    sent = Message(clinic.said()[0])
    assert (sent.type, sent.get("OBR-27.6"), sent.first("TQ1")) == ("ORM^O01", "R", None)


def test_what_the_laboratory_says_of_an_order(clinic):
    from chartdesk.ehr.orders import queries

    request = order(clinic, clinic.register("Ash"))
    number = queries.order(clinic.clinician, request).row.number
    head = "MSH|^~\\&|LIS|LAKESIDE|||20260302090000||{0}|{1}|P|2.5.1\rMSA|AA|1\r"
    taken = head.format("ORL^O22", 5) + f"ORC|OK|{number}|F77^LIS\r"
    refused = head.format("ORL^O22", 6) + f"ORC|UA|{number}|F77^LIS\r"
    clinic.hear([taken.encode()])
    row = queries.order(clinic.clinician, request).row
    assert (row.filler, row.status) == ("F77", "active")
    clinic.hear([refused.encode()])
    assert queries.order(clinic.clinician, request).row.status == "revoked"


def test_preliminary_final_corrected_and_the_same_again(clinic):
    patient = clinic.register("Ash")
    number = mrn(clinic, patient)
    value = "OBX|1|NM|2823-3^Potassium^LN||{0}|mmol/L|3.5-5.1||||{1}"
    states = [("4.1", "P", "20260302083000"), ("4.2", "F", "20260302093000"), ("5.9", "C", "20260302103000")]
    raws = [
        oru(clinic, number, value.format(said, status), control=str(place), status=status, at=at)
        for place, (said, status, at) in enumerate(states)
    ]
    clinic.hear(raws)
    (found,) = results_of(clinic, patient)
    assert (found.row.status, found.values[0].said, found.values[0].before) == ("corrected", "5.9 mmol/L", "4.2 mmol/L")
    (late,) = clinic.hear([oru(clinic, number, value.format("4.2", "F"), control="9", at="20260302093000")])
    assert late.outcome == "ignored" and "later state" in late.reason
    (again,) = clinic.hear([raws[2].replace(b"|2|P|", b"|77|P|")])
    assert again.outcome == "ignored"
    assert results_of(clinic, patient)[0].values[0].said == "5.9 mmol/L"


def test_text_by_lines_and_two_reports_in_one_message(clinic):
    patient = clinic.register("Ash")
    lines = [
        "OBX|1|TX|18782-3^Chest X-ray^LN||FINDINGS: Clear lungs.||||||F",
        "OBX|2|TX|18782-3^Chest X-ray^LN||\\H\\IMPRESSION\\N\\: Normal.||||||F",
        "OBR|2||F2^LIS|57021-8^CBC^LN|||20260302080000|||||||||||||||20260302083000||LAB|F",
        "OBX|1|NM|718-7^Hemoglobin^LN||13.2|g/dL|12-16||||F",
    ]
    clinic.hear([oru(clinic, mrn(clinic, patient), *lines, code="36643-5^Chest X-ray^LN")])
    found = {one.row.name: one for one in results_of(clinic, patient)}
    assert found["Chest X-ray"].values[0].said == "FINDINGS: Clear lungs.\nIMPRESSION: Normal."
    assert found["CBC"].values[0].said == "13.2 g/dL"


def test_a_result_for_nobody_waits_until_somebody_says_who_it_is(clinic):
    from chartdesk.record.identities import unmatched

    patient = clinic.register("Ash")
    raw = oru(clinic, "", "OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L", pid="L-77^^^LAKESIDE^PI")
    (message,) = clinic.hear([raw])
    assert message.status == "held" and "L-77" in message.reason
    (waiting,) = unmatched.waiting(clinic.subject, "Patient")
    assert "Ash, Ida" in waiting.words
    unmatched.match(clinic.desk, waiting.pk, patient)
    clinic.deliver()
    clinic.hear([])
    (found,) = results_of(clinic, patient)
    assert found.values[0].said == "4.1 mmol/L"


def test_a_result_that_names_our_order_and_its_patient_needs_no_number(clinic):
    from chartdesk.ehr.orders import queries

    patient = clinic.register("Ash")
    placer = queries.order(clinic.clinician, order(clinic, patient)).row.number
    value = "OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L"
    wrong = oru(clinic, "", value, pid="L-1^^^LAKESIDE", placer=placer, name="Elm^Ida")
    right = oru(clinic, "", value, pid="L-2^^^LAKESIDE", placer=placer, control="2")
    assert [one.status for one in clinic.hear([wrong, right])] == ["held", "applied"]
    assert len(results_of(clinic, patient)) == 1


def test_an_unknown_clinician_is_mapped_and_never_guessed(clinic):
    from chartdesk.record.identities import unmatched

    patient = clinic.register("Ash")
    value = "OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L"
    clinic.hear([oru(clinic, mrn(clinic, patient), value, provider="D99^Reed^Ana^^^^^^LAKESIDE")])
    (found,) = results_of(clinic, patient)
    assert (found.row.practitioner, found.row.orderer_name) == ("", "Ana Reed (D99)")
    (waiting,) = unmatched.waiting(clinic.subject, "Practitioner")
    unmatched.match(replace(clinic.desk, roles=clinic.subject.roles), waiting.pk, clinic.practitioner)
    clinic.deliver()
    (found,) = results_of(clinic, patient)
    assert found.row.practitioner == clinic.practitioner
    clinic.hear([oru(clinic, mrn(clinic, patient), value, control="2", filler="F2",
                     provider="D99^Reed^Ana^^^^^^LAKESIDE")])  # fmt: skip
    assert {one.row.practitioner for one in results_of(clinic, patient)} == {clinic.practitioner}


def test_one_bad_result_does_not_spoil_the_others(clinic):
    patient = clinic.register("Ash")
    good = oru(clinic, mrn(clinic, patient), "OBX|1|NM|2823-3^K^LN||4.1|mmol/L")
    broken = oru(clinic, mrn(clinic, patient), "OBX|1|ED|P^R^L||A^application^pdf^Base64^%%%", control="2", filler="F2")
    nothing = b"MSH|^~\\&|LIS|LAKESIDE|||20260302090000||ORU^R01|3|P|2.5.1\rPID|1||1^^^X\r"
    found = clinic.hear([good, broken, nothing])
    assert [one.status for one in found] == ["applied", "error", "error"]
    assert "not Base64" in found[1].reason and "OBR" in found[2].reason


def _judged(raw: bytes) -> list[str]:
    """What others' validator has against a message of ours."""
    import tempfile
    from pathlib import Path

    from hl7apy.consts import VALIDATION_LEVEL
    from hl7apy.exceptions import HL7apyException
    from hl7apy.parser import parse_message

    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report"
        try:
            parse_message(raw.decode(), validation_level=VALIDATION_LEVEL.TOLERANT).validate(report_file=str(told))
        except HL7apyException as fault:
            return [str(fault)]
        return [line for line in told.read_text().splitlines() if line.startswith("Error")] if told.exists() else []


def test_others_validate_what_we_send(clinic):
    from chartdesk.ehr.orders import immunizations
    from chartdesk.ehr.orders.content import NewImmunization
    from chartdesk.exchange.engine import steering

    patient = clinic.register("Ash")
    clinic.insure(patient)
    order(clinic, patient, priority="stat", note="Fasting")
    given = NewImmunization("115", date(2026, 3, 2), lot="AB12", maker="PMC", site="LA", route="IM")
    immunizations.record(clinic.clinician, patient, given)
    clinic.deliver()
    steering.save(clinic.subject, outgoing("lab", {"clinical": {"order_message": "ORM^O01"}}))
    order(clinic, patient, item="cbc")
    clinic.deliver()
    sent = clinic.said()
    assert [Message(raw).type for raw in sent] == ["OML^O21", "VXU^V04", "ORM^O01"]
    oml, vxu, orm = (_judged(raw) for raw in sent)
    assert (oml, vxu) == ([], [])
    # Of a choice of segments in ORM_O01 (OBR, RQD, RQ1, ...) it wants every one.
    assert [fault for fault in orm if not fault.endswith("_SUPPGRP.RQD")] == []


def mdm(half: Half, patient: str, event: str, number: str, *lines: str, parent: str = "", control: str = "1") -> bytes:
    body = [
        f"MSH|^~\\&|EHR|HEART|||20260302090000||MDM^{event}|{control}|P|2.5.1|||||||UNICODE UTF-8",
        f"EVN|{event}|20260302090000",
        f"PID|1||{mrn(half, patient)}^^^{authority(half)}^MR||Ash^Ida||19800506|F",
        f"PV1|1|O|||||{NPI}^Reed^Ana^^^^^^NPI^L^^^NPI",
        f"TXA|1|CN^Consultation note^L|TX|20260302090000|||||77^Bea^Cardio|||{number}^HEART|{parent}||||AU",
        *lines,
    ]
    return ("\r".join(body) + "\r").encode()


def test_documents_come_as_text_and_files_and_are_replaced_and_withdrawn(clinic):
    from chartdesk.ehr.orders import attachments

    patient = clinic.register("Ash")
    lines = ["OBX|1|TX|1^Note^L||Dear Ana,||||||F", "OBX|2|TX|1^Note^L||all is well.||||||F"]
    (first,) = clinic.hear([mdm(clinic, patient, "T02", "D1", *lines)], "letters")
    assert first.status == "applied"
    (found,) = results_of(clinic, patient)
    assert (found.row.kind, found.row.practitioner, found.row.state) == ("document", clinic.practitioner, "open")
    content = attachments.opened(clinic.clinician, found.documents[0].key).content
    assert content == b"Dear Ana,\nall is well."
    file = f"OBX|1|ED|1^Note^L||A^application^pdf^Base64^{PDF}||||||F"
    clinic.hear([mdm(clinic, patient, "T10", "D2", file, parent="D1^HEART", control="2")], "letters")
    clinic.hear([mdm(clinic, patient, "T11", "D2", control="3")], "letters")
    assert sorted(one.row.status for one in results_of(clinic, patient)) == ["entered-in-error", "final"]
    (notice,) = clinic.hear([mdm(clinic, patient, "T01", "D3", control="4")], "letters")
    assert notice.outcome == "ignored"
    (note,) = clinic.hear([mdm(clinic, patient, "T02", "D4", *lines, control="5")])
    assert note.status == "applied"
    assert "filed" in {one.row.state for one in results_of(clinic, patient)}


def test_vaccines_go_to_the_registry(clinic):
    from chartdesk.ehr.orders import immunizations
    from chartdesk.ehr.orders.content import NewImmunization

    patient = clinic.register("Ash")
    given = NewImmunization("115", date(2026, 3, 2), lot="AB12", maker="PMC", site="LA", route="IM")
    made = immunizations.record(clinic.clinician, patient, given)
    immunizations.record(clinic.clinician, patient, replace(given, cvx="140", lot="", refused="Not now"))
    immunizations.record(clinic.clinician, patient, replace(given, cvx="3", historical=True))
    clinic.deliver()
    immunizations.withdraw(clinic.clinician, made)
    clinic.deliver()
    sent = [Message(raw) for raw in clinic.said()]
    seen = [RXA.first(one) for one in sent]
    assert [one.type for one in sent] == ["VXU^V04"] * 3
    assert [(one.code.code, one.completion, one.action) for one in seen if one] == [
        ("115", "CP", "A"),
        ("140", "RE", "A"),
        ("115", "CP", "D"),
    ]
    assert sent[0].get("RXA-15") == "AB12" and sent[0].get("RXR-1.1") == "IM"


def test_a_vaccine_that_another_program_recorded_its_own_way_is_withdrawn_too(clinic):
    from chartdesk.ehr.elements import concept, reference
    from chartdesk.ehr.orders import immunizations
    from chartdesk.record import store
    from chartdesk.standards.fhir import r4

    given = r4.Immunization(
        status="completed", patient=reference("Patient", clinic.register("Elm")), occurrenceDateTime="2026-02-27",
        vaccineCode=concept("http://hl7.org/fhir/sid/cvx", "141", "Influenza"), primarySource=True,
        route=concept("http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration", "IDINJ", "into the skin"),
    )  # fmt: skip
    made = store.put(clinic.subject, given)
    immunizations.withdraw(clinic.clinician, made.id)
    clinic.deliver()
    (sent,) = [Message(raw) for raw in clinic.said()]
    assert (sent.get("RXA-5.1"), sent.get("RXA-21"), sent.first("RXR")) == ("141", "D", None)
