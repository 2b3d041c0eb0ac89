"""Why the patient came: said at the desk before there are charges, taken over by them, corrected, and on the claim."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from decimal import Decimal

from tests.unit.pms.authorizations.conftest import desk
from tests.unit.pms.scheduling.conftest import MONDAY, clinic

from chartdesk.kit import clock, outbox
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import queries
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import queries as claim_queries
from chartdesk.pms.claims import subscriptions
from chartdesk.pms.registration.named import Named
from chartdesk.record import store
from chartdesk.standards.fhir import r4

__all__ = ["clinic", "desk"]
_numbers = itertools.count(1)
EVENING = datetime(2026, 3, 2, 22, tzinfo=UTC)
AUTO = {"cause": "auto", "accident_on": "2026-02-27", "accident_state": "OH", "version": "0"}


def captured(desk, appointment="", codes=("99213",), said=None):
    subject = desk.clinic.subject
    with clock.at(EVENING):
        return charges.capture(subject, charges.EncounterCharges(
            source_id=f"why-{next(_numbers)}", encounter_id="", appointment_id=appointment,
            patient_id=desk.clinic.patients[0], practitioner=desk.clinic.reed.practitioner, service_date=MONDAY,
            place_of_service="11", signed_at=datetime(2026, 3, 2, 20, tzinfo=UTC), minutes=20, diagnoses=["S93.401A"],
            procedures=[charges.Procedure(code, pointers=[1], amount=Decimal(90)) for code in codes],
            circumstances=said or {},
        ))  # fmt: skip


def claimed(subject, bill):
    """The claim for charges, and what the rules find in it."""
    with clock.at(EVENING):
        charges.approve(subject, bill)
        claim = claims.build(subject, bill)
        return claim, [(one.rule, one.severity) for one in claims.scrub(subject, claim)]


def heard(subject):
    """What was announced is heard by the claims."""
    outbox.deliver_all(subject.practice)


def test_what_the_desk_says_of_a_visit_is_on_its_claim(staff, desk):
    subscriptions.connect()
    subject, front, biller = desk.clinic.subject, staff("front_desk"), staff("biller")
    desk.insured()
    visit = desk.clinic.book(desk.clinic.at(9)).appointment_id
    page = f"/appointments/{visit}/circumstances"
    assert page in front.get(f"/appointments/{visit}").content.decode()
    wrong = front.post(
        page, {**AUTO, "accident_state": "", "referring_family": "Okafor", "referring_npi": "1234567890"}
    )
    assert wrong.status_code == 422
    for words in ("needs the state", "1234567890 is no NPI", 'value="2026-02-27"'):
        assert words in wrong.content.decode()
    assert front.post(page, {**AUTO, "accident_on": "soon"}).status_code == 422
    assert front.post(page, AUTO).status_code == 302
    assert "Somebody else" in front.post(page, AUTO).content.decode()
    assert "Last said by Pat front_desk" in front.get(page).content.decode()

    bill = captured(desk, visit, said={"referring": {"family": "Okafor", "given": "Ngozi", "npi": "1993999998"}})
    said = queries.superbill(subject, bill).circumstances
    assert (said.causes, said.accident_state, said.referring.npi) == (("auto",), "OH", "1993999998")
    shown = biller.get(f"/charges/{bill}").content.decode()
    assert "Due to a car accident in OH on Feb 27, 2026" in shown and f"/charges/{bill}/circumstances" in shown
    claim, found = claimed(subject, bill)
    assert "accident_unsaid" not in dict(found)
    assert claim_queries.claim(subject, claim).content.circumstances == said

    assert front.get(page).content.decode().count('value="Okafor"') == 1
    assert front.post(page, {"cause": "none", "version": "0"}).status_code == 302  # with the charges it is theirs
    heard(subject)
    content = claim_queries.claim(subject, claim).content
    assert (content.circumstances, content.number) == (Circumstances(("none",)), content.number)


def test_a_referral_brings_its_clinician(staff, desk):
    subject, front = desk.clinic.subject, staff("front_desk")
    policy = desk.insured()
    patient = desk.clinic.patients[0]
    page = f"/patients/{patient}/authorizations/enter"
    given = {"coverage": policy, "kind": "referral", "state": "approved", "source": "fax", "number": "REF8002",
             "first_day": "2026-03-01", "referring_family": "Okafor", "referring_npi": "1993999999"}  # fmt: skip
    assert "1993999999 is no NPI" in front.post(page, given).content.decode()
    assert front.post(page, {**given, "referring_npi": "1993999998"}).status_code == 302
    bill = captured(desk, codes=("99244",))
    claim, found = claimed(subject, bill)
    content = claim_queries.claim(subject, claim).content
    assert (content.referral_number, content.circumstances.referring) == ("REF8002", Named("Okafor", "", "1993999998"))
    assert "referring_missing" not in dict(found)


def test_the_order_that_a_visit_stands_on_names_who_referred(staff, desk):
    subject = desk.clinic.subject
    desk.insured()
    visit = desk.clinic.book(desk.clinic.at(9)).appointment_id
    npi = r4.Identifier(system="http://hl7.org/fhir/sid/us-npi", value="1993999998")
    store.put(subject, r4.Practitioner(id="okafor", identifier=[npi], name=[r4.HumanName(family="Okafor")]))
    who, patient = r4.Reference(reference="Practitioner/okafor"), f"Patient/{desk.clinic.patients[0]}"
    store.put(subject, r4.ServiceRequest(
        id="sent", status="active", intent="order", subject=r4.Reference(reference=patient), requester=who,
        code=r4.CodeableConcept(text="See this patient"),
    ))  # fmt: skip
    booked = store.read(subject, r4.Appointment, visit, why="test")
    booked.basedOn = [r4.Reference(reference="ServiceRequest/sent")]
    store.put(subject, booked)
    okafor = Named("Okafor", "", "1993999998")
    assert 'value="Okafor"' in staff("front_desk").get(f"/appointments/{visit}/circumstances").content.decode()
    assert queries.superbill(subject, captured(desk, visit)).circumstances.referring == okafor


def test_others_have_no_business_there(staff, desk):
    visit = desk.clinic.book(desk.clinic.at(9)).appointment_id
    assert staff("clinician").get(f"/appointments/{visit}/circumstances").status_code == 200
    assert staff("integrator").get(f"/appointments/{visit}/circumstances").status_code == 403
