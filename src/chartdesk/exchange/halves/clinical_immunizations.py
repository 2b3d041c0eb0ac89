"""Vaccines as VXU^V04 for an immunization registry (HL7 v2.5.1 Implementation Guide for Immunization Messaging 1.5)."""

from __future__ import annotations

from chartdesk.ehr.orders import immunizations
from chartdesk.ehr.orders.immunizations import Immunization
from chartdesk.exchange.halves import clinical_sending
from chartdesk.exchange.halves.clinical_sending import Line
from chartdesk.exchange.halves.hl7v2 import segments
from chartdesk.exchange.halves.hl7v2.segments import segment
from chartdesk.record.access import Subject
from chartdesk.record.identities.identifiers import Identifier, own_authority
from chartdesk.standards.hl7v2.datatypes import CWE, FN, XCN
from chartdesk.standards.hl7v2.times import written
from chartdesk.standards.terminology import vaccines

KIND = "VXU^V04"
#: FHIR's codes → table 0162 (routes) and 0163 (sites).
_ROUTES = {"IM": "IM^Intramuscular^HL70162", "SQ": "SC^Subcutaneous^HL70162", "PO": "PO^Oral^HL70162",
           "NASINHL": "NS^Nasal^HL70162"}  # fmt: skip
_SITES = {"LA": "LA^Left arm^HL70163", "RA": "RA^Right arm^HL70163", "LT": "LT^Left thigh^HL70163",
          "RT": "RT^Right thigh^HL70163"}  # fmt: skip
#: What a dose is called that nobody knows.
_UNKNOWN_DOSE = "999"


def told(subject: Subject, line: Line, immunization_id: str) -> tuple[str, bytes, Immunization]:
    """Kind and message of a vaccine given, refused or withdrawn. Raises NotFound, Gone."""
    one = immunizations.one(subject, immunization_id)
    known = clinical_sending.patient(subject, one.patient_id)
    envelope = clinical_sending.envelope(subject, line, one.patient_id)
    own = own_authority(subject)
    orc = segment("ORC", {1: "RE", 3: segments.ei(Identifier(own, one.immunization_id)), 10: _who(one)})
    body = [clinical_sending.pid(known), orc, _rxa(one)]
    # Another program may have recorded it, by a route that the table does not have.
    if one.route in _ROUTES and one.status != "not-done":
        body.append(segment("RXR", {1: _ROUTES[one.route], 2: _SITES.get(one.site, "")}))
    return KIND, segments.message(envelope, KIND, "VXU_V04", body), one


def _rxa(one: Immunization) -> str:
    given = written(one.given) if one.given else ""
    refused = one.status == "not-done"
    dose = f"{one.dose.normalize():f}" if one.dose is not None and not refused else _UNKNOWN_DOSE
    maker = next((code for code, name in vaccines.MAKERS.items() if name == one.maker), "")
    return segment(
        "RXA",
        {
            1: "0",
            2: "1",
            3: given,
            4: given,
            5: CWE(code=one.cvx, text=one.name, system="CVX").er7(),
            6: dose,
            7: "mL^mL^UCUM" if dose != _UNKNOWN_DOSE else "",
            9: "" if refused else "00^New immunization record^NIP001",
            10: _who(one),
            15: segments.text(one.lot),
            16: written(one.expires) if one.expires else "",
            17: f"{maker}^{segments.text(one.maker)}^MVX" if maker else "",
            18: f"03^Patient decision^NIP002^^{segments.text(one.reason)}" if refused else "",
            20: "RE" if refused else "CP",
            21: "D" if one.status == "entered-in-error" else "A",
        },
    )


def _who(one: Immunization) -> str:
    """Who gave it, by name."""
    given, _, family = one.by.rpartition(" ")
    return XCN(family=FN(family), given=given).er7() if one.by else ""
