"""A dossier as one workbook: filled by a person, read with care, written with help in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import datetime

import openpyxl
import pytest
from any_dossier import dossiers, same
from hypothesis import given, settings

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.dossier.claims import TABLES, build_dossier
from bakhmut.dossier.doors.sheets import FIVE_LINES, written

HEADER = ["claim", "quote", "published", "side", "measure", "low", "high"]


def saved(path, rows, *, sheet="claims", formats=None, **others):
    """Save a workbook of one sheet (and others), as a person would have filled it."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for cell, shown_as in (formats or {}).items():
        book.active[cell].number_format = shown_as
    for name, more in others.items():
        page = book.create_sheet(name)
        for row in more:
            page.append(row)
    book.save(path)
    return path


def refused(path):
    with pytest.raises(bk.DossierError) as caught:
        bk.read_dossier(path)
    return caught.value.problems


def repacked(path, change):
    """Change the parts of a workbook: `change` gets a name and bytes, and returns bytes."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(name, content))
    return path


# ---- there and back


def test_the_article_goes_through_a_workbook_unchanged(tmp_path):
    article = bk.read_dossier()
    path = bk.new_dossier(tmp_path / "my-story.xlsx")
    again = bk.read_dossier(path)
    assert same(again, article)
    assert (again.name, again.file, again.folder) == ("my-story", "my-story.xlsx", tmp_path)
    assert again.title == article.title
    assert bk.decide(again) == bk.decide(article)


@settings(deadline=None, max_examples=25)
@given(dossier=dossiers())
def test_any_dossier_comes_back_from_a_workbook_as_it_was(dossier, tmp_path_factory):
    path = tmp_path_factory.mktemp("property") / "dossier.xlsx"
    assert same(bk.read_dossier(bk.write_dossier(dossier, path)), dossier)


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+5", "@x", "#N/A", "_x0041_", "a\x01b", "x\r\ny", "'q"]
)
def test_what_a_spreadsheet_would_run_or_change_stays_a_text(text, tmp_path):
    dossier = build_dossier({"claims": [{"claim": "a", "low": "1", "quote": text, "source": text}]})
    path = bk.write_dossier(dossier, tmp_path / "dossier.xlsx")
    assert same(bk.read_dossier(path), dossier)
    with zipfile.ZipFile(path) as packed:
        assert not any(b"<f>" in packed.read(n) for n in packed.namelist() if "worksheets" in n)


def test_a_workbook_is_never_overwritten(tmp_path):
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"mine")
    for write in (bk.new_dossier, lambda path: bk.write_dossier(bk.read_dossier(), path)):
        with pytest.raises(bk.DossierError, match="is there already; nothing is overwritten"):
            write(path)
    assert path.read_bytes() == b"mine"


def test_a_cell_longer_than_a_spreadsheet_has_is_refused():
    rows = {name: [] for name in TABLES}
    rows["sources"] = [("x", "", "", "", "y" * 32_768)]
    with pytest.raises(bk.DossierError, match="sheet sources, row 2, column note: has more than"):
        written(rows)


# ---- help for who fills it


def test_a_new_workbook_helps_who_fills_it(tmp_path):
    book = openpyxl.load_workbook(bk.new_dossier(tmp_path / "my-story.xlsx", empty=True))
    assert book.sheetnames == ["read me", *TABLES]
    first = [cell.value for cell in book["read me"]["A"]]
    assert len(first) == len(FIVE_LINES) == 5 and first[-1].endswith("bakhmut check my-story.xlsx")
    for name, columns in TABLES.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(columns)
        assert sheet.freeze_panes == "B2" and sheet.max_row == 1
        assert all(cell.comment and len(cell.comment.text) > 5 for cell in sheet[1])
        assert all(one.number_format == "@" for one in sheet.column_dimensions.values())


def test_closed_words_are_offered_and_others_refused_by_the_spreadsheet(tmp_path):
    book = openpyxl.load_workbook(bk.new_dossier(tmp_path / "my-story.xlsx", empty=True))
    offered = {
        (name, book[name].cell(1, min(it.min_col for it in one.sqref.ranges)).value): one
        for name in TABLES
        for one in book[name].data_validations.dataValidation
    }
    tier = offered["assumptions", "tier"]
    assert tier.formula1 == '"plausible,what-if"' and tier.showErrorMessage
    hedge = offered["claims", "hedge"]
    assert "more than" in hedge.formula1 and not hedge.showErrorMessage  # several may be joined
    # The sources' names stand in the first column of their sheet.
    assert offered["claims", "source"].formula1 == "sources!$A$2:$A$501"
    assert offered["claims", "side"].formula1 == "terms!$B$2:$B$501"
    standing = offered["claims", "standing"]
    assert standing.formula1 == '"corrected,withdrawn,denied,apart"' and standing.showErrorMessage
    assert ("terms", "kind") in offered and ("readings", "field") in offered


def test_cells_of_a_draft_that_are_not_sure_are_coloured_with_what_they_rest_on():
    rows = {name: [] for name in TABLES}
    columns = TABLES["claims"]
    cells = {"claim": "a", "side": "Russia", "measure": "killed", "low": "5"}
    rows["claims"] = [[cells.get(column, "") for column in columns]]
    columns_of_evidence = ("field", "value", "rule", "sure", "confirmed")
    found = [
        ("low", "5", "digits", "read", ""),
        ("side", "Moscow", "demonym", "inferred", ""),
        ("measure", "dead", "word", "carried", "yes"),
    ]
    evidence = [{"claim": "a", **dict(zip(columns_of_evidence, row, strict=True))} for row in found]
    book = openpyxl.load_workbook(io.BytesIO(written(rows, evidence=evidence)))
    cell = {column: book["claims"].cell(2, at) for at, column in enumerate(columns, 1)}
    assert cell["side"].fill.fgColor.rgb == "FFFFF2B3"
    assert cell["side"].comment.text == "inferred: Moscow (demonym)"
    assert cell["low"].comment is None and cell["measure"].comment is None
    assert book["evidence"].max_row == 4


# ---- filled by a person


def test_what_was_typed_is_read_with_its_dates_numbers_and_percentages(tmp_path):
    day = datetime(2023, 3, 15)
    rows = [
        ["Claim", "Quote", "Published", "Side", "Measure", "Low", "High", "Desk"],
        ["a", "some said", day, "A", "killed", 153770, 153770.0, 7],
        [],
        ["b", None, datetime(2023, 3, 1), "A", "killed", 0.25, 0.256, None],
    ]
    formats = {"C2": "mm-dd-yy", "C4": "mmm-yy", "F4": "0%", "G4": "0.0%"}
    path = saved(tmp_path / "typed.xlsx", rows, formats=formats)
    dossier = bk.read_dossier(path)
    assert dossier.claims[["published", "low", "high"]].to_numpy().tolist() == [
        ["2023-03-15", "153770", "153770"],
        ["2023-03", "25%", "25.6%"],
    ]
    assert dossier.aside == ("typed.xlsx, sheet claims has a column that is not used: 'Desk'",)


def test_sheets_are_found_in_any_case_and_the_articles_tables_stand_in_for_missing_ones(tmp_path):
    terms = [["kind", "term", "means"], ["measure", "lost", "killed + wounded"]]
    path = saved(tmp_path / "x.xlsx", [["claim", "low"], ["a", 1]], sheet="CLAIMS", Terms=terms)
    dossier = bk.read_dossier(path)
    assert dossier.terms["term"].tolist() == ["lost"]
    assert dossier.borrowed == {"sources", "readings", "positions", "assumptions"}


def test_the_only_sheet_holds_the_claims_whatever_its_name(tmp_path):
    path = saved(tmp_path / "x.xlsx", [["claim", "low"], ["a", 1]], sheet="Sheet1")
    assert bk.read_dossier(path).claims["claim"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("cell", "value", "shown_as", "said"),
    [
        ("F2", "=5+5", "General", "column low: cell F2 is a formula, which is not computed here"),
        ("F2", "#N/A", "General", "column low: cell F2 holds the error #N/A"),
        ("F2", datetime(2023, 5, 24), "d-mmm", "cell F2 holds a date (2023-05-24) that Excel made"),
        ("C2", datetime(2023, 5, 24), "d-mmm", "cell C2 is shown without a year, and Excel took 2"),
        ("C2", 45000, "General", "'45000' looks like a date that Excel made; write 2023-03-15"),
        ("C2", "3/6/2023", "@", "'3/6/2023' day or month first? write 2023-03-06 or 2023-06-03"),
        ("F2", "May-24", "@", "'May-24' looks like a date that Excel made"),
        ("A1", "Losses", "@", "row 1: the column 'claim' is missing"),
    ],
)
def test_each_thing_that_is_not_certain_is_one_sentence(tmp_path, cell, value, shown_as, said):
    path = saved(tmp_path / "x.xlsx", [HEADER, ["a", "q", "2023", "A", "killed", 1, 1]])
    book = openpyxl.load_workbook(path)
    book["claims"][cell] = value
    book["claims"][cell].number_format = shown_as
    book.save(path)
    (problem,) = refused(path)
    assert problem.startswith("x.xlsx, sheet claims, row ") and said in problem


def test_half_of_a_character_is_one_sentence_on_each_way_in(tmp_path, capsys):
    said = "holds half of a character (U+D83D)"
    with pytest.raises(bk.DossierError, match=re.escape(said)):
        build_dossier({"claims": [{"claim": "a", "quote": "\ud83d", "low": "5", "high": "5"}]})
    book = openpyxl.Workbook()
    for row in (["claim", "quote", "low", "high"], ["a", "_xD83D_ five", "5", "5"]):
        book.active.append(row)
    book.save(tmp_path / "story.xlsx")
    assert main(["check", str(tmp_path / "story.xlsx")]) == 2
    told = capsys.readouterr()
    assert said in told.err and "quote" in told.err and not told.out


def test_many_cells_with_one_fault_are_one_sentence(tmp_path):
    rows = [HEADER, *([f"a-{i}", "q", "2023", "A", "killed", f"={i}+1", 1] for i in range(9))]
    (problem,) = refused(saved(tmp_path / "x.xlsx", rows))
    assert problem.endswith("put its value in its place (also rows 3, 4, 5, 6, 7 and 3 more)")


def test_a_title_above_the_header_is_named(tmp_path):
    path = saved(tmp_path / "x.xlsx", [["Losses"], HEADER, ["a", "q", "", "A", "killed", 1, 1]])
    assert refused(path) == [
        "x.xlsx, sheet claims, row 1: names no columns; they stand in row 2: delete row 1"
    ]


def test_merged_cells_are_named(tmp_path):
    path = saved(tmp_path / "x.xlsx", [HEADER, ["a", "q", "", "A", "killed", 1, 1]])
    book = openpyxl.load_workbook(path)
    book["claims"].merge_cells("D2:D3")
    book.save(path)
    (problem,) = refused(path)
    assert "has merged cells (D2:D3); unmerge them and fill each" in problem


def test_a_workbook_without_claims_names_its_sheets(tmp_path):
    path = saved(tmp_path / "x.xlsx", [["a"]], sheet="one", two=[["b"]])
    assert refused(path) == ["x.xlsx: has no sheet 'claims'; its sheets are one, two"]


# ---- what is no workbook, or would be too much


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and no more", "is not a whole workbook; save it again as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or locked workbook; save it as .xlsx"),
    ],
)
def test_a_broken_or_old_workbook_is_one_sentence(tmp_path, content, said):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    (problem,) = refused(path)
    assert said in problem


def test_a_zip_of_something_else_is_one_sentence(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<office/>")
    assert refused(path) == ["x.xlsx: is no Excel workbook; save it as .xlsx"]


def test_a_workbook_that_would_grow_without_end_is_refused_before_it_is_unpacked(tmp_path):
    path = bk.new_dossier(tmp_path / "x.xlsx", empty=True)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        for number in range(5):
            packed.writestr(f"xl/media/{number}.bin", bytes(60 * 2**20))  # 300 MB in 0.3 MB
    assert path.stat().st_size < 2**20
    (problem,) = refused(path)
    assert "is larger than 64 MB once unpacked" in problem


def test_entities_are_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def change(name, content):
        xml = re.sub(rb"^<\?xml[^>]*\?>", b"", content)
        return bomb + xml if name == "xl/workbook.xml" else content

    path = repacked(bk.new_dossier(tmp_path / "x.xlsx", empty=True), change)
    (problem,) = refused(path)
    assert "declares XML entities" in problem


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        # What openpyxl finds only as it goes through the rows, or warns of.
        ("xl/worksheets/sheet2.xml", b"<row ", b"<row \x01"),
        ("xl/worksheets/sheet2.xml", b'r="A1"', b'r="XFD1048577"'),
        ("xl/_rels/workbook.xml.rels", b'Id="rId1"', b'Id=""'),
        ("xl/workbook.xml", b"<sheets>", b"<sheets><a/>"),
    ],
)
def test_a_damaged_part_is_one_sentence_and_no_warning(part, old, new, tmp_path, capsys):
    path = repacked(
        bk.new_dossier(tmp_path / "x.xlsx"),
        lambda name, content: content.replace(old, new, 1) if name == part else content,
    )
    assert main(["check", str(path)]) in (0, 1, 2)
    said = capsys.readouterr().err
    assert "Warning" not in said and "Traceback" not in said and "fault in bakhmut" not in said


def test_an_archive_whose_end_says_what_is_not_so_is_one_sentence(tmp_path):
    path = bk.new_dossier(tmp_path / "x.xlsx", empty=True)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x05\x06") + 12
    content[at : at + 4] = b"\xff\xff\xff\x00"  # of how many bytes its list of parts is
    path.write_bytes(content)
    (problem,) = refused(path)
    assert "is not a whole workbook" in problem


@pytest.mark.parametrize("piece", [b"<a/>", b'<a b="1"/>', b"<row/>"])
def test_a_workbook_of_more_tags_than_memory_holds_is_refused_before_it_is_parsed(piece, tmp_path):
    path = repacked(
        bk.new_dossier(tmp_path / "x.xlsx", empty=True),
        lambda name, content: content.replace(
            b"</styleSheet>", piece * (40 * 2**20 // len(piece)) + b"</styleSheet>"
        ),
    )
    (problem,) = refused(path)
    assert "has more cells or tags than fit into memory" in problem


def test_a_part_of_any_name_may_declare_no_entities(tmp_path):
    path = bk.new_dossier(tmp_path / "x.xlsx", empty=True)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/strings.dat", "<!DOCTYPE a>".encode("utf-16"))
    (problem,) = refused(path)
    assert "declares XML entities" in problem


def test_nothing_of_a_workbook_is_put_into_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))
    assert main(["new", str(tmp_path / "x.xlsx")]) == 0
    assert bk.read_dossier(tmp_path / "x.xlsx").sha256 == bk.read_dossier().sha256


def test_a_row_is_high_enough_for_the_longest_text_in_it(tmp_path):
    sheet = openpyxl.load_workbook(bk.new_dossier(tmp_path / "mine.xlsx"))["claims"]
    note, source = [TABLES["claims"].index(column) + 1 for column in ("note", "source")]
    # Of 44 characters of a column nine in ten are counted on: 39; of 22 they are 19.
    for row in range(2, sheet.max_row + 1):
        lines = -(-len(sheet.cell(row, note).value or "") // 39)
        lines = max(lines, -(-len(sheet.cell(row, source).value) // 19))
        assert (sheet.row_dimensions[row].height or 15) >= 15 * lines


# ---- LibreOffice

OFFICE = shutil.which("soffice")


def through_libreoffice(path, folder, *options):
    """Return the workbook that LibreOffice makes of a file, as if it had been typed there."""
    place = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, "--headless", place, *options, "--convert-to", "xlsx"]
    command += ["--outdir", str(folder / "again"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / "again" / path.name).with_suffix(".xlsx")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_again_by_libreoffice_says_the_same(tmp_path):
    path = bk.new_dossier(tmp_path / "mine.xlsx")
    assert same(bk.read_dossier(through_libreoffice(path, tmp_path)), bk.read_dossier())


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_what_is_typed_into_libreoffice_is_taken_back_or_asked_for(tmp_path):
    # English (US), with what looks like a number or a date made one, as at the keyboard.
    typing = "--infilter=CSV:44,34,76,1,,1033,false,true,false"
    good = tmp_path / "good.csv"
    good.write_text(
        "Claim,Quote,Published,Side,Measure,Low,High\n"
        'a,"lost 5, they say",2023-03-15,A,killed,"153,770",153770\n'
        "b,x,3/25/2023,A,killed,25%,25.6%\n"
    )
    claims = bk.read_dossier(through_libreoffice(good, tmp_path, typing)).claims
    assert claims[["published", "low", "high"]].to_numpy().tolist() == [
        ["2023-03-15", "153770", "153770"],
        ["2023-03-25", "25%", "25.6%"],
    ]
    bad = tmp_path / "bad.csv"
    bad.write_text("claim,published,low,high\na,45000,5/24/2023,5:01\n")
    assert refused(through_libreoffice(bad, tmp_path, typing)) == [
        "bad.xlsx, sheet bad, row 2, column low: cell C2 holds a date (2023-05-24) that Excel made "
        "of what was typed; make the cell text and type the figure again, a range in low and high",
        "bad.xlsx, sheet bad, row 2, column high: cell D2 holds a time (05:01:00) that Excel made "
        "of what was typed; make the cell text and type the figure again, a range in low and high",
    ]
