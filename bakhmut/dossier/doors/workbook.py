"""A dossier that is one workbook: a sheet a table, read with care.

Nothing in it is run or followed: a formula, an error value or a merged cell is named with its
sheet and cell, and its size is looked at before it is unpacked. What a spreadsheet made of what
was typed is `typed`'s concern; what is written stands in `sheets`.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bakhmut.dossier.doors.delimited import MOST_ROWS, Fault, Records, column_of
from bakhmut.dossier.doors.packed import archive_of, xml_of
from bakhmut.dossier.doors.sheets import written
from bakhmut.dossier.doors.typed import text_of_cell
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, MOST_COLUMNS, TABLES, Table, fill

__all__ = ["is_named", "is_one", "tables_in", "written"]

SUFFIX = ".xlsx"
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DAMAGED = "is not a whole workbook; save it again as .xlsx"
# Excel's way to keep a character that XML cannot hold.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')


def is_named(path: Path) -> bool:
    """Tell a path of a workbook from that of a folder."""
    return path.suffix.lower() == SUFFIX


def is_one(content: bytes) -> bool:
    """Tell a workbook, of any kind, from a table as text."""
    return content.startswith((_ZIP, _OLD))


def tables_in(content: bytes, *, file: str) -> tuple[dict[str, Table], list[Problem], str]:
    """Return the tables of a workbook, what is wrong with their form, and its title.

    Raises
    ------
    DossierError
        It is no .xlsx workbook, or unpacked larger than a dossier can be.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves alone, and so do we
            sheets, title = _read(content, file)
    except (DossierError, MemoryError):
        raise
    except Fault as error:
        raise DossierError([Problem(file, str(error))]) from error
    except Exception as error:  # whatever openpyxl trips over, the file is no workbook to us
        raise DossierError([Problem(file, _DAMAGED)]) from error
    for table, records, faults in sheets:
        problems += faults or fill(table, records)
        tables[table.name] = table
    return tables, problems, title


def _read(content: bytes, file: str) -> tuple[list[tuple[Table, Records, list[Problem]]], str]:
    """Return the sheets that are tables, each with its rows and its faults, and the title."""
    from openpyxl import load_workbook  # a tenth of a second, so only where one is read

    _look_at(content)
    # Formulas stay text, links and macros are left alone.
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    found = []
    sheets = _sheets(book.sheetnames)
    if "claims" not in sheets:
        names = ", ".join(book.sheetnames[:10])
        raise DossierError([Problem(file, f"has no sheet 'claims'; its sheets are {names}")])
    for name, sheet in sheets.items():
        table = Table(name, f"{file}, sheet {sheet}")
        records, faults = _records(book[sheet], table)
        if merged := _merged(content, book[sheet]):
            what = f"has merged cells ({merged}); unmerge them and fill each"
            faults.append(table.problem(what))
        found.append((table, records, faults))
    return found, (book.properties.title or "").strip()


def _look_at(content: bytes) -> None:
    """Raise what stands against parsing a workbook."""
    if content.startswith(_OLD):
        raise Fault("is an old or locked workbook; save it as .xlsx, without a password")
    with archive_of(content) as packed:
        names = packed.namelist()
        if "xl/workbook.xml" not in names:
            raise Fault("is no Excel workbook; save it as .xlsx")
        # A part may be XML whatever its name; only drawings declare a type, and none is read.
        for name in names:
            if not name.endswith(".svg"):
                xml_of(packed, name)


def _sheets(names: list[str]) -> dict[str, str]:
    """Return table -> sheet; the only sheet of a workbook holds the claims, whatever its name."""
    found = {column_of(name): name for name in names}
    if len(names) == 1 and column_of(names[0]) not in TABLES:
        return {"claims": names[0]}
    return {name: found[name] for name in COLUMNS if name in found}


def _records(sheet: Any, table: Table) -> tuple[Records, list[Problem]]:
    """Return the rows of a sheet that are not blank as text, and the cells that are none."""
    records: Records = []
    problems: list[Problem] = []
    header: list[str] = []
    for number, row in enumerate(_rows(sheet), 1):
        cells = []
        for at, cell in enumerate(row):
            column = header[at] if at < len(header) else ""
            try:
                cells.append(_text(cell, column))
            except ValueError as error:
                cells.append("?")
                where = f"{cell.column_letter}{number}"
                problems.append(
                    table.problem(f"cell {where} {error}", number, column=column or None)
                )
        if any(cells):
            header = header or [column_of(name) for name in cells]
            records.append((number, cells))
        if number > MOST_ROWS + 1:
            what = f"has more than the {MOST_ROWS:,} rows that a table may have"
            return [], [table.problem(what, number)]
    width = max((len(_trimmed(cells)) for _, cells in records), default=0)
    return [(number, (cells + [""] * width)[:width]) for number, cells in records], problems


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a sheet says of its own size may be wrong; ours is the limit.
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)


def _text(cell: Any, column: str) -> str:
    """Return what was typed into a cell; ValueError where that is not certain."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise ValueError("is a formula, which is not computed here; put its value in its place")
    if cell.data_type == "e":
        raise ValueError(f"holds the error {value}; write what is meant, or leave it blank")
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return text_of_cell(value, column, cell.number_format)


def _merged(content: bytes, sheet: Any) -> str:
    """Return the first range of merged cells of a sheet, "" where there is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        match = _MERGED.search(packed.read(sheet._worksheet_path))
    return match[1].decode() if match else ""
