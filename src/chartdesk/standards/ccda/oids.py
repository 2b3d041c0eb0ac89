"""Code systems: the OID that CDA names them by, the address that FHIR names them by, and the name people know."""

from __future__ import annotations

from typing import NamedTuple

from chartdesk.standards.terminology import icd10, substances


class System(NamedTuple):
    """A code system under its three names."""

    oid: str
    uri: str
    name: str


SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = substances.RXNORM
ICD10 = icd10.SYSTEM
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
CVX = "http://hl7.org/fhir/sid/cvx"
CPT = "http://www.ama-assn.org/go/cpt"
NDC = "http://hl7.org/fhir/sid/ndc"
UNII = "http://fdasis.nlm.nih.gov"
NPI = "http://hl7.org/fhir/sid/us-npi"
SSN = "http://hl7.org/fhir/sid/us-ssn"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
GENDER = "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender"
RACE = "urn:oid:2.16.840.1.113883.6.238"
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
ROUTE_NCI = "http://ncithesaurus-stage.nci.nih.gov"
TAXONOMY = "http://nucc.org/provider-taxonomy"

_SYSTEMS = (
    System("2.16.840.1.113883.6.96", SNOMED, "SNOMED CT"),
    System("2.16.840.1.113883.6.1", LOINC, "LOINC"),
    System("2.16.840.1.113883.6.88", RXNORM, "RxNorm"),
    System("2.16.840.1.113883.6.90", ICD10, "ICD-10-CM"),
    System("2.16.840.1.113883.6.103", ICD9, "ICD-9-CM"),
    System("2.16.840.1.113883.12.292", CVX, "CVX"),
    System("2.16.840.1.113883.6.12", CPT, "CPT"),
    System("2.16.840.1.113883.6.285", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "HCPCS"),
    System("2.16.840.1.113883.6.69", NDC, "NDC"),
    System("2.16.840.1.113883.4.9", UNII, "UNII"),
    System("2.16.840.1.113883.4.6", NPI, "NPI"),
    System("2.16.840.1.113883.4.1", SSN, "SSN"),
    System("2.16.840.1.113883.5.4", ACT_CODE, "ActCode"),
    System("2.16.840.1.113883.5.1", GENDER, "AdministrativeGender"),
    System("2.16.840.1.113883.6.238", RACE, "Race & Ethnicity - CDC"),
    System("2.16.840.1.113883.5.83", INTERPRETATION, "ObservationInterpretation"),
    System("2.16.840.1.113883.3.26.1.1", ROUTE_NCI, "NCI Thesaurus"),
    System("2.16.840.1.113883.6.101", TAXONOMY, "NUCC Health Care Provider Taxonomy"),
    System("2.16.840.1.113883.5.25", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "Confidentiality"),
    System("2.16.840.1.113883.5.2", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "MaritalStatus"),
    System("2.16.840.1.113883.5.6", "http://terminology.hl7.org/CodeSystem/v3-ActClass", "ActClass"),
    System("2.16.840.1.113883.5.8", "http://terminology.hl7.org/CodeSystem/v3-ActReason", "ActReason"),
)
_BY_OID = {system.oid: system for system in _SYSTEMS}
_BY_URI = {system.uri: system for system in _SYSTEMS}


def uri_of(oid: str) -> str:
    """The address of the code system with that OID; one that is not known is named by its OID."""
    found = _BY_OID.get(oid)
    return found.uri if found else (f"urn:oid:{oid}" if oid else "")


def oid_of(uri: str) -> str:
    """The OID of the code system at that address; empty where it has none that is known."""
    found = _BY_URI.get(uri)
    return found.oid if found else (uri.removeprefix("urn:oid:") if uri.startswith("urn:oid:") else "")


def name_of(uri: str) -> str:
    """What people call the code system; its address where it is not known."""
    found = _BY_URI.get(uri)
    return found.name if found else uri
