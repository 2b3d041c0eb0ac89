"""Names of code systems and of assigning authorities, as HL7 v2 writes them, and their addresses in FHIR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"

#: Table 0396 and what partners write for it.
SYSTEMS = {
    "LN": "http://loinc.org", "LOINC": "http://loinc.org", "LNC": "http://loinc.org",
    "SCT": "http://snomed.info/sct", "SCT2": "http://snomed.info/sct", "SNOMED": "http://snomed.info/sct",
    "SNOMEDCT": "http://snomed.info/sct", "SNM": "http://snomed.info/sct", "SNM3": "http://snomed.info/sct",
    "I10": "http://hl7.org/fhir/sid/icd-10-cm", "I10C": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD10": "http://hl7.org/fhir/sid/icd-10-cm", "ICD-10": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD10CM": "http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "I10P": "http://www.cms.gov/Medicare/Coding/ICD10", "I9C": "http://hl7.org/fhir/sid/icd-9-cm",
    "I9CDX": "http://hl7.org/fhir/sid/icd-9-cm", "ICD9": "http://hl7.org/fhir/sid/icd-9-cm",
    "I9": "http://hl7.org/fhir/sid/icd-9-cm", "C4": "http://www.ama-assn.org/go/cpt",
    "CPT": "http://www.ama-assn.org/go/cpt", "CPT4": "http://www.ama-assn.org/go/cpt",
    "C5": "http://www.ama-assn.org/go/cpt", "HCPCS": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "HPC": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "HCPT": "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "CVX": "http://hl7.org/fhir/sid/cvx", "MVX": "http://hl7.org/fhir/sid/mvx", "NDC": "http://hl7.org/fhir/sid/ndc",
    "RXNORM": "http://www.nlm.nih.gov/research/umls/rxnorm", "RXNORM_CD": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "UCUM": "http://unitsofmeasure.org", "CDCREC": "urn:oid:2.16.840.1.113883.6.238",
    "CDCPHINVS": "urn:oid:2.16.840.1.114222.4.5.274", "ISO3166_1": "urn:iso:std:iso:3166",
    "ISO3166": "urn:iso:std:iso:3166",
    "ISO639": "urn:ietf:bcp:47", "NUCC": "http://nucc.org/provider-taxonomy", "HCPTAX": "http://nucc.org/provider-taxonomy",
}  # fmt: skip
_TABLE = re.compile(r"(?:HL7|hl7)-?(\d{4})")
_OID = re.compile(r"[0-2](?:\.(?:0|[1-9]\d*))+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LOOSE = re.compile(r"[^A-Za-z0-9._~-]+")
#: Tables of HL7 v2 whose codes FHIR knows by another address.
_ELSEWHERE = {"0005": "urn:oid:2.16.840.1.113883.6.238", "0189": f"{_TERMINOLOGY}v2-0189"}


@lru_cache(maxsize=4096)
def _known(name: str) -> str:
    bare = name.strip()
    if bare.upper() in SYSTEMS:
        return SYSTEMS[bare.upper()]
    if found := _TABLE.fullmatch(bare):
        return _ELSEWHERE.get(found[1], f"{_TERMINOLOGY}v2-{found[1]}")
    if _OID.fullmatch(bare):
        return f"urn:oid:{bare}"
    if ":" in bare and " " not in bare:
        return bare
    return f"urn:v2-0396:{_LOOSE.sub('-', bare)}" if bare.strip("-") else ""


def system(name: str, own: Mapping[str, str]) -> str:
    """The address of a code system; ``own`` comes first. One that nobody knows gets an address of its name."""
    return own.get(name) or _known(name)


def authority(namespace: str, universal: str, kind: str, own: Mapping[str, str]) -> str:
    """The system of identifiers that an assigning authority (HD) gives out; empty where nothing is said."""
    for name in (universal, namespace):
        if name and name in own:
            return own[name]
    if universal:
        return _universal(universal, kind)
    return f"urn:v2-0363:{_LOOSE.sub('-', namespace)}" if namespace.strip() else ""


@lru_cache(maxsize=4096)
def _universal(text: str, kind: str) -> str:
    bare = "".join(text.split())
    if _OID.fullmatch(bare) and bare.count(".") > 2:
        return f"urn:oid:{bare}"
    if kind in ("UUID", "GUID", "") and _UUID.fullmatch(bare):
        return f"urn:uuid:{bare.lower()}"
    if ":" in bare:
        return bare
    return f"urn:v2-0363:{_LOOSE.sub('-', bare)}"
