"""Messages that the tests of mappings use, as partners write them."""

from __future__ import annotations

from chartdesk.standards.hl7v2 import Message


def message(kind: str, *segments: str) -> Message:
    """A message of that kind."""
    header = f"MSH|^~\\&|PMS|RIVERBEND|EHR|RIVERBEND|20260314093000-0400||{kind}|M1|P|2.5.1"
    return Message("\r".join((header, *segments)).encode())


PID = (
    "PID|1||100234^^^RIVERBEND&1.2.840.114350&ISO^MR~999887777^^^USA^SS||MOSS^ADA^QUINN^^MRS^^L~MOSS^ADDIE^^^^^N||19800203|F|"
    "|2106-3^White^HL70005~2028-9^Asian^HL70005|1 ELM STREET^APT 2^COLUMBUS^OH^43085^USA^H||^PRN^PH^^1^614^5550101~"
    '^NET^Internet^ada@example.com|""|spa|M|||999-88-7777|||N^Not Hispanic^HL70189'
)
CLINICIAN = "1234567893^CHEN^AMY^^^^MD^^NPPES^L^^^NPI"
ADT = (
    "EVN|A04|20260314093000",
    PID,
    f"PD1|||RIVERBEND FAMILY MEDICINE|{CLINICIAN}",
    "NK1|1|MOSS^EVAN|SPO^Spouse^HL70063|1 ELM STREET^^COLUMBUS^OH^43085|^PRN^PH^^1^614^5550102",
    "NK1|2|MOSS^IDA|MTH^Mother^HL70063",
    f"PV1|1|O|MAIN^ROOM1^^RIVERBEND||||{CLINICIAN}|1987654321^HALL^CAROL|||||||||||VISIT77" + "|" * 25 + "202603140930",
    "AL1|1|DA|7980^Penicillin^RXNORM|MO|Hives|20200101",
    "AL1|2|FA|227493005^Cashew nuts^SCT|SV|Anaphylaxis",
    "DG1|1||E11.9^Type 2 diabetes^I10||20260101|F",
    "DG1|2||I10^Hypertension^I10||20260102|F",
    "GT1|1|G100|MOSS^EVAN||1 ELM STREET^^COLUMBUS^OH^43085|^PRN^PH^^1^614^5550101||19790101|M||SPO",
    "IN1|1|PPO^Preferred|NPHP1^^^NPHP|NORTHPOINT HEALTH PLAN|PO BOX 100^^COLUMBUS^OH^43085||^WPN^PH^^1^800^5550100|"
    "GRP100|NORTHPOINT GROUP|||20260101|||PPO|MOSS^EVAN|SPO^Spouse^HL70063|19790101|1 ELM STREET^^COLUMBUS^OH^43085|||1"
    + "|" * 14
    + "NPP1"
    + "|" * 13
    + "NPP1",
    "ZPI|1|what nobody knows",
)
SIU = (
    "SCH|P55^PMS|F77^PMS|||||CHECKUP^Check-up^L|ROUTINE^Routine^HL70277|20|min^minutes|^^^20260401090000-0400||||||||||||||Booked",
    PID,
    "PV1|1|O",
    "RGS|1",
    "AIS|1|A|99213^Visit^C4|20260401090000-0400|||20|min",
    "AIL|1|A|MAIN^ROOM1",
    f"AIP|1|A|{CLINICIAN}",
)
_CHARGE = (
    "FT1|1|C1||20260314||CG|OV^Office visit^L|||1|120.00&USD|||||MAIN^ROOM1|||E11.9^Diabetes^I10~I10^Hypertension^I10"
)
_PANEL = "OBR|1|ORD1^PMS|LAB1^LAB|24323-8^Metabolic panel^LN|||20260314080000|||||||||"
DFT = (
    "EVN|P03|20260314120000",
    PID,
    "PV1|1|O" + "|" * 17 + "VISIT77",
    f"{_CHARGE}|{CLINICIAN}|1987654321^HALL^CAROL||||99213^Office visit^C4|25~GT",
    "FT1|2|C2||20260314||CD|LAB|||1|15.00||||||||E11.9||||||83036",
)
ORU = (
    PID,
    "ORC|RE|ORD1^PMS|LAB1^LAB",
    f"{_PANEL}{CLINICIAN}||||||20260314090000||LAB|F",
    "OBX|1|NM|2345-7^Glucose^LN||105|mg/dL^^UCUM|70-99|H|||F|||20260314083000",
    "NTE|1||Fasting",
    "OBX|2|SN|5671-3^Lead^LN||<^5|ug/dL^^UCUM||N|||F",
    "OBX|3|FT|8251-1^Comment^LN||Line one~Line two||||||C",
    "OBX|4|CWE|882-1^Blood group^LN||A^Group A^99LAB||||||P",
    "OBR|2|ORD2^PMS|LAB2^LAB|4548-4^Hemoglobin A1c^LN|||20260314080000|||||||||||||||20260314090000||LAB|P",
    "OBX|1|ED|11502-2^Report^LN||^application^pdf^Base64^JVBERi0xLjQ=||||||F",
)
