"""Slips of the pen in the HL7 v2-to-FHIR guide's tables, and what is meant; read by `generate_v2_mappings.py`."""

# The guide's cells are quoted as they are, however long.
# ruff: noqa: E501

from __future__ import annotations

#: Names of types as the tables write them, and as R4 does.
TYPES = {
    "Code": "code", "DateTime": "dateTime", "Boolean": "boolean", "String": "string", "UnsignedInt": "unsignedInt",
    "PositiveInt": "positiveInt", "Decimal": "decimal", "location": "Location", "coding": "Coding",
    "codeableConcept": "CodeableConcept",
}  # fmt: skip

#: The type that a map's paths begin in, where its name does not say it.
ROOTS = {
    "CX[RelatedPerson-Mother]": "RelatedPerson", "FN[HumanName]": "HumanName", "EI[Device-udiCarrier]": "DeviceUdiCarrier",
    "SPS[Specimen-Source]": "Specimen", "NM[Quantity-LengthOfStay]": "Duration", "DTM[Annotation-Time]": "Annotation",
    "XCN[Annotation-Author]": "Annotation", "FT[Annotation-Comment]": "Annotation", "EI[Identifier-System]": "Identifier",
    "PT[Meta]": "Meta", "CWE[Observation-SupportingInfo]": "Observation", "HD[MessageHeader.source-name]": "MessageHeaderSource",
    "HD[MessageHeader.source-endpoint]": "MessageHeaderSource",
    "HD[MessageHeader.destination-name]": "MessageHeaderDestination",
    "HD[MessageHeader.destination-endpoint]": "MessageHeaderDestination",
}  # fmt: skip

#: Maps whose targets begin with the number of the value that is made.
NUMBERED = frozenset({"XPN[HumanName]", "CWE[Identifier]"})

SPELLINGS = (
    ("Practioner", "Practitioner"), ("practioner", "practitioner"), ("organziation.", "organization"),
    ("organization.(", "organization("), ("sytem", "system"), ("valueSampedData", "valueSampledData"),
    ("occurenceTiming", "occurrenceTiming"), ("occurneceTiming", "occurrenceTiming"), ("occurrenceTIming", "occurrenceTiming"),
    ("suffix[2}", "suffix[2]"), ("coding[3.version", "coding[3].version"), ("policyHolder([1]Organization", "policyHolder(Organization"),
    ("extension[1].uri", "extension[1].url"), ("extension[2].uri", "extension[2].url"), ("payer[1](", "payor[1]("),
    ("coding.value", "coding.code"), ("coding.uri", "coding.system"), ("function.coding.uri", "function.coding.system"),
    ("medicationReference(Medication", "medicationReference(Medication"), ("medication(Medication", "medicationReference(Medication"),
    ("PractitionerRole.Practitioner(", "PractitionerRole.practitioner("), ("note(Annotation.text)", "note.text"),
    ("Quantity.code", "code"), ("Quantity.unit", "unit"), ("Quantity.system", "system"), ("valuedateTime", "valueDateTime"),
    ("practitioner(Practitioner.identifier.", "practitioner(Practitioner.identifier[1]."),
    ("occurrenceTiming.boundsDuration", "occurrenceTiming.repeat.boundsDuration"),
    ("occurrenceTiming.boundsPeriod", "occurrenceTiming.repeat.boundsPeriod"),
    ("occurrenceTiming.duration", "occurrenceTiming.repeat.duration"),
    ("Practitioner[1]", "Practitioner"), ("RelatedPerson[1]", "RelatedPerson"), ("Organization[1]", "Organization"),
    ("recorder.reference(", "recorder("), ("participant.coveragePeriod", "participant.period"),
    ("PractitionerRole.practitioner)", "PractitionerRole.practitioner(Practitioner))"),
)  # fmt: skip

#: (map, source, target) → target. An empty source means any; an empty target leaves the row out.
TARGETS = {
    ("XPN[HumanName]", "XPN.1", "[1].family"): "$this",
    ("XPN[HumanName]", "XPN.15", "[2].given"): "",
    ("XPN[HumanName]", "XPN.15", "[2].use"): "",
    ("OBX[Observation]", "OBX-5", "valueQuantity.value"): "valueQuantity",
    ("MSH[MessageHeader]", "MSH-3", "source[1].endpoint"): "source[1]",
    ("MSH[MessageHeader]", "MSH-5", "destination[1].name"): "destination[1]",
    ("MSH[MessageHeader]", "MSH-5", "destination[1].endpoint"): "destination[1]",
    ("MSH[MessageHeader]", "MSH-8", "meta.security"): "meta.security[1].display",
    ("MSH[Provenance-Source]", "MSH-7", "occurred"): "occurredDateTime",
    ("NTE[DocumentReference]", "NTE-3", "content[2].contentType"): "",
    ("OBX[DocumentReference]", "OBX-5", "content[2].data"): "content[1].attachment.data",
    ("OBX[DocumentReference]", "OBX-5", "content[2].contentType"): "content[1].attachment.contentType",
    ("OBX[DocumentReference]", "OBX-5", "content[3].url"): "content[1].attachment.url",
    ("OBX[DocumentReference]", "OBX-5", "content[4].data"): "content[1].attachment.data",
    ("OBX[DocumentReference]", "OBX-5", "content[4].contentType"): "content[1].attachment.contentType",
    ("PV2[Encounter]", "PV2-12", "text.div"): "",
    ("PV2[Encounter]", "PV2-22", "meta.security"): "",
    ("PR1[Procedure]", "PR1-16", "code[1].value"): "",
    ("EI[Device-udiCarrier]", "EI.1", "udiCarrier.deviceIdentifier"): "deviceIdentifier",
    ("RXO[MedicationRequest]", "RXO-5", "medication(Medication.doseForm)"): "medicationReference(Medication.form)",
    ("PRT[Device]", "PRT-21", "distinctIdentifier"): "distinctIdentifier",
    ("SFT[Device]", "SFT-1", "manufacturer"): "manufacturer",
    ("ORC[ServiceRequest]", "ORC-12", "requester(PractitionerRole.practitioner)"): "requester(PractitionerRole.practitioner(Practitioner))",
    ("OBX[Observation]", "OBX-25", "performer[2](PractitionerRole[1].practitioner)"): "performer[2](PractitionerRole.practitioner(Practitioner))",
    ("ROL[Encounter-PractitionerRole]", "ROL-4", "participant[1].individual(PractitionerRole.practitioner)"):
        "participant[1].individual(PractitionerRole.practitioner(Practitioner))",
    ("ROL[Patient-GeneralPractitioner]", "ROL-4", "generalPractitioner(PractitionerRole.practitioner)"):
        "generalPractitioner(PractitionerRole.practitioner(Practitioner))",
    ("ROL[Encounter-PractitionerRole]", "ROL-1", "participant[1].individual.reference"): "",
    ("ST[Identifier]", "ST.1", "$value"): "value",
    ("CWE[Duration]", "CWE.1", "duration"): "", ("CWE[Duration]", "CWE.2", "duration"): "",
    ("XAD[Address]", "XAD.1", "line[1-3]"): "$this",
    ("XAD[Address]", "XAD.7", "extension[2].url"): "", ("XAD[Address]", "XAD.7", "extension[2].uri"): "",
    ("XAD[Address]", "XAD.7", "extension[2].valueCodeableConcept.coding.value"): "",
    ("XAD[Address]", "XAD.7", "extension[2].valueCodeableConcept.coding.system"): "",
    ("XTN[ContactPoint]", "XTN.3", "system.extension-data-absent-reason"): "",
}  # fmt: skip

MAPS = {
    "XPN[String]": "XPN[string]", "XON[Location]": "XON[Location]", "EI[Identifier]": "EI[Identifier-Extension]",
    "CWE[Organization]": "CWE[Organization]",
}  # fmt: skip

FIXED = {
    "/one of the PID-3 or other available identifiers that uniquely links to the patient who's mother is represented in this RelatedPerson instance./": "#",
    "/convert from A or HEX to binary64/": "@base64", "/convert to minutes based on CQ.2/": "@minutes",
    "/convert to minutes based on RPT.10/": "@minutes", "/translate number to day/": "@weekday",
    "/concatenate according to XPN.11/": 'XPN.2+" "+XPN.1',
    "/must convert v2 date time format to FHIR date time format before populating/": "",
    "/time of transformation/": "@now", "/timestamp of tranformation/": "@now",
    "/must convert v2 date time format to FHIR date time format before populating according to FHIR date/time format https://build.fhir.org/datatypes.html#dateTime /": "",
    '"http://hl7.org/fhir/sid/us-ssn."': '"http://hl7.org/fhir/sid/us-ssn"', "https://www.hl7.org/fhir/valueset-encounter-participant-type.html": "",
    '"1"': '"1"', "Appointment.participant.period.start + AIG-11": "@later(AIG-8,AIG-11,AIG-12)",
    "Appointment.participant.period.start + AIL-9": "@later(AIL-6,AIL-9,AIL-10)",
    "Appointment.participant.period.start + AIP-9": "@later(AIP-6,AIP-9,AIP-10)",
    "Appointment.participant.period.start + AIS-7": "@later(AIS-4,AIS-7,AIS-8)",
    "ServiceRequest.occurrencePeriod.start+ AIS-7": "@later(AIS-4,AIS-7,AIS-8)",
    "Procedure.performedPeriod.start+PR1-7": "@later(PR1-5,PR1-7,MIN)",
    'OBX-5.1+" "+OBX-5.2+" "+OBX-5.3+" "+OBX-5.4" "OBX-6"': 'OBX-5.1+" "+OBX-5.2+" "+OBX-5.3+" "+OBX-5.4',
    'NA.1 + "^" + NA.2 + "^" + NA.3 + "^" NA.4': 'NA.1 + "^" + NA.2 + "^" + NA.3 + "^" + NA.4',
    'RP.3"/"RP.4': 'RP.3+"/"+RP.4', '"UCUM"': '"http://unitsofmeasure.org"',
    '"http://unitsofmeasure.org/"': '"http://unitsofmeasure.org"',
    '" http://hl7.org/fhir/ValueSet/subject-location"': '"http://hl7.org/fhir/ValueSet/subject-location"',
    '"https://hl7.org/fhir/R4/v3/RoleCode/cs.html#v3-RoleCode-_PersonalRelationshipRoleType"': '"http://terminology.hl7.org/CodeSystem/v3-RoleCode"',
    "/a relationship type that represents \"mother\" should be populated with \"MTH\" as default if no further context is known, or either of \"AOPTM\", \"GESTM\", \"NMTH\", \"NMTHF\", \"STPMTH\" if the context is known.": '"MTH"',
    "/a relationship type that represents \"mother\" should be populated with \"MTH\" as default if no further context is known, or either of \"AOPTM\", \"GESTM\", \"NMTH\", \"NMTHF\", \"STPMTH\" if the context is known./": '"MTH"',
    '"TH:v3-ParticipationType"': "", '"http://hl7.org/fhir/v\\5.0/StructureDefinition/extension-Encounter.plannedEndDate"':
        '"http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate"',
}  # fmt: skip

CONDITIONS = (
    ('LESS THAN OR EQUALS 1 AND OBX-2 IS "NA"', 'LESS THAN OR EQUALS 1 OR OBX-2 IS "NA"'),
    ("PL3.NOT", "PL.3 NOT"), ("AREA NOT", "NOT"), ("PV1-20 VALUE", "PV1-20 VALUED"), ("VALUEDD", "VALUED"), ("VAlUED", "VALUED"),
    ("PL.1 VALUE AND", "PL.1 VALUED AND"), ("XCN.19 NOT VALUED XCN.20", "XCN.19 NOT VALUED AND XCN.20"), ("'patient'", '"patient"'),
    ('IF (OBX-2 EQUALS "SN" AND OBX-5.1 EQUALS "<>"', 'IF OBX-2 EQUALS "SN" AND OBX-5.1 EQUALS "<>"'),
    ("ORC.1 IS", "ORC-1 IS"), ("HD-3", "HD.3"), ("XON-10", "XON.10"), ("AND OBX-29 AND", "AND"),
)  # fmt: skip

#: How a condition in words begins (in small letters), and what it means here.
WORDS = (
    ("if severity was used", "@criticality"), ("if severity was not used", "@severity"), ("when you hold", "never"),
    ("when you do not hold", "@message-inside"), ("if in the us", "@us"), ("if outside the us", "@not-us"),
    ("if orc-2 of the same", "IF ORC-2 NOT VALUED"), ("if orc-3 of the same", "IF ORC-3 NOT VALUED"),
    ("if this does not represent fasting", "@not-fasting"), ("if information represents fasting status", "@fasting"),
    ("if information represents fasting duration", "never"), ("if the placer number is also", "@placer-is-accession"),
    ("map to observation.partof", "never"), ("if line 19 through 23", "never"), ('if orc-4 data type "eip"', "never"),
    ('if orc-4 data type "ei"', "always"), ("if aig-4 reflects", "@location"), ("if it represents a hrf", "@udi"),
    ("if not an hrf", "@not-udi"), ("if person level", "never"), ("depending on rol-3", "never"),
    ("if sch-10 indicates", "@minutes"), ("if time is included", "@timed"), ("if time is not included", "never"),
    ("if the distribution was", "never"), ("if mapped to fhir", "always"), ("if instance identifier", "always"),
    ("if kind identifier", "never"), ("if not in http", "@organization"), ("if organization", "@organization"),
    ("if system", "@system"), ("determine based on", "never"), ("if positive", "@positive"), ("if the value and unit", "never"),
    ("if the resource attribute", "never"), ("if mapped to a restful", "never"), ("the value mapping depends", "never"),
)  # fmt: skip

#: Where "depending on ROL-3" a practitioner is meant.
ROLES = {("ROL[CareTeam]", "participant.member(Practitioner[1])"): "always"}

#: Makings that lead nowhere, or that would spoil what another segment makes: a financial class is no coverage.
NOT_MADE = frozenset(
    {"PV1[Coverage]", "PV1[Basic-EncounterHistory]", "MSH[Bundle]", "DG1[EpisodeOfCare]", "SFT[Device]"}
)
