"""Ordering, taking back, the in-box from arrival to signature, and what does not get lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from chartdesk.ehr.orders import attachments, catalog, commands, documents, immunizations, queries, results, values
from chartdesk.ehr.orders.content import (
    LOINC,
    AttachmentIn,
    Coded,
    DocumentIn,
    NewImmunization,
    NewOrder,
    ObservationIn,
    ReportIn,
)
from chartdesk.ehr.orders.models import Attachment, Order, Result, SignOff
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import merging
from chartdesk.record import store
from chartdesk.standards.fhir import r4

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"x" * 5000
POTASSIUM = Coded("2823-3", LOINC, "Potassium")


@pytest.fixture
def now():
    with clock.at(AT):
        yield AT


@pytest.fixture
def catalog_there(subject, now):
    catalog.begin(subject)


def report(patient, **change) -> ReportIn:
    value = ObservationIn(POTASSIUM, number=Decimal("4.1"), unit="mmol/L", ucum="mmol/L", limits="3.5-5.1")
    given = ReportIn(
        "LAB|F1|24321-2", patient, Coded("24321-2", LOINC, "Basic metabolic panel"), "final", AT,
        source="Lakeside Lab", filler_number="F1", observations=(value,),
    )  # fmt: skip
    return replace(given, **change)


def high(number: str, **change) -> ObservationIn:
    one = ObservationIn(POTASSIUM, number=Decimal(number), unit="mmol/L", ucum="mmol/L", limits="3.5-5.1")
    return replace(one, **change)


def only(subject) -> Result:
    with transaction(subject):
        return Result.objects.get(practice=subject.practice)


def items(subject, kind):
    with transaction(subject):
        return list(worklist.items(subject, kinds=[kind]))


def test_an_order_has_a_number_and_goes_to_the_chart(clinician, patient, catalog_there):
    asked = NewOrder("bmp", diagnoses=(("i10", ""),), priority="urgent", note="Fasting.", taken=AT)
    request = commands.order(clinician, patient, asked)
    order = queries.order(clinician, request)
    assert order.row.number.startswith("O1") and order.row.practitioner == clinician.practitioner
    assert order.diagnoses == [("I10", "Essential (primary) hypertension")]
    assert (order.priority, order.notes, order.specimen, order.taken) == ("urgent", ["Fasting."], "Serum", AT)
    assert [row.request for row in queries.orders_of(clinician, patient)] == [request]


@pytest.mark.parametrize(
    ("change", "error"),
    [({"item": "nothing"}, Exception), ({"priority": "soon"}, Invalid), ({"diagnoses": (("XYZ", ""),)}, Exception),
     ({"taken": AT + timedelta(hours=1)}, Invalid)],
)  # fmt: skip
def test_what_cannot_be_ordered(clinician, patient, catalog_there, change, error):
    with pytest.raises(error):
        commands.order(clinician, patient, replace(NewOrder("bmp"), **change))


def test_a_nurse_says_whose_order_it_is(clinician, nurse, desk, patient, catalog_there):
    with pytest.raises(Invalid):
        commands.order(nurse, patient, NewOrder("bmp"))
    request = commands.order(nurse, patient, NewOrder("bmp", practitioner_id=clinician.practitioner))
    assert queries.order(nurse, request).requester == "Ada Okafor"
    with pytest.raises(Forbidden):
        commands.order(desk, patient, NewOrder("bmp"))


def test_an_order_is_taken_back_until_a_result_comes(clinician, patient, catalog_there):
    first, second = (commands.order(clinician, patient, NewOrder("bmp")) for _ in range(2))
    with pytest.raises(Invalid):
        commands.cancel(clinician, first, " ")
    commands.cancel(clinician, first, "Done elsewhere.")
    assert queries.order(clinician, first).row.status == "revoked"
    with pytest.raises(Conflict):
        commands.cancel(clinician, first, "again")
    number = queries.order(clinician, second).row.number
    results.receive(clinician, [report(patient, order_number=number, status="preliminary")])
    with pytest.raises(Conflict):
        commands.cancel(clinician, second, "too late")


def test_a_result_answers_its_order_and_is_signed_once(clinician, nurse, patient, catalog_there):
    request = commands.order(clinician, patient, NewOrder("bmp"))
    number = queries.order(clinician, request).row.number
    (received,) = results.receive(clinician, [report(patient, order_number=number)])
    assert received.what == "stored" and len(received.written) == 2
    row = only(clinician)
    assert (row.practitioner, row.order, row.level, row.state) == (clinician.practitioner, request, 0, "open")
    order = queries.order(clinician, request).row
    assert (order.status, order.filler, order.reported) == ("completed", "F1", AT)
    with pytest.raises(Forbidden):
        commands.sign_off(nurse, row.pk, version=row.version)
    with pytest.raises(Stale):
        commands.sign_off(clinician, row.pk, version=row.version + 1)
    commands.sign_off(clinician, row.pk, version=row.version, next="tell", comment="All well.")
    shown = queries.result(clinician, row.pk)
    assert shown.signed and shown.signatures[0].name == "Ada Okafor" and shown.values[0].said == "4.1 mmol/L"
    with pytest.raises(Conflict):
        commands.sign_off(clinician, row.pk, version=row.version)
    (follow,) = items(clinician, "result_follow_up")
    assert (follow.role, follow.detail) == ("nurse", "All well.")
    with transaction(clinician):
        assert queries.inbox(clinician, clinician.practitioner).count() == 0


def test_the_same_again_changes_nothing(clinician, patient, now):
    given = report(patient, practitioner_id=clinician.practitioner)
    results.receive(clinician, [given])
    row = only(clinician)
    commands.sign_off(clinician, row.pk, version=row.version)
    (again,) = results.receive(clinician, [given])
    assert (again.what, again.written) == ("same", ())
    assert only(clinician).state == "signed"


def test_a_correction_asks_for_another_signature_and_says_what_was(clinician, patient, now):
    given = report(patient, practitioner_id=clinician.practitioner)
    results.receive(clinician, [given])
    row = only(clinician)
    commands.sign_off(clinician, row.pk, version=row.version)
    wrong = replace(given, status="corrected", issued=AT + timedelta(hours=1))
    wrong = replace(wrong, observations=(high("6.9", status="corrected", flags=("HH",)),))
    results.receive(clinician, [wrong])
    row = only(clinician)
    assert (row.state, row.level, row.status) == ("open", 2, "corrected")
    shown = queries.result(clinician, row.pk)
    assert (shown.values[0].said, shown.values[0].before) == ("6.9 mmol/L", "4.1 mmol/L")
    # The same value once more, with another flag: what it was before the correction is still said.
    flagged = replace(wrong.observations[0], flags=("H",))
    results.receive(clinician, [replace(wrong, issued=AT + timedelta(hours=2), observations=(flagged,))])
    assert queries.result(clinician, row.pk).values[0].before == "4.1 mmol/L"
    assert [one.status for one in shown.signatures] == ["final"]
    (late,) = results.receive(clinician, [given])
    assert late.what == "older" and queries.result(clinician, row.pk).values[0].said == "6.9 mmol/L"


def test_preliminary_then_final_in_one_message_and_values_that_stay(clinician, patient, now):
    sodium = ObservationIn(Coded("2951-2", LOINC, "Sodium"), number=Decimal(140), unit="mmol/L")
    first = report(patient, status="preliminary", observations=(high("4.1", status="preliminary"), sodium))
    last = report(patient, issued=AT + timedelta(minutes=9))
    done = results.receive(clinician, [first, last])
    assert [one.what for one in done] == ["stored", "stored"]
    shown = queries.result(clinician, only(clinician).pk)
    assert shown.row.status == "final" and {one.name for one in shown.values} == {"Potassium", "Sodium"}


def test_a_report_never_changes_its_patient(subject, clinician, patient, catalog_there):
    other = store.put(subject, r4.Patient(name=[r4.HumanName(family="Other")], gender="male")).id
    results.receive(subject, [report(patient)])
    with pytest.raises(Conflict, match="another patient"):
        results.receive(subject, [report(other)])
    number = queries.order(clinician, commands.order(clinician, patient, NewOrder("bmp"))).row.number
    with pytest.raises(Conflict, match="of another patient"):
        results.receive(subject, [report(other, key="LAB|F2|x", order_number=number)])


def test_a_pdf_is_kept_once_and_opened_by_its_key(clinician, patient, now):
    given = report(patient, attachments=(AttachmentIn(PDF, "application/pdf", "Report"),))
    results.receive(clinician, [given])
    results.receive(clinician, [replace(given, status="corrected", issued=AT + timedelta(hours=1))])
    with transaction(clinician):
        assert Attachment.objects.filter(practice=clinician.practice).count() == 1
    shown = queries.result(clinician, only(clinician).pk)
    (document,) = shown.documents
    found = attachments.opened(clinician, document.key)
    assert found.content == PDF and found.shown
    speaks = store.read(clinician, r4.DocumentReference, found.document)
    assert speaks.content[0].attachment.url == f"Binary/{document.key}" and not speaks.content[0].attachment.data
    disguised = AttachmentIn(b"<script>", "application/pdf", "Trap")
    results.receive(clinician, [report(patient, key="LAB|F3|x", attachments=(disguised,))])
    with transaction(clinician):
        key = Attachment.objects.get(practice=clinician.practice, name="Trap").key
    assert not attachments.opened(clinician, key).shown


def test_the_bytes_of_a_document_are_read_only_when_it_is_opened(clinician, patient, now):
    results.receive(clinician, [report(patient, attachments=(AttachmentIn(PDF, "application/pdf", "Report"),))])
    with CaptureQueriesContext(connection) as asked:
        shown = queries.result(clinician, only(clinician).pk)
        queries.of_patient(clinician, patient)
        attachments.document_of(clinician, shown.documents[0].key)
        results.receive(clinician, [report(patient, attachments=(AttachmentIn(PDF, "application/pdf", "Report"),))])
    assert not [one["sql"] for one in asked if '"orders_attachment"."content"' in one["sql"]]


def test_nobodys_result_is_given_to_somebody(clinician, nurse, patient, now):
    results.receive(clinician, [report(patient, orderer="NPI|1", orderer_name="Dr. Who (1)")])
    (item,) = items(clinician, "result_unassigned")
    assert "Dr. Who" in item.detail
    with transaction(clinician):
        assert queries.inbox(clinician, "").count() == 1
    commands.assign(nurse, only(clinician).pk, clinician.practitioner)
    assert only(clinician).practitioner == clinician.practitioner
    assert not items(clinician, "result_unassigned")


def test_nobodys_result_finds_its_clinician_with_a_later_state(clinician, patient, now):
    given = report(patient, status="preliminary", orderer="NPI|1", orderer_name="Dr. Who (1)")
    results.receive(clinician, [given])
    assert len(items(clinician, "result_unassigned")) == 1
    final = replace(given, status="final", issued=AT + timedelta(hours=1))
    results.receive(clinician, [replace(final, practitioner_id=clinician.practitioner)])
    assert not items(clinician, "result_unassigned")


def test_nobodys_result_that_was_signed_is_nobodys_again_when_it_is_corrected(clinician, patient, now):
    given = report(patient, orderer="NPI|1", orderer_name="Dr. Who (1)")
    results.receive(clinician, [given])
    commands.sign_off(clinician, only(clinician).pk, version=only(clinician).version)
    assert not items(clinician, "result_unassigned")
    results.receive(clinician, [replace(given, status="corrected", issued=AT + timedelta(hours=1))])
    assert len(items(clinician, "result_unassigned")) == 1


def test_what_nobody_signs_comes_to_everybodys_list(subject, clinician, patient, catalog_there):
    request = commands.order(clinician, patient, NewOrder("cbc"))
    results.receive(clinician, [report(patient, observations=(high("6.8", flags=("HH",)),))])
    assert commands.watch(subject) == 0
    with clock.at(AT + timedelta(hours=5)):
        assert commands.watch(subject) == 1
        assert commands.watch(subject) == 0
    (item,) = items(clinician, "result_unsigned")
    assert item.role == "clinician" and "critical" in item.title
    row = only(clinician)
    commands.sign_off(clinician, row.pk, version=row.version)
    assert not items(clinician, "result_unsigned")
    with clock.at(AT + timedelta(days=15)):
        commands.watch(subject)
        (waiting,) = items(clinician, "order_waiting")
        assert waiting.link_id == request
        number = queries.order(clinician, request).row.number
        results.receive(clinician, [report(patient, key="LAB|F9|x", order_number=number, issued=clock.now())])
        commands.watch(subject)
        assert not items(clinician, "order_waiting")


def test_the_most_pressing_is_first(clinician, patient, now):
    for key, flags in (("a", ()), ("b", ("HH",)), ("c", ("H",))):
        given = report(patient, key=key, filler_number=key, observations=(high("4.0", flags=flags or ("N",)),))
        results.receive(clinician, [given])
    with transaction(clinician):
        assert [row.level for row in queries.inbox(clinician)] == [2, 1, 0]


def test_a_signature_is_never_changed(clinician, patient, now):
    results.receive(clinician, [report(patient)])
    row = only(clinician)
    commands.sign_off(clinician, row.pk, version=row.version)
    with pytest.raises(IntegrityError), transaction(clinician):
        SignOff.objects.filter(practice=clinician.practice).update(comment="other")
    connection.rollback() if connection.needs_rollback else None


def test_the_course_of_a_value(clinician, patient, now):
    for hour, number in enumerate(("4.1", "4.4", "5.3")):
        given = report(patient, key=f"k{hour}", taken=AT + timedelta(hours=hour), observations=(high(number),))
        results.receive(clinician, [given])
    found = values.course(clinician, patient, LOINC, "2823-3")
    assert [one.said for one in found] == ["4.1 mmol/L", "4.4 mmol/L", "5.3 mmol/L"]
    assert [one.level for one in found] == [0, 0, 1]


def test_what_another_program_writes_lies_in_the_in_box_too(subject, clinician, patient, now):
    def write(issued: datetime) -> None:
        store.put(
            subject,
            r4.DiagnosticReport(
                status="final",
                code=r4.CodeableConcept(text="Culture"),
                subject=r4.Reference(reference=f"Patient/{patient}"),
                resultsInterpreter=[r4.Reference(reference=f"Practitioner/{clinician.practitioner}")],
                issued=issued.isoformat(),
            ),
        )

    write(AT)
    write(AT - timedelta(days=400))
    with transaction(subject):
        rows = Result.objects.filter(practice=subject.practice).order_by("issued")
        assert [(row.state, row.practitioner) for row in rows] == [
            ("filed", clinician.practitioner),
            ("open", clinician.practitioner),
        ]


def test_a_merge_reopens_nothing_that_was_signed(subject, clinician, patient, now):
    other = store.put(subject, r4.Patient(name=[r4.HumanName(family="Moss")], gender="female")).id
    store.put(
        subject,
        r4.DiagnosticReport(
            status="final",
            code=r4.CodeableConcept(text="Culture"),
            subject=r4.Reference(reference=f"Patient/{patient}"),
            issued=AT.isoformat(),
        ),
    )
    row = only(subject)
    commands.sign_off(clinician, row.pk, version=row.version)
    merging.merge(subject, patient, other)
    row = only(subject)
    assert (row.state, row.patient, row.version) == ("signed", other, 2)
    changed = store.get(subject, "DiagnosticReport", row.resource).resource
    store.put(subject, msgspec.structs.replace(changed, conclusion="Growth."))
    assert only(subject).state == "open"
    store.delete(subject, "DiagnosticReport", row.resource)
    assert (only(subject).state, only(subject).status) == ("filed", "entered-in-error")


def test_documents_are_replaced_withdrawn_and_signed(clinician, patient, now):
    letter = DocumentIn(
        "H|D1", patient, "Cardiology letter", AttachmentIn(b"All is well.", "text/plain"), AT, source="Heart Clinic",
        practitioner_id=clinician.practitioner,
    )  # fmt: skip
    first = documents.receive(clinician, letter)
    assert (first.what, documents.receive(clinician, letter).what) == ("stored", "same")
    newer = replace(letter, key="H|D2", replaces="H|D1", attachment=AttachmentIn(b"It is not.", "text/plain"))
    documents.receive(clinician, newer)
    old = store.read(clinician, r4.DocumentReference, first.resource.partition("/")[2])
    assert old.status == "superseded"
    documents.withdraw(clinician, "H|D2", patient)
    with transaction(clinician):
        row = Result.objects.get(practice=clinician.practice, status="entered-in-error")
    commands.sign_off(clinician, row.pk, version=row.version)


def test_vaccines(clinician, patient, now):
    tdap = NewImmunization("115", date(2026, 3, 2), "AB12", "PMC", date(2027, 1, 1), "LA", "IM", Decimal("0.5"))
    made = immunizations.record(clinician, patient, tdap)
    refused = NewImmunization("140", date(2026, 3, 2), refused="Does not want it.")
    immunizations.record(clinician, patient, refused)
    immunizations.record(clinician, patient, NewImmunization("3", date(2001, 1, 1), historical=True))
    assert [one.text for one in immunizations.every(clinician, patient)] == [
        "Tdap, lot AB12",
        "Influenza, injected, preservative free: not given, Does not want it.",
        "MMR (measles, mumps, rubella) (told)",
    ]
    immunizations.withdraw(clinician, made)
    assert len(immunizations.every(clinician, patient)) == 2
    for change in ({"lot": ""}, {"cvx": "9999"}, {"given": date(2027, 1, 1)}, {"expires": date(2026, 1, 1)},
                   {"site": "XX"}, {"maker": "XX"}, {"dose": Decimal(50)}):  # fmt: skip
        with pytest.raises(Invalid):
            immunizations.record(clinician, patient, replace(tdap, **change))


def test_results_go_with_a_merged_patient(subject, clinician, patient, catalog_there):
    other = store.put(subject, r4.Patient(name=[r4.HumanName(family="Moss")], gender="female")).id
    commands.order(clinician, patient, NewOrder("bmp"))
    results.receive(clinician, [report(patient)])
    row = only(clinician)
    commands.sign_off(clinician, row.pk, version=row.version)
    merging.merge(subject, patient, other)
    with transaction(subject):
        assert only(subject).patient == other
        assert Order.objects.get(practice=subject.practice).patient == other
        assert SignOff.objects.get(practice=subject.practice).patient == other
    (again,) = results.receive(clinician, [report(patient)])
    assert again.what == "same"
