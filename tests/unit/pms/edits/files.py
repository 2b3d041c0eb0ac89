"""Small files in the published formats, with codes and texts of our own."""

from __future__ import annotations

import zipfile
from pathlib import Path

COPYRIGHT = "Codes and texts of this file are made up for tests. All rights reserved."
PAIRS = (
    f"{COPYRIGHT}\t\t\t\t\t\t\n\n"
    "\t\t*=in\t\t\tModifier\t\n"
    "\t\texistence\t\tDeletion\t0=not allowed\t\n"
    "\t\tprior to\tEffective\tDate\t1=allowed\t\n"
    "Column 1\tColumn 2\t1996\tDate\t*=no data\t9=not applicable\tPTP Edit Rationale\n"
    "10001\t10002\t\t20200101\t*\t1\tStandards of practice\n"
    "10001\t10003\t*\t19960101\t*\t0\tMore extensive procedure\n"
    "10004\t10001\t\t20150101\t20231231\t1\tOld one\n"
    "10005\t10001\t\t20150101\t20150101\t9\tTaken back at once\n"
    "1000X2\t10001\t\t20150101\t*\t1\tNo code\n"
    "10006\t10001\t\t20151301\t*\t1\tNo date\n"
    "10007\t10001\t\t20150101\t*\t5\tNo such indicator\n"
    "10008\tA1B2C\n"
)
UNITS = (
    f'"{COPYRIGHT}\nA second line, with a comma",,,\n'
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    '10001,2,"2 Date of Service Edit: Policy","Nature of Service, as said"\n'
    "10002,1,1 Line Edit,Anatomic\n"
    "10003,many,3 Date of Service Edit: Clinical,Clinical\n"
)
ADD_ON_FIXED = (
    f"{COPYRIGHT}\n\n"
    "110011           10001             2013091          \n"
    "110011           10002             2013091   2023365\n"
    "110011           10003   2020366   2013091          \n"
    "210012           CCCCC             2013091          Contractor Defined Primary Codes\n"
    "310013           10001             2014001          \n"
    "110014  nothing\n"
)
DIAGNOSES = (
    "icd_code,icd_description,icd_conflict_group,icd_conflict_rule\n"
    "P07.00,Small,Age,Perinatal/Newborn (Age 0 Only)\n"
    "O80,Birth,Age,Maternity (Ages 9-64)\n"
    "O80,Birth,Sex,Female Only\n"
    "N40.0,Gland,Sex,Male Only\n"
    "F02.80,Elsewhere,Other,Manifestation (Not Allowed as Principal Diagnosis)\n"
    "N40.0,Gland,Other,Something new\n"
)
HCPCS = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,COV,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
    "A1,100,7,A modifier,Modifier,,20000101,,,N\n"
    "Q9001,100,3,A long text of our own,Short text,C,20200101,20200101,,N\n"
    "Q9002,100,3,Another one,Other,,20000101,20000101,20231231,D\n"
)
_VALUES = "0,000,0.00,0.00,0.00,2,1,1,0,0,,33.4009,09,0,99,0.00,0.00,0.00"
RELATIVE_VALUES = (
    ",,2026 National Physician Fee Schedule Relative Value File,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    f",,{COPYRIGHT},,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    ",,RELEASED 12/30/2025,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    ",,,,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,,NON-FACILITY,FACILITY,\n"
    ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,SUPERVISION,,DIAGNOSTIC,PE USED,PE USED,MP USED\n"
    ",,,,FOR,,,,,,,,,,,,,,,,,,,,,OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\n"
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
    "ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
    "SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\n"
    '10001,,"Visit, made up",A,,1.30,1.46,,0.55,,0.10,2.86,1.95,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,33.4009,09,0,99,0,0,0\n'
    f"10002,,Operation,A,,10.00,8.00,NA,6.50,,2.00,20.00,18.50,{_VALUES}\n"
    f"10003,,Picture,A,,0.50,2.00,,2.00,NA,0.05,2.55,2.55,{_VALUES}\n"
    f"10003,26,Picture,A,,0.50,0.20,,0.20,,0.02,0.72,0.72,{_VALUES}\n"
    f"10003,TC,Picture,A,,0.00,1.80,,1.80,NA,0.03,1.83,1.83,{_VALUES}\n"
    f"10004,,Not paid,N,,0.00,0.00,,0.00,,0.00,0.00,0.00,{_VALUES}\n"
    f"10005,,Wrong,A,,x,0.00,,0.00,,0.00,0.00,0.00,{_VALUES}\n"
)
LOCALITIES = (
    '"ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs)",,,,,,,\n,,,,,,,\n'
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (without 1.0 Floor),"
    "2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n"
    "10112,AL,00,ALABAMA,0.988,1,0.869,0.575\n"
    "15202,OH,00,OHIO,0.99,1.000,0.905,0.9680000000000001\n"
    "2102,AK,01,ALASKA**,1.5,1.5,1.081,0.592\n"
    '"* A note about the floor, with a comma.",,,,,,,\n'
)


def write(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    """A file of that name."""
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def packed(folder: Path, name: str, members: dict[str, str]) -> Path:
    """A ZIP of that name."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def hcpcs_record(code: str, kind: str, text: str, short: str = "", added: str = "", ends: str = "") -> str:
    """A record of 320 characters."""
    line = f"{code:<5}{'00100'}{kind}{text:<80}{short:<28}".ljust(268) + f"{added:<8}{added:<8}{ends:<8}N"
    return line.ljust(320)


def weights_record(code: str, modifier: str, figures: str, signs: str, endoscopy: str = "", days: str = "XXX") -> str:
    """A record of relative values: work, two practice expenses and malpractice; the indicators from PC/TC on."""
    work, office, facility, malpractice = figures.split()
    head = f"{code:<5}{modifier:<2}{'Made up, of our own':<50}A{work:>7}{office:>7}  {facility:>7}  {malpractice:>6}"
    totals = f"{0:7.2f}{0:6.2f}{signs[0]}{days}.10.80.10{signs[1:]:<5}9{'':6}"
    return f"{head}{totals}{endoscopy:<5}{' 33.4009'} 090 99    {0:6.2f} {0:6.2f} {0:6.2f}".ljust(200)


def sheet(path: Path, rows: list[list[str]]) -> Path:
    """A spreadsheet with shared texts, numbers and left-out cells, as such programs write them."""
    texts: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for at, value in enumerate(row):
            if not value:
                continue
            place = f"{chr(65 + at)}{number}"
            if value.isdigit() and value[0] != "0":
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            else:
                texts.append(value)
                cells.append(f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as book:
        strings = "".join(f"<si><r><t>{text[:3]}</t></r><r><t>{text[3:]}</t></r></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{strings}</sst>")
        body = f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", body)
    return path
