"""A dossier that is one workbook: a sheet a table, read with care.

Nothing in it is run or followed: a formula, an error value or a merged cell is named with its
sheet and cell, and its size is looked at before it is unpacked. What a spreadsheet made of what
was typed is `typed`'s concern; what is written stands in `sheets`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bakhmut.dossier.doors.delimited import MOST_ROWS, Fault, Records, column_of
from bakhmut.dossier.doors.sheets import written
from bakhmut.dossier.doors.typed import text_of_cell
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, MOST_COLUMNS, TABLES, Table, fill

__all__ = ["is_named", "is_one", "tables_in", "written"]

SUFFIX = ".xlsx"
MOST_UNPACKED = 256 * 2**20
MOST_PARTS = 1_000
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_CHUNK = 2**20
# Excel's way to keep a character that XML cannot hold.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


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
    try:
        _look_at(content)
        book = _open(content)
    except Fault as error:
        raise DossierError([Problem(file, str(error))]) from error
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    sheets = _sheets(book.sheetnames)
    if "claims" not in sheets:
        names = ", ".join(book.sheetnames[:10])
        what = f"has no sheet 'claims'; its sheets are {names}"
        return {}, [Problem(file, what)], ""
    for name, sheet in sheets.items():
        table = Table(name, f"{file}, sheet {sheet}")
        records, faults = _records(book[sheet], table)
        merged = _merged(content, book[sheet])
        if merged:
            what = f"has merged cells ({merged}); unmerge them and fill each"
            faults.append(table.problem(what))
        problems += faults or fill(table, records)
        tables[name] = table
    return tables, problems, (book.properties.title or "").strip()


def _look_at(content: bytes) -> None:
    """Raise what stands against unpacking a workbook."""
    if content.startswith(_OLD):
        raise Fault("is an old or locked workbook; save it as .xlsx, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise Fault(f"is larger, unpacked, than {MOST_UNPACKED // 2**20} MB")
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise Fault("is no Excel workbook; save it as .xlsx")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _no_doctype(packed, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Fault("is not a whole workbook; save it again as .xlsx") from error
    except _zlib_error() as error:
        raise Fault("is not a whole workbook; save it again as .xlsx") from error


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def _no_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raise where a part declares entities, which could grow without end; Excel writes none."""
    before = b""
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            if any(mark in before + chunk for mark in _DOCTYPES):
                raise Fault("declares XML entities, as no spreadsheet does; save it again as .xlsx")
            before = chunk[-32:]


def _open(content: bytes) -> Any:
    """Return the workbook with its formulas as text, its links and macros left alone."""
    from openpyxl import load_workbook  # a tenth of a second, so only where one is read

    try:
        return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as error:  # whatever it trips over, the file is no workbook to us
        raise Fault("is not a whole workbook; save it again as .xlsx") from error


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
