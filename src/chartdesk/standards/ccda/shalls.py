"""What the guide says that a document SHALL hold, with the conformance number of each: our own table, in our own words.

A row is (number, test, sentence); the test is XPath on the element of its context. Sections and entries are held to
them where they carry the template in the version of R2.1. Guide section: C-CDA R2.1 volume 2, by the numbers.
"""

from __future__ import annotations

from typing import NamedTuple

_DOC = "2.16.840.1.113883.10.20.22.1."
_SECTION = "2.16.840.1.113883.10.20.22.2."
_ENTRY = "2.16.840.1.113883.10.20.22.4."


class Shall(NamedTuple):
    """One SHALL: its conformance number, the test of its context, and what is wrong where it fails."""

    number: str
    test: str
    words: str


class Context(NamedTuple):
    """The elements that rows hold for, as XPath from the document, and what people call them."""

    path: str
    name: str
    rows: tuple[Shall, ...]


def _rows(*given: tuple[str, str, str]) -> tuple[Shall, ...]:
    return tuple(Shall(*row) for row in given)


def _templated(element: str, root: str, extension: str) -> str:
    version = f" and @extension='{extension}'" if extension else ""
    return f"//c:{element}[c:templateId[@root='{root}'{version}]]"


_ROLE = "c:recordTarget/c:patientRole"
_CUSTODIAN = "c:custodian/c:assignedCustodian/c:representedCustodianOrganization"

HEADER = Context(
    "/c:ClinicalDocument",
    "the header",
    _rows(
        ("1198-16791", "c:realmCode[@code='US']", "realmCode is not US"),
        ("1198-5361", "count(c:typeId)=1", "there is not one typeId"),
        ("1198-5251", "c:typeId[@extension='POCD_HD000040']", "typeId does not name the CDA schema"),
        (
            "1198-5252",
            f"c:templateId[@root='{_DOC}1' and @extension='2015-08-01']",
            "the templateId of the US Realm Header of R2.1 is missing",
        ),
        ("1198-5363", "count(c:id)=1", "there is not one id"),
        ("1198-5253", "count(c:code)=1", "there is not one code"),
        ("1198-5254", "count(c:title)=1", "there is not one title"),
        ("1198-5256", "count(c:effectiveTime)=1", "there is not one effectiveTime"),
        ("1198-5259", "count(c:confidentialityCode)=1", "there is not one confidentialityCode"),
        ("1198-5372", "count(c:languageCode)=1", "there is not one languageCode"),
        ("1198-6380", "count(c:setId)=count(c:versionNumber)", "setId and versionNumber do not come together"),
        ("1198-5266", "c:recordTarget", "there is no recordTarget"),
        ("1198-5268", f"{_ROLE}/c:id", "the patient has no id"),
        ("1198-5271", f"{_ROLE}/c:addr", "the patient has no addr"),
        ("1198-5280", f"{_ROLE}/c:telecom", "the patient has no telecom"),
        ("1198-5283", f"count({_ROLE}/c:patient)=count({_ROLE})", "patientRole has not one patient"),
        ("1198-5284", f"{_ROLE}/c:patient/c:name", "the patient has no name"),
        (
            "1198-6394",
            f"count({_ROLE}/c:patient/c:administrativeGenderCode)=count({_ROLE}/c:patient)",
            "the patient has not one administrativeGenderCode",
        ),
        ("1198-5298", f"count({_ROLE}/c:patient/c:birthTime)=count({_ROLE}/c:patient)", "there is not one birthTime"),
        ("1198-5322", f"count({_ROLE}/c:patient/c:raceCode)=count({_ROLE}/c:patient)", "there is not one raceCode"),
        (
            "1198-5323",
            f"count({_ROLE}/c:patient/c:ethnicGroupCode)=count({_ROLE}/c:patient)",
            "there is not one ethnicGroupCode",
        ),
        ("1198-5444", "c:author", "there is no author"),
        ("1198-5449", "not(c:author/c:assignedAuthor[not(c:id)])", "an author has no id"),
        ("1198-5452", "not(c:author/c:assignedAuthor[not(c:addr)])", "an author has no addr"),
        ("1198-5428", "not(c:author/c:assignedAuthor[not(c:telecom)])", "an author has no telecom"),
        (
            "1198-16790",
            "not(c:author/c:assignedAuthor[count(c:assignedPerson|c:assignedAuthoringDevice)!=1])",
            "an author is not one person or one device",
        ),
        ("1198-5519", "count(c:custodian)=1", "there is not one custodian"),
        ("1198-5522", f"{_CUSTODIAN}/c:id", "the custodian has no id"),
        ("1198-5524", f"count({_CUSTODIAN}/c:name)=1", "the custodian has not one name"),
        ("1198-5525", f"count({_CUSTODIAN}/c:telecom)=1", "the custodian has not one telecom"),
        ("1198-5559", f"count({_CUSTODIAN}/c:addr)=1", "the custodian has not one addr"),
    ),
)

_BODY = "c:component/c:structuredBody/c:component/c:section/c:templateId"


def _needs(number: str, root: str, extension: str, title: str) -> tuple[str, str, str]:
    return number, f"{_BODY}[@root='{root}' and @extension='{extension}']", f"there is no section {title}"


CCD = Context(
    f"/c:ClinicalDocument[c:templateId[@root='{_DOC}2' and @extension='2015-08-01']]",
    "the Continuity of Care Document",
    _rows(
        ("1198-17181", "c:code[@code='34133-9']", "its code is not 34133-9"),
        (
            "1198-8453",
            "c:documentationOf/c:serviceEvent[@classCode='PCPR']",
            "documentationOf does not hold the provision of care",
        ),
        (
            "1198-8454",
            "c:documentationOf/c:serviceEvent/c:effectiveTime/c:low",
            "the time that it covers has no beginning",
        ),
        ("1198-8455", "c:documentationOf/c:serviceEvent/c:effectiveTime/c:high", "the time that it covers has no end"),
        _needs("1198-30661", f"{_SECTION}6.1", "2015-08-01", "Allergies"),
        _needs("1198-30663", f"{_SECTION}1.1", "2014-06-09", "Medications"),
        _needs("1198-30665", f"{_SECTION}5.1", "2015-08-01", "Problems"),
        _needs("1198-30669", f"{_SECTION}3.1", "2015-08-01", "Results"),
        _needs("1198-30687", f"{_SECTION}17", "2015-08-01", "Social history"),
        _needs("1198-30689", f"{_SECTION}4.1", "2015-08-01", "Vital signs"),
    ),
)
REFERRAL = Context(
    f"/c:ClinicalDocument[c:templateId[@root='{_DOC}14' and @extension='2015-08-01']]",
    "the Referral Note",
    _rows(
        ("1198-31589", "count(c:informationRecipient)=1", "there is not one recipient"),
        (
            "1198-31593",
            "c:informationRecipient/c:intendedRecipient/c:informationRecipient/c:name",
            "the recipient has no name",
        ),
        _needs("1198-29086", f"{_SECTION}5.1", "2015-08-01", "Problems"),
        _needs("1198-30911", f"{_SECTION}6.1", "2015-08-01", "Allergies"),
        _needs("1198-30922", f"{_SECTION}1.1", "2014-06-09", "Medications"),
        _needs("1198-30924", "1.3.6.1.4.1.19376.1.5.3.1.3.1", "2014-06-09", "Reason for referral"),
    ),
)


def _section(part: str, extension: str, name: str, *rows: tuple[str, str, str]) -> Context:
    return Context(_templated("section", f"{_SECTION}{part}", extension), f"the section {name}", _rows(*rows))


def _parts(
    code: str, loinc: str, title: str, text: str, entry: str, kind: str, template: str
) -> list[tuple[str, str, str]]:
    """What every section with required entries SHALL have."""
    root, extension = template.split(":")
    held = f"c:entry/c:{kind}[c:templateId[@root='{_ENTRY}{root}' and @extension='{extension}']]"
    return [
        (code, f"c:code[@code='{loinc}']", f"its code is not {loinc}"),
        (title, "count(c:title)=1", "there is not one title"),
        (text, "count(c:text)=1", "there is not one text"),
        (
            entry,
            f"(@nullFlavor and not(c:entry)) or (not(@nullFlavor) and {held})",
            "it has neither an entry of the guide nor says that there is no information",
        ),
    ]


SECTIONS = (
    _section(
        "5.1",
        "2015-08-01",
        "Problems",
        *_parts("1198-15410", "11450-4", "1198-9181", "1198-9182", "1198-9183", "act", "3:2015-08-01"),
    ),
    _section(
        "6.1",
        "2015-08-01",
        "Allergies",
        *_parts("1198-15350", "48765-2", "1198-7534", "1198-7530", "1198-7531", "act", "30:2015-08-01"),
    ),
    _section(
        "1.1",
        "2014-06-09",
        "Medications",
        *_parts(
            "1098-15388", "10160-0", "1098-7570", "1098-7571", "1098-7572", "substanceAdministration", "16:2014-06-09"
        ),
    ),
    _section(
        "3.1",
        "2015-08-01",
        "Results",
        *_parts("1198-15434", "30954-2", "1198-8892", "1198-7111", "1198-7112", "organizer", "1:2015-08-01"),
    ),
    _section(
        "4.1",
        "2015-08-01",
        "Vital signs",
        *_parts("1198-15963", "8716-3", "1198-9967", "1198-7275", "1198-7276", "organizer", "26:2015-08-01"),
    ),
    _section(
        "2.1",
        "2015-08-01",
        "Immunizations",
        *_parts(
            "1198-15370", "11369-6", "1198-9017", "1198-9018", "1198-9019", "substanceAdministration", "52:2015-08-01"
        ),
    ),
)


def _entry(element: str, part: str, extension: str, name: str, *rows: tuple[str, str, str]) -> Context:
    return Context(_templated(element, f"{_ENTRY}{part}", extension), name, _rows(*rows))


ENTRIES = (
    _entry(
        "act",
        "3",
        "2015-08-01",
        "a problem concern",
        ("1198-9026", "c:id", "it has no id"),
        ("1198-19184", "c:code[@code='CONC']", "its code is not CONC"),
        ("1198-9029", "count(c:statusCode)=1", "there is not one statusCode"),
        ("1198-9032", "c:effectiveTime/c:low", "its time has no low"),
        (
            "1198-9034",
            f"c:entryRelationship[@typeCode='SUBJ']/c:observation/c:templateId[@root='{_ENTRY}4']",
            "it holds no problem observation",
        ),
    ),
    _entry(
        "observation",
        "4",
        "2015-08-01",
        "a problem observation",
        ("1198-9043", "c:id", "it has no id"),
        ("1198-9045", "count(c:code)=1", "there is not one code"),
        ("1198-19112", "c:statusCode[@code='completed']", "its statusCode is not completed"),
        ("1198-15603", "c:effectiveTime/c:low", "its time has no low"),
        ("1198-9058", "count(c:value[@xsi:type='CD'])=1", "there is not one coded value"),
    ),
    _entry(
        "act",
        "30",
        "2015-08-01",
        "an allergy concern",
        ("1198-7472", "c:id", "it has no id"),
        ("1198-19158", "c:code[@code='CONC']", "its code is not CONC"),
        (
            "1198-7509",
            f"c:entryRelationship[@typeCode='SUBJ']/c:observation/c:templateId[@root='{_ENTRY}7']",
            "it holds no allergy observation",
        ),
    ),
    _entry(
        "observation",
        "7",
        "2014-06-09",
        "an allergy observation",
        ("1098-7381", "c:id", "it has no id"),
        ("1098-15948", "c:code[@code='ASSERTION']", "its code is not ASSERTION"),
        ("1098-19085", "c:statusCode[@code='completed']", "its statusCode is not completed"),
        ("1098-31538", "c:effectiveTime/c:low", "its time has no low"),
        ("1098-7390", "count(c:value[@xsi:type='CD'])=1", "there is not one coded value"),
        (
            "1098-7402",
            "c:participant[@typeCode='CSM']/c:participantRole[@classCode='MANU']/c:playingEntity[@classCode='MMAT']/c:code",
            "it does not say to what",
        ),
    ),
    _entry(
        "substanceAdministration",
        "16",
        "2014-06-09",
        "a medication",
        ("1098-7500", "c:id", "it has no id"),
        ("1098-7507", "count(c:statusCode)=1", "there is not one statusCode"),
        ("1098-7508", "c:effectiveTime[@xsi:type='IVL_TS']", "it has no interval of time"),
        ("1098-7516", "count(c:doseQuantity)=1", "there is not one doseQuantity"),
        ("1098-7520", "count(c:consumable)=1", "there is not one consumable"),
    ),
    _entry(
        "observation",
        "2",
        "2015-08-01",
        "a result",
        ("1198-7137", "c:id", "it has no id"),
        ("1198-7133", "count(c:code)=1", "there is not one code"),
        ("1198-7140", "count(c:effectiveTime)=1", "there is not one effectiveTime"),
        ("1198-7143", "count(c:value)=1", "there is not one value"),
    ),
    _entry(
        "observation",
        "27",
        "2014-06-09",
        "a vital sign",
        ("1098-7300", "c:id", "it has no id"),
        ("1098-19119", "c:statusCode[@code='completed']", "its statusCode is not completed"),
        ("1098-7304", "count(c:effectiveTime)=1", "there is not one effectiveTime"),
        ("1098-7305", "count(c:value[@xsi:type='PQ'])=1", "there is not one quantity as its value"),
        ("1098-31579", "c:value[@xsi:type='PQ'][@unit]", "its value has no unit"),
    ),
    _entry(
        "substanceAdministration",
        "52",
        "2015-08-01",
        "an immunization",
        ("1198-8829", "c:id", "it has no id"),
        ("1198-8985", "@negationInd", "it does not say whether it was given"),
        ("1198-8834", "count(c:effectiveTime)=1", "there is not one effectiveTime"),
        ("1198-8847", "count(c:consumable)=1", "there is not one consumable"),
    ),
)
EVERYTHING = (HEADER, CCD, REFERRAL, *SECTIONS, *ENTRIES)
