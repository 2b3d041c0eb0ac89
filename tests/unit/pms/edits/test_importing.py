"""The published tables: read as downloaded, asked about a day, imported again without harm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.unit.pms.edits import files

from chartdesk.kit.errors import Invalid
from chartdesk.pms.edits import commands, queries, rules
from chartdesk.pms.edits.commands import Wish
from chartdesk.pms.edits.models import DiagnosisRule, RelativeValue

DAY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def forgotten(database):
    """Relative values are the whole installation's: other tests bring their own."""
    yield
    RelativeValue.objects.all().delete()
    DiagnosisRule.objects.all().delete()


@pytest.fixture
def take(database, tmp_path):
    """Import a text under a name; gives the report and the faults."""

    def _take(name, content, wish=None):
        faults = []
        path = files.write(tmp_path, name, content, "cp1252")
        [report] = commands.import_file(path, wish, refuse=faults.append)
        return report, faults

    return _take


def test_pairs_are_asked_about_in_both_columns_and_by_day(take):
    report, faults = take("ccipra-v320r0-f1.txt", files.PAIRS)
    assert (report.table, report.setting, report.taken, report.refused, report.changed) == ("pairs", "P", 4, 4, 4)
    assert [(one.line, one.words) for one in faults] == [
        (11, "1000X2 is not a CPT or HCPCS code"),
        (12, "the effective date '20151301' is not a date"),
        (13, "the modifier indicator '5' is not one of 0, 1, 9"),
        (14, "A1B2C is not a CPT or HCPCS code"),
    ]
    codes = ["10001", "10002", "10003", "10004", "10005", "99999"]
    assert [(one.column1, one.column2, one.modifier) for one in queries.pairs(codes, DAY)] == [
        ("10001", "10002", "1"),
        ("10001", "10003", "0"),
    ]
    assert [one.column1 for one in queries.pairs(["10001", "10004"], date(2023, 12, 31))] == ["10004"]
    assert queries.pairs(["10001", "10004"], date(2024, 1, 1)) == []
    assert queries.pairs(["10001", "10002"], date(2019, 12, 31)) == []
    # A batch asks once for all its days, and looks at each pair's own.
    [both] = queries.pairs(["10001", "10002"], date(2019, 1, 1), until=DAY)
    assert (both.holds(DAY), both.holds(date(2019, 12, 31))) == (True, False)
    assert queries.pairs(["10001"], DAY) == queries.pairs(["10001", "10002"], DAY, setting="O") == []


def test_a_file_imported_again_changes_nothing_and_a_newer_one_only_what_it_says(take):
    take("ccipra-f2.txt", files.PAIRS.replace("1000", "2000"))
    again, _ = take("ccipra-f2.txt", files.PAIRS.replace("1000", "2000"))
    assert (again.taken, again.changed) == (4, 0)
    newer = files.PAIRS.replace("1000", "2000").replace("20200101\t*\t1", "20200101\t20251231\t1")
    assert take("ccipra-f2.txt", newer)[0].changed == 1
    assert [one.column2 for one in queries.pairs(["20001", "20002", "20003"], DAY)] == ["20003"]


def test_a_spreadsheet_and_a_zip_say_the_same(database, tmp_path):
    rows = [line.split("\t") for line in files.PAIRS.replace("1000", "3000").splitlines()]
    [first] = commands.import_file(files.sheet(tmp_path / "ccipra-f3.xlsx", rows))
    packed = {"ccipra-f3.TXT": files.PAIRS.replace("1000", "3000"), "readme.txt": "Read me.\n", "plan.pdf": "%PDF"}
    [again] = commands.import_file(files.packed(tmp_path, "ptp.zip", packed))
    assert (first.taken, first.refused, first.changed, again.taken, again.changed) == (4, 4, 4, 4, 0)
    assert len(queries.pairs(["30001", "30002", "30003"], DAY)) == 2


def test_unit_limits_are_those_of_the_last_edition(take):
    name = "MCR_MUE_PractitionerServices_Eff_{}.csv"
    report, faults = take(name.format("01-01-2026"), files.UNITS)
    assert (report.effective, report.taken) == (date(2026, 1, 1), 2)
    assert [one.words for one in faults] == ["many is not a number of units"]
    later = files.UNITS.replace("10001,2", "10001,5").replace("10002,1,1 Line Edit,Anatomic\n", "")
    take(name.format("04-01-2026"), later)
    found = queries.unit_limits(["10001", "10002"], DAY)
    assert (found["10001"].units, found["10001"].indicator, found["10002"].units) == (2, "2", 1)
    assert {code: one.units for code, one in queries.unit_limits(["10001", "10002"], date(2026, 4, 1)).items()} == {
        "10001": 5
    }
    assert queries.unit_limits(["10001"], date(2025, 12, 31)) == {}
    # The same edition once more, with one row less: that row goes, nothing else moves.
    assert take(name.format("01-01-2026"), later)[0].changed == 2
    assert set(queries.unit_limits(["10001", "10002"], DAY)) == {"10001"}


def test_half_a_download_takes_nothing_away(take):
    head = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    lines = [f"{number:05d},1,1 Line Edit,Anatomic\n" for number in range(20_000, 20_200)]
    name = "MCR_MUE_PractitionerServices_Eff_01-01-2098.csv"
    take(name, head + "".join(lines))
    with pytest.raises(Invalid, match=r"has 90 lines, and this edition of .* has 200 here"):
        take(name, head + "".join(lines[:90]))
    assert len(queries.unit_limits(["20000", "20199"], date(2098, 1, 1))) == 2
    assert take(name, head + "".join(lines[:90]), Wish(anew=True))[0].changed == 110


def test_half_a_download_of_a_new_edition_is_refused_beside_the_one_before(take):
    head = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    lines = [f"{number:05d},1,1 Line Edit,Anatomic\n" for number in range(20_000, 21_500)]
    first, second = (f"MCR_MUE_PractitionerServices_Eff_{day}-01-2099.csv" for day in ("01", "04"))
    take(first, head + "".join(lines))
    with pytest.raises(Invalid, match=r"has 700 lines, and the edition of .* before it has 1,500"):
        take(second, head + "".join(lines[:700]))
    assert queries.unit_limits(["21400"], date(2099, 5, 1))["21400"].units == 1
    assert take(second, head + "".join(lines[:1400]))[0].taken == 1400
    assert queries.unit_limits(["21400"], date(2099, 5, 1)) == {}


def test_add_on_codes_name_their_primaries(take):
    report, faults = take("AOC_V2026Q1-MCR.txt", files.ADD_ON_FIXED)
    assert (report.taken, [one.line for one in faults]) == (5, [8])
    found = queries.add_on(["10011", "10012", "10013", "10001"], DAY)
    assert {code: (one.kind, one.open, set(one.primaries)) for code, one in found.items()} == {
        "10011": ("1", False, {"10001"}),
        "10012": ("2", True, set()),
        "10013": ("3", True, {"10001"}),
    }
    assert queries.add_on(["10011"], date(2020, 12, 31))["10011"].primaries == {"10001", "10002", "10003"}
    assert queries.add_on(["10011"], date(2013, 3, 31)) == {}


def test_diagnosis_edits_by_age_and_the_sex_edit_until_it_ended(take):
    report, faults = take("mce_v41.csv", files.DIAGNOSES, Wish(effective=date(2024, 4, 1)))
    assert (report.taken, [one.words for one in faults]) == (5, ["Something new is not a rule that is known"])
    found = queries.diagnosis_edits(["O80", "F02.80", "P07.00"], DAY)
    assert [(one.code, one.kind, one.low, one.high) for one in found] == [
        ("F02.80", "manifestation", 0, 0),
        ("O80", "age", 9, 64),
        ("P07.00", "age", 0, 0),
    ]
    before = queries.diagnosis_edits(["N40.0", "O80"], date(2024, 9, 30))
    assert [(one.code, one.kind, one.sex) for one in before] == [
        ("N40.0", "sex", "M"),
        ("O80", "age", ""),
        ("O80", "sex", "F"),
    ]


def test_an_edition_without_a_day_is_asked_for(take):
    with pytest.raises(Invalid, match="from which day"):
        take("mce.csv", files.DIAGNOSES)


def test_hcpcs_from_a_table_and_from_fixed_columns(take):
    report, _ = take("HCPC2026_JAN_ANWEB.csv", files.HCPCS)
    assert report.taken == 2
    record = files.hcpcs_record
    lines = [
        record("Q9003", "3", "A text that", "Short", "20210101"),
        record("Q9003", "4", "goes on"),
        record("   A1", "7", "A modifier", "Modifier", "20000101"),
        record("Q9004", "3", "Another", "Other", "20210101", "20221231"),
    ]
    assert take("HCPC2026_JAN_ANWEB.txt", "\n".join(lines))[0].taken == 2
    found = queries.procedures(["Q9001", "Q9002", "Q9003", "Q9004", "Q9005"])
    assert {code: (one.short, one.holds(DAY)) for code, one in found.items()} == {
        "Q9001": ("Short text", True), "Q9002": ("Other", False), "Q9003": ("Short", True), "Q9004": ("Other", False),
    }  # fmt: skip
    assert found["Q9003"].long == "A text that goes on"


def test_relative_values_with_their_ten_header_lines_and_the_payment_of_a_place(take):
    report, faults = take("PPRRVU26_JAN.csv", files.RELATIVE_VALUES)
    assert (report.effective, report.taken) == (date(2026, 1, 1), 6)
    assert [one.words for one in faults] == ["the work RVU 'x' is not a figure"]
    take("GPCI2026.csv", files.LOCALITIES)
    values = queries.relative_values(["10001", "10002", "10003"], DAY)
    assert sorted(values) == [("10001", ""), ("10002", ""), ("10003", ""), ("10003", "26"), ("10003", "TC")]
    surgery = values["10002", ""]
    assert (surgery.global_days, surgery.multiple, surgery.bilateral, surgery.assistant) == ("000", "2", "1", "1")
    places = {one.key: one for one in queries.localities(DAY)}
    assert sorted(places) == ["02102-01", "10112-00", "15202-00"]
    assert (places["02102-01"].name, places["10112-00"].work) == ("ALASKA", Decimal("1.000"))
    # 1.30 × 1 + 1.46 × 0.905 + 0.10 × 0.968 = 2.7181; × 33.4009 = 90.787…
    assert rules.payment(values["10001", ""], places["15202-00"]) == Decimal("90.79")
    assert rules.payment(values["10001", ""], places["15202-00"], facility=True) == Decimal("63.28")
    assert "33.4009 = 90.79" in rules.working(values["10001", ""], places["15202-00"])


def test_relative_values_from_fixed_columns_say_what_the_table_says(take):
    record = files.weights_record
    lines = [
        "HDR Codes of this file are made up for tests.", "HDR RELEASED 12/30/2025",
        record("20001", "", "1.30 1.46 0.55 0.10", "000000"),
        record("20002", "26", "10.00 8.00 6.50 3.45", "121120", "20001", "090"),
        record("20003", "", "1.00 1.00 1.00 1.00", "000000")[:120],
        record("20004", "", "1.00 1.00 1.00 1.00", "000000", days="0.5"),
    ]  # fmt: skip
    report, faults = take("PPRRVU97_JAN.txt", "\n".join(lines), Wish(effective=date(2097, 1, 1)))
    assert (report.table, report.taken) == ("relative-values", 2)
    assert [(one.line, one.words.split("'")[1]) for one in faults] == [
        (5, "of a line that is cut"),
        (6, "of a record in other columns"),
    ]
    found = queries.relative_values(["20001", "20002", "20003"], date(2097, 2, 1))
    visit, surgery = found["20001", ""], found["20002", "26"]
    assert [str(one) for one in (visit.work, visit.practice_expense, visit.facility_expense, visit.malpractice)] == [
        "1.30", "1.46", "0.55", "0.10",
    ]  # fmt: skip
    assert (str(visit.factor), visit.global_days, visit.endoscopy) == ("33.4009", "XXX", "")
    signs = (surgery.components, surgery.multiple, surgery.bilateral, surgery.assistant, surgery.co_surgeons)
    assert (*signs, surgery.team) == tuple("121120")
    assert (surgery.global_days, surgery.endoscopy, str(surgery.malpractice)) == ("090", "20001", "3.45")


def test_a_record_as_published_stands_in_the_columns_of_the_published_layout(take):
    """A published line, its text of ours: figures of five places, and the factor of 2025."""
    line = (
        f"00100  {'Made up':<50}J   0.00   0.00     0.00    0.00   0.00  0.009XXX.00.00.0099999"
        "             32.3465 090 99      0.00   0.00   0.00"
    )
    assert take("PPRRVU2025_Oct.txt", line)[0].taken == 1
    value = queries.relative_values(["00100"], date(2025, 10, 1))["00100", ""]
    assert (value.status, str(value.factor), value.components, value.global_days, value.multiple, value.bilateral) == (
        "J", "32.3465", "9", "XXX", "9", "9",
    )  # fmt: skip


@pytest.mark.parametrize(("qualifying", "factor"), [(False, "33.4009"), (True, "33.5675")])
def test_of_an_archive_with_two_factors_one_is_taken(database, tmp_path, qualifying, factor):
    """In either order of the archive."""
    plain = files.RELATIVE_VALUES.replace("2026", "2096")
    raised = plain.replace("33.4009", "33.5675")
    for order in (1, -1):
        members = dict([("PPRRVU96_JAN_QPP.csv", raised), ("PPRRVU96_JAN_nonQPP.csv", plain)][::order])
        wish = Wish(effective=date(2096, 1, 1), qualifying=qualifying)
        [report] = commands.import_file(files.packed(tmp_path, "rvu96a.zip", members), wish)
        assert ("nonQPP" in report.file) is not qualifying
        assert str(queries.relative_values(["10001"], date(2096, 2, 1))["10001", ""].factor) == factor


def test_relative_values_and_localities_of_years_gone_by(take):
    """Two practice expenses side by side, of which the transitioned was paid; carriers, without a state."""
    table = (
        "HCPCS,MOD,DESCRIPTION,STATUS CODE,WORK RVU,TRANSITIONED NON-FAC PE RVU,FULLY IMPLEMENTED NON-FAC PE RVU,"
        "TRANSITIONED FACILITY PE RVU,FULLY IMPLEMENTED FACILITY PE RVU,MP RVU,GLOB DAYS,CONV FACTOR\n"
        "10001,,Made up,A,0.97,0.86,0.99,0.34,0.41,0.05,XXX,36.8729\n"
    )
    take("PPRRVU10_JAN.csv", table)
    value = queries.relative_values(["10001"], date(2010, 3, 1))["10001", ""]
    assert (str(value.practice_expense), str(value.facility_expense)) == ("0.86", "0.34")
    places = (
        "Carrier,Locality,Locality Name,2010 PW GPCI,2010 PE GPCI,2010 MP GPCI\n00510,00,Alabama,1.000,0.853,0.496\n"
    )
    report, _ = take("GPCI2010.csv", places)
    assert (report.effective, report.taken) == (date(2010, 1, 1), 1)
    assert [one.key for one in queries.localities(date(2010, 5, 1))] == ["00510-00"]


def test_localities_from_fixed_columns(take):
    lines = [
        "ADDENDUM E. FINAL CY 2099 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY",
        "Medicare Administrative                                2099 PW GPCI   2099 PE GPCI   2099 MP GPCI",
        "10112           AL      00  ALABAMA                          1.000       0.869       0.575",
        "01182           CA      18  LOS ANGELES (LOS ANGELES CNTY)   0.998       1.042       1.194       0.690",
        "15202           OH      00  OHIO                             none        0.905       0.968",
        "* A note.",
    ]
    report, faults = take("GPCI2099.txt", "\n".join(lines))
    assert (report.effective, report.taken, [one.line for one in faults]) == (date(2099, 1, 1), 2, [5])
    found = {one.key: (one.name, str(one.work), str(one.malpractice)) for one in queries.localities(date(2099, 5, 1))}
    assert found == {
        "10112-00": ("ALABAMA", "1.000", "0.575"),
        "01182-18": ("LOS ANGELES (LOS ANGELES CNTY)", "1.042", "0.690"),
    }


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ccipra.txt", "", "is empty"),
        ("ccipra.txt", "Something\telse\tentirely\nx\ty\tz\n", "No headings of NCCI pairs"),
        ("notes.txt", "Dear reader,\nthis is a letter.\n", "No headings of a known table"),
        ("ccipra.txt", "\0\1\2", "not a text file"),
        ("ccipra.txt", files.PAIRS[: files.PAIRS.index("10001")] + "1\t2\t3\t4\t5\t6\n" * 3, "is not NCCI pairs"),
        ("ccipra.xlsx", "PK but no", "not a spreadsheet"),
        ("ccipra.zip", "PK but no", "not a ZIP that can be read"),
    ],
)
def test_what_is_no_table_is_refused_and_changes_nothing(database, tmp_path, name, content, words):
    before = queries.loaded()
    with pytest.raises(Invalid, match=words):
        commands.import_file(files.write(tmp_path, name, content))
    assert queries.loaded() == before


def test_the_real_tables_of_the_shared_folder(database, shared):
    """Of 8,033 procedures, 109 localities and 7,946 diagnosis edits not one line is refused."""
    folder = shared / "codesets"
    counts = {}
    for name, wish in (
        ("hcpcs_level2_2024q3.csv", Wish()),
        ("gpci_2024.csv", Wish()),
        ("mce_v41_1_edits.csv", Wish(effective=date(2023, 10, 1))),
    ):
        [report] = commands.import_file(folder / name, wish)
        counts[report.table] = (report.taken, report.refused)
    assert counts == {"hcpcs": (8033, 0), "localities": (109, 0), "diagnoses": (7946, 0)}
    assert queries.procedures(["J1885"])["J1885"].holds(DAY)


@pytest.mark.parametrize(
    ("table", "effective", "on", "outdated"),
    [
        ("units", date(2026, 1, 1), date(2026, 3, 31), False),
        ("units", date(2026, 1, 1), date(2026, 4, 1), True),
        ("relative-values", date(2026, 7, 1), date(2026, 8, 1), False),
        ("pairs", None, date(2026, 6, 30), False),
        ("pairs", None, date(2026, 7, 1), True),
        ("diagnoses", date(2025, 10, 1), date(2026, 9, 30), False),
        ("diagnoses", date(2025, 10, 1), date(2026, 10, 1), True),
        ("localities", date(2026, 1, 1), date(2026, 12, 31), False),
        ("localities", date(2026, 1, 1), date(2027, 1, 1), True),
        ("units", date(2027, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_a_table_is_outdated_when_a_newer_edition_must_be_out(table, effective, on, outdated):
    loaded = queries.Loaded(table, "P", "x.csv", effective, 1, datetime(2026, 5, 1, tzinfo=UTC))
    assert loaded.outdated(on) is outdated
