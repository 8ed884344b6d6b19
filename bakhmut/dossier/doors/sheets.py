"""A dossier written as a workbook that a person can fill: a sheet a table, with help in place.

Every cell is text, so that the spreadsheet makes no dates of figures; a text that begins with `=`
stays a text. Closed words have a list to choose from, each header a comment with the codebook's
sentence. Cells of a draft that are not sure are coloured, with the words they rest on.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from bakhmut.dossier.derived import STANDINGS, is_open
from bakhmut.dossier.doors.package import field_of, meaning_of
from bakhmut.dossier.parsing.hedging import HEDGES
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import FREE_TEXT, PER, SCOPE, TABLES

FIRST = "read me"
EVIDENCE = "evidence"
LONGEST_CELL = 32_767
# Rows below the last one that are ready to be filled.
READY = 500
FIVE_LINES = (
    "One row a figure as printed, on the sheet 'claims'. The other sheets may stay empty.",
    "Example: claim russia-total · quote Russia has lost 153,770 troops · source General Staff of "
    "Ukraine · side Russia · measure lost · low 153,770 · high 153,770",
    "Blank means: not stated. More than 120,000: hedge 'more than', low 120,000, high blank.",
    "Five Russians for each Ukrainian: side Russia, per_side Ukraine, low 5, high 5.",
    "Hold the pointer over a column's name to read what goes there. Then: bakhmut check {file}",
)

_WIDEST, _WIDE, _MIDDLE, _NARROW = 110, 44, 22, 14  # characters of a column
_LINE = 15  # points of a line
# The characters that XML cannot hold, and what Excel would take for one written by its number.
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}_)|{_NO_XML.pattern}")
# Words that are usual; others may stand, too.
_OPEN_WORDS = {
    ("claims", "hedge"): HEDGES,
    ("sources", "kind"): ("government", "military", "alliance", "press", "research"),
}
# Words that alone may stand, where the data package does not list them.
_CLOSED_WORDS = {
    ("claims", "standing"): tuple(STANDINGS),
    ("terms", "usual"): ("yes",),
    ("readings", "usual"): ("yes",),
}
# Columns whose words stand in a column of another sheet.
_WORDS_OF = {
    **{("claims", column): ("sources", "source") for column in ("source", "via")},
    ("positions", "source"): ("sources", "source"),
    **{("claims", column): ("terms", "term") for column in (*SCOPE, *PER)},
    **{("assumptions", column): ("terms", "term") for column in (*SCOPE, *PER)},
    ("claims", "repeats"): ("claims", "claim"),
    ("readings", "claim"): ("claims", "claim"),
}

Rows = Mapping[str, Sequence[Sequence[str]]]


def written(
    rows: Rows, *, title: str = "", file: str = "", evidence: Sequence[Mapping[str, Any]] = ()
) -> bytes:
    """Return a workbook with the rows of each table, as a file's bytes.

    Parameters
    ----------
    rows
        the rows of each table, texts in the order of `TABLES`.
    title
        what the workbook is called, kept in its properties.
    file
        its name, for the line that says what to type.
    evidence
        rows with `claim`, `field`, `value`, `rule`, `sure`, `confirmed`: cells of the claims that
        are not sure are coloured; all rows stand on a sheet of their own.

    Raises
    ------
    DossierError
        A cell is longer than the 32,767 characters that a spreadsheet's cell may have.
    """
    from openpyxl import Workbook  # a tenth of a second, so only where one is written

    book = Workbook()
    book.properties.title, book.properties.creator = _NO_XML.sub(" ", title), "bakhmut"
    _first(book.active, file or "this file")
    problems = []
    for name, columns in TABLES.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate([columns, *rows[name]], 1):
            for column, text in enumerate(row, 1):
                if len(_safe(text)) > LONGEST_CELL:
                    what = f"has more than the {LONGEST_CELL:,} characters of a spreadsheet's cell"
                    problems.append(Problem(f"sheet {name}", what, at, columns[column - 1]))
                elif text:
                    _put(sheet, at, column, text)
        _dress(sheet, name)
        _offer(sheet, name)
    if problems:
        raise DossierError(problems)
    if evidence:
        _show_evidence(book, list(evidence))
    return _packed(book)


def _packed(book: Any) -> bytes:
    """Return a workbook as the bytes of a file, by way of memory.

    openpyxl writes each sheet to the temporary folder first, where a kill would leave it.
    """
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = SpreadsheetDrawing()
            writer = WorksheetWriter(ws, out=io.BytesIO())
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], writer.out.getvalue())
            self.manifest.append(ws)

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        InMemory(book, archive).save()
    return content.getvalue()


def _safe(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text as a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = _safe(text)
    cell.data_type = "s"  # "=1+1" and "#N/A" too are what a text prints
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _first(sheet: Any, file: str) -> None:
    """Fill the first sheet: five lines, one of them an example."""
    from openpyxl.styles import Alignment

    sheet.title = FIRST
    sheet.column_dimensions["A"].width = _WIDEST
    for at, line in enumerate(FIVE_LINES, 1):
        cell = _put(sheet, at, 1, line.format(file=file))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        _make_room(sheet, at, cell.value, _WIDEST)


def _make_room(sheet: Any, row: int, text: str | None, width: float) -> None:
    """Make a row high enough for a text that runs over its cell: not every program does."""
    lines = -(-len(text or "") // int(0.9 * width))
    if lines > 1:
        height = sheet.row_dimensions[row].height or 0
        sheet.row_dimensions[row].height = max(height, _LINE * lines)


def _dress(sheet: Any, name: str) -> None:
    """Freeze the header, set widths, explain each column, make the cells below text."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    needed = PatternFill("solid", fgColor="FFD9E2EC")
    for at, column in enumerate(TABLES[name], 1):
        cell, letter = sheet.cell(1, at), get_column_letter(at)
        cell.font, cell.fill = Font(name="Calibri", size=11, bold=True), needed
        cell.comment = Comment(meaning_of(name, column) or column, "bakhmut", 120, 320)
        wide = column in FREE_TEXT or column == "means"
        figure = column in ("low", "high", "hedge", "published")
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDE if wide else _NARROW if figure else _MIDDLE
        dimension.number_format = "@"  # of the cells that are still empty
        for row in range(2, sheet.max_row + 1):
            cell = sheet.cell(row, at)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            _make_room(sheet, row, cell.value, dimension.width)


def _offer(sheet: Any, name: str) -> None:
    """Give each column of closed words a list; where others may stand too, it only suggests."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(TABLES[name], 1):
        closed = field_of(name, column).get("constraints", {}).get("enum", ())
        closed = closed or _CLOSED_WORDS.get((name, column), ())
        words = closed or _OPEN_WORDS.get((name, column), ())
        if words:
            formula = '"' + ",".join(words) + '"'
        elif (name, column) in _WORDS_OF:
            other, of = _WORDS_OF[name, column]
            place = get_column_letter(TABLES[other].index(of) + 1)
            formula = f"{other}!${place}$2:${place}${READY + 1}"
        else:
            continue
        offer = DataValidation("list", formula1=formula, allow_blank=True)
        offer.showErrorMessage = bool(closed)
        offer.errorTitle, offer.error = column, f"Allowed: {', '.join(words)}"[:255]
        letter = get_column_letter(at)
        offer.add(f"{letter}2:{letter}{sheet.max_row + READY}")
        sheet.add_data_validation(offer)


def _show_evidence(book: Any, evidence: list[Mapping[str, Any]]) -> None:
    """Colour the cells of claims that are not sure, and list all evidence on its own sheet."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    claims, unsure = book["claims"], PatternFill("solid", fgColor="FFFFF2B3")
    rows = {cell.value: cell.row for cell in claims["A"][1:] if cell.value}
    sheet = book.create_sheet(EVIDENCE)
    columns = list(evidence[0])
    for at, one in enumerate([dict(zip(columns, columns, strict=True)), *evidence], 1):
        for column, name in enumerate(columns, 1):
            if str(one[name]):
                _put(sheet, at, column, str(one[name])[:LONGEST_CELL])
    for one in evidence:
        row, column = rows.get(one["claim"]), one["field"]
        if row and column in TABLES["claims"] and is_open(one["sure"], one["confirmed"]):
            cell = claims.cell(row, TABLES["claims"].index(column) + 1)
            cell.fill = unsure
            why = _NO_XML.sub(" ", f"{one['sure']}: {one['value']} ({one['rule']})")
            cell.comment = Comment(why[:2000], "bakhmut")


def sheet_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, name: str) -> bytes:
    """Return a workbook of one sheet with rows to read: numbers as numbers, all else as text."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title, sheet.freeze_panes = name, "A2"
    for at, row in enumerate([dict(zip(columns, columns, strict=True)), *rows], 1):
        for place, column in enumerate(columns, 1):
            value = row.get(column)
            if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
                sheet.cell(at, place).value = value
            elif value is not None and value == value:
                _put(sheet, at, place, str(value)[:LONGEST_CELL])
    return _packed(book)
